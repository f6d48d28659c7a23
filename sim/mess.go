package sim

import (
	"time"

	"bonafide/record"
)

// happenings are what may be going on in any honest life, whatever the country:
// how often, and what it does to a person.
var happenings = []struct {
	kind string
	rate float64
	do   func(w *world, d dice, p *person) bool // false: it does not concern them
}{
	{"campus", 0.045, (*world).campus},
	{"vpn", 0.065, (*world).vpn},
	{"traveller", 0.040, (*world).travel},
	{"married-name", 0.030, (*world).married},
	{"joint-account", 0.025, (*world).jointAccount},
	{"family-payee", 0.004, (*world).familyPayee},
	{"company-payee", 0.045, (*world).ownCompany},
	{"employer-of-record", 0.035, (*world).employerOfRecord},
	{"slip", 0.040, (*world).slips},
	{"expired-document", 0.030, (*world).expired},
	{"contact-change", 0.030, (*world).contactChange},
	{"moved-after-offer", 0.045, (*world).movedAfterOffer},
	{"camera-once", 0.030, (*world).cameraOnce},
	{"account-change", 0.030, (*world).accountChange},
	{"freemail-referees", 0.050, (*world).privateReferees},
	{"outdated-profile", 0.080, (*world).outdatedProfile},
	{"parcel-shop", 0.080, (*world).parcelShop},
	{"disposable-mail", 0.003, (*world).disposable},
	{"other-spelling", 0.030, (*world).otherSpelling},
	{"nickname-on-call", 0.002, (*world).nickname},
	{"date-typo", 0.006, (*world).dateTypo},
	{"old-skill", 0.004, (*world).skillOnOldRole},
}

func (w *world) live(d dice, p *person) {
	for i, h := range happenings {
		if d.chance(w.climate.happenings[i]) && h.do(w, d, p) {
			p.is(h.kind)
		}
	}
}

func (w *world) campus(d dice, p *person) bool {
	p.places = append([]place{{campusExit(d.upTo(w.campuses())), p.zone}}, p.places...)
	return true
}

// campuses and co-working houses grow in number with the population until the
// documentation block is used up; then they grow in size.
func (w *world) campuses() int { return min(250, max(3, w.People/800)) }

// vpnExits likewise: one exit serves about a hundred people.
func (w *world) vpnExits() int { return min(128, max(3, w.People/1500)) }

func (w *world) vpn(d dice, p *person) bool {
	for range d.between(1, 3) {
		p.places = append([]place{{vpnExit(d.upTo(w.vpnExits())), p.zone}}, p.places...)
	}
	return true
}

// travel: network and clock agree with each other and differ from home.
func (w *world) travel(d dice, p *person) bool {
	there := pick(d, w.countries)
	zone := pick(d, there.zones)
	ip := w.homeNetwork(there, hotels+d.Uint64N(1<<26), d.between(2, 250))
	for range d.between(1, 3) {
		p.away = append(p.away, place{ip, zone})
	}
	return true
}

// migrate: a new country, an old phone number, sometimes the old account.
func (w *world) migrate(d dice, p *person) {
	p.is("migrant")
	if d.chance(0.6) && len(p.phones) > 0 {
		p.phones[0] = w.phone(p.origin.code, forPeople, p.key, p.rank)
	}
	if d.chance(0.5) && len(p.jobs) > 1 {
		for i := range p.jobs[1:] {
			p.jobs[i+1].country = p.origin.code
		}
	}
	if p.payout != nil && d.chance(0.3) {
		a := w.account(d, p.origin, p.key*2)
		p.payout = &a
	}
}

// married: the papers, or the account, still bear the name of before.
func (w *world) married(d dice, p *person) bool {
	p.label.maiden = familyUnlike(d, p.origin.family, &p.label)
	if p.doc != nil {
		nameOn(p.doc, &p.label)
	}
	if p.payout != nil && p.holder.as == bySelf && d.chance(0.4) {
		p.holder.as = byMaiden
	}
	return true
}

// ownAccount reports whether pay goes to an account in the person's own name.
func (p *person) ownAccount() bool {
	return p.payout != nil && p.holder.as <= byShort && p.holder.with == nil
}

func (w *world) jointAccount(d dice, p *person) bool {
	if !p.ownAccount() {
		return false
	}
	p.pinned = true
	p.holder = holder{as: byBoth, given: otherThan(d, p.origin.given, p.label.given)}
	return true
}

func (w *world) familyPayee(d dice, p *person) bool {
	if !p.ownAccount() {
		return false
	}
	p.pinned = true
	p.holder = holder{as: byRelative, given: otherThan(d, p.origin.given, p.label.given)}
	return true
}

// ownCompany: a freelancer is paid through a firm, their own name in it or not.
func (w *world) ownCompany(d dice, p *person) bool {
	if !p.ownAccount() {
		return false
	}
	p.contract = record.Contract{Kind: "company"}
	if d.chance(0.5) {
		p.holder = holder{as: byOwnFirm, ownParty: d.chance(0.8)}
		return true
	}
	t := writer{d: d, words: w.words}
	name := t.codename() + " " + pick(d, []string{"Software Ltd", "Consulting GmbH", "Digital LLC", "Lda", "Tech SRL", "Sp. z o.o.", "UG (haftungsbeschränkt)", "Studio SAS"})
	p.holder, p.contract.Party = holder{as: byLiteral, literal: name}, name
	return true
}

