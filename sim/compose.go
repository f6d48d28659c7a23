package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// application writes person p down as the record of application k (0 is the
// first). It changes nothing in p, so it may be called for any of them at any time.
func (w *world) application(p *person, k int) *record.Application {
	d := roll(p.textSeed, "application", uint64(k))
	a := &record.Application{ReceivedAt: p.received}
	a.Source, a.ID = w.recordKey(p.key + uint64(k))
	title := pick(d, w.words.titles)
	a.Role = record.Role{ID: "r-" + itoa(d.Uint64N(400)), Title: title, Country: pick(d, w.countries).code, Remote: true, Tier: pick(d, []string{"T0", "T1", "T1", "T2", "T3"})}

	a.Person = record.Person{Name: p.label.full(), BirthDate: p.born, Nationality: p.label.nationality.code, Address: p.address, Timezone: p.zone, Languages: p.label.languages}
	if !d.chance(0.9) {
		a.Person.BirthDate = ""
	}
	switch p.alias {
	case "turned":
		a.Person.Name = p.label.family + ", " + p.label.given
	case "capitals":
		a.Person.Name = strings.ToUpper(p.label.family) + " " + p.label.given
	}
	// Chance is asked before the label, so that it does not depend on it.
	if d.chance(0.5) && p.label.native != "" {
		a.Person.OtherNames = append(a.Person.OtherNames, p.label.native)
	}
	if d.chance(0.6) && p.label.maiden != "" {
		a.Person.OtherNames = append(a.Person.OtherNames, p.label.given+" "+p.label.maiden)
	}
	a.Emails, a.Phones = p.emails, p.phones
	handle := strings.NewReplacer(".", "", "_", "").Replace(p.login)
	unique := itoa(scatter(w.key+72, p.key, 1<<26))
	for i, service := range []string{"github", "linkedin", "telegram", "upwork"} {
		if d.chance([]float64{0.6, 0.7, 0.2, 0.2}[i]) {
			a.Accounts = append(a.Accounts, record.Account{Service: service, Handle: handle + unique})
		}
	}
	if d.chance(0.3) {
		a.URLs = []string{"https://" + handle + unique + ".example"}
	}
	a.SubmittedBy, a.ReferredBy = p.submitted, p.referrer
	if a.SubmittedBy.Kind == "" {
		a.SubmittedBy.Kind = "self"
	}
	a.Resume = w.resume(p, d.chance(0.85))
	a.Documents = p.papers(d)
	a.Photos = nil
	if p.photo != nil {
		a.Photos = []record.Photo{*p.photo}
	}
	a.References = w.references(d, p)
	a.Sessions = w.sessions(d, p)
	a.Payouts = p.accounts(d)
	if len(a.Payouts) > 0 || p.reached >= 4 {
		a.Contract = w.contractOf(p)
	}
	if p.tax != nil && p.reached >= 3 {
		a.TaxIDs = []record.TaxID{*p.tax}
	}
	w.delivered(d, p, a)
	for i := range p.reached + 1 {
		a.Stage = append(a.Stage, record.Stage{At: day(p, i*14), Name: stages[i]})
	}
	for i, notes := range p.notes {
		a.Interviews = append(a.Interviews, record.Interview{At: p.received.Add(time.Duration(7+i*6)*24*time.Hour + 3*time.Hour), Kind: "video", Observations: notes})
	}
	a.History = slices.Clone(p.history)
	if len(p.older) > 0 {
		a.History = append(a.History, record.Change{At: p.received.AddDate(0, 0, 70), Field: "payouts", Old: p.older[0].Value, New: p.payout.Value, By: "candidate"})
	}
	a.Requests = p.requests
	if a.Answers = p.answers; len(a.Answers) == 0 {
		a.Answers = w.answers(writer{d: d, words: w.words}, p.received.Year())
	}
	if d.chance(0.3) {
		t := writer{d: d, words: w.words}
		a.Messages = []record.Message{{At: p.received.Add(50 * time.Hour), Headers: "Date: " + p.received.Add(50*time.Hour).Format(time.RFC1123Z) + "\nFrom: <" + p.emails[0] + ">",
			Text: "Thank you for the quick answer. " + t.prose(2024) + " I am free on " + pick(d, list("Monday,Tuesday,Wednesday,Thursday,Friday")) + " after " + t.number(8, 18) + "."}}
	}
	a.Profiles = w.pages(d, p)
	asTyped(d, a)
	return a
}

