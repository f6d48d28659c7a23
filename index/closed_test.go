package index

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"bonafide/link"
	"bonafide/record"
)

func store(t testing.TB, apps ...*record.Application) *Closed {
	t.Helper()
	k := link.NewKeyer(testKey, true)
	b := ClosedHead(tag)
	for i, a := range apps {
		p := k.Profile(a)
		line, err := ClosedLine(fmt.Sprint("case-", i), "2026-02-01", "2029-02-01", &p)
		if err != nil {
			t.Fatal(err)
		}
		b = append(b, line...)
	}
	c, err := ReadClosed(bytes.NewReader(b), "closed.jsonl", tag)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestClosed: who comes back is noticed; who lived there, who was used, who applies again under the same name, and who has
// a popular sentence in common is not.
func TestClosed(t *testing.T) {
	const bullets = "Rebuilt the settlement ledger of a ferry operator so that reconciliation ended before breakfast.\nTaught the harbour office to read its own dashboards instead of printing them every Monday.\n"
	base := func(edit func(*record.Application)) *record.Application {
		a := &record.Application{Source: "x", ID: "1", ReceivedAt: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
		a.Person = record.Person{Name: "Igor Vorlage", BirthDate: "1988-06-02"}
		if edit != nil {
			edit(a)
		}
		return a
	}
	kept := base(func(a *record.Application) {
		a.Person = record.Person{Name: "Nora Sample", BirthDate: "1991-09-19", Address: record.Address{Lines: []string{"Buchenweg 21"}, City: "München", Postcode: "80331", Country: "DE"}}
		a.Emails, a.Phones = []string{"nora@example.net"}, []string{"+493023125311"}
		a.Sessions = []record.Session{{IP: "203.0.113.9", Device: "3f9a77c2b1d04e58aa"}}
		a.Payouts = []record.Payout{{Kind: "iban", Value: "DE79000000001234567890"}}
		a.Photos = []record.Photo{{PHash: "c3d2e1f0a5b49687"}}
		a.Resume.Text = bullets
	})
	c := store(t, base(nil), kept)
	for _, x := range []struct {
		name     string
		edit     func(*record.Application)
		strength record.Strength
	}{
		{"a name and a birth date", nil, 0},
		{"device and account", func(a *record.Application) { a.Sessions, a.Payouts = kept.Sessions, kept.Payouts }, record.Strong},
		{"device and copied bullets", func(a *record.Application) { a.Sessions, a.Resume.Text = kept.Sessions, bullets }, record.Strong},
		{"account alone", func(a *record.Application) { a.Payouts = kept.Payouts }, record.Supporting},
		{"another photo", func(a *record.Application) { a.Photos = []record.Photo{{PHash: "9687b4a5f0e1d2c1"}} }, 0},
		{"the photo, changed a little", func(a *record.Application) { a.Photos = []record.Photo{{PHash: "c3d2e1f0a5b49686"}} }, record.Supporting},
		{"phone and photo, as of somebody who was used", func(a *record.Application) { a.Phones, a.Photos = kept.Phones, kept.Photos }, record.Supporting},
		{"device alone", func(a *record.Application) { a.Sessions = []record.Session{{Device: "3f9a77c2b1d04e58aa"}} }, 0},
		{"copied bullets alone", func(a *record.Application) { a.Resume.Text = bullets }, 0},
		{"home and network", func(a *record.Application) {
			a.Person.Address, a.Sessions = kept.Person.Address, []record.Session{{IP: "203.0.113.9"}}
		}, 0},
		{"a partner: home, device, account", func(a *record.Application) {
			a.Person.Address, a.Sessions, a.Payouts = kept.Person.Address, kept.Sessions, kept.Payouts
		}, 0},
		{"the same person again", func(a *record.Application) {
			a.Person, a.Sessions, a.Payouts, a.Emails = kept.Person, kept.Sessions, kept.Payouts, kept.Emails
		}, 0},
	} {
		p := link.NewKeyer(testKey, true).Profile(base(x.edit))
		l := c.Match(&p, "2026-06-01")
		if l.Strength != x.strength || l.Kind != record.KindClosed || l.Population != 2 || (x.strength > 0) && (l.Identities != 1 || l.Others[0] != "case-1" || l.AsOf != "2026-02-01") {
			t.Errorf("%s: %+v", x.name, l)
		}
		if l := c.Match(&p, "2029-02-02"); l.Identities != 0 {
			t.Errorf("%s: compared after the day until which it may be: %+v", x.name, l)
		}
	}
}

// FuzzReadClosed: no bytes break the reader, and an error names a line.
func FuzzReadClosed(f *testing.F) {
	k := link.NewKeyer(testKey, true)
	p := k.Profile(&record.Application{Source: "x", ID: "1", Emails: []string{"a@example.org"}, Resume: record.Resume{Text: "one two three four five six seven eight nine"}})
	line, err := ClosedLine("c", "2026-01-01", "2027-01-01", &p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(append(ClosedHead(tag), line...))
	f.Add(ClosedHead(tag))
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := ReadClosed(bytes.NewReader(b), "closed.jsonl", tag)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "closed.jsonl:") {
				t.Fatal(err)
			}
			return
		}
		c.Match(&p, "2026-06-01")
	})
}
