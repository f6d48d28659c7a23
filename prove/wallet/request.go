package wallet

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
	"net/url"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Identity is who asks: a certificate chain, leaf first and without its root
// (HAIP section 5), and the leaf's key on P-256.
type Identity struct {
	Chain [][]byte // DER
	Key   crypto.Signer
}

// ClientIDByHash is the x509_hash client id that HAIP demands: SHA-256 of the
// leaf certificate.
func (i *Identity) ClientIDByHash() string {
	sum := sha256.Sum256(i.Chain[0])
	return "x509_hash:" + base64url(sum[:])
}

// ClientIDByName is the x509_san_dns client id; host must be a DNS name of the leaf.
func (i *Identity) ClientIDByName(host string) (string, error) {
	leaf, err := x509.ParseCertificate(i.Chain[0])
	if err != nil {
		return "", record.Invalid("identity", "the certificate cannot be read")
	}
	if !slices.Contains(leaf.DNSNames, host) {
		return "", record.Invalid("identity", "the certificate does not bear this DNS name")
	}
	return "x509_san_dns:" + host, nil
}

// Session is one request to one person's wallet, as it must be kept from asking
// to the answer. It holds a private key: store it like one, and only until the
// answer came or the time is over.
type Session struct {
	ClientID    string    `json:"client_id,omitempty"`
	Nonce       string    `json:"nonce"`
	State       string    `json:"state,omitempty"`
	ResponseURI string    `json:"response_uri,omitempty"`
	Origin      string    `json:"origin,omitempty"` // Digital Credentials API instead of a redirect
	Query       Query     `json:"dcql_query"`
	Key         string    `json:"encryption_key,omitempty"` // P-256 private key, PKCS #8 DER in base64
	Created     time.Time `json:"created,omitzero"`
	Expires     time.Time `json:"expires,omitzero"`
	Answered    time.Time `json:"answered,omitzero"` // set by the keeper with the first answer; a second is refused

	key       *ecdh.PrivateKey
	readerKey *ecdh.PrivateKey // proximity only: for authentication codes
	fixed     []byte           // a transcript given as bytes
}

// Ask is what NewSession needs to know.
type Ask struct {
	ClientID    string // ClientIDByHash or ClientIDByName
	ResponseURI string // https; for x509_san_dns on that host
	Origin      string // instead of ResponseURI: the page that calls the Digital Credentials API
	Query       Query
	At          time.Time
	TTL         time.Duration // how long the wallet has, ten minutes if zero
}

// NewSession makes a request with its own nonce, state and encryption key from
// the random source (crypto/rand.Reader outside tests).
func NewSession(a Ask, random io.Reader) (*Session, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	if err := a.Query.Check(); err != nil {
		return nil, err
	}
	if err := a.Query.mayAsk(); err != nil {
		return nil, err
	}
	if a.TTL == 0 {
		a.TTL = 10 * time.Minute
	}
	var secret [64]byte
	if _, err := io.ReadFull(random, secret[:]); err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "nonce", Message: "no randomness", Err: err}
	}
	key, err := ecdh.P256().GenerateKey(random)
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "key", Message: "no randomness", Err: err}
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "key", Message: "cannot be written", Err: err}
	}
	s := &Session{ClientID: a.ClientID, Nonce: base64url(secret[:32]), State: base64url(secret[32:]), ResponseURI: a.ResponseURI, Origin: a.Origin, Query: a.Query,
		Key: base64.StdEncoding.EncodeToString(der), Created: a.At.UTC(), Expires: a.At.UTC().Add(a.TTL), key: key}
	if a.Origin != "" {
		s.State = "" // the browser keeps question and answer together
	}
	return s, nil
}

func (a *Ask) check() error {
	where, address := "response_uri", a.ResponseURI
	if a.Origin != "" {
		where, address = "origin", a.Origin
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.Fragment != "" || u.User != nil || (a.ResponseURI == "") == (a.Origin == "") {
		return record.Invalid(where, "must be one https address without user and fragment")
	}
	if a.Origin != "" && a.Origin != "https://"+u.Host {
		return record.Invalid(where, "must be scheme and host only")
	}
	host, byName := cutPrefix(a.ClientID, "x509_san_dns:")
	if _, byHash := cutPrefix(a.ClientID, "x509_hash:"); !byName && !byHash {
		return record.Invalid("client_id", "must be x509_hash or x509_san_dns")
	}
	if byName && host != u.Hostname() {
		return record.Invalid(where, "must lie on the host of the client id")
	}
	return nil
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):], true
	}
	return s, false
}

