package wallet_test

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"bonafide/prove/wallet"
	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
)

type outcomes = map[wallet.PartName]wallet.Outcome

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// none: a credential without a status list, as most cases here are.
func with(more outcomes) outcomes {
	o := outcomes{wallet.PartStatus: wallet.NotDone}
	for k, v := range more {
		o[k] = v
	}
	return o
}

func TestHonest(t *testing.T) {
	w := newWorld(t, noon)
	for _, enc := range []string{"A128GCM", "A256GCM"} {
		for _, h := range []*walletsim.Held{w.pid(t, nil), w.doc(t, nil)} {
			for _, payload := range []func([]byte) any{nil, func(content []byte) any { return content }} {
				r := w.present(t, h, walletsim.Tamper{Enc: enc, Payload: payload})
				check(t, r, with(nil))
				if !r.Proven || r.Assurance == nil || r.Assurance.Link != record.LinkDocument || r.Assurance.Method != "wallet" || r.Assurance.Holder != r.HolderKey || r.Assurance.Until == "" || len(r.HolderKey) != 43 || r.Issuer != "Utopia PID issuer" || r.Country != "UT" || len(r.Anchor) != 64 {
					t.Errorf("%s %s: %s %+v", enc, h.Format, verdict(r), r)
				}
			}
		}
	}
}

// TestLeast: what was not asked for is not kept, even when the wallet sends it.
func TestLeast(t *testing.T) {
	w := newWorld(t, noon)
	for _, h := range []*walletsim.Held{w.pid(t, nil), w.doc(t, nil)} {
		r := w.present(t, h, walletsim.Tamper{All: true})
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if !r.Proven || bytes.Contains(b, []byte("ana@example.com")) || bytes.Contains(b, []byte("Porto")) || strings.Contains(fmt.Sprint(r.Claims), "sex") {
			t.Errorf("%s: kept more than was asked: %s", h.Format, b)
		}
	}
	r := w.present(t, w.pid(t, nil), walletsim.Tamper{})
	if fmt.Sprint(r.Claims[3].Value) != "[PT BR]" || r.Claims[3].Path.String() != "nationalities[*]" {
		t.Errorf("a path with null: %v", r.Claims)
	}
}

