package screen

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bonafide/confine"
	"bonafide/confine/document"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
	"bonafide/store"
)

// Files are read in a locked child process only, one file one process. What comes
// back are typed facts for the checks, text, and pixels; the original is kept
// sealed and is never shown.

// fileFields are what a file of an application may be.
var fileFields = regexp.MustCompile(`^(resume|documents\[[0-9]{1,2}\]|photos|pages)$`)

// FileTaken is what became of a file that was handed in.
type FileTaken struct {
	ID       string   // empty where it was refused
	Kind     string   // pdf, docx, jpeg …
	Refused  string   // why it is not taken: a word
	Detail   string   // the same as a sentence of the house
	Flags    []string // hidden-text, active-content …: for reviewers only
	Pages    int
	Repeated bool // the same bytes were there already

	kept, left []string // of Parts, where it was an export
}

// AddFile reads a file in a locked child, keeps it sealed, puts its facts into
// the record and has the record screened again. A file that is refused changes
// nothing.
func (k *Keeper) AddFile(ctx context.Context, actor record.Actor, subject, field, name string, b []byte) (FileTaken, error) {
	if !fileFields.MatchString(field) {
		return FileTaken{}, record.Invalid("field", "is resume, documents[0], documents[1] …, photos or pages")
	}
	// Asked before the work, so that nobody has files read for a subject that is
	// not theirs; decided in the transaction.
	if err := k.Store.View(ctx, actor, func(t *store.Tx) error { _, err := t.Subject(subject); return err }); err != nil {
		return FileTaken{}, err
	}
	if k.Files == nil {
		return FileTaken{}, &record.Error{Code: record.CodeUnavailable, Where: "files", Message: "this node reads no files"}
	}
	r, err := k.Files.Read(ctx, bytes.NewReader(b), name)
	if err != nil {
		return FileTaken{}, err
	}
	if r.Verdict == document.Accepted && !belongs(r.Kind, field) {
		return FileTaken{}, record.Invalid("field", "a file of this kind is not taken for this field: an archive is handed in as resume, a saved page as pages")
	}
	if r.Verdict != document.Accepted {
		return FileTaken{Kind: string(r.Kind), Flags: r.Flags, Pages: r.Pages, Refused: r.Reason, Detail: r.Detail}, nil
	}
	return k.keepFile(ctx, actor, subject, field, name, b, r)
}

// keepFile keeps a file that the locked process has read, and puts its facts into
// the record.
func (k *Keeper) keepFile(ctx context.Context, actor record.Actor, subject, field, name string, b []byte, r *confine.Result) (FileTaken, error) {
	out := FileTaken{Kind: string(r.Kind), Flags: r.Flags, Pages: r.Pages}
	seen := looks(field, r) // outside of the transaction: it takes a while
	err := k.Store.Update(ctx, actor, func(t *store.Tx) error {
		if actor.Kind == record.ActorCandidate && actor.ID != subject {
			return notTheirs
		}
		if r.Kind == document.Export {
			name, b = ownTables(r) // who they know and what others wrote is not stored
		}
		f, again, err := t.SaveFile(subject, fileKind(field), name, b)
		if err != nil {
			return err
		}
		out.ID, out.Repeated = f.ID, again
		a, err := t.Application(subject)
		if err != nil {
			return err
		}
		if r.Kind == document.Export {
			out.kept, out.left, err = addExport(a, r, t.Now())
		} else {
			err = addFacts(a, field, r, seen, t.Now())
		}
		if err != nil {
			return err
		}
		saved, err := t.SaveApplication(a)
		if err != nil {
			return err
		}
		t.Did("file.add", "file/"+f.ID, "", field)
		if err := k.documentClock(t, subject, a); err != nil {
			return err
		}
		if saved.Same {
			return nil
		}
		return k.enqueue(t, subject, hops)
	})
	return out, err
}

// belongs says which kinds of file a field takes.
func belongs(k document.Kind, field string) bool {
	switch k {
	case document.Export:
		return field == "resume"
	case document.HTML:
		return field == "pages"
	}
	return field != "pages"
}

// looks is how the picture in a file looks, where the field is one that pictures are compared in.
func looks(field string, r *confine.Result) record.Photo {
	p := record.Photo{}
	if field == "photos" || strings.HasPrefix(field, "documents[") {
		p = link.Looks(r.Pixels())
	}
	p.SHA256 = r.SHA256
	return p
}

