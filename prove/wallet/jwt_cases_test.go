package wallet

import (
	"crypto/x509"
	"encoding/pem"
	"slices"
	"testing"
	"time"
)

// TestForgedTokens runs made tokens through the same steps a key binding or a
// status list goes through: read, key by kid, algorithm by key, kind, dates,
// audience, issuer.
func TestForgedTokens(t *testing.T) {
	var file struct {
		Allowed          map[string]string
		Audience, Issuer string
		KeysPem          map[string]string `json:"keys_pem"`
		VerifyAtUnix     int64             `json:"verify_at_unix"`
		Cases            []struct{ Name, Token, Expect, Why string }
	}
	sharedJSON(t, "hostile/made/jwt/jwt_cases.json", &file)
	at := time.Unix(file.VerifyAtUnix, 0)
	keys := map[string]*publicKey{}
	for kid, text := range file.KeysPem {
		block, _ := pem.Decode([]byte(text))
		k, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		keys[kid] = &publicKey{key: k, kid: kid, alg: file.Allowed[kid]}
	}
	judge := func(token string) bool {
		j, err := parseJWS(token)
		if err != nil || keys[j.kid] == nil || j.verify(keys[j.kid]) != nil || !slices.Contains([]string{"", "JWT"}, j.typ) {
			return false
		}
		m, err := object(j.payload)
		if err != nil {
			return false
		}
		v := &verification{Verification: Verification{At: at, Skew: time.Minute}}
		r := newReport("", "")
		v.times(r, m)
		return r.is(PartValidity, OK) && r.Expires != nil && same(stringOf(m["aud"]), file.Audience) && same(stringOf(m["iss"]), file.Issuer)
	}
	accepted := 0
	for _, c := range file.Cases {
		ok := judge(c.Token)
		if ok && c.Expect == "reject" || !ok && c.Expect == "accept" {
			t.Errorf("%s: accepted %v, want %s (%s)", c.Name, ok, c.Expect, c.Why)
		}
		if ok {
			accepted++
		}
	}
	t.Logf("%d cases, %d accepted", len(file.Cases), accepted)
}