func day(p *person, after int) record.Date { return record.DateOf(p.received.AddDate(0, 0, after)) }

func (p *person) papers(d dice) []record.Document {
	if p.doc == nil {
		return p.docs
	}
	doc := *p.doc
	if p.badMRZ { // one digit of a date read wrongly; never a letter, so that names may move
		lines := slices.Clone(doc.MRZ)
		at := pick(d, []int{14, 15, 16, 18, 21, 23, 26})
		b := []byte(lines[1])
		b[at] = byte('0' + (int(b[at]-'0')+d.between(1, 9))%10)
		lines[1] = string(b)
		doc.MRZ = lines
	}
	return append([]record.Document{doc}, p.docs...)
}

func (p *person) accounts(d dice) []record.Payout {
	if p.payout == nil {
		return nil
	}
	name := p.holderName()
	var all []record.Payout
	for _, o := range p.older {
		if o.Holder == "" {
			o.Holder = p.label.full()
		}
		o.Since = day(p, 60)
		all = append(all, o)
	}
	now := *p.payout
	if now.Holder == "" {
		now.Holder = name
	}
	now.Since = day(p, 60+25*len(all))
	if p.slipIBAN && len(now.Value) > 12 {
		b := []byte(now.Value)
		at := len(b) - 1 - d.upTo(8)
		if b[at] >= '0' && b[at] <= '9' {
			b[at] = byte('0' + (int(b[at]-'0')+d.between(1, 9))%10)
		}
		now.Value = string(b)
	}
	return append(all, now)
}

func (p *person) holderName() string {
	l := &p.label
	switch p.holder.as {
	case byShort:
		return l.short()
	case byMaiden:
		return l.given + " " + l.onPapers()
	case byBoth:
		if o := p.holder.with; o != nil {
			first, second := p, o
			if o.key < p.key {
				first, second = o, p
			}
			return first.label.full() + " & " + second.label.full()
		}
		return l.given + " & " + p.holder.given + " " + l.family
	case byRelative:
		return p.holder.given + " " + l.family
	case byOwnFirm:
		return l.family + " Software Consulting"
	case byLiteral:
		return p.holder.literal
	}
	return l.full()
}

func (w *world) contractOf(p *person) record.Contract {
	c := p.contract
	if p.holder.as == byOwnFirm && p.holder.ownParty {
		c.Party = p.holderName()
	}
	return c
}

func (w *world) delivered(d dice, p *person, a *record.Application) {
	if p.reached < 4 {
		return
	}
	to := record.Delivery{Lines: p.address.Lines, City: p.address.City, Postcode: p.address.Postcode, Country: p.address.Country}
	if p.delivery != nil {
		to = *p.delivery
	}
	if to.Name == "" {
		if to.Name = p.label.full(); d.chance(0.4) {
			to.Name = p.label.short()
		}
	}
	a.Delivery = to
}

