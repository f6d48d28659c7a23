package sim

import (
	"fmt"
	"slices"
	"strings"

	"bonafide/record"
)

// household: two to four people who share a home, its line, often a phone, a
// computer and an account; couples often a family name.
func (w *world) household(g *group) {
	d, head := g.d, g.people[0]
	sameName, sharedPC, landline := d.chance(0.65), d.chance(0.35), d.chance(0.3)
	for i, p := range g.people[1:] {
		p.home, p.places[0] = head.home, head.places[0]
		p.moveIn(head.address, w.homeNetwork(head.home, g.number, d.between(2, 250)), head.zone)
		if len(p.places) > 1 && len(head.places) > 1 {
			p.places[1] = head.places[1]
		}
		if sameName {
			p.label.family, p.label.native = head.label.family, ""
			if p.doc != nil {
				nameOn(p.doc, &p.label)
			}
		}
		p.rehouse(w, d)
		if sharedPC && (i == 0 || d.chance(0.5)) {
			p.devices = append([]string{head.devices[0]}, p.devices[1:]...)
		}
		if i == 0 && d.chance(0.4) && head.payout != nil {
			joint := *head.payout
			p.payout = &joint
			p.holder, head.holder = holder{as: byBoth, with: head}, holder{as: byBoth, with: p}
		}
	}
	if landline {
		line := w.phone("", forPeople, head.key+2, -1)
		for _, p := range g.people {
			if d.chance(0.8) {
				p.phones = append(p.phones, line)
			}
		}
	}
	// Father and son, mother and daughter of one name.
	if sameName && d.chance(0.06) {
		junior := g.people[len(g.people)-1]
		junior.label.given, junior.label.initial = head.label.given, head.label.initial
		junior.pinned, head.pinned = true, true
		if junior.doc != nil {
			nameOn(junior.doc, &junior.label)
		}
	}
	// One of them hears of the job from the other.
	if d.chance(0.5) {
		later := g.people[1]
		later.received = head.received.AddDate(0, 0, d.upTo(40))
	}
}

// rehouse draws anew what depends on the country lived in.
func (p *person) rehouse(w *world, d dice) {
	if p.payout != nil {
		a := w.account(d, p.home, p.key*2)
		p.payout = &a
	}
	p.tax = nil
	for i := range p.jobs {
		if p.jobs[i].end == 0 {
			p.jobs[i].country = p.home.code
		}
	}
	if p.origin != p.home && len(p.phones) > 0 && !strings.HasPrefix(p.phones[0], "+999") && d.chance(0.5) {
		p.phones[0] = w.phone("", forPeople, p.key, -1)
	}
}

// flatShare: people who share an address and a router and nothing else.
func (w *world) flatShare(g *group) {
	head := g.people[0]
	for _, p := range g.people[1:] {
		p.home = head.home
		p.moveIn(head.address, w.homeNetwork(head.home, g.number, g.d.between(2, 250)), head.zone)
		p.rehouse(w, g.d)
	}
}

// residence: many people at one postal address with rooms of their own, behind
// a few campus exits.
func (w *world) residence(g *group) {
	head := g.people[0]
	exit := campusExit(int(stir(g.number) % 250))
	kiosk := "" // the computer in the hall
	if g.d.chance(0.06) {
		kiosk = g.d.hex(16)
	}
	for i, p := range g.people {
		p.home = head.home
		a := head.address
		a.Lines = []string{head.address.Lines[0]}
		if g.d.chance(0.8) {
			a.Lines = append(a.Lines, fmt.Sprintf("Room %d", 100+i*3))
		}
		p.moveIn(a, exit, head.zone)
		if kiosk != "" && g.d.chance(0.3) {
			p.devices = append([]string{kiosk}, p.devices...)
			p.is("shared-computer")
		}
		if i > 0 {
			p.rehouse(w, g.d)
		}
	}
}

// agency sends many people: its line, mailbox, template, office network; often
// it is paid itself.
type agency struct {
	name, id, email, phone, ip string
	layout                     int
	line                       string
	address                    record.Address
	payout                     record.Payout
}

// agencyPhones is where their numbers begin: behind those of 15 million firms.
const agencyPhones = 985e9

func (w *world) agencies() int { return max(2, w.People/1200) }

func (w *world) agencyNumber(n int) *agency {
	d := roll(w.Seed, "agency", uint64(n))
	t := writer{d: d, words: w.words}
	name := t.codename() + " " + pick(d, []string{"Staffing", "People", "Talent", "Personal GmbH", "Recruitment", "Resourcing Ltd"})
	domain := ascii(name) + itoa(uint64(n)) + ".example"
	home := w.countries[w.wheel[d.upTo(len(w.wheel))]]
	return &agency{
		name: name, id: "agency-" + itoa(uint64(n)), email: "candidates@" + domain, phone: w.phone("", forCompanies, agencyPhones+uint64(n), -1),
		ip: agencyExit(n), layout: d.upTo(8), address: drawAddress(d, home),
		line:   fmt.Sprintf("This profile was prepared by %s; please direct all enquiries about availability and rates to your %s consultant.", name, name),
		payout: w.account(d, home, agencyAccounts+uint64(n)),
	}
}

