package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// A page saved as one file (MHTML, RFC 2557): the page is the first part that is
// HTML, and the pictures that stand beside it are what a plain page would hold in
// itself. Frames, styles and whatever else was saved are not opened.

var mhtmlHead = regexp.MustCompile(`(?im)^Content-Type:\s*multipart/related`)

// savedBy is what browsers write into the head, and mail programs do not.
var savedBy = regexp.MustCompile(`(?im)^(?:Snapshot-Content-Location:|From:\s*<Saved by )`)

// looksMHTML: a name that says so is enough beside the head; without one the
// browser's own words are needed, for a mail may be built alike.
func looksMHTML(head []byte, ext string) bool {
	end := len(head)
	for _, blank := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(head, []byte(blank)); i >= 0 {
			end = min(end, i)
		}
	}
	head = head[:end]
	return mhtmlHead.Match(head) && (extensions[ext] == HTML || ext == "" && savedBy.Match(head))
}

func readMHTML(b []byte) Result {
	bad := refused(HTML, ReasonMalformed, "the saved page cannot be taken apart; please save it again")
	msg, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return bad
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/related" || params["boundary"] == "" {
		return bad
	}
	var page *Result
	var pictures []string
	broken, partial := false, false
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for n := 0; ; n++ {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if broken = err != nil; broken {
			break
		}
		if partial = n >= maxParts; partial {
			break
		}
		kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		switch {
		case err != nil:
		case page == nil && kind == "text/html":
			raw, whole := bodyOf(part.Header, params["charset"], part, maxPart)
			if !whole {
				return refused(HTML, ReasonLimit, "the saved page is larger than allowed")
			}
			r := readHTML(raw)
			page = &r
			for _, at := range []string{part.Header.Get("Content-Location"), msg.Header.Get("Snapshot-Content-Location")} {
				if page.Page.Address == "" && strings.HasPrefix(at, "http") {
					page.Page.Address = Clean(at, MaxString, false)
				}
			}
		case strings.HasPrefix(kind, "image/") && len(pictures) < MaxEntries:
			raw, whole := bodyOf(part.Header, "", part, maxPart)
			if whole && len(raw) >= leastPicture {
				sum := sha256.Sum256(raw)
				pictures = addOnce(pictures, hex.EncodeToString(sum[:16]))
			}
		}
	}
	if page == nil {
		return bad
	}
	for _, p := range pictures {
		page.Page.Assets = addOnce(page.Page.Assets, p)
	}
	if broken {
		page.flag(FlagMalformed)
	}
	if partial {
		page.flag(FlagPartial)
	}
	return *page
}

// bodyOf undoes how a part was packed for the way, and its charset where it has
// one. whole is false where it is broken, or longer than most.
func bodyOf(h textproto.MIMEHeader, charset string, body io.Reader, most int64) (raw []byte, whole bool) {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	raw, err := io.ReadAll(io.LimitReader(body, most+1))
	if whole = err == nil && int64(len(raw)) <= most; int64(len(raw)) > most {
		raw = raw[:most]
	}
	if charset == "" {
		return raw, whole
	}
	if e, err := htmlindex.Get(charset); err == nil {
		if out, err := e.NewDecoder().Bytes(raw); err == nil {
			raw = out
		}
	}
	return raw, whole
}
