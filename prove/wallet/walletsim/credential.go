package walletsim

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/go-json-experiment/json"

	"bonafide/prove/wallet"
)

// Held is one credential in a wallet, with the key it is bound to.
type Held struct {
	Format string // wallet.FormatSDJWT or wallet.FormatMdoc
	Type   string // vct or doctype
	Key    *ecdsa.PrivateKey

	jwt         string
	disclosures []Disclosure

	issuerAuth cbor.RawMessage
	items      map[string][]Item
}

// Disclosure is one disclosure and where its value stands.
type Disclosure struct {
	Path    []any // strings and ints from the root
	Encoded string
}

// Item is one element of an mdoc as the issuer sent it.
type Item struct {
	Element string
	Bytes   cbor.RawMessage
}

// SDJWT is what an issuer puts into an SD-JWT VC.
type SDJWT struct {
	Type    string         // vct
	Claims  map[string]any // the person's
	Always  map[string]any // always visible: iss, iat, exp, status …
	Frame   map[string]any // which are selectively disclosable: see Conceal; nil hides every member of Claims
	Header  map[string]any // over the usual header
	Unbound bool           // without a key of the holder
}

// IssueSDJWT issues a credential bound to the key.
func (s *Signer) IssueSDJWT(c SDJWT, key *ecdsa.PrivateKey) (*Held, error) {
	frame := c.Frame
	if frame == nil {
		frame = map[string]any{"_sd": anys(sorted(c.Claims)), "_sd_decoy": 2}
	}
	hidden, disclosures, err := Conceal(c.Claims, frame)
	if err != nil {
		return nil, err
	}
	payload := hidden.(map[string]any)
	payload["vct"], payload["_sd_alg"] = c.Type, "sha-256"
	if !c.Unbound {
		payload["cnf"] = map[string]any{"jwk": JWK(&key.PublicKey)}
	}
	for k, v := range c.Always {
		payload[k] = v
	}
	header := map[string]any{"typ": "dc+sd-jwt"}
	for k, v := range c.Header {
		header[k] = v
	}
	jwt, err := s.JWS(header, payload)
	if err != nil {
		return nil, err
	}
	return &Held{Format: wallet.FormatSDJWT, Type: c.Type, Key: key, jwt: jwt, disclosures: disclosures}, nil
}

func anys(in []string) []any {
	out := make([]any, len(in))
	for i := range in {
		out[i] = in[i]
	}
	return out
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Conceal replaces parts of a JSON value by digests. A frame names in _sd the
// members (or, for a list, the indices) that become disclosures, in _sd_decoy
// how many digests without disclosure are added, and under a member's name or
// index the frame of what is inside, which is concealed first (recursive
// disclosures).
func Conceal(v any, frame map[string]any) (any, []Disclosure, error) {
	return conceal(v, frame, nil)
}

func conceal(v any, frame map[string]any, at []any) (any, []Disclosure, error) {
	hide, _ := frame["_sd"].([]any)
	var all []Disclosure
	below := func(step any, name string, v any) (any, error) {
		inside, _ := frame[name].(map[string]any)
		if inside == nil {
			return v, nil
		}
		out, more, err := conceal(v, inside, append(slices.Clone(at), step))
		all = append(all, more...)
		return out, err
	}
	switch v := v.(type) {
	case map[string]any:
		out, digests := map[string]any{}, []any{}
		for _, name := range sorted(v) {
			one, err := below(name, name, v[name])
			if err != nil {
				return nil, nil, err
			}
			if !slices.ContainsFunc(hide, func(h any) bool { return h == any(name) }) {
				out[name] = one
				continue
			}
			enc, digest, err := disclose(name, one)
			if err != nil {
				return nil, nil, err
			}
			all = append(all, Disclosure{append(slices.Clone(at), name), enc})
			digests = append(digests, digest)
		}
		for range count(frame["_sd_decoy"]) {
			digests = append(digests, decoy())
		}
		if len(digests) > 0 {
			slices.SortFunc(digests, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
			out["_sd"] = digests
		}
		return out, all, nil
	case []any:
		out := []any{}
		for i, one := range v {
			one, err := below(i, strconv.Itoa(i), one)
			if err != nil {
				return nil, nil, err
			}
			if !slices.ContainsFunc(hide, func(h any) bool { return fmt.Sprint(h) == strconv.Itoa(i) }) {
				out = append(out, one)
				continue
			}
			enc, digest, err := disclose("", one)
			if err != nil {
				return nil, nil, err
			}
			all = append(all, Disclosure{append(slices.Clone(at), i), enc})
			out = append(out, map[string]any{"...": digest})
		}
		for range count(frame["_sd_decoy"]) {
			out = append(out, map[string]any{"...": decoy()})
		}
		return out, all, nil
	}
	return nil, nil, errors.New("a frame fits only objects and lists")
}

func count(v any) int {
	n, _ := strconv.Atoi(fmt.Sprint(v))
	return n
}

func decoy() string {
	sum := sha256.Sum256(random(16))
	return b64(sum[:])
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) //nolint:errcheck // crypto/rand never fails
	return b
}

// disclose encodes one disclosure; a list element has no name.
func disclose(name string, v any) (enc, digest string, err error) {
	parts := []any{b64(random(16)), name, v}
	if name == "" {
		parts = []any{parts[0], v}
	}
	b, err := json.Marshal(parts, json.Deterministic(true))
	if err != nil {
		return "", "", err
	}
	enc = b64(b)
	sum := sha256.Sum256([]byte(enc))
	return enc, b64(sum[:]), nil
}

// JWK is the public JWK of a P-256 key.
func JWK(k *ecdsa.PublicKey) map[string]any {
	raw, err := k.Bytes()
	if err != nil || len(raw) != 65 {
		return nil
	}
	return map[string]any{"kty": "EC", "crv": "P-256", "x": b64(raw[1:33]), "y": b64(raw[33:])}
}

// Mdoc is what an issuer puts into an mdoc.
type Mdoc struct {
	Type                string
	NameSpaces          map[string]map[string]any
	Signed, From, Until time.Time
	Status              any    // e.g. {"status_list": {"idx": 1, "uri": "…"}}
	SignedType          string // another docType in the security object
	Version             string
}

func encode(v any) cbor.RawMessage {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		return nil
	}
	b, err := mode.Marshal(v)
	if err != nil {
		return nil
	}
	return b
}

