package name

// appendSkeleton writes the spelling-tolerant form of one folded token: what
// stays equal when the same sound is spelled after another standard. It is
// finer than a phonetic key: consonants keep their order and vowels their place.
func appendSkeleton(dst, tok []byte) []byte {
	start := len(dst)
	for i := 0; i < len(tok); i++ {
		c := tok[i]
		var n byte
		if i+1 < len(tok) {
			n = tok[i+1]
		}
		out := c
		switch c {
		case 'p':
			if n == 'h' {
				out, i = 'f', i+1
			}
		case 'c':
			switch n {
			case 'h':
				out, i = 'c', i+1 // ch stays apart from k and s
			case 'k':
				out, i = 'k', i+1
			case 'e', 'i', 'y':
				out = 's'
			default:
				out = 'k'
			}
		case 'q':
			out = 'k'
		case 'x':
			if len(dst) == start {
				out = 's'
			} else {
				dst = put(dst, start, 'k')
				out = 's'
			}
		case 'w':
			out = 'v'
		case 'k', 'g', 't', 'r':
			if n == 'h' { // kh, gh, th, rh
				if c == 'k' {
					out = 'h'
				}
				i++
			} else if c == 't' && (n == 's' || n == 'z') {
				out, i = 's', i+1
			}
		case 's':
			if n == 'c' && i+2 < len(tok) && tok[i+2] == 'h' {
				i += 2
			} else if n == 'h' || n == 'z' {
				i++
			}
		case 'z':
			if n == 'h' {
				i++
			}
		case 'd':
			if n == 'j' || n == 'z' {
				out, i = 'j', i+1
				if n == 'z' && i+1 < len(tok) && tok[i+1] == 'h' {
					i++
				}
			}
		case 'j':
			if i > 0 && !isVowel(n) || i > 0 && i+2 >= len(tok) && !isVowel(tok[i-1]) {
				out = 'i' // Sergej, Andrij, Katja
			}
		case 'y':
			out = 'i'
		case 'h':
			if i > 0 && (n == 0 || !isVowel(n)) {
				continue // silent at the end and before a consonant
			}
		}
		switch out {
		case 'e':
			if k := len(dst); k > start {
				switch dst[k-1] {
				case 'a', 'o', 'u': // ae, oe, ue: written umlauts
					continue
				case 'i': // ie: Dmitriev, Iekaterina
					dst[k-1] = 'e'
					continue
				}
			}
			if n == 'e' {
				out, i = 'i', i+1
			}
		case 'o':
			if n == 'o' || n == 'u' {
				out, i = 'u', i+1
			}
		}
		dst = put(dst, start, out)
	}
	return dst
}

// put appends c unless it would double the last letter.
func put(dst []byte, start int, c byte) []byte {
	if k := len(dst); k > start && dst[k-1] == c {
		return dst
	}
	return append(dst, c)
}