// TestMisusedSDJWT changes one thing at a time; exactly the parts it touches fail.
func TestMisusedSDJWT(t *testing.T) {
	w := newWorld(t, noon)
	other := newKey(t)
	disclose := func(parts ...any) string {
		b, err := json.Marshal(parts)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	hash := func(d string) string {
		s := sha256.Sum256([]byte(d))
		return base64.RawURLEncoding.EncodeToString(s[:])
	}
	smuggled := disclose("salt", "family_name", "Souza")
	always := func(m map[string]any) func(*walletsim.SDJWT) {
		return func(c *walletsim.SDJWT) {
			for k, v := range m {
				c.Always[k] = v
			}
		}
	}
	failed := func(p ...wallet.PartName) outcomes {
		o := with(nil)
		for _, one := range p {
			o[one] = wallet.Failed
		}
		return o
	}
	noClaims := func(o outcomes) outcomes { o[wallet.PartClaims] = wallet.NotDone; return o }
	unread := outcomes{}
	for _, p := range []wallet.PartName{wallet.PartSignature, wallet.PartChain, wallet.PartType, wallet.PartValidity, wallet.PartDisclosures, wallet.PartHolder, wallet.PartNonce, wallet.PartAudience, wallet.PartStatus, wallet.PartClaims} {
		unread[p] = wallet.NotDone
	}
	unread[wallet.PartStructure] = wallet.Failed
	unbound := func(o outcomes) outcomes {
		o[wallet.PartNonce], o[wallet.PartAudience] = wallet.NotDone, wallet.NotDone
		return o
	}
	part := func(change func(head, body, rest string) string) walletsim.Tamper {
		return walletsim.Tamper{Presentation: func(_, p string) any {
			jwt, rest, _ := strings.Cut(p, "~")
			s := strings.SplitN(jwt, ".", 3)
			return change(s[0], s[1], s[2]+"~"+rest)
		}}
	}
	enc := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for _, c := range []struct {
		name   string
		issue  func(*walletsim.SDJWT)
		tamper walletsim.Tamper
		want   outcomes
	}{
		{"another nonce", nil, walletsim.Tamper{Nonce: "x"}, failed(wallet.PartNonce)},
		{"another audience", nil, walletsim.Tamper{Audience: "x509_hash:other"}, failed(wallet.PartAudience)},
		{"an audience that begins like ours", nil, walletsim.Tamper{Audience: w.verifier.ClientIDByHash() + "x"}, failed(wallet.PartAudience)},
		{"a list of audiences", nil, walletsim.Tamper{KBClaims: map[string]any{"aud": []any{w.verifier.ClientIDByHash()}}}, failed(wallet.PartAudience)},
		{"another holder's key", nil, walletsim.Tamper{Key: other}, failed(wallet.PartHolder)},
		{"another key in the header", nil, walletsim.Tamper{Key: other, KBHeader: map[string]any{"jwk": walletsim.JWK(&other.PublicKey)}}, failed(wallet.PartHolder)},
		{"no proof of possession", nil, walletsim.Tamper{NoBinding: true}, unbound(failed(wallet.PartHolder))},
		{"an old proof", nil, walletsim.Tamper{KBClaims: map[string]any{"iat": noon.Add(-12 * time.Minute).Unix()}}, failed(wallet.PartHolder)},
		{"a proof dated ahead", nil, walletsim.Tamper{KBClaims: map[string]any{"iat": noon.Add(2 * time.Minute).Unix()}}, failed(wallet.PartHolder)},
		{"a clock a little off", nil, walletsim.Tamper{KBClaims: map[string]any{"iat": noon.Add(30 * time.Second).Unix()}}, with(nil)},
		{"a proof without date", nil, walletsim.Tamper{KBClaims: map[string]any{"iat": nil}}, failed(wallet.PartHolder)},
		{"an absurd date", nil, walletsim.Tamper{KBClaims: map[string]any{"iat": 1e300}}, failed(wallet.PartHolder)},
		{"an expired proof", nil, walletsim.Tamper{KBClaims: map[string]any{"exp": noon.Add(-2 * time.Minute).Unix()}}, failed(wallet.PartHolder)},
		{"a proof of another kind", nil, walletsim.Tamper{KBHeader: map[string]any{"typ": "JWT"}}, failed(wallet.PartHolder)},
		{"a proof with alg none", nil, walletsim.Tamper{KBHeader: map[string]any{"alg": "none"}}, failed(wallet.PartHolder)},
		{"a proof with HS256", nil, walletsim.Tamper{KBHeader: map[string]any{"alg": "HS256"}}, failed(wallet.PartHolder)},
		{"a proof with a demand", nil, walletsim.Tamper{KBHeader: map[string]any{"crit": []any{"x"}, "x": 1}}, unbound(failed(wallet.PartHolder))},
		{"a disclosure stripped", nil, walletsim.Tamper{Disclosures: func(d []string) []string { return d[1:] }}, failed(wallet.PartHolder, wallet.PartClaims)},
		{"the disclosures in another order", nil, walletsim.Tamper{Disclosures: func(d []string) []string { return append(d[1:], d[0]) }}, failed(wallet.PartHolder)},
		{"a disclosure twice", nil, walletsim.Tamper{Disclosures: func(d []string) []string { return append(d, d[0]) }}, noClaims(failed(wallet.PartHolder, wallet.PartDisclosures))},
		{"a disclosure added", nil, walletsim.Tamper{Disclosures: func(d []string) []string { return append(d, smuggled) }}, noClaims(failed(wallet.PartHolder, wallet.PartDisclosures))},
		{"a padded disclosure", nil, walletsim.Tamper{Disclosures: func(d []string) []string { return append(d[1:], d[0]+"=") }}, noClaims(failed(wallet.PartHolder, wallet.PartDisclosures))},
		{"a digest twice", always(map[string]any{"x": map[string]any{"_sd": []any{hash("a"), hash("a")}}}), walletsim.Tamper{}, noClaims(failed(wallet.PartDisclosures))},
		{"a digest of a list element outside a list", always(map[string]any{"x": map[string]any{"...": hash("a")}}), walletsim.Tamper{}, noClaims(failed(wallet.PartDisclosures))},
		{"a digest of a list element with company", always(map[string]any{"x": []any{map[string]any{"...": hash("a"), "y": 1}}}), walletsim.Tamper{}, noClaims(failed(wallet.PartDisclosures))},
		{"_sd that is no list", always(map[string]any{"x": map[string]any{"_sd": "y"}}), walletsim.Tamper{}, noClaims(failed(wallet.PartDisclosures))},
		{"another digest algorithm", always(map[string]any{"_sd_alg": "md5"}), walletsim.Tamper{}, unread},
		{"expired", always(map[string]any{"exp": noon.AddDate(0, 0, -1).Unix()}), walletsim.Tamper{}, failed(wallet.PartValidity)},
		{"not valid yet", always(map[string]any{"nbf": noon.AddDate(0, 0, 1).Unix()}), walletsim.Tamper{}, failed(wallet.PartValidity)},
		{"issued tomorrow", always(map[string]any{"iat": noon.AddDate(0, 0, 1).Unix()}), walletsim.Tamper{}, failed(wallet.PartValidity)},
		{"a date as text", always(map[string]any{"exp": "2099-01-01"}), walletsim.Tamper{}, failed(wallet.PartValidity)},
		{"another kind of token", func(c *walletsim.SDJWT) { c.Header = map[string]any{"typ": "JWT"} }, walletsim.Tamper{}, failed(wallet.PartType)},
		{"the old name of the kind", func(c *walletsim.SDJWT) { c.Header = map[string]any{"typ": "vc+sd-jwt"} }, walletsim.Tamper{}, with(nil)},
		{"bound to no key", func(c *walletsim.SDJWT) { c.Unbound = true }, walletsim.Tamper{}, unbound(with(outcomes{wallet.PartHolder: wallet.NotVerifiable}))},
		{"the holder's key with its secret", always(map[string]any{"cnf": map[string]any{"jwk": map[string]any{"kty": "oct", "k": "AAAA"}}}), walletsim.Tamper{}, unbound(failed(wallet.PartHolder))},
		{"exp hidden in a disclosure", func(c *walletsim.SDJWT) {
			delete(c.Always, "exp")
			c.Claims["exp"] = noon.AddDate(0, 2, 0).Unix()
		}, walletsim.Tamper{All: true}, noClaims(failed(wallet.PartDisclosures))},
		{"a wanted claim is not there", func(c *walletsim.SDJWT) { delete(c.Claims, "birthdate") }, walletsim.Tamper{}, failed(wallet.PartClaims)},
		{"no chain, a key in the header", func(c *walletsim.SDJWT) {
			c.Header = map[string]any{"x5c": nil, "jwk": walletsim.JWK(&w.issuer.Key.PublicKey), "jku": "https://evil.example/jwks"}
		}, walletsim.Tamper{}, with(outcomes{wallet.PartSignature: wallet.NotVerifiable, wallet.PartChain: wallet.NotVerifiable})},
		{"the payload changed", nil, part(func(h, b, rest string) string {
			raw, err := base64.RawURLEncoding.DecodeString(b)
			if err != nil {
				t.Fatal(err)
			}
			return h + "." + enc(strings.Replace(string(raw), `"https://issuer.example"`, `"https://issuer.exampel"`, 1)) + "." + rest
		}), failed(wallet.PartSignature, wallet.PartHolder)},
		{"alg none", nil, part(func(h, b, rest string) string {
			_, rest, _ = strings.Cut(rest, "~")
			return enc(`{"alg":"none","typ":"dc+sd-jwt"}`) + "." + b + ".~" + rest
		}), with(outcomes{wallet.PartSignature: wallet.NotVerifiable, wallet.PartChain: wallet.NotVerifiable, wallet.PartHolder: wallet.Failed})},
		{"a member twice", nil, part(func(h, b, rest string) string {
			raw, err := base64.RawURLEncoding.DecodeString(b)
			if err != nil {
				t.Fatal(err)
			}
			return h + "." + enc(strings.Replace(string(raw), `{`, `{"exp":1,`, 1)) + "." + rest
		}), unread},
		{"not SD-JWT at all", nil, walletsim.Tamper{Presentation: func(string, string) any { return "hello" }}, unread},
		{"an object instead of text", nil, walletsim.Tamper{Presentation: func(string, string) any { return map[string]any{"vp": 1} }}, unread},
		{"a number instead of text", nil, walletsim.Tamper{Presentation: func(string, string) any { return 7 }}, unread},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := w.present(t, w.pid(t, c.issue), c.tamper)
			check(t, r, c.want)
			if proven := len(c.want) == 1; r.Proven != proven || (r.Assurance != nil) != proven {
				t.Errorf("proven %v: %s", r.Proven, verdict(r))
			}
		})
	}
	t.Run("another type", func(t *testing.T) {
		h := w.pid(t, func(c *walletsim.SDJWT) { c.Type = "urn:other" })
		h.Type = pidType // the wallet shows it all the same
		check(t, w.present(t, h, walletsim.Tamper{}), with(outcomes{wallet.PartType: wallet.Failed}))
	})
	t.Run("hidden deep", func(t *testing.T) {
		// A disclosure within a disclosure, forty times.
		inner := disclose("salt", "x", 1)
		all := []string{inner}
		for range 40 {
			inner = disclose("salt", "x", map[string]any{"_sd": []any{hash(inner)}})
			all = append(all, inner)
		}
		h := w.pid(t, always(map[string]any{"deep": map[string]any{"_sd": []any{hash(inner)}}}))
		r := w.present(t, h, walletsim.Tamper{Disclosures: func(d []string) []string { return append(d, all...) }})
		if r.Outcome(wallet.PartDisclosures) != wallet.Failed {
			t.Error(verdict(r))
		}
	})
	t.Run("a disclosure over a claim", func(t *testing.T) {
		d := disclose("salt", "iss", "https://evil.example")
		e := disclose("salt", "place", "x")
		for _, one := range []string{d, e} {
			h := w.pid(t, always(map[string]any{"place": "y", "_sd": []any{hash(one)}}))
			r := w.present(t, h, walletsim.Tamper{Disclosures: func([]string) []string { return []string{one} }})
			if r.Outcome(wallet.PartDisclosures) != wallet.Failed || len(r.Claims) > 0 {
				t.Error(verdict(r))
			}
		}
	})
}

