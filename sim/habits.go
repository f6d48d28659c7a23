package sim

import (
	"strings"

	"bonafide/record"
)

func (w *world) ensurePayout(t *persona) {
	t.reached = max(t.reached, 4)
	if t.payout == nil {
		a := w.account(t.d, t.home, t.key*2)
		t.payout = &a
	}
}

func (w *world) thirdPartyPayee(t *persona) {
	w.ensurePayout(t)
	t.contract = record.Contract{Kind: "person"}
	x := writer{d: t.d, words: w.words}
	t.holder = holder{as: byLiteral, literal: x.codename() + " " + pick(t.d, []string{"Trading Ltd", "General Services LLC", "Consult Lda", "Holdings Ltd", "Media SRL"})}
	t.requests = append(t.requests, record.Request{At: t.received.AddDate(0, 0, 50), Kind: "other-payee"})
}

func (w *world) otherHolder(t *persona) {
	w.ensurePayout(t)
	l := drawLabel(t.d, w.anyCountry(t.d), "")
	t.contract = record.Contract{Kind: "person"}
	t.holder = holder{as: byLiteral, literal: l.full()}
}

func (w *world) payeeChanges(t *persona) {
	w.ensurePayout(t)
	for k := range t.d.between(2, 3) {
		o := w.account(t.d, w.anyCountry(t.d), olderAccounts+t.key%5_000_000+uint64(k))
		t.older = append(t.older, o)
	}
}

func (w *world) redirected(t *persona) {
	t.reached = max(t.reached, 4)
	a := drawAddress(t.d, w.anyCountry(t.d))
	if t.delivery != nil { // the laptop farm
		a = record.Address{Lines: t.delivery.Lines, City: t.delivery.City, Postcode: t.delivery.Postcode, Country: t.delivery.Country}
	}
	t.delivery = &record.Delivery{Lines: a.Lines, City: a.City, Postcode: a.Postcode, Country: a.Country}
	t.history = append(t.history, record.Change{At: t.received.AddDate(0, 0, t.d.between(45, 70)), Field: "delivery", Old: oneLine(t.address), New: oneLine(a), By: "candidate"})
}

func (w *world) cameraRefused(t *persona) {
	t.reached = max(t.reached, 1)
	for len(t.notes) < 3 {
		t.notes = append(t.notes, nil)
	}
	for i := range t.notes {
		t.notes[i] = []string{pick(t.d, []string{"camera_refused", "camera_refused", "camera_dropped"})}
	}
	if t.d.chance(0.4) {
		t.requests = append(t.requests, record.Request{At: t.received.AddDate(0, 0, 12), Kind: "no-camera"})
	}
	if t.d.chance(0.3) {
		t.notes[0] = append(t.notes[0], "document_not_shown")
	}
	if t.d.chance(0.25) {
		t.notes[1] = append(t.notes[1], pick(t.d, []string{"visit_refused", "visit_broken"}))
	}
}

func (w *world) otherName(t *persona) {
	t.reached = max(t.reached, 1)
	t.notes = append(t.notes, []string{pick(t.d, []string{"other_name_shown", "other_name_shown", "other_person_answers"})})
}

// vpnAndClock: the exit tells one story, the clock another, the form a third.
func (w *world) vpnAndClock(t *persona) {
	zone := pick(t.d, w.anyCountry(t.d).zones)
	for range 2 {
		t.places = append([]place{{vpnExit(t.d.upTo(w.vpnExits())), zone}}, t.places...)
	}
	for i := range t.places {
		t.places[i].zone = zone
	}
}

func (w *world) throwaway(t *persona) {
	t.emails = append([]string{t.login[:1] + t.d.hex(7) + "@" + pick(t.d, disposableHosts)}, t.emails...)
}

// lookalikeReferee: a mail domain one word away from the employer's.
func (w *world) lookalikeReferee(t *persona) {
	f := w.firm(t.jobs[0].firm)
	label := strings.TrimSuffix(f.domain, ".example")
	l := drawLabel(t.d, w.anyCountry(t.d), "")
	age, mx := t.d.between(3, 60), true
	fake := []string{label + "-hr", label + "-careers", strings.Replace(label, "-", "", 1), strings.Replace(label, "a", "aa", 1), label + "s"}
	t.referees = append(t.referees, record.Reference{Name: l.full(), Organisation: f.name, Relationship: "head of engineering", ContactFrom: "candidate",
		Email:       ascii(strings.Fields(l.given)[0]) + "." + ascii(l.family) + "@" + pick(t.d, fake) + ".example",
		DomainFacts: record.DomainFacts{AgeDays: &age, MX: &mx, AsOf: record.DateOf(t.received)}})
}

func (w *world) freemailReferees(t *persona) {
	if len(t.referees) < 2 {
		for range 2 {
			j := pick(t.d, t.jobs)
			t.referees = append(t.referees, w.manager(j.firm, j.manager))
		}
	}
	w.privateReferees(t.d, t.person)
}

func (w *world) anachronism(t *persona) { w.tooNew(t.d, t.person) }

// tooNew writes a line under an old position about a tool that came years later.
func (w *world) tooNew(d dice, p *person) bool {
	for i := len(p.jobs) - 1; i >= 0; i-- {
		j := &p.jobs[i]
		if j.end > 0 && j.end/12 < 2017 {
			x := writer{d: d, words: w.words, after: j.end/12 + 1}
			j.bullets = append([]string{x.bullet(2026)}, j.bullets...)
			return true
		}
	}
	return false
}

func (w *world) contradiction(t *persona) {
	t.shift = t.d.between(7, 30)
	t.profiles = max(t.profiles, 1)
}

func (w *world) otherProfiles(t *persona) {
	t.profiles = max(t.profiles, 1)
	t.outdated = t.d.between(2, 3)
}
