package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readPDF reads text, what is hidden, metadata, active content and revisions.
// Source: ISO 32000-1:2008. Files that need a password are refused: what cannot
// be looked at cannot be vouched for.
func readPDF(b []byte) Result {
	r := accepted(PDF)
	start := bytes.Index(b, []byte("%PDF-"))
	if before := bytes.TrimLeft(b[:start], "\x00\r\n\t \xEF\xBB\xBF"); len(before) > 0 {
		r.flag(FlagPolyglot)
	}
	f := openPDF(b[start:])
	if f.locked {
		return refused(PDF, ReasonEncrypted, "the file is protected by a password; please send it unprotected")
	}
	pages, claimed := f.pageList()
	if len(pages) == 0 && !f.partial {
		return refused(PDF, ReasonMalformed, "no page could be read")
	}
	if claimed != len(pages) {
		f.damaged = true
		if claimed > len(pages) {
			f.partial = true // it promises more than could be found
		}
	}
	r.Pages = len(pages)
	text := f.allText(pages, &r)
	r.Text = text
	f.metadata(&r)
	f.active(&r)
	f.europass(&r)
	f.pictures(&r)
	ends := f.revisions()
	if len(ends) == 0 || len(bytes.TrimSpace(f.b[ends[len(ends)-1]:])) > 0 {
		f.damaged = true
	}
	r.Metadata.Revisions = max(1, len(ends))
	f.earlier(&r, ends, text)
	if trailsArchive(f.b) {
		r.flag(FlagPolyglot)
	}
	if f.damaged {
		r.flag(FlagMalformed)
	}
	if f.partial {
		r.flag(FlagPartial)
	}
	r.NoPixels = NoPDFPixels
	return r
}

// allText is the seen text of all pages; what is hidden goes into r.
func (f *pdfFile) allText(pages []pdfPage, r *Result) string {
	off := f.layersOff()
	var all strings.Builder
	letters, lies, unread, read := 0, 0, 0, 0
	for i, p := range pages {
		t := f.read(p, i+1, off)
		if i > 0 && t.seen != "" {
			all.WriteString("\n\n")
		}
		all.WriteString(t.seen)
		if t.ocr {
			r.flag(FlagOCR)
		}
		lies, unread, read = lies+t.lies, unread+t.unread, read+t.read
		for _, h := range t.hidden {
			letters += utf8.RuneCountInString(strings.Join(strings.Fields(h.Text), ""))
			if len(r.Hidden) < MaxEntries {
				r.Hidden = append(r.Hidden, h)
			}
		}
		if all.Len() > MaxText {
			f.partial = true
			break
		}
	}
	if letters >= hiddenLetters {
		r.flag(FlagHidden)
	}
	if lies > 0 {
		r.flag(FlagMismatch)
	}
	if unread > read {
		r.flag(FlagNoText)
	}
	return all.String()
}

// hiddenLetters is how many letters have to be out of sight before it is said:
// list marks and the blanks of word processors come below.
const hiddenLetters = 8

// earlier keeps the text of states that an update has replaced.
func (f *pdfFile) earlier(r *Result, ends []int, now string) {
	if len(ends) < 2 {
		return
	}
	r.flag(FlagRevisions)
	for _, end := range ends[max(0, len(ends)-4) : len(ends)-1] {
		old := openPDF(f.b[:end])
		old.unpacked = f.unpacked
		pages, _ := old.pageList()
		var scrap Result
		text := old.allText(pages, &scrap)
		f.unpacked = old.unpacked
		f.partial = f.partial || old.partial
		if text != now && strings.TrimSpace(text) != "" {
			r.Earlier = append(r.Earlier, text)
		}
	}
}

