package model

// edits is the restricted Damerau–Levenshtein distance (optimal string
// alignment) of two ASCII strings, or limit+1 when it is larger than limit.
// Longer strings than 128 bytes count as limit+1 unless equal.
func edits(a, b []byte, limit int) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > limit {
		return limit + 1
	}
	for len(a) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 {
		return len(b)
	}
	if len(b) > 128 {
		return limit + 1
	}
	var rows [3][129]uint8
	before, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = uint8(j)
	}
	for i := range len(a) {
		cur[0] = uint8(i + 1)
		best := cur[0]
		for j := range len(b) {
			cost := uint8(1)
			if a[i] == b[j] {
				cost = 0
			}
			v := min(prev[j]+cost, prev[j+1]+1, cur[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				v = min(v, before[j-1]+1)
			}
			cur[j+1] = v
			best = min(best, v)
		}
		if int(best) > limit {
			return limit + 1
		}
		before, prev, cur = prev, cur, before
	}
	return min(int(prev[len(b)]), limit+1)
}

// jaroWinkler similarity in thousandths, for strings of at most 64 bytes; longer ones are cut.
func jaroWinkler(a, b []byte) int {
	if len(a) > 64 {
		a = a[:64]
	}
	if len(b) > 64 {
		b = b[:64]
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	window := max(len(b)/2-1, 0)
	var usedA, usedB uint64
	matches := 0
	for i, c := range a {
		lo, hi := max(0, i-window), min(len(b), i+window+1)
		for j := lo; j < hi; j++ {
			if usedB&(1<<j) == 0 && b[j] == c {
				usedA |= 1 << i
				usedB |= 1 << j
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	half, j := 0, 0
	for i := range a {
		if usedA&(1<<i) == 0 {
			continue
		}
		for usedB&(1<<j) == 0 {
			j++
		}
		if a[i] != b[j] {
			half++
		}
		j++
	}
	m := float64(matches)
	jaro := (m/float64(len(a)) + m/float64(len(b)) + (m-float64(half/2))/m) / 3
	prefix := 0
	for prefix < min(4, len(a)) && a[prefix] == b[prefix] {
		prefix++
	}
	return int((jaro + float64(prefix)*0.1*(1-jaro)) * 1000)
}
