package checks

import (
	"slices"
	"testing"
	"time"

	"bonafide/record"
)

// Locked, the checks of the module are not in force and no check sees events;
// open, they answer.
func TestAfterHireLocked(t *testing.T) {
	seen := false
	look := &Check{ID: "beside", Stage: []string{"application", "employment"}, Reads: []string{"events", "departure"}, Version: 1, run: func(in *In) Answer {
		seen = len(in.App.Events) > 0 || in.App.Departure != nil
		return allClear
	}}
	r, err := NewRunner(append(Catalogue(), look))
	if err != nil {
		t.Fatal(err)
	}
	s := &record.Subject{Application: &record.Application{ReceivedAt: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Events: []record.Event{{Kind: "sign-in"}}, Departure: &record.Departure{},
		Reverifications: []record.Reverification{{Outcome: "refused", At: time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC)}}}}
	locked := r.Run(s, nil)
	if seen || !slices.Contains(locked.NotInForce, "ins-reverification-refused") {
		t.Error("locked: the module is not in force and nobody sees what systems saw")
	}
	for _, id := range []string{"doc-identity-victim-report", "pay-account-changes", "net-anonymizer", "link-return-under-new-identity"} {
		if slices.Contains(locked.NotInForce, id) {
			t.Errorf("%s is no check of the module", id)
		}
	}
	open := r.RunOpen(s, nil)
	if !seen || slices.Contains(open.NotInForce, "ins-reverification-refused") {
		t.Error("open: the module answers")
	}
	if s.Application.Events == nil || s.Application.Departure == nil {
		t.Error("the record itself is left as it is")
	}
}

// FuzzAfter puts outside text, numbers and times where the checks of what comes
// after the application read them: none breaks.
func FuzzAfter(f *testing.F) {
	f.Add("resume.work[0]", "PiKVM", "denied", "switchboard", 4711, int64(1_770_000_000))
	f.Add("resume.work[9999999999999999999]", "1d6b", "refused", "push", -1, int64(-1))
	f.Add("resume.work[-1]", "\x00\xff", "different", "api-call", 1<<40, int64(1)<<40)
	r, err := NewRunner(Catalogue())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, about, text, outcome, kind string, n int, seconds int64) {
		at := time.Unix(seconds%(1<<40), 0).UTC()
		yes, offset := n%2 == 0, n
		event := record.Event{At: at, Kind: kind, Account: text, IP: about, Country: outcome, Outcome: outcome, Object: text, To: text, Count: n, Factor: kind, Client: about}
		commit := record.Commit{At: at, Tree: text, Author: about, Email: text, Offset: &offset, Message: kind}
		a := &record.Application{ID: "1", Source: "example", ReceivedAt: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
			Person: record.Person{Name: text, Address: record.Address{Country: outcome}}, Role: record.Role{Country: kind, Tier: "T2"},
			Resume:        record.Resume{Work: []record.Work{{Organisation: text, Start: record.Date(about), End: record.Date(kind)}}},
			References:    []record.Reference{{Organisation: text, ContactFrom: kind, RepliedAt: at}},
			Payouts:       []record.Payout{{Kind: "paypal", Value: text}},
			Stage:         []record.Stage{{At: record.Date(about), Name: "onboarding"}},
			Tools:         []record.ToolSeen{{At: at, Kind: kind, Value: text, Device: about, Managed: yes}},
			Messages:      []record.Message{{At: at, Text: text}},
			Requests:      []record.Request{{At: at, Kind: kind}},
			Confirmations: []record.Confirmation{{At: at, Kind: kind, About: about, By: text, Second: about, ContactFrom: kind, Outcome: outcome, Number: text, Issuer: "cisco", Registered: &yes, Founded: record.Date(about)}, {Kind: "employment", About: about, Outcome: outcome, ContactFrom: kind}},
			Moments:       []record.Moment{{At: at, Kind: kind, By: text, Second: about, Liveness: outcome, Portrait: outcome, Continuity: outcome, Knowledge: []string{outcome, text}, Serial: text}},
			Reverifications: []record.Reverification{{At: at, Announced: at, Due: record.Date(about), Outcome: outcome, Holder: text, Number: about, Method: kind},
				{At: at.Add(time.Hour), Holder: about, Number: text}},
			Computers: []record.Computer{{ID: text, Serial: about, Managed: yes, Delivered: at, FirstSeen: at, FirstCountry: text, FirstIP: about, DeliveredTo: record.Address{Country: outcome},
				Places: []record.DayPlace{{Day: record.Date(about), Country: text}}, USB: []record.USB{{Vendor: text, Product: about, Manufacturer: kind}}, Displays: []record.Display{{Maker: text, Product: about, Name: kind}}, Programs: []string{text}}},
			Code: []record.CodeAccount{{Created: record.Date(about), Repositories: []record.Repository{{Commits: []record.Commit{commit, commit}, Upstream: []record.Commit{commit}}},
				Contacts: []record.CodeContact{{Handle: text, With: []string{about}, Outside: n}, {Handle: about}, {Handle: kind}}}},
			Platforms: []record.PlatformAccount{{Created: at, Verified: at, UsualBidsADay: float64(n), Bids: []record.Bid{{At: at, Text: text}}, Ratings: []record.Rating{{At: at, Client: text, Payout: text, Top: yes, Others: n}}}, {Handle: text, Bids: []record.Bid{{Text: text}}}},
			Agency:    &record.AgencyFacts{Verifier: text, AuditRight: &yes},
			Departure: &record.Departure{At: at, Credentials: []record.Credential{{Revoked: at, LastUse: at.Add(time.Hour)}}},
			Events:    []record.Event{event, event, event, event, event, event, event, event},
		}
		for _, report := range []Report{r.Run(&record.Subject{Application: a}, nil), r.RunOpen(&record.Subject{Application: a}, nil)} {
			for _, finding := range report.Findings {
				if finding.Outcome == record.Failed {
					t.Fatalf("%s failed", finding.Check)
				}
			}
		}
	})
}
