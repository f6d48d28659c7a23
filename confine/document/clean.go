package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean cuts a string to max bytes and makes every sign that could not be seen
// visible: controls, direction and zero-width signs, tags and unassigned
// or private code points become ⟦U+XXXX⟧, lines and tabs stay when lines is
// true. What is returned is valid UTF-8 without line controls otherwise.
func Clean(s string, max int, lines bool) string {
	clean, _ := cleaned(s, max, lines)
	return clean
}

// cleaned also says whether a sign of direction or without width was marked.
func cleaned(s string, max int, lines bool) (string, bool) {
	if plain(s) && len(s) <= max {
		return s, false
	}
	var b strings.Builder
	marked := false
	for _, r := range s {
		if b.Len() >= max {
			break
		}
		switch {
		case r == '\n' && lines, r == '\t' && lines:
			b.WriteRune(r)
		case r == '\n' || r == '\t' || r == '\r':
			if !lines {
				b.WriteByte(' ')
			} else if r == '\r' {
				continue
			}
		case r == 0xAD: // a soft hyphen is an ordinary sign of typesetting
		case r == utf8.RuneError:
			b.WriteRune(utf8.RuneError)
		case invisible(r):
			marked = true
			mark(&b, r)
		default:
			b.WriteRune(r)
		}
	}
	out := b.String()
	for len(out) > max || !utf8.ValidString(out) {
		out = out[:len(out)-1]
	}
	return out, marked
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7E {
			return false
		}
	}
	return true
}

func mark(b *strings.Builder, r rune) {
	const digits = "0123456789ABCDEF"
	b.WriteString("⟦U+")
	n := 4
	if r > 0xFFFF {
		n = 6
	}
	for i := n - 1; i >= 0; i-- {
		b.WriteByte(digits[r>>(4*i)&15])
	}
	b.WriteString("⟧")
}

// invisible signs change what a person reads without being read. The joiners
// that Arabic, Persian and Indic writing needs are kept.
func invisible(r rune) bool {
	switch {
	case r == 0x200C, r == 0x200D: // joiners
		return false
	case r >= 0xFE00 && r <= 0xFE0F: // presentation of emoji
		return false
	case r >= 0xE0000 && r <= 0xE0FFF, r == 0x3164, r == 0x115F, r == 0x1160, r == 0xFFA0, r == 0x2800:
		return true
	case r == 0x2028, r == 0x2029:
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
}

// Tidy keeps the bounds of a Result and cleans each of its strings. The child
// does it before it writes, the parent again after it has read.
func (r *Result) Tidy() {
	one := func(s *string) { *s = Clean(*s, MaxString, false) }
	list := func(l *[]string) {
		*l = slices.Clone((*l)[:min(len(*l), MaxEntries)])
		for i := range *l {
			one(&(*l)[i])
		}
	}
	text, marked := cleaned(r.Text, MaxText, true)
	if len(r.Text) > MaxText {
		r.flag(FlagPartial)
	}
	if r.Text = text; marked {
		r.flag(FlagMarks)
	}
	for _, s := range []*string{&r.Reason, &r.Detail, (*string)(&r.Kind), &r.NoPixels} {
		one(s)
	}
	r.Hidden = r.Hidden[:min(len(r.Hidden), MaxEntries)]
	for i := range r.Hidden {
		h := &r.Hidden[i]
		one(&h.How)
		h.Text = Clean(h.Text, MaxHidden, true)
	}
	r.Earlier = r.Earlier[:min(len(r.Earlier), 8)]
	for i := range r.Earlier {
		r.Earlier[i] = Clean(r.Earlier[i], MaxEarlier, true)
	}
	r.Parts = r.Parts[:min(len(r.Parts), len(exportParts))]
	left := maxPart
	for i := range r.Parts {
		one(&r.Parts[i].Name)
		r.Parts[i].Text = Clean(r.Parts[i].Text, left, true)
		left -= len(r.Parts[i].Text)
	}
	if r.Page != nil {
		one(&r.Page.Address)
		one(&r.Page.Skeleton)
		one(&r.Page.Theme)
		list(&r.Page.Assets)
	}
	m := &r.Metadata
	for _, s := range []*string{&m.Title, &m.Author, &m.LastAuthor, &m.Company, &m.Template, &m.Created, &m.Modified, &m.DocumentID, &m.InstanceID} {
		one(s)
	}
	list(&m.Software)
	list(&r.Links)
	list(&r.Flags)
	slices.Sort(r.Flags)
	r.Active = r.Active[:min(len(r.Active), MaxEntries)]
	for i := range r.Active {
		a := &r.Active[i]
		one(&a.Kind)
		one(&a.Where)
		one(&a.Detail)
	}
	r.Images = r.Images[:min(len(r.Images), MaxEntries)]
	for i := range r.Images {
		g := &r.Images[i]
		for _, s := range []*string{&g.Format, &g.SHA256, &g.Camera, &g.Taken, &g.Modified} {
			one(s)
		}
		list(&g.Software)
	}
	if r.Mail != nil {
		for _, s := range []*string{&r.Mail.From, &r.Mail.To, &r.Mail.Subject, &r.Mail.Date, &r.Mail.MessageID} {
			one(s)
		}
		list(&r.Mail.Attachments)
	}
}
