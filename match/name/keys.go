package name

import (
	"slices"
)

// hashKey is FNV-1a over a kind byte and the text. Collisions cost a
// comparison, never a wrong answer.
func hashKey(kind byte, s string) uint32 {
	h := uint32(2166136261)
	h = (h ^ uint32(kind)) * 16777619
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// hashSkip hashes s without its letter at skip.
func hashSkip(kind byte, s string, skip int) uint32 {
	h := uint32(2166136261)
	h = (h ^ uint32(kind)) * 16777619
	for i := 0; i < len(s); i++ {
		if i != skip {
			h = (h ^ uint32(s[i])) * 16777619
		}
	}
	return h
}

const deletesFrom = 3 // shorter words must agree in their skeleton

// deletions calls f for s and for s without each of its letters: two words one
// slip apart share one of these.
func deletions(kind byte, s string, f func(uint32)) {
	if len(s) < deletesFrom || len(s) > maxEdit {
		return
	}
	f(hashKey(kind, s))
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] {
			f(hashSkip(kind, s, i))
		}
	}
}

// wordKeys are the keys under which a word of the list is found.
func wordKeys(t *token, add func(uint32)) {
	add(hashKey('s', t.skel))
	if w := withoutArticle(t.text); len(w) != len(t.text) {
		add(hashKey('s', string(appendSkeleton(nil, cut([]byte(w))))))
	}
	if t.kind == kindLegal || t.kind == kindNumber {
		return
	}
	deletions('d', t.skel, add)
	if t.skel != t.text {
		deletions('t', t.text, add)
	}
	if f := frame(t.skel); len(f) >= 3 {
		add(hashKey('f', f))
	}
	if len(t.cons) >= 2 {
		if t.native&vowelless != 0 {
			add(hashKey('u', t.cons))
		}
		add(hashKey('c', t.cons))
		for i := range t.cons {
			if len(t.cons) >= 4 && t.native&vowelless == 0 {
				add(hashSkip('x', t.cons, i))
			}
		}
		if len(t.cons) >= 3 {
			add(hashKey('x', t.cons))
		}
	}
	for _, g := range t.groups {
		add(hashKey('g', string([]byte{byte(g), byte(g >> 8)})))
	}
}

// wordProbes are the keys a query word asks for.
func wordProbes(t *token, probe func(uint32)) {
	probe(hashKey('s', t.skel))
	if w := withoutArticle(t.text); len(w) != len(t.text) {
		probe(hashKey('s', string(appendSkeleton(nil, cut([]byte(w))))))
	}
	if t.kind == kindLegal || t.kind == kindNumber {
		return
	}
	deletions('d', t.skel, probe)
	deletions('t', t.text, probe)
	if t.skel != t.text { // the list keeps a word that is its own skeleton once
		deletions('d', t.text, probe)
	}
	if f := frame(t.skel); len(f) >= 3 {
		probe(hashKey('f', f))
	}
	for _, g := range t.groups {
		probe(hashKey('g', string([]byte{byte(g), byte(g >> 8)})))
	}
	if len(t.cons) < 2 {
		return
	}
	if t.native&vowelless == 0 {
		probe(hashKey('u', t.cons))
		return
	}
	probe(hashKey('c', t.cons))
	if len(t.cons) >= 3 {
		probe(hashKey('x', t.cons))
		for i := range t.cons {
			if len(t.cons) >= 4 {
				probe(hashSkip('x', t.cons, i))
			}
		}
	}
}

// frame is a skeleton without its vowels, to reach words whose vowels differ.
func frame(skel string) string {
	var b [maxEdit]byte
	out := b[:0]
	for i := 0; i < len(skel) && len(out) < maxEdit; i++ {
		if !isVowel(skel[i]) {
			out = append(out, skel[i])
		}
	}
	return string(out)
}

