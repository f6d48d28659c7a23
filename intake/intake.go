// Package intake turns outside bytes into applications: one file per source,
// each exactly one way from somebody else's shape to the application record.
// It recognises a format by its content, cuts the stream into items (cheap,
// in order, with bounded memory) and decodes items one by one (from as many
// goroutines as the caller likes).
//
// It never opens a file, reads a clock or asks a network; it never judges what
// a value means; it never drops a member it does not know (those go to extra
// under their path); and no error of it holds a personal value.
//
// To add an importer: write <source>.go next to lever.go with a shape test and
// a decode function, put samples under testdata/<source>/, and name it in the
// table below.
package intake

import (
	"bufio"
	"io"
	"time"

	"bonafide/record"
)

// Limits that bound memory, not data: a stream may hold any number of items.
const (
	DefaultMaxLine = 16 << 20 // bytes of one item
	MaxDepth       = 64       // nesting of JSON
	MaxName        = 200      // bytes of an id or a source
	window         = 256 << 10
)

// Options are what the caller knows and the bytes do not say.
type Options struct {
	Source   string            // source name when the input has none; "" means the name of the format
	Map      map[string]string // CSV: column name → path in the record ("" keeps the column in extra)
	MaxLine  int               // longest item in bytes; 0 means DefaultMaxLine
	Received time.Time         // stands for received_at where the input has no date (time of the file)
}

// Item is one undecoded application.
type Item struct {
	Where  string // "file.jsonl:17", for messages
	Offset int64  // of Raw in the (decompressed) stream or file
	Length int64
	File   int    // index into Files
	Raw    []byte // valid until the next call of Next
	// Problem is why the item is broken before decoding; Raw may then be cut
	// or empty, Offset and Length still cover all of it.
	Problem error
}

// Column says where a column of a table goes.
type Column struct {
	Name    string
	Path    string // "" when the column is kept in extra
	Guessed bool   // false when the caller's Map named it
}

// importers is the table of the JSON shapes we read, asked in this order; the
// first that knows the shape takes it. The price of one more is one line.
var importers = []importer{
	{"jsonl", nativeKnows, decodeNative}, // ours; also the fallback
	{"greenhouse-webhook", greenhouseWebhookKnows, decodeGreenhouseWebhook},
	{"greenhouse-candidate", greenhouseCandidateKnows, decodeGreenhouseCandidate},
	{"greenhouse-application", greenhouseApplicationKnows, decodeGreenhouseApplication},
	{"lever", leverKnows, decodeLever},
	{"lever-webhook", leverWebhookKnows, decodeLeverWebhook},
	{"ashby", ashbyKnows, decodeAshby},
	{"ashby-webhook", ashbyWebhookKnows, decodeAshbyWebhook},
	{"json-resume", jsonResumeKnows, decodeJSONResume},
	{"github", gitHubKnows, decodeGitHub},
	{"github-events", gitHubEventKnows, decodeGitHubEvent},
	{"upwork", upworkKnows, decodeUpwork},
	{"freelancer", freelancerKnows, decodeFreelancer},
	{"telegram", telegramKnows, decodeTelegram},
	{"telegram-account", telegramAccountKnows, decodeTelegramAccount},
}

// importer reads one source. knows looks at member names only; decode makes an
// application of one JSON value.
type importer struct {
	format string
	knows  func(names) bool
	decode func(raw []byte, c given) (*record.Application, error)
}

// given is what a decode function may know beyond the bytes.
type given struct {
	source   string // wanted source name, "" for the importer's own
	id       string // an id for sources without one
	received time.Time
}

// splitter cuts a stream into items.
type splitter interface {
	next() (Item, error)
}

// Reader hands out the items of one input.
type Reader struct {
	format  string
	o       Options
	split   splitter
	decode  func(raw []byte, it Item) (*record.Application, error)
	mapping []Column
	files   []string
}

// Open recognises what r holds and returns a reader over it. r must be
// decompressed UTF-8 or Windows-1252 (see Decompress). name is used in
// messages and, for sources without ids, in the id. An error means that
// nothing in r could be read; a broken item is not an error of Open.
func Open(name string, r io.Reader, o Options) (*Reader, error) {
	if o.MaxLine <= 0 {
		o.MaxLine = DefaultMaxLine
	}
	return begin(name, baseName(name), bufio.NewReaderSize(r, window), o)
}

// begin looks at the beginning of in and chooses the format. id is for the
// one value of a file whose format has no ids.
func begin(name, id string, in *bufio.Reader, o Options) (*Reader, error) {
	head, err := in.Peek(window)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: name, Message: "reading", Err: err}
	}
	s := stream{name: name, id: id, in: in, head: head, all: err == io.EOF}
	return s.open(o)
}

// Format names what was recognised: "jsonl", "csv", "json-resume", …
func (r *Reader) Format() string { return r.format }

// Mapping is where the columns of a table go, in their order; nil for other formats.
func (r *Reader) Mapping() []Column { return r.mapping }

// Files are the names of the files of a folder; one name for a single input.
func (r *Reader) Files() []string { return r.files }

// Next is the next item, io.EOF after the last. Other errors are the stream's
// own and end the reading.
func (r *Reader) Next() (Item, error) { return r.split.next() }

// Decode makes an application of the raw bytes of an item. It depends on
// nothing but its arguments and what Open saw, may be called for the same
// bytes again and from several goroutines. Its errors are record.Error of code
// invalid with file and line, the field, and the kind of error.
func (r *Reader) Decode(raw []byte, it Item) (*record.Application, error) {
	if it.Problem != nil {
		return nil, it.Problem
	}
	return r.decode(raw, it)
}
