package web

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/casework"
	"bonafide/notify"
	"bonafide/record"
	"bonafide/store"
)

// texts does the deliveries that wait, with a gateway of our own.
func (w *world) texts(gateway func(notify.Text) error) (sent []notify.Text) {
	w.t.Helper()
	p := &casework.Post{Store: w.store, Text: func(_ context.Context, _ record.Occasion, _ string, m notify.Text) error {
		if err := gateway(m); err != nil {
			return err
		}
		sent = append(sent, m)
		return nil
	}}
	jobs, err := w.store.Claim(ctx, "texts", []string{store.OutboxJob}, time.Minute, 20)
	ok(w.t, err)
	for _, j := range jobs {
		ok(w.t, p.Deliver(ctx, j))
	}
	return sent
}

// TestPortalText: a code as a text message, once, for ten minutes, in a bound for the
// person, the number and the house; a call whenever the person would rather, and where
// the gateway does not write to the number.
func TestPortalText(t *testing.T) {
	w := newWorld(t)
	takes := &notify.Texts{Gateway: "http", URL: "https://x.example", Prefixes: []string{"+49"}}
	w.desk.Texts = takes.Takes
	taken := func(notify.Text) error { return nil }
	digits := regexp.MustCompile(`\d{6}`)
	start := func(id, number string) (*browser, string, string) {
		a := someone(id)
		a.Phones = []string{number}
		subject, caseID := w.apply(a)
		w.work()
		return w.invited(caseID), subject, caseID
	}
	b, subject, caseID := start("a1", "+49 151 0000 0001")
	if page := b.get("/portal/steps/phone", 200); !strings.Contains(page, "Send me a text message") || !strings.Contains(page, "Call me") {
		t.Error("both ways are not offered")
	}
	if page := b.post("/portal/steps/phone", url.Values{"do": {"send"}}, 200); !strings.Contains(page, "as a text message") {
		t.Error("the page does not say that one is on its way")
	}
	sent := w.texts(taken)
	if len(sent) != 1 || sent[0].To != "+4915100000001" || strings.Contains(w.tasks(caseID), "read out") {
		t.Fatalf("%+v %s", sent, w.tasks(caseID))
	}
	code := digits.FindString(sent[0].Words)
	wrong := "000000"
	if code == wrong {
		wrong = "111111"
	}
	if page := b.post("/portal/steps/phone", url.Values{"do": {"confirm"}, "code": {wrong}}, 200); !strings.Contains(page, "not the ones we sent") {
		t.Error("wrong digits count")
	}
	w.later(11 * time.Minute)
	b.post("/portal/steps/phone", url.Values{"do": {"confirm"}, "code": {code}}, 200)
	if len(w.application(subject).Proofs) != 0 {
		t.Error("a code of eleven minutes ago counts")
	}
	b.post("/portal/steps/phone", url.Values{"do": {"send"}}, 200)
	code = digits.FindString(w.texts(taken)[0].Words)
	b.post("/portal/steps/phone", url.Values{"do": {"confirm"}, "code": {code}}, 200)
	if got := w.application(subject).Proofs; len(got) != 1 || got[0].ID != "contact-phone" {
		t.Fatalf("%+v", got)
	}
	// A call, for who would rather, and for numbers that the gateway does not write to.
	if page := b.post("/portal/steps/phone", url.Values{"do": {"call"}}, 200); strings.Contains(page, "as a text message, if") || !strings.Contains(w.tasks(caseID), "read out this code") {
		t.Error("no call")
	}
	for i, number := range []string{"+351 910 000 001", "0151 0000 0002"} {
		b, _, caseID := start([]string{"p1", "p2"}[i], number)
		b.post("/portal/steps/phone", url.Values{"do": {"send"}}, 200)
		if len(w.texts(taken)) != 0 || !strings.Contains(w.tasks(caseID), "read out this code") {
			t.Errorf("%s was written to", number)
		}
	}
	// A gateway that refuses, and a message that comes too late, leave a task to call.
	b, _, caseID = start("r1", "+49 151 0000 0009")
	b.post("/portal/steps/phone", url.Values{"do": {"send"}}, 200)
	w.texts(func(notify.Text) error {
		return &record.Error{Code: record.CodeRefused, Where: "text", Message: "refused"}
	})
	if !strings.Contains(w.tasks(caseID), "Offer them a call") {
		t.Error("nobody calls whom no message reached")
	}
	// One number of many people: five a day, however many ask.
	n, got := 0, 0
	for i := range 4 {
		b, _, _ := start("s"+string(rune('0'+i)), "0049 (0)151-0000.0003")
		for range 3 {
			if n++; n > 5 {
				b.post("/portal/steps/phone", url.Values{"do": {"send"}}, http.StatusConflict)
				break
			}
			b.post("/portal/steps/phone", url.Values{"do": {"send"}}, 200)
		}
		got += len(w.texts(taken))
	}
	if got != 5 {
		t.Errorf("%d messages to one number", got)
	}
	// The number stands in no entry, and in no place that bounds it.
	w.see(func(tx *store.Tx) error {
		all, err := tx.Entries(store.EntryFilter{After: -1, Limit: 1000})
		if slices.ContainsFunc(all, func(e record.Entry) bool { return strings.Contains(e.Object+e.Act, "151") }) {
			t.Error("the audit holds a number")
		}
		return err
	})
}