func TestMisusedMdoc(t *testing.T) {
	w := newWorld(t, noon)
	lost := outcomes{wallet.PartHolder: wallet.Failed, wallet.PartNonce: wallet.Failed, wallet.PartAudience: wallet.Failed}
	unread := outcomes{wallet.PartStructure: wallet.Failed}
	for _, p := range []wallet.PartName{wallet.PartSignature, wallet.PartChain, wallet.PartType, wallet.PartValidity, wallet.PartDisclosures, wallet.PartHolder, wallet.PartNonce, wallet.PartAudience, wallet.PartClaims} {
		unread[p] = wallet.NotDone
	}
	swap := func(old, new string) walletsim.Tamper {
		return walletsim.Tamper{Presentation: func(_, p string) any {
			raw, err := base64.RawURLEncoding.DecodeString(p)
			if err != nil || !bytes.Contains(raw, []byte(old)) {
				t.Fatalf("nothing to swap: %q", old)
			}
			return base64.RawURLEncoding.EncodeToString(bytes.Replace(raw, []byte(old), []byte(new), 1))
		}}
	}
	for _, c := range []struct {
		name   string
		issue  func(*walletsim.Mdoc)
		tamper walletsim.Tamper
		want   outcomes
	}{
		{"another session", nil, walletsim.Tamper{Transcript: wallet.RedirectTranscript("a", "b", nil, "c")}, lost},
		{"another device", nil, walletsim.Tamper{Key: newKey(t)}, lost},
		{"a name changed", nil, swap("Silva", "Souza"), outcomes{wallet.PartDisclosures: wallet.Failed, wallet.PartClaims: wallet.NotDone}},
		{"an element twice", nil, walletsim.Tamper{Items: func(m map[string][]walletsim.Item) { m[pidDoc] = append(m[pidDoc], m[pidDoc][0]) }},
			outcomes{wallet.PartDisclosures: wallet.Failed, wallet.PartClaims: wallet.NotDone}},
		{"an element left out", nil, walletsim.Tamper{Items: func(m map[string][]walletsim.Item) { m[pidDoc] = m[pidDoc][1:] }}, outcomes{wallet.PartClaims: wallet.Failed}},
		{"an element in another namespace", nil, walletsim.Tamper{Items: func(m map[string][]walletsim.Item) { m["x"] = m[pidDoc] }}, outcomes{wallet.PartDisclosures: wallet.Failed, wallet.PartClaims: wallet.NotDone}},
		{"two types", func(m *walletsim.Mdoc) { m.SignedType = "other" }, walletsim.Tamper{}, outcomes{wallet.PartType: wallet.Failed, wallet.PartHolder: wallet.Failed, wallet.PartNonce: wallet.Failed, wallet.PartAudience: wallet.Failed}},
		{"expired", func(m *walletsim.Mdoc) { m.Until = noon.AddDate(0, 0, -1) }, walletsim.Tamper{}, outcomes{wallet.PartValidity: wallet.Failed}},
		{"not valid yet", func(m *walletsim.Mdoc) { m.From = noon.AddDate(0, 0, 1) }, walletsim.Tamper{}, outcomes{wallet.PartValidity: wallet.Failed}},
		{"signed before the certificate was", func(m *walletsim.Mdoc) { m.Signed = noon.AddDate(-2, 0, 0) }, walletsim.Tamper{}, outcomes{wallet.PartChain: wallet.Failed}},
		{"another outer type", nil, swap(pidDoc, "eu.europa.ec.eudi.pid.2"), outcomes{wallet.PartType: wallet.Failed}},
		{"something else beside the signature", nil, walletsim.Tamper{Payload: func([]byte) any { return []byte("x") }}, lost},
		{"an indefinite length", nil, walletsim.Tamper{Presentation: func(_, p string) any {
			raw, err := base64.RawURLEncoding.DecodeString(p)
			if err != nil || raw[0] != 0xa3 {
				t.Fatal("not a map of three")
			}
			return base64.RawURLEncoding.EncodeToString(append(append([]byte{0xbf}, raw[1:]...), 0xff))
		}}, unread},
		{"a key twice", nil, swap("gversionc1.0", "fstatus\x00"), unread},
		{"the wallet could not answer", nil, swap("fstatus\x00", "fstatus\x0a"), unread},
		{"a version of tomorrow", nil, swap("gversionc1.0", "gversionc9.0"), unread},
		{"not base64", nil, walletsim.Tamper{Presentation: func(string, string) any { return "a+b/" }}, unread},
		{"nested without end", nil, walletsim.Tamper{Presentation: func(string, string) any {
			return base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{0x81}, 100000))
		}}, unread},
		{"a huge list that is not there", nil, walletsim.Tamper{Presentation: func(string, string) any {
			return base64.RawURLEncoding.EncodeToString([]byte{0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
		}}, unread},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := w.present(t, w.doc(t, c.issue), c.tamper)
			check(t, r, with(c.want))
			if r.Proven || r.Assurance != nil {
				t.Error("proven")
			}
			if r.Outcome(wallet.PartHolder) != wallet.OK && len(r.Claims) > 0 {
				t.Error("claims of a document that nobody is proven to hold were kept")
			}
		})
	}
}

