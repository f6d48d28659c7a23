package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/htmlindex"
)

const (
	maxText  = 64 << 10
	maxParts = 50
	maxDepth = 4
)

var errNoText = errors.New("no text/plain part")

// text is the first text/plain part, decoded, as far as it is text. Nothing else
// of a mail is ever opened: no HTML, no picture, no attachment.
func (m *message) text() (string, error) {
	parts := maxParts
	return textOf(m.one("content-type"), m.one("content-transfer-encoding"), bytes.NewReader(m.body), maxDepth, &parts)
}

func textOf(contentType, encoding string, r io.Reader, depth int, parts *int) (string, error) {
	if *parts--; *parts < 0 || depth == 0 {
		return "", errNoText
	}
	if contentType == "" {
		contentType = "text/plain; charset=us-ascii"
	}
	kind, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return "", errNoText
	}
	switch {
	case kind == "text/plain":
		return decodeText(r, encoding, parameters["charset"])
	case !strings.HasPrefix(kind, "multipart/"), parameters["boundary"] == "":
		return "", errNoText
	}
	mr := multipart.NewReader(r, parameters["boundary"])
	for {
		p, err := mr.NextRawPart()
		if err != nil {
			return "", errNoText
		}
		if strings.HasPrefix(strings.ToLower(p.Header.Get("Content-Disposition")), "attachment") {
			continue
		}
		text, err := textOf(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth-1, parts)
		if err == nil {
			return text, nil
		}
		if *parts <= 0 {
			return "", errNoText
		}
	}
}

func decodeText(r io.Reader, encoding, charset string) (string, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "7bit", "8bit", "binary":
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	default:
		return "", errNoText
	}
	b, err := io.ReadAll(io.LimitReader(r, maxText))
	if err != nil && len(b) == 0 {
		return "", errNoText
	}
	in, err := charsetReader(charset, bytes.NewReader(b))
	if err != nil {
		return "", errNoText
	}
	if b, err = io.ReadAll(io.LimitReader(in, 4*maxText)); err != nil {
		return "", errNoText
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(b), "\ufffd")), nil
}

func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "", "us-ascii", "utf-8":
		return r, nil
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(r), nil
}
