package policy

import (
	"slices"
	"strings"

	"bonafide/record"
)

// recorded are the assurances in what people wrote down: somebody reached
// without the candidate's help who confirmed a claim, a live moment in which a
// person saw the same person, a check of identity that was repeated. Each names
// what it clears; a moment clears what was seen before it, never what came later.
func recorded(a *record.Application) (proofs []record.Assurance) {
	add := func(p record.Assurance) {
		if !slices.ContainsFunc(proofs, func(o record.Assurance) bool { return o.ID == p.ID && o.Link == p.Link }) {
			proofs = append(proofs, p)
		}
	}
	for i := range a.Confirmations {
		c := &a.Confirmations[i]
		if c.By == "" || c.Outcome != "confirmed" || c.ContactFrom != "switchboard" && c.ContactFrom != "directory" && c.ContactFrom != "issuer" {
			continue
		}
		p := record.Assurance{Method: c.ContactFrom, AsOf: record.DateOf(c.At), At: c.At, Issuer: c.Issuer, Breaks: []string{"referee-in-good-faith"}}
		switch c.Kind {
		case "employment", "referee":
			p.ID, p.Clears = "ref-switchboard-confirmation", []string{"ref-all-freemail", "ref-contact-independence"}
			// Another employer who was not found stays a question of its own.
			if !otherEmployerOpen(a, c.About) {
				p.Clears = append(p.Clears, "cv-employer-unverifiable")
			}
		case "education":
			p.ID = "cv-education-confirmed-by-issuer"
		default:
			continue
		}
		add(p)
	}
	for i := range a.Moments {
		for _, p := range momentProofs(a, &a.Moments[i]) {
			add(p)
		}
	}
	for i := range a.Reverifications {
		if r := &a.Reverifications[i]; r.Outcome == "same" && !r.At.IsZero() {
			add(record.Assurance{ID: "live-again", Link: record.LinkReverified, Method: r.Method, AsOf: record.DateOf(r.At), At: r.At, Breaks: []string{"live-lent"}})
		}
	}
	return proofs
}

// otherEmployerOpen: something was recorded about another employer that is not a yes.
func otherEmployerOpen(a *record.Application, about string) bool {
	confirmed := func(path string) bool {
		return path == about || slices.ContainsFunc(a.Confirmations, func(c record.Confirmation) bool {
			return c.Kind == "employment" && c.About == path && c.Outcome == "confirmed" && c.ContactFrom != "candidate" && c.ContactFrom != ""
		})
	}
	return slices.ContainsFunc(a.Confirmations, func(c record.Confirmation) bool {
		return c.Kind == "employment" && c.Outcome != "confirmed" && !confirmed(c.About)
	})
}

func momentProofs(a *record.Application, m *record.Moment) (all []record.Assurance) {
	if m.By == "" || m.At.IsZero() || m.Portrait == "different" || m.Continuity == "different" {
		return nil
	}
	seen := m.Portrait == "same" || m.Continuity == "same"
	add := func(id string, link record.ChainLink, clears ...string) {
		p := record.Assurance{ID: id, Link: link, Method: "video-attended", AsOf: record.DateOf(m.At), At: m.At, Clears: clears, Breaks: []string{"live-lent", "live-altered"}}
		if m.Kind == "in-person" {
			p.Method, p.Breaks = "in-person", []string{"live-lent"}
		}
		all = append(all, p)
	}
	switch {
	case m.Kind == "in-person" && seen:
		add("live-call", record.LinkCall, append([]string{"doc-image-only", "int-in-person-avoidance"}, picturesBefore(a, m)...)...)
	case m.Kind == "interview" && seen && m.Liveness == "followed":
		add("live-call", record.LinkCall, append([]string{"doc-image-only"}, picturesBefore(a, m)...)...)
	case m.Kind == "delivery" && seen:
		add("live-delivery", record.LinkDelivery)
	case m.Kind == "reverification" && seen:
		add("live-again", record.LinkReverified)
	case m.Liveness == "followed":
		// Alive and there, but compared with nobody: no link of the chain.
		add("int-liveness-challenge", "", picturesBefore(a, m)...)
	}
	// Whoever keeps other people's laptops can read serials too: only beside a face.
	if (m.Kind == "onboarding" || m.Kind == "delivery") && seen && m.Serial != "" &&
		slices.ContainsFunc(a.Computers, func(c record.Computer) bool { return strings.EqualFold(c.Serial, m.Serial) }) {
		add("dev-serial-readback", record.LinkDevice)
	}
	return all
}

// picturesBefore are the questions about missing pictures that a later call with
// a picture answers: only where no picture went missing since.
func picturesBefore(a *record.Application, m *record.Moment) []string {
	later := func(observation string) bool {
		return slices.ContainsFunc(a.Interviews, func(v record.Interview) bool {
			return slices.Contains(v.Observations, observation) && !v.At.Before(m.At)
		})
	}
	var all []string
	if !later("camera_refused") && !slices.ContainsFunc(a.Requests, func(r record.Request) bool { return r.Kind == "no-camera" && !r.At.Before(m.At) }) {
		all = append(all, "int-camera-unavailable")
	}
	if !later("camera_dropped") {
		all = append(all, "int-video-drops-after-start")
	}
	return all
}
