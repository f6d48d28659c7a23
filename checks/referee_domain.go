package checks

import (
	"strings"
	"time"

	"bonafide/lists"
	"bonafide/match"
	"bonafide/record"
)

// Days by which a domain may follow the beginning of the work (a firm founded
// around it), the age below which it is young whatever the reason, and the age
// up to which it counts when it was taken after the claimed work had ended.
// Firms take new names, and with them new domains, all the time: an older one
// is shown and not counted.
const (
	foundedWithin = 90
	youngDomain   = 365
	recentDomain  = 2 * 365
)

// aboutDomain is the strongest thing seen about a referee's mail domain; its
// evidence names the field below the reference.
func aboutDomain(in *In, r *record.Reference, domain string) record.Finding {
	work := employment(in.App.Resume.Work, r.Organisation)
	switch like, at := likeEmployer(domain, work); like {
	case match.Unlike:
	case match.OtherEnding:
		return observed(record.Weak, sayRefOtherEnding, record.Evidence{Field: ".email", ComparedWith: workField(in, &work[at])})
	default:
		return observed(record.Strong, sayRefLookalike, record.Evidence{Field: ".email", ComparedWith: workField(in, &work[at])})
	}
	facts := &r.DomainFacts
	if facts.AgeDays != nil && *facts.AgeDays < youngDomain {
		if other := imitatesReferee(in, r, domain); other != "" {
			return observed(record.Strong, sayRefImitates, record.Evidence{Field: ".email", ComparedWith: other, AsOf: facts.AsOf})
		}
	}
	if facts.AgeDays != nil {
		asOf, _, ok := facts.AsOf.Span()
		if !ok {
			asOf = in.Day
		}
		registered := asOf.AddDate(0, 0, -max(0, min(*facts.AgeDays, 40000)))
		if w := startedBefore(work, registered); w != nil {
			f := observed(record.Weak, sayRefYoung, record.Evidence{Field: ".domain_facts.age_days", ComparedWith: workField(in, w), AsOf: facts.AsOf})
			_, left, ok := w.End.Span()
			switch {
			case *facts.AgeDays < youngDomain:
				f.Strength = record.Strong
			case *facts.AgeDays < recentDomain && ok && left.Before(registered):
				f.Strength = record.Supporting
			}
			return f
		}
	}
	if facts.AgeDays != nil && *facts.AgeDays < foundedWithin {
		return observed(record.Supporting, sayRefNew, record.Evidence{Field: ".domain_facts.age_days", AsOf: facts.AsOf})
	}
	if facts.MX != nil && !*facts.MX || facts.Parked != nil && *facts.Parked {
		return observed(record.Supporting, sayRefDead, record.Evidence{Field: ".domain_facts", AsOf: facts.AsOf})
	}
	hits, _ := in.Lists.MailDomain(domain)
	var on *lists.MailHit
	for i := range hits {
		switch hits[i].Class {
		case lists.MailRelay:
			return record.Finding{}
		case lists.MailDisposable:
			on = &hits[i]
		}
	}
	if on != nil {
		in.use(on.Use)
		return observed(record.Supporting, sayRefDisposable, record.Evidence{Field: ".email", List: on.Use.List, AsOf: on.Use.AsOf})
	}
	return record.Finding{}
}

// imitatesReferee is the field of another referee of the same organisation whose
// domain this young one looks like; "" when there is none.
func imitatesReferee(in *In, r *record.Reference, domain string) string {
	for i := range few(in.App.References) {
		o := &in.App.References[i]
		if o == r || !sameFirm(o.Organisation, r.Organisation) {
			continue
		}
		other, ok := match.MailDomain(o.Email)
		if !ok || o.DomainFacts.AgeDays != nil && *o.DomainFacts.AgeDays <= *r.DomainFacts.AgeDays {
			continue
		}
		if like := match.Lookalike(domain, other); like != match.Unlike && like != match.OtherEnding {
			return indexed("references", i) + ".email"
		}
	}
	return ""
}

// employment is the positions at the organisation a referee speaks for; all of
// them when the referee names none.
func employment(work []record.Work, organisation string) []record.Work {
	if organisation == "" {
		return few(work)
	}
	var at []record.Work
	for i := range few(work) {
		if sameFirm(work[i].Organisation, organisation) {
			at = append(at, work[i])
		}
	}
	return at
}

// sameFirm compares names of companies as people write them: case, dots and
// what follows the name do not matter.
func sameFirm(a, b string) bool {
	if a == b && a != "" {
		return true
	}
	a, b = plainFirm(a), plainFirm(b)
	if a == "" || b == "" {
		return false
	}
	return a == b || strings.HasPrefix(a, b+" ") || strings.HasPrefix(b, a+" ")
}

func plainFirm(s string) string {
	if len(s) > 200 {
		return ""
	}
	return strings.Join(strings.Fields(firmMarks.Replace(strings.ToLower(s))), " ")
}

var firmMarks = strings.NewReplacer(",", " ", ".", " ")

// startedBefore is a position that began long before a domain was registered.
func startedBefore(work []record.Work, registered time.Time) *record.Work {
	for i := range work {
		if _, end, ok := work[i].Start.Span(); ok && end.AddDate(0, 0, foundedWithin).Before(registered) {
			return &work[i]
		}
	}
	return nil
}

func workField(in *In, w *record.Work) string {
	for i := range few(in.App.Resume.Work) {
		o := &in.App.Resume.Work[i]
		if o.Organisation == w.Organisation && o.Start == w.Start && o.URL == w.URL {
			return indexed("resume.work", i)
		}
	}
	return "resume.work"
}