func (w *world) references(d dice, p *person) []record.Reference {
	all := slices.Clone(p.referees)
	for _, o := range p.cites {
		r := record.Reference{Name: o.label.full(), Email: o.emails[0], Organisation: w.firm(o.jobs[min(1, len(o.jobs)-1)].firm).name,
			Relationship: "colleague", ContactFrom: "candidate"}
		if len(o.phones) > 0 && d.chance(0.4) {
			r.Phone = o.phones[0]
		}
		all = append(all, r)
	}
	t := writer{d: d, words: w.words}
	for i := range all {
		r := &all[i]
		if p.reached < 2 || !d.chance(0.75) || !r.RepliedAt.IsZero() {
			continue
		}
		r.RepliedAt = p.received.Add(time.Duration(d.between(20*24, 35*24)) * time.Hour)
		r.ReplyIP = w.homeNetwork(pick(d, w.countries), replyHomes+d.Uint64N(1<<25), d.between(2, 250))
		if d.chance(0.2) {
			r.ReplyIP = carrierExit(d.upTo(250))
		}
		r.Text = fmt.Sprintf("We worked together on %s for %d months. %s", t.codename(), d.between(5, 60), t.prose(2023))
		if d.chance(0.3) {
			r.Text += " I can recommend them without reservation and would gladly work with them again."
		}
	}
	return all
}

var browsers = []string{
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15",
	"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
	"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
}

func (w *world) sessions(d dice, p *person) []record.Session {
	kinds := []string{"apply"}
	for range d.upTo(3) {
		kinds = append(kinds, "portal")
	}
	for range p.notes {
		kinds = append(kinds, "interview")
	}
	if p.reached >= 5 {
		kinds = append(kinds, "work", "work", "work")
	}
	browser := d.upTo(len(browsers))
	var all []record.Session
	for i, kind := range kinds {
		at := p.places[0]
		if len(p.places) > 1 && d.chance(0.45) {
			at = pick(d, p.places)
		}
		if i > 0 && i <= len(p.away) {
			at = p.away[i-1]
		}
		s := record.Session{At: p.received.Add(time.Duration(i*61+d.upTo(47)) * time.Hour), Kind: kind, IP: at.ip, Timezone: at.zone, Languages: p.label.languages,
			UserAgent: browsers[(browser+i/3)%len(browsers)], Device: p.devices[0]}
		if i == 0 {
			s.At = p.received.Add(-time.Duration(d.between(2, 50)) * time.Minute)
		}
		if len(p.devices) > 1 && d.chance(0.3) {
			s.Device = p.devices[1]
		}
		all = append(all, s)
	}
	return all
}

func (w *world) answers(t writer, year int) []record.Answer {
	var all []record.Answer
	for i, q := range w.words.questions {
		if !t.d.chance(w.climate.answers) {
			continue
		}
		text := t.prose(year)
		for range t.d.between(1, 2) {
			text += " " + t.prose(year)
		}
		if t.d.chance(0.2) {
			text = w.words.stockAnswers[i] + " " + text
		}
		all = append(all, record.Answer{Question: q, Text: text})
	}
	return all
}

// pages are profiles the applicant named: mostly the same career, some out of date.
func (w *world) pages(d dice, p *person) []record.Profile {
	var all []record.Profile
	for i := range p.profiles {
		page := record.Profile{Source: []string{"linkedin", "upwork", "github"}[i%3], AsOf: day(p, -d.between(0, 60)), Name: p.label.given + " " + p.label.family, Country: p.address.Country}
		for _, j := range p.jobs[:min(3, len(p.jobs))] {
			page.Work = append(page.Work, record.Work{Organisation: w.firm(j.firm).name, Title: j.title, Start: firmDate(j.start), End: firmDate(j.end)})
		}
		if i == 0 {
			page = w.outdate(d, p, page)
		}
		all = append(all, page)
	}
	return all
}

func (w *world) outdate(d dice, p *person, page record.Profile) record.Profile {
	for k := range p.outdated {
		switch {
		case k == 0 && p.cell == "": // the newest position is missing
			if len(page.Work) > 1 {
				page.Work = page.Work[1:]
			}
		case k == 1 && p.cell == "" && len(page.Work) > 0:
			page.Work[0].Title = pick(d, w.words.titles)
		case k == 0:
			page.Country = pick(d, w.countries).code
		case k == 1:
			o := pick(d, w.countries)
			l := drawLabel(d, o, "")
			page.Name = l.given + " " + l.family
		default:
			for i := range page.Work {
				page.Work[i].Organisation = w.firm(w.drawFirm(d)).name
			}
		}
	}
	return page
}
