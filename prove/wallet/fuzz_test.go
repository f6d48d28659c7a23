package wallet

import (
	"strings"
	"testing"
	"time"
)

// No byte from outside may do more than be refused: no panic, no endless work.

func FuzzSDJWT(f *testing.F) {
	f.Add("eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9.eyJfc2QiOlsiYSIsImEiXX0.AA~WyJhIiwiYiIsMV0~")
	f.Add("eyJhbGciOiJFUzI1NiJ9.eyJhIjpbeyIuLi4iOiJ4In1dfQ.AA~~")
	f.Add("~")
	v := &verification{Verification: Verification{At: time.Unix(1800000000, 0)}, session: &Session{Nonce: "n", ClientID: "c"},
		query: &CredentialQuery{Format: FormatSDJWT, Meta: Meta{VctValues: []string{"t"}}, Claims: []ClaimQuery{{Path: Path{"a", nil, 0}}}}}
	f.Fuzz(func(t *testing.T, s string) {
		r := newReport("q", FormatSDJWT)
		v.readSDJWT(r, s)
		r.finish(v.At)
		if r.Proven {
			t.Error("proven without any trust")
		}
	})
}

func FuzzMdoc(f *testing.F) {
	f.Add([]byte("\xa3gversionc1.0idocuments\x80fstatus\x00"))
	f.Add([]byte("\xa3gversionc1.0fstatus\x00idocuments\x81\xa3gdocTypeaxlissuerSigned\xa2jnameSpaces\xa0jissuerAuth\x84C\xa1\x01&\xa0I\xd8\x18F\xa1aaaba@ldeviceSigned\xa0"))
	v := &verification{Verification: Verification{At: time.Unix(1800000000, 0)}, session: &Session{Nonce: "n", ClientID: "c", ResponseURI: "r"},
		query: &CredentialQuery{Format: FormatMdoc, Meta: Meta{DoctypeValue: "x"}, Claims: []ClaimQuery{{Path: Path{"a", "b"}}}}}
	f.Fuzz(func(t *testing.T, b []byte) {
		r := newReport("q", FormatMdoc)
		v.readMdoc(r, base64url(b))
		r.finish(v.At)
		if r.Proven {
			t.Error("proven without any trust")
		}
	})
}

func FuzzAnswer(f *testing.F) {
	s, err := NewSession(Ask{ClientID: "x509_hash:a", ResponseURI: "https://v.example/a", At: time.Unix(1800000000, 0), Query: Query{Credentials: []CredentialQuery{
		{ID: "a", Format: FormatSDJWT, Meta: Meta{VctValues: []string{"t"}}, Claims: []ClaimQuery{{Path: Path{"a"}}}}}}}, strings.NewReader(strings.Repeat("random ", 1000)))
	if err != nil {
		f.Fatal(err)
	}
	open := *s
	open.key, open.Key = nil, ""
	f.Add("response=eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTEyOEdDTSIsImVwayI6e319..AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA")
	f.Add(`{"vp_token": {"a": ["x~y"]}, "state": "` + s.State + `"}`)
	f.Add("error=access_denied&state=x")
	f.Fuzz(func(t *testing.T, body string) {
		by := Verification{At: time.Unix(1800000000, 0)}
		for _, one := range []*Session{s, &open} {
			if a, err := one.Read([]byte(body), by); err == nil && a.Satisfied {
				t.Error("satisfied without any trust")
			}
		}
	})
}

func FuzzStatusList(f *testing.F) {
	f.Add([]byte("eyJhbGciOiJFUzI1NiIsInR5cCI6InN0YXR1c2xpc3Qrand0In0.eyJzdWIiOiJ4IiwiaWF0IjoxLCJzdGF0dXNfbGlzdCI6eyJiaXRzIjoxLCJsc3QiOiJlTnJidVJnQUFoY0JYUSJ9fQ.AA"))
	f.Add([]byte("\xd2\x84C\xa1\x01&\xa0A\xa0A\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := readStatusList(b, nil, time.Unix(1800000000, 0))
		if err == nil {
			l.State(0)
			l.State(1 << 60)
			if l.problem == "" {
				t.Error("trusted without any trust")
			}
		}
	})
}

func FuzzTrustAndQuery(f *testing.F) {
	f.Add([]byte(`{"anchors": [{"certificate": "AAAA"}], "keys": [{"issuer": "a", "jwks": {"keys": [{"kty": "RSA", "n": "AQ", "e": "AQAB"}]}}]}`))
	f.Add([]byte(`{"credentials": [{"id": "a", "format": "mso_mdoc", "meta": {"doctype_value": "x"}, "claims": [{"path": ["a", "b"]}]}]}`))
	f.Add([]byte("\x84C\xa1\x01&\xa0A\xa0A\x00"))
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _ = ReadTrust(strings.NewReader(string(b)))
		_, _ = ReadSession(strings.NewReader(string(b)))
		if q, err := ReadQuery(strings.NewReader(string(b))); err == nil {
			for i := range q.Credentials {
				q.Credentials[i].pick(map[string]any{"a": []any{map[string]any{"b": number("1")}}})
			}
		}
	})
}
