package document

import (
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// pdfFont turns the codes of a shown string into signs and widths.
type pdfFont struct {
	wide      bool // codes of two bytes
	cmap      *cmap
	drawn     *[256]string // what the font's own encoding says it draws; nil when it does not say
	charset   encoding.Encoding
	utf16     bool
	widths    map[int]float64 // thousandths
	otherwise float64
	em        float64 // height of a letter in units of the size; 0 when it cannot be told
	lies      *int    // letters whose text and drawing differ
	unread    *int
	read      *int
}

func (f *pdfFile) font(d pdfDict) *pdfFont {
	font := &pdfFont{widths: map[int]float64{}, otherwise: 500, em: 1}
	if d == nil {
		font.drawn = latin("")
		return font
	}
	if s, ok := f.value(d["ToUnicode"]).(*pdfStream); ok {
		font.cmap = readCMap(f.decode(s))
	}
	if f.name(d["Subtype"]) == "Type0" {
		font.wide, font.otherwise = true, 1000
		f.composite(font, d)
		return font
	}
	first, _ := f.number(d["FirstChar"])
	for i, w := range f.array(d["Widths"]) {
		if v, ok := f.number(w); ok && i < 256 {
			font.widths[int(first)+i] = v
		}
	}
	drawnByHand := f.name(d["Subtype"]) == "Type3"
	if drawnByHand {
		f.ownUnits(font, d)
	}
	base, said := f.name(d["Encoding"]), true
	var differences pdfArray
	if enc, ok := f.value(d["Encoding"]).(pdfDict); ok {
		base, differences = f.name(enc["BaseEncoding"]), f.array(enc["Differences"])
		said = base != ""
	} else {
		said = base != ""
	}
	symbolic := false
	if desc := f.dict(d["FontDescriptor"]); desc != nil {
		flags, _ := f.number(desc["Flags"])
		symbolic = int(flags)&4 != 0
	}
	table := latin(base)
	if !said && symbolic {
		table = &[256]string{}
	}
	code := 0
	for _, v := range differences {
		switch v := f.value(v).(type) {
		case float64:
			code = int(v)
		case pdfName:
			if code >= 0 && code < 256 {
				if sign := glyph(string(v)); sign != "" || !drawnByHand {
					table[code] = sign
				}
			}
			code++
		}
	}
	font.drawn = table
	return font
}

// ownUnits: a Type 3 font measures its widths and letters by its own matrix.
func (f *pdfFile) ownUnits(font *pdfFont, d pdfDict) {
	font.em = 0
	m := f.array(d["FontMatrix"])
	if len(m) != 6 {
		return
	}
	if scale, ok := f.number(m[0]); ok {
		for c := range font.widths {
			font.widths[c] *= scale * 1000
		}
	}
	if b := f.array(d["FontBBox"]); len(b) == 4 {
		low, _ := f.number(b[1])
		high, _ := f.number(b[3])
		scale, _ := f.number(m[3])
		font.em = math.Abs((high - low) * scale)
	}
}

func (f *pdfFile) composite(font *pdfFont, d pdfDict) {
	switch name := f.name(d["Encoding"]); {
	case strings.Contains(name, "UCS2"), strings.Contains(name, "UTF16"):
		font.utf16 = true
	case strings.HasPrefix(name, "GBK"), strings.HasPrefix(name, "GB-"):
		font.charset = simplifiedchinese.GBK
	case strings.Contains(name, "RKSJ"):
		font.charset = japanese.ShiftJIS
	case strings.HasPrefix(name, "EUC"):
		font.charset = japanese.EUCJP
	case strings.HasPrefix(name, "KSC"):
		font.charset = korean.EUCKR
	case strings.Contains(name, "B5"):
		font.charset = traditionalchinese.Big5
	}
	below := f.array(d["DescendantFonts"])
	if len(below) == 0 {
		return
	}
	child := f.dict(below[0])
	if v, ok := f.number(child["DW"]); ok {
		font.otherwise = v
	}
	w := f.array(child["W"])
	for i := 0; i+1 < len(w) && len(font.widths) < 1<<16; {
		first, _ := f.number(w[i])
		if list := f.array(w[i+1]); list != nil {
			for n, v := range list {
				font.widths[int(first)+n], _ = f.number(v)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			break
		}
		last, _ := f.number(w[i+1])
		v, _ := f.number(w[i+2])
		for c := int(first); c <= int(last) && c-int(first) < 1<<16; c++ {
			font.widths[c] = v
		}
		i += 3
	}
}

// signs of a shown string: its text, its width in thousandths of the size, how
// many codes and how many spaces it has.
func (p *pdfFont) signs(s string) (text string, width float64, codes, spaces int) {
	var b strings.Builder
	step := 1
	if p.wide {
		step = 2
	}
	for i := 0; i < len(s); i += step {
		code := int(s[i])
		if p.wide && i+1 < len(s) {
			code = code<<8 | int(s[i+1])
		}
		w, ok := p.widths[code]
		if !ok {
			w = p.otherwise
		}
		width += w
		codes++
		if code == ' ' && !p.wide {
			spaces++
		}
		b.WriteString(p.sign(code, s[i:min(i+step, len(s))]))
	}
	return b.String(), width, codes, spaces
}

func (p *pdfFont) sign(code int, raw string) string {
	drawn := ""
	switch {
	case p.drawn != nil:
		drawn = p.drawn[code&255]
	case p.utf16 && len(raw) == 2:
		drawn = string(utf16.Decode([]uint16{uint16(code)}))
	case p.charset != nil:
		if out, err := p.charset.NewDecoder().String(strings.TrimLeft(raw, "\x00")); err == nil {
			drawn = out
		}
	}
	if p.cmap != nil {
		if said, ok := p.cmap.find(code); ok {
			if differ(said, drawn) {
				*p.lies++
			}
			*p.read++
			return said
		}
	}
	if drawn == "" {
		*p.unread++
		return "\uFFFD"
	}
	*p.read++
	return drawn
}

// differ: both are one ASCII letter or digit, and not the same one.
func differ(a, b string) bool {
	plain := func(s string) bool {
		return len(s) == 1 && (s[0] >= '0' && s[0] <= '9' || s[0]|32 >= 'a' && s[0]|32 <= 'z')
	}
	return plain(a) && plain(b) && !strings.EqualFold(a, b)
}

// latin are the encodings of simple fonts (Annex D).
func latin(name string) *[256]string {
	table := new([256]string)
	set := charmap.Windows1252
	if name == "MacRomanEncoding" {
		set = charmap.Macintosh
	}
	for i := 32; i < 256; i++ {
		r := set.DecodeByte(byte(i))
		if r == utf8.RuneError || r < 32 || r >= 0x7F && r < 0xA0 {
			r = 0x2022 // the encoding says: a bullet
		}
		table[i] = string(r)
	}
	if name == "" || name == "StandardEncoding" {
		for i := 0xA0; i < 256; i++ {
			table[i] = ""
		}
		for code, r := range map[int]string{0x27: "’", 0x60: "‘", 0xA1: "¡", 0xA2: "¢", 0xA3: "£", 0xA4: "⁄", 0xA5: "¥", 0xA7: "§", 0xA9: "'",
			0xAA: "“", 0xAB: "«", 0xAC: "‹", 0xAD: "›", 0xAE: "fi", 0xAF: "fl", 0xB1: "–", 0xB4: "·", 0xB6: "¶", 0xB7: "•", 0xB8: "‚", 0xB9: "„",
			0xBA: "”", 0xBB: "»", 0xBC: "…", 0xBF: "¿", 0xD0: "—", 0xE1: "Æ", 0xE8: "Ł", 0xE9: "Ø", 0xEA: "Œ", 0xF1: "æ", 0xF5: "ı", 0xF8: "ł", 0xF9: "ø", 0xFA: "œ", 0xFB: "ß"} {
			table[code] = r
		}
		if name == "" { // many writers leave the encoding out and mean that of Windows
			for i := 0xC0; i < 256; i++ {
				if table[i] == "" {
					table[i] = string(charmap.Windows1252.DecodeByte(byte(i)))
				}
			}
		}
	}
	return table
}
