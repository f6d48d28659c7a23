package main

import (
	"math"
	"math/rand/v2"
)

// world invents résumés, each from its number alone: words by Zipf, stock sentences that thousands use (as machines write
// them), popular templates, copies with edits, and people who take a few bullets of another.
type world struct {
	seed      uint64
	n         int
	words     []string
	stock     []string
	templates [][]string
}

const (
	vocabulary  = 20_000
	stockLines  = 30_000
	templateOf  = 25    // popular templates, three to eight fixed sentences each
	inTemplate  = 0.35  // people who use one
	stockShare  = 0.25  // of the lines are stock
	copies      = 0.03  // people who copy a whole résumé, edited
	takers      = 0.02  // people who take three to five bullets
	familyFirst = 0.001 // of the numbers are what farms copy from
)

func newWorld(seed uint64, n int) *world {
	w := &world{seed: seed, n: n}
	r := rand.New(rand.NewPCG(seed, 7))
	for range vocabulary {
		s := ""
		for range 1 + r.IntN(4) {
			s += string("bcdfghjklmnprstvwz"[r.IntN(18)]) + string("aeiou"[r.IntN(5)])
		}
		w.words = append(w.words, s)
	}
	for range stockLines {
		w.stock = append(w.stock, string(w.sentence(nil, r, 12+r.IntN(10))))
	}
	for range templateOf {
		var t []string
		for range 3 + r.IntN(6) {
			t = append(t, string(w.sentence(nil, r, 12+r.IntN(14))))
		}
		w.templates = append(w.templates, t)
	}
	return w
}

func (w *world) word(r *rand.Rand) string {
	return w.words[int(math.Pow(vocabulary, r.Float64()))-1] // frequency falls as 1 over rank
}

func (w *world) sentence(to []byte, r *rand.Rand, n int) []byte {
	for i := range n {
		if i > 0 {
			to = append(to, ' ')
		}
		to = append(to, w.word(r)...)
	}
	return to
}

func (w *world) dice(i int, what uint64) *rand.Rand {
	return rand.New(rand.NewPCG(w.seed<<32|what, uint64(i)))
}

// copyOf is whose résumé i copied, -1 for an own one. A third of the copies are of few originals, as farms make them.
func (w *world) copyOf(i int) int {
	r := w.dice(i, 1)
	if i == 0 || r.Float64() >= copies {
		return -1
	}
	if r.IntN(3) == 0 {
		i = max(1, int(float64(w.n)*familyFirst))
	}
	for range 20 {
		if src := r.IntN(i); w.own(src) {
			return src
		}
	}
	return -1
}

func (w *world) own(i int) bool { return i == 0 || w.dice(i, 1).Float64() >= copies }

// bulletsOf is whose bullets i took, -1 for nobody's.
func (w *world) bulletsOf(i int) int {
	r := w.dice(i, 2)
	if i == 0 || w.copyOf(i) >= 0 || r.Float64() >= takers {
		return -1
	}
	for range 20 {
		if src := r.IntN(i); w.own(src) && w.dice(src, 2).Float64() >= takers {
			return src
		}
	}
	return -1
}

// origin is the number of whoever wrote what i shows.
func (w *world) origin(i int) int {
	if src := w.copyOf(i); src >= 0 {
		i = src
	}
	if src := w.bulletsOf(i); src >= 0 {
		return src
	}
	return i
}

// lines are a résumé's bullets by job; own says which of them are the person's own words.
func (w *world) lines(i int) (jobs [][]string, own [][]bool) {
	r := w.dice(i, 3)
	for range 3 + r.IntN(3) {
		var job []string
		var mine []bool
		for range 3 + r.IntN(4) {
			if r.Float64() < stockShare {
				// some phrases are everywhere, some are hardly known
				job, mine = append(job, w.stock[int(math.Pow(stockLines, r.Float64()))-1]), append(mine, false)
			} else {
				job, mine = append(job, string(w.sentence(nil, r, 12+r.IntN(14)))), append(mine, true)
			}
		}
		jobs, own = append(jobs, job), append(own, mine)
	}
	return jobs, own
}

// resume is the text of number i.
func (w *world) resume(i int) string {
	who, edit := i, 0.0
	dice := w.dice(i, 4)
	if src := w.copyOf(i); src >= 0 {
		who, edit = src, [...]float64{0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.08}[dice.IntN(7)]
	}
	r := w.dice(who, 5)
	jobs, _ := w.lines(who)
	if src := w.bulletsOf(who); src >= 0 {
		theirs, own := w.lines(src)
		left := 3 + r.IntN(3)
		for j := range theirs {
			for k := range theirs[j] {
				if own[j][k] && left > 0 {
					jobs[0] = append(jobs[0], string(w.change(nil, theirs[j][k], r, 0.02)))
					left--
				}
			}
		}
	}
	out := make([]byte, 0, 4096)
	out = append(out, w.word(dice)...) // names differ
	out = append(append(out, ' '), w.word(dice)...)
	out = append(out, "\n\nSUMMARY\n"...)
	out = append(w.change(out, string(w.sentence(nil, r, 25+r.IntN(15))), dice, edit), ".\n"...)
	if r.Float64() < inTemplate {
		for _, s := range w.templates[r.IntN(templateOf)] {
			out = append(append(out, s...), ".\n"...)
		}
	}
	out = append(out, "\nEXPERIENCE\n"...)
	for _, job := range jobs {
		out = append(append(out, "\nDeveloper, "...), w.word(r)...)
		out = append(out, " Ltd\n2019 - 2023\n"...)
		for _, s := range job {
			if edit > 0 && dice.Float64() < edit/2 {
				continue // dropped
			}
			out = append(w.change(append(out, "- "...), s, dice, edit), '\n')
		}
	}
	out = append(out, "\nSKILLS\n"...)
	for range 8 {
		out = append(append(out, w.word(r)...), ", "...)
	}
	return string(append(out, "git\n"...))
}

// change exchanges some words.
func (w *world) change(to []byte, s string, r *rand.Rand, share float64) []byte {
	if share == 0 {
		return append(to, s...)
	}
	for at := 0; at < len(s); {
		end := at
		for end < len(s) && s[end] != ' ' {
			end++
		}
		if r.Float64() < share {
			to = append(to, w.word(r)...)
		} else {
			to = append(to, s[at:end]...)
		}
		if end < len(s) {
			to = append(to, ' ')
		}
		at = end + 1
	}
	return to
}
