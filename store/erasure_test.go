package store

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bonafide/record"
)

// canaries are strings that stand in every field of a subject's record.
func canaries(who string) []string {
	return []string{"Canary Petrel " + who, who + "@example.org", "canary-resume-" + who, "canary-file-" + who, "canary-note-" + who, "canary-task-" + who,
		"canary-ask-" + who, "canary-reason-" + who, "canary-event-" + who, "canary-message-" + who, "canary-finding-" + who, "canary-answer-" + who, "canary-name-" + who}
}

// fill writes a subject into every table that holds one.
func (b *bench) fill(who string) (subject string, c record.Case) {
	a := application(who)
	a.Resume.Text = strings.Repeat("canary-resume-"+who+" ", 300)
	b.do(func(t *Tx) error {
		s, err := t.SaveApplication(a)
		if err != nil {
			return err
		}
		subject = s.Subject
		steps := []func() error{
			func() error {
				a.Phones = []string{"+49301234567"}
				_, err := t.SaveApplication(a)
				return err
			},
			func() error {
				_, err := t.SaveResult(subject, 1, &record.Result{Record: a.Name(), Person: a.Person.Name, Findings: []record.Finding{{Check: "x", Text: record.Text{EN: "canary-finding-" + who}}}})
				return err
			},
			func() error { return t.SaveProfile(subject, []byte("canary-resume-"+who)) },
			func() error {
				return t.SaveLinkKeys(subject, day, []LinkKey{{77, record.KindPhone, 0}})
			},
			func() error { return t.SaveEdges(subject, []Edge{{Other: "someone", Kind: record.KindPhone}}) },
			func() error { return t.SaveTerms(subject, []Term{{"mail", who + "@example.org"}}) },
			func() error {
				_, _, err := t.SaveEvent(Event{Source: "s", Key: who, Subject: subject, Kind: "k", At: day, Body: []byte("canary-event-" + who)})
				return err
			},
			func() error {
				for i := range foldLeast {
					_, _, err := t.SaveEvent(Event{Source: "s", Key: who + itoa(i), Subject: subject, Kind: "k", At: day.Add(-2 * foldAfter), Body: []byte("canary-event-" + who)})
					if err != nil {
						return err
					}
				}
				n, _, err := t.fold(subject)
				if n != foldLeast {
					return errBlock
				}
				return err
			},
			func() error {
				_, _, err := t.SaveFile(subject, "resume", "canary-name-"+who, bytes.Repeat([]byte("canary-file-"+who+" "), 40_000))
				return err
			},
			func() (err error) {
				c, err = t.OpenCase(record.Case{Subject: subject, State: record.CaseReview, Assessment: record.Review})
				return err
			},
			func() error { _, err := t.AddNote(c.ID, "canary-note-"+who); return err },
			func() error { _, err := t.AddTask(Task{Case: c.ID, Kind: "k", Text: "canary-task-" + who}); return err },
			func() error {
				_, err := t.AddRequest(Request{Case: c.ID, Kind: "k", Ask: "canary-ask-" + who})
				return err
			},
			func() error {
				_, err := t.Propose(record.Decision{Case: c.ID, To: record.CaseCleared, Proposer: "ann", Reasons: "canary-reason-" + who}, true)
				return err
			},
			func() error {
				return t.KeepAnswer("key-"+who, []byte("d"), subject, Answer{Status: 201, Body: []byte("canary-answer-" + who)})
			},
			func() error {
				_, err := t.Send(Message{Topic: "t", Target: "hook/1", Subject: subject, Body: []byte("canary-message-" + who)})
				return err
			},
			func() error {
				_, _, err := t.AddJob(Job{Kind: "k", Subject: subject, Args: []byte("canary-message-" + who)})
				return err
			},
			func() error {
				return t.AddToken(sum([]byte(who)), Token{Purpose: "p", Subject: subject, Expires: day.AddDate(0, 0, 1), Data: []byte("canary-ask-" + who)})
			},
			func() error {
				return t.AddLookup(Lookup{At: day, Subject: subject, Occasion: "k", Host: "canary-ask-" + who})
			},
			func() error { return t.SetClock(subject, ClassApplication, day.AddDate(0, 6, 0), 0, "AGG") },
		}
		for i, step := range steps {
			if err := step(); err != nil {
				return fmt.Errorf("step %d: %w", i, err)
			}
		}
		return nil
	})
	return subject, c
}

