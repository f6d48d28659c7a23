package connect

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Sink takes OCSF lines by HTTP: a SIEM, or a collector before one. One more is one
// value, one line in Sinks, and how its simulator answers.
type Sink struct {
	Name, Title string
	Needs       string // what an administrator creates, with the smallest permission
	Twice       string // what becomes of a line that is sent twice, because an answer was lost
	SignIn      func(a *Account, h http.Header)
	ask         func(a *Account, lines []Line) Ask
	read        func(body []byte, lines int) ([]Fate, error) // nil: a good status takes all
	spoiled     func(body []byte) bool                       // nil: of a refused batch some lines may be good
}

// Line is one OCSF object on its way, with the id by which a sink may know it again.
type Line struct {
	ID   string
	At   time.Time
	JSON []byte
}

// Fate is what became of a line.
type Fate string

// The fates.
const (
	Taken   Fate = "taken"
	Again   Fate = "again"   // not yet: it is sent again
	Refused Fate = "refused" // the sink would not take it, and took others beside it
)

const (
	mostLines = 500     // of one request
	mostBytes = 900_000 // of one request; Splunk takes 1 MB unless told otherwise
	mostHalf  = 40      // requests by which bad lines are looked for in one batch
)

// Sinks by name.
var Sinks = []*Sink{&elastic, &ndjson, &splunk}

// FindSink is the sink of a name, and whether there is one.
func FindSink(name string) (*Sink, bool) {
	for _, k := range Sinks {
		if k.Name == name {
			return k, true
		}
	}
	return nil, false
}

// Elastic, and OpenSearch, whose bulk API is the same: elastic.co, Bulk API. "create"
// makes a line of a known id a conflict, and is all that a data stream takes.
var elastic = Sink{Name: "elastic", Title: "Elasticsearch or OpenSearch", Twice: "known by its id and not stored again",
	Needs: "an API key, or a user (client and key), with create_doc on one index or data stream (field: its name), and auto_configure where it is not there yet; base: the cluster's address",
	SignIn: func(a *Account, h http.Header) {
		if a.Client != "" {
			h.Set("Authorization", basic(a.Client, a.Key))
			return
		}
		h.Set("Authorization", "ApiKey "+a.Key)
	},
	ask: func(a *Account, lines []Line) Ask {
		var b bytes.Buffer
		for _, l := range lines {
			b.WriteString(`{"create":{"_id":` + quoted(l.ID) + "}}\n{" + `"@timestamp":"` + stamp(l.At) + `",`)
			b.Write(l.JSON[1:]) // an object of ours always has a member
			b.WriteByte('\n')
		}
		return Ask{Method: http.MethodPost, Path: "/" + segment(cmp.Or(a.Field, "bonafide")) + "/_bulk", Header: http.Header{"Content-Type": {"application/x-ndjson"}}, Body: b.Bytes()}
	},
	read: readBulk,
}

// Splunk: the HTTP Event Collector. It says of a batch that it is bad, and not what
// became of the lines before the bad one.
var splunk = Sink{Name: "splunk", Title: "Splunk HTTP Event Collector", Twice: "stored twice; metadata.uid is the same",
	Needs:  "a token of the HTTP Event Collector that may write to one index (field: its name, where it is not the token's own), without indexer acknowledgement; base: the collector's address",
	SignIn: func(a *Account, h http.Header) { h.Set("Authorization", "Splunk "+a.Key) },
	ask: func(a *Account, lines []Line) Ask {
		var b bytes.Buffer
		for _, l := range lines {
			b.WriteString(`{"time":` + seconds3(l.At) + `,"source":"bonafide","sourcetype":"ocsf:json"`)
			if a.Field != "" {
				b.WriteString(`,"index":` + quoted(a.Field))
			}
			b.WriteString(`,"event":`)
			b.Write(l.JSON)
			b.WriteString("}\n")
		}
		return Ask{Method: http.MethodPost, Path: "/services/collector/event", Header: http.Header{"Content-Type": {"application/json"}}, Body: b.Bytes()}
	},
	read: func(body []byte, lines int) ([]Fate, error) {
		if code, ok := splunkCode(body); !ok || code != 0 {
			return nil, &record.Error{Code: record.CodeUnavailable, Where: "splunk", Message: "the collector does not say that it took them"}
		}
		return all(Taken, lines), nil
	},
	spoiled: func(body []byte) bool { // 6: bad data. Any other is about the token or the index: every line would be refused
		code, ok := splunkCode(body)
		return ok && code != 6
	},
}

// NDJSON: any collector that takes a line an object: Vector, Cribl, Fluent Bit,
// Logstash, and what stands before a cloud's own intake. The base is the whole address.
var ndjson = Sink{Name: "ndjson", Title: "NDJSON by HTTP POST", Twice: "stored twice unless the collector looks at metadata.uid",
	Needs: "an address that takes one JSON object a line (base), and the bearer token for it (key); field: the header the token goes in, where it is not Authorization",
	SignIn: func(a *Account, h http.Header) {
		if a.Field != "" {
			h.Set(a.Field, a.Key)
			return
		}
		bearer(a, h)
	},
	ask: func(_ *Account, lines []Line) Ask {
		var b bytes.Buffer
		for _, l := range lines {
			b.Write(l.JSON)
			b.WriteByte('\n')
		}
		return Ask{Method: http.MethodPost, Header: http.Header{"Content-Type": {"application/x-ndjson"}}, Body: b.Bytes()}
	},
}

