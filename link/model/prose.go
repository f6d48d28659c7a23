package model

import (
	"slices"

	"bonafide/match/text"
)

// proseWords is the mean number of words from which on a column is running text, compared passage by passage: of shorter ones every
// word is looked at, in any order.
const proseWords = 25

// proseKept is how many shingles are kept of a text: the smallest, which are the same in every copy (bottom-k sketch; Broder 1997).
// Of the texts' Jaccard it tells one step of a level: off by 0.04 at most cases.
const proseKept = 128

// prose is the shingles of every value of a dictionary, sorted; none of a text that says too little to be compared.
type prose [][]uint32

func newProse(d *Dict) prose {
	p := make(prose, d.Len()+1)
	const workers = 2
	each(workers, func(w int) {
		r := text.Reader{}
		for code := 1 + w; code <= d.Len(); code += workers {
			if s, ok := r.Sketch(string(d.Value(uint32(code)))); ok {
				p[code] = slices.Clone(s.Set[:min(len(s.Set), proseKept)])
			}
		}
	})
	return p
}

// compare gives the level of two different texts. Where one says too little, nothing is observed.
func (p prose) compare(x, y uint32) uint8 {
	a, b := p[x], p[y]
	if a == nil || b == nil {
		return levelNull
	}
	switch j := likeness(a, b); {
	case j >= 0.9:
		return 4
	case j >= 0.6:
		return 3
	case j >= 0.3:
		return 2
	case j >= 0.1:
		return 1
	}
	return levelElse
}

// likeness estimates the Jaccard of two sets by the smallest of both together: 0 nothing shared, 1 all.
func likeness(a, b []uint32) float64 {
	both, seen, i, j := 0, 0, 0, 0
	for seen < proseKept && (i < len(a) || j < len(b)) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			i++
		case i == len(a) || a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
		seen++
	}
	return float64(both) / float64(seen)
}

// normalProse keeps a text as it is cut into lines, in lower case; a cell of several values is one text.
func normalProse(dst, raw []byte) []byte {
	for _, b := range raw {
		switch {
		case b >= 'A' && b <= 'Z':
			b += 32
		case b == valueSeparator:
			b = '\n'
		}
		dst = append(dst, b)
	}
	return dst
}
