package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"strconv"
	"strings"
	"time"

	jsonx "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// What the importers of other people's JSON share. Their types name only the
// members they read; the rest lands in Unknown and then in extra.

// loose is text that some systems write as a number or a truth value. Numbers
// keep their digits. Objects and lists are not loose text: they make it empty.
type loose string

// UnmarshalJSONFrom reads one value.
func (l *loose) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	v, err := d.ReadValue()
	if err != nil {
		return err
	}
	switch v.Kind() {
	case '"':
		var s string
		if err := jsonx.Unmarshal(v, &s); err != nil {
			return err
		}
		*l = loose(s)
	case '0', 't', 'f':
		*l = loose(string(v))
	default:
		*l = ""
	}
	return nil
}

// decodeShape reads raw into a foreign type.
func decodeShape(raw []byte, into any) error {
	if err := jsonx.Unmarshal(raw, into); err != nil {
		return explain(err, raw, reflect.TypeOf(into))
	}
	return nil
}

// keepRest moves what a foreign value held and we do not read to extra, under
// path; members that say nothing (null, empty) are left out.
func keepRest(a *record.Application, path string, v any) {
	_ = eachUnknown(reflect.ValueOf(v), path, func(path string, _ reflect.Type, f record.Fields) error {
		for name, value := range f {
			switch string(value) {
			case "null", `""`, "[]", "{}": // not asked
			default:
				keepOne(a, join(path, name), value)
			}
		}
		return nil
	})
}

// moment reads a time as the systems write it: RFC 3339, milliseconds since
// 1970, or a bare day (its first instant in UTC). The zero time if none.
func moment(l loose) time.Time {
	s := strings.TrimSpace(string(l))
	if s == "" {
		return time.Time{}
	}
	if ms, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 12 {
		return time.UnixMilli(ms).UTC()
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05 -0700",
		"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	if from, _, ok := day(s, anyOrder).Span(); ok {
		return from
	}
	return time.Time{}
}

// received is the first of the times that is given, else the caller's.
func (c given) firstTime(times ...loose) time.Time {
	for _, l := range times {
		if t := moment(l); !t.IsZero() {
			return t
		}
	}
	return c.received
}

func (c given) sourceOr(name string) string {
	if c.source != "" {
		return c.source
	}
	return name
}

// putDate sets a date, or keeps the text in extra when it is none.
func putDate(a *record.Application, to *record.Date, path string, l loose, order dayOrder) {
	s := strings.TrimSpace(string(l))
	if s == "" || toThisDay(s) {
		return
	}
	d := day(s, order)
	if d == "" || wrong(d) && !endless(d) {
		keepText(a, path, string(l))
		return
	}
	*to = d
}

// putSpan sets start and end. An end that is given and cannot be read must not
// turn into "to this day": then the position is left undated, and what was
// written for both is kept in extra.
func putSpan(a *record.Application, start, end *record.Date, path string, names [2]string, from, to loose, order dayOrder) {
	putDate(a, start, path+names[0], from, order)
	putDate(a, end, path+names[1], to, order)
	if *end == "" && strings.TrimSpace(string(to)) != "" && !toThisDay(string(to)) && *start != "" {
		keepText(a, path+names[0], string(from))
		*start = ""
	}
}

// madeID is an id for a value that brings none: the name of its file when it
// is the file, else the file's name and a digest of the bytes, so that the
// order of the lines does not matter.
func madeID(base string, raw []byte, whole bool) string {
	if whole && base != "" {
		return clip(base, MaxName)
	}
	sum := sha256.Sum256(raw)
	id := hex.EncodeToString(sum[:6])
	if base != "" {
		id = clip(base, MaxName-13) + "-" + id
	}
	return id
}

// clip cuts s to n bytes at a character.
func clip(s string, n int) string {
	for len(s) > n {
		n--
		for n > 0 && s[n]&0xc0 == 0x80 {
			n--
		}
		s = s[:n]
	}
	return s
}
