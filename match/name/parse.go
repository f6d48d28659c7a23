package name

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Schema says what kind of thing a name names.
type Schema uint8

const (
	Unspecified  Schema = iota // decided from the words themselves
	Person                     // a human being
	Organisation               // a company, body, vessel or anything else
)

// Name is a parsed name. It is immutable and safe for concurrent use.
type Name struct {
	tokens  []*token
	total   float32 // weight of all tokens
	schema  Schema
	script  script
	korean  *koreanName  // nil unless the whole name can be a Korean one
	chinese *chineseName // nil unless the whole name can be a Chinese one
	signs   string       // the characters of a name written in Han or hangul alone, sorted
	length  int          // letters as written, for documents that cut names
	family  int8         // where a family name put first ends ("SILVA, Ana"), 0 if not marked
}

// Schema tells what the name was read as.
func (n Name) Schema() Schema { return n.schema }

// Empty says that nothing comparable was found.
func (n Name) Empty() bool { return len(n.tokens) == 0 }

const maxNameBytes = 512
const maxParts = 16

// Parse reads a name in any script. Names longer than 512 bytes or 16 words
// are cut there. It never fails; a text without letters is Empty.
func Parse(s string, schema Schema) Name {
	return parse(s, schema, newToken)
}

// parse takes the maker of tokens, so that an index can share them.
func parse(s string, schema Schema, make func(string, kind, script) *token) Name {
	if len(s) > maxNameBytes {
		s = s[:maxNameBytes]
	}
	if schema == Person {
		s = withoutNotes(s)
	}
	var buf [maxNameBytes]byte
	raw, seen := fold(buf[:0], s)
	if schema == Unspecified {
		schema = Person
		if looksOrganised(raw) {
			schema = Organisation
		}
	}
	n := Name{schema: schema, script: seen, length: len(raw)}
	if seen == scriptHan || seen == scriptHangul {
		n.signs = sortedSigns(s)
	}
	parts, family := splitParts(raw, seen)
	n.family = int8(family)
	if schema == Organisation {
		n.readOrganisation(parts, make)
	} else {
		n.readPerson(parts, seen, make)
		n.readKoreanName()
		n.readChineseName()
	}
	for _, t := range n.tokens {
		n.total += t.weight
	}
	return n
}

// withoutNotes drops what stands in brackets in a person's name: the name once
// more in another script, a pet name, a remark. A name all in brackets stays.
func withoutNotes(s string) string {
	open := strings.IndexAny(s, "([")
	if open < 0 {
		return s
	}
	var out strings.Builder
	letters, depth := 0, 0
	for _, r := range s {
		switch {
		case r == '(' || r == '[':
			depth++
			out.WriteByte(' ')
		case r == ')' || r == ']':
			depth = max(0, depth-1)
		case depth == 0:
			out.WriteRune(r)
			if unicode.IsLetter(r) {
				letters++
			}
		}
	}
	if letters < 2 {
		return s
	}
	return out.String()
}

// part is a word with the mark that followed it.
type part struct {
	text   string
	dotted bool // a full stop follows without space: may be an acronym's letter
	native script
}

// splitParts cuts the folded text; letters of an acronym (L.X.C.) are joined
// when they stand together. It also finds a comma after the family name.
func splitParts(raw []byte, seen script) ([]part, int) {
	parts := make([]part, 0, 8)
	family := 0
	arabicOnly := seen&scriptArabic != 0 && seen&scriptLatin == 0
	for i := 0; i < len(raw) && len(parts) < maxParts; {
		c := raw[i]
		if c == ' ' || c == '.' || c == ',' {
			if c == ',' && family == 0 && len(parts) > 0 {
				family = len(parts)
			}
			i++
			continue
		}
		j := i
		for j < len(raw) && raw[j] != ' ' && raw[j] != '.' && raw[j] != ',' {
			j++
		}
		w := string(raw[i:j])
		if arabicOnly && len(w) > 4 && strings.HasPrefix(w, "al") {
			parts = append(parts, part{text: "al", native: seen})
			w = w[2:]
		}
		parts = append(parts, part{text: w, dotted: j < len(raw) && raw[j] == '.', native: seen})
		i = j
	}
	if family == len(parts) {
		family = 0
	}
	return parts, family
}

