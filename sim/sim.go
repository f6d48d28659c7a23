// Package sim invents a population of applicants with the truth about it, and
// measures what the product made of that population.
//
// It holds honest people with all the mess of honest lives (households, agencies,
// campuses, travellers, married names, slips, stolen résumés) and operators who
// each stand behind several personas. It never holds or copies a real person,
// mail address, phone number, network, account or document: every value lies in a
// range that is reserved for examples, or cannot be routed.
//
// Everything is drawn from one seed, thing by thing (town, person, operator), so
// the same options give the same bytes, whatever the number of processors.
//
// To add a look-alike: a function in mess.go or groups.go that changes a drawn
// person and notes its kind, and one line in the table there. To add a trace of
// operators: one line in cell.go and the place in persona.go that puts it on.
package sim

import (
	"bonafide/record"
)

// Options say which population to invent.
type Options struct {
	People    int     // honest people
	Operators int     // people who run several personas each; DefaultOperators(People) keeps them near 1 % of records
	Seed      uint64  // same options, same bytes
	Evasion   float64 // 0 … 1: how much of every trace operators avoid
	Swap      bool    // names, nationality and languages move between honest people; nothing else does
}

// DefaultOperators is the number of operators whose personas are about one in
// a hundred records: an operator has 2 to 40 personas, 12 on average.
func DefaultOperators(people int) int { return max(1, (people+600)/1100) }

// Truth says who really stands behind a record.
type Truth struct {
	Record  string
	Person  string // one human being, honest or operator
	Cell    string // the operator, "" for honest people
	Kind    string // "plain", "operator", or look-alikes joined by "+"
	Country string // nationality as told, ISO 3166-1 alpha-2
}

// world is what everybody in one population shares. It is read only after New.
type world struct {
	Options
	key       uint64
	countries []*country
	ordinal   map[string]int // country code → place in countries
	wheel     []int          // a country's ordinal as often as it has weight
	words     *wordStock
	layouts   []layout
	climate   climate
	cells     []*cell
	inTown    [][]*persona   // personas by the town whose records they stand among
	victims   map[int]string // honest person → how an operator used them
}

const townSize = 1000

func (w *world) towns() int { return max(1, (w.People+townSize-1)/townSize) }

func newWorld(o Options) *world {
	w := &world{Options: o, key: stir(o.Seed ^ 0x5eed), countries: loadCountries(), ordinal: map[string]int{}, words: loadWords(), layouts: layouts(), climate: drawClimate(o.Seed)}
	for i, c := range w.countries {
		w.ordinal[c.code] = i
		for range int(c.weight) {
			w.wheel = append(w.wheel, i)
		}
	}
	return w
}

// slot is the country of origin of person n and the rank of n among the people
// of that country: in every turn of the wheel each country has its share.
func (w *world) slots(from, to int) (origin []*country, rank []int) {
	size := len(w.wheel)
	for block := from / size; block*size < to; block++ {
		order := roll(w.Seed, "wheel", uint64(block)).Perm(size)
		seen := make([]int, len(w.countries))
		for i, at := range order {
			c := w.wheel[at]
			n := block*size + i
			if n >= from && n < to {
				origin = append(origin, w.countries[c])
				rank = append(rank, block*int(w.countries[c].weight)+seen[c])
			}
			seen[c]++
		}
	}
	return origin, rank
}

// recordID is the id of application k of person or persona n: numbers that do
// not show who is an operator or who stands next to whom.
func (w *world) recordID(n uint64) string {
	return itoa(scatter(w.key+1, n, 1<<32))
}

var sources = []string{"greenhouse", "lever", "ashby", "careers", "freelance"}

// recordName of application k of honest person n.
func (w *world) recordName(n, k int) string {
	source, id := w.recordKey(uint64(n)*applicationsEach + uint64(k))
	return source + "/" + id
}

// recordKey is source and id of record number n.
func (w *world) recordKey(n uint64) (source, id string) {
	return sources[stir(w.key^n)%uint64(len(sources))], w.recordID(n)
}

// applicationsEach bounds how often one honest person applies.
const applicationsEach = 4

// job is one position; months count from year 0.
type job struct {
	firm, manager int
	title         string
	start, end    int // end 0: to this day
	country       string
	bullets       []string
}

// firmDate is YYYY-MM of a month.
func firmDate(month int) record.Date {
	if month == 0 {
		return ""
	}
	y, m := month/12, month%12+1
	return record.Date(pad4(y) + "-" + pad2(m))
}
