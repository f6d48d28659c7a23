package connect

import (
	"crypto"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"hash"
	"strconv"
	"strings"
)

// Cover says how much of a delivery its signature vouches for.
type Cover string

// The three kinds of cover.
const (
	CoversBody    Cover = "body"    // the body may be used as it came
	CoversPart    Cover = "part"    // who sent it is known, what it says is not: fetch it again
	CoversNothing Cover = "nothing" // anybody who knows the address can send it: fetch it again
)

// Dialect is how one provider signs what it sends.
type Dialect struct {
	Name   string // as in the address of the endpoint
	Header string // where the signature stands, for people who set it up
	Signs  string // the signed string, in words
	Covers Cover
	// EventID is the header or the body's member that names the event; empty
	// where the provider names none.
	EventID string
	// IDSigned: the event's id is covered by the signature.
	IDSigned bool
	// Source says how sure we are: documented by the vendor, by others, or
	// recomputed from published vectors.
	Source string

	// stamp is the signed time in seconds, as the provider wrote it.
	stamp func(d *Delivery) string
	// given are the signatures of the delivery; check compares them with a key.
	given func(d *Delivery) []string
	check func(d *Delivery, signature string, key []byte) bool
}

// Dialects by name, in the order in which people read them.
var Dialects = []Dialect{
	{Name: "ashby", Header: "Ashby-Signature", Signs: "body", Covers: CoversBody, Source: "vendor",
		given: after("Ashby-Signature", "sha256="), check: hexMAC(sha256.New, body)},
	{Name: "bamboohr", Header: "X-BambooHR-Signature", Signs: "body + timestamp", Covers: CoversBody, Source: "vendor, exact string not verified",
		stamp: header("X-BambooHR-Timestamp"), given: after("X-BambooHR-Signature", ""), check: hexMAC(sha256.New, func(d *Delivery) []byte {
			return append(clone(d.Body), d.Header.Get("X-BambooHR-Timestamp")...)
		})},
	{Name: "checkr", Header: "X-Checkr-Signature", Signs: "body; the key is the API key", Covers: CoversBody, EventID: "body:id", IDSigned: true, Source: "vendor",
		given: after("X-Checkr-Signature", ""), check: hexMAC(sha256.New, body)},
	{Name: "deel", Header: "x-deel-signature", Signs: "\"POST\" + body", Covers: CoversBody, Source: "vendor",
		given: after("x-deel-signature", ""), check: hexMAC(sha256.New, func(d *Delivery) []byte { return append([]byte("POST"), d.Body...) })},
	{Name: "github", Header: "X-Hub-Signature-256", Signs: "body", Covers: CoversBody, EventID: "X-GitHub-Delivery", Source: "vendor, published vector",
		given: after("X-Hub-Signature-256", "sha256="), check: hexMAC(sha256.New, body)},
	{Name: "greenhouse", Header: "Signature", Signs: "body", Covers: CoversBody, EventID: "Greenhouse-Event-ID", Source: "vendor",
		given: after("Signature", "sha256 "), check: hexMAC(sha256.New, body)},
	{Name: "hibob", Header: "Bob-Signature", Signs: "body", Covers: CoversBody, Source: "secondary",
		given: after("Bob-Signature", ""), check: base64MAC(sha512.New, body)},
	{Name: "jamf", Header: "Authorization", Signs: "nothing; a fixed header", Covers: CoversNothing, Source: "vendor",
		given: after("Authorization", ""), check: static},
	{Name: "lever", Header: "in the body: signature", Signs: "token + triggeredAt, both of the body", Covers: CoversPart, EventID: "body:token", IDSigned: true, Source: "vendor",
		stamp: func(d *Delivery) string {
			if ms := d.member("triggeredAt"); len(ms) > 3 {
				return ms[:len(ms)-3]
			}
			return ""
		},
		given: member("signature"), check: hexMAC(sha256.New, func(d *Delivery) []byte { return []byte(d.member("token") + d.member("triggeredAt")) })},
	{Name: "linkedin", Header: "X-LI-Signature", Signs: "body", Covers: CoversBody, Source: "secondary",
		given: after("X-LI-Signature", "hmacsha256="), check: hexMAC(sha256.New, body)},
	{Name: "okta", Header: "Authorization", Signs: "nothing; a fixed header", Covers: CoversNothing, EventID: "body:eventId", Source: "general knowledge",
		given: after("Authorization", ""), check: static},
	{Name: "onfido", Header: "X-SHA2-Signature", Signs: "body", Covers: CoversBody, Source: "vendor",
		given: after("X-SHA2-Signature", ""), check: hexMAC(sha256.New, body)},
	{Name: "persona", Header: "Persona-Signature", Signs: "t.body", Covers: CoversBody, EventID: "body:data.id", IDSigned: true, Source: "vendor",
		stamp: part("Persona-Signature", "t"), given: parts("Persona-Signature", "v1"), check: hexMAC(sha256.New, dotted("Persona-Signature"))},
	{Name: "personio", Header: "Authorization", Signs: "nothing; a fixed token", Covers: CoversNothing, Source: "vendor",
		given: after("Authorization", ""), check: static},
	{Name: "recruitee", Header: "X-Recruitee-Signature", Signs: "body", Covers: CoversBody, Source: "vendor",
		given: after("X-Recruitee-Signature", ""), check: hexMAC(sha256.New, body)},
	{Name: "slack", Header: "X-Slack-Signature", Signs: "v0:timestamp:body", Covers: CoversBody, Source: "vendor, published vector",
		stamp: header("X-Slack-Request-Timestamp"), given: after("X-Slack-Signature", "v0="), check: hexMAC(sha256.New, func(d *Delivery) []byte {
			return append([]byte("v0:"+d.Header.Get("X-Slack-Request-Timestamp")+":"), d.Body...)
		})},
	{Name: "smartrecruiters", Header: "smartrecruiters-signature", Signs: "timestamp.body.event-id.event-name.event-version.link", Covers: CoversBody, EventID: "event-id", IDSigned: true, Source: "vendor, published vector",
		stamp: header("smartrecruiters-timestamp"), given: list("smartrecruiters-signature", ";", "v1="), check: hexMAC(sha256.New, func(d *Delivery) []byte {
			signed := append([]byte(d.Header.Get("smartrecruiters-timestamp")+"."), d.Body...)
			for _, h := range []string{"event-id", "event-name", "event-version", "link"} {
				signed = append(append(signed, '.'), d.Header.Get(h)...)
			}
			return signed
		})},
	{Name: "standard-webhooks", Header: "webhook-signature", Signs: "id.timestamp.body", Covers: CoversBody, EventID: "webhook-id", IDSigned: true, Source: "specification, published vector",
		stamp: header("webhook-timestamp"), given: list("webhook-signature", " ", ""), check: standard},
	{Name: "stripe", Header: "Stripe-Signature", Signs: "t.body", Covers: CoversBody, EventID: "body:id", IDSigned: true, Source: "general knowledge",
		stamp: part("Stripe-Signature", "t"), given: parts("Stripe-Signature", "v1"), check: hexMAC(sha256.New, dotted("Stripe-Signature"))},
	{Name: "sumsub", Header: "X-Payload-Digest", Signs: "body; the hash is named by X-Payload-Digest-Alg", Covers: CoversBody, Source: "vendor",
		given: after("X-Payload-Digest", ""), check: sumsub},
	{Name: "teamtailor", Header: "in the body: signature", Signs: "the body's payload, base64 of the hex digest", Covers: CoversPart, Source: "vendor, signed content not verified",
		given: member("signature"), check: func(d *Delivery, s string, key []byte) bool {
			inner, err := base64.StdEncoding.DecodeString(s)
			return err == nil && hexMAC(sha256.New, func(d *Delivery) []byte { return d.raw("payload") })(d, string(inner), key)
		}},
	{Name: "veriff", Header: "X-HMAC-SIGNATURE", Signs: "body", Covers: CoversBody, Source: "vendor",
		given: after("X-HMAC-SIGNATURE", ""), check: hexMAC(sha256.New, body)},
	{Name: "wise", Header: "X-Signature-SHA256", Signs: "body, by Wise's RSA key (PEM)", Covers: CoversBody, EventID: "X-Delivery-Id", Source: "vendor",
		given: after("X-Signature-SHA256", ""), check: rsaSHA256},
	{Name: "workable", Header: "X-Workable-Signature", Signs: "body; the key is the account's token or the app's secret", Covers: CoversBody, Source: "vendor",
		given: after("X-Workable-Signature", ""), check: hexMAC(sha256.New, body)},
}

