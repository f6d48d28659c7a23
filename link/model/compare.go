package model

import "bytes"

// A comparison ends in one of at most seven levels; three bits hold it, the
// eighth value says that one side is missing. Levels rise with likeness up to
// exact; crossed stands beside the order.
const (
	levelElse    = 0
	levelExact   = 5
	levelCrossed = 6
	levelNull    = 7
)

var levelNames = map[Kind][]string{
	Text:  {"different", "short form", "somewhat alike", "alike", "one edit", "equal", "in each other's place"},
	Words: {"different", "little shared", "half shared", "mostly shared", "one edit or reordered", "equal"},
	Code:  {"different", "three edits", "two edits", "one is the end of the other", "one edit", "equal"},
	Phone: {"different", "three edits", "two edits", "same last digits", "one edit", "equal"},
	Date:  {"different", "within ten years", "within 400 days", "two parts or two edits", "one edit or day and month swapped", "equal"},
	Email: {"different", "alike", "name part alike", "same name part", "one or two edits", "equal"},
}

func (k Kind) levels() []string { return levelNames[k] }

// compare gives the level of two different, present, normal values.
func (k Kind) compare(a, b []byte) uint8 {
	switch k {
	case Text:
		return compareText(a, b)
	case Words:
		return compareWords(a, b)
	case Code:
		return compareCode(a, b)
	case Phone:
		return comparePhone(a, b)
	case Date:
		return compareDate(a, b)
	case Email:
		return compareEmail(a, b)
	}
	return levelElse
}

func compareText(a, b []byte) uint8 {
	if len(a) > len(b) {
		a, b = b, a
	}
	d := edits(a, b, 2)
	if d == 1 && len(a) >= 3 {
		return 4
	}
	if len(a) <= 2 || len(a) >= 3 && len(b) >= len(a)+2 && bytes.HasPrefix(b, a) {
		if a[0] == b[0] && (len(a) == 1 || bytes.HasPrefix(b, a)) {
			return 1
		}
		return levelElse
	}
	if d == 2 && len(a) >= 5 {
		return 3
	}
	switch jw := jaroWinkler(a, b); {
	case jw >= 900 || joinedEqual(a, b):
		return 3
	case jw >= 800:
		return 2
	}
	return levelElse
}

// joinedEqual: "anna maria" and "annamaria", or one word inside the other's words.
func joinedEqual(a, b []byte) bool {
	if bytes.IndexByte(b, ' ') < 0 && bytes.IndexByte(a, ' ') < 0 {
		return false
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		if i < len(a) && a[i] == ' ' {
			i++
			continue
		}
		if j < len(b) && b[j] == ' ' {
			j++
			continue
		}
		if i >= len(a) || j >= len(b) || a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
	return true
}

func compareCode(a, b []byte) uint8 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) <= 2 {
		return levelElse
	}
	d := edits(a, b, 3)
	switch {
	case d == 1:
		return 4
	case len(a) >= 4 && len(b) > len(a) && bytes.HasSuffix(b, a):
		return 3
	case d == 2 && len(b) >= 4:
		return 2
	case d == 3 && len(b) >= 7:
		return 1
	}
	return levelElse
}

func comparePhone(a, b []byte) uint8 {
	if len(a) > len(b) {
		a, b = b, a
	}
	d := edits(a, b, 3)
	if d == 1 && len(a) == len(b) {
		return 4
	}
	if n := len(a); n >= 7 && string(a[n-7:]) == string(b[len(b)-7:]) {
		return 3
	}
	switch {
	case d == 1:
		return 4
	case d == 2:
		return 2
	case d == 3:
		return 1
	}
	return levelElse
}

func compareDate(a, b []byte) uint8 {
	d := edits(a, b, 2)
	if d == 1 {
		return 4
	}
	if len(a) != 8 || len(b) != 8 {
		if d == 2 {
			return 3
		}
		return levelElse
	}
	year, month, day := string(a[:4]) == string(b[:4]), string(a[4:6]) == string(b[4:6]), string(a[6:]) == string(b[6:])
	if year && string(a[4:6]) == string(b[6:]) && string(a[6:]) == string(b[4:6]) {
		return 4
	}
	if d == 2 || year && month || year && day || month && day {
		return 3
	}
	x, y := dayNumber(a), dayNumber(b)
	if x < 0 || y < 0 {
		return levelElse
	}
	gap := x - y
	if gap < 0 {
		gap = -gap
	}
	switch {
	case gap <= 400:
		return 2
	case gap <= 3660:
		return 1
	}
	return levelElse
}

