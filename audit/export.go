package audit

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/mod/sumdb/tlog"

	"bonafide/record"
)

// An export is lines of JSON: a head, every leaf byte for byte as it was
// hashed, a foot with the signed checkpoint. Nothing else is needed to verify
// it but the public key, and, against the owner of that key, what a witness kept.

const exportFormat = "bonafide audit 1"

type exportHead struct {
	Format string `json:"format"`
	Tenant string `json:"tenant"`
}

type exportFoot struct {
	Checkpoint string `json:"checkpoint"`
}

// Writer writes an export.
type Writer struct {
	w   *bufio.Writer
	err error
}

// NewWriter begins an export.
func NewWriter(w io.Writer, tenant string) *Writer {
	out := &Writer{w: bufio.NewWriterSize(w, 1<<16)}
	head, _ := json.Marshal(exportHead{exportFormat, tenant})
	out.line(head)
	return out
}

func (w *Writer) line(b []byte) {
	if w.err == nil {
		_, w.err = w.w.Write(append(b, '\n'))
	}
}

// Leaf writes the next leaf.
func (w *Writer) Leaf(b []byte) error {
	w.line(slices.Clip(b))
	return w.err
}

// Close writes the foot.
func (w *Writer) Close(checkpoint []byte) error {
	foot, _ := json.Marshal(exportFoot{string(checkpoint)})
	w.line(foot)
	if w.err == nil {
		w.err = w.w.Flush()
	}
	return w.err
}

// Report is what a verification came to.
type Report struct {
	Tenant   string    `json:"tenant"`
	Entries  int64     `json:"entries"`
	Root     string    `json:"root"` // base64
	First    time.Time `json:"first,omitzero"`
	Last     time.Time `json:"last,omitzero"`
	Signed   bool      `json:"signed"`    // the checkpoint is by the key, over just these entries
	Witness  int       `json:"witnesses"` // checkpoints of witnesses that agree
	Problems []string  `json:"problems,omitempty"`
}

// OK says that nothing was found.
func (r *Report) OK() bool { return len(r.Problems) == 0 && r.Signed }

const problemsMost = 50

func (r *Report) problem(format string, args ...any) {
	if len(r.Problems) < problemsMost {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// lineMost is the longest line of an export, in bytes.
const lineMost = 1 << 20

// Verify reads an export and checks all of it: every entry, their order, the
// root, the signature, and that every checkpoint a witness kept is a beginning
// of this log. verifier is the public key; witness are signed checkpoints, of
// this and of other logs, those of others are passed over. An error says that
// the export could not be read; what is wrong with it stands in the report.
func Verify(r io.Reader, verifier string, witness [][]byte) (*Report, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 1<<16), lineMost)
	var head exportHead
	if !in.Scan() || json.Unmarshal(in.Bytes(), &head) != nil || head.Format != exportFormat {
		return nil, record.Invalid("export:1", "not an audit export of bonafide")
	}
	v, err := NewVerification(head.Tenant, verifier, witness)
	if err != nil {
		return nil, err
	}
	report := v.report
	var foot exportFoot
	ended := false
	for in.Scan() {
		line := in.Bytes()
		if ended {
			report.problem("there are lines after the checkpoint")
			break
		}
		if bytes.HasPrefix(line, []byte(`{"checkpoint":`)) {
			if err := json.Unmarshal(line, &foot); err != nil {
				report.problem("the checkpoint's line cannot be read")
			}
			ended = true
			continue
		}
		v.Leaf(line)
	}
	if in.Err() != nil {
		report.problem("entry %d: the line is too long or cannot be read", v.tree.Size())
	}
	if !ended {
		report.problem("the export has no checkpoint: it was cut short")
	}
	return v.End(foot.Checkpoint), nil
}

// Verification walks the leaves of one log, from an export or from the database.
type Verification struct {
	report   *Report
	verifier string
	tree     Frontier
	seen     []Checkpoint // of witnesses, still to be reached
}

// NewVerification begins. verifier and witness are those of Verify.
func NewVerification(tenant, verifier string, witness [][]byte) (*Verification, error) {
	var seen []Checkpoint
	for _, signed := range witness {
		c, err := OpenCheckpoint(signed, verifier)
		if err != nil {
			return nil, &record.Error{Code: record.CodeInvalid, Where: "witness", Message: "a checkpoint that is not signed by this key"}
		}
		if c.Origin == Origin(tenant) {
			seen = append(seen, c)
		}
	}
	slices.SortFunc(seen, func(x, y Checkpoint) int { return int(max(-1, min(1, x.Size-y.Size))) })
	return &Verification{report: &Report{Tenant: tenant}, verifier: verifier, seen: seen}, nil
}

// Problem adds what the caller found around the next leaf.
func (v *Verification) Problem(what string) { v.report.problem("entry %d: %s", v.tree.Size(), what) }

// Leaf takes the next leaf and gives its entry, zero if it cannot be read.
func (v *Verification) Leaf(b []byte) record.Entry {
	v.reach()
	n := v.tree.Size()
	e, err := ReadLeaf(b)
	switch {
	case err != nil:
		v.report.problem("entry %d: cannot be read", n)
	case e.Seq != n:
		v.report.problem("entry %d: is numbered %d: one is missing, doubled or out of order", n, e.Seq)
	case e.Tenant != v.report.Tenant:
		v.report.problem("entry %d: belongs to another tenant", n)
	case e.Act == "" || e.Object == "" || e.Actor.ID == "":
		v.report.problem("entry %d: says not who did what", n)
	}
	if err == nil {
		if n == 0 {
			v.report.First = e.At
		}
		v.report.Last = e.At
	}
	v.tree.Add(b)
	return e
}

// reach compares with every witness's checkpoint of just this size.
func (v *Verification) reach() {
	for len(v.seen) > 0 && v.seen[0].Size == v.tree.Size() {
		if v.seen[0].Root != v.tree.Root() {
			v.report.problem("the first %d entries are not those that a witness saw: the log was rewritten", v.seen[0].Size)
		} else {
			v.report.Witness++
		}
		v.seen = v.seen[1:]
	}
}

// End compares with the signed checkpoint, "" for none, and gives the report.
func (v *Verification) End(checkpoint string) *Report {
	v.reach()
	for _, c := range v.seen {
		v.report.problem("a witness saw %d entries, here are %d: the log was cut or set back", c.Size, v.tree.Size())
	}
	r := v.report
	root := v.tree.Root()
	r.Entries, r.Root = v.tree.Size(), root.String()
	if checkpoint == "" {
		return r
	}
	c, err := OpenCheckpoint([]byte(checkpoint), v.verifier)
	switch {
	case err != nil:
		r.problem("the checkpoint is not signed by this key")
	case c.Origin != Origin(r.Tenant):
		r.problem("the checkpoint is of another log")
	case c.Size != r.Entries:
		r.problem("the checkpoint is of %d entries, here are %d", c.Size, r.Entries)
	case c.Root != tlog.Hash(root):
		r.problem("the entries are not those that were signed")
	default:
		r.Signed = true
	}
	return r
}