// metadata reads the information dictionary and the XMP packet.
func (f *pdfFile) metadata(r *Result) {
	m := &r.Metadata
	info := f.dict(f.trailer["Info"])
	m.Title = f.text(info["Title"])
	m.Author = f.text(info["Author"])
	m.Company = f.text(info["Company"])
	m.madeWith(f.text(info["Creator"]))
	m.madeWith(f.text(info["Producer"]))
	m.Created = pdfTime(f.text(info["CreationDate"]))
	m.Modified = pdfTime(f.text(info["ModDate"]))
	if s, ok := f.value(f.dict(f.trailer["Root"])["Metadata"]).(*pdfStream); ok {
		readXMP(f.decode(s), m)
	}
	if m.DocumentID == "" {
		if id := f.array(f.trailer["ID"]); len(id) == 2 {
			a, _ := f.value(id[0]).(pdfString)
			b, _ := f.value(id[1]).(pdfString)
			m.DocumentID, m.InstanceID = "id:"+hex.EncodeToString([]byte(a[:min(len(a), 32)])), "id:"+hex.EncodeToString([]byte(b[:min(len(b), 32)]))
		}
	}
}

// pictures lists the images inside; JPEG ones also by what their camera wrote.
func (f *pdfFile) pictures(r *Result) {
	for _, num := range sorted(f.scanned) {
		s, ok := f.get(num).(*pdfStream)
		if !ok || f.name(s.dict["Subtype"]) != "Image" || len(r.Images) >= MaxEntries {
			continue
		}
		w, _ := f.number(s.dict["Width"])
		h, _ := f.number(s.dict["Height"])
		if w < 0 || h < 0 || w > 1e9 || h > 1e9 {
			continue
		}
		if w*h*3 > maxImage {
			f.partial = true
		}
		g := Image{Format: "raw", Width: int(w), Height: int(h)}
		if s.dict["SMask"] == nil && f.name(s.dict["ImageMask"]) == "" && len(s.raw) > 0 {
			sum := sha256.Sum256(s.raw)
			g.SHA256 = hex.EncodeToString(sum[:])
		}
		if filter := f.lastFilter(s); filter == "DCTDecode" || filter == "DCT" {
			g.Format = "jpeg"
			data, _ := f.unpack(s)
			readJPEG(data, &g)
		}
		r.Images = append(r.Images, g)
	}
}

func (f *pdfFile) lastFilter(s *pdfStream) string {
	if n := f.name(s.dict["Filter"]); n != "" {
		return n
	}
	if a := f.array(s.dict["Filter"]); len(a) > 0 {
		return f.name(a[len(a)-1])
	}
	return ""
}

// text is a text string (7.9.2.2) or the file a specification names.
func (f *pdfFile) text(v any) string {
	switch v := f.value(v).(type) {
	case pdfString:
		return textString(v)
	case pdfDict:
		return f.text(firstOf(v, "UF", "F", "DOS", "Unix", "Mac"))
	}
	return ""
}

func textString(s pdfString) string {
	switch {
	case strings.HasPrefix(string(s), "\xFE\xFF"), strings.HasPrefix(string(s), "\xFF\xFE"):
		out, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().String(string(s))
		return out
	case strings.HasPrefix(string(s), "\xEF\xBB\xBF"):
		return string(s[3:])
	case utf8.ValidString(string(s)):
		return string(s)
	}
	out, _ := charmap.Windows1252.NewDecoder().String(string(s))
	return out
}

// pdfTime turns D:YYYYMMDDHHmmSSOHH'mm into RFC 3339; "" when it is none.
func pdfTime(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "D:")
	digits := 0
	for digits < len(s) && digits < 14 && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits < 4 {
		return ""
	}
	full := s[:digits] + "00000101000000"[digits:]
	if digits < 14 && digits%2 != 0 {
		return ""
	}
	zone := "Z"
	if rest := strings.ReplaceAll(s[digits:], "'", ""); len(rest) >= 3 && (rest[0] == '+' || rest[0] == '-') {
		zone = rest[:3] + ":00"
		if len(rest) >= 5 {
			zone = rest[:3] + ":" + rest[3:5]
		}
	}
	return timeOf(full[:4] + "-" + full[4:6] + "-" + full[6:8] + "T" + full[8:10] + ":" + full[10:12] + ":" + full[12:14] + zone)
}

func keys(d pdfDict) []pdfName { return slices.Sorted(maps.Keys(d)) }
