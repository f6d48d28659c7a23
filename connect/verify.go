package connect

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

const (
	// MostBody is the largest delivery that is read, in bytes.
	MostBody = 4 << 20
	// skew is how far a signed time may lie from ours (Standard Webhooks 1.0).
	skew           = 5 * time.Minute
	mostSignatures = 16 // in one header, while keys are rotated
	mostKeys       = 16
	longestEventID = 200
)

// Delivery is one webhook as it arrived: exact bytes.
type Delivery struct {
	Header    http.Header
	Body      []byte
	At        time.Time // when it arrived
	AllowSHA1 bool      // the endpoint's owner allows Sumsub's SHA-1

	members map[string]jsontext.Value
}

// Verdict is what verification came to.
type Verdict struct {
	Covers Cover
	Key    int // which of the active keys matched
	// Once names what must not take effect twice: to be stored uniquely in the
	// transaction of the effect. Any of them known means a replay. The event's
	// own id alone is not enough where the signature does not cover it.
	Once []string
	// Event is the provider's id of the event, empty where it names none.
	Event string
}

// Verify checks a delivery against every active key of an endpoint; keys
// overlap while they are rotated. The error is refused and says what to look
// at, never what was received. Comparison takes constant time.
func Verify(provider string, d *Delivery, keys [][]byte) (*Verdict, error) {
	dialect, ok := FindDialect(provider)
	if !ok {
		return nil, &record.Error{Code: record.CodeNotFound, Message: "no such provider; `bonafide connect list` names them"}
	}
	if len(d.Body) > MostBody {
		return nil, refused("the body is larger than 4 MiB")
	}
	if len(keys) == 0 || len(keys) > mostKeys {
		return nil, refused("the endpoint has no key, or more than sixteen")
	}
	if dialect.stamp != nil {
		at, ok := seconds(dialect.stamp(d))
		if !ok {
			return nil, refused("the signed time is missing or is not a number of seconds")
		}
		if off := d.At.Sub(time.Unix(at, 0)); off > skew || off < -skew {
			return nil, refused("the signed time lies more than five minutes from ours: an old delivery, or a clock that is wrong")
		}
	}
	signatures := dialect.given(d)
	if len(signatures) == 0 {
		return nil, refused("no signature where the provider puts it: " + dialect.Header)
	}
	match := -1
	for i, key := range keys {
		for _, s := range signatures {
			if len(key) > 0 && dialect.check(d, s, key) && match < 0 {
				match = i // and go on: the time taken does not tell which key it was
			}
		}
	}
	if match < 0 {
		return nil, refused("no active key made this signature over these bytes; signed is: " + dialect.Signs)
	}
	v := &Verdict{Covers: dialect.Covers, Key: match, Event: dialect.event(d)}
	if v.Event != "" {
		v.Once = append(v.Once, dialect.Name+":"+v.Event)
	}
	if v.Event == "" || !dialect.IDSigned {
		sum := sha256.Sum256(d.Body)
		v.Once = append(v.Once, dialect.Name+":sha256:"+hex.EncodeToString(sum[:16]))
	}
	return v, nil
}

func refused(why string) error { return &record.Error{Code: record.CodeRefused, Message: why} }

func (p *Dialect) event(d *Delivery) string {
	id := ""
	if path, ok := strings.CutPrefix(p.EventID, "body:"); ok {
		id = d.member(path)
	} else if p.EventID != "" {
		id = d.Header.Get(p.EventID)
	}
	if len(id) > longestEventID {
		sum := sha256.Sum256([]byte(id))
		return hex.EncodeToString(sum[:16])
	}
	return id
}

// raw is a member of the body, byte for byte as it came; nil where there is none.
func (d *Delivery) raw(name string) []byte {
	if d.members == nil {
		d.members = map[string]jsontext.Value{}
		// A body that is not one object with distinct names has no members.
		if json.Unmarshal(bytes.TrimSpace(d.Body), &d.members) != nil {
			d.members = map[string]jsontext.Value{}
		}
	}
	return d.members[name]
}

// member is a text or a number of the body; a dot leads into an object.
func (d *Delivery) member(path string) string {
	name, rest, deeper := strings.Cut(path, ".")
	v := jsontext.Value(d.raw(name))
	if deeper {
		inner := &Delivery{Body: v}
		return inner.member(rest)
	}
	switch v.Kind() {
	case '"':
		var s string
		if json.Unmarshal(v, &s) == nil {
			return s
		}
	case '0':
		return string(v)
	}
	return ""
}

// Handshake answers the set-up questions some providers ask of an endpoint,
// before it has a key. It echoes only what is short and plain.
func Handshake(provider string, method string, h http.Header, body []byte) (header http.Header, answer []byte, asked bool) {
	echo := func(s string) bool {
		return s != "" && len(s) <= 256 && !strings.ContainsFunc(s, func(r rune) bool { return r < '!' || r > '~' })
	}
	switch provider {
	case "smartrecruiters":
		if s := h.Get("X-Hook-Secret"); echo(s) {
			return http.Header{"X-Hook-Secret": {s}}, nil, true
		}
	case "okta":
		if s := h.Get("X-Okta-Verification-Challenge"); method == http.MethodGet && echo(s) {
			b, err := json.Marshal(map[string]string{"verification": s})
			return http.Header{"Content-Type": {"application/json"}}, b, err == nil
		}
	case "recruitee":
		if d := (&Delivery{Body: body}); string(d.raw("test")) == "true" {
			return nil, nil, true
		}
	case "slack":
		if d := (&Delivery{Body: body}); d.member("type") == "url_verification" && echo(d.member("challenge")) {
			return http.Header{"Content-Type": {"text/plain"}}, []byte(d.member("challenge")), true
		}
	}
	return nil, nil, false
}
