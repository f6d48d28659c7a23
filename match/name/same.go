package name

// Agreement is a tolerant answer about two spellings of a person's name.
type Agreement uint8

const (
	// Unknown: one of the two is empty, holds initials only, or stands in a
	// script whose spelling in Latin letters cannot be told (Han, Arabic …).
	Unknown Agreement = iota
	// Same: every part of one is a part of the other, whatever the order, the
	// script or the transliteration.
	Same
	// Compatible: nothing contradicts one person: a middle name, a father's
	// name or a second surname is missing, a given name is shortened to an
	// initial or a nickname, a letter is mistyped, a long name is cut.
	Compatible
	// Different: a part on one side has a contradicting part on the other.
	Different
)

// String gives the word in lower case.
func (a Agreement) String() string {
	return [...]string{"unknown", "same", "compatible", "different"}[a]
}

const (
	maxTokens = 12
	mrzNear   = 28 // a name this long may have been cut by a document's field
)

type span struct {
	start, end uint16
	kind       kind
	used       bool
}

// words is a folded name cut into tokens; it lives on the stack, as does raw.
type words struct {
	raw  []byte
	tok  [maxTokens]span
	n    int
	kind script
}

func (w *words) at(i int) []byte { return w.raw[w.tok[i].start:w.tok[i].end] }

// SamePerson compares two spellings of a person's name. It knows nothing about
// how common a name is: Same is not a link between two people, it only says
// that the names do not speak against one person. The order of a and b does not
// matter. About a microsecond a call.
func SamePerson(a, b string) Agreement {
	if a > b {
		a, b = b, a
	}
	var wa, wb words
	var ba, bb [160]byte
	wa.raw, wa.kind = fold(ba[:0], short(a))
	wb.raw, wb.kind = fold(bb[:0], short(b))
	wa.split()
	wb.split()
	if wa.n == 0 || wb.n == 0 {
		return Unknown
	}
	got := agree(&wa, &wb)
	if got == Same || got == Compatible {
		return got
	}
	if k, ok := agreeKorean(&wa, &wb); ok && (k != Different || !agreeChinese(&wa, &wb)) {
		return k
	}
	if got == Different && agreeChinese(&wa, &wb) {
		return Compatible
	}
	if got == Different && wa.kind != wb.kind && (wa.kind|wb.kind)&unreadable != 0 {
		return Unknown
	}
	return got
}

// short bounds what is compared: no name of one person is longer.
func short(s string) string {
	if len(s) > 240 {
		return s[:240]
	}
	return s
}

// split cuts the folded name into tokens without titles.
func (w *words) split() {
	for i := 0; i < len(w.raw) && w.n < maxTokens; {
		if c := w.raw[i]; c == ' ' || c == '.' || c == ',' {
			i++
			continue
		}
		j := i
		for j < len(w.raw) && w.raw[j] != ' ' && w.raw[j] != '.' && w.raw[j] != ',' {
			j++
		}
		w.tok[w.n] = span{uint16(i), uint16(j), personKind(w.raw[i:j]), false}
		w.n++
		i = j
	}
	w.titles()
	w.families()
}

// after is the mark that follows a token, ' ' when it is the last.
func (w *words) after(i int) byte {
	if end := int(w.tok[i].end); end < len(w.raw) {
		return w.raw[end]
	}
	return ' '
}

// titles drops what is never a name, and makes a title that could be a name
// optional: it may find a partner and is not missed without.
func (w *words) titles() {
	plain := 0
	for i := range w.tok[:w.n] {
		if w.tok[i].kind == kindPlain {
			plain++
		}
	}
	lead, kept := true, 0
	for i := range w.tok[:w.n] {
		t := w.tok[i]
		if t.kind == kindTitle {
			needs, _ := titleNeeds(w.at(i))
			family, dotted := w.after(i) == ',' && needs > 0, w.after(i) == '.'
			switch {
			case family || !isTitle(w.at(i), lead, dotted, plain):
				t.kind = kindPlain
			case needs < 2 || dotted:
				continue
			default:
				t.kind = kindParticle
			}
		}
		lead = lead && t.kind != kindPlain
		w.tok[kept] = t
		kept++
	}
	w.n = kept
}

