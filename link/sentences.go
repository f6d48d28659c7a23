package link

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/zeebo/xxh3"

	"bonafide/match"
	"bonafide/record"
)

// How text is cut. A sentence is what stands between line breaks and full
// stops; fewer than minWords say too little. Each sentence is kept as the
// smallest hash over its shingles of four words (MinHash, Broder 1997), in two
// independent families: a copied sentence shares both, a lightly reworded one
// (Jaccard J) shares one with probability 1-(1-J)². Digits count as one sign,
// so that "by 35 %" and "by 40 %" are one phrase.
const (
	minWords     = 7
	maxWords     = 48 // longer runs without a stop are cut here
	shingle      = 4
	maxSentences = 256 // per text; a longer résumé keeps its smallest hashes
)

type span struct{ hash uint64 }

// sentences appends the keyed min-hashes of a text.
func (k *Keyer) sentences(to []Sentence, kind record.Kind, text string) []Sentence {
	if text == "" {
		return to
	}
	from := len(to)
	words := k.words[:0]
	flush := func() {
		if len(words) >= minWords {
			a, b := minHashes(words, k.seed+uint64(kind))
			if k.sealed {
				a, b = k.sealHash(a), k.sealHash(b)
			}
			to = append(to, Sentence{a, kind, false}, Sentence{b, kind, true})
		}
		words = words[:0]
	}
	var word [64]byte
	n := 0
	endWord := func() {
		if n > 0 {
			words = append(words, span{xxh3.Hash(word[:n])})
			n = 0
			if len(words) == maxWords {
				flush()
			}
		}
	}
	put := func(r rune) {
		if n+utf8.UTFMax <= len(word) {
			n += utf8.EncodeRune(word[n:], r)
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c >= 'a' && c <= 'z':
				if n < len(word) {
					word[n] = c
					n++
				}
			case c >= 'A' && c <= 'Z':
				if n < len(word) {
					word[n] = c + 'a' - 'A'
					n++
				}
			case c >= '0' && c <= '9':
				if n > 0 && n < len(word) && word[n-1] == '0' {
					break // a run of digits is one sign
				}
				put('0')
			case c == '\n', c == ';', c == '!', c == '?':
				endWord()
				flush()
			case c == '.':
				endWord()
				if i >= len(text) || text[i] == ' ' || text[i] == '\n' || text[i] == '\r' {
					flush()
				}
			case c == '\'', c == '-':
			default:
				endWord()
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
			put(unicode.ToLower(r))
		case r == '•' || r == '·' || r == '–' || r == '—' || r == '▪' || r == '。':
			endWord()
			flush()
		default:
			endWord()
		}
	}
	endWord()
	flush()
	k.words = words
	if len(to)-from > 2*maxSentences {
		to = smallest(to, from)
	}
	return to
}

// minHashes is the smallest hash over all shingles, in two families.
func minHashes(words []span, seed uint64) (a, b uint64) {
	a, b = ^uint64(0), ^uint64(0)
	for i := 0; i+shingle <= len(words); i++ {
		h := seed
		for _, w := range words[i : i+shingle] {
			h = (h ^ w.hash) * 0x9e3779b97f4a7c15
			h ^= h >> 29
		}
		a = min(a, match.Mix(h))
		b = min(b, match.Mix(h^0xd6e8feb86659fd93))
	}
	return match.Mix(a), match.Mix(b) // the smallest of many is small: spread it again
}

// smallest keeps the maxSentences smallest hashes of each family, so that two
// texts with the same sentences keep the same ones.
func smallest(all []Sentence, from int) []Sentence {
	tail := all[from:]
	slices.SortFunc(tail, func(a, b Sentence) int { return cmp.Compare(a.Value, b.Value) })
	kept := all[:from]
	var n [2]int
	for _, s := range tail {
		f := 0
		if s.Second {
			f = 1
		}
		if n[f] < maxSentences {
			n[f]++
			kept = append(kept, s)
		}
	}
	return kept
}

func (k *Keyer) sealHash(h uint64) uint64 {
	var b [8]byte
	for i := range b {
		b[i] = byte(h >> (8 * i))
	}
	return k.digest("sentence", string(b[:]))
}
