package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bonafide/match"
)

// Reader cuts texts into words. It keeps its room between texts; one Reader serves one goroutine.
type Reader struct {
	// Seed keys every hash that comes out; texts are comparable only under one seed. It keeps two installations' hashes
	// apart; it is no secret-keeping: whoever stores hashes of texts seals them as other keys.
	Seed uint64

	words    []uint64 // hashes, in the order of the text
	units    []unit   // runs of words that belong together: a sentence line, a bullet, a paragraph
	sections []span
	line     []uint64
	plain    []byte
	shingles []uint64
}

type unit struct {
	from, to, section int
	at                span // bytes of the text
}

type span struct{ from, to int } // bytes of the text

// unspaced are the scripts in which every sign is taken for a word, because no space parts the words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// lineForm is what the look of a line says about it.
type lineForm struct {
	words, items int
	upper, lower int
	bullet       bool // begins with a bullet mark
	last         byte // kind of its last sign: '.', ':' or 0
}

// heading: few words, no end of a sentence, and set apart by capitals, a colon or an empty line before it.
func (f lineForm) heading(afterBlank bool) bool {
	return f.words > 0 && f.words <= 4 && f.last != '.' && !f.bullet && (f.last == ':' || f.upper > 1 && f.lower == 0 || afterBlank)
}

// list: many short items, as skills are listed.
func (f lineForm) list() bool { return f.items >= 5 && 5*f.words <= 11*f.items }

// read cuts one text. Words are lower-cased and stripped of marks (NFKD); a run of digits is one sign, so that "by 35 %" and "by
// 40 %" are one phrase; signs that are not seen do not count.
func (r *Reader) read(text string) {
	r.words, r.units, r.sections = r.words[:0], r.units[:0], r.sections[:0]
	if len(text) > MaxBytes {
		text = text[:MaxBytes]
	}
	begin, afterBlank, goesOn := 0, true, false
	section := -1
	open := func(at int) {
		if section >= 0 {
			r.sections[section].to = at
		}
		r.sections = append(r.sections, span{at, len(text)})
		section++
	}
	for begin < len(text) {
		end := begin
		for end < len(text) && text[end] != '\n' && text[end] != '\r' {
			end++
		}
		form := r.readLine(text[begin:end])
		switch {
		case form.words == 0:
			afterBlank, goesOn = true, false
		case form.heading(afterBlank):
			open(begin)
			afterBlank, goesOn = false, false
		case form.list():
			afterBlank, goesOn = false, false
		default:
			if section < 0 {
				open(begin)
			}
			if goesOn && !form.bullet {
				u := &r.units[len(r.units)-1]
				u.to, u.at.to = u.to+len(r.line), end
			} else {
				r.units = append(r.units, unit{len(r.words), len(r.words) + len(r.line), section, span{begin, end}})
			}
			r.words = append(r.words, r.line...)
			afterBlank, goesOn = false, form.last != '.'
		}
		begin = end + 1
	}
}

const (
	wordSeed  = 0xcbf29ce484222325
	wordPrime = 0x100000001b3
)

// digitWord is what a number becomes.
var digitWord = func(h uint64) uint64 { return match.Mix((h ^ '0') * wordPrime) }(wordSeed)

// asciiLetter is the small letter of an ASCII letter, 0 for all else.
var asciiLetter = func() (t [256]uint8) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = uint8(c), uint8(c)
	}
	return t
}()

func (r *Reader) readLine(line string) lineForm {
	r.line = r.line[:0]
	form := lineForm{items: 1}
	h, size, digit := uint64(wordSeed), 0, false
	endWord := func() {
		if size > 0 {
			w := match.Mix(h)
			if n := len(r.line); w != digitWord || n == 0 || r.line[n-1] != digitWord {
				r.line = append(r.line, w)
			}
			h, size = wordSeed, 0
		}
		digit = false
	}
	put := func(c rune) {
		h = (h ^ uint64(c)) * wordPrime
		size++
		digit = false
	}
	for i := 0; i < len(line); {
		c := line[i]
		if c < utf8.RuneSelf {
			if letter := asciiLetter[c]; letter != 0 { // nearly all of a text
				upper := 0
				for {
					h = (h ^ uint64(letter)) * wordPrime
					size++
					upper += int(^c >> 5 & 1)
					if i++; i == len(line) {
						break
					}
					if c = line[i]; asciiLetter[c] == 0 {
						break
					}
					letter = asciiLetter[c]
				}
				form.upper += upper
				form.lower += size - upper
				form.last, digit = 0, false
				continue
			}
			i++
			switch {
			case c >= '0' && c <= '9':
				if !digit {
					put('0')
				}
				digit, form.last = true, 0
			case c == '\'' || c == '-':
				if size == 0 && len(r.line) == 0 {
					form.bullet = form.bullet || c == '-'
				}
			default:
				endWord()
				switch c {
				case '*':
					form.bullet = form.bullet || len(r.line) == 0
				case ',', ';', '|':
					form.items++
				case '.', '!', '?':
					form.last = '.'
				case ':':
					form.last = ':'
				}
			}
			continue
		}
		s, n := utf8.DecodeRuneInString(line[i:])
		i += n
		if unicode.IsLetter(s) || unicode.IsDigit(s) {
			form.last = 0
			if unicode.IsUpper(s) {
				form.upper++
			} else {
				form.lower++
			}
			if unicode.In(s, unspaced...) {
				endWord()
				put(s)
				endWord()
				continue
			}
			if unicode.IsDigit(s) {
				if !digit {
					put('0')
				}
				digit = true
				continue
			}
			r.plain = norm.NFKD.AppendString(r.plain[:0], string(s))
			for p := r.plain; len(p) > 0; {
				d, m := utf8.DecodeRune(p)
				p = p[m:]
				if !unicode.Is(unicode.Mn, d) {
					put(unicode.ToLower(d))
				}
			}
			continue
		}
		switch {
		case unicode.In(s, unicode.Mn, unicode.Me, unicode.Cf) || s == '’' || s == '‐' || s == '‑':
		case s == '•' || s == '·' || s == '▪' || s == '◦' || s == '‣' || s == '–' || s == '—' || s == '●' || s == '■':
			endWord()
			if len(r.line) == 0 {
				form.bullet = true
			} else if s != '–' && s != '—' {
				form.items++
			}
		case s == '。' || s == '．' || s == '！' || s == '？':
			endWord()
			form.last = '.'
		default:
			endWord()
		}
	}
	endWord()
	form.words = len(r.line)
	return form
}