// FindDialect is the dialect of a provider, and whether there is one.
func FindDialect(name string) (*Dialect, bool) {
	for i := range Dialects {
		if Dialects[i].Name == name {
			return &Dialects[i], true
		}
	}
	return nil, false
}

func body(d *Delivery) []byte { return d.Body }

func clone(b []byte) []byte { return append(make([]byte, 0, len(b)+32), b...) }

func header(name string) func(*Delivery) string {
	return func(d *Delivery) string { return d.Header.Get(name) }
}

// after is the one signature of a header, behind a prefix that must be there.
func after(name, prefix string) func(*Delivery) []string { return list(name, "", prefix) }

// list are the signatures of a header that holds several of them, each behind
// the prefix; with an empty separator there is one.
func list(name, separator, prefix string) func(*Delivery) []string {
	return func(d *Delivery) []string {
		values := []string{d.Header.Get(name)}
		if separator != "" {
			values = strings.SplitN(values[0], separator, mostSignatures+1)
		}
		var all []string
		for _, v := range values {
			if s, ok := strings.CutPrefix(strings.TrimSpace(v), prefix); ok && s != "" && len(all) < mostSignatures {
				all = append(all, s)
			}
		}
		return all
	}
}

// parts are the values of a name in "t=…,v1=…,v1=…", groups of which may be
// separated by spaces while keys are rotated.
func parts(name, key string) func(*Delivery) []string {
	return func(d *Delivery) []string {
		var all []string
		for _, f := range strings.FieldsFunc(d.Header.Get(name), func(r rune) bool { return r == ',' || r == ' ' }) {
			if v, ok := strings.CutPrefix(f, key+"="); ok && len(all) < mostSignatures {
				all = append(all, v)
			}
		}
		return all
	}
}

