package model

import "math"

const maxWords = 16

// cutWords splits at blanks, without allocating.
func cutWords(v []byte, out *[maxWords][]byte) int {
	n, start := 0, 0
	for i := 0; i <= len(v); i++ {
		if i == len(v) || v[i] == ' ' || v[i] == valueSeparator {
			if i > start && n < maxWords {
				out[n] = v[start:i]
				n++
			}
			start = i + 1
		}
	}
	return n
}

// wordValue tells how much a word says: rare words much, common ones little.
type wordValue struct {
	count map[string]uint32 // records the word appears in
	total float64
}

// newWordValue counts the words of a dictionary, of at most maxCounted values spread over it.
func newWordValue(d *Dict) *wordValue {
	const maxCounted = 300_000
	v := &wordValue{count: map[string]uint32{}}
	step := d.Len()/maxCounted + 1
	var words [maxWords][]byte
	for code := 1; code <= d.Len(); code += step {
		n := cutWords(d.Value(uint32(code)), &words) // a cell's second value is cut at its separator too
		c := d.Count[code]
		v.total += float64(c)
		for i := range n {
			if !contains(words[:i], words[i]) {
				v.count[string(words[i])] += c
			}
		}
	}
	return v
}

func contains(words [][]byte, w []byte) bool {
	for _, x := range words {
		if string(x) == string(w) {
			return true
		}
	}
	return false
}

// of is the weight of a word in bits, between a half and log2 of the records.
func (v *wordValue) of(w []byte) float64 {
	return max(0.5, math.Log2((v.total+1)/float64(v.count[string(w)]+1)))
}

// compareWords aligns words greedily, weighing each by how rare it is.
func (v *wordValue) compare(a, b []byte) uint8 {
	d := edits(a, b, 3)
	if d == 1 {
		return 4
	}
	var wa, wb [maxWords][]byte
	na, nb := cutWords(a, &wa), cutWords(b, &wb)
	if na == 0 || nb == 0 {
		return levelElse
	}
	var usedB uint32
	var got, sumA, sumB float64
	for j := range nb {
		sumB += v.of(wb[j])
	}
	for i := range na {
		w := v.of(wa[i])
		sumA += w
		best, at := 0.0, -1
		for j := range nb {
			if usedB&(1<<j) != 0 {
				continue
			}
			if s := wordLike(wa[i], wb[j]); s > best {
				best, at = s, j
			}
		}
		if at >= 0 {
			usedB |= 1 << at
			got += best * min(w, v.of(wb[at]))
		}
	}
	whole := got / max(sumA, sumB)
	part := got / min(sumA, sumB)
	if d <= 3 && len(a) > 8 {
		whole = max(whole, 0.85)
	}
	switch {
	case whole >= 0.97:
		return 4
	case whole >= 0.75 || part >= 0.95 && na > 1 && nb > 1:
		return 3
	case whole >= 0.5 || part >= 0.75 && na > 1 && nb > 1:
		return 2
	case whole >= 0.3:
		return 1
	}
	return levelElse
}

// wordLike: 1 equal, 0.8 one edit in a word of four or more, 0.6 two in seven, 0.4 an initial.
func wordLike(a, b []byte) float64 {
	if string(a) == string(b) {
		return 1
	}
	short := min(len(a), len(b))
	if short == 1 && a[0] == b[0] && a[0] >= 'a' {
		return 0.4
	}
	if short >= 4 {
		switch edits(a, b, 2) {
		case 1:
			return 0.8
		case 2:
			if short >= 6 {
				return 0.6
			}
		}
	}
	return 0
}

// bits is how much the words two names share can say at most: agreement in common words is little evidence.
func (v *wordValue) bits(a, b []byte) float64 {
	var wa, wb [maxWords][]byte
	na, nb := cutWords(a, &wa), cutWords(b, &wb)
	sum := 0.0
	var used uint32
	for i := range na {
		best, at := 0.0, -1
		for j := range nb {
			if used&(1<<j) == 0 {
				if s := wordLike(wa[i], wb[j]); s > best {
					best, at = s, j
				}
			}
		}
		if at >= 0 {
			used |= 1 << at
			sum += best * min(v.of(wa[i]), v.of(wb[at]))
		}
	}
	return sum
}
