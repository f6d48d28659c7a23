package screen

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"bonafide/record"
	"bonafide/store"
)

// TestHandInNew: each kind of file becomes an application of its own, called by its
// bytes; two files of one name are two people, one file again is the same.
func TestHandInNew(t *testing.T) {
	k, _ := fileKeeper(t)
	ctx := context.Background()
	machine := record.Machine("one")
	cv := docx("Mira Okonjo\nmira@mail.example\nTen years of Go in Porto.", "")
	for _, c := range []struct {
		file, format, name string
		bytes              []byte
	}{
		{"../intake/testdata/upwork/profile.json", "upwork", "Mira Okonjo", nil},
		{"../intake/testdata/json_resume/mira.resume.json", "json-resume", "", nil},
		{"../intake/testdata/github/account.json", "github", "", nil},
		{"../intake/testdata/telegram/account.json", "telegram-account", "", nil},
		{"../intake/testdata/europass/candidate.xml", "europass", "", nil},
		{"resume.docx", "docx", "", cv},
		{"resume.docx", "docx", "", docx("Igor Vorlage\nigor@mail.example\nFive years of Java in Wien.", "")},
	} {
		b := c.bytes
		if b == nil {
			var err error
			if b, err = os.ReadFile(c.file); err != nil {
				t.Fatal(err)
			}
		}
		got, err := k.HandIn(ctx, machine, Handed{Name: c.file[strings.LastIndexByte(c.file, '/')+1:], Bytes: b})
		if err != nil || got.Format != c.format || got.Subject == "" || got.Case == "" || got.Count != 1 || got.Again {
			t.Fatalf("%s: %+v %v", c.file, got, err)
		}
		if a := application(t, k, got.Subject); c.name != "" && a.Person.Name != c.name {
			t.Errorf("%s: %+v", c.file, a.Person)
		}
		again, err := k.HandIn(ctx, machine, Handed{Name: "x" + c.file[strings.LastIndexByte(c.file, '.'):], Bytes: b})
		if err != nil || again.Subject != got.Subject || !again.Again {
			t.Errorf("%s again: %+v %v", c.file, again, err)
		}
	}
	if n := subjects(t, k); n != 8 {
		t.Errorf("%d subjects, want the first and seven", n)
	}
	table, err := os.ReadFile("../intake/testdata/csv/english.csv")
	if err != nil {
		t.Fatal(err)
	}
	got, err := k.HandIn(ctx, machine, Handed{Name: "people.csv", Bytes: table})
	if err != nil || got.Job == "" || got.Count < 2 {
		t.Errorf("a table: %+v %v", got, err)
	}
	lines := `{"id":"n1","source":"form","received_at":"2026-11-20T09:00:00Z","person":{"name":"Nora"}}` + "\n" + `{"id":"n2","source":"form","received_at":7}` + "\n"
	got, err = k.HandIn(ctx, machine, Handed{Name: "people.jsonl", Bytes: []byte(lines)})
	if err != nil || got.Count != 1 || len(got.Broken) != 1 || got.Broken[0].Where != "2" || strings.Contains(fmt.Sprint(got.Broken), "file-") {
		t.Errorf("a broken line: %+v %v", got, err)
	}
	for name, bad := range map[string]string{"empty.json": "", "noise.json": "{", "none.json": "[]", "page.html": "<!doctype html><html><body>x</body></html>", "secret.exe": "MZ\x90\x00", "photo.png": string(picture())} {
		got, err := k.HandIn(ctx, machine, Handed{Name: name, Bytes: []byte(bad)})
		if got.Subject != "" || got.Job != "" || err == nil && got.Refused == "" && len(got.Broken) == 0 {
			t.Errorf("%s: %+v %v", name, got, err)
		}
		if err != nil && (strings.Contains(err.Error(), "file-") || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: the error names our name of it: %v", name, err)
		}
	}
}

