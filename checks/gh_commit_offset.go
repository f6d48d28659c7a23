package checks

import (
	"strings"
	"time"

	"bonafide/match"
	"bonafide/record"
)

// A commit carries the clock of the computer it was made on. When most of a year's
// commits carry a clock hours away from the claimed country, and the quiet hours are
// that country's day, we ask where the person works. Clocks are easily set and
// people move and work at night: it never counts alone.
var ghCommitOffset = Check{
	ID: "gh-commit-offset",
	Title: record.Text{
		EN: "Commits carry another place's clock",
		DE: "Commits tragen die Uhr eines anderen Ortes",
		PT: "Os commits trazem o relógio de outro lugar",
	},
	Text: record.Text{
		EN: "Of at least a hundred commits of the last year most carry a clock that is three hours or more from the claimed country's. It counts where the five quietest hours lie in that country's day too. Machines set to UTC are not counted.",
		DE: "Von mindestens hundert Commits des letzten Jahres tragen die meisten eine Uhr, die drei Stunden oder mehr von der des angegebenen Landes abweicht. Es zählt, wenn auch die fünf ruhigsten Stunden dort am Tag liegen. Rechner auf UTC zählen nicht.",
		PT: "De pelo menos cem commits do último ano, a maioria traz um relógio a três horas ou mais do do país indicado. Conta quando também as cinco horas mais calmas caem de dia nesse país. Máquinas em UTC não contam.",
	},
	Stage:      []string{"application", "employment"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"code", "person.address"},
	Sources:    []string{"seal-frameworks", "tzdata"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "a move, a long journey, a clock never set", DE: "ein Umzug, eine lange Reise, eine nie gestellte Uhr", PT: "uma mudança, uma longa viagem, um relógio nunca acertado"},
		{EN: "people who work at night, or for clients elsewhere", DE: "Menschen, die nachts oder für Kunden anderswo arbeiten", PT: "pessoas que trabalham à noite, ou para clientes noutro lugar"},
	},
	Clears: []record.Text{
		{EN: "the person says where they worked from and when they moved", DE: "die Person sagt, von wo sie arbeitete und wann sie umzog", PT: "a pessoa diz de onde trabalhou e quando se mudou"},
	},
	Ask: record.Text{
		EN: "Please tell us where you have worked from during the last year.",
		DE: "Bitte sagen Sie uns, von wo Sie im letzten Jahr gearbeitet haben.",
		PT: "Diga-nos, por favor, de onde trabalhou no último ano.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runGhCommitOffset,
}

var sayOffsetClock = record.Text{
	EN: "Of %d commits %d carry a clock three hours or more from the claimed country's.",
	DE: "Von %d Commits tragen %d eine Uhr, die drei Stunden oder mehr von der des angegebenen Landes abweicht.",
	PT: "De %d commits, %d trazem um relógio a três horas ou mais do do país indicado.",
}

var sayOffsetBoth = record.Text{
	EN: "Of %d commits %d carry a clock three hours or more from the claimed country's, and the quiet hours lie in its day.",
	DE: "Von %d Commits tragen %d eine Uhr, die drei Stunden oder mehr von der des angegebenen Landes abweicht, und die ruhigen Stunden liegen dort am Tag.",
	PT: "De %d commits, %d trazem um relógio a três horas ou mais do do país indicado, e as horas calmas caem lá de dia.",
}

const (
	offsetCommits = 100
	offsetFar     = 3 * 60 // minutes
)

func runGhCommitOffset(in *In) Answer {
	country := strings.ToUpper(in.App.Person.Address.Country)
	if _, known := match.OffsetFits(0, country, in.Day); !known {
		return noData
	}
	looked := false
	var found []record.Finding
	for a := range few(in.App.Code) {
		total, far, nearest := 0, 0, 0
		var hours [24]int
		var last time.Time
		known := map[clock]clock{} // a year has few different ones
		commits := allCommits(&in.App.Code[a])
		for i := len(commits) - 1; i >= 0; i-- {
			c := commits[i]
			// No clock of the world is set in between quarters of an hour.
			if c.Offset == nil || *c.Offset < -14*60 || *c.Offset > 14*60 || *c.Offset%15 != 0 {
				continue
			}
			if last.IsZero() {
				last = c.At
			}
			if c.At.Before(yearsAfter(last, -1)) {
				break // people move: only the last year speaks of now
			}
			total++
			hours[c.At.UTC().Hour()]++
			if *c.Offset == 0 {
				continue
			}
			seen := clock{*c.Offset, int(c.At.Month())}
			near, ok := known[seen]
			if !ok {
				near.minutes, near.extra = awayFrom(*c.Offset, country, c.At)
				known[seen] = near
			}
			if near.extra >= offsetFar {
				far, nearest = far+1, near.minutes
			}
		}
		if total < offsetCommits {
			continue
		}
		looked = true
		if 2*far <= total {
			continue
		}
		strength, text := record.Weak, sayOffsetClock
		if quiet := (quietHour(&hours) + nearest/60 + 48) % 24; quiet >= 9 && quiet <= 20 {
			strength, text = record.Supporting, sayOffsetBoth
		}
		found = append(found, observed(strength, text.Say(total, far), record.Evidence{Field: indexed("code", a), ComparedWith: "person.address", AsOf: dayOf(last)}))
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

// clock is an offset with a month in which it was seen, or with the minutes
// that lie between it and another.
type clock struct{ minutes, extra int }

// awayFrom is the offset in use in a country nearest to one seen, and how many
// minutes lie between; a day's clock change either way is allowed for by the
// width of offsetFar.
func awayFrom(offset int, country string, day time.Time) (nearest, away int) {
	for away = 0; away <= 26*60; away += 15 {
		for _, o := range [2]int{offset - away, offset + away} {
			if fits, _ := match.OffsetFits(o, country, day); fits {
				return o, away
			}
		}
	}
	return offset, away
}

// quietHour is the middle of the five hours (UTC) with the fewest commits.
func quietHour(hours *[24]int) int {
	best, at := -1, 0
	for h := range 24 {
		n := 0
		for k := range 5 {
			n += hours[(h+k)%24]
		}
		if best < 0 || n < best {
			best, at = n, h
		}
	}
	return (at + 2) % 24
}
