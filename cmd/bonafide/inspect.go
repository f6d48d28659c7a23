package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/confine"
	"bonafide/confine/document"
	"bonafide/link"
	"bonafide/record"
)

// InspectCmd is `bonafide inspect`.
type InspectCmd struct {
	Files   []string `arg:"" optional:"" help:"Files to look at: PDF, DOCX, ODT, plain text, JPEG, PNG, WebP, GIF, TIFF, .eml, pages saved as HTML or MHTML, LinkedIn and Telegram archives; - is standard input."`
	Format  string   `enum:"text,json" default:"text" help:"text for reading, json for one object a line."`
	Picture string   `placeholder:"OUT.png" help:"Also write the pixels of one picture, or of one page of a PDF, anew, without anything else the file holds."`
	Page    int      `default:"1" help:"The page of a PDF for --picture."`
	Locks   bool     `help:"Say which locks hold on this machine, and stop."`
}

// Help is printed below the flags.
func (InspectCmd) Help() string {
	return `Example:

  bonafide inspect resume.pdf passport.jpg

Every file is read in its own locked process, without network, without other files, with little
time and memory. Shown are the text a person sees, the text she does not see, what would act
when the file is opened, who and what the file names as its makers, and earlier states it keeps.
Nothing in a file is run, followed or fetched.

Exit code 3: done, but some files were refused; the reason stands with each.`
}

// Run looks at the files in the order given.
func (c *InspectCmd) Run(stdout io.Writer) error {
	w, err := confine.New(confine.Options{})
	if err != nil {
		return err
	}
	ctx := context.Background()
	if c.Locks {
		return c.locks(ctx, w, stdout)
	}
	if len(c.Files) == 0 {
		return exit{exitUsage, "name at least one file; bonafide inspect --help shows an example"}
	}
	if c.Picture != "" && len(c.Files) != 1 {
		return exit{exitUsage, "--picture takes one file"}
	}
	refused := 0
	for _, path := range c.Files {
		r, err := inspect(ctx, w, path)
		if err != nil {
			return err
		}
		if r.Verdict == document.Refused {
			refused++
		}
		if c.Picture != "" {
			if err := c.writePicture(ctx, w, path, r); err != nil {
				return err
			}
		}
		if c.Format == "json" {
			line := struct {
				File string `json:"file"`
				*confine.Result
				PHash string   `json:"phash,omitempty"`
				PDQ   string   `json:"pdq,omitempty"`
				Views []string `json:"views,omitempty"`
			}{File: document.Clean(filepath.Base(path), document.MaxString, false), Result: r}
			seen := link.Looks(r.Pixels())
			line.PHash, line.PDQ, line.Views = seen.PHash, seen.PDQ, seen.Views
			if err := json.MarshalWrite(stdout, line, jsontext.EscapeForHTML(true)); err != nil {
				return err
			}
			fmt.Fprintln(stdout)
			continue
		}
		printFile(stdout, path, r)
	}
	if refused > 0 {
		return exit{exitRejected, fmt.Sprintf("%d of %d files refused", refused, len(c.Files))}
	}
	return nil
}

func inspect(ctx context.Context, w *confine.Worker, path string) (*confine.Result, error) {
	if path == "-" {
		return w.Read(ctx, os.Stdin, "")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, notThere(path, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, &record.Error{Code: record.CodeInvalid, Where: path, Message: "is a folder; name the files in it"}
	}
	return w.Read(ctx, f, filepath.Base(path))
}

// writePicture writes the pixels; those of a PDF are rendered first, where the
// machine has what it takes.
func (c *InspectCmd) writePicture(ctx context.Context, w *confine.Worker, path string, r *confine.Result) error {
	picture := r.WritePNG
	none := ""
	if len(r.RGB) == 0 {
		none = "there is no picture of this file"
	}
	if r.Kind == document.PDF && r.Verdict == document.Accepted && path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return notThere(path, err)
		}
		defer f.Close()
		p, err := w.Page(ctx, f, c.Page)
		if err != nil {
			return err
		}
		picture, none = p.WritePNG, p.None
	}
	if none != "" {
		return &record.Error{Code: record.CodeNotFound, Where: c.Picture, Message: "not written: " + none}
	}
	out, done, err := wholeFile(c.Picture)
	if err != nil {
		return err
	}
	if err := picture(out); err != nil {
		return err
	}
	return done()
}

func (c *InspectCmd) locks(ctx context.Context, w *confine.Worker, stdout io.Writer) error {
	report, err := w.Locks(ctx)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		if err := json.MarshalWrite(stdout, report); err != nil {
			return err
		}
		fmt.Fprintln(stdout)
		return nil
	}
	for _, l := range report.Held {
		fmt.Fprintf(stdout, "holds    %s\n", l)
	}
	for _, l := range report.Missing {
		fmt.Fprintf(stdout, "missing  %s\n", l)
	}
	return nil
}

