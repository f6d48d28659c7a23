package intake

import (
	"reflect"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// decodeNative reads a line of our own format, application-record.md version
// 1: duplicate names, invalid UTF-8 and wrong types are errors, unknown
// members are kept in extra under their path.
func decodeNative(raw []byte, c given) (*record.Application, error) {
	a := new(record.Application)
	if err := json.Unmarshal(raw, a); err != nil {
		return nil, explain(err, raw, reflect.TypeFor[record.Application]())
	}
	if a.Source == "" {
		a.Source = c.source
	}
	if anyUnknown(a) {
		if err := keepUnknown(a); err != nil {
			return nil, err
		}
	}
	if err := tidy(a); err != nil {
		return nil, err
	}
	return a, nil
}

// nativeKnows: the three required members; an input that lacks them everywhere
// is still ours when nobody else knows it, so that the message names what is missing.
func nativeKnows(n names) bool { return n.has("received_at") }

// Timestamps lie in a span in which nanoseconds since 1970 fit 64 bits, with
// room on both sides.
var (
	firstTime = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	lastTime  = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// valid checks what every application must fulfil whatever its source: the
// three required fields, names that can stand in a record name, times and
// dates that exist.
func valid(a *record.Application) error {
	if err := validName("id", a.ID); err != nil {
		return err
	}
	if err := validName("source", a.Source); err != nil {
		return err
	}
	for i := 0; i < len(a.Source); i++ {
		if a.Source[i] == '/' {
			return record.Invalid("source", "must not contain a slash")
		}
	}
	if a.ReceivedAt.IsZero() {
		return record.Invalid("received_at", "missing")
	}
	if wrongTime(a.ReceivedAt) {
		return record.Invalid("received_at", "a time outside 1970–2199")
	}
	if err := validDates(a); err != nil {
		return err
	}
	if err := validViews(a.Photos); err != nil {
		return err
	}
	for _, value := range a.Extra {
		if deep(value) { // the member's name is not said: nobody knows what it holds
			return record.Invalid("extra", "nested deeper than 64 levels")
		}
	}
	return nil
}

// validName checks an id or a source: present, at most MaxName bytes, nothing
// that would let one record name look like another on a terminal.
func validName(field, s string) error {
	if s == "" {
		return record.Invalid(field, "missing")
	}
	if len(s) > MaxName {
		return record.Invalid(field, "longer than 200 bytes")
	}
	for _, r := range s {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u061c' || r >= '\u200e' && r <= '\u200f' ||
			r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff' {
			return record.Invalid(field, "must not contain control characters")
		}
	}
	return nil
}

// deep reports whether a JSON value nests deeper than MaxDepth.
func deep(value []byte) bool { return record.Deeper(value, MaxDepth) }
