package name

// What pairs words that are not alike as they stand: neighbours written as one,
// shortened, cut or abbreviated words.

// alignJoined lets one word of a stand for two to four neighbours of b.
func (al *alignment) alignJoined(a, b *Name, flip bool) {
	usedA, usedB := &al.usedA, &al.usedB
	if flip {
		usedA, usedB = usedB, usedA
	}
	for i, x := range a.tokens {
		if usedA[i] || len(x.text) < 4 || x.kind == kindLegal {
			continue
		}
		for j := 0; j+1 < len(b.tokens) && !usedA[i]; j++ {
			if usedB[j] && b.tokens[j].kind != kindParticle {
				continue
			}
			var buf [64]byte
			got := buf[:0]
			for k := j; k < len(b.tokens) && k < j+4; k++ {
				y := b.tokens[k]
				if usedB[k] && y.kind != kindParticle || y.kind == kindLegal || len(got)+len(y.text) > 60 {
					break
				}
				got = append(got, y.text...)
				if k == j || len(got) < len(x.text)-2 || len(got) > len(x.text)+2 {
					continue
				}
				sim := joinedSim(x, got)
				if sim == 0 {
					continue
				}
				var weight float32
				free := true
				for m := j; m <= k; m++ {
					weight += b.tokens[m].weight
					free = free && !usedB[m]
				}
				if !free && !al.release(b, j, k, flip) {
					continue
				}
				p := pairing{int8(i), int8(j), 1, int8(k - j + 1), sim, howJoined}
				if flip {
					p.i, p.j, p.ni, p.nj = p.j, p.i, p.nj, p.ni
				}
				al.take(p, max(weight, x.weight), true)
				al.plain += min(1, k-j)
				break
			}
		}
	}
}

// alignShort forgives one slip in a word of three or four letters, when it is
// the only word left and two others agree: alone, such words are too near to
// each other.
func (al *alignment) alignShort(a, b *Name, korean bool) {
	i, j := only(a, &al.usedA), only(b, &al.usedB)
	if i < 0 || j < 0 || al.plain < 2 || al.doubt > 0 {
		return
	}
	x, y := a.tokens[i], b.tokens[j]
	if x.kind != kindPlain || y.kind != kindPlain || max(len(x.text), len(y.text)) > 5 || min(len(x.text), len(y.text)) < 2 || editDistance([]byte(x.text), []byte(y.text), 1) > 1 {
		return
	}
	if korean && x.korean != nil && y.korean != nil {
		return // both are syllables: another name
	}
	al.take(pairing{int8(i), int8(j), 1, 1, 0.62, howTypo}, pairWeight(x, y, 0), true)
}

// only gives the one word without partner, -1 when there is none or several.
func only(n *Name, used *[maxParts]bool) int {
	at := -1
	for i := range n.tokens {
		if !used[i] && n.tokens[i].kind != kindTitle {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// alignShortened pairs what is left of Chris and Christopher. It comes after
// the joined words, whose beginnings look the same.
func (al *alignment) alignShortened(a, b *Name) {
	for i, x := range a.tokens {
		for j, y := range b.tokens {
			if al.usedA[i] || al.usedB[j] || x.kind != kindPlain || y.kind != kindPlain || !shortened(x.text, y.text) {
				continue
			}
			al.take(pairing{int8(i), int8(j), 1, 1, 0.6, howShort}, pairWeight(x, y, 0), true)
		}
	}
}

// release frees particles that were paired with another particle, so that a
// joined word can have them. It refuses when a real word would be freed.
func (al *alignment) release(b *Name, j, k int, flip bool) bool {
	for m := j; m <= k; m++ {
		if b.tokens[m].kind != kindParticle {
			continue
		}
		for x := range al.n {
			p := &al.pairs[x]
			if !flip && int(p.j) == m && p.nj == 1 && al.usedB[m] {
				al.usedB[m] = false
				p.nj = 0
			} else if flip && int(p.i) == m && p.ni == 1 && al.usedA[m] {
				al.usedA[m] = false
				p.ni = 0
			}
		}
	}
	return true
}

func joinedSim(x *token, got []byte) float32 {
	if string(got) == x.text {
		return 0.98
	}
	if abs(len(got)-len(x.text)) > 2 {
		return 0
	}
	var skel [48]byte
	s := appendSkeleton(skel[:0], servant(cut(got)))
	if string(s) == x.skel {
		return 0.95
	}
	if len(got) < 7 {
		return 0
	}
	if d := weightedEdit(x.skel, string(s), 12); d <= 12 {
		return 1 - 0.12*float32(d)/float32(len(got)) - 0.04
	}
	return 0
}

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}

// alignCut accepts a last word that a document's name field has cut off
// (ICAO 9303: 39 characters in a passport, 30 in a card).
func (al *alignment) alignCut(a, b *Name, flip bool) {
	usedA, usedB := &al.usedA, &al.usedB
	if flip {
		usedA, usedB = usedB, usedA
	}
	i := len(a.tokens) - 1
	if i < 1 || usedA[i] || a.length < mrzNear || al.plain == 0 || len(a.tokens[i].text) < 2 {
		return
	}
	x := a.tokens[i]
	for j, y := range b.tokens {
		if usedB[j] || len(y.text) <= len(x.text) || y.text[:len(x.text)] != x.text {
			continue
		}
		p := pairing{int8(i), int8(j), 1, 1, 0.85, howCut}
		if flip {
			p.i, p.j = p.j, p.i
		}
		al.take(p, max(x.weight, y.weight), false)
		return
	}
}

// alignInitials pairs "V" with Vladimir and "JC" with Jean Claude.
func (al *alignment) alignInitials(a, b *Name, flip bool) {
	usedA, usedB := &al.usedA, &al.usedB
	if flip {
		usedA, usedB = usedB, usedA
	}
	for i, x := range a.tokens {
		if usedA[i] || len(x.text) > 3 || x.kind != kindInitial && x.kind != kindPlain {
			continue
		}
		n := len(x.text)
		for j := 0; j+n <= len(b.tokens); j++ {
			ok := true
			var weight float32
			for k := range n {
				y := b.tokens[j+k]
				if usedB[j+k] || y.text[0] != x.text[k] || y.kind != kindPlain && !(n > 1 && y.kind == kindInitial) || n == 1 && len(y.text) < 2 {
					ok = false
					break
				}
				weight += y.weight
			}
			if !ok {
				continue
			}
			p := pairing{int8(i), int8(j), 1, int8(n), initialSim, howInitial}
			if n > 1 {
				p.sim = 0.85
			}
			if flip {
				p.i, p.j, p.ni, p.nj = p.j, p.i, p.nj, p.ni
			}
			al.take(p, min(weight/2, x.weight), n > 1)
			break
		}
	}
}

const initialSim = 0.72

// alignRepeated forgives a word written twice (Shoigu Shoigu Sergey).
func (al *alignment) alignRepeated(a, b *Name) {
	mark := func(n *Name, used *[maxParts]bool) {
		for i, x := range n.tokens {
			if used[i] {
				continue
			}
			for j, y := range n.tokens {
				if i != j && used[j] && x.text == y.text {
					used[i] = true
					break
				}
			}
		}
	}
	mark(a, &al.usedA)
	mark(b, &al.usedB)
}