func (n *Name) add(t *token) {
	n.tokens = append(n.tokens, t)
}

func (n *Name) readPerson(parts []part, seen script, make func(string, kind, script) *token) {
	n.tokens = n.tokensCap(len(parts))
	others := 0
	for _, p := range parts {
		if personKind([]byte(p.text)) == kindPlain {
			others++
		}
	}
	lead := true // only titles stand before, or the family name and a comma
	for i, p := range parts {
		w := undigit(p.text)
		k := personKind([]byte(w))
		lead = lead || i == int(n.family)
		if k == kindTitle && (len(parts) == 1 || !maybeTitle(w, lead && i+1 != int(n.family), p.dotted, others)) {
			k = kindPlain
		}
		lead = lead && k == kindTitle
		// A company form after a person's name is a slip of the source.
		if i > 0 && i == len(parts)-1 && k == kindPlain {
			if _, ok := legalWords[w]; ok && companySuffix[w] {
				k = kindLegal
			}
		}
		if k == kindParticle && seen&(scriptHangul|scriptHan) != 0 {
			k = kindPlain
		}
		if k == kindPlain && isNumber(w) {
			k = kindNumber
		}
		n.add(make(w, k, p.native))
	}
}

// maybeTitle also takes a word for a title that stands before one other word:
// lists write Mullah Omar, and a name of one word never matches more than one.
func maybeTitle(w string, lead, dotted bool, others int) bool {
	return isTitle([]byte(w), lead, dotted, others) || lead && others == 1
}

var companySuffix = map[string]bool{"sa": true, "llc": true, "ltd": true, "inc": true, "gmbh": true, "corp": true, "plc": true, "jsc": true, "llp": true, "pty": true}

func (n *Name) tokensCap(c int) []*token { return make([]*token, 0, c) }

func (n *Name) readOrganisation(parts []part, make func(string, kind, script) *token) {
	parts = joinAcronyms(parts)
	n.tokens = n.tokensCap(len(parts))
	for i := 0; i < len(parts); {
		if used, class := legalPhrase(parts[i:]); used > 0 {
			n.add(legalToken(make, class, parts[i].native))
			i += used
			continue
		}
		if used, word := writtenOtherwise(parts[i:]); used > 0 {
			n.add(make(word, orgKind(word), parts[i].native))
			i += used
			continue
		}
		w := parts[i].text
		if class, ok := legalWords[w]; ok {
			n.add(legalToken(make, class, parts[i].native))
			i++
			continue
		}
		if v, used := number(parts[i:]); used > 0 {
			n.add(make(strconv.Itoa(v), kindNumber, parts[i].native))
			i += used
			continue
		}
		n.add(make(w, orgKind(w), parts[i].native))
		i++
	}
	if !anyPlain(n.tokens) { // "Limited Company" is then the name itself
		for i, p := range parts {
			if i < len(n.tokens) {
				n.tokens[i] = make(p.text, kindPlain, p.native)
			}
		}
	}
}

func orgKind(w string) kind {
	switch {
	case stopWords[w]:
		return kindStop
	case isNumber(w):
		return kindNumber
	case everydayWords[w]:
		return kindEveryday
	}
	return kindPlain
}

// writtenOtherwise finds "united states" and its like at the start of parts.
func writtenOtherwise(parts []part) (int, string) {
	for n := min(len(parts), 4); n > 0; n-- {
		words := parts[0].text
		for _, p := range parts[1:n] {
			words += " " + p.text
		}
		if w, ok := sameThing[words]; ok {
			return n, w
		}
	}
	return 0, ""
}

func legalToken(make func(string, kind, script) *token, class int32, native script) *token {
	return make("#"+strconv.Itoa(int(class)), kindLegal, native)
}

func anyPlain(ts []*token) bool {
	for _, t := range ts {
		if t.kind == kindPlain || t.kind == kindNumber || t.kind == kindEveryday {
			return true
		}
	}
	return false
}