// employerOfRecord: one payroll firm receives the pay of many.
func (w *world) employerOfRecord(d dice, p *person) bool {
	if !p.ownAccount() || p.agency != nil {
		return false
	}
	n := uint64(float64(5+w.People/3000) * d.Float64() * d.Float64())
	own := roll(w.Seed, "payroll", n)
	name := (writer{d: own, words: w.words}).codename() + " Global Payroll " + pick(own, []string{"Ltd", "GmbH", "Inc", "BV"})
	a := w.account(own, w.countries[w.wheel[own.upTo(len(w.wheel))]], payrollAccounts+n)
	p.payout, p.holder = &a, holder{as: byLiteral, literal: name}
	p.contract = record.Contract{Kind: "employer-of-record", Party: name}
	return true
}

// slips of hand and eye: one character of the MRZ, the IBAN or a tax number.
func (w *world) slips(d dice, p *person) bool {
	switch {
	case p.doc != nil && d.chance(0.5):
		p.badMRZ = true
	case p.payout != nil && p.payout.Kind == "iban" && p.ownAccount() && d.chance(0.6):
		p.slipIBAN = true
	case p.tax != nil && p.reached >= 3:
		p.tax.Value = slip(d, p.tax.Value)
	default:
		return false
	}
	return true
}

func (w *world) expired(d dice, p *person) bool {
	if p.doc == nil {
		return false
	}
	issued := p.received.AddDate(-10, 0, -d.between(3, 700))
	doc := w.passport(d, &p.label, p.doc.Number, p.born, record.DateOf(issued), 10)
	p.doc = &doc
	return true
}

// contactChange: a lost phone, a new mailbox, sometimes back again after days.
func (w *world) contactChange(d dice, p *person) bool {
	at := p.received.Add(time.Duration(d.between(1, 90)*24) * time.Hour)
	if d.chance(0.6) && len(p.phones) > 0 && p.agency == nil {
		old := w.phone("", forPeople, p.key+1, -1)
		p.history = append(p.history, record.Change{At: at, Field: "phones", Old: old, New: p.phones[0], By: "candidate"})
		if d.chance(0.25) { // a loan phone for a week
			p.history = append([]record.Change{{At: at.AddDate(0, 0, -7), Field: "phones", Old: p.phones[0], New: old, By: "candidate"}}, p.history...)
		}
		return true
	}
	p.history = append(p.history, record.Change{At: at, Field: "emails", Old: w.mail(d, p.login, p.key*2+3), New: p.emails[0], By: "candidate"})
	return true
}

func (w *world) movedAfterOffer(d dice, p *person) bool {
	if p.reached < 3 || p.agency != nil {
		return false
	}
	p.reached = max(p.reached, 4)
	old := p.address
	p.address = drawAddress(d, p.home)
	p.delivery = &record.Delivery{Lines: p.address.Lines, City: p.address.City, Postcode: p.address.Postcode, Country: p.address.Country}
	p.history = append(p.history, record.Change{At: p.received.AddDate(0, 0, d.between(45, 80)), Field: "person.address", Old: oneLine(old), New: oneLine(p.address), By: "candidate"})
	return true
}

func (w *world) cameraOnce(d dice, p *person) bool {
	if len(p.notes) == 0 {
		return false
	}
	i := d.upTo(len(p.notes))
	p.notes[i] = append(p.notes[i], pick(d, []string{"camera_refused", "camera_refused", "camera_dropped", "document_not_shown"}))
	if d.chance(0.12) && len(p.notes) > 1 {
		i = (i + 1) % len(p.notes)
		p.notes[i] = append(p.notes[i], "camera_dropped")
	}
	return true
}

func (w *world) accountChange(d dice, p *person) bool {
	if !p.ownAccount() {
		return false
	}
	p.older = append(p.older, w.account(d, p.home, p.key*2+1))
	return true
}

// privateReferees: people who have left the firm, or do not give its address.
func (w *world) privateReferees(d dice, p *person) bool {
	for i := range p.referees {
		r := &p.referees[i]
		r.Email = ascii(r.Name) + itoa(stir(w.key^stir(p.key+uint64(i)))%100000) + "@" + pick(d, freeMail)
		r.DomainFacts = record.DomainFacts{}
	}
	return len(p.referees) > 0
}

func (w *world) outdatedProfile(d dice, p *person) bool {
	p.profiles = max(p.profiles, 1)
	p.outdated = 1 + d.weighted([]float64{8, 2})
	return true
}

// parcelShop: the laptop goes to a shop, an office or the parents, in the country.
func (w *world) parcelShop(d dice, p *person) bool {
	if p.reached < 4 || p.delivery != nil {
		return false
	}
	a := drawAddress(d, p.home)
	if d.chance(0.7) {
		a.City = p.address.City
	}
	p.delivery = &record.Delivery{Lines: a.Lines, City: a.City, Postcode: a.Postcode, Country: p.address.Country}
	return true
}

func (w *world) disposable(d dice, p *person) bool {
	p.emails = []string{"x" + d.hex(8) + "@" + pick(d, disposableHosts)}
	return true
}

// otherSpelling: names turned round, in capitals, as some forms ask for them.
func (w *world) otherSpelling(d dice, p *person) bool {
	p.alias = pick(d, []string{"turned", "capitals"})
	return true
}

// nickname: the call shows the name of a spouse's or a firm's account.
func (w *world) nickname(d dice, p *person) bool {
	if len(p.notes) == 0 {
		return false
	}
	p.notes[0] = append(p.notes[0], "other_name_shown")
	return true
}

// dateTypo: a year mistyped, or a start told a few months differently.
func (w *world) dateTypo(d dice, p *person) bool {
	p.shift = pick(d, []int{-2, -1, 1, 2, 3, 12, 12})
	return true
}

// skillOnOldRole: a line about today's tools slips under an old position.
func (w *world) skillOnOldRole(d dice, p *person) bool { return w.tooNew(d, p) }

func oneLine(a record.Address) string {
	s := ""
	for _, l := range a.Lines {
		s += l + ", "
	}
	return s + a.Postcode + " " + a.City + ", " + a.Country
}
