package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// place is a network with the clock that a device shows there.
type place struct {
	ip, zone string
}

// holder is under which name an account stands. It is turned into words only
// when the record is written, because names may have moved by then.
type holder struct {
	as       holding
	with     *person // joint: the other applicant
	given    string  // joint with, or held by, a relative who is no applicant
	literal  string  // a company, a stranger
	ownParty bool    // the contract names the holder
}

type holding uint8

const (
	bySelf holding = iota
	byShort
	byBoth
	byMaiden
	byRelative
	byOwnFirm
	byLiteral
)

// person is one human being, or one persona, before it becomes a record.
type person struct {
	n         int    // honest: number in the population
	key       uint64 // number of the first record
	rank      int    // among people of the same origin
	truth     string // name in the truth file
	cell      string
	kinds     []string
	label     label
	origin    *country // where drawn from; label.nationality moves under Swap, this does not
	home      *country
	login     string
	received  time.Time
	born      record.Date
	address   record.Address
	zone      string
	emails    []string
	phones    []string
	devices   []string
	places    []place // where sessions come from, the first most often
	away      []place // places of single sessions, one each, beside the others
	photo     *record.Photo
	doc       *record.Document
	docs      []record.Document
	payout    *record.Payout
	holder    holder
	older     []record.Payout // accounts before the last change
	contract  record.Contract
	jobs      []job
	bachelor  int // year of the first degree
	referees  []record.Reference
	cites     []*person // applicants named as referees
	reached   int       // index of stages
	history   []record.Change
	notes     [][]string // observations, interview by interview
	requests  []record.Request
	answers   []record.Answer
	layout    int
	bootcamp  []string // lines of a course, or of a shared product, in the résumé
	agency    *agency
	submitted record.Submitter
	referrer  string
	delivery  *record.Delivery
	textSeed  uint64
	copied    *person // whose résumé text this one carries
	tax       *record.TaxID
	profiles  int // pages named
	outdated  int // attributes in which the pages differ
	shift     int // months by which a career contradicts itself
	badMRZ    bool
	alias     string // another spelling given in the form
	slipIBAN  bool
	resumeSHA string
	pinned    bool // bears or names a relative's name, so Swap leaves it where it is
}

func (p *person) is(kind string) {
	if !slices.Contains(p.kinds, kind) {
		p.kinds = append(p.kinds, kind)
	}
}

var stages = []string{"application", "interview", "reference", "offer", "onboarding", "employment", "payment"}
var stageWeights = []float64{38, 20, 8, 6, 6, 9, 13}

var firstDay = time.Date(2024, 9, 1, 0, 0, 0, 0, time.UTC)

const days = 540

// draw makes a person who lives an ordinary life, except for what is added
// later. household keeps people apart who do not share a home.
func (w *world) draw(d dice, key uint64, origin, home *country, household uint64, owner uint64, rank int) *person {
	p := &person{key: key, origin: origin, home: home, rank: rank, textSeed: d.Uint64()}
	p.label = drawLabel(d, origin, "")
	p.received = firstDay.Add(time.Duration(d.Int64N(days*86400)) * time.Second)
	age := 21 + int(28*d.Float64()*d.Float64()) + d.upTo(6)
	birthYear := p.received.Year() - age
	p.born = record.Date(fmt.Sprintf("%04d-%02d-%02d", birthYear, d.between(1, 12), d.between(1, 28)))
	p.login = mailLocal(d, p.label.given, p.label.family, birthYear)
	p.address = drawAddress(d, home)
	p.zone = pick(d, home.zones)
	p.emails = []string{w.mail(d, p.login, key*2)}
	if d.chance(0.1) {
		p.emails = append(p.emails, w.mail(d, strings.ReplaceAll(p.login, ".", "-"), key*2+1))
	}
	at := rank
	if origin != home {
		at = -1
	}
	if d.chance(0.93) {
		p.phones = []string{w.phone(home.code, owner, key, at)}
	}
	p.devices = []string{d.hex(16)}
	if d.chance(0.3) {
		p.devices = append(p.devices, d.hex(16))
	}
	p.places = []place{{w.homeNetwork(home, household, d.between(2, 250)), p.zone}}
	if d.chance(0.15) {
		p.places = append(p.places, place{carrierExit(d.upTo(250)), p.zone})
	}
	if d.chance(w.climate.photos) {
		p.photo = &record.Photo{File: "photo.jpg", SHA256: d.hex(64), PHash: d.hex(16)}
		if d.chance(0.4) {
			p.photo.PDQ = d.hex(64)
		}
		// The grey silhouette of the platform; a platform that gives one has many people.
		if d.chance(0.02) && w.People >= 2000 {
			p.photo = &record.Photo{File: "avatar.png", SHA256: strings.Repeat("0d", 32), PHash: "183c3c7e7e3c18ff"}
		}
	}
	p.reached = d.weighted(stageWeights)
	if p.reached >= 4 || d.chance(w.climate.documents) {
		years := pick(d, []int{5, 10, 10, 10})
		issued := p.received.AddDate(0, 0, -d.between(30, years*365-200))
		doc := w.passport(d, &p.label, w.documentNumber(key*2), p.born, record.DateOf(issued), years)
		p.doc = &doc
	}
	if p.reached >= 4 || d.chance(w.climate.payouts) {
		a := w.account(d, home, key*2)
		p.payout = &a
		if d.chance(0.15) {
			p.holder.as = byShort
		}
	}
	p.contract = record.Contract{Kind: "person"}
	if d.chance(w.climate.taxes) {
		if id, ok := w.taxID(home.code, key/applicationsEach); ok {
			p.tax = &id
		}
	}
	w.drawCareer(d, p, birthYear)
	p.layout = d.weighted([]float64{5, 2, 5, 3, 4, 1, 5, 1})
	p.profiles = d.weighted([]float64{4, 4, 2})
	if p.reached >= 1 {
		for range 1 + d.upTo(3) {
			p.notes = append(p.notes, nil)
		}
	}
	p.resumeSHA = d.hex(64)
	return p
}

