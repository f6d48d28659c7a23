package wallet

import (
	"crypto"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
)

// The sets of Wycheproof that fit: nothing invalid may pass, and what is valid
// under an algorithm that is read here must pass.

// joseFile is a set about JSON signatures or keys.
type joseFile struct {
	TestGroups []struct {
		Comment string
		Public  json.RawMessage
		Private json.RawMessage
		Tests   []struct {
			TcID    int `json:"tcId"`
			Comment string
			JWS     json.RawMessage
			Result  string
		}
	} `json:"testGroups"`
}

// token is a case's signed object: compact, or an object in JSON serialisation.
func token(jws json.RawMessage) string {
	var s string
	if json.Unmarshal(jws, &s) != nil {
		return string(jws)
	}
	return s
}

func TestWycheproofSignatures(t *testing.T) {
	var file joseFile
	sharedJSON(t, "hostile/wycheproof/json_web_signature_test.json", &file)
	var passed, refused, macs, accepted int
	for _, g := range file.TestGroups {
		key := g.Public
		if key == nil {
			key = g.Private
		}
		m, err := object(key)
		if err != nil {
			t.Fatal(err)
		}
		k, kerr := parseJWK(m)
		for _, c := range g.Tests {
			token := token(c.JWS)
			err := kerr
			if err == nil {
				var j *jws
				if j, err = parseJWS(token); err == nil {
					err = j.verify(k)
				}
			}
			switch {
			case c.Result == "invalid" && err == nil:
				t.Errorf("case %d (%s, %s): accepted", c.TcID, g.Comment, c.Comment)
			case c.Result == "invalid":
				refused++
			case err == nil:
				accepted++
			case kerr != nil:
				macs++ // a MAC: never read here
			case strings.HasPrefix(token, "{"):
				refused++ // JSON serialisation: not part of any protocol here
			case c.Comment == "Figure20" && strings.Contains(string(key), `"PS256"`) || strings.Contains(string(key), `"ES521"`):
				// The key says PS256 or the misspelt ES521, the token PS384 and ES512: the
				// set calls them valid, but a key that names its algorithm has but one.
				refused++
			default:
				t.Errorf("case %d (%s, %s): refused: %v", c.TcID, g.Comment, c.Comment, err)
			}
			passed++
		}
	}
	t.Logf("%d cases: %d accepted, %d refused, %d with a symmetric key refused", passed, accepted, refused, macs)
	if accepted < 20 || refused < 200 {
		t.Error("too few cases were run")
	}
}

func TestWycheproofKeys(t *testing.T) {
	var file joseFile
	sharedJSON(t, "hostile/wycheproof/json_web_key_test.json", &file)
	accepted := 0
	for _, g := range file.TestGroups {
		set := g.Public
		if set == nil {
			set = g.Private
		}
		m, err := object(set)
		if err != nil {
			t.Fatal(err)
		}
		keys, kerr := keySet(m)
		for _, c := range g.Tests {
			ok := false
			if j, err := parseJWS(token(c.JWS)); kerr == nil && err == nil {
				i := slices.IndexFunc(keys, func(k *publicKey) bool { return k.kid == j.kid })
				ok = i >= 0 && j.verify(keys[i]) == nil
			}
			symmetric := strings.Contains(string(set), `"oct"`)
			switch {
			case c.Result == "invalid" && ok:
				t.Errorf("case %d (%s, %s): accepted", c.TcID, g.Comment, c.Comment)
			case c.Result == "valid" && !ok && !symmetric:
				t.Errorf("case %d (%s, %s): refused: %v", c.TcID, g.Comment, c.Comment, kerr)
			case ok:
				accepted++
			}
		}
	}
	t.Logf("%d accepted", accepted)
	if accepted == 0 {
		t.Error("no case was accepted: the test shows nothing")
	}
}

func TestWycheproofRaw(t *testing.T) {
	for name, alg := range map[string]string{
		"ecdsa_secp256r1_sha256_p1363_test.json": "ES256", "rsa_signature_2048_sha256_test.json": "RS256", "ed25519_test.json": "EdDSA"} {
		var file struct {
			TestGroups []struct {
				PublicKeyPem string
				Tests        []struct {
					TcID              int `json:"tcId"`
					Comment, Msg, Sig string
					Result            string
				}
			} `json:"testGroups"`
		}
		sharedJSON(t, "hostile/wycheproof/"+name, &file)
		accepted, refused, small := 0, 0, 0
		for _, g := range file.TestGroups {
			block, _ := pem.Decode([]byte(g.PublicKeyPem))
			if block == nil {
				t.Fatalf("%s: no key", name)
			}
			var key crypto.PublicKey
			key, err := x509.ParsePKIXPublicKey(block.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range g.Tests {
				msg, err1 := hex.DecodeString(c.Msg)
				sig, err2 := hex.DecodeString(c.Sig)
				if err1 != nil || err2 != nil {
					t.Fatal("not hexadecimal")
				}
				err := verifySignature(key, alg, msg, sig)
				switch {
				case c.Result == "invalid" && err == nil:
					t.Errorf("%s case %d (%s): accepted", name, c.TcID, c.Comment)
				case c.Result == "valid" && err != nil:
					t.Errorf("%s case %d (%s): %v", name, c.TcID, c.Comment, err)
				case err == nil:
					accepted++
				case c.Result == "acceptable":
					small++
				default:
					refused++
				}
			}
		}
		t.Logf("%s: %d accepted, %d refused, %d acceptable ones refused", name, accepted, refused, small)
		if accepted < 5 || refused < 50 {
			t.Errorf("%s: too few cases were run", name)
		}
	}
}
