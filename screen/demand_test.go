package screen

import (
	"context"
	"strings"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/store"
)

const demandMessage = "From: \"Former colleague\" <leak@mail.example>\r\nTo: board@acme.example\r\nSubject: your code\r\nDate: Fri, 20 Nov 2026 08:00:00 +0000\r\nMessage-ID: <1@mail.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
	"We hold your repositories. Pay 12.5 BTC (about $1,200,000) to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa\r\nor bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 within five days.\r\n" +
	"Not an address: 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb. Ask second@mail.example or https://t.me/nobody_here.\r\n"

// A message is taken in: claims as claims, wallets by their checksum, nothing opened.
func TestDemand(t *testing.T) {
	k, _ := fileKeeper(t)
	d, err := k.Demand(context.Background(), []byte(demandMessage))
	if err != nil {
		t.Fatal(err)
	}
	if d.From == "" || d.Subject != "your code" || len(d.SHA256) != 64 || len(d.Wallets) != 2 || d.Wallets[0].Address != "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa" {
		t.Errorf("%+v", d)
	}
	if got := strings.Join(d.Mails, " "); got != "leak@mail.example second@mail.example" {
		t.Errorf("mails %q", got)
	}
	if got := strings.Join(d.Links, " "); got != "https://t.me/nobody_here" {
		t.Errorf("links %q", got)
	}
	if len(d.Amounts) != 2 {
		t.Errorf("amounts %q", d.Amounts)
	}
	for _, bad := range []string{"", "no head at all", strings.Repeat("x", DemandMost+1)} {
		if _, err := k.Demand(context.Background(), []byte(bad)); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%.20q was taken: %v", bad, err)
		}
	}
}

// What people decided about two stands in every run, until they undo it.
func TestTies(t *testing.T) {
	k, _ := fileKeeper(t)
	ctx, machine := context.Background(), record.Machine("one")
	accept := func(id, name string) string {
		got, err := k.Accept(ctx, machine, Delivery{Raw: []byte(`{"id":"` + id + `","source":"test","received_at":"2026-11-20T09:00:00Z","person":{"name":"` + name + `"},"payouts":[{"kind":"crypto","value":"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"}],"phones":["+4915112345678"],"documents":[{"kind":"passport","issuer":"DEU","number":"C01X00T47"}]}`)})
		if err != nil {
			t.Fatal(err)
		}
		return got.Subject
	}
	far, err := k.Accept(ctx, machine, Delivery{Raw: []byte(`{"id":"far","source":"test","received_at":"2026-11-20T09:00:00Z","person":{"name":"Nora Muster"}}`)})
	if err != nil {
		t.Fatal(err)
	}
	a, b := accept("a", "Erika Beispiel"), accept("b", "Rita Anders")
	again := func(subject string) string {
		var cluster string
		err := k.Store.Update(ctx, machine, func(tx *store.Tx) error {
			key, err := tx.LinkKey()
			if err != nil {
				return err
			}
			if err := k.screenStored(tx, key, subject, 1); err != nil {
				return err
			}
			res, err := tx.Result(subject)
			if err == nil {
				cluster = res.Cluster
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return cluster
	}
	tie := func(op, x, y string, at time.Time) {
		err := k.Store.Update(ctx, machine, func(tx *store.Tx) error {
			tx.Did("test.tie", "subject/"+x, "")
			for _, n := range []string{tiePrefix + x + "/" + y, tiePrefix + y + "/" + x} {
				before, err := tx.Setting(n)
				if err != nil && record.CodeOf(err) != record.CodeNotFound {
					return err
				}
				if _, err := tx.SaveSetting(n, before.Version, []byte(`{"op":"`+op+`","a":"`+x+`","b":"`+y+`","by":"ana","at":"`+at.Format(time.RFC3339)+`"}`)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if again(a) == "" || again(a) != again(b) {
		t.Fatal("two names with one passport, wallet and phone are no question: the test has no ground")
	}
	at := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	tie("split", b, a, at)
	if again(b) != "" || again(a) != "" {
		t.Error("taken apart, and together in the next run")
	}
	tie("free", b, a, at.Add(time.Hour))
	if again(b) == "" {
		t.Error("undone, and still apart")
	}
	tie("join", far.Subject, a, at)
	if got := again(far.Subject); got == "" || got != again(a) {
		t.Errorf("joined by a person, and not together: %q", got)
	}
}
