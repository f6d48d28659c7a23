package connect

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// Short-lived tokens of the systems at work. What an account holds is a secret
// that is never sent where a token will do.

func form(address string, v url.Values) *Ask {
	return &Ask{Method: http.MethodPost, Path: address, Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, Body: []byte(v.Encode())}
}

// graphToken is Microsoft's client credentials: the tenant is the company. An
// account without a client holds a token of its own and sends that.
func graphToken(a *Account, _ time.Time) *Ask {
	if a.Client == "" {
		return nil
	}
	return form("https://login.microsoftonline.com/"+segment(a.Company)+"/oauth2/v2.0/token",
		url.Values{"grant_type": {"client_credentials"}, "client_id": {a.Client}, "client_secret": {a.Key}, "scope": {"https://graph.microsoft.com/.default"}})
}

// jamfToken is an API client of the customer's own server.
func jamfToken(a *Account, _ time.Time) *Ask {
	if a.Client == "" {
		return nil
	}
	return form(strings.TrimSuffix(a.Base, "/")+"/api/oauth/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {a.Client}, "client_secret": {a.Key}})
}

const googleToken = "https://oauth2.googleapis.com/token"

// googleAssertion asks for a token by a statement that the service account's own
// key signs (RFC 7523): on behalf of User, an administrator who may read reports.
func googleAssertion(a *Account, now time.Time) *Ask {
	block, _ := pem.Decode([]byte(a.Key))
	if block == nil || a.Client == "" || a.User == "" {
		return nil
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	key, ok := parsed.(*rsa.PrivateKey)
	if err != nil || !ok {
		return nil
	}
	part := func(v any) string {
		b, err := json.Marshal(v, json.Deterministic(true))
		if err != nil {
			return ""
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	text := part(map[string]string{"alg": "RS256", "typ": "JWT"}) + "." + part(map[string]any{"iss": a.Client, "sub": a.User, "aud": googleToken,
		"scope": "https://www.googleapis.com/auth/admin.reports.audit.readonly", "iat": now.Unix(), "exp": now.Add(time.Hour).Unix()})
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		return nil
	}
	return form(googleToken, url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {text + "." + base64.RawURLEncoding.EncodeToString(signature)}})
}
