package casework

import (
	"context"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// HandedIn is one proof as it arrived, part by part, whatever came of it: what
// reviewers need to see which part could not be verified, and why. The person's
// values are not in it.
type HandedIn struct {
	At      time.Time
	How     string // chip, wallet, mail, domains
	About   string // verdict of a chip, format and issuer of a credential
	Parts   []HandedPart
	Looked  []HandedLook
	Domains []HandedDomain
}

// HandedPart is one part: its name, what became of it, and why.
type HandedPart struct{ Name, State, Detail string }

// HandedLook is one list that was looked up for it.
type HandedLook struct {
	What   string    `json:"what"`
	Host   string    `json:"host"`
	At     time.Time `json:"at"`
	Until  time.Time `json:"until"`
	SHA256 string    `json:"sha256"`
	Why    string    `json:"why"`
}

// HandedDomain is what was found about a referee's mail domain.
type HandedDomain struct {
	Domain     string   `json:"domain"`
	Mail       bool     `json:"mail"`
	Servers    []string `json:"servers"`
	Parked     string   `json:"parked"`
	Registered string   `json:"registered"`
	Registry   string   `json:"registry"`
}

// handedReport is a report as a step keeps it. The rooms of proof name the same
// thing in two ways.
type handedReport struct {
	Verdict string `json:"verdict"`
	Format  string `json:"format"`
	Issuer  string `json:"issuer"`
	Parts   []struct {
		Name    string `json:"name"`
		Part    string `json:"part"`
		State   string `json:"state"`
		Outcome string `json:"outcome"`
		Detail  string `json:"detail"`
	} `json:"parts"`
	Looked []HandedLook `json:"looked"`
}

const mostHanded = 20

// HandedIn are the proofs that were handed in for a case, the newest first, twenty
// at most. Reading them leaves an entry.
func (d *Desk) HandedIn(ctx context.Context, who record.Actor, caseID string) (all []HandedIn, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		all = nil
		c, err := staffCase(t, caseID, "proof.read")
		if err != nil {
			return err
		}
		t.Did("proof.read", "case/"+c.ID, c.ID, "reports")
		log, err := t.PortalSteps(c.Subject)
		if err != nil {
			return err
		}
		for i := len(log) - 1; i >= 0 && len(all) < mostHanded; i-- {
			switch log[i].How {
			case "chip", "wallet", "mail", "domains":
				if log[i].Report != nil {
					all = append(all, handedOf(log[i])...)
				}
			}
		}
		return nil
	})
	return all, err
}

// handedOf reads a step's report: one, or several of one answer.
func handedOf(s store.Step) (all []HandedIn) {
	raw, err := json.Marshal(s.Report)
	if err != nil {
		return nil
	}
	if s.How == "domains" {
		h := HandedIn{At: s.At, How: s.How}
		if json.Unmarshal(raw, &h.Domains) != nil {
			return nil
		}
		return []HandedIn{h}
	}
	var reports []handedReport
	if json.Unmarshal(raw, &reports) != nil {
		var one handedReport
		if json.Unmarshal(raw, &one) != nil {
			return nil
		}
		reports = []handedReport{one}
	}
	for _, r := range reports {
		h := HandedIn{At: s.At, How: s.How, Looked: r.Looked, About: r.Verdict}
		if r.Format != "" {
			h.About = r.Format + " " + r.Issuer
		}
		for _, p := range r.Parts {
			h.Parts = append(h.Parts, HandedPart{p.Name + p.Part, p.State + p.Outcome, p.Detail})
		}
		all = append(all, h)
	}
	return all
}
