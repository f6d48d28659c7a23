package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"bonafide/match"
)

// Signature is one DKIM signature and what came of it.
type Signature struct {
	Domain   string   `json:"domain"`
	Selector string   `json:"selector"`
	State    State    `json:"state"`
	Detail   string   `json:"detail,omitempty"`
	Aligned  bool     `json:"aligned"`           // its domain is the From line's, as DMARC sees it
	Headers  []string `json:"headers,omitempty"` // what was signed, lower case
}

const maxSignatures = 8

// tags reads tag=value; … (RFC 6376 3.2). A tag that stands twice is an error.
func tags(s string) (map[string]string, error) {
	all := map[string]string{}
	for _, part := range strings.Split(s, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		k, v, ok := strings.Cut(part, "=")
		k = strings.TrimSpace(k)
		if _, twice := all[k]; !ok || k == "" || twice {
			return nil, errors.New("its tags cannot be read")
		}
		all[k] = strings.TrimSpace(v)
	}
	return all, nil
}

// bare takes all white space out.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// dkim checks all signatures at a time, the first eight.
func (m *message) dkim(l *lookup, at time.Time) []Signature {
	var all []Signature
	for _, h := range m.all("dkim-signature") {
		if len(all) == maxSignatures {
			break
		}
		all = append(all, m.signature(h, l, at))
	}
	return all
}

func (m *message) signature(h *header, l *lookup, at time.Time) (s Signature) {
	fail := func(state State, detail string) Signature {
		s.State, s.Detail = state, detail
		return s
	}
	t, err := tags(h.value())
	if err != nil {
		return fail(Failed, err.Error())
	}
	s.Domain, s.Selector = strings.ToLower(strings.TrimSuffix(t["d"], ".")), strings.ToLower(t["s"])
	for _, name := range strings.Split(t["h"], ":") {
		s.Headers = append(s.Headers, strings.ToLower(strings.TrimSpace(name)))
	}
	if len(s.Headers) > 200 {
		s.Headers = nil
		return fail(Failed, "it names more fields than any mail has")
	}
	switch _, whole := t["l"]; {
	case t["v"] != "1", s.Domain == "", s.Selector == "", t["b"] == "", t["bh"] == "":
		return fail(Failed, "a part of the signature is missing")
	case whole:
		// l= signs the beginning of the body only: anything can be put behind it.
		return fail(Failed, "it signs a part of the body only (l=), which is refused")
	case !slices.Contains(s.Headers, "from"):
		return fail(Failed, "it does not sign the From line")
	case t["q"] != "" && !strings.Contains(t["q"], "dns/txt"):
		return fail(NotVerifiable, "its key is not in the DNS")
	}
	if _, ok := match.Registrable(s.Domain); !ok {
		return fail(Failed, "its domain cannot belong to anybody")
	}
	if i := t["i"]; i != "" {
		_, host, ok := strings.Cut(i, "@")
		if host = strings.ToLower(host); !ok || host != s.Domain && !strings.HasSuffix(host, "."+s.Domain) {
			return fail(Failed, "it signs for a user of another domain")
		}
	}
	if detail := signatureTimes(t, at); detail != "" {
		return fail(Failed, detail)
	}
	headerWay, bodyWay, _ := strings.Cut(t["c"], "/")
	if headerWay == "" {
		headerWay = "simple"
	}
	if bodyWay == "" {
		bodyWay = "simple"
	}
	if headerWay != "simple" && headerWay != "relaxed" || bodyWay != "simple" && bodyWay != "relaxed" {
		return fail(NotVerifiable, "it uses a canonical form we do not know")
	}
	want, err := base64.StdEncoding.DecodeString(bare(t["bh"]))
	if err != nil {
		return fail(Failed, "its body hash cannot be read")
	}
	sig, err := base64.StdEncoding.DecodeString(bare(t["b"]))
	if err != nil {
		return fail(Failed, "it cannot be read")
	}
	if t["a"] != "rsa-sha256" && t["a"] != "ed25519-sha256" {
		return fail(Failed, "its algorithm is not one to rely on any more (RFC 8301)")
	}
	if got := sha256.Sum256(canonicalBody(m.body, bodyWay)); !bytes.Equal(got[:], want) {
		return fail(Failed, "the body is not the one that was signed")
	}
	record, asked := l.get("txt", s.Selector+"._domainkey."+s.Domain)
	if !asked {
		return fail(NotVerifiable, "the DNS answer with its key was not recorded at arrival")
	}
	key, state, detail := domainKey(record, &s, t)
	if key == nil {
		return fail(state, detail)
	}
	sum := sha256.Sum256(m.signedHeader(h, s.Headers, headerWay))
	switch k := key.(type) {
	case *rsa.PublicKey:
		if t["a"] != "rsa-sha256" || rsa.VerifyPKCS1v15(k, crypto.SHA256, sum[:], sig) != nil {
			return fail(Failed, "the signature does not hold")
		}
		if k.N.BitLen() < 2048 {
			detail = strings.TrimPrefix(detail+"; a short key of "+strconv.Itoa(k.N.BitLen())+" bits", "; ")
		}
	case ed25519.PublicKey:
		if t["a"] != "ed25519-sha256" || !ed25519.Verify(k, sum[:], sig) {
			return fail(Failed, "the signature does not hold")
		}
	}
	return fail(OK, detail)
}