// families takes words for family names that elsewhere are particles (Le, Do,
// Das, La): at the end of a name, or where little else is left of it.
func (w *words) families() {
	plain, particles := 0, 0
	for i := range w.tok[:w.n] {
		switch w.tok[i].kind {
		case kindPlain:
			plain++
		case kindParticle:
			particles++
		}
	}
	if particles == 0 {
		return
	}
	var k koreanName
	korean := k.read(w, false) && k.surname != 0 // Do-yun, An Jae-hyun
	for i := range w.tok[:w.n] {
		if w.tok[i].kind == kindParticle && (plain < 2 || i == w.n-1 || korean) {
			w.tok[i].kind = kindPlain
		}
	}
}

type tally struct{ full, near, initial int }

// agree pairs the tokens of both names, best evidence first.
func agree(a, b *words) Agreement {
	var t tally
	pairTokens(a, b, byText, &t.full)
	if left(a) == 0 && left(b) == 0 {
		return judge(a, b, &t)
	}
	pairTokens(a, b, bySkeleton, &t.full)
	pairJoined(a, b, &t)
	pairJoined(b, a, &t)
	pairTokens(a, b, byNearness, &t.near)
	if left(a) > 0 && left(b) > 0 {
		pairCut(a, b, &t)
		pairCut(b, a, &t)
		pairInitials(a, b, &t)
		pairInitials(b, a, &t)
	}
	return judge(a, b, &t)
}

// judge turns the tally into an answer. Particles left over say nothing.
func judge(a, b *words, t *tally) Agreement {
	la, lb := left(a), left(b)
	switch {
	case t.full+t.near == 0:
		if la == 0 && lb == 0 {
			return Unknown
		}
		return Different
	case la == 0 && lb == 0:
		if t.near == 0 && t.initial == 0 {
			return Same
		}
		return Compatible
	case la == 0 && lb > 0 && t.full+t.near == 1 && middleInitial(b), lb == 0 && la > 0 && t.full+t.near == 1 && middleInitial(a):
		// Karen Clark is not Nancy K. Clark: a middle initial is no given name
		// while the given name beside it finds no partner.
		return Different
	case la == 0 || lb == 0:
		return Compatible
	case onlyOptional(a) || onlyOptional(b):
		return Compatible
	}
	return Different
}

// left counts the tokens that found no partner and would need one.
func left(w *words) (n int) {
	for i := 0; i < w.n; i++ {
		if !w.tok[i].used && w.tok[i].kind != kindParticle {
			n++
		}
	}
	return n
}

// middleInitial says that an initial other than the first word found a partner.
func middleInitial(w *words) bool {
	for i := 1; i < w.n; i++ {
		if w.tok[i].used && len(w.at(i)) == 1 {
			return true
		}
	}
	return false
}

// onlyOptional says that what is left over on one side is commonly left out.
func onlyOptional(w *words) bool {
	for i := 0; i < w.n; i++ {
		if !w.tok[i].used && w.tok[i].kind != kindParticle && !patronymic(w.at(i)) {
			return false
		}
	}
	return true
}

// Ways to pair two tokens. A switch and not a function value, so that names
// stay on the stack.
const (
	byText = iota
	bySkeleton
	byNearness
)

func tokensAgree(how int, x, y []byte) bool {
	switch how {
	case byText:
		return string(x) == string(y)
	case bySkeleton:
		return sameSkeleton(x, y)
	}
	return nearToken(x, y)
}

func pairTokens(a, b *words, how int, count *int) {
	for i := 0; i < a.n; i++ {
		if a.tok[i].used {
			continue
		}
		for j := 0; j < b.n; j++ {
			if b.tok[j].used || !tokensAgree(how, a.at(i), b.at(j)) {
				continue
			}
			a.tok[i].used, b.tok[j].used = true, true
			if !a.tok[i].kind.light() || !b.tok[j].kind.light() {
				*count++
			}
			break
		}
	}
}

// light words agree without telling anything.
func (k kind) light() bool { return k == kindParticle || k == kindInitial }

func sameSkeleton(x, y []byte) bool {
	if len(x) < 2 || len(y) < 2 {
		return false
	}
	var bx, by [48]byte
	return string(appendSkeleton(bx[:0], cut(x))) == string(appendSkeleton(by[:0], cut(y)))
}

func cut(x []byte) []byte {
	if len(x) > maxEdit {
		return x[:maxEdit]
	}
	return x
}

