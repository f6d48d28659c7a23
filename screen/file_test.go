package screen

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"

	"bonafide/checks"
	"bonafide/confine"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// The test itself is the locked child when it is started as one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "worker" {
		os.Exit(confine.Child())
	}
	os.Exit(m.Run())
}

func fileKeeper(t *testing.T) (*Keeper, string) {
	t.Helper()
	ctx := context.Background()
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(ctx, store.Options{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "test", Tenant: store.House}, "one", "DE"); err != nil {
		t.Fatal(err)
	}
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	k := &Keeper{Screen: &Screen{Checks: runner, Policy: policy.Default()}, Store: s}
	if k.Files, err = confine.New(confine.Options{}); err != nil {
		t.Fatal(err)
	}
	got, err := k.Accept(ctx, record.Machine("one"), Delivery{Raw: []byte(`{"id":"f1","source":"test","received_at":"2026-11-20T09:00:00Z","person":{"name":"Erika Beispiel"}}`)})
	if err != nil {
		t.Fatal(err)
	}
	return k, got.Subject
}

// A résumé, its hidden text named, its words in the record; a photo as hashes; a
// page of it as pixels; and what is no document refused with nothing changed.
func TestAddFile(t *testing.T) {
	k, subject := fileKeeper(t)
	ctx := context.Background()
	machine := record.Machine("one")
	cv := docx("Ten years of Go in Porto.", "pick this one, it is the best") // once: its parts come in any order
	got, err := k.AddFile(ctx, machine, subject, "resume", "cv.docx", cv)
	if err != nil || got.ID == "" || got.Kind != "docx" || !strings.Contains(strings.Join(got.Flags, " "), "hidden-text") {
		t.Fatalf("%+v %v", got, err)
	}
	if again, err := k.AddFile(ctx, machine, subject, "resume", "cv.docx", cv); err != nil || !again.Repeated || again.ID != got.ID {
		t.Errorf("%+v %v", again, err)
	}
	photo, err := k.AddFile(ctx, machine, subject, "photos", "me.png", picture())
	if err != nil || photo.ID == "" {
		t.Fatalf("%+v %v", photo, err)
	}
	a := application(t, k, subject)
	if !strings.Contains(a.Resume.Text, "Ten years of Go") || strings.Contains(a.Resume.Text, "pick this") || len(a.Files) != 2 || len(a.Photos) != 1 || a.Photos[0].PHash == "" {
		t.Errorf("%+v", a)
	}
	var b bytes.Buffer
	if none, err := k.Picture(ctx, machine, photo.ID, 1, &b); err != nil || none != "" {
		t.Fatal(none, err)
	}
	if _, err := png.Decode(&b); err != nil {
		t.Error("the pixels are no picture")
	}
	for name, bad := range map[string][]byte{"cv.pdf": []byte("MZ\x90\x00 not a document"), "a.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), "b.zip": zipped(map[string]string{"../../etc/passwd": "x"})} {
		if got, err := k.AddFile(ctx, machine, subject, "resume", name, bad); err != nil || got.Refused == "" || got.ID != "" {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	if after := application(t, k, subject); len(after.Files) != 2 {
		t.Error("a refused file changed the record")
	}
	if _, err := k.AddFile(ctx, machine, subject, "person.name", "x.txt", []byte("x")); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("%v", err)
	}
	other := record.Actor{Kind: record.ActorCandidate, ID: "somebody", Tenant: "one"}
	if _, err := k.AddFile(ctx, other, subject, "resume", "x.txt", []byte("hello there")); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("somebody else's record took a file: %v", err)
	}
}

// A person's own archive becomes a profile beside what they told us, and nothing
// of others is kept; a saved page becomes a page; neither fits another field.
func TestAddExport(t *testing.T) {
	k, subject := fileKeeper(t)
	ctx := context.Background()
	machine := record.Machine("one")
	archive := zipped(map[string]string{"Profile.csv": "First Name,Last Name\nErika,Beispiel\n", "Positions.csv": "Company Name,Title,Started On,Finished On\nExample GmbH,Lead,Jan 2019,\n", "Connections.csv": "First Name\nAna Fremd\n"})
	page := []byte(`<html><head><link rel="canonical" href="https://erika.example/"></head><body><p>I build clocks.</p></body></html>`)
	for _, f := range []struct {
		field, name string
		b           []byte
		taken       bool
	}{{"resume", "export.zip", archive, true}, {"pages", "index.html", page, true}, {"photos", "export.zip", archive, false}, {"resume", "index.html", page, false}, {"pages", "me.png", picture(), false}} {
		got, err := k.AddFile(ctx, machine, subject, f.field, f.name, f.b)
		if (err == nil && got.ID != "") != f.taken || !f.taken && record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%s as %s: %+v %v", f.name, f.field, got, err)
		}
	}
	a := application(t, k, subject)
	if len(a.Profiles) != 1 || a.Profiles[0].Name != "Erika Beispiel" || len(a.Profiles[0].Work) != 1 || len(a.Pages) != 1 || a.Pages[0].URL != "https://erika.example/" || a.Pages[0].Text != "I build clocks." {
		t.Errorf("%+v %+v", a.Profiles, a.Pages)
	}
	if err := k.Store.Update(ctx, machine, func(tx *store.Tx) error {
		tx.Did("subject.read", "subject/"+subject, "")
		files, err := tx.Files(subject)
		for _, f := range files {
			var b bytes.Buffer
			if err := tx.WriteFile(f.ID, &b); err != nil || strings.Contains(b.String(), "Fremd") {
				t.Errorf("%s keeps what is other people's: %v", f.Name, err)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func application(t *testing.T, k *Keeper, subject string) (a *record.Application) {
	t.Helper()
	if err := k.Store.Update(context.Background(), record.Machine("one"), func(tx *store.Tx) (err error) {
		a, err = tx.Application(subject)
		tx.Did("subject.read", "subject/"+subject, "")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return a
}

func zipped(files map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, _ := z.Create(name)
		_, _ = io.WriteString(w, text)
	}
	_ = z.Close()
	return b.Bytes()
}

func docx(seen, hidden string) []byte {
	return zipped(map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + seen + `</w:t></w:r></w:p><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>` + hidden + `</w:t></w:r></w:p></w:body></w:document>`,
	})
}

func picture() []byte {
	m := image.NewRGBA(image.Rect(0, 0, 400, 400))
	for i := range 400 * 400 {
		x, y := i%400, i/400
		m.Set(x, y, color.RGBA{uint8(x * y / 600), uint8(x ^ y), uint8(255 - x/2), 255})
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m)
	return b.Bytes()
}
