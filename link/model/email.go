package model

// compareEmail gives the level of two different addresses. bits is how many bits of their bags differ: at most that many
// characters are not common to both, which spares most of the dear comparisons and changes none of their answers.
func compareEmail(a, b []byte, bits int) uint8 {
	if bits <= 4 && edits(a, b, 2) <= 2 {
		return 4
	}
	x, y := localPart(a), localPart(b)
	if len(x) == 0 || len(y) == 0 {
		return levelElse
	}
	if string(x) == string(y) {
		return 3
	}
	own := bits // of which so many lie in the name parts at least
	if string(a[len(x):]) != string(b[len(y):]) {
		own -= len(a) - len(x) + len(b) - len(y)
	}
	if own <= 4 && min(len(x), len(y)) >= 5 && edits(x, y, 2) <= 2 {
		return 2
	}
	// The same first letter is asked for because the similarity is dear and hardly ever reached without it.
	const alike = 880
	if a[0] == b[0] && (mayReach(a, b, bits, alike) && jaroWinkler(a, b) >= alike || mayReach(x, y, own, alike) && jaroWinkler(x, y) >= alike) {
		return 1
	}
	return levelElse
}

// mayReach is false when two strings with so many differing bits certainly stay below a Jaro-Winkler similarity.
func mayReach(a, b []byte, bits, least int) bool {
	if len(a) > 64 || len(b) > 64 {
		return true // jaroWinkler cuts them, the bags do not
	}
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	la, lb := float64(len(a)), float64(len(b))
	common := min((la+lb-float64(max(bits, 0)))/2, la, lb)
	jaro := (common/la + common/lb + 1) / 3
	return (jaro+float64(prefix)*0.1*(1-jaro))*1000 >= float64(least)-1e-6
}
