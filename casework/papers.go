package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
	"bonafide/store"
)

// Papers is what the record knows for the papers of the law: the tenant, its
// country's terms, the rules in force. Whoever wires adds checks, lists and
// roles. No person is in it.
func (d *Desk) Papers(ctx context.Context, who record.Actor) (f report.PaperFacts, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		f, err = paperFacts(t)
		t.Did("paper.read", "tenant/"+t.Tenant(), "")
		return err
	})
	return f, err
}

func paperFacts(t *store.Tx) (f report.PaperFacts, err error) {
	self, err := t.Self()
	if err != nil {
		return f, err
	}
	rules, err := t.ActivePolicy()
	if err != nil {
		return f, err
	}
	f = report.PaperFacts{House: self.ID, Country: self.Country, Day: record.DateOf(t.Now()), Rules: rules.Text, RulesVersion: rules.Version}
	if rules.Version == 0 {
		f.Rules = policy.Shipped()
	}
	ours, err := inForce(t)
	if err != nil {
		return f, err
	}
	f.Keep = Terms(self.Country)
	for i := range f.Keep {
		k := &f.Keep[i]
		if own, said := ours.Keep(k.Class, self.Country); said {
			k.Days, k.Basis, k.Confirmed = own.Days, own.Because, false
		}
	}
	return f, nil
}

// Terms are how long a country's profile lets each class be kept.
func Terms(country string) (all []report.KeepTerm) {
	terms := store.ProfileOf(country)
	for _, c := range []store.Class{store.ClassRoutine, store.ClassApplication, store.ClassDocument, store.ClassClosedKeys} {
		all = append(all, report.KeepTerm{Class: string(c), Days: terms.Days[c], Basis: terms.Basis[c], Confirmed: terms.Verified})
	}
	return all
}

// clocksOfLaw run from the moment the house came to know.
var clocksOfLaw = []struct {
	what  record.Text
	law   string
	after time.Duration
}{
	{record.Text{EN: "Early warning, if the directive applies", DE: "Frühwarnung, falls die Richtlinie gilt", PT: "Alerta inicial, se a diretiva se aplicar"}, "NIS2 Art. 23", 24 * time.Hour},
	{record.Text{EN: "Data-protection authority", DE: "Datenschutzbehörde", PT: "Autoridade de proteção de dados"}, "GDPR Art. 33", 72 * time.Hour},
	{record.Text{EN: "Incident notification, if the directive applies", DE: "Meldung des Vorfalls, falls die Richtlinie gilt", PT: "Notificação do incidente, se a diretiva se aplicar"}, "NIS2 Art. 23", 72 * time.Hour},
}

// Draft is what a draft for an authority may say of a case: its clocks, what
// people recorded in its playbooks, what a demand said. The draft is a document
// for a person to fill; nothing is sent.
func (d *Desk) Draft(ctx context.Context, who record.Actor, caseID string, l record.Lang) (f report.PaperFacts, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "report.draft")
		if err != nil {
			return err
		}
		if f, err = paperFacts(t); err != nil {
			return err
		}
		f.Case = &report.PaperCase{ID: c.ID, Opened: c.Opened.UTC().Format(time.RFC3339)}
		var known time.Time
		for _, id := range []string{"extortion", "insider"} {
			run, err := progress(t, &c, id)
			if err != nil {
				return err
			}
			if run.g == nil {
				continue
			}
			for _, v := range run.p.View(run.g, t.Now()) {
				if v.Done == nil {
					continue
				}
				for _, a := range v.Asks {
					said := strings.TrimSpace(v.Done.Answers[a.Key])
					if said == "" {
						continue
					}
					if a.Key == "known" && known.IsZero() {
						known = readMoment(said)
						f.Case.Known = said
					}
					// Who was called is the house's own matter.
					if a.Kind != "person" && a.Kind != "confirm" {
						f.Case.Said = append(f.Case.Said, report.PaperSaid{Asked: v.Title.In(l) + ": " + a.Text.In(l), Said: said})
					}
				}
			}
		}
		demands, err := demandsOf(t, &c)
		if err != nil {
			return err
		}
		for _, x := range demands {
			f.Case.Demand = append(f.Case.Demand, x.said(l)...)
		}
		for _, k := range clocksOfLaw {
			due := ""
			if !known.IsZero() {
				due = known.Add(k.after).UTC().Format(time.RFC3339)
			}
			f.Case.Clocks = append(f.Case.Clocks, report.PaperClock{What: k.what.In(l), Law: k.law, Due: due})
		}
		t.Did("report.draft", "case/"+c.ID, c.ID, "answers", "demand")
		return nil
	})
	return f, err
}

// readMoment reads the time a person typed; one without a clock counts from the
// beginning of its day, which makes a deadline earlier and never later.
func readMoment(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			return at
		}
	}
	return time.Time{}
}

// DraftsFor are the drafts of a country, its own first.
func DraftsFor(country string, all []report.Paper) (out []report.Paper) {
	for _, p := range all {
		if p.Group == "draft" {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b report.Paper) int {
		rank := func(p report.Paper) int {
			switch p.Place {
			case country:
				return 0
			case "EU":
				return 1
			}
			return 2
		}
		return rank(a) - rank(b)
	})
	return out
}
