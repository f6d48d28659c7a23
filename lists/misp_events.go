package lists

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

type mispAttribute struct {
	Type      string  `json:"type"`
	Value     string  `json:"value"`
	Comment   string  `json:"comment"`
	Deleted   bool    `json:"deleted"`
	FirstSeen string  `json:"first_seen"`
	LastSeen  string  `json:"last_seen"`
	Timestamp loosely `json:"timestamp"`
}

type mispEvent struct {
	Info       string          `json:"info"`
	Date       string          `json:"date"`
	Attributes []mispAttribute `json:"Attribute"`
	Orgc       struct {
		Name string `json:"name"`
	} `json:"Orgc"`
	Objects []struct {
		Attributes []mispAttribute `json:"Attribute"`
	} `json:"Object"`
}

// loosely is a number that some exports write as a string.
type loosely int64

// UnmarshalJSON reads both spellings; what is neither is zero.
func (l *loosely) UnmarshalJSON(b []byte) error {
	n, _ := strconv.ParseInt(strings.Trim(string(b), `"`), 10, 64)
	*l = loosely(n)
	return nil
}

type mispEnvelope struct {
	Event mispEvent `json:"Event"`
}

// parseMISPEvents reads one MISP event, an array of them or the answer of a
// search. Deleted attributes are left out.
func parseMISPEvents(name string, b []byte) (*content, error) {
	var events []mispEnvelope
	var err error
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("[")) {
		err = json.Unmarshal(b, &events)
	} else {
		var one struct {
			mispEnvelope
			Response []mispEnvelope `json:"response"`
		}
		err = json.Unmarshal(b, &one)
		events = append(one.Response, one.mispEnvelope)
	}
	if err != nil {
		return nil, record.Invalid(name, "not a MISP event, or a truncated one")
	}
	c := &content{}
	row := 0
	for i := range events {
		e := &events[i].Event
		attributes := e.Attributes
		for _, o := range e.Objects {
			attributes = append(attributes, o.Attributes...)
		}
		for _, a := range attributes {
			row++
			if a.Deleted {
				continue
			}
			day := dayOfTime(a.LastSeen)
			if day == "" && a.Timestamp > 0 {
				day = record.DateOf(time.Unix(int64(a.Timestamp), 0))
			}
			if day == "" || !day.Valid() {
				day = record.Date(e.Date)
			}
			typ, value := a.Type, a.Value
			if left, _, ok := strings.Cut(typ, "|"); ok { // "domain|ip", "filename|sha256"
				typ = left
				value, _, _ = strings.Cut(value, "|")
			}
			context := a.Comment
			if context == "" {
				context = e.Info
			}
			if !c.addIndicator(typ, Indicator{Value: value, Context: context, Source: e.Orgc.Name, Published: day}) {
				c.reject(row)
			}
		}
	}
	return c.indicatorsOnly(name)
}