// ReadSession reads a session as json.Marshal wrote it.
func ReadSession(from io.Reader) (*Session, error) {
	b, err := io.ReadAll(io.LimitReader(from, maxToken+1))
	if err != nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "request", Message: "cannot be read", Err: err}
	}
	s := &Session{}
	if err := json.Unmarshal(b, s, json.RejectUnknownMembers(true)); err != nil {
		return nil, record.Invalid("request", "not a session: client_id, nonce, response_uri, dcql_query and encryption_key are needed")
	}
	if err := s.Query.Check(); err != nil {
		return nil, err
	}
	if s.Nonce == "" || (s.ClientID == "" || s.ResponseURI == "") && s.Origin == "" {
		return nil, record.Invalid("request", "nonce, and client_id with response_uri or origin, are needed")
	}
	if err := s.open(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Session) open() error {
	if s.key != nil || s.Key == "" {
		return nil
	}
	bad := record.Invalid("request", "the encryption key is not a P-256 key in PKCS #8")
	der, err := base64.StdEncoding.DecodeString(s.Key)
	if err != nil {
		return bad
	}
	k, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return bad
	}
	switch k := k.(type) {
	case *ecdh.PrivateKey:
		s.key = k
	case *ecdsa.PrivateKey:
		if s.key, err = k.ECDH(); err != nil {
			return bad
		}
	}
	if s.key == nil || s.key.Curve() != ecdh.P256() {
		return bad
	}
	return nil
}

// encryption gives the public key the wallet encrypts to, as a JWK, and its
// RFC 7638 thumbprint, which binds it into the mdoc's session transcript.
func (s *Session) encryption() (jwk map[string]any, thumb []byte) {
	if s.key == nil {
		return nil, nil
	}
	raw := s.key.PublicKey().Bytes()
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
	if err != nil {
		return nil, nil
	}
	thumb = thumbprint(public)
	return map[string]any{"kty": "EC", "crv": "P-256", "use": "enc", "alg": "ECDH-ES", "kid": base64url(thumb),
		"x": base64url(raw[1:33]), "y": base64url(raw[33:])}, thumb
}

// audience is what the proof of possession must be made for.
func (s *Session) audience() string {
	if s.Origin != "" {
		return "origin:" + s.Origin
	}
	return s.ClientID
}

func (s *Session) transcript() []byte {
	_, thumb := s.encryption()
	switch {
	case s.fixed != nil:
		return s.fixed
	case s.Origin != "":
		return BrowserTranscript(s.Origin, s.Nonce, thumb)
	}
	return RedirectTranscript(s.ClientID, s.Nonce, thumb, s.ResponseURI)
}

// RequestObject is the signed request (RFC 9101, OpenID4VP 1.0 section 5) that
// the request_uri serves as application/oauth-authz-req+jwt, or that a page hands
// to the Digital Credentials API as openid4vp-v1-signed. walletNonce is what
// the wallet sent with request_uri_method post, or "". random is crypto/rand.Reader.
func (s *Session) RequestObject(by *Identity, walletNonce string, random io.Reader) (string, error) {
	if err := s.open(); err != nil {
		return "", err
	}
	jwk, _ := s.encryption()
	if jwk == nil {
		return "", record.Invalid("request", "no encryption key: direct_post.jwt needs one")
	}
	if hash, byHash := cutPrefix(s.ClientID, "x509_hash:"); byHash && "x509_hash:"+hash != by.ClientIDByHash() {
		return "", record.Invalid("identity", "the client id is the hash of another certificate")
	}
	if name, byName := cutPrefix(s.ClientID, "x509_san_dns:"); byName {
		if _, err := by.ClientIDByName(name); err != nil {
			return "", err
		}
	}
	var x5c []string
	for _, der := range by.Chain {
		x5c = append(x5c, base64.StdEncoding.EncodeToString(der))
	}
	claims := map[string]any{
		"client_id": s.ClientID, "response_type": "vp_token", "response_mode": "direct_post.jwt", "response_uri": s.ResponseURI,
		"aud": "https://self-issued.me/v2", "nonce": s.Nonce, "state": s.State, "dcql_query": &s.Query,
		"iat": s.Created.Unix(), "exp": s.Expires.Unix(),
		"client_metadata": map[string]any{
			"jwks": map[string]any{"keys": []any{jwk}},
			"encrypted_response_enc_values_supported": []string{"A128GCM", "A256GCM"},
			"vp_formats_supported": map[string]any{
				FormatSDJWT: map[string]any{"sd-jwt_alg_values": []string{"ES256", "ES384", "ES512", "EdDSA"}, "kb-jwt_alg_values": []string{"ES256", "ES384", "ES512", "EdDSA"}},
				FormatMdoc:  map[string]any{"issuerauth_alg_values": []int{-7, -9, -35, -36, -8}, "deviceauth_alg_values": []int{-7, -9, -35, -36, -8}},
			},
		},
	}
	if s.Origin != "" {
		claims["response_mode"], claims["expected_origins"] = "dc_api.jwt", []string{s.Origin}
		delete(claims, "response_uri")
		delete(claims, "state")
	}
	if walletNonce != "" {
		claims["wallet_nonce"] = walletNonce
	}
	return signES256(map[string]any{"alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": x5c}, claims, by.Key, random)
}

