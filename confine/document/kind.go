package document

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Kind is what a file is, told by its bytes.
type Kind string

// The kinds that are read. Nothing else is.
const (
	PDF  Kind = "pdf"
	DOCX Kind = "docx"
	ODT  Kind = "odt"
	Text Kind = "text"
	JPEG Kind = "jpeg"
	PNG  Kind = "png"
	GIF  Kind = "gif"
	WebP Kind = "webp"
	TIFF Kind = "tiff"
	EML  Kind = "eml"
)

// Kinds that are recognised only to say why they are refused.
const (
	svg     Kind = "svg"
	bmp     Kind = "bmp"
	zipped  Kind = "zip"
	gzipped Kind = "gzip"
	unknown Kind = ""
)

// extensions are the endings of a name that promise a kind.
var extensions = map[string]Kind{
	"pdf": PDF, "docx": DOCX, "odt": ODT, "txt": Text, "text": Text, "md": Text,
	"jpg": JPEG, "jpeg": JPEG, "jpe": JPEG, "jfif": JPEG, "png": PNG, "gif": GIF, "webp": WebP, "tif": TIFF, "tiff": TIFF,
	"eml": EML, "html": HTML, "htm": HTML, "mht": HTML, "mhtml": HTML, "svg": svg, "bmp": bmp, "zip": zipped, "gz": gzipped,
}

// Extension is the ending of a file name, in lower case, if it looks like one;
// nothing else of a name ever reaches a reader.
func Extension(name string) string {
	at := strings.LastIndexByte(name, '.')
	if at < 0 || len(name)-at-1 > 5 || at == len(name)-1 {
		return ""
	}
	ext := strings.ToLower(name[at+1:])
	for _, r := range ext {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return ""
		}
	}
	if strings.Trim(ext, "0123456789") == "" {
		return "" // "version 1.2": a number, not an ending
	}
	return ext
}

var headerLine = regexp.MustCompile(`(?i)^(?:received|from|to|return-path|delivered-to|date|subject|message-id|mime-version|content-type|dkim-signature|x-[a-z0-9-]+|authentication-results|arc-[a-z-]+|reply-to|sender)[ \t]*:`)

// sniff tells the kind from the first bytes. ext only decides between mail and
// text, which have no magic number.
func sniff(b []byte, ext string) Kind {
	has := func(magic string) bool { return bytes.HasPrefix(b, []byte(magic)) }
	switch {
	case has("%PDF-"):
		return PDF
	case has("\xFF\xD8\xFF"):
		return JPEG
	case has("\x89PNG\r\n\x1a\n"):
		return PNG
	case has("GIF87a"), has("GIF89a"):
		return GIF
	case has("RIFF") && len(b) >= 12 && string(b[8:12]) == "WEBP":
		return WebP
	case has("II*\x00"), has("MM\x00*"):
		return TIFF
	case has("BM") && len(b) >= 26 && bytes.Equal(b[6:10], make([]byte, 4)):
		return bmp
	case has("PK\x03\x04"), has("PK\x05\x06"):
		return zipped
	case has("\x1f\x8b"):
		return gzipped
	case has("MZ"), has("\x7fELF"), has("#!"), has("\xD0\xCF\x11\xE0"):
		return unknown
	}
	head := b[:min(len(b), 4096)]
	low := bytes.ToLower(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")))
	if (ext == "" || extensions[ext] == HTML) && looksHTML(head) && readsAsText(b) {
		return HTML
	}
	if looksMHTML(head, ext) {
		return HTML
	}
	if bytes.Contains(low, []byte("<svg")) && (bytes.HasPrefix(bytes.TrimSpace(low), []byte("<")) || ext == "svg") {
		return svg
	}
	// A PDF may have up to 1,024 bytes before its header; so may a polyglot.
	if bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")) {
		return PDF
	}
	if !readsAsText(b) {
		return unknown
	}
	if ext == "eml" || headerLine.Match(head) && (ext == "" || ext == "eml") {
		return EML
	}
	return Text
}

// readsAsText: no zero bytes and few controls, or UTF-16 with its mark.
func readsAsText(b []byte) bool {
	if bytes.HasPrefix(b, []byte{0xFF, 0xFE}) || bytes.HasPrefix(b, []byte{0xFE, 0xFF}) {
		return len(b)%2 == 0
	}
	controls := 0
	for _, c := range b {
		if c == 0 {
			return false
		}
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			controls++
		}
	}
	return controls*50 <= len(b) && (utf8.Valid(b) || controls == 0)
}
