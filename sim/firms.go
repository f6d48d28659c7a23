package sim

import (
	"math"
	"strconv"
	"strings"

	"bonafide/record"
)

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }
func pad2(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
func pad4(n int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, 4-len(s))) + s
}

// year of a date, 0 when it has none.
func year(d record.Date) int {
	if len(d) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(string(d)[:4])
	return y
}

// firm is an employer.
type firm struct {
	name, domain, country string
}

// firms is how many employers there are: more than people, most of them small.
func (w *world) firms() int { return max(2000, w.People*3/2) }

// firmShape makes few firms large and most small: firm number k employs in
// proportion to (k+1)^-0.6.
const firmShape = 2.5

func (w *world) drawFirm(d dice) int {
	return int(float64(w.firms()) * math.Pow(d.Float64(), firmShape))
}

// staff is how many of the population's positions lie with firm k.
func (w *world) staff(k int) float64 {
	f := float64(w.firms())
	return 3 * float64(w.People) / firmShape * math.Pow(f, -1/firmShape) * math.Pow(float64(k+1), 1/firmShape-1)
}

// firm k, always the same: a unique invented name under example domains.
func (w *world) firm(k int) firm {
	s := w.words.syllables
	n := uint64(len(s))
	heads, tails := uint64(len(w.words.firmHeads)), uint64(len(w.words.firmTails))
	x := scatter(w.key+61, uint64(k), n*n*n*heads)
	head := w.words.firmHeads[x%heads]
	x /= heads
	root := s[x%n] + s[x/n%n] + s[x/n/n%n]
	root = strings.ToUpper(root[:1]) + root[1:]
	h := stir(w.key + 62 + uint64(k))
	return firm{
		name:    head + " " + root + " " + w.words.firmTails[h%tails],
		domain:  strings.ToLower(head+"-"+root) + ".example",
		country: w.countries[h>>32%uint64(len(w.countries))].code,
	}
}

// managers is how many people of a firm are ever named as referees.
func (w *world) managers(k int) int { return max(3, int(4*w.staff(k))) }

// managerNumber tells all managers of all firms apart: of ten million people's
// the largest firm has 65,000.
func managerNumber(k, j int) uint64 { return uint64(k)<<16 | uint64(j&0xffff) }

// manager j of firm k, as a referee.
func (w *world) manager(k, j int) record.Reference {
	d := roll(w.Seed, "manager", uint64(k)<<20|uint64(j))
	f := w.firm(k)
	c := w.countries[w.ordinal[f.country]]
	if d.chance(0.3) {
		c = w.countries[w.wheel[d.upTo(len(w.wheel))]]
	}
	l := drawLabel(d, c, "")
	local := ascii(strings.Fields(l.given)[0]) + "." + ascii(l.family)
	if w.managers(k) > 12 { // a large firm has namesakes and numbers them
		local += itoa(uint64(j))
	}
	r := record.Reference{
		Name: l.full(), Organisation: f.name, Email: local + "@" + f.domain,
		Relationship: pick(d, []string{"manager", "manager", "team lead", "head of engineering", "client", "colleague"}),
		ContactFrom:  pick(d, []string{"candidate", "candidate", "candidate", "switchboard", "directory"}),
	}
	switch {
	case d.chance(0.12): // left the firm, reachable privately
		local := mailLocal(d, l.given, l.family, 1960+d.upTo(40))
		d.digits(3)
		r.Email = local + itoa(scatter(w.key+63, managerNumber(k, j), managerNumber(w.firms(), 0))) + "@" + pick(d, mailHosts)
	case d.chance(0.3):
		r.Phone = w.phone("", forCompanies, managerNumber(k, j), -1)
	}
	if strings.HasSuffix(r.Email, f.domain) && d.chance(0.5) {
		r.DomainFacts = w.domainFacts(k)
	}
	return r
}

// domainFacts of a firm: old as a rule; sometimes it changed its name, or closed
// and let the domain lapse.
func (w *world) domainFacts(k int) record.DomainFacts {
	d := roll(w.Seed, "domain", uint64(k))
	age, mx := d.between(7000, 12500), true
	if d.chance(0.02) {
		age = d.between(300, 5000)
	}
	facts := record.DomainFacts{AgeDays: &age, MX: &mx, AsOf: "2026-02-01"}
	if d.chance(0.01) {
		parked := true
		facts.Parked = &parked
	}
	return facts
}
