package name

// Hangul syllables are arithmetic: (initial*21 + vowel)*28 + final from U+AC00
// (Unicode Standard, section 3.12). appendHangul writes each syllable in
// Revised Romanisation as its own word, so that 김정은 becomes "gim jeong eun";
// the Korean reading in korean.go then accepts the other styles.

var hangulInitial = [19]string{"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"}
var hangulVowel = [21]string{"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"}
var hangulFinal = [28]string{"", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"}

// exactVowel is the one vowel of a syllable that came from hangul, whose
// romanisation above leaves no doubt.
func exactVowel(syllable string) uint32 {
	from := 0
	for from < len(syllable) && !isVowel(syllable[from]) && syllable[from] != 'w' {
		from++
	}
	to := from
	for to < len(syllable) && (isVowel(syllable[to]) || syllable[to] == 'w') {
		to++
	}
	for i, v := range hangulVowel {
		if v == syllable[from:to] {
			return 1 << i
		}
	}
	return 1<<len(hangulVowel) - 1
}

func appendHangul(dst []byte, r rune) []byte {
	i := int(r - 0xAC00)
	dst = append(dst, ' ')
	dst = append(dst, hangulInitial[i/588]...)
	dst = append(dst, hangulVowel[i/28%21]...)
	dst = append(dst, hangulFinal[i%28]...)
	return append(dst, ' ')
}