func (w *world) agencyPeople(g *group) {
	d := g.d
	n := int(float64(w.agencies()) * d.Float64() * d.Float64())
	a := w.agencyNumber(n)
	paid := d.chance(0.5)
	month := g.people[0].received
	for _, p := range g.people {
		p.agency = a
		p.submitted = record.Submitter{Kind: "agency", Name: a.name, ID: a.id}
		p.layout = a.layout
		if d.chance(0.7) {
			p.phones = []string{a.phone}
		}
		if d.chance(0.4) {
			p.emails = []string{a.email}
		} else if d.chance(0.5) {
			p.emails = append(p.emails, a.email)
		}
		if d.chance(0.3) {
			p.address = a.address
		}
		p.places = append([]place{{a.ip, p.zone}}, p.places...)
		if paid && p.payout != nil {
			same := a.payout
			p.payout, p.holder = &same, holder{as: byLiteral, literal: a.name}
			p.contract = record.Contract{Kind: "company", Party: a.name}
		}
		if d.chance(0.6) {
			p.received = month.AddDate(0, 0, d.upTo(60))
		}
	}
}

// referringManager: one person sends many former colleagues of one firm, and
// is their referee.
func (w *world) referringManager(g *group) {
	boss := g.people[0]
	k := boss.jobs[0].firm
	for _, p := range g.people[1:] {
		p.referrer = w.recordName(boss.n, 0)
		p.jobs[g.d.upTo(len(p.jobs))].firm = k
		if g.d.chance(0.6) {
			p.cites = append(p.cites, boss)
		}
		p.received = boss.received.AddDate(0, 0, g.d.between(5, 300))
		p.submitted = record.Submitter{Kind: "referrer", ID: p.referrer}
	}
}

// colleagues name each other as referees, once.
func (w *world) colleagues(g *group) {
	k := g.people[0].jobs[min(1, len(g.people[0].jobs)-1)].firm
	for i, p := range g.people {
		p.jobs[min(1, len(p.jobs)-1)].firm = k
		p.referees = slices.DeleteFunc(p.referees, func(record.Reference) bool { return g.d.chance(0.5) })
		if i == 0 || g.d.chance(0.8) {
			p.cites = append(p.cites, g.people[(i+1)%len(g.people)])
		}
	}
}

// alumni worked at the same one to three firms, partly at the same time, on the
// same product, under the same managers.
func (w *world) alumni(g *group) {
	d, head := g.d, g.people[0]
	shared := min(len(head.jobs), d.between(1, 3))
	t := writer{d: d, words: w.words}
	product := t.bullet(2020)
	sameDates := d.chance(0.3)
	for _, p := range g.people {
		for i := range min(shared, len(p.jobs)) {
			if i > 0 && d.chance(0.4) {
				continue
			}
			p.jobs[i].firm, p.jobs[i].manager = head.jobs[i].firm, head.jobs[i].manager
			if sameDates && i == 0 && d.chance(0.5) { // all left when the firm closed
				p.jobs[i].start = max(p.jobs[i].start, head.jobs[i].start)
				p.jobs[i].end = head.jobs[i].end
			}
		}
		if d.chance(0.5) {
			p.referees = append(p.referees, w.manager(head.jobs[0].firm, head.jobs[0].manager))
		}
		if d.chance(0.25) {
			p.bootcamp = append(p.bootcamp, product)
		}
	}
}

// namesakes bear one name and nothing else in common.
func (w *world) namesakes(g *group) {
	for _, p := range g.people[1:] {
		native := p.label.native
		p.label.given, p.label.family, p.label.initial = g.people[0].label.given, g.people[0].label.family, g.people[0].label.initial
		if native != "" {
			p.label.native = g.people[0].label.native
		}
		if p.doc != nil {
			nameOn(p.doc, &p.label)
		}
	}
}

// recycledPhone: the number of somebody who applied years ago has a new owner.
func (w *world) recycledPhone(g *group) {
	old, now := g.people[0], g.people[1]
	old.received = old.received.AddDate(-g.d.between(3, 5), 0, 0)
	old.jobs = slices.DeleteFunc(old.jobs, func(j job) bool { return j.start/12 >= old.received.Year() })
	if len(old.phones) > 0 {
		now.phones = []string{old.phones[0]}
	}
	if len(old.jobs) == 0 {
		old.jobs = []job{{firm: w.drawFirm(g.d), title: "Trainee", start: old.received.Year()*12 - 3, country: old.home.code}}
	}
	for i := range old.jobs {
		if old.jobs[i].end/12 >= old.received.Year() {
			old.jobs[i].end = 0
		}
	}
	if old.doc != nil {
		w.oldPassport(g.d, old)
	}
}

// oldPassport makes a document that was valid on the day of an early application.
func (w *world) oldPassport(d dice, p *person) {
	issued := p.received.AddDate(0, 0, -d.between(30, 1500))
	doc := w.passport(d, &p.label, p.doc.Number, p.born, record.DateOf(issued), 10)
	p.doc = &doc
}

// course: people of one course describe the same exercises in the same words.
func (w *world) course(g *group) {
	n := uint64(float64(max(1, w.People/4000)) * g.d.Float64())
	d := roll(w.Seed, "course", n)
	t := writer{d: d, words: w.words}
	lines := []string{t.bullet(2023), t.bullet(2023), t.bullet(2024)}
	for _, p := range g.people {
		p.bootcamp = append(p.bootcamp, lines[:1+g.d.upTo(3)]...)
	}
}
