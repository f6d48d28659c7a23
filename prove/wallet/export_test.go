package wallet

import (
	"bytes"
	"crypto/ecdh"
	"io"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Unpack is for tests outside the package: the claims of a presentation with its
// disclosures in place, unverified.
func Unpack(presentation string) (map[string]any, error) {
	d, err := parseSDJWT(presentation)
	if err != nil {
		return nil, err
	}
	return d.unpack()
}

// Agree is the key agreement of jwe.go with all its inputs given.
func Agree(own *ecdh.PrivateKey, epk map[string]any, enc, apu, apv string, bits int) ([]byte, error) {
	theirs, err := agreementKey(epk)
	if err != nil {
		return nil, err
	}
	shared, err := own.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	return deriveKey(shared, enc, []byte(apu), []byte(apv), bits), nil
}

// ReadQuery reads a published DCQL query, alone or as the member dcql_query of an object,
// and checks it. Unknown members are ignored, as section 6 wants.
func ReadQuery(from io.Reader) (*Query, error) {
	b, err := io.ReadAll(io.LimitReader(from, maxToken+1))
	if err != nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "query", Message: "cannot be read", Err: err}
	}
	if m, err := object(b); err == nil {
		if in, ok := m["dcql_query"].(map[string]any); ok {
			if b, err = json.Marshal(in); err != nil {
				return nil, record.Invalid("query", "not JSON")
			}
		}
	}
	q := &Query{}
	if err := json.Unmarshal(bytes.TrimSpace(b), q); err != nil {
		return nil, record.Invalid("query", "not a DCQL query")
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	return q, nil
}
