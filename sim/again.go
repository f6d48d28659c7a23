package sim

import "bonafide/record"

// again is how often the same honest person applied.
func (w *world) again(p *person) int {
	d := roll(w.Seed, "again", uint64(p.n))
	switch x := d.Float64(); {
	case x < 0.012:
		return 3
	case x < 0.085:
		return 2
	}
	return 1
}

// later is the same person months on: perhaps with a new phone, moved, married,
// with a renewed passport, and a résumé that has grown.
func (w *world) later(p *person, k int) *person {
	q := *p
	d := roll(w.Seed, "later", uint64(p.n)<<2|uint64(k))
	q.received = p.received.AddDate(0, 0, k*d.between(20, 150))
	q.submitted, q.referrer = record.Submitter{}, ""
	if d.chance(0.45) && len(q.phones) > 0 {
		q.phones = []string{w.phone("", forPeople, p.key+3, -1)}
	}
	if d.chance(0.25) {
		q.emails = []string{w.mail(d, p.login, p.key*2+uint64(k)+4)}
	}
	if d.chance(0.25) {
		q.address = drawAddress(d, p.home)
		q.places = []place{{w.homeNetwork(p.home, againHomes+uint64(p.n), 9), p.zone}}
		q.delivery = nil
	}
	if d.chance(0.12) {
		q.label.maiden = q.label.family
		q.label.family = familyUnlike(roll(w.Seed, "new-name", uint64(p.n)), p.origin.family, &p.label) // dice of its own: labels move
		q.label.native = ""
	}
	if d.chance(0.15) {
		q.devices = []string{d.hex(16)}
	}
	if q.doc != nil && d.chance(0.2) {
		doc := w.passport(d, &q.label, w.documentNumber(p.key*2+1+4*uint64(k)), q.born, record.DateOf(q.received.AddDate(0, 0, -25)), 10)
		q.doc = &doc
	}
	if d.chance(0.5) {
		q.textSeed = d.Uint64()
	}
	if d.chance(0.6) {
		q.resumeSHA = d.hex(64)
	}
	return &q
}
