package match

// Form is what the rules of a kind of number say about one value. A number
// that is FormOK is well-formed, nothing more: neither issued nor anybody's.
type Form uint8

const (
	// FormUnknown: no rule is known for this kind of value, or it is empty.
	FormUnknown Form = iota
	// FormOK: length, alphabet and check digits hold.
	FormOK
	// FormSlip: length and alphabet hold, or nearly; one mistyped, missing or
	// doubled character explains what does not.
	FormSlip
	// FormBad: more than a slip.
	FormBad
)

// String gives the word in lower case.
func (f Form) String() string { return [...]string{"unknown", "ok", "slip", "bad"}[f] }

// compact writes the letters (in upper case) and digits of s into buf and drops
// what people put between them. ok is false for anything else or when s does
// not fit: outside values are bounded before anything looks at them.
func compact(buf []byte, s string) (_ []byte, ok bool) {
	buf = buf[:0]
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == ' ' || c == '.' || c == '-' || c == '/' || c == '\t' || c == '\n' || c == '\r':
			continue
		case c == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0: // no-break space
			i++
			continue
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
		default:
			return buf, false
		}
		if len(buf) == cap(buf) {
			return buf, false
		}
		buf = append(buf, c)
	}
	return buf, len(buf) > 0
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' }

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// OneSlip reports whether two different strings are one slip of the keyboard
// apart: one character changed, left out, added, or two neighbours swapped.
func OneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
