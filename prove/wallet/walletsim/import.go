package walletsim

import (
	"crypto/ecdsa"
	"encoding/base64"
	"errors"
	"math/big"
	"strings"

	"github.com/fxamacker/cbor/v2"
	"github.com/go-json-experiment/json"

	"bonafide/prove/wallet"
)

func toInt(b []byte) *big.Int { return new(big.Int).SetBytes(b) }

// ImportSDJWT takes in a credential as an issuer sent it, with the holder's key.
// Where a nested disclosure belongs is not looked up: its path is its name.
func ImportSDJWT(issued, vct string, key *ecdsa.PrivateKey) (*Held, error) {
	parts := strings.Split(strings.TrimSuffix(strings.TrimSpace(issued), "~"), "~")
	h := &Held{Format: wallet.FormatSDJWT, Type: vct, Key: key, jwt: parts[0]}
	for _, enc := range parts[1:] {
		b, err := base64.RawURLEncoding.DecodeString(enc)
		if err != nil {
			return nil, err
		}
		var d []any
		if err := json.Unmarshal(b, &d); err != nil {
			return nil, err
		}
		var at []any
		if len(d) == 3 {
			at = []any{d[1]}
		} else {
			at = []any{""}
		}
		h.disclosures = append(h.disclosures, Disclosure{at, enc})
	}
	return h, nil
}

// ImportMdoc takes in an IssuerSigned structure, with the device's key.
func ImportMdoc(issuerSigned []byte, docType string, key *ecdsa.PrivateKey) (*Held, error) {
	var in struct {
		NameSpaces map[string][]cbor.RawMessage `cbor:"nameSpaces"`
		IssuerAuth cbor.RawMessage              `cbor:"issuerAuth"`
	}
	if err := cbor.Unmarshal(issuerSigned, &in); err != nil {
		return nil, err
	}
	h := &Held{Format: wallet.FormatMdoc, Type: docType, Key: key, issuerAuth: in.IssuerAuth, items: map[string][]Item{}}
	for ns, items := range in.NameSpaces {
		for _, raw := range items {
			var tag cbor.Tag
			if err := cbor.Unmarshal(raw, &tag); err != nil {
				return nil, err
			}
			b, ok := tag.Content.([]byte)
			if !ok {
				return nil, errors.New("an element is not embedded CBOR")
			}
			var item struct {
				Element string `cbor:"elementIdentifier"`
			}
			if err := cbor.Unmarshal(b, &item); err != nil {
				return nil, err
			}
			h.items[ns] = append(h.items[ns], Item{item.Element, raw})
		}
	}
	return h, nil
}