func subjects(t *testing.T, k *Keeper) (n int) {
	t.Helper()
	if err := k.Store.View(context.Background(), record.Machine("one"), func(tx *store.Tx) error {
		all, err := tx.Subjects("", 1000)
		n = len(all)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestHandInBeside: an export is a claim beside what somebody told us. It changes
// neither name nor contacts, and says what of it was not taken.
func TestHandInBeside(t *testing.T) {
	k, subject := fileKeeper(t)
	ctx := context.Background()
	machine := record.Machine("one")
	beside := func(name string, b []byte) HandedIn {
		t.Helper()
		got, err := k.HandIn(ctx, machine, Handed{Name: name, Bytes: b, Subject: subject})
		if err != nil || got.Subject != subject {
			t.Fatalf("%s: %+v %v", name, got, err)
		}
		return got
	}
	read := func(path string) []byte {
		b, err := os.ReadFile("../intake/testdata/" + path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct{ file, kept, left string }{
		{"upwork/profile.json", "profile platforms", "contacts"},
		{"upwork/collected.json", "profile platforms", "contacts"},
		{"github/account.json", "profile code", "contacts"},
		{"github/events.json", "code", "contacts"},
		{"json_resume/mira.resume.json", "profile resume", "contacts"},
		{"europass/candidate.xml", "profile", "contacts"},
		{"telegram/account.json", "profile", "contacts"},
	} {
		got := beside(c.file, read(c.file))
		for _, w := range strings.Fields(c.kept) {
			if !slices.Contains(got.Kept, w) {
				t.Errorf("%s: kept %v without %s", c.file, got.Kept, w)
			}
		}
		t.Log(c.file, got.Kept, got.Left)
		for _, p := range append(got.Kept, got.Left...) {
			if !slices.Contains(Parts, p) {
				t.Errorf("%s: %q is told of by no word", c.file, p)
			}
		}
		if again := beside(c.file, read(c.file)); !again.Again {
			t.Errorf("%s again: %+v", c.file, again)
		}
	}
	page := "<!DOCTYPE html><html><head><link rel=canonical href=https://portfolio.example/></head><body>" + strings.Repeat("<section><h2>x</h2><p>words</p></section><div>y</div>", 8) + "</body></html>"
	if got := beside("page.html", []byte(page)); !slices.Equal(got.Kept, []string{"page"}) || got.File == "" {
		t.Errorf("a page: %+v", got)
	}
	mhtml := "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Location: https://other.example/\r\n\r\n" + strings.Replace(page, "<link rel=canonical href=https://portfolio.example/>", "", 1) + "\r\n--x--\r\n"
	beside("page.mhtml", []byte(mhtml))
	beside("resume.docx", docx("Ten years of Go in Porto.", ""))
	a := application(t, k, subject)
	if a.Person.Name != "Erika Beispiel" || len(a.Emails)+len(a.Phones)+len(a.Accounts)+len(a.URLs) != 0 {
		t.Errorf("what somebody told us was changed: %+v", a)
	}
	if len(a.Profiles) < 3 || len(a.Code) != 2 || len(a.Code[0].Repositories) == 0 || len(a.Platforms) == 0 || len(a.Pages) != 2 || len(a.Resume.Work) == 0 {
		t.Errorf("profiles %d, code %d, platforms %d, pages %d, work %d", len(a.Profiles), len(a.Code), len(a.Platforms), len(a.Pages), len(a.Resume.Work))
	}
	// Several people, our own shape, and nobody's record are refused, and nothing changes.
	for name, b := range map[string]string{"two.jsonl": `{"id":"a","source":"s"}` + "\n" + `{"id":"b","source":"s"}`, "one.json": `{"id":"a","source":"s","received_at":"2026-01-02T00:00:00Z"}`} {
		if _, err := k.HandIn(ctx, machine, Handed{Name: name, Bytes: []byte(b), Subject: subject}); err == nil && name == "one.json" {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := k.HandIn(ctx, machine, Handed{Name: "x.json", Bytes: read("upwork/profile.json"), Subject: "nobody"}); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("nobody's: %v", err)
	}
	if other := (record.Actor{Kind: record.ActorCandidate, ID: "another", Tenant: "one"}); true {
		if _, err := k.HandIn(ctx, other, Handed{Name: "x.json", Bytes: read("upwork/profile.json"), Subject: subject}); err == nil {
			t.Error("another applicant adds to it")
		}
	}
}