// signES256 writes a compact JWS by a P-256 key.
func signES256(header, claims map[string]any, key crypto.Signer, random io.Reader) (string, error) {
	public, ok := key.Public().(*ecdsa.PublicKey)
	if !ok || public.Curve != elliptic.P256() {
		return "", record.Invalid("identity", "the key must be on P-256")
	}
	h, err := json.Marshal(header, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	c, err := json.Marshal(claims, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	signed := base64url(h) + "." + base64url(c)
	sum := sha256.Sum256([]byte(signed))
	der, err := key.Sign(random, sum[:], crypto.SHA256)
	if err != nil {
		return "", &record.Error{Code: record.CodeInternal, Where: "identity", Message: "signing failed", Err: err}
	}
	sig, err := sideBySide(der, 32)
	if err != nil {
		return "", err
	}
	return signed + "." + base64url(sig), nil
}

// Link is what a QR code shows (another device) or a button opens (this device):
// where the wallet fetches the request object. scheme is "openid4vp", "haip-vp"
// (HAIP), a wallet's own such as "eudi-openid4vp", or its https address.
func (s *Session) Link(scheme, requestURI string) (string, error) {
	u, err := url.Parse(requestURI)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return "", record.Invalid("request_uri", "must be an https address")
	}
	q := url.Values{"client_id": {s.ClientID}, "request_uri": {requestURI}}
	base, err := url.Parse(scheme)
	if err == nil && base.Scheme == "https" && base.Host != "" && base.RawQuery == "" && base.Fragment == "" {
		return scheme + "?" + q.Encode(), nil
	}
	if !identifier(scheme) {
		return "", record.Invalid("scheme", "must be the name of a scheme or the https address of a wallet")
	}
	return scheme + "://?" + q.Encode(), nil
}

// Return is the body that answers the wallet's post (OpenID4VP 1.0 section 8.2):
// on the same device it sends the person back to returnTo with a fresh code. The
// page must take the result only from the browser that both began the session
// and brings this code; whoever was made to answer somebody else's request then
// ends on their own page, and the other waits in vain.
func (s *Session) Return(returnTo string, random io.Reader) (body []byte, code string, err error) {
	u, err := url.Parse(returnTo)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.Fragment != "" {
		return nil, "", record.Invalid("redirect_uri", "must be an https address without fragment")
	}
	var secret [32]byte
	if _, err := io.ReadFull(random, secret[:]); err != nil {
		return nil, "", &record.Error{Code: record.CodeInternal, Where: "code", Message: "no randomness", Err: err}
	}
	code = base64url(secret[:])
	q := u.Query()
	q.Set("response_code", code)
	u.RawQuery = q.Encode()
	body, err = json.Marshal(map[string]string{"redirect_uri": u.String()})
	return body, code, err
}

var errDER = errors.New("the signature is not DER")

// sideBySide turns a DER ECDSA signature into r and s of size bytes each.
func sideBySide(der []byte, size int) ([]byte, error) {
	var rs struct{ R, S *big.Int }
	if rest, err := asn1.Unmarshal(der, &rs); err != nil || len(rest) > 0 || rs.R.BitLen() > 8*size || rs.S.BitLen() > 8*size {
		return nil, errDER
	}
	out := make([]byte, 2*size)
	rs.R.FillBytes(out[:size])
	rs.S.FillBytes(out[size:])
	return out, nil
}
