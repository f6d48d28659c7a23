package walletsim

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/go-json-experiment/json"

	"bonafide/prove/wallet"
)

// Tamper makes a wallet misbehave; the zero value behaves.
type Tamper struct {
	Nonce, Audience string                                   // other values in the proof of possession
	Key             *ecdsa.PrivateKey                        // another holder's key
	Transcript      []byte                                   // another session for an mdoc
	NoBinding       bool                                     // no proof of possession
	KBHeader        map[string]any                           // over its header
	KBClaims        map[string]any                           // over its claims
	Disclosures     func([]string) []string                  // what is sent after it was bound
	Items           func(map[string][]Item)                  // what is sent of an mdoc
	State           string                                   // another state
	Presentation    func(id string, presentation string) any // the last word
	Enc             string                                   // A256GCM instead of A128GCM
	JWEHeader       map[string]any                           // over the header of the encryption
	Payload         func(content []byte) any                 // what stands beside the device's signature, which is usually nothing
	All             bool                                     // disclose everything
}

// Wallet holds credentials and answers requests.
type Wallet struct {
	Held []*Held
	At   time.Time
	// Origin is the page that called, where the browser brought the request.
	Origin string
}

type request struct {
	ClientID    string       `json:"client_id"`
	Nonce       string       `json:"nonce"`
	State       string       `json:"state"`
	ResponseURI string       `json:"response_uri"`
	Mode        string       `json:"response_mode"`
	Origins     []string     `json:"expected_origins"`
	Query       wallet.Query `json:"dcql_query"`
	Metadata    struct {
		JWKS struct {
			Keys []struct {
				X   string `json:"x"`
				Y   string `json:"y"`
				Kid string `json:"kid"`
				Alg string `json:"alg"`
			} `json:"keys"`
		} `json:"jwks"`
	} `json:"client_metadata"`
}

// open reads a request object and checks, as a wallet must, that the client id
// belongs to the certificate that signed it.
func open(object string) (*request, error) {
	parts := strings.Split(object, ".")
	if len(parts) != 3 {
		return nil, errors.New("no request object")
	}
	head, err1 := base64.RawURLEncoding.DecodeString(parts[0])
	body, err2 := base64.RawURLEncoding.DecodeString(parts[1])
	sig, err3 := base64.RawURLEncoding.DecodeString(parts[2])
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	var h struct {
		Alg string   `json:"alg"`
		Typ string   `json:"typ"`
		X5c [][]byte `json:"x5c"`
	}
	r := &request{}
	if err := errors.Join(json.Unmarshal(head, &h), json.Unmarshal(body, r)); err != nil {
		return nil, err
	}
	if h.Alg != "ES256" || h.Typ != "oauth-authz-req+jwt" || len(h.X5c) == 0 || len(sig) != 64 || r.Mode != "direct_post.jwt" && r.Mode != "dc_api.jwt" || len(r.Metadata.JWKS.Keys) != 1 {
		return nil, errors.New("not a request object of HAIP")
	}
	leaf, err := x509.ParseCertificate(h.X5c[0])
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(h.X5c[0])
	name, byName := strings.CutPrefix(r.ClientID, "x509_san_dns:")
	address := r.ResponseURI
	if r.Mode == "dc_api.jwt" && len(r.Origins) == 1 {
		address = r.Origins[0]
	}
	uri, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	if byName && (!slices.Contains(leaf.DNSNames, name) || uri.Hostname() != name) || !byName && r.ClientID != "x509_hash:"+b64(sum[:]) {
		return nil, errors.New("the client id does not belong to the certificate")
	}
	key, ok := leaf.PublicKey.(*ecdsa.PublicKey)
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if !ok || !ecdsa.Verify(key, digest[:], toInt(sig[:32]), toInt(sig[32:])) {
		return nil, errors.New("the request object is not signed by its certificate")
	}
	return r, nil
}