// scan looks for strings in every byte of a folder.
func scanFor(t *testing.T, dir string, strings ...string) (hits []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, s := range strings {
			if bytes.Contains(b, []byte(s)) {
				hits = append(hits, filepath.Base(path)+": "+s)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

// TestErasure: after it no byte of the subject stands in the database, its log,
// its free pages or beside it, and not even its sealed rows and wrapped key.
func TestErasure(t *testing.T) {
	dir := t.TempDir()
	b := openBench(t, Options{Path: dir})
	subject, c := b.fill("one")
	other, _ := b.fill("two")
	// What is sealed now, to look for after: the ciphertext must be gone as well.
	var traces []string
	b.View(ctx, ann("acme"), func(x *Tx) error {
		for _, table := range personal {
			column := "sealed"
			switch table {
			case "subject_keys":
				column = "wrapped"
			case "cases", "terms", "edges", "link_keys", "clocks", "holds":
				continue
			}
			err := x.each("select "+column+" from "+table+" where tenant = $1 and subject = $2", func(s scan) error {
				var v []byte
				err := s(&v)
				traces = append(traces, string(v[:min(len(v), 48)]))
				return err
			}, subject)
			if err != nil {
				t.Fatal(err)
			}
		}
		return nil
	})
	if len(traces) < 15 {
		t.Fatalf("only %d sealed values: fill does not fill", len(traces))
	}
	if hits := scanFor(t, dir, canaries("one")...); len(hits) > 0 {
		t.Errorf("plain text on the disk before erasure: %v", hits)
	}
	if hits := scanFor(t, dir, traces...); len(hits) < len(traces) {
		t.Fatalf("%d of %d sealed values found on the disk: this test sees nothing", len(hits), len(traces))
	}
	var hold Hold
	b.do(func(t *Tx) (err error) { hold, err = t.AddHold(subject, "file 12", day.AddDate(0, 1, 0)); return err })
	err := b.try("acme", func(t *Tx) error { _, err := t.Erase(subject, "request", "bob"); return err })
	want(t, err, record.CodeRefused)
	if !strings.Contains(err.Error(), "legal hold") {
		t.Error(err)
	}
	b.do(func(t *Tx) error { return t.ReleaseHold(hold.ID) })
	b.do(func(t *Tx) error {
		return t.KeepClosed(c.ID, []LinkKey{{77, record.KindPhone, 0}}, 365)
	})
	var e Erasure
	b.do(func(t *Tx) (err error) { e, err = t.Erase(subject, "request", "bob"); return err })
	for _, table := range append([]string{"subjects"}, personal...) {
		if !strings.Contains(e.Counts, table+"=") {
			t.Errorf("nothing was erased from %s: %s", table, e.Counts)
		}
	}
	if err := b.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	if hits := scanFor(t, dir, append(traces, canaries("one")...)...); len(hits) > 0 {
		t.Errorf("%d traces after erasure, of %d", len(hits), len(traces))
	}
	want(t, b.try("acme", func(t *Tx) error { _, err := t.Application(subject); return err }), record.CodeNotFound)
	want(t, b.try("acme", func(t *Tx) error { _, err := t.SaveApplication(application("one")); return err }), record.CodeRefused)
	b.do(func(x *Tx) error {
		if kept, err := x.Closed([]uint64{77}); err != nil || len(kept) != 1 || kept[0].Case != c.ID {
			t.Errorf("the closed case's keys: %+v, %v", kept, err)
		}
		_, err := x.Application(other)
		return err
	})
	if r, err := b.VerifyAudit(ctx, "acme", nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("the audit after erasure: %+v, %v", r, err)
	}
	b.View(ctx, ann("acme"), func(x *Tx) error {
		if n, err := x.count("select count(*) from event_keys where tenant = $1"); n != foldLeast || err != nil {
			t.Errorf("%d keys of folded events are left, %v: want those of the other", n, err)
		}
		return nil
	})
	ledger, err := os.ReadFile(filepath.Join(dir, "ledger.jsonl"))
	if err != nil || !bytes.Contains(ledger, []byte(subject)) {
		t.Errorf("ledger %s, %v", ledger, err)
	}
	b.pass(400 * 24 * time.Hour)
	b.do(func(x *Tx) error {
		if kept, err := x.Closed([]uint64{77}); err != nil || len(kept) != 0 {
			t.Errorf("past their time: %+v, %v", kept, err)
		}
		_, err := x.DropClosed()
		return err
	})
}

// TestRetention: at every day of a year just those clocks are due that a model
// says.
func TestRetention(t *testing.T) {
	b := openBench(t, Options{})
	due := map[string]time.Time{}
	held := map[string]time.Time{}
	for i := range 24 {
		s := b.subject(fmt.Sprint("r", i))
		due[s] = day.AddDate(0, 0, 15*i)
		b.do(func(t *Tx) error { return t.SetClock(s, ClassApplication, due[s], 0, "AGG") })
		if i%5 == 0 {
			held[s] = day.AddDate(0, 0, 15*i+40)
			b.do(func(t *Tx) error { _, err := t.AddHold(s, "file", held[s]); return err })
		}
	}
	for range 400 {
		now := b.clock.now()
		b.View(ctx, ann("acme"), func(x *Tx) error {
			got, err := x.DueClocks(100)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for s, at := range due {
				if !at.After(now) && !held[s].After(now) {
					n++
				}
			}
			if len(got) != n {
				t.Errorf("%s: %d due, the model says %d", now.Format("2006-01-02"), len(got), n)
			}
			return nil
		})
		b.pass(24 * time.Hour)
	}
	if p := Profiles["AT"]; p.Days[ClassApplication] != 215 || p.Anchor != "receipt" || p.Verified {
		t.Errorf("%+v", p)
	}
}

// TestExpiry: what is due goes without a human, what is held stays, and the day
// after there is nothing more to do.
func TestExpiry(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		one, _ := b.fill("one")
		two, _ := b.fill("two")
		finish := func(subject string) {
			b.do(func(t *Tx) error {
				c, err := t.CaseOf(subject)
				if err != nil {
					return err
				}
				c.State = record.CaseNotVerified
				_, err = t.SaveCase(c)
				return err
			})
		}
		b.do(func(t *Tx) error {
			_, _, err := t.SaveFile(two, "document", "pass.jpg", []byte("canary-passport"))
			return err
		})
		b.do(func(t *Tx) error { return t.SetClock(two, ClassDocument, day.AddDate(0, 0, 1), 0, "checked") })
		b.do(func(t *Tx) error { return t.SetClock(one, ClassApplication, day.AddDate(0, 0, 1), 0, "AGG") })
		b.pass(48 * time.Hour)
		if x, err := b.Expire(ctx, "acme"); err != nil || x.Subjects != 0 || x.Documents != 1 {
			t.Fatalf("while somebody works on the case: %+v, %v", x, err)
		}
		finish(one)
		finish(two)
		b.do(func(t *Tx) error {
			_, _, err := t.SaveFile(two, "document", "again.jpg", []byte("canary-passport"))
			return err
		})
		b.do(func(t *Tx) error { return t.SetClock(two, ClassDocument, day, 0, "checked") })
		x, err := b.Expire(ctx, "acme")
		if err != nil || x.Subjects != 1 || x.Documents != 1 || x.Waiting {
			t.Fatalf("%+v, %v", x, err)
		}
		want(t, b.try("acme", func(t *Tx) error { _, err := t.Application(one); return err }), record.CodeNotFound)
		b.do(func(x *Tx) error {
			files, err := x.Files(two)
			if len(files) != 1 || files[0].Kind != "resume" {
				t.Errorf("%+v", files)
			}
			if err != nil {
				return err
			}
			ledger, err := x.Erasures(0)
			if len(ledger) != 1 || ledger[0].Reason != "retention" || ledger[0].By != "machine/retention" {
				t.Errorf("%+v", ledger)
			}
			return err
		})
		if x, err := b.Expire(ctx, "acme"); err != nil || x != (Expired{}) {
			t.Errorf("again: %+v, %v", x, err)
		}
		b.do(func(t *Tx) error { return t.SetClock(two, ClassApplication, day, 0, "AGG") })
		for range 2 {
			if _, err := b.Expire(ctx, "acme"); err != nil {
				t.Fatal(err)
			}
			if _, err := b.Checkpoint(ctx, "acme"); err != nil {
				t.Fatal(err)
			}
		}
		want(t, b.try("acme", func(t *Tx) error { _, err := t.Application(two); return err }), record.CodeNotFound)
		if r, err := b.VerifyAudit(ctx, "acme", nil); err != nil || !r.OK() {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestRotation(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		path := filepath.Join(t.TempDir(), "keys")
		b.keys.path = path
		subject := b.subject("a1")
		b.do(func(t *Tx) error { _, err := t.SaveSetting("s", 0, []byte("secret")); return err })
		if _, err := b.RotateKeys(ctx, ann("acme")); err == nil {
			t.Error("a tenant rotates the operator's keys")
		}
		n, err := b.RotateKeys(ctx, record.Actor{Kind: record.ActorOperator, ID: "root", Tenant: House})
		if err != nil || n != 6 {
			t.Fatalf("%d keys, %v", n, err)
		}
		if n, err := b.RotateTenant(ctx, ann("acme")); err != nil || n != 1 {
			t.Fatalf("%d subjects, %v", n, err)
		}
		// Opened anew with the file: only the new key is needed.
		keys, err := OpenKeys(path)
		if err != nil || len(keys.keks) != 2 {
			t.Fatalf("%v", err)
		}
		keys.keks = keys.keks[:1]
		b.keys, b.tenants = keys, map[string]*tenantKeys{}
		b.do(func(x *Tx) error {
			a, err := x.Application(subject)
			if err != nil {
				return err
			}
			s, err := x.Setting("s")
			if a.ID != "a1" || string(s.Value) != "secret" {
				t.Error("read back otherwise")
			}
			return err
		})
	})
	path := filepath.Join(t.TempDir(), "keys")
	if _, err := CreateKeys(path); err != nil {
		t.Fatal(err)
	}
	if _, err := CreateKeys(path); err == nil {
		t.Error("a key file is overwritten")
	}
	os.Chmod(path, 0o640)
	_, err := OpenKeys(path)
	want(t, err, record.CodeRefused)
	b, _ := os.ReadFile(path)
	_, err = ParseKeys(append(b, "kek x c2hvcnQ=\n"...))
	want(t, err, record.CodeInvalid)
	if secret := regexp.MustCompile(`kek \S+ (\S+)`).FindSubmatch(b)[1]; strings.Contains(err.Error(), string(secret)) || strings.Contains(err.Error(), "c2hvcnQ") {
		t.Error("an error tells a key")
	}
}

func FuzzParseKeys(f *testing.F) {
	k, _ := NewKeys()
	f.Add(k.text())
	f.Add([]byte("kek a b\naudit x\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if k, err := ParseKeys(b); err == nil {
			again, err := ParseKeys(k.text())
			if err != nil || len(again.keks) != len(k.keks) {
				t.Errorf("written and read: %v", err)
			}
		}
	})
}