func TestChains(t *testing.T) {
	w := newWorld(t, noon)
	pem64 := base64.StdEncoding.EncodeToString(w.state.Cert.Raw)
	stranger, err := walletsim.NewAuthority("Utopia PID CA", noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, list string
		want       wallet.Outcome
	}{
		{"listed", `{"name": "a", "version": "1", "issued": "2026-01-01", "next_update": "2027-01-01", "anchors": [{"certificate": "` + pem64 + `", "formats": ["dc+sd-jwt"], "types": ["urn:eudi:pid:*"], "uses": ["credential"], "from": "2025-01-01", "until": "2027-01-01"}]}`, wallet.OK},
		{"for other formats", `{"anchors": [{"certificate": "` + pem64 + `", "formats": ["mso_mdoc"]}]}`, wallet.NotVerifiable},
		{"for other types", `{"anchors": [{"certificate": "` + pem64 + `", "types": ["urn:eudi:pid:2"]}]}`, wallet.NotVerifiable},
		{"for other uses", `{"anchors": [{"certificate": "` + pem64 + `", "uses": ["status"]}]}`, wallet.NotVerifiable},
		{"withdrawn", `{"anchors": [{"certificate": "` + pem64 + `", "until": "2026-11-01"}]}`, wallet.Failed},
		{"listed after it was issued", `{"anchors": [{"certificate": "` + pem64 + `", "from": "2026-11-21"}]}`, wallet.Failed},
		{"the list has ended", `{"next_update": "2026-11-01", "anchors": [{"certificate": "` + pem64 + `"}]}`, wallet.NotVerifiable},
		{"a namesake", stranger.PEM(), wallet.NotVerifiable},
		{"the signer itself", `{"anchors": [{"certificate": "` + base64.StdEncoding.EncodeToString(w.issuer.Chain[0]) + `"}]}`, wallet.OK},
	} {
		r := w.presentWith(t, w.pid(t, nil), walletsim.Tamper{}, wallet.Verification{At: noon, Trust: w.list(t, c.list)})
		check(t, r, with(outcomes{wallet.PartChain: c.want}))
	}
	if some := w.list(t, w.state.PEM()+"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"); some.Unread != 1 {
		t.Errorf("%d unread", some.Unread)
	}
	for name, leaf := range map[string]walletsim.Leaf{
		"an authority that signs credentials": {Name: "x", CA: true},
		"a key for encryption":                {Name: "x", Usage: x509.KeyUsageKeyEncipherment},
		"an expired signer":                   {Name: "x", From: noon.AddDate(0, -6, 0), Until: noon.AddDate(0, 0, -1)},
	} {
		signer, err := w.state.Issue(leaf)
		if err != nil {
			t.Fatal(err)
		}
		again := *w
		again.issuer = signer
		r := again.present(t, again.pid(t, nil), walletsim.Tamper{})
		if r.Outcome(wallet.PartChain) != wallet.Failed || r.Outcome(wallet.PartSignature) != wallet.OK {
			t.Errorf("%s: %s", name, verdict(r))
		}
	}
	impostor, err := w.state.Impostor()
	if err != nil {
		t.Fatal(err)
	}
	forged := *w
	if forged.issuer, err = impostor.Issue(walletsim.Leaf{Name: "Utopia PID issuer"}); err != nil {
		t.Fatal(err)
	}
	check(t, forged.present(t, forged.pid(t, nil), walletsim.Tamper{}), with(outcomes{wallet.PartChain: wallet.Failed}))
	plain := *w
	if plain.issuer, err = w.state.Issue(walletsim.Leaf{Name: "x", NoUsage: true}); err != nil {
		t.Fatal(err)
	}
	check(t, plain.present(t, plain.doc(t, nil), walletsim.Tamper{}), with(nil))
	licence := plain.doc(t, func(m *walletsim.Mdoc) { m.SignedType = "org.iso.18013.5.1.mDL" })
	if r := plain.present(t, licence, walletsim.Tamper{}); r.Outcome(wallet.PartChain) != wallet.Failed {
		t.Error("a signer who is not for driving licences signed one:", verdict(r))
	}
	for _, bad := range []string{"", "hello", "{}", `{"anchors": []}`, `{"anchors": [{"certificate": "AAAA"}]}`, `{"anchors": [{"certificate": "` + pem64 + `", "from": "soon"}]}`,
		`{"unknown": 1, "anchors": [{"certificate": "` + pem64 + `"}]}`, `{"keys": [{"issuer": "x", "jwks": {"keys": [{"kty": "oct", "k": "AA"}]}}]}`, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if _, err := wallet.ReadTrust(strings.NewReader(bad)); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("trust list %.40q: %v", bad, err)
		}
	}
}
