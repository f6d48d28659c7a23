package wallet

import (
	"crypto"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"time"
)

// maxDisclosures of one presentation; a person's attributes are some dozens.
const maxDisclosures = 1000

// sdJWT is an SD-JWT in compact form (RFC 9901 section 4), read but not verified.
type sdJWT struct {
	jwt         *jws
	payload     map[string]any
	disclosures []string
	bound       []byte // the bytes sd_hash covers: all up to the last ~
	binding     string // the key binding JWT, "" if there is none
	hash        crypto.Hash
}

func parseSDJWT(s string) (*sdJWT, error) {
	if len(s) > maxToken {
		return nil, errors.New("the presentation is too long")
	}
	last := strings.LastIndexByte(s, '~')
	if last < 0 {
		return nil, errors.New("no ~: this is no SD-JWT")
	}
	parts := strings.Split(s[:last], "~")
	if len(parts)-1 > maxDisclosures {
		return nil, errors.New("too many disclosures")
	}
	j, err := parseJWS(parts[0])
	if err != nil {
		return nil, err
	}
	d := &sdJWT{jwt: j, disclosures: parts[1:], bound: []byte(s[:last+1]), binding: s[last+1:]}
	if d.payload, err = object(j.payload); err != nil {
		return nil, errors.New("the payload is not a strict JSON object")
	}
	alg, err := text(d.payload, "_sd_alg")
	if err != nil {
		return nil, err
	}
	switch alg {
	case "", "sha-256":
		d.hash = crypto.SHA256
	case "sha-384":
		d.hash = crypto.SHA384
	case "sha-512":
		d.hash = crypto.SHA512
	default:
		return nil, errors.New("the digest algorithm is not supported")
	}
	return d, nil
}

// disclosure is one decoded disclosure: [salt, value] or [salt, name, value].
type disclosure struct {
	parts []any
	used  bool
}

// unpacking is the work of RFC 9901 section 7.1: put each disclosure where its
// digest stands.
type unpacking struct {
	byDigest map[string]*disclosure
	seen     map[string]bool
	fixed    bool // top-level members that SD-JWT VC forbids to disclose are an error
}

// mayNotBeDisclosed: what says who vouches, how long and for which key must be
// under the signature for all to see (SD-JWT VC section 2.2.2.2).
var mayNotBeDisclosed = []string{"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "_sd_alg"}

// unpack gives the payload with its disclosures in place. Digests without
// disclosure are decoys or claims held back, and vanish.
func (d *sdJWT) unpack() (map[string]any, error) {
	u := &unpacking{byDigest: map[string]*disclosure{}, seen: map[string]bool{}, fixed: true}
	for _, enc := range d.disclosures {
		raw, err := unbase64(enc)
		if err != nil {
			return nil, errors.New("a disclosure is not base64url")
		}
		v, err := tree(raw)
		if err != nil {
			return nil, errors.New("a disclosure is not strict JSON")
		}
		parts, ok := v.([]any)
		if !ok || len(parts) < 2 || len(parts) > 3 {
			return nil, errors.New("a disclosure is not a list of two or three")
		}
		if _, ok := parts[0].(string); !ok {
			return nil, errors.New("a disclosure has no salt")
		}
		key := base64url(digest(d.hash, []byte(enc)))
		if u.byDigest[key] != nil {
			return nil, errors.New("a disclosure stands there twice")
		}
		u.byDigest[key] = &disclosure{parts: parts}
	}
	out, err := u.object(d.payload, 0)
	if err != nil {
		return nil, err
	}
	for _, one := range u.byDigest {
		if !one.used {
			return nil, errors.New("a disclosure belongs to no digest that the issuer signed")
		}
	}
	delete(out, "_sd_alg")
	return out, nil
}

// take finds the disclosure of a digest; nil for one held back.
func (u *unpacking) take(v any) (*disclosure, error) {
	digest, ok := v.(string)
	if !ok {
		return nil, errors.New("a digest is not a string")
	}
	if u.seen[digest] {
		return nil, errors.New("a digest stands there twice")
	}
	u.seen[digest] = true
	d := u.byDigest[digest]
	if d != nil {
		d.used = true
	}
	return d, nil
}

func (u *unpacking) value(v any, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errors.New("the disclosures nest too deep")
	}
	switch v := v.(type) {
	case map[string]any:
		return u.object(v, depth)
	case []any:
		return u.array(v, depth)
	}
	return v, nil
}