// nearToken accepts forms of one given name, and one slip of the keyboard in a
// token long enough that a slip is likelier than another name.
func nearToken(x, y []byte) bool {
	if len(x) < 2 || len(y) < 2 {
		return false
	}
	if variants(x, y) {
		return true
	}
	short, long := min(len(x), len(y)), max(len(x), len(y))
	if short < 5 {
		// A letter lost, doubled or swapped is a slip; another letter in so
		// short a word is another name (Juan, Joan).
		return short >= 3 && long >= 4 && editDistance(x, y, 1) == 1 && (short != long || swapped(x, y))
	}
	limit := 1
	if short >= 9 {
		limit = 2
	}
	return editDistance(x, y, limit) <= limit
}

// swapped says that two words of one length differ by two neighbours exchanged.
func swapped(x, y []byte) bool {
	for i := range x {
		if x[i] != y[i] {
			return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i]
		}
	}
	return false
}

// pairJoined lets one token of a stand for two or three neighbours in b:
// Abdulrahman and Abdul Rahman, Min-ho and Minho, VladimirPutin.
func pairJoined(a, b *words, t *tally) {
	for i := 0; i < a.n; i++ {
		if a.tok[i].used || a.tok[i].kind == kindInitial || len(a.at(i)) < 4 {
			continue
		}
		x := a.at(i)
		for j := 0; j+1 < b.n && !a.tok[i].used; j++ {
			var joined [64]byte
			got := joined[:0]
			for k := j; k < b.n && k < j+4 && !b.tok[k].used && len(got)+len(b.at(k)) <= 60; k++ {
				got = append(got, b.at(k)...)
				if k == j || len(got) < len(x)-3 || len(got) > len(x)+3 || !sameSkeleton(x, got) {
					continue
				}
				a.tok[i].used = true
				for m := j; m <= k; m++ {
					b.tok[m].used = true
				}
				t.full++
				break
			}
		}
	}
}

// pairCut accepts a token that ends where a document's name field ends, as
// long as the whole name is long enough to have been cut there.
func pairCut(a, b *words, t *tally) {
	if len(a.raw) < mrzNear || a.n == 0 || t.full == 0 {
		return
	}
	i := a.n - 1
	if a.tok[i].used {
		return
	}
	for j := 0; j < b.n; j++ {
		if !b.tok[j].used && len(b.at(j)) > len(a.at(i)) && hasPrefix(b.at(j), string(a.at(i))) {
			a.tok[i].used, b.tok[j].used = true, true
			t.near++
			return
		}
	}
}

// pairInitials accepts "J" for Johannes and "JC" for Jean-Claude.
func pairInitials(a, b *words, t *tally) {
	for i := 0; i < a.n; i++ {
		x := a.at(i)
		if a.tok[i].used || len(x) > 3 {
			continue
		}
		if len(x) == 1 {
			for j := 0; j < b.n; j++ {
				if y := b.at(j); !b.tok[j].used && len(y) > 1 && y[0] == x[0] && b.tok[j].kind == kindPlain {
					a.tok[i].used, b.tok[j].used = true, true
					t.initial++
					break
				}
			}
			continue
		}
		for j := 0; j+len(x) <= b.n; j++ {
			ok := true
			for k := range x {
				if b.tok[j+k].used || b.at(j + k)[0] != x[k] || len(b.at(j+k)) == 1 && len(x) == 1 {
					ok = false
					break
				}
			}
			if !ok {
				continue
			}
			a.tok[i].used = true
			for k := range x {
				b.tok[j+k].used = true
			}
			t.initial++
			break
		}
	}
}

// agreeChinese: the same syllables in pinyin and Wade–Giles, which leaves some
// of them open, so never more than compatible.
func agreeChinese(a, b *words) bool {
	if (a.kind|b.kind)&^(scriptLatin|scriptHan) != 0 {
		return false
	}
	var ca, cb chineseName
	return ca.readWords(a) && cb.readWords(b) && ca.matches(&cb)
}

// agreeKorean answers when both names can be Korean: one in hangul, or both
// with a Korean family name first or last and readable syllables beside it.
func agreeKorean(a, b *words) (Agreement, bool) {
	var ka, kb koreanName
	rare := (a.kind|b.kind)&scriptHangul != 0
	if !ka.read(a, rare) || !kb.read(b, rare) {
		return Different, false
	}
	if a.kind&scriptHangul == 0 && b.kind&scriptHangul == 0 && (ka.surname == 0 || kb.surname == 0) {
		return Different, false
	}
	if ka.matches(&kb) || (a.kind^b.kind)&scriptHangul != 0 && ka.sameWhole(&kb) {
		return Same, true
	}
	if (a.kind^b.kind)&scriptHangul != 0 && ka.surname&kb.surname != 0 {
		return Unknown, true // Minho may call himself James
	}
	return Different, true
}
