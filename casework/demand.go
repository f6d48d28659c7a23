package casework

import (
	"context"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/report"
	"bonafide/store"
)

const demandSource = "demand"

// mostDemands of one case: whoever writes again and again is one story.
const mostDemands = 50

// TakeDemand keeps a message that demands something, as it was: the original
// sealed with its SHA-256, and what was found in it. The case is sealed to its
// circle first. Nobody is answered; there is no way to answer from here.
func (d *Desk) TakeDemand(ctx context.Context, who record.Actor, caseID string, raw []byte, x *record.Demand) (out record.Demand, err error) {
	if err := d.Seal(ctx, who, caseID); err != nil {
		return out, err
	}
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "demand.take")
		if err != nil {
			return err
		}
		all, err := demandsOf(t, &c)
		if err != nil {
			return err
		}
		if len(all) >= mostDemands {
			return &record.Error{Code: record.CodeRefused, Where: "demand", Message: "a case keeps fifty messages; open another for more"}
		}
		f, _, err := t.SaveFile(c.Subject, "demand", "message.eml", raw)
		if err != nil {
			return err
		}
		out = *x
		out.ID, out.File, out.By, out.Taken = store.NewID(), f.ID, who.ID, t.Now()
		b, err := json.Marshal(out)
		if err != nil {
			return err
		}
		_, again, err := t.SaveEvent(store.Event{Source: demandSource, Key: c.ID + "/" + out.SHA256, Subject: c.Subject, Kind: "demand.take", At: t.Now(), Body: b})
		if err != nil {
			return err
		}
		if again {
			return &record.Error{Code: record.CodeConflict, Where: "demand", Message: "this message was taken in already"}
		}
		t.Did("demand.take", "case/"+c.ID, c.ID, "message")
		return nil
	})
	return out, err
}

// Demands are the messages of a case, oldest first; reading leaves an entry.
func (d *Desk) Demands(ctx context.Context, who record.Actor, caseID string) (all []record.Demand, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "demand.read")
		if err != nil {
			return err
		}
		found, err := demandsOf(t, &c)
		if err != nil {
			return err
		}
		all = nil
		for _, x := range found {
			all = append(all, x.Demand)
		}
		t.Did("demand.read", "case/"+c.ID, c.ID, "message")
		return nil
	})
	return all, err
}

type demand struct{ record.Demand }

func demandsOf(t *store.Tx, c *record.Case) (all []demand, err error) {
	events, err := t.Events(c.Subject, 1000)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if e.Source != demandSource || !strings.HasPrefix(e.Key, c.ID+"/") {
			continue
		}
		var x demand
		if json.Unmarshal(e.Body, &x.Demand) != nil {
			return nil, &record.Error{Code: record.CodeInternal, Where: "demand", Message: "cannot be read back"}
		}
		all = append(all, x)
	}
	return all, nil
}

// said are the members that a draft for an authority may print.
func (x demand) said(l record.Lang) (all []report.PaperSaid) {
	add := func(t record.Text, values ...string) {
		if s := strings.Join(values, ", "); s != "" {
			all = append(all, report.PaperSaid{Asked: t.In(l), Said: s})
		}
	}
	add(record.Text{EN: "Message, SHA-256", DE: "Nachricht, SHA-256", PT: "Mensagem, SHA-256"}, x.SHA256)
	add(record.Text{EN: "Sender, as it says", DE: "Absender, wie angegeben", PT: "Remetente, como indica"}, x.From)
	add(record.Text{EN: "Date, as it says", DE: "Datum, wie angegeben", PT: "Data, como indica"}, x.Date)
	add(record.Text{EN: "Message-ID", DE: "Message-ID", PT: "Message-ID"}, x.MessageID)
	add(record.Text{EN: "Mail addresses in it", DE: "Mailadressen darin", PT: "Endereços de e-mail nela"}, x.Mails...)
	add(record.Text{EN: "Links in it", DE: "Verweise darin", PT: "Ligações nela"}, x.Links...)
	for _, w := range x.Wallets {
		add(record.Text{EN: "Wallet", DE: "Wallet", PT: "Carteira"}, w.Address+" ("+strings.Join(w.Chains, "/")+")")
	}
	add(record.Text{EN: "Amounts in it", DE: "Beträge darin", PT: "Montantes nela"}, x.Amounts...)
	return all
}
