package access

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// provider is an OpenID Connect provider of our own: discovery, keys, tokens.
// What it says is changed case by case, as a wrong or hostile one would.
type provider struct {
	server *httptest.Server
	key    *ecdsa.PrivateKey
	claims map[string]any
	alg    string
	seen   url.Values // of the last request for a token
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{alg: "ES256"}
	var err error
	if p.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	b64 := base64.RawURLEncoding.EncodeToString
	mux := http.NewServeMux()
	p.server = httptest.NewServer(mux)
	t.Cleanup(p.server.Close)
	send := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		send(w, map[string]any{"issuer": p.server.URL, "authorization_endpoint": p.server.URL + "/auth", "token_endpoint": p.server.URL + "/token",
			"jwks_uri": p.server.URL + "/keys", "id_token_signing_alg_values_supported": []string{"ES256"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, r *http.Request) {
		raw, err := p.key.PublicKey.Bytes()
		if err != nil {
			t.Error(err)
			return
		}
		send(w, map[string]any{"keys": []any{map[string]any{"kty": "EC", "crv": "P-256", "kid": "1", "alg": "ES256", "use": "sig", "x": b64(raw[1:33]), "y": b64(raw[33:])}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		p.seen = r.Form
		head, _ := json.Marshal(map[string]string{"alg": p.alg, "kid": "1"})
		body, _ := json.Marshal(p.claims)
		text := b64(head) + "." + b64(body)
		sum := sha256.Sum256([]byte(text))
		x, y, err := ecdsa.Sign(rand.Reader, p.key, sum[:])
		if err != nil {
			t.Error(err)
			return
		}
		send(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": text + "." + b64(append(x.FillBytes(make([]byte, 32)), y.FillBytes(make([]byte, 32))...))})
	})
	return p
}

func newDoor(t *testing.T) *Door {
	t.Helper()
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Options{Path: t.TempDir(), Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddTenant(context.Background(), record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: store.House}, "one", "EU"); err != nil {
		t.Fatal(err)
	}
	return &Door{Store: s, Now: time.Now}
}

// TestOIDC: an account that was made here signs in by the provider; whatever is
// wrong with what the provider sends back, nobody does.
func TestOIDC(t *testing.T) {
	ctx := context.Background()
	d, p := newDoor(t), newProvider(t)
	by := record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: "one"}
	id, _, err := d.AddUser(ctx, by, "Lead@Example.org", []record.StaffRole{record.RoleLead})
	if err != nil {
		t.Fatal(err)
	}
	provider, err := NewProvider(ctx, p.server.Client(), "one", p.server.URL, "client", "secret", "https://house.example/back")
	if err != nil {
		t.Fatal(err)
	}
	d.OIDC = map[string]*Provider{"one": provider}
	// try begins, lets change alter what comes back, and finishes.
	try := func(change func(claims map[string]any, state, bound *string)) (Caller, error) {
		t.Helper()
		to, cookie, err := d.BeginOIDC(ctx, "one")
		if err != nil {
			t.Fatal(err)
		}
		at, err := url.Parse(to)
		if err != nil {
			t.Fatal(err)
		}
		q := at.Query()
		if q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || q.Get("state") != cookie.Value {
			t.Fatalf("sent away without PKCE, nonce or state: %v", q)
		}
		state, bound := q.Get("state"), cookie.Value
		p.claims = map[string]any{"iss": p.server.URL, "aud": "client", "sub": "s-1", "email": "lead@example.org", "email_verified": true,
			"nonce": q.Get("nonce"), "exp": time.Now().Add(time.Minute).Unix(), "iat": time.Now().Unix()}
		if change != nil {
			change(p.claims, &state, &bound)
		}
		c, _, err := d.FinishOIDC(ctx, "one", "code", state, bound)
		if err == nil && p.seen.Get("code_verifier") == "" {
			t.Error("no code_verifier was sent")
		}
		if err == nil { // the same way back does not work twice
			if _, _, err := d.FinishOIDC(ctx, "one", "code", state, bound); !IsNobody(err) {
				t.Errorf("a state was used twice: %v", err)
			}
		}
		return c, err
	}
	for name, change := range map[string]func(c map[string]any, state, bound *string){
		"another browser":     func(_ map[string]any, _, bound *string) { *bound = Secret() },
		"a state of nobody":   func(_ map[string]any, state, bound *string) { *state, *bound = Secret(), *state; *bound = *state },
		"no state":            func(_ map[string]any, state, bound *string) { *state, *bound = "", "" },
		"another nonce":       func(c map[string]any, _, _ *string) { c["nonce"] = Secret() },
		"another audience":    func(c map[string]any, _, _ *string) { c["aud"] = "other" },
		"another issuer":      func(c map[string]any, _, _ *string) { c["iss"] = "https://evil.example" },
		"expired":             func(c map[string]any, _, _ *string) { c["exp"] = time.Now().Add(-time.Hour).Unix() },
		"a mail not verified": func(c map[string]any, _, _ *string) { c["email_verified"] = false },
		"a mail of nobody":    func(c map[string]any, _, _ *string) { c["email"] = "other@example.org" },
		"no mail":             func(c map[string]any, _, _ *string) { delete(c, "email") },
		"alg none":            func(map[string]any, *string, *string) { p.alg = "none" },
		"alg of another kind": func(map[string]any, *string, *string) { p.alg = "HS256" },
		"a mail with a name":  func(c map[string]any, _, _ *string) { c["email"] = "Lead <lead@example.org>" },
		"two mails in one":    func(c map[string]any, _, _ *string) { c["email"] = "lead@example.org, other@example.org" },
	} {
		if c, err := try(change); !IsNobody(err) {
			t.Errorf("%s: signed in as %q, %v", name, c.ID, err)
		}
		p.alg = "ES256"
	}
	c, err := try(nil)
	if err != nil || c.ID != id || c.Tenant != "one" || fmt.Sprint(c.Roles) != "[lead]" {
		t.Fatalf("an honest sign-in: %+v %v", c, err)
	}
	if _, err := try(nil); err != nil {
		t.Errorf("the second honest sign-in: %v", err)
	}
	// The address was given to somebody else at the provider.
	if c, err := try(func(c map[string]any, _, _ *string) { c["sub"] = "s-2" }); !IsNobody(err) {
		t.Errorf("another person with the same address: %+v %v", c, err)
	}
	if err := d.Disable(ctx, by, id); err != nil {
		t.Fatal(err)
	}
	if _, err := try(nil); !IsNobody(err) {
		t.Errorf("a disabled account signs in: %v", err)
	}
}
