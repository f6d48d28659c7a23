package text

import (
	"slices"

	"bonafide/match"
)

// Section is a part of a text under one heading, or one job, by the fingerprints of its passages.
type Section struct {
	From, To     int      // bytes of the text, to show it to a person
	Words        int      // words in sentences and bullets; headings and lists of skills left out
	Fingerprints []uint64 // in the order of the text
	passages     []passage
}

// passage is one sentence line, bullet or paragraph.
type passage struct {
	at  span // bytes of the text
	end int  // where its fingerprints end
}

// Sections cuts a text and fingerprints each part by winnowing (Schleimer, Wilkerson, Aiken 2003): of the hashes over 8 words each
// the least of every four neighbours is kept. A passage of 11 words copied anywhere into another text leaves a common
// fingerprint; a shorter one may. The fingerprints never reach over a bullet or a heading, so their order does not matter.
func (r *Reader) Sections(text string) []Section {
	r.read(text)
	out := make([]Section, len(r.sections))
	for i, s := range r.sections {
		out[i].From, out[i].To = s.from, s.to
	}
	for _, u := range r.units {
		s := &out[u.section]
		s.Words += u.to - u.from
		s.Fingerprints = winnow(s.Fingerprints, r.Seed, r.words[u.from:u.to])
		s.passages = append(s.passages, passage{u.at, len(s.Fingerprints)})
	}
	return out
}

// winnow appends the kept hashes of one run of words.
func winnow(to []uint64, seed uint64, words []uint64) []uint64 {
	n := len(words) - fingerprintWords + 1
	if n <= 0 {
		return to
	}
	var ring [fingerprintWindow]uint64
	last := -1 // which hash was kept last
	for i := range n {
		ring[i%fingerprintWindow] = shingle(seed, words[i:i+fingerprintWords])
		if i+1 < fingerprintWindow && i+1 < n {
			continue
		}
		// The least of the window, of equals the rightmost.
		least := i
		for k := i - 1; k > i-fingerprintWindow && k >= 0; k-- {
			if ring[k%fingerprintWindow] < ring[least%fingerprintWindow] {
				least = k
			}
		}
		if least != last {
			to = append(to, ring[least%fingerprintWindow])
			last = least
		}
	}
	return to
}

// All are the fingerprints of all sections, ascending, each once: what an index keeps for a subject.
func All(sections []Section) []uint64 {
	var all []uint64
	for _, s := range sections {
		all = append(all, s.Fingerprints...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Contained says how much of one section stands in another text, counting only what few people have.
type Contained struct {
	Section int // which section of the first text
	Shared  int // rare fingerprints found in the other text
	Rare    int // rare fingerprints of the section
	All     int // with common property
	Most    int // of the shared ones, how many people have the most common
	// Passages is how many sentences or bullets the shared ones stand in. One alone is no evidence, however rare it is held:
	// a phrase just under the bound joins strangers.
	Passages int
	// Spans are the bytes of these in the first text, two numbers each, to show them.
	Spans [][2]int
}

// Share is the part of the section's own, rare words that stand in the other text: 0 to 1.
func (c Contained) Share() float64 {
	if c.Rare == 0 {
		return 0
	}
	return float64(c.Shared) / float64(c.Rare)
}

// Containment compares the sections of one text with all of another (All). holders says how many people of the population
// have a fingerprint, these two included; at more than most (RareMost, or fewer in a small population) it is common
// property: a template, a course, a phrase that machines write. Only sections that share something come back.
func Containment(a []Section, b []uint64, holders func(fingerprint uint64) int, most int) []Contained {
	var out []Contained
	for i, s := range a {
		c := Contained{Section: i, All: len(s.Fingerprints)}
		at := 0
		for _, p := range s.passages {
			before := c.Shared
			for _, f := range s.Fingerprints[at:p.end] {
				n := holders(f)
				if n > most {
					continue
				}
				c.Rare++
				if _, found := slices.BinarySearch(b, f); found {
					c.Shared++
					c.Most = max(c.Most, n)
				}
			}
			if c.Shared > before {
				c.Passages++
				c.Spans = append(c.Spans, [2]int{p.at.from, p.at.to})
			}
			at = p.end
		}
		if c.Shared > 0 {
			out = append(out, c)
		}
	}
	return out
}

// Counter counts how many people have a fingerprint in a fixed room, one byte a cell, two cells each of which the smaller
// counts (a count-min sketch, Cormode and Muthukrishnan 2005). It never counts too few; where it counts too many, a rare
// passage is taken for common and links nobody. 2^27 cells for 80 million fingerprints count 1 in 5 rare ones
// one too high and hardly any over RareMost.
type Counter struct {
	cells [2][]uint8
	mask  uint64
}

// NewCounter takes two rows of 2^bits bytes each.
func NewCounter(bits int) *Counter {
	n := 1 << bits
	return &Counter{cells: [2][]uint8{make([]uint8, n), make([]uint8, n)}, mask: uint64(n - 1)}
}

func (c *Counter) at(f uint64) (x, y *uint8) {
	return &c.cells[0][f&c.mask], &c.cells[1][match.Mix(f)>>20&c.mask]
}

// Add counts one person; fingerprints is what All gives, each once. Only the smaller cell grows, which keeps errors small.
func (c *Counter) Add(fingerprints []uint64) {
	for _, f := range fingerprints {
		x, y := c.at(f)
		n := min(*x, *y)
		if n == 255 {
			continue
		}
		*x, *y = max(*x, n+1), max(*y, n+1)
	}
}

// Holders is how many people have the fingerprint, at least, 255 for that and more.
func (c *Counter) Holders(f uint64) int {
	x, y := c.at(f)
	return int(min(*x, *y))
}
