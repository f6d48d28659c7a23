package wallet

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestUnpacking is RFC 9901 section 7.1 sentence by sentence: a payload, its
// disclosures, and the claims, or "" for a refusal. {1} is the digest of the first
// disclosure and so on.
func TestUnpacking(t *testing.T) {
	for _, c := range []struct {
		name, payload string
		disclosures   []string
		want          string
	}{
		{"nothing to disclose", `{"a":1}`, nil, `map[a:1]`},
		{"a member", `{"_sd":["{1}"]}`, []string{`["s","a",1]`}, `map[a:1]`},
		{"a member held back", `{"_sd":["{1}"]}`, nil, `map[]`},
		{"a decoy", `{"_sd":["{1}","decoy"]}`, []string{`["s","a",1]`}, `map[a:1]`},
		{"an element", `{"a":[{"...":"{1}"},{"...":"decoy"},2]}`, []string{`["s",1]`}, `map[a:[1 2]]`},
		{"one in another", `{"_sd":["{2}"]}`, []string{`["s","b",1]`, `["s","a",{"_sd":["{1}"]}]`}, `map[a:map[b:1]]`},
		{"an element in a member", `{"_sd":["{2}"]}`, []string{`["s",1]`, `["s","a",[{"...":"{1}"}]]`}, `map[a:[1]]`},
		{"a member without name", `{"_sd":["{1}"]}`, []string{`["s",1]`}, ``},
		{"a member without name whose value is text", `{"_sd":["{1}"]}`, []string{`["s","a"]`}, ``},
		{"an element with a name", `{"a":[{"...":"{1}"}]}`, []string{`["s","b",1]`}, ``},
		{"the name _sd", `{"_sd":["{1}"]}`, []string{`["s","_sd",["x"]]`}, ``},
		{"the name ...", `{"_sd":["{1}"]}`, []string{`["s","...","x"]`}, ``},
		{"a name that is a number", `{"_sd":["{1}"]}`, []string{`["s",7,1]`}, ``},
		{"a salt that is none", `{"_sd":["{1}"]}`, []string{`[7,"a",1]`}, ``},
		{"a name that is taken", `{"a":2,"_sd":["{1}"]}`, []string{`["s","a",1]`}, ``},
		{"two of one name", `{"_sd":["{1}","{2}"]}`, []string{`["s","a",1]`, `["t","a",1]`}, ``},
		{"a digest twice", `{"_sd":["{1}"],"b":{"_sd":["{1}"]}}`, []string{`["s","a",1]`}, ``},
		{"a decoy twice", `{"_sd":["x","x"]}`, nil, ``},
		{"a digest twice by a disclosure", `{"_sd":["{2}","{1}"]}`, []string{`["s","b",1]`, `["s","a",{"_sd":["{1}"]}]`}, ``},
		{"a disclosure nobody signed", `{"a":1}`, []string{`["s","b",1]`}, ``},
		{"a disclosure twice", `{"_sd":["{1}"]}`, []string{`["s","a",1]`, `["s","a",1]`}, ``},
		{"a digest that is a number", `{"_sd":[7]}`, nil, ``},
		{"_sd that is text", `{"_sd":"x"}`, nil, ``},
		{"an element with company", `{"a":[{"...":"x","b":1}]}`, nil, ``},
		{"an element's digest outside a list", `{"a":{"...":"x"}}`, nil, ``},
		{"four parts", `{"_sd":["{1}"]}`, []string{`["s","a",1,2]`}, ``},
		{"one part", `{"_sd":["{1}"]}`, []string{`["s"]`}, ``},
		{"no list", `{"_sd":["{1}"]}`, []string{`{"s":1}`}, ``},
		{"a member twice within", `{"_sd":["{1}"]}`, []string{`["s","a",{"b":1,"b":2}]`}, ``},
		{"the issuer hidden", `{"_sd":["{1}"]}`, []string{`["s","iss","x"]`}, ``},
		{"an issuer further down", `{"a":{"_sd":["{1}"]}}`, []string{`["s","iss","x"]`}, `map[a:map[iss:x]]`},
		{"null", `{"a":null,"_sd":["{1}"]}`, []string{`["s","b",null]`}, `map[a:<nil> b:<nil>]`},
	} {
		payload, enc := c.payload, []string{}
		for i, d := range c.disclosures {
			for j, before := range enc {
				d = strings.ReplaceAll(d, fmt.Sprintf("{%d}", j+1), base64url(digest(hashOf(""), []byte(before))))
			}
			enc = append(enc, base64url([]byte(d)))
			payload = strings.ReplaceAll(payload, fmt.Sprintf("{%d}", i+1), base64url(digest(hashOf(""), []byte(enc[i]))))
		}
		d, err := parseSDJWT(base64url([]byte(`{"alg":"ES256"}`)) + "." + base64url([]byte(payload)) + ".AA~" + strings.Join(append(enc, ""), "~"))
		if err != nil {
			t.Fatal(c.name, err)
		}
		got, err := d.unpack()
		if (err != nil) != (c.want == "") || err == nil && fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, %v, want %s", c.name, got, err, c.want)
		}
	}
}