// Answer gives the form body that a wallet posts to the response_uri, or the data
// it hands to the browser: every
// credential it holds that the request asks for, with no more than the claims
// asked for.
func (w *Wallet) Answer(requestObject string, t Tamper) (string, error) {
	r, err := open(requestObject)
	if err != nil {
		return "", err
	}
	k := r.Metadata.JWKS.Keys[0]
	x, err1 := base64.RawURLEncoding.DecodeString(k.X)
	y, err2 := base64.RawURLEncoding.DecodeString(k.Y)
	if err := errors.Join(err1, err2); err != nil {
		return "", err
	}
	point := slices.Concat([]byte{4}, x, y)
	thumb := sha256.Sum256([]byte(`{"crv":"P-256","kty":"EC","x":"` + k.X + `","y":"` + k.Y + `"}`))
	audience, transcript := r.ClientID, wallet.RedirectTranscript(r.ClientID, r.Nonce, thumb[:], r.ResponseURI)
	if r.Mode == "dc_api.jwt" {
		if !slices.Contains(r.Origins, w.Origin) {
			return "", errors.New("the request is for another page")
		}
		audience, transcript = "origin:"+w.Origin, wallet.BrowserTranscript(w.Origin, r.Nonce, thumb[:])
	}
	token := map[string]any{}
	for i := range r.Query.Credentials {
		c := &r.Query.Credentials[i]
		for _, h := range w.Held {
			if h.Format != c.Format || h.Format == wallet.FormatMdoc && h.Type != c.Meta.DoctypeValue || h.Format == wallet.FormatSDJWT && !slices.Contains(c.Meta.VctValues, h.Type) {
				continue
			}
			var p string
			if h.Format == wallet.FormatSDJWT {
				p, err = h.PresentSDJWT(paths(c), audience, r.Nonce, w.At, t)
			} else {
				p, err = h.PresentMdoc(paths(c), transcript, t)
			}
			if err != nil {
				return "", err
			}
			var out any = p
			if t.Presentation != nil {
				out = t.Presentation(c.ID, p)
			}
			token[c.ID] = []any{out}
			break
		}
	}
	state := r.State
	if t.State != "" {
		state = t.State
	}
	answer := map[string]any{"vp_token": token}
	if state != "" {
		answer["state"] = state
	}
	body, err := json.Marshal(answer, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	jwe, err := Encrypt(body, point, k.Kid, t)
	if err != nil {
		return "", err
	}
	if r.Mode == "dc_api.jwt" {
		return `{"response":"` + jwe + `"}`, nil
	}
	return url.Values{"response": {jwe}}.Encode(), nil
}

func paths(c *wallet.CredentialQuery) []wallet.Path {
	var out []wallet.Path
	for i := range c.Claims {
		out = append(out, c.Claims[i].Path)
	}
	return out
}

// along says whether a disclosure lies on the way to, or below, a wanted path.
func along(wanted []wallet.Path, at []any) bool {
	return slices.ContainsFunc(wanted, func(p wallet.Path) bool {
		for i := range min(len(p), len(at)) {
			if p[i] != nil && p[i] != at[i] {
				return false
			}
		}
		return true
	})
}

// PresentSDJWT gives a presentation of the wanted paths, bound to audience,
// nonce and moment.
func (h *Held) PresentSDJWT(wanted []wallet.Path, audience, nonce string, at time.Time, t Tamper) (string, error) {
	var chosen []string
	for _, d := range h.disclosures {
		if t.All || along(wanted, d.Path) {
			chosen = append(chosen, d.Encoded)
		}
	}
	join := func(d []string) string { return strings.Join(append([]string{h.jwt}, d...), "~") + "~" }
	if t.NoBinding {
		return join(chosen), nil
	}
	sum := sha256.Sum256([]byte(join(chosen)))
	claims := map[string]any{"aud": audience, "nonce": nonce, "iat": at.Unix(), "sd_hash": b64(sum[:])}
	if t.Audience != "" {
		claims["aud"] = t.Audience
	}
	if t.Nonce != "" {
		claims["nonce"] = t.Nonce
	}
	for k, v := range t.KBClaims {
		claims[k] = v
	}
	header := map[string]any{"typ": "kb+jwt"}
	for k, v := range t.KBHeader {
		header[k] = v
	}
	kb, err := (&Signer{Key: h.holder(t)}).JWS(header, claims)
	if err != nil {
		return "", err
	}
	if t.Disclosures != nil {
		chosen = t.Disclosures(chosen)
	}
	return join(chosen) + kb, nil
}

func (h *Held) holder(t Tamper) *ecdsa.PrivateKey {
	if t.Key != nil {
		return t.Key
	}
	return h.Key
}

// PresentMdoc gives a DeviceResponse, base64url, of the wanted namespace and
// element pairs, signed by the device for the session.
func (h *Held) PresentMdoc(wanted []wallet.Path, transcript []byte, t Tamper) (string, error) {
	if t.Transcript != nil {
		transcript = t.Transcript
	}
	chosen := map[string][]Item{}
	for _, ns := range sorted(h.items) {
		for _, item := range h.items[ns] {
			if t.All || along(wanted, []any{ns, item.Element}) {
				chosen[ns] = append(chosen[ns], item)
			}
		}
	}
	if t.Items != nil {
		t.Items(chosen)
	}
	sent := map[string][]cbor.RawMessage{}
	for ns, items := range chosen {
		for _, item := range items {
			sent[ns] = append(sent[ns], item.Bytes)
		}
	}
	none := cbor.Tag{Number: 24, Content: []byte{0xa0}}
	content := []byte(encode(cbor.Tag{Number: 24, Content: []byte(encode([]any{"DeviceAuthentication", cbor.RawMessage(transcript), h.Type, none}))}))
	var attached any
	if t.Payload != nil {
		attached = t.Payload(content)
	}
	sig, err := (&Signer{Key: h.holder(t)}).sign1(content, attached, map[int]any{})
	if err != nil {
		return "", err
	}
	return b64(encode(map[string]any{"version": "1.0", "status": 0, "documents": []any{map[string]any{
		"docType":      h.Type,
		"issuerSigned": map[string]any{"nameSpaces": sent, "issuerAuth": h.issuerAuth},
		"deviceSigned": map[string]any{"nameSpaces": none, "deviceAuth": map[string]any{"deviceSignature": sig}},
	}}})), nil
}

// Encrypt makes a compact JWE to a P-256 point: ECDH-ES with A128GCM, or A256GCM.
func Encrypt(plain, point []byte, kid string, t Tamper) (string, error) {
	public, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return "", err
	}
	own, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	shared, err := own.ECDH(public)
	if err != nil {
		return "", err
	}
	enc, bits := "A128GCM", 128
	if t.Enc == "A256GCM" {
		enc, bits = t.Enc, 256
	}
	raw := own.PublicKey().Bytes()
	header := map[string]any{"alg": "ECDH-ES", "enc": enc, "kid": kid, "epk": map[string]any{"kty": "EC", "crv": "P-256", "x": b64(raw[1:33]), "y": b64(raw[33:])}}
	for k, v := range t.JWEHeader {
		header[k] = v
	}
	hb, err := json.Marshal(header, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	kdf := sha256.New()
	for _, part := range [][]byte{{0, 0, 0, 1}, shared, word(len(enc)), []byte(enc), word(0), word(0), word(bits)} {
		kdf.Write(part)
	}
	block, err := aes.NewCipher(kdf.Sum(nil)[:bits/8])
	if err != nil {
		return "", err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	iv := random(12)
	sealed := gcm.Seal(nil, iv, plain, []byte(b64(hb)))
	return strings.Join([]string{b64(hb), "", b64(iv), b64(sealed[:len(sealed)-16]), b64(sealed[len(sealed)-16:])}, "."), nil
}

func word(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }
