package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

func (w *world) anyCountry(d dice) *country { return w.countries[w.wheel[d.upTo(len(w.wheel))]] }

func (w *world) sharedPayout(c *cell, t *persona, gen int) {
	d := w.thing(c, "payout", gen)
	a := w.account(d, w.anyCountry(d), operatorAccounts+uint64(c.n)<<4+uint64(gen&15))
	t.payout, t.older = &a, nil
	// The account takes the persona's name or a helper's.
	if t.holder.as != byLiteral || t.contract.Kind == "employer-of-record" {
		t.contract = record.Contract{Kind: "person"}
		t.holder = holder{}
	}
	if d.chance(0.35) {
		l := drawLabel(d, w.anyCountry(d), "")
		t.holder = holder{as: byLiteral, literal: l.full()}
	}
}

func (w *world) sharedDevice(c *cell, t *persona, gen int) {
	d := w.thing(c, "device", gen)
	id := d.hex(16)
	if t.d.chance(0.6) {
		t.devices = []string{id}
	} else {
		t.devices = []string{id, t.devices[0]}
	}
}

func (w *world) sharedPhone(c *cell, t *persona, gen int) {
	d := w.thing(c, "phone", gen)
	block := uint64(c.n)<<5 + uint64(gen&31)
	nn := d.Uint64N(60)
	if t.d.chance(0.65) { // the next number of a rented block
		nn += uint64(t.i%30) + 1
	}
	t.phones = []string{w.phoneBlock(block, nn)}
}

func (w *world) sharedMail(c *cell, t *persona, gen int) {
	d := w.thing(c, "mail", gen)
	x := writer{d: d, words: w.words}
	base := strings.ToLower(x.codename()) + pick(d, []string{".dev", "dev", "_code", ".works", "tech", ".eng"})
	host := pick(d, mailHosts)
	number := t.i + 1
	if d.chance(0.5) {
		number += d.between(10, 900)
	}
	t.emails = []string{fmt.Sprintf("%s%d@%s", base, number, host)}
	if t.d.chance(0.12) { // the mailbox that is really read
		t.emails = append(t.emails, base+"@"+host)
	}
}

func (w *world) sharedNetwork(c *cell, t *persona, gen int) {
	d := w.thing(c, "network", gen)
	ip := w.homeNetwork(w.anyCountry(d), operatorHomes+1<<22+uint64(c.n)<<4+uint64(gen&15), t.d.between(2, 250))
	at := place{ip, t.zone}
	if t.d.chance(0.55) {
		t.places = append([]place{at}, t.places...)
	} else {
		t.places = append(t.places, at)
	}
}

// sharedBullets: lines from the operator's own stock, some touched up.
func (w *world) sharedBullets(c *cell, t *persona, gen int) {
	d := w.thing(c, "bullets", gen)
	x := writer{d: d, words: w.words}
	var lines []string
	for range 9 {
		lines = append(lines, x.bullet(2019))
	}
	order := t.d.Perm(len(lines))
	for _, at := range order[:t.d.between(2, 6)] {
		s := lines[at]
		if t.d.chance(0.3) {
			s = touchUp(t.d, s)
		}
		j := t.d.upTo(len(t.jobs))
		t.jobs[j].bullets = append(t.jobs[j].bullets, s)
	}
}

// touchUp changes a word or a figure of a sentence.
func touchUp(d dice, s string) string {
	words := strings.Fields(s)
	for range d.between(1, 3) {
		i := d.upTo(len(words))
		if c := words[i][0]; c >= '0' && c <= '9' {
			words[i] = itoa(uint64(d.between(3, 400)))
		} else if d.chance(0.3) {
			words[i] = pick(d, list("stable,existing,main,core,new,whole"))
		}
	}
	return strings.Join(words, " ")
}

// sharedPhoto: one portrait, saved again, cropped a little or mirrored.
func (w *world) sharedPhoto(c *cell, t *persona, gen int) {
	d := w.thing(c, "photo", gen)
	hash, pdq := d.hex(16), d.hex(64)
	p := record.Photo{File: "portrait.jpg", SHA256: t.d.hex(64), PHash: blur(t.d, hash, t.d.upTo(7)), PDQ: blur(t.d, pdq, t.d.upTo(26))}
	switch x := t.d.Float64(); {
	case x < 0.25:
		// A mirrored picture turns the sign of every odd column of its transform.
		p.PHash, p.PDQ = blur(t.d, mirror(hash), t.d.upTo(4)), blur(t.d, mirror(pdq), t.d.upTo(16))
	case x < 0.4: // the very same file
		p.SHA256, p.PHash, p.PDQ = d.hex(64), hash, pdq
	}
	t.photo = &p
}

// blur flips n bits of a hash in hex.
func blur(d dice, hash string, n int) string {
	b := []byte(hash)
	for range n {
		i := d.upTo(len(b))
		b[i] = hexDigits[strings.IndexByte(hexDigits, b[i])^1<<d.upTo(4)]
	}
	return string(b)
}

func mirror(hash string) string {
	b := []byte(hash)
	for i := range b {
		b[i] = hexDigits[strings.IndexByte(hexDigits, b[i])^0xa]
	}
	return string(b)
}

// sharedReferee: invented referees with mailboxes the operator reads.
func (w *world) sharedReferee(c *cell, t *persona, gen int) {
	for k := range 1 + t.d.upTo(2) {
		d := w.thing(c, "referee", gen<<2|k)
		l := drawLabel(d, w.anyCountry(d), "")
		j := pick(t.d, t.jobs)
		r := record.Reference{Name: l.full(), Organisation: w.firm(j.firm).name, Relationship: "manager", ContactFrom: "candidate"}
		r.Email = mailLocal(d, l.given, l.family, 1980) + d.digits(3) + "@" + pick(d, mailHosts)
		if d.chance(0.4) {
			r.Phone = w.phoneBlock(uint64(c.n)<<5+uint64(gen&31), d.Uint64N(100))
		}
		if t.d.chance(0.2) {
			other := drawLabel(t.d, w.anyCountry(t.d), "")
			r.Name = other.full()
		}
		t.referees = append(t.referees, r)
	}
	t.referees = t.referees[max(0, len(t.referees)-3):]
}

// laptopFarm: the equipment of several personas goes to one door.
func (w *world) laptopFarm(c *cell, t *persona, gen int) {
	d := w.thing(c, "delivery", gen)
	a := drawAddress(d, w.anyCountry(d))
	if len(a.Lines) > 1 && t.d.chance(0.3) {
		a.Lines = []string{a.Lines[0], fmt.Sprintf("Apt %d", t.d.between(1, 60))}
	}
	t.reached = max(t.reached, 4)
	if t.d.chance(0.4) {
		t.address = a
		return
	}
	t.delivery = &record.Delivery{Lines: a.Lines, City: a.City, Postcode: a.Postcode, Country: a.Country}
}

func (w *world) sharedAnswers(c *cell, t *persona, gen int) {
	t.answers = w.answers(writer{d: w.thing(c, "answers", gen), words: w.words}, 2024)
	for i := range t.answers {
		if t.d.chance(0.3) {
			t.answers[i].Text = touchUp(t.d, t.answers[i].Text)
		}
		if t.d.chance(0.3) {
			t.answers[i].Text += " " + writer{d: t.d, words: w.words}.prose(2024)
		}
	}
}

// sharedDocument: one picture edited for several names, or one number twice.
func (w *world) sharedDocument(c *cell, t *persona, gen int) {
	d := w.thing(c, "document", gen)
	if t.doc == nil {
		doc := w.passport(t.d, &t.label, w.documentNumber(t.key*2), t.born, record.DateOf(t.received.AddDate(-2, 0, 0)), 10)
		t.doc = &doc
	}
	doc := *t.doc
	image := d.hex(16)
	if t.d.chance(0.5) {
		doc.Number = w.documentNumber(t.cell.personas[0].key*2 + 1 + uint64(gen&1)*2)
		nameOn(&doc, &t.label)
	} else {
		doc.PHash = blur(t.d, image, t.d.upTo(5))
	}
	t.doc = &doc
}

// sharedCareer: the same employers with the same dates.
func (w *world) sharedCareer(c *cell, t *persona, gen int) {
	d := w.thing(c, "career", gen)
	head := c.personas[gen*c.lasts("career")]
	if head == t {
		return
	}
	n := min(len(head.jobs), len(t.jobs), d.between(2, 3))
	for i := 1; i < n; i++ {
		bullets := t.jobs[i].bullets
		t.jobs[i] = head.jobs[i]
		t.jobs[i].bullets = bullets
	}
}

// vouching: personas are each other's referees, under yet other names.
func (w *world) vouching(c *cell, t *persona, gen int) {
	o := c.personas[(t.i+1)%c.size]
	if t.i > 0 && t.d.chance(0.6) {
		o = c.personas[t.i-1]
	}
	if o == t {
		return
	}
	l := o.label
	if t.d.chance(0.4) {
		l = drawLabel(t.d, w.anyCountry(t.d), "")
	}
	r := record.Reference{Name: l.full(), Email: o.emails[0], Organisation: w.firm(pick(t.d, t.jobs).firm).name, Relationship: pick(t.d, []string{"manager", "team lead", "colleague"}), ContactFrom: "candidate"}
	if len(o.phones) > 0 && t.d.chance(0.4) {
		r.Phone = o.phones[0]
	}
	t.referees = append(t.referees, r)
}

// sameOriginReply: the reference is answered from where the applicant sits.
func (w *world) sameOriginReply(c *cell, t *persona, gen int) {
	if len(t.referees) == 0 {
		return
	}
	t.reached = max(t.reached, 2)
	r := &t.referees[t.d.upTo(len(t.referees))]
	r.RepliedAt = t.received.Add(time.Duration(t.d.between(10*24, 30*24)) * time.Hour)
	r.ReplyIP = t.places[0].ip
	if t.d.chance(0.4) {
		r.ReplyIP = c.personas[max(0, t.i-1)].places[0].ip
	}
	x := writer{d: t.d, words: w.words}
	if t.d.chance(0.4) { // one praise for several
		x.d = w.thing(c, "reply", gen)
	}
	r.Text = fmt.Sprintf("We worked together on %s for %d months. %s", x.codename(), x.d.between(5, 60), x.prose(2023))
}

func (w *world) referringPersona(c *cell, t *persona, gen int) {
	if t.i == 0 {
		return
	}
	source, id := w.recordKey(c.personas[t.i-1].key)
	t.referrer = source + "/" + id
	t.submitted = record.Submitter{Kind: "referrer", ID: t.referrer}
}

// plant puts a value of an honest person on a persona, later in time.
func (w *world) plant(t *persona, victim *person) bool {
	switch k := t.d.upTo(3); {
	case k == 0 && len(victim.phones) > 0:
		t.phones = append(slices.Clone(t.phones), victim.phones[0])
	case k == 1 && victim.doc != nil:
		doc := *victim.doc
		doc.BirthDate = t.born
		doc.SHA256, doc.PHash = t.d.hex(64), t.d.hex(16)
		nameOn(&doc, &t.label)
		t.doc = &doc
	case victim.photo != nil && !strings.HasPrefix(victim.photo.SHA256, "0d0d0d"):
		photo := *victim.photo
		photo.SHA256, photo.PHash = t.d.hex(64), blur(t.d, photo.PHash, t.d.upTo(5))
		t.photo = &photo
	case victim.doc != nil:
		doc := *t.person.cloneDoc(w, t.d)
		doc.Number = victim.doc.Number
		nameOn(&doc, &t.label)
		t.doc = &doc
	default:
		return false
	}
	return true
}

func (p *person) cloneDoc(w *world, d dice) *record.Document {
	if p.doc != nil {
		doc := *p.doc
		return &doc
	}
	doc := w.passport(d, &p.label, w.documentNumber(p.key*2), p.born, record.DateOf(p.received.AddDate(-2, 0, 0)), 10)
	return &doc
}
