package name

import "math/bits"

// token is one word of a name, with everything a comparison needs worked out
// once. Tokens are immutable and shared between names.
type token struct {
	text string // folded: lower-case ASCII
	skel string // spelling-tolerant form, see appendSkeleton
	cons string // consonant frame, for scripts that do not write vowels
	kind kind
	// weight is how much agreeing on this word says, 1 for an ordinary part of
	// a person's name, less for particles, legal forms and everyday words.
	weight  float32
	groups  []uint16   // variant groups of a given name
	korean  []syllable // readings as Korean syllables, nil if it has none
	surname uint64     // groups of Korean family names it may be
	chars   uint64     // letters present, two classes per bit word, to reject fast
	group   int32      // legal forms: number of the form's class, else -1
	native  script     // script it was written in
	kept    bool       // one of an index's own, which may remember things of it
}

func newToken(text string, k kind, native script) *token {
	t := &token{text: text, kind: k, native: native, group: -1}
	b := []byte(text)
	t.skel = string(appendSkeleton(nil, servant(cut(b))))
	t.cons = string(appendConsonants(nil, cut(b)))
	if k == kindPlain || k == kindParticle {
		t.groups = variantOf[text]
	}
	if k == kindPlain || k == kindParticle || k == kindInitial && isVowel(text[0]) {
		if koreanShaped(b) {
			var s [maxSyllables]syllable
			if n := readKorean(b, s[:]); n > 0 && n <= 3 {
				t.korean = append([]syllable(nil), s[:n]...)
				if native == scriptHangul && n == 1 {
					t.korean[0].vowels = exactVowel(text) & t.korean[0].vowels
				}
			}
			t.surname = koreanSurname(b)
		}
	}
	for i := 0; i < len(t.skel); i++ {
		t.chars |= letterBit(t.skel[i])
	}
	t.weight = baseWeight(t)
	return t
}

// servant brings the spellings of "servant of" and its word to one form:
// Abdulrahman, Abd al-Rahman, Abdurrahman and Abderrahmane become abd+rahman.
func servant(tok []byte) []byte {
	if len(tok) < 8 || string(tok[:3]) != "abd" || !isVowel(tok[3]) {
		return tok
	}
	rest := tok[4:]
	if rest[0] == rest[1] || rest[0] == 'l' && !isVowel(rest[1]) || rest[0] == 'l' && isVowel(rest[1]) && rest[1] != 'a' || rest[0] == 'l' && len(rest) > 5 {
		rest = rest[1:]
	}
	return append([]byte("abd"), rest...)
}

func letterBit(c byte) uint64 {
	if c >= 'a' && c <= 'z' {
		return 1 << (c - 'a')
	}
	return 1 << (26 + c%32)
}

// missingLetters counts letters that occur in only one of the two.
func missingLetters(a, b *token) int { return bits.OnesCount64(a.chars ^ b.chars) }

// baseWeight says how much a word counts before any list is known.
func baseWeight(t *token) float32 {
	switch t.kind {
	case kindInitial:
		return 0.5
	case kindParticle:
		return 0.12
	case kindTitle:
		return 0.05
	case kindLegal:
		return 0.12
	case kindStop:
		return 0.1
	case kindNumber:
		return 0.4
	case kindEveryday:
		return 0.5
	}
	switch t.text {
	case "abdul", "abdel", "abd", "abu", "umm", "abou", "abdoul":
		return 0.7
	case "sayyid", "sayed", "seyed", "syed", "seyyed", "sayyed", "hafiz", "hafez":
		return 0.5 // names and honorifics both
	}
	if patronymic([]byte(t.text)) {
		return 0.7
	}
	return 1
}

// appendConsonants keeps the consonant frame of a word: what an Arabic, Hebrew
// or Chinese spelling and a Latin one of the same sound have in common.
func appendConsonants(dst, tok []byte) []byte {
	start := len(dst)
	for i := 0; i < len(tok); i++ {
		c := tok[i]
		var n byte
		if i+1 < len(tok) {
			n = tok[i+1]
		}
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'w':
			continue
		case 'k', 'g', 'q', 'x':
			if n == 'h' {
				i++
				if c == 'k' {
					c = 'h'
					break
				}
			}
			c = 'k'
		case 'c':
			c = 'k'
			if n == 'h' {
				c, i = 's', i+1
			}
		case 's', 't', 'd', 'z':
			if n == 'h' {
				i++
				if c == 'd' {
					c = 'z'
				}
			}
			if c == 'd' && (n == 'j' || n == 'g') {
				c, i = 'j', i+1
			}
			if c == 'z' && n == 'h' {
				c = 'j'
			}
		case 'p':
			c = 'b'
			if n == 'h' {
				c, i = 'f', i+1
			}
		case 'v':
			c = 'f'
		case 'h':
			if n == 0 && i > 0 {
				continue
			}
		}
		dst = put(dst, start, c)
	}
	return dst
}
