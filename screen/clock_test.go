package screen_test

import (
	"context"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// TestDocumentClock: the pictures of a document are forgotten some time after the
// document was checked, and not before; nothing else is.
func TestDocumentClock(t *testing.T) {
	k, actor := newKeeper(t)
	ctx := context.Background()
	got, err := k.Accept(ctx, actor, screen.Delivery{Raw: []byte(`{"id":"1","source":"form","received_at":"2026-03-02T09:00:00Z","person":{"name":"Nora Muster"},"documents":[{"kind":"passport"}]}`)})
	if err != nil {
		t.Fatal(err)
	}
	machine := record.Machine("main")
	clocks := func() (n int, due time.Time) {
		t.Helper()
		err := k.Store.View(ctx, machine, func(tx *store.Tx) error {
			all, err := tx.Clocks(got.Subject)
			for _, c := range all {
				if c.Class == store.ClassDocument {
					n, due = n+1, c.Due
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n, due
	}
	prove := func(issuer string, link record.ChainLink) {
		t.Helper()
		err := k.Amend(ctx, machine, got.Subject, "proof.add", func(a *record.Application) error {
			screen.Prove(a, record.Assurance{ID: "document-seen", Link: link, Issuer: issuer, At: time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	prove("before any picture", record.LinkDocument)
	if n, _ := clocks(); n != 0 {
		t.Error("a clock runs for pictures that are not there")
	}
	err = k.Store.Update(ctx, machine, func(tx *store.Tx) error {
		_, _, err := tx.SaveFile(got.Subject, "document", "pass.jpg", []byte("a picture"))
		tx.Did("file.add", "subject/"+got.Subject, "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	prove("checked by a person", record.LinkDocument)
	n, due := clocks()
	days := store.Profiles["EU"].Days[store.ClassDocument]
	if want := time.Now().AddDate(0, 0, days); n != 1 || due.Sub(want).Abs() > time.Hour {
		t.Errorf("%d clocks, due %s, want one at %s", n, due, want)
	}
	prove("checked again", record.LinkDocument)
	if m, again := clocks(); m != 1 || !again.Equal(due) {
		t.Errorf("a second check moved the clock: %s", again)
	}
}
