package wallet

import "crypto/sha256"

// RedirectTranscript is the SessionTranscript of an mdoc presented by redirect
// or QR (OpenID4VP 1.0, B.2.6.1): [null, null, ["OpenID4VPHandover", SHA-256 of
// CBOR [client id, nonce, thumbprint of the encryption key or null, response URI]]].
func RedirectTranscript(clientID, nonce string, keyThumbprint []byte, responseURI string) []byte {
	return handover("OpenID4VPHandover", []any{clientID, nonce, orNull(keyThumbprint), responseURI})
}

// BrowserTranscript is the SessionTranscript of an mdoc presented through the
// Digital Credentials API (OpenID4VP 1.0, B.2.6.2): the same over [origin, nonce,
// thumbprint or null].
func BrowserTranscript(origin, nonce string, keyThumbprint []byte) []byte {
	return handover("OpenID4VPDCAPIHandover", []any{origin, nonce, orNull(keyThumbprint)})
}

func handover(kind string, info []any) []byte {
	sum := sha256.Sum256(encoded(info))
	return encoded([]any{nil, nil, []any{kind, sum[:]}})
}

func orNull(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}