// dayNumber counts days roughly (months of 30.5 days): enough to say "within a year".
func dayNumber(v []byte) int {
	y, m, d := number(v[:4]), number(v[4:6]), number(v[6:8])
	if y < 0 || m < 0 || d < 0 {
		return -1
	}
	return y*366 + m*61/2 + d
}

func compareEmail(a, b []byte) uint8 {
	d := edits(a, b, 2)
	if d <= 2 {
		return 4
	}
	x, y := localPart(a), localPart(b)
	if len(x) == 0 || len(y) == 0 {
		return levelElse
	}
	if string(x) == string(y) {
		return 3
	}
	if edits(x, y, 2) <= 2 && min(len(x), len(y)) >= 5 {
		return 2
	}
	if jaroWinkler(a, b) >= 880 || jaroWinkler(x, y) >= 880 {
		return 1
	}
	return levelElse
}

func localPart(v []byte) []byte {
	if i := bytes.LastIndexByte(v, '@'); i >= 0 {
		return v[:i]
	}
	return v
}

const maxWords = 16

// cutWords splits at blanks, without allocating.
func cutWords(v []byte, out *[maxWords][]byte) int {
	n, start := 0, 0
	for i := 0; i <= len(v); i++ {
		if i == len(v) || v[i] == ' ' {
			if i > start && n < maxWords {
				out[n] = v[start:i]
				n++
			}
			start = i + 1
		}
	}
	return n
}

// compareWords aligns words greedily. Longer words and numbers carry more than short ones.
func compareWords(a, b []byte) uint8 {
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
		sumB += wordWeight(wb[j])
	}
	for i := range na {
		w := wordWeight(wa[i])
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
			got += best * min(w, wordWeight(wb[at]))
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
	case whole >= 0.75 || part >= 0.95 && got >= 8:
		return 3
	case whole >= 0.5 || part >= 0.75 && got >= 6:
		return 2
	case whole >= 0.3:
		return 1
	}
	return levelElse
}

func wordWeight(w []byte) float64 {
	n := float64(min(len(w), 8))
	if w[0] >= '0' && w[0] <= '9' {
		n += 3
	}
	return n
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

// levelOf compares two records in one field. Values of fields that hold several are compared each with each.
func (f *Frame) levelOf(i int, a, b []uint32) uint8 {
	x, y := a[i], b[i]
	if x == y {
		if x == 0 {
			return levelNull
		}
		return levelExact
	}
	p := f.partner[i]
	if x == 0 || y == 0 {
		// A name standing alone in the other column is still a sighting: "–, Thomas" beside "Thomas, Gabriel".
		if p >= 0 && f.crossed(i, p, a, b) {
			return levelCrossed
		}
		return levelNull
	}
	d := f.Dicts[i]
	va, vb := d.Value(x), d.Value(y)
	var level uint8
	if f.multi[i] {
		level = f.bestLevel(i, va, vb)
	} else {
		level = f.Fields[i].Kind.compare(va, vb)
	}
	if p >= 0 && level <= 3 && f.crossed(i, p, a, b) {
		return levelCrossed
	}
	return level
}

// crossed: one record's value of field i stands in field p of the other.
func (f *Frame) crossed(i, p int, a, b []uint32) bool {
	x, y := f.swap[i][a[i]], f.swap[i][b[i]]
	return x != 0 && x == b[p] || y != 0 && y == a[p]
}

func (f *Frame) bestLevel(i int, va, vb []byte) uint8 {
	best := uint8(levelElse)
	for _, x := range bytes.Split(va, []byte{valueSeparator}) {
		for _, y := range bytes.Split(vb, []byte{valueSeparator}) {
			if len(x) == 0 || len(y) == 0 {
				continue
			}
			if bytes.Equal(x, y) {
				return levelExact
			}
			best = max(best, f.Fields[i].Kind.compare(x, y))
		}
	}
	return best
}

// pattern packs the levels of all fields, three bits each.
func (f *Frame) pattern(a, b []uint32) uint64 {
	var p uint64
	for i := range f.Fields {
		p |= uint64(f.levelOf(i, a, b)) << (3 * i)
	}
	return p
}