// addFacts puts what was seen where checks and linking read it.
func addFacts(a *record.Application, field string, r *confine.Result, seen record.Photo, now time.Time) error {
	switch {
	case field == "pages":
		p := record.Page{URL: r.Page.Address, AsOf: record.DateOf(now), Text: r.Text, Skeleton: r.Page.Skeleton, Assets: r.Page.Assets, Theme: r.Page.Theme}
		if i := slices.IndexFunc(a.Pages, func(have record.Page) bool { return have.URL == p.URL && p.URL != "" }); i >= 0 {
			a.Pages[i] = p // saved again
			return nil
		}
		a.Pages = append(a.Pages, p)
		return nil
	case field == "resume":
		a.Resume.SHA256 = r.SHA256
		if strings.TrimSpace(a.Resume.Text) == "" {
			a.Resume.Text = r.Text
		}
		if x, err := intake.Packed(partsOf(r), "resume", intake.Options{Received: now}); err == nil && len(a.Resume.Work) == 0 {
			a.Resume.Work, a.Resume.Education, a.Resume.Skills = x.Resume.Work, x.Resume.Education, x.Resume.Skills
		}
	case field == "photos":
		field = "photos[" + strconv.Itoa(len(a.Photos)) + "]"
		if i := slices.IndexFunc(a.Photos, func(p record.Photo) bool { return p.SHA256 == r.SHA256 }); i >= 0 {
			return nil // the same picture again
		}
		a.Photos = append(a.Photos, seen)
	default:
		i, err := strconv.Atoi(strings.Trim(field[len("documents"):], "[]"))
		if err != nil || i >= len(a.Documents) {
			return record.Invalid("field", "the record has no such document; hand the document in first")
		}
		a.Documents[i].SHA256, a.Documents[i].PHash = seen.SHA256, seen.PHash
	}
	a.Files = slices.DeleteFunc(slices.Clone(a.Files), func(f record.FileFacts) bool { return f.Field == field })
	a.Files = append(a.Files, r.Facts(field))
	return nil
}

// addExport puts a service's archive of somebody's own data beside what they told us.
func addExport(a *record.Application, r *confine.Result, now time.Time) (kept, left []string, err error) {
	x, err := intake.Packed(partsOf(r), "export", intake.Options{Received: now})
	if err != nil {
		return nil, nil, err
	}
	kept, left = addClaims(a, x, now)
	return kept, left, nil
}

func partsOf(r *confine.Result) []intake.Part {
	parts := make([]intake.Part, len(r.Parts))
	for i, p := range r.Parts {
		parts[i] = intake.Part(p)
	}
	return parts
}

// ownTables is what stays of an archive: the tables that were read, as text.
func ownTables(r *confine.Result) (name string, b []byte) {
	for _, p := range r.Parts {
		b = append(b, "== "+p.Name+" ==\n"+p.Text+"\n"...)
	}
	return "export.txt", b
}

// Picture is one page of a file as pixels, in PNG, for a reviewer's eyes: the
// only way in which a document is looked at. none says why there is none.
func (k *Keeper) Picture(ctx context.Context, actor record.Actor, id string, page int, w io.Writer) (none string, err error) {
	if k.Files == nil {
		return "", &record.Error{Code: record.CodeUnavailable, Where: "files", Message: "this node reads no files"}
	}
	var b bytes.Buffer
	var name string
	err = k.Store.Update(ctx, actor, func(t *store.Tx) error {
		b.Reset()
		f, err := t.FileHead(id)
		if err != nil {
			return err
		}
		c, err := t.CaseOf(f.Subject)
		if err != nil {
			return err
		}
		if err := t.WriteFile(id, &b); err != nil {
			return err
		}
		name = f.Name
		t.Did("file.look", "file/"+id, c.ID, f.Kind)
		return nil
	})
	if err != nil {
		return "", err
	}
	r, err := k.Files.Read(ctx, bytes.NewReader(b.Bytes()), name)
	if err != nil {
		return "", err
	}
	switch {
	case r.Verdict != document.Accepted:
		return r.Detail, nil
	case r.Kind == document.PDF:
		p, err := k.Files.Page(ctx, bytes.NewReader(b.Bytes()), page)
		if err != nil || p.None != "" {
			return p.None, err
		}
		return "", p.WritePNG(w)
	case r.Picture.Width == 0:
		return r.NoPixels, nil
	}
	return "", r.WritePNG(w)
}
