package screen

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/confine"
	"bonafide/confine/document"
	"bonafide/intake"
	"bonafide/record"
	"bonafide/store"
)

// A file that somebody of ours hands in: an export of a platform, a profile or a
// chat, a saved page, a résumé. It becomes a new application, or is put beside one
// that is here. What is text of a known shape is read by intake; everything else is
// taken apart in the locked process. What was kept and what was not is said.

// Handed is one such file. Its name is used for its ending only.
type Handed struct {
	Name    string
	Bytes   []byte
	Subject string // beside whose application it is put; "" for a new one
}

// HandedIn is what became of it.
type HandedIn struct {
	Format  string   // as its reader calls it: upwork, json-resume, pdf, html …
	Subject string   // whose it is now; "" where there are several, or none
	Case    string   // where it was screened at once
	Job     string   // where several were in it: their screening
	Count   int      // applications
	File    string   // id of the file that was kept; "" where only what was read is
	Kept    []string // of Parts, when put beside an application
	Left    []string // of Parts: what was in it and is not taken from somebody else's file
	Broken  []Broken // items that could not be read; the others were
	Refused string   // why nothing was taken: a word of the locked reader
	Detail  string   // the same as a sentence of the house
	Again   bool     // it was here already
}

// Broken is one item of a file that could not be read.
type Broken struct{ Where, Why string }

// Parts of an export, in the order in which they are told. Contacts and pictures are
// not taken from a file that another may have made: who plants them harms their owner.
var Parts = []string{"profile", "resume", "code", "platforms", "agency", "messages", "page", "contacts", "other"}

const (
	mostHanded = 2_000 // applications in one file; more are for bonafide screen and /v1/uploads
	mostBroken = 50    // told of one file
)

var errSeveral = record.Invalid("file", "several people are in it; hand it in as new applications")

// HandIn takes one file. What is wrong with the file is said in HandedIn; an error
// means that nothing was kept.
func (k *Keeper) HandIn(ctx context.Context, actor record.Actor, h Handed) (HandedIn, error) {
	if len(h.Bytes) > document.MaxFile {
		return HandedIn{}, record.Invalid("file", "larger than 32 MiB")
	}
	if h.Subject != "" {
		if err := k.Store.View(ctx, actor, func(t *store.Tx) error { _, err := t.Subject(h.Subject); return err }); err != nil {
			return HandedIn{}, err
		}
	}
	if intakeReads(h.Bytes, document.Extension(h.Name)) {
		return k.handText(ctx, actor, h)
	}
	return k.handPacked(ctx, actor, h)
}

// intakeReads tells what intake reads from what the locked process takes apart.
func intakeReads(b []byte, ext string) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(b[:min(len(b), 4096)], []byte("\xEF\xBB\xBF")), " \t\r\n")
	switch {
	case len(head) == 0:
		return false
	case head[0] == '{' || head[0] == '[':
		return true
	case bytes.HasPrefix(head, []byte("<?xml")) || bytes.Contains(head, []byte("europass")):
		return head[0] == '<' && !bytes.Contains(bytes.ToLower(head), []byte("<html"))
	}
	return ext == "csv" || ext == "tsv" || ext == "jsonl" || ext == "ndjson"
}

// nameOf is what an application without an id of its own is called: by its bytes, so
// that two files called resume.pdf are two people and one sent again is the same.
func nameOf(b []byte) string {
	sum := sha256.Sum256(b)
	return "file-" + hex.EncodeToString(sum[:8])
}

// handText reads what intake reads.
func (k *Keeper) handText(ctx context.Context, actor record.Actor, h Handed) (HandedIn, error) {
	out := HandedIn{}
	now := time.Now().UTC().Truncate(time.Second)
	r, err := intake.Open(nameOf(h.Bytes), bytes.NewReader(h.Bytes), intake.Options{Received: now.Truncate(24 * time.Hour)})
	if err != nil {
		return out, nameless(err)
	}
	out.Format = r.Format()
	var all []*record.Application
	for {
		it, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return out, nameless(err)
		}
		a, err := r.Decode(it.Raw, it)
		if err != nil {
			if len(out.Broken) < mostBroken {
				where := it.Where
				if _, line, ok := strings.Cut(where, ":"); ok {
					where = line
				}
				out.Broken = append(out.Broken, Broken{where, whatOf(err)})
			}
			continue
		}
		if all = append(all, a); len(all) > mostHanded {
			return out, record.Invalid("file", "more than two thousand applications: bonafide screen --server hands them in in parts")
		}
	}
	switch {
	case len(all) == 0 && len(out.Broken) == 0:
		return out, record.Invalid("file", "nothing is in it")
	case len(all) == 0:
		return out, nil
	case h.Subject == "":
		return out, k.handNew(ctx, actor, all, &out)
	case len(all) > 1 || out.Format == "csv":
		return out, errSeveral
	case out.Format == "json" || out.Format == "jsonl":
		return out, record.Invalid("file", "an application of our own shape is a newer state of its own record; hand it in as a new application")
	}
	return out, k.handBeside(ctx, actor, h.Subject, all[0], &out, now)
}

