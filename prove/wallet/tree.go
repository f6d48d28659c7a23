package wallet

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Bounds of what is read. A portrait in a credential has some tens of
// kilobytes; nothing honest comes near these.
const (
	maxToken = 2 << 20 // bytes of one presentation
	maxDepth = 32      // nesting of JSON, disclosures included
	maxNodes = 20000   // values in one JSON text
)

// number is a JSON number as it was written, so that none loses digits.
type number string

// MarshalJSON writes it as it was read.
func (n number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

var errJSON = errors.New("not strict JSON: bad syntax, a name twice, invalid UTF-8, or too deep")

// tree reads exactly one JSON value: nil, bool, string, number, []any or
// map[string]any. Names must be unique, strings valid UTF-8, depth and count
// are bounded, nothing may follow (RFC 8259, RFC 7493).
func tree(b []byte) (any, error) {
	if len(b) > maxToken {
		return nil, errors.New("too long")
	}
	d := jsontext.NewDecoder(bytes.NewBuffer(b))
	left := maxNodes
	v, err := branch(d, 0, &left)
	if err != nil {
		return nil, err
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return nil, errJSON
	}
	return v, nil
}

func branch(d *jsontext.Decoder, depth int, left *int) (any, error) {
	if *left--; *left < 0 || depth > maxDepth {
		return nil, errJSON
	}
	t, err := d.ReadToken()
	if err != nil {
		return nil, errJSON
	}
	switch t.Kind() {
	case 'n':
		return nil, nil
	case 't':
		return true, nil
	case 'f':
		return false, nil
	case '"':
		return t.String(), nil
	case '0':
		return number(t.String()), nil
	case '[':
		a := []any{}
		for d.PeekKind() != ']' {
			v, err := branch(d, depth+1, left)
			if err != nil {
				return nil, err
			}
			a = append(a, v)
		}
		_, err := d.ReadToken()
		return a, err
	case '{':
		m := map[string]any{}
		for d.PeekKind() != '}' {
			k, err := d.ReadToken()
			if err != nil || k.Kind() != '"' {
				return nil, errJSON
			}
			name := k.String()
			v, err := branch(d, depth+1, left)
			if err != nil {
				return nil, err
			}
			m[name] = v
		}
		_, err := d.ReadToken()
		return m, err
	}
	return nil, errJSON
}

// object reads one JSON object.
func object(b []byte) (map[string]any, error) {
	v, err := tree(b)
	if err != nil {
		return nil, err
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	return m, nil
}

// text is a member that must be a string if it is there.
func text(m map[string]any, name string) (string, error) {
	v, there := m[name]
	if !there {
		return "", nil
	}
	s, ok := v.(string)
	if !ok {
		return "", errors.New("member " + name + " is not a string")
	}
	return s, nil
}

// seconds is a NumericDate (RFC 7519 section 2); the zero time if absent.
func seconds(m map[string]any, name string) (time.Time, error) {
	v, there := m[name]
	if !there {
		return time.Time{}, nil
	}
	n, ok := v.(number)
	if !ok {
		return time.Time{}, errors.New("member " + name + " is not a number")
	}
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil || math.IsNaN(f) || f < 0 || f > 253402300799 { // 9999-12-31
		return time.Time{}, errors.New("member " + name + " is no moment in time")
	}
	return time.Unix(int64(f), 0).UTC(), nil
}

// unbase64 reads base64url as RFC 7515 wants it: no padding, no other alphabet,
// no line breaks, no loose bits at the end, so that one value has one spelling.
func unbase64(s string) ([]byte, error) {
	if strings.IndexByte(s, '\r') >= 0 || strings.IndexByte(s, '\n') >= 0 {
		return nil, errors.New("not base64url")
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil {
		return nil, errors.New("not base64url")
	}
	return b, nil
}

func base64url(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