func (u *unpacking) object(m map[string]any, depth int) (map[string]any, error) {
	out := make(map[string]any, len(m))
	// Sorted, so that which of several errors is told does not depend on chance.
	for _, name := range sortedKeys(m) {
		switch name {
		case "_sd":
			continue
		case "...":
			return nil, errors.New("a digest of a list element stands outside a list")
		}
		v, err := u.value(m[name], depth+1)
		if err != nil {
			return nil, err
		}
		out[name] = v
	}
	digests, there := m["_sd"]
	if !there {
		return out, nil
	}
	list, ok := digests.([]any)
	if !ok {
		return nil, errors.New("_sd is not a list")
	}
	for _, digest := range list {
		d, err := u.take(digest)
		if err != nil {
			return nil, err
		}
		if d == nil {
			continue
		}
		if len(d.parts) != 3 {
			return nil, errors.New("a disclosure for a member has no name")
		}
		name, ok := d.parts[1].(string)
		if !ok || name == "_sd" || name == "..." {
			return nil, errors.New("a disclosure has a name that is not allowed")
		}
		if _, taken := out[name]; taken {
			return nil, errors.New("a disclosure has the name of a claim that is there already")
		}
		if depth == 0 && u.fixed && slices.Contains(mayNotBeDisclosed, name) {
			return nil, errors.New("a claim that must always be visible is selectively disclosed")
		}
		if out[name], err = u.value(d.parts[2], depth+1); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (u *unpacking) array(a []any, depth int) ([]any, error) {
	out := []any{}
	for _, v := range a {
		m, ok := v.(map[string]any)
		digest, hidden := m["..."]
		if !ok || !hidden {
			v, err := u.value(v, depth+1)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
			continue
		}
		if len(m) != 1 {
			return nil, errors.New("a digest of a list element is not alone")
		}
		d, err := u.take(digest)
		if err != nil {
			return nil, err
		}
		if d == nil {
			continue
		}
		if len(d.parts) != 2 {
			return nil, errors.New("a disclosure for a list element has a name")
		}
		v, err := u.value(d.parts[1], depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// readSDJWT verifies one SD-JWT VC presentation (draft-ietf-oauth-sd-jwt-vc,
// RFC 9901 section 7.3) and fills the report.
func (v *verification) readSDJWT(r *Report, presentation string) {
	d, err := parseSDJWT(presentation)
	if err != nil {
		r.say(PartStructure, Failed, err.Error())
		return
	}
	r.say(PartStructure, OK, "")
	v.sdIssuer(r, d)
	v.sdType(r, d)
	v.times(r, d.payload)
	claims, err := d.unpack()
	if err != nil {
		r.say(PartDisclosures, Failed, err.Error())
	} else {
		r.say(PartDisclosures, OK, "")
	}
	v.sdBinding(r, d)
	v.status(r, d.payload["status"])
	if claims != nil {
		v.claims(r, claims)
	}
}

// sdType: dc+sd-jwt; vc+sd-jwt was its name until November 2024 and is still
// issued (SD-JWT VC section 2.2.1).
func (v *verification) sdType(r *Report, d *sdJWT) {
	vct, err := text(d.payload, "vct")
	r.Type = vct
	switch {
	case d.jwt.typ != "dc+sd-jwt" && d.jwt.typ != "vc+sd-jwt":
		r.say(PartType, Failed, "the token is of another kind than dc+sd-jwt")
	case err != nil || vct == "":
		r.say(PartType, Failed, "the credential names no type (vct)")
	case !slices.Contains(v.query.Meta.VctValues, vct):
		r.say(PartType, Failed, "a credential of another type was asked for")
	default:
		r.say(PartType, OK, "")
	}
}

func (v *verification) sdIssuer(r *Report, d *sdJWT) {
	iss, _ := text(d.payload, "iss")
	r.Issuer = iss
	issued, _ := seconds(d.payload, "iat")
	if d.jwt.x5c != nil {
		v.chain(r, d.jwt.x5c, FormatSDJWT, stringOf(d.payload["vct"]), issued, func(k *publicKey) error { return d.jwt.verify(k) })
		return
	}
	key := v.Trust.key(iss, d.jwt.kid)
	if key == nil {
		r.say(PartSignature, NotVerifiable, "no certificate chain, and no trusted key of this issuer")
		r.say(PartChain, NotVerifiable, "the issuer stands in no trust list")
		return
	}
	if err := d.jwt.verify(key); err != nil {
		r.say(PartSignature, Failed, err.Error())
		return
	}
	r.say(PartSignature, OK, "")
	v.listed(r, "a key of the trust list")
}

// times checks iat, nbf and exp against the moment of verification.
func (v *verification) times(r *Report, m map[string]any) {
	iat, err1 := seconds(m, "iat")
	nbf, err2 := seconds(m, "nbf")
	exp, err3 := seconds(m, "exp")
	if err := errors.Join(err1, err2, err3); err != nil {
		r.say(PartValidity, Failed, "a date is no date")
		return
	}
	if !iat.IsZero() {
		r.Issued = &iat
	}
	if !exp.IsZero() {
		r.Expires = &exp
	}
	switch {
	case iat.After(v.At.Add(v.Skew)) || nbf.After(v.At.Add(v.Skew)):
		r.say(PartValidity, Failed, "not valid yet")
	case !exp.IsZero() && !exp.After(v.At.Add(-v.Skew)):
		r.say(PartValidity, Failed, "expired")
	default:
		r.say(PartValidity, OK, "")
	}
}

// sdBinding checks the key binding JWT (RFC 9901 section 7.3, step 5): signed by
// the key of cnf, over exactly these disclosures, now, for us, for this request.
func (v *verification) sdBinding(r *Report, d *sdJWT) {
	cnf, _ := d.payload["cnf"].(map[string]any)
	jwk, _ := cnf["jwk"].(map[string]any)
	if jwk == nil {
		r.say(PartHolder, NotVerifiable, "the credential is bound to no key that it shows")
		return
	}
	key, err := parseJWK(jwk)
	if err != nil {
		r.say(PartHolder, Failed, "the key of the holder: "+err.Error())
		return
	}
	r.HolderKey = base64url(thumbprint(key.key))
	if d.binding == "" {
		r.say(PartHolder, Failed, "the proof of possession is missing")
		return
	}
	kb, err := parseJWS(d.binding)
	if err != nil {
		r.say(PartHolder, Failed, "proof of possession: "+err.Error())
		return
	}
	m, err := object(kb.payload)
	if err != nil {
		r.say(PartHolder, Failed, "proof of possession: the payload is not a strict JSON object")
		return
	}
	r.say(PartHolder, OK, "")
	if kb.typ != "kb+jwt" {
		r.say(PartHolder, Failed, "proof of possession: a token of another kind")
	}
	if err := kb.verify(key); err != nil {
		r.say(PartHolder, Failed, "proof of possession: "+err.Error())
	}
	// _sd_alg decides the digest here as well: what was stripped or added shows.
	if want := base64url(digest(d.hash, d.bound)); !same(stringOf(m["sd_hash"]), want) {
		r.say(PartHolder, Failed, "the proof of possession is for other disclosures")
	}
	iat, err := seconds(m, "iat")
	switch {
	case err != nil || iat.IsZero():
		r.say(PartHolder, Failed, "the proof of possession has no date")
	case iat.After(v.At.Add(v.Skew)):
		r.say(PartHolder, Failed, "the proof of possession is dated ahead")
	case iat.Before(v.At.Add(-v.Window - v.Skew)):
		r.say(PartHolder, Failed, "the proof of possession is too old")
	}
	for _, limit := range []string{"exp", "nbf"} {
		t, err := seconds(m, limit)
		if err != nil || !t.IsZero() && (limit == "exp" && !t.After(v.At.Add(-v.Skew)) || limit == "nbf" && t.After(v.At.Add(v.Skew))) {
			r.say(PartHolder, Failed, "the proof of possession is not valid now")
		}
	}
	if same(stringOf(m["nonce"]), v.session.Nonce) {
		r.say(PartNonce, OK, "")
	} else {
		r.say(PartNonce, Failed, "made for another request")
	}
	if same(stringOf(m["aud"]), v.session.audience()) {
		r.say(PartAudience, OK, "")
	} else {
		r.say(PartAudience, Failed, "made for another verifier")
	}
}

func stringOf(v any) string { s, _ := v.(string); return s }

// same compares without telling by time where two values part; an empty value
// equals nothing.
func same(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// within says whether t lies in [from, until]; a zero bound is none.
func within(t, from, until time.Time) bool {
	return (from.IsZero() || !t.Before(from)) && (until.IsZero() || !t.After(until))
}
