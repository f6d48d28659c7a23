package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Firm reports whether a payee or party is named like an organisation: a legal
// form ("GmbH", "Lda", "OÜ") or a trade word ("consulting", "studio") stands in
// it. Short forms that are also people's names (Sa, Mei, Co, Se …) count only
// as companies write them: with dots, or in capitals beside a word that is not.
func Firm(s string) bool {
	found := false
	firmWords(s, func(w []byte) bool {
		found = longForms[string(w)] || tradeWords[string(w)] || shortForms[string(w)] && writtenAsForm(s, string(w))
		return !found
	})
	return found
}

func writtenAsForm(s, form string) bool {
	upper, lower := false, false
	for _, w := range strings.Fields(s) {
		bare := strings.ToLower(strings.ReplaceAll(strings.Trim(w, ",;()"), ".", ""))
		switch {
		case bare == form && strings.Count(w, ".") > 1:
			return true
		case bare == form && strings.Trim(w, ".,;()") == strings.ToUpper(form):
			upper = true
		case w != strings.ToUpper(w):
			lower = true
		}
	}
	return upper && lower
}

// SameFirm compares two names of organisations without case, signs, legal form
// and country. ok is false when nothing is left to compare on one side.
func SameFirm(a, b string) (same, ok bool) {
	return SameFirmKey(FirmKey(a), FirmKey(b))
}

// FirmKey is the name of an organisation in lower case, without signs and legal
// form, for comparing one name with many by SameFirmKey.
func FirmKey(s string) string {
	var raw [120]byte
	key, n := raw[:0], 0
	firmWords(s, func(w []byte) bool {
		if !legalForm(w) {
			if n > 0 {
				key = append(key, ' ')
			}
			key = append(key, w...)
			n++
		}
		return n < 12
	})
	return string(key)
}

// SameFirmKey reports whether two keys are of one organisation: equal, or the
// shorter begins the longer as "example" does "example software".
func SameFirmKey(a, b string) (same, ok bool) {
	if a == "" || b == "" {
		return false, false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(a) >= 4 && strings.HasPrefix(b, a) && b[len(a)] == ' ', true
}

// Holders are the names of a joint account: "A & B", "A und B", "A e B",
// "A / B". The string itself when it names one holder.
func Holders(s string) []string {
	if !strings.ContainsAny(s, "&/+,;") && !strings.Contains(s, " ") {
		return []string{s}
	}
	var names []string
	var name []string
	end := func() {
		if len(name) > 0 {
			names = append(names, strings.Join(name, " "))
			name = nil
		}
	}
	if last, first, ok := strings.Cut(s, ","); ok && !strings.ContainsAny(first, ",;&/+") && len(strings.Fields(last)) <= 2 {
		s = last + " " + first // "Surname, Given" is one holder
	}
	for _, w := range strings.FieldsFunc(s, unicode.IsSpace) {
		switch strings.ToLower(w) {
		case "&", "/", "+", ";", ",", "und", "and", "e", "y", "et", "en", "i", "or", "oder", "ou", "u.", "та", "и", "і":
			// "e", "y" and "i" also stand inside one person's name ("Ortega y
			// Gasset"); the parts are then parts of that name and agree with it.
			end()
			continue
		}
		for w != "" {
			at := strings.IndexAny(w, "&/+;,")
			if at < 0 {
				name = append(name, w)
				break
			}
			if at > 0 {
				name = append(name, w[:at])
			}
			end()
			w = w[at+1:]
		}
	}
	end()
	if len(names) == 0 {
		return []string{s}
	}
	return names
}

// firmWords walks over the words of a name in lower case, without signs;
// dotted abbreviations are one word ("s.r.o." is "sro").
func firmWords(s string, yield func([]byte) bool) {
	if len(s) > 300 {
		s = s[:300]
	}
	var raw [64]byte
	w := raw[:0]
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && isASCIIWord(byte(r)):
			if len(w) < 48 {
				if r >= 'A' && r <= 'Z' {
					r += 'a' - 'A'
				}
				w = append(w, byte(r))
			}
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if len(w) < 48 {
				w = utf8.AppendRune(w, unicode.ToLower(r))
			}
		case r == '.' || r == '\'' || r == '’':
			// kept together: s.r.o., l'oreal
		default:
			if len(w) > 0 && !yield(w) {
				return
			}
			w = raw[:0]
		}
	}
	if len(w) > 0 {
		yield(w)
	}
}

func isASCIIWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// longForms and shortForms are the legal forms of companies and registered sole
// traders, in lower case and without dots.
var longForms = set("bvba corp corporation company eirl eireli eurl gbr gesmbh ggmbh gmbh incorporated kabushiki limitada limited partg private sarl sasu " +
	"sdn bhd slne spzoo spółka srls ltda unipessoal osaühing aps bv inc kft kg kgaa lda llc llp ltd nv ohg oü plc pllc pvt snc srl sro zrt фоп тов ооо")

var shortForms = set("ab ad ag ao as asa co cv dba doo ead ei ek ekfm ekfr eood epe eu fop fze gk hf ip jdoo kk lp mei oao og ooo oy oyj pt pte pty " +
	"sa sas se sia sl slu sp spa spj spk ss tmi tov ug vof yk zoo uab ип ао")

func legalForm(w []byte) bool { return longForms[string(w)] || shortForms[string(w)] }

// tradeWords are words that people put into the name of a business.
var tradeWords = set("agency associates bureau capital consult consulting consultancy consultoria consultores beratung informática informatica informatik it-services " +
	"development developers digital design engineering enterprise enterprises freelance freelancing group gruppe holding holdings industries international " +
	"lab labs logistics management media network networks partners payments payroll services serviços servicos servicios sistemas software softworks solutions soluções " +
	"staffing studio studios system systems tech technologies technology tecnologia trading ventures verlag vertrieb webdesign works")

func set(list string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
