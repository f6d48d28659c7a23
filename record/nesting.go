package record

// Deeper reports whether a JSON value nests deeper than most: decoders go to
// thousands of levels, and no honest value needs a hundred. It looks at brackets
// outside quotes only; what is no JSON is the decoder's to refuse.
func Deeper(value []byte, most int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case quoted:
			if c == '\\' {
				i++
			} else if c == '"' {
				quoted = false
			}
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			if depth++; depth > most {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