func part(name, key string) func(*Delivery) string {
	return func(d *Delivery) string {
		if all := parts(name, key)(d); len(all) > 0 {
			return all[0]
		}
		return ""
	}
}

// dotted is "t.body" with the time of the header's first group. Groups that
// were signed at another time do not verify, which is what a rotation allows.
func dotted(name string) func(*Delivery) []byte {
	return func(d *Delivery) []byte { return append([]byte(part(name, "t")(d)+"."), d.Body...) }
}

func member(name string) func(*Delivery) []string {
	return func(d *Delivery) []string {
		if s := d.member(name); s != "" {
			return []string{s}
		}
		return nil
	}
}

func mac(h func() hash.Hash, key, signed []byte) []byte {
	m := hmac.New(h, key)
	m.Write(signed)
	return m.Sum(nil)
}

func hexMAC(h func() hash.Hash, signed func(*Delivery) []byte) func(*Delivery, string, []byte) bool {
	return func(d *Delivery, s string, key []byte) bool {
		got, err := hex.DecodeString(s)
		return err == nil && hmac.Equal(got, mac(h, key, signed(d)))
	}
}

func base64MAC(h func() hash.Hash, signed func(*Delivery) []byte) func(*Delivery, string, []byte) bool {
	return func(d *Delivery, s string, key []byte) bool {
		got, err := base64.StdEncoding.DecodeString(s)
		return err == nil && hmac.Equal(got, mac(h, key, signed(d)))
	}
}

// static compares a fixed secret; digests make the lengths equal.
func static(_ *Delivery, s string, key []byte) bool {
	a, b := sha256.Sum256([]byte(s)), sha256.Sum256(key)
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// standard is Standard Webhooks 1.0: v1 is a MAC under the decoded secret, v1a
// an Ed25519 signature under "whpk_" + base64.
func standard(d *Delivery, s string, key []byte) bool {
	signed := append([]byte(d.Header.Get("webhook-id")+"."+d.Header.Get("webhook-timestamp")+"."), d.Body...)
	if text, ok := strings.CutPrefix(string(key), "whpk_"); ok {
		public, err := base64.StdEncoding.DecodeString(text)
		v, is := strings.CutPrefix(s, "v1a,")
		signature, err2 := base64.StdEncoding.DecodeString(v)
		return is && err == nil && err2 == nil && len(public) == ed25519.PublicKeySize && ed25519.Verify(public, signed, signature)
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(string(key), "whsec_"))
	v, is := strings.CutPrefix(s, "v1,")
	return is && err == nil && base64MAC(sha256.New, func(*Delivery) []byte { return signed })(d, v, secret)
}

// sumsub: a header names the hash; one that is not on this list is refused, and
// SHA-1 is taken only where the endpoint's owner allowed it.
func sumsub(d *Delivery, s string, key []byte) bool {
	switch d.Header.Get("X-Payload-Digest-Alg") {
	case "HMAC_SHA256_HEX":
		return hexMAC(sha256.New, body)(d, s, key)
	case "HMAC_SHA512_HEX":
		return hexMAC(sha512.New, body)(d, s, key)
	case "HMAC_SHA1_HEX":
		return d.AllowSHA1 && hexMAC(sha1.New, body)(d, s, key)
	}
	return false
}

func rsaSHA256(d *Delivery, s string, key []byte) bool {
	block, _ := pem.Decode(key)
	signature, err := base64.StdEncoding.DecodeString(s)
	if block == nil || err != nil {
		return false
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return false
	}
	k, ok := public.(*rsa.PublicKey)
	sum := sha256.Sum256(d.Body)
	return ok && k.N.BitLen() >= 2048 && rsa.VerifyPKCS1v15(k, crypto.SHA256, sum[:], signature) == nil
}

// seconds reads a signed time strictly: digits only.
func seconds(s string) (int64, bool) {
	if s == "" || len(s) > 12 || strings.TrimLeft(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