// Hosts are what an allow-list must hold to send there.
func (k *Sink) Hosts(a Account) []string { return hosts(k.api(), a) }

// Open begins a session with a sink.
func (k *Sink) Open(a Account, net Caller) (*Session, error) {
	s, err := open(k.api(), a, net)
	if err != nil {
		return nil, err
	}
	if u, err := url.Parse(a.Base); err != nil || u.Host == "" || u.RawQuery != "" || u.User != nil {
		return nil, record.Invalid("account", "its base is no address such as https://siem.example.com:8088")
	}
	if strings.ContainsFunc(a.Key+a.Field, func(r rune) bool { return r < '!' || r > '~' }) {
		return nil, record.Invalid("account", "its key or field is not plain")
	}
	s.once = true // its job comes again
	return s, nil
}

func (k *Sink) api() *ATS {
	return &ATS{Name: k.Name, Title: k.Title, Needs: k.Needs, SignIn: k.SignIn}
}

// Cut is how many of the lines go into one request.
func Cut(lines []Line) int {
	size := 0
	for i, l := range lines {
		if size += len(l.JSON) + 300; i > 0 && (size > mostBytes || i == mostLines) {
			return i
		}
	}
	return len(lines)
}

// Give sends the lines of one request and says what became of each; with an error
// too, because some may have been taken before it. A line is refused only where the
// sink took others beside it: what it refuses altogether is its setting, or ours, and waits.
func (k *Sink) Give(ctx context.Context, s *Session, lines []Line) ([]Fate, error) {
	requests := 0
	fates, err := k.give(ctx, s, lines, &requests)
	taken, refused := 0, 0
	for _, f := range fates {
		switch f {
		case Taken:
			taken++
		case Refused:
			refused++
		}
	}
	if refused > 0 && taken == 0 {
		return all(Again, len(lines)), cmp.Or(err, error(&record.Error{Code: record.CodeUnavailable, Where: k.Name, Message: "the sink takes none of the lines: its index, its mapping or the permission of the key"}))
	}
	return fates, err
}

func (k *Sink) give(ctx context.Context, s *Session, lines []Line, requests *int) ([]Fate, error) {
	if *requests++; *requests > mostHalf {
		return all(Again, len(lines)), nil
	}
	r, err := s.Do(ctx, k.ask(&s.Account, lines))
	bad := r.Status == http.StatusBadRequest || r.Status == http.StatusRequestEntityTooLarge || r.Status == http.StatusUnprocessableEntity
	switch {
	case err == nil && k.read == nil:
		return all(Taken, len(lines)), nil
	case err == nil:
		fates, err := k.read(r.Body, len(lines))
		if err != nil {
			return all(Again, len(lines)), err
		}
		return fates, nil
	case r.Status == http.StatusNotFound || r.Status == http.StatusGone: // of a sink that is its address, and may be put right
		return all(Again, len(lines)), &record.Error{Code: record.CodeUnavailable, Where: k.Name, Message: "nobody takes lines at that address"}
	case !bad, k.spoiled != nil && k.spoiled(r.Body):
		return all(Again, len(lines)), err
	case len(lines) == 1:
		return []Fate{Refused}, nil
	}
	// Which line was bad it does not say: each half is asked about apart.
	half := len(lines) / 2
	first, err := k.give(ctx, s, lines[:half], requests)
	if err != nil {
		return append(first, all(Again, len(lines)-half)...), err
	}
	second, err := k.give(ctx, s, lines[half:], requests)
	return append(first, second...), err
}

// readBulk reads the answer to a bulk request, line by line. Of an error its type
// is looked at and never its reason, which may repeat a value.
func readBulk(body []byte, lines int) ([]Fate, error) {
	var answer struct {
		Items []struct {
			Create struct {
				Status int `json:"status"`
			} `json:"create"`
		} `json:"items"`
	}
	if json.Unmarshal(body, &answer, jsontext.AllowDuplicateNames(true)) != nil || len(answer.Items) != lines {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "elastic", Message: "the answer does not say what became of each line"}
	}
	fates := make([]Fate, lines)
	for i, item := range answer.Items {
		switch n := item.Create.Status; {
		case n >= 200 && n < 300, n == http.StatusConflict: // a conflict is one that it has
			fates[i] = Taken
		case n == http.StatusTooManyRequests || n >= 500 || n < 400:
			fates[i] = Again
		default:
			fates[i] = Refused
		}
	}
	return fates, nil
}

func splunkCode(body []byte) (int, bool) {
	var answer struct {
		Code *int `json:"code"`
	}
	if json.Unmarshal(body, &answer) != nil || answer.Code == nil {
		return 0, false
	}
	return *answer.Code, true
}

func all(f Fate, n int) []Fate {
	out := make([]Fate, n)
	for i := range out {
		out[i] = f
	}
	return out
}

func quoted(s string) string {
	b, err := jsontext.AppendQuote(nil, s)
	if err != nil {
		return `""`
	}
	return string(b)
}

// seconds3 is a time in seconds with three places, as Splunk has it.
func seconds3(t time.Time) string {
	return strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', 3, 64)
}
