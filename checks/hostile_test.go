package checks

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/tools/txtar"

	"bonafide/record"
)

// subjects are all subjects of all archives, with the name of their case.
func subjects(tb testing.TB) map[string][]byte {
	tb.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		tb.Fatal("no archives", err)
	}
	all := map[string][]byte{}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		for _, f := range ar.Files {
			if strings.HasSuffix(f.Name, ".subject") {
				all[filepath.Base(file)+"/"+f.Name] = f.Data
			}
		}
	}
	return all
}

func subjectOf(b []byte) (*record.Subject, error) {
	var s struct {
		Application record.Application `json:"application"`
		Links       []record.Link      `json:"links"`
	}
	s.Application.ReceivedAt = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, err
	}
	return &record.Subject{Application: &s.Application, Links: s.Links}, nil
}

// No check breaks on what another check's cases hold.
func TestNoCheckFails(t *testing.T) {
	r, err := NewRunner(Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range subjects(t) {
		s, err := subjectOf(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		failed(t, r, s)
	}
}

// FuzzChecks: whatever an application holds, no check breaks, and two runs give
// one answer.
func FuzzChecks(f *testing.F) {
	for _, b := range subjects(f) {
		f.Add(b)
	}
	r, err := NewRunner(Catalogue())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := subjectOf(bytes.Clone(b))
		if err != nil {
			return
		}
		failed(t, r, s)
	})
}

func failed(t *testing.T, r *Runner, s *record.Subject) {
	t.Helper()
	one, two := r.Run(s, nil), r.Run(s, nil)
	if len(one.Findings) != len(two.Findings) {
		t.Fatal("two runs, two answers")
	}
	for i, f := range one.Findings {
		if f.Outcome == record.Failed {
			t.Errorf("%s failed", f.Check)
		}
		if f.Text != two.Findings[i].Text || f.Strength != two.Findings[i].Strength {
			t.Errorf("%s: two runs, two answers", f.Check)
		}
	}
}

// A record as large as anybody can send does not keep a check busy: the work is
// bounded by what people can have.
func TestEndlessRecord(t *testing.T) {
	r, err := NewRunner(Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	a := &record.Application{ID: "1", Source: "example", ReceivedAt: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	a.Person.Address.Country = "PT"
	for i := range 20000 {
		at := a.ReceivedAt.Add(time.Duration(i) * time.Minute)
		n := string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26))
		a.Emails = append(a.Emails, "x@firm"+n+".example")
		a.Phones = append(a.Phones, "+35130"+strings.Repeat("1", 7))
		a.Sessions = append(a.Sessions, record.Session{At: at, IP: "2001:db8::1", Timezone: "Asia/Tokyo"})
		a.Messages = append(a.Messages, record.Message{At: at, Headers: "Date: Mon, 2 Mar 2026 09:00:00 +0900"})
		a.References = append(a.References, record.Reference{Email: "x@firn" + n + ".example", Organisation: "Firm " + n, ReplyIP: "2001:db8::1"})
		a.Resume.Work = append(a.Resume.Work, record.Work{Organisation: "Firm " + n, URL: "https://firm" + n + ".example", Start: "2020"})
		a.History = append(a.History, record.Change{At: at, Field: "phones[0]", Old: "+351300000000", New: "+351300000001"})
	}
	a.Stage = []record.Stage{{At: "2026-03-01", Name: "offer"}}
	began := time.Now()
	rep := r.Run(&record.Subject{Application: a}, nil)
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("%v for one record", took)
	}
	for _, f := range rep.Findings {
		if len(f.Evidence) > 64 {
			t.Errorf("%s: %d pieces of evidence", f.Check, len(f.Evidence))
		}
	}
}