func TestEdges(t *testing.T) {
	if same("", "") {
		t.Error("nothing equals nothing")
	}
	if _, err := unbase64("AB"); err == nil {
		t.Error("loose bits at the end were accepted: one value has two spellings")
	}
	for _, s := range []string{"AA==", "A\nA", "+/", "A"} {
		if _, err := unbase64(s); err == nil {
			t.Errorf("%q was accepted", s)
		}
	}
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := k.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]any{"kty": "EC", "crv": "P-256", "x": base64url(raw[1:33]), "y": base64url(raw[33:])}
	if _, err := parseJWK(m); err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]any{"d": "AA", "k": "AA", "x": base64url(raw[1:32]), "crv": "P-384", "kty": "RSA", "alg": number("7"), "key_ops": "verify"} {
		bad := map[string]any{}
		for a, b := range m {
			bad[a] = b
		}
		bad[name] = v
		if _, err := parseJWK(bad); err == nil {
			t.Errorf("a key with %s = %v was read", name, v)
		}
	}
	if _, err := keySet(map[string]any{"keys": []any{m, m}}); err == nil {
		t.Error("two keys of one name were read")
	}
	// A zero before s is the same number: the length says no.
	sum := digest(hashOf("ES256"), []byte("m"))
	der, err := ecdsa.SignASN1(rand.Reader, k, sum)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := sideBySide(der, 32)
	if err != nil {
		t.Fatal(err)
	}
	longer := append(append(append([]byte{}, sig[:32]...), 0), sig[32:]...)
	if verifySignature(&k.PublicKey, "ES256", []byte("m"), sig) != nil || verifySignature(&k.PublicKey, "ES256", []byte("m"), longer) == nil {
		t.Error("lengths of signatures")
	}
	var twice map[string]any
	if uncbor([]byte("\xa2aa\x01aa\x02"), &twice) == nil {
		t.Error("a key twice was read")
	}
	if uncbor([]byte("\xbfaa\x01\xff"), &twice) == nil || uncbor([]byte("\xa1aa\x01\x00"), &twice) == nil {
		t.Error("an indefinite length, or more after the end, was read")
	}
	var text string
	if uncbor([]byte("\x62\xff\xfe"), &text) == nil {
		t.Error("text that is none was read")
	}
}

// TestPresentationsOfOneQuery: one, unless more were asked for.
func TestPresentationsOfOneQuery(t *testing.T) {
	s := &Session{Query: Query{Credentials: []CredentialQuery{{ID: "a", Format: FormatSDJWT, Meta: Meta{VctValues: []string{"x"}}}}}}
	by := Verification{At: time.Unix(1, 0)}
	for _, token := range []map[string]any{{"a": []any{"x", "y"}}, {"a": []any{}}, {"a": "x"}, {"b": []any{"x"}}} {
		if _, err := s.judge(map[string]any{"vp_token": token}, by); err == nil {
			t.Errorf("%v was read", token)
		}
	}
	s.Query.Credentials[0].Multiple = true
	if a, err := s.judge(map[string]any{"vp_token": map[string]any{"a": []any{"x", "y"}}}, by); err != nil || len(a.Reports) != 2 {
		t.Errorf("%v %v", a, err)
	}
}
