package policy

import (
	"cmp"
	"slices"

	"bonafide/record"
)

// Assurances reads the proofs that a record itself carries: those that bonafide
// made and kept with it, what people wrote down (recorded.go), and a referee who was reached through a way that did
// not come from the candidate, and answered. Each clears findings by name; none
// buys anything else.
func Assurances(a *record.Application) []record.Assurance {
	proofs := slices.Clone(a.Proofs)
	for _, p := range recorded(a) {
		if !slices.ContainsFunc(proofs, func(o record.Assurance) bool { return o.ID == p.ID }) {
			proofs = append(proofs, p)
		}
	}
	if slices.ContainsFunc(proofs, func(p record.Assurance) bool { return p.ID == "ref-switchboard-confirmation" }) {
		return proofs
	}
	for _, r := range a.References {
		if !r.RepliedAt.IsZero() && (r.ContactFrom == "switchboard" || r.ContactFrom == "directory") {
			return append(proofs, record.Assurance{
				ID: "ref-switchboard-confirmation", Method: r.ContactFrom, AsOf: record.DateOf(r.RepliedAt),
				Clears: []string{"ref-all-freemail", "ref-contact-independence", "cv-employer-unverifiable"},
			})
		}
	}
	return proofs
}

// Clear marks the findings that assurances clear by name; they stay visible.
func Clear(findings []record.Finding, by []record.Assurance) {
	for i := range findings {
		for _, a := range by {
			if slices.Contains(a.Clears, findings[i].Check) {
				findings[i].ClearedBy = a.ID
			}
		}
	}
}

// Chain says of each link of the chain of identity what is known: what the
// record claims, by which method, what an assurance confirms and which
// findings question it. A conclusive finding contradicts a link, any other
// that counts puts it in question; a cleared or weak one does neither. A link of
// which nothing is known and which the tier does not need is not due.
func (t *Terms) Chain(a *record.Application, findings []record.Finding, proofs []record.Assurance) []record.ChainPart {
	parts := []record.ChainPart{
		documentPart(a), callPart(a), deliveryPart(a), devicePart(a), payeePart(a),
		{Link: record.LinkReverified, State: record.StateNotDue},
	}
	needs := t.Tier(t.TierOf(&a.Role)).Chain
	for i := range parts {
		p := &parts[i]
		if p.State == record.StateUnknown && !slices.Contains(needs, p.Link) {
			p.State = record.StateNotDue
		}
		for _, pr := range proofs {
			if pr.Link == p.Link && pr.Link != "" {
				p.State, p.Method, p.AsOf = record.StateConfirmed, pr.Method, pr.AsOf
				p.By = append(p.By, pr.ID)
			}
		}
		for j := range findings {
			f := &findings[j]
			if f.Link != p.Link || f.Outcome != record.Hit || f.ClearedBy != "" || f.Strength < record.Supporting {
				continue
			}
			if f.Strength == record.Conclusive {
				p.State = record.StateContradicted
			} else if p.State != record.StateContradicted {
				p.State = record.StateQuestioned
			}
			if !slices.Contains(p.By, f.Check) {
				p.By = append(p.By, f.Check)
			}
		}
	}
	return parts
}

func documentPart(a *record.Application) record.ChainPart {
	p := record.ChainPart{Link: record.LinkDocument, State: record.StateUnknown}
	for _, d := range a.Documents {
		switch d.Method {
		case "chip", "wallet", "in-person":
			p.State, p.Method = record.StateConfirmed, d.Method
			return p
		default:
			p.State, p.Method = record.StateClaimed, cmp.Or(p.Method, d.Method, "copy")
		}
	}
	return p
}

func callPart(a *record.Application) record.ChainPart {
	p := record.ChainPart{Link: record.LinkCall, State: record.StateNotDue}
	for _, v := range a.Interviews {
		if p.State == record.StateNotDue {
			p.State = record.StateUnknown
		}
		without := slices.ContainsFunc(v.Observations, func(o string) bool {
			return o == "camera_refused" || o == "document_not_shown" || o == "other_person_answers" || o == "other_name_shown"
		})
		if !without && (v.Kind == "video" || v.Kind == "in-person") {
			p.State, p.Method, p.AsOf = record.StateClaimed, v.Kind, record.DateOf(v.At)
			if v.Kind == "in-person" {
				p.State = record.StateConfirmed
			}
		}
	}
	return p
}

func deliveryPart(a *record.Application) record.ChainPart {
	if a.Delivery.Address().IsZero() {
		return record.ChainPart{Link: record.LinkDelivery, State: record.StateNotDue}
	}
	return record.ChainPart{Link: record.LinkDelivery, State: record.StateClaimed, Method: "address"}
}

func devicePart(a *record.Application) record.ChainPart {
	p := record.ChainPart{Link: record.LinkDevice, State: record.StateUnknown}
	for _, s := range a.Sessions {
		if s.Device != "" {
			p.State, p.Method, p.AsOf = record.StateClaimed, "session", record.DateOf(s.At)
		}
	}
	return p
}

func payeePart(a *record.Application) record.ChainPart {
	if len(a.Payouts) == 0 {
		return record.ChainPart{Link: record.LinkPayee, State: record.StateNotDue}
	}
	return record.ChainPart{Link: record.LinkPayee, State: record.StateClaimed, Method: a.Payouts[0].Kind}
}