// signatureTimes: t= and x= against the time of arrival.
func signatureTimes(t map[string]string, at time.Time) string {
	seconds := func(tag string) (int64, bool) {
		v, err := strconv.ParseInt(t[tag], 10, 64)
		return v, err == nil && t[tag] != ""
	}
	made, hasMade := seconds("t")
	ends, hasEnd := seconds("x")
	switch {
	case t["t"] != "" && !hasMade, t["x"] != "" && !hasEnd, hasMade && hasEnd && ends <= made:
		return "its times cannot be read"
	case hasMade && made > at.Add(24*time.Hour).Unix():
		return "it was made in the future"
	case hasEnd && ends < at.Unix():
		return "it had expired at arrival"
	}
	return ""
}

// domainKey reads the key record (RFC 6376 3.6.1) for a signature.
func domainKey(records []string, s *Signature, sig map[string]string) (key any, state State, detail string) {
	var found map[string]string
	for _, r := range records {
		t, err := tags(r)
		if err != nil || t["v"] != "" && t["v"] != "DKIM1" {
			continue
		}
		if _, has := t["p"]; !has {
			continue
		}
		if found != nil {
			return nil, Failed, "the domain gives two keys under one name"
		}
		found = t
	}
	if found == nil {
		return nil, Failed, "the domain gives no such key"
	}
	list := func(tag string) []string { return strings.Split(bare(strings.ToLower(found[tag])), ":") }
	switch {
	case found["p"] == "":
		return nil, Failed, "the domain has withdrawn the key"
	case found["h"] != "" && !slices.Contains(list("h"), "sha256"):
		return nil, Failed, "the key is for another hash"
	case found["s"] != "" && !slices.Contains(list("s"), "*") && !slices.Contains(list("s"), "email"):
		return nil, Failed, "the key is not for mail"
	}
	if slices.Contains(list("t"), "s") {
		if _, host, ok := strings.Cut(sig["i"], "@"); ok && !strings.EqualFold(host, s.Domain) {
			return nil, Failed, "the key is not for parts of the domain"
		}
	}
	if slices.Contains(list("t"), "y") {
		detail = "the domain says it is testing"
	}
	der, err := base64.StdEncoding.DecodeString(bare(found["p"]))
	if err != nil {
		return nil, Failed, "the domain's key cannot be read"
	}
	switch found["k"] {
	case "", "rsa":
		parsed, err := x509.ParsePKIXPublicKey(der)
		if err != nil {
			if parsed, err = x509.ParsePKCS1PublicKey(der); err != nil {
				return nil, Failed, "the domain's key cannot be read"
			}
		}
		k, ok := parsed.(*rsa.PublicKey)
		if !ok || k.N.BitLen() < 1024 || k.N.BitLen() > 8192 {
			return nil, Failed, "the domain's key is too short, or no RSA key"
		}
		return k, OK, detail
	case "ed25519":
		if len(der) != ed25519.PublicKeySize {
			return nil, Failed, "the domain's key cannot be read"
		}
		return ed25519.PublicKey(der), OK, detail
	}
	return nil, NotVerifiable, "the domain's key is of a kind we do not know"
}

// signedHeader are the bytes under a signature: the named fields from the bottom
// up, then the signature's own without its value (RFC 6376 3.7, 5.4.2).
func (m *message) signedHeader(own *header, names []string, way string) []byte {
	var out []byte
	used := map[string]int{}
	for _, name := range names {
		all := m.all(name)
		at := len(all) - 1 - used[name]
		if used[name]++; at < 0 {
			continue // signed as absent
		}
		out = append(out, canonicalHeader(all[at].raw, way)...)
	}
	raw := canonicalHeader(withoutValue(own.raw), way)
	return append(out, bytes.TrimSuffix(raw, []byte("\r\n"))...)
}

// withoutValue empties b= and leaves everything else to the byte.
func withoutValue(raw []byte) []byte {
	colon := bytes.IndexByte(raw, ':') + 1
	out := append([]byte(nil), raw[:colon]...)
	parts := bytes.Split(raw[colon:], []byte(";"))
	for i, p := range parts {
		if i > 0 {
			out = append(out, ';')
		}
		k, _, ok := bytes.Cut(p, []byte("="))
		if !ok || string(bytes.TrimSpace(k)) != "b" {
			out = append(out, p...)
			continue
		}
		out = append(append(out, k...), '=')
		if i == len(parts)-1 {
			out = append(out, "\r\n"...)
		}
	}
	return out
}

// canonicalHeader: RFC 6376 3.4.1 and 3.4.2.
func canonicalHeader(raw []byte, way string) []byte {
	if way == "simple" {
		return raw
	}
	name, value, _ := bytes.Cut(raw, []byte(":"))
	s := strings.NewReplacer("\r\n", "").Replace(string(value))
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' }), " ")
	return []byte(strings.ToLower(strings.TrimRight(string(name), " \t")) + ":" + s + "\r\n")
}

// canonicalBody: RFC 6376 3.4.3 and 3.4.4.
func canonicalBody(body []byte, way string) []byte {
	var out []byte
	if way == "relaxed" {
		out = make([]byte, 0, len(body))
		for len(body) > 0 {
			var line []byte
			line, body, _ = bytes.Cut(body, []byte("\r\n"))
			space := false
			for _, c := range line {
				if c == ' ' || c == '\t' {
					space = true
					continue
				}
				if space {
					out, space = append(out, ' '), false
				}
				out = append(out, c)
			}
			out = append(out, "\r\n"...)
		}
	} else {
		out = append(out, body...)
	}
	if len(out) > 0 && !bytes.HasSuffix(out, []byte("\r\n")) {
		out = append(out, "\r\n"...)
	}
	for bytes.HasSuffix(out, []byte("\r\n\r\n")) {
		out = out[:len(out)-2]
	}
	if way == "relaxed" && string(out) == "\r\n" {
		return nil
	}
	if way == "simple" && len(out) == 0 {
		return []byte("\r\n")
	}
	return out
}
