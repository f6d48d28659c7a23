package casework

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"bonafide/audit"
	"bonafide/record"
	"bonafide/store"
)

// packageOf makes the package of a case with everything in it.
func packageOf(t *testing.T, others bool) (b []byte, key string, o *office) {
	t.Helper()
	o = openOffice(t)
	c := o.open(record.CaseReview)
	if err := o.Store.Update(o.ctx, record.Machine("acme"), func(tx *store.Tx) error {
		_, err := tx.SaveResult(c.Subject, 1, &record.Result{Record: "test/1", Person: "Erika Beispiel", Assessment: record.Review,
			Links:    []record.Link{{Kind: record.KindPhone, Field: "phones[0]", Others: []string{"test/77"}, Identities: 1, Population: 9, Strength: record.Strong}},
			Findings: []record.Finding{{Check: "link-contact-reuse", Outcome: record.Hit, Strength: record.Strong, Family: record.Contact, Text: record.Text{EN: "The phone number is also on another application."}, Evidence: []record.Evidence{{Field: "phones[0]", ComparedWith: "test/77"}}}}})
		if err == nil {
			_, _, err = tx.SaveFile(c.Subject, "resume", "../../evil<script>.pdf", []byte("%PDF-1.4 an original"))
		}
		tx.Did("subject.screen", "subject/"+c.Subject, c.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Ask(o.ctx, reviewer("ana"), c.ID, []Asking{question}); err != nil {
		t.Fatal(err)
	}
	h, err := o.ProposeEvidence(o.ctx, reviewer("ana"), c.ID, "police report 4711", "LKA", others)
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	is(t, "made by whoever proposed it", o.MakeEvidence(o.ctx, reviewer("ana"), h.ID, "test", &w), record.CodeRefused)
	if err := o.MakeEvidence(o.ctx, reviewer("ben"), h.ID, "test", &w); err != nil {
		t.Fatal(err)
	}
	return w.Bytes(), o.key, o
}

func read(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		x, _ := io.ReadAll(r)
		all[f.Name] = string(x)
	}
	return all
}

func write(all map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	names := []string{}
	for n := range all {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		f, _ := z.Create(n)
		_, _ = io.WriteString(f, all[n])
	}
	_ = z.Close()
	return b.Bytes()
}

func verify(b []byte, key string) (*audit.EvidenceReport, error) {
	return audit.VerifyEvidence(bytes.NewReader(b), int64(len(b)), key)
}

func TestEvidence(t *testing.T) {
	b, key, _ := packageOf(t, false)
	r, err := verify(b, key)
	if err != nil || !r.OK() {
		t.Fatalf("%+v %v", r, err)
	}
	all := read(t, b)
	for _, name := range []string{"case-en.html", "case-de.html", "case-pt.html", "application-1.json", "result-1.json", "requests.json", "decisions.json", "access.json", "originals/001", "README.txt"} {
		if all[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	if !strings.Contains(all["originals/001"], "an original") || !strings.Contains(all["access.json"], "request.send") {
		t.Error("an original or who had access is missing")
	}
	for name, x := range all {
		if strings.Contains(x, "test/77") {
			t.Errorf("%s names another person's record", name)
		}
		if strings.Contains(name, "evil") {
			t.Error("a name somebody gave became the name of a file")
		}
	}
	if !strings.Contains(all["result-1.json"], "other-1") {
		t.Error("the other record has no name at all")
	}
	named, _, _ := packageOf(t, true)
	if !strings.Contains(read(t, named)["result-1.json"], "test/77") {
		t.Error("others were asked for and are blanked")
	}
	// Another key signs nothing here.
	_, other, _ := packageOf(t, false)
	if r, err := verify(b, other); err != nil || r.OK() {
		t.Errorf("verified with another house's key: %+v %v", r, err)
	}
}

// Any change of any byte of any file is seen, and so is a file more or less.
func TestEvidenceChanged(t *testing.T) {
	b, key, _ := packageOf(t, false)
	all := read(t, b)
	for name, x := range all {
		step := max(1, len(x)/40)
		for i := 0; i < len(x); i += step {
			changed := []byte(x)
			changed[i] ^= 1
			all[name] = string(changed)
			if r, err := verify(write(all), key); err == nil && r.OK() {
				t.Errorf("%s may be changed at byte %d", name, i)
			}
		}
		delete(all, name)
		if r, err := verify(write(all), key); err == nil && r.OK() {
			t.Errorf("%s may be missing", name)
		}
		all[name] = x
	}
	all["more.txt"] = "x"
	if r, err := verify(write(all), key); err == nil && r.OK() {
		t.Error("a file more passed")
	}
	if _, err := verify([]byte("no zip"), key); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("%v", err)
	}
}

func FuzzVerifyEvidence(f *testing.F) {
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add(write(map[string]string{"manifest.json": `{"format":"bonafide evidence 1"}`}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := verify(b, "x+00000000+AAAA"); err == nil && r.OK() {
			t.Fatal("verified without the key")
		}
	})
}
