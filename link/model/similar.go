package model

// edits is the restricted Damerau–Levenshtein distance (optimal string
// alignment) of two ASCII strings, or limit+1 when it is larger than limit. Made for limits up to
// three: it tries the few ways to spend so many edits instead of filling a table.
func edits(a, b []byte, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if gap := len(a) - len(b); gap > limit || -gap > limit {
		return limit + 1
	}
	for k := 0; k <= limit; k++ {
		if within(a, b, k) {
			return k
		}
	}
	return limit + 1
}

func within(a, b []byte, k int) bool {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	gap := len(a) - len(b)
	if len(a) == 0 || len(b) == 0 {
		return gap <= k && -gap <= k
	}
	if k == 0 || gap > k || -gap > k {
		return false
	}
	if gap < k && within(a[1:], b[1:], k-1) { // one letter for another
		return true
	}
	if gap > -k && within(a[1:], b, k-1) || gap < k && within(a, b[1:], k-1) {
		return true
	}
	return len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] && within(a[2:], b[2:], k-1)
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