// legalPhrase finds the longest known company form at the start of parts.
func legalPhrase(parts []part) (int, int32) {
	for n := min(len(parts), 6); n > 1; n-- {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(parts[i].text)
		}
		if c, ok := legalPhrases[b.String()]; ok {
			return n, c
		}
	}
	return 0, 0
}

// joinAcronyms turns l.x.c and l x c (three single letters or more, or two
// with full stops) into one word.
func joinAcronyms(parts []part) []part {
	out := parts[:0]
	for i := 0; i < len(parts); {
		j, dots := i, 0
		for j < len(parts) && len(parts[j].text) == 1 && !isNumber(parts[j].text) {
			if parts[j].dotted {
				dots++
			}
			j++
		}
		if j-i >= 3 || j-i == 2 && dots > 0 {
			var b strings.Builder
			for _, p := range parts[i:j] {
				b.WriteString(p.text)
			}
			out = append(out, part{text: b.String(), native: parts[i].native})
			i = j
			continue
		}
		out = append(out, parts[i])
		i++
	}
	return out
}

// number reads "forty four", "44" or "iv" at the start of parts.
func number(parts []part) (value, used int) {
	v, ok := numberWords[parts[0].text]
	if !ok {
		return 0, 0
	}
	if v >= 20 && v%10 == 0 && len(parts) > 1 {
		if u, ok := numberWords[parts[1].text]; ok && u < 10 {
			return v + u, 2
		}
		if len(parts[1].text) == 1 && isNumber(parts[1].text) {
			return v + int(parts[1].text[0]-'0'), 2
		}
	}
	return v, 1
}

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}

// undigit reads digits inside a word as the letters they are typed for.
func undigit(w string) string {
	digits := 0
	for i := 0; i < len(w); i++ {
		if w[i] >= '0' && w[i] <= '9' {
			digits++
		}
	}
	if digits == 0 || digits*2 > len(w) {
		return w
	}
	b := []byte(w)
	for i, c := range b {
		if c >= '0' && c <= '9' {
			b[i] = "oizeasgtbg"[c-'0']
		}
	}
	return string(b)
}

// looksOrganised guesses the schema from the words when nobody said it.
func looksOrganised(raw []byte) bool {
	parts, _ := splitParts(raw, 0)
	parts = joinAcronyms(parts)
	for i := range parts {
		w := parts[i].text
		if _, ok := legalWords[w]; ok && len(parts) > 1 && len(w) > 2 {
			return true
		}
		if n, _ := legalPhrase(parts[i:]); n > 0 {
			return true
		}
		if len(w) > 4 && everydayWords[w] {
			return true
		}
	}
	return false
}

// sortedSigns lists the letters of s in code point order.
func sortedSigns(s string) string {
	r := []rune(s)
	k := 0
	for _, c := range r {
		if unicode.IsLetter(c) {
			r[k] = c
			k++
		}
	}
	r = r[:k]
	slices.Sort(r)
	return string(r)
}

func (n *Name) readChineseName() {
	if n.script&^(scriptLatin|scriptHan) == 0 {
		n.chinese = readChineseName(n.tokens)
	}
}

func (n *Name) readKoreanName() {
	if n.script&^(scriptLatin|scriptHangul) != 0 || len(n.tokens) < 2 || len(n.tokens) > 4 {
		return
	}
	var k koreanName
	if k.fromTokens(n.tokens) {
		if n.script&scriptHangul != 0 { // hangul settles the vowels
			k.wholeN = 0
			for _, t := range n.tokens {
				k.wholeN += copy(k.whole[k.wholeN:], t.korean)
			}
			k.last = 1
		}
		n.korean = &k
	}
}

// fromTokens is read for tokens that carry their syllables already.
func (k *koreanName) fromTokens(ts []*token) bool {
	for _, t := range ts {
		if t.korean == nil && t.surname == 0 {
			return false
		}
	}
	var w words
	var buf [64]byte
	raw := buf[:0]
	for i, t := range ts {
		if len(raw)+len(t.text) > len(buf) {
			return false
		}
		w.tok[i] = span{start: uint16(len(raw)), end: uint16(len(raw) + len(t.text))}
		raw = append(raw, t.text...)
	}
	w.raw, w.n = raw, len(ts)
	return k.read(&w, true)
}