// handNew keeps applications: one is screened at once, several by a job.
func (k *Keeper) handNew(ctx context.Context, actor record.Actor, all []*record.Application, out *HandedIn) error {
	out.Count = len(all)
	var lines []byte
	for _, a := range all {
		line, err := json.Marshal(a)
		if err != nil {
			return &record.Error{Code: record.CodeInternal, Where: "file", Message: "what was read cannot be written down"}
		}
		lines = append(append(lines, line...), '\n')
	}
	if len(all) > 1 {
		sum := sha256.Sum256(lines)
		job, err := k.Upload(ctx, actor, lines, "hand-in "+hex.EncodeToString(sum[:]))
		out.Job = job
		return err
	}
	got, err := k.Accept(ctx, actor, Delivery{Raw: bytes.TrimSuffix(lines, []byte("\n"))})
	out.Subject, out.Case, out.Again = got.Subject, got.Case, got.Repeated
	return err
}

// handBeside puts what an export says beside an application: a claim from another
// source, of the day on which it was handed in.
func (k *Keeper) handBeside(ctx context.Context, actor record.Actor, subject string, x *record.Application, out *HandedIn, now time.Time) error {
	out.Subject, out.Count = subject, 1
	return k.Store.Update(ctx, actor, func(t *store.Tx) error {
		if actor.Kind == record.ActorCandidate && actor.ID != subject {
			return notTheirs
		}
		a, err := t.Application(subject)
		if err != nil {
			return err
		}
		out.Kept, out.Left = addClaims(a, x, now)
		saved, err := t.SaveApplication(a)
		if err != nil {
			return err
		}
		t.Did("export.add", "subject/"+subject, "", out.Kept...)
		if out.Again = saved.Same; saved.Same {
			return nil
		}
		return k.enqueue(t, subject, hops)
	})
}

// handPacked has a file taken apart in the locked process.
func (k *Keeper) handPacked(ctx context.Context, actor record.Actor, h Handed) (HandedIn, error) {
	out := HandedIn{}
	if k.Files == nil {
		return out, &record.Error{Code: record.CodeUnavailable, Where: "files", Message: "this node reads no files"}
	}
	r, err := k.Files.Read(ctx, bytes.NewReader(h.Bytes), h.Name)
	if err != nil {
		return out, err
	}
	out.Format = string(r.Kind)
	if r.Verdict != document.Accepted {
		out.Refused, out.Detail = r.Reason, r.Detail
		return out, nil
	}
	field := ""
	switch r.Kind {
	case document.HTML:
		if field = "pages"; h.Subject == "" {
			return out, record.Invalid("file", "a saved page is put beside an application that is here; name it")
		}
	case document.Export, document.PDF, document.DOCX, document.ODT, document.Text:
		field = "resume"
	default:
		return out, record.Invalid("file", "pictures and mails are no exports: they are handed in with a document, or as a reply")
	}
	now := time.Now().UTC().Truncate(time.Second)
	if h.Subject == "" {
		a, err := Unpacked(r, h.Name, intake.Options{Received: now.Truncate(24 * time.Hour)}, nameOf(h.Bytes))
		if err != nil {
			return out, err
		}
		if err := k.handNew(ctx, actor, []*record.Application{a}, &out); err != nil || r.Kind == document.Export {
			return out, err // of an archive only what was read is kept
		}
		h.Subject = out.Subject
	}
	out.Subject, out.Count = h.Subject, 1
	taken, err := k.keepFile(ctx, actor, h.Subject, field, h.Name, h.Bytes, r)
	out.File, out.Again = taken.ID, taken.Repeated
	switch {
	case field == "pages":
		out.Kept = []string{"page"}
	case r.Kind == document.Export:
		out.Kept, out.Left = taken.kept, taken.left
	default:
		out.Kept = []string{"resume"}
	}
	return out, err
}

// Unpacked is the application that a file of the locked process holds.
func Unpacked(r *confine.Result, name string, o intake.Options, id string) (*record.Application, error) {
	var a *record.Application
	var err error
	if len(r.Parts) > 0 {
		a, err = intake.Packed(partsOf(r), id, o)
	} else {
		a, err = intake.ResumeText(r.Text, id, o)
	}
	if err != nil {
		return nil, err
	}
	if r.Kind != document.Export {
		a.Resume.File, a.Resume.SHA256 = name, r.SHA256
		a.Files = append(a.Files, r.Facts("resume"))
	}
	return a, nil
}

// nameless takes our own name of the file out of an error.
func nameless(err error) error {
	if own := new(record.Error); errors.As(err, &own) {
		return &record.Error{Code: own.Code, Where: "file", Message: own.Message}
	}
	return err
}

// whatOf is an error without the place, which is told beside it.
func whatOf(err error) string {
	if own := new(record.Error); errors.As(err, &own) {
		return own.Message
	}
	return "cannot be read"
}