// wholeKeys are keys of a whole name: neighbours written as one word, and its
// Korean and Chinese readings reduced to what every spelling of them shares.
func wholeKeys(n *Name, add func(uint32)) {
	var buf, sk [64]byte
	for i, t := range n.tokens {
		if t.kind == kindLegal {
			continue
		}
		got := append(buf[:0], t.text...)
		for j := i + 1; j < len(n.tokens) && j < i+3; j++ {
			if len(got)+len(n.tokens[j].text) > 40 || n.tokens[j].kind == kindLegal {
				break
			}
			got = append(got, n.tokens[j].text...)
			if len(got) >= 5 {
				add(hashKey('j', string(appendSkeleton(sk[:0], servant(got)))))
			}
		}
	}
	if k := n.korean; k != nil {
		if k.surname != 0 {
			add(koreanKey(k.given[:k.n]))
		}
		if k.altSurname != 0 {
			add(koreanKey(k.alt[:k.altN]))
		}
		if k.wholeN > 1 { // without the first or the last word, as the surname may be unknown
			add(koreanKey(k.whole[1:k.wholeN]))
			add(koreanKey(k.whole[:k.wholeN-1]))
		}
	}
	if c := n.chinese; c != nil {
		f := make([]byte, 0, 4)
		for _, s := range c.syllables[:c.n] {
			f = append(f, s.final)
		}
		slices.Sort(f) // whichever end the family name stands at
		add(hashKey('z', string(f)))
	}
}

// koreanKey keeps of each syllable only what no spelling changes: the class of
// the first consonant (liquids and silence as one), of the last, and the vowel's.
func koreanKey(given []syllable) uint32 {
	var b [3 * maxSyllables]byte
	k := b[:0]
	for i, s := range given {
		c := s.initial
		if c == 'R' || c == 'N' {
			c = 'N'
			if i == 0 {
				c = '0'
			}
		}
		k = append(k, c, vowelClass(s.vowels), s.final)
	}
	return hashKey('k', string(k))
}

// vowelClass sorts vowels so that all readings of one spelling are in one class.
func vowelClass(v uint32) byte {
	switch {
	case v&(vA|vYa|vWa) != 0:
		return 'a'
	case v&(vI|vUi|vWi) != 0:
		return 'i'
	case v&(vE|vAe|vYae|vOe|vWae|vWe) != 0:
		return 'e'
	}
	return 'u'
}

// lookup maps a 32-bit key to numbers: sorted keys with a directory on their
// upper bits, three flat slices and nothing else, so that it stays small.
type lookup struct {
	dir   []uint32 // first key index per upper bits
	shift uint
	keys  []uint32
	from  []uint32
	ids   []uint32
}

type pairKV struct{ key, id uint32 }

// byKey sorts by the key and keeps the order of equal ones: by counting, eleven
// bits at a time, because an index is made anew in every run.
func byKey(kv []pairKV) []pairKV {
	other := make([]pairKV, len(kv))
	for shift := uint(0); shift < 33; shift += 11 {
		var at [1 << 11]int
		for i := range kv {
			at[kv[i].key>>shift&(1<<11-1)]++
		}
		sum := 0
		for b, n := range at {
			at[b], sum = sum, sum+n
		}
		for _, p := range kv {
			b := p.key >> shift & (1<<11 - 1)
			other[at[b]] = p
			at[b]++
		}
		kv, other = other, kv
	}
	return kv
}

// newLookup takes pairs whose ids rise.
func newLookup(kv []pairKV) lookup {
	kv = byKey(kv)
	l := lookup{ids: make([]uint32, 0, len(kv))}
	for i, p := range kv {
		if i > 0 && kv[i-1] == p {
			continue
		}
		if len(l.keys) == 0 || l.keys[len(l.keys)-1] != p.key {
			l.keys = append(l.keys, p.key)
			l.from = append(l.from, uint32(len(l.ids)))
		}
		l.ids = append(l.ids, p.id)
	}
	l.from = append(l.from, uint32(len(l.ids)))
	bits := uint(8)
	for 1<<bits < len(l.keys) && bits < 22 {
		bits++
	}
	if len(l.keys) > 0 && l.keys[len(l.keys)-1] < 1<<24 { // small numbers: address them directly
		l.shift = 0
		bits = 32
	} else {
		l.shift = 32 - bits
	}
	top := uint32(0)
	if len(l.keys) > 0 {
		top = l.keys[len(l.keys)-1] >> l.shift
	}
	l.dir = make([]uint32, top+2)
	k := 0
	for b := range l.dir {
		for k < len(l.keys) && int(l.keys[k]>>l.shift) < b {
			k++
		}
		l.dir[b] = uint32(k)
	}
	return l
}

// get returns the numbers under a key; the caller must not change them.
func (l *lookup) get(key uint32) []uint32 {
	b := int(key >> l.shift)
	if b+1 >= len(l.dir) {
		return nil
	}
	for k := l.dir[b]; k < l.dir[b+1]; k++ {
		if l.keys[k] == key {
			return l.ids[l.from[k]:l.from[k+1]]
		}
	}
	return nil
}