// printFile prints one file for reading.
func printFile(w io.Writer, path string, r *confine.Result) {
	fmt.Fprintf(w, "%s\n", document.Clean(filepath.Base(path), document.MaxString, false))
	row := func(key string, values ...string) {
		if line := strings.TrimSpace(strings.Join(values, " ")); line != "" {
			fmt.Fprintf(w, "  %-12s %s\n", key, line)
		}
	}
	if r.Verdict == document.Refused {
		row("refused", r.Reason+": "+r.Detail)
		row("sha256", r.SHA256)
		return
	}
	row("kind", fmt.Sprintf("%s, %d bytes%s", r.Kind, r.Size, howMany(r.Pages, ", 1 page", ", %d pages")))
	row("sha256", r.SHA256)
	for _, f := range r.Flags {
		row("note", f+": "+flagSays[f])
	}
	m := r.Metadata
	row("title", m.Title)
	row("author", m.Author)
	row("saved by", m.LastAuthor)
	row("company", m.Company)
	row("made with", strings.Join(m.Software, "; "))
	row("template", m.Template)
	row("created", m.Created)
	row("modified", m.Modified)
	row("revisions", howMany(m.Revisions, "", "%d"))
	row("document id", m.DocumentID)
	row("instance id", m.InstanceID)
	for _, a := range r.Active {
		row("would act", a.Kind, a.Where, a.Detail)
	}
	for _, l := range r.Links {
		row("link", l)
	}
	for _, g := range r.Images {
		printImage(row, &g)
	}
	seen := link.Looks(r.Pixels())
	row("phash", seen.PHash)
	row("pdq", seen.PDQ)
	for _, v := range seen.Views {
		row("a part", v)
	}
	if r.Mail != nil {
		row("from", r.Mail.From)
		row("to", r.Mail.To)
		row("subject", r.Mail.Subject)
		row("date", r.Mail.Date)
		for _, a := range r.Mail.Attachments {
			row("attached", a)
		}
	}
	if p := r.Page; p != nil {
		row("saved from", p.Address)
		row("theme", p.Theme)
		row("skeleton", p.Skeleton)
		for _, a := range p.Assets {
			row("picture in it", a)
		}
	}
	row("pixels", r.NoPixels)
	block := func(title, text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		fmt.Fprintf(w, "  %s\n", title)
		for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
			fmt.Fprintf(w, "    %s\n", line)
		}
	}
	for _, h := range r.Hidden {
		block("not seen by a reader ("+h.How+howMany(h.Page, ", page 1", ", page %d")+")", h.Text)
	}
	for i, e := range r.Earlier {
		block(fmt.Sprintf("an earlier state, %d", i+1), e)
	}
	block("text", r.Text)
	for _, p := range r.Parts {
		block(p.Name, p.Text)
	}
}

func printImage(row func(string, ...string), g *document.Image) {
	parts := []string{fmt.Sprintf("%s, %d × %d", g.Format, g.Width, g.Height)}
	for _, p := range []struct{ word, value string }{{"camera", g.Camera}, {"made with", strings.Join(g.Software, "; ")}, {"taken", g.Taken}, {"changed", g.Modified}} {
		if p.value != "" {
			parts = append(parts, p.word+" "+p.value)
		}
	}
	if g.GPS {
		parts = append(parts, "a place is written in it")
	}
	if q := g.Quality; q.Sharpness > 0 {
		parts = append(parts, fmt.Sprintf("sharpness %.0f", q.Sharpness))
	}
	row("picture", strings.Join(parts, ", "))
}

func howMany(n int, one, many string) string {
	switch {
	case n == 0:
		return ""
	case n == 1 || !strings.Contains(many, "%d"):
		return one
	}
	return fmt.Sprintf(many, n)
}

var flagSays = map[string]string{
	document.FlagActive:    "something in it would act when opened in an ordinary program",
	document.FlagHidden:    "it carries text that a reader of the page does not see",
	document.FlagRevisions: "it keeps earlier states of itself",
	document.FlagFirst:     "only the first of several pictures is shown",
	document.FlagPolyglot:  "it could also be read as another kind of file",
	document.FlagMalformed: "it is damaged; other programs may show something else",
	document.FlagPartial:   "a limit was met; what is shown is not all",
	document.FlagOCR:       "its letters are invisible ones that a scanner laid over a picture; compare the two",
	document.FlagMismatch:  "its letters say one thing and draw another; trust the picture",
	document.FlagNoText:    "most of its letters cannot be told",
	document.FlagMarks:     "signs that cannot be seen were made visible as ⟦U+…⟧",
}