func dated(t time.Time) cbor.Tag {
	return cbor.Tag{Number: 0, Content: t.UTC().Format(time.RFC3339)}
}

// IssueMdoc issues a document bound to the key.
func (s *Signer) IssueMdoc(m Mdoc, key *ecdsa.PrivateKey) (*Held, error) {
	h := &Held{Format: wallet.FormatMdoc, Type: m.Type, Key: key, items: map[string][]Item{}}
	digests := map[string]map[uint64][]byte{}
	for _, ns := range sorted(m.NameSpaces) {
		digests[ns] = map[uint64][]byte{}
		for i, name := range sorted(m.NameSpaces[ns]) {
			item := encode(cbor.Tag{Number: 24, Content: []byte(encode(map[string]any{
				"digestID": i, "random": random(32), "elementIdentifier": name, "elementValue": m.NameSpaces[ns][name]}))})
			sum := sha256.Sum256(item)
			digests[ns][uint64(i)] = sum[:]
			h.items[ns] = append(h.items[ns], Item{name, item})
		}
	}
	raw, err := key.PublicKey.Bytes()
	if err != nil {
		return nil, err
	}
	mso := map[string]any{
		"version": "1.0", "digestAlgorithm": "SHA-256", "valueDigests": digests, "docType": m.Type,
		"deviceKeyInfo": map[string]any{"deviceKey": map[int]any{1: 2, -1: 1, -2: raw[1:33], -3: raw[33:]}},
		"validityInfo":  map[string]any{"signed": dated(m.Signed), "validFrom": dated(m.From), "validUntil": dated(m.Until)},
	}
	if m.Status != nil {
		mso["status"] = m.Status
	}
	if m.SignedType != "" {
		mso["docType"] = m.SignedType
	}
	payload := []byte(encode(cbor.Tag{Number: 24, Content: []byte(encode(mso))}))
	var x5chain any = s.Chain
	if len(s.Chain) == 1 {
		x5chain = s.Chain[0]
	}
	h.issuerAuth, err = s.sign1(payload, payload, map[int]any{33: x5chain})
	return h, err
}

// sign1 writes an untagged COSE_Sign1 with ES256; content nil leaves it detached.
func (s *Signer) sign1(payload []byte, content any, unprotected map[int]any) (cbor.RawMessage, error) {
	protected := []byte(encode(map[int]any{1: -7}))
	sig, err := s.raw(encode([]any{"Signature1", protected, []byte{}, payload}))
	if err != nil {
		return nil, err
	}
	return encode([]any{protected, unprotected, content, sig}), nil
}
