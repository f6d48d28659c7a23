package link

import (
	"bonafide/record"
)

// What somebody published under a name, bids on platforms and pages of their own,
// and the lines behind which employers' computers stood. These kinds are shown
// and judged by checks of their own; they do not yet tell who belongs to an
// operator question, because no population has taught how often strangers share them.

// tells reports whether a kind corroborates others and ties two into a question.
func tells(k record.Kind) bool { return shippedKinds[k].m > 0 }

// published keys bids and pages: their sentences, the pictures that stand in a
// page, and the order of its elements unless it names the theme it was made with.
func (k *Keyer) published(a *record.Application, p *Profile, add func(record.Kind, int, uint8, string, string)) {
	from := len(p.Sentences)
	for i := range a.Platforms {
		for j := range a.Platforms[i].Bids {
			p.Sentences = k.sentences(p.Sentences, record.KindBidText, a.Platforms[i].Bids[j].Text)
			if len(p.Sentences)-from > 4*maxSentences {
				p.Sentences = smallest(p.Sentences, from)
			}
		}
	}
	for i := range a.Pages[:min(len(a.Pages), mostPages)] {
		page := &a.Pages[i]
		p.Sentences = k.sentences(p.Sentences, record.KindPageText, page.Text)
		if len(page.Skeleton) >= leastDigest && page.Theme == "" {
			add(record.KindPageBuild, i, 0, "skeleton", lower(page.Skeleton))
		}
		for _, asset := range page.Assets[:min(len(page.Assets), mostAssets)] {
			if len(asset) >= leastDigest {
				add(record.KindPageBuild, i, 0, "asset", lower(asset))
			}
		}
	}
}

const (
	mostPages   = 16
	mostAssets  = 64
	leastDigest = 16 // hex digits: a shorter one is no hash
)

// premisesDays is on how many days two must have been behind one line before it
// says anything: a visit, a fair and a week of training come below.
const premisesDays = 5

// mostDays bounds how far back a computer is followed.
const mostDays = 400

// premises keys each day of a managed computer by the line it was behind: the
// public address, else the router. Days at a place that is declared and allowed,
// an office, a co-working space, a journey, are left out.
func (k *Keyer) premises(a *record.Application, p *Profile) {
	seen := map[uint64]bool{}
	for i := range a.Computers {
		c := &a.Computers[i]
		if !c.Managed {
			continue
		}
		for _, d := range c.Places[max(0, len(c.Places)-mostDays):] {
			if d.Allowed != "" || len(d.Day) != len("2026-01-02") {
				continue
			}
			line, ok := network(d.IP)
			if !ok {
				if line = lower(c.Gateway); len(line) < 4 {
					continue
				}
			}
			if v := k.digest("premises", string(d.Day)+"\x00"+line); !seen[v] {
				seen[v] = true
				p.Sentences = append(p.Sentences, Sentence{v, record.KindPremises, false})
			}
		}
	}
}

// oneHome reports whether two live in one home of at most three people.
func (e *evaluation) oneHome(x, y *subject) bool {
	a := member{door: x.door, flat: x.flat, home: x.home, left: x.before}
	b := member{door: y.door, flat: y.flat, home: y.home, left: y.before}
	return e.doors.household(&a, &b)
}