// mail is an address that no other number n gets: mail hosts hand an address
// out once.
func (w *world) mail(d dice, login string, n uint64) string {
	unique := itoa(scatter(w.key+71, n, uint64(w.People*applicationsEach*2+w.Operators*256+1000)))
	if d.chance(0.12) {
		return "hello@" + strings.ReplaceAll(login, "_", "-") + unique + ".example"
	}
	return login + unique + "@" + pick(d, mailHosts)
}

func drawAddress(d dice, c *country) record.Address {
	b := []byte(c.postcode)
	for i := range b {
		switch b[i] {
		case '#':
			b[i] = byte('0' + d.upTo(10))
		case '@':
			b[i] = "ABCDEFGHJKLMNPRSTVWXY"[d.upTo(21)]
		}
	}
	root := pick(d, streetRoots)
	if d.chance(0.4) {
		root += " " + pick(d, streetRoots)
	}
	lines := []string{fmt.Sprintf(c.street, root, d.between(1, 240))}
	if d.chance(0.35) {
		lines = append(lines, fmt.Sprintf("Apt %d", d.between(1, 60)))
	}
	return record.Address{Lines: lines, City: pick(d, c.cities), Postcode: string(b), Country: c.code}
}

// drawCareer invents studies and positions up to the day of the application.
func (w *world) drawCareer(d dice, p *person, birthYear int) {
	p.bachelor = birthYear + d.between(21, 25)
	now := p.received.Year()*12 + int(p.received.Month()) - 1
	month := p.bachelor*12 + d.upTo(12)
	for len(p.jobs) < 6 {
		length := 8 + d.upTo(50)
		k := w.drawFirm(d)
		j := job{firm: k, manager: d.upTo(w.managers(k)), title: pick(d, w.words.titles), start: month, end: month + length, country: p.home.code}
		if j.end >= now-3 {
			j.end = 0
			if d.chance(0.4) {
				j.end = now - d.upTo(3)
			}
			if j.start < now-2 {
				p.jobs = append(p.jobs, j)
			}
			break
		}
		p.jobs = append(p.jobs, j)
		month = j.end + d.upTo(5)
		if d.chance(0.06) { // freelancers overlap
			month -= d.between(2, 8)
		}
	}
	if len(p.jobs) == 0 {
		k := w.drawFirm(d)
		p.jobs = []job{{firm: k, manager: d.upTo(w.managers(k)), title: pick(d, w.words.titles), start: now - 10, country: p.home.code}}
	}
	// Newest first, as résumés are written; at most five.
	slices.Reverse(p.jobs)
	p.jobs = p.jobs[:min(5, len(p.jobs))]
	for range d.weighted([]float64{30, 30, 30, 10}) {
		j := pick(d, p.jobs)
		r := w.manager(j.firm, j.manager)
		if !slices.ContainsFunc(p.referees, func(o record.Reference) bool { return o.Email == r.Email }) {
			p.referees = append(p.referees, r)
		}
	}
}
