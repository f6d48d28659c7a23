package name

const maxEdit = 40 // longer tokens are cut before they are compared

// editDistance counts insertions, deletions, substitutions and swaps of two
// neighbours (optimal string alignment). It stops at limit+1.
func editDistance(a, b []byte, limit int) int {
	if len(a) > maxEdit {
		a = a[:maxEdit]
	}
	if len(b) > maxEdit {
		b = b[:maxEdit]
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	d := len(a) - len(b)
	if d < 0 {
		d = -d
	}
	if d > limit {
		return limit + 1
	}
	if len(a) == 0 || len(b) == 0 {
		return d
	}
	var rows [3][maxEdit + 1]uint8
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		prev[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = uint8(i)
		best := cur[0]
		for j := 1; j <= len(b); j++ {
			c := prev[j-1]
			if a[i-1] != b[j-1] {
				c++
			}
			c = min(c, prev[j]+1, cur[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				c = min(c, prev2[j-2]+1)
			}
			cur[j] = c
			best = min(best, c)
		}
		if int(best) > limit {
			return limit + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return int(prev[len(b)])
}
