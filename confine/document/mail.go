package document

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

const (
	maxParts     = 200
	maxMailDepth = 8
)

// readMail reads a message (RFC 5322, RFC 2045): its head, its plain text and
// the names of what is attached. HTML is not shown and attachments are not
// opened; a reply's proof of origin is another room's work.
func readMail(b []byte) Result {
	r := accepted(EML)
	msg, err := mail.ReadMessage(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))))
	if err != nil {
		return refused(EML, ReasonMalformed, "the head of the message cannot be read")
	}
	head := func(key string) string {
		if len(msg.Header[textproto.CanonicalMIMEHeaderKey(key)]) > 1 {
			r.flag(FlagMalformed) // two readers may each take another one
		}
		s := msg.Header.Get(key)
		if out, err := wordDecoder().DecodeHeader(s); err == nil {
			s = out
		}
		return s
	}
	r.Mail = &Mail{From: head("From"), To: head("To"), Subject: head("Subject"), Date: head("Date"), MessageID: head("Message-Id")}
	p := mailParts{r: &r}
	p.part(textproto.MIMEHeader(msg.Header), msg.Body, 0)
	r.Text = p.text.String()
	if p.html && strings.TrimSpace(r.Text) == "" {
		r.act("html-only", "", "")
	}
	r.NoPixels = NoMailPixels
	return r
}

func wordDecoder() *mime.WordDecoder {
	return &mime.WordDecoder{CharsetReader: charsetReader}
}

func charsetReader(label string, in io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(label)
	if err != nil {
		return in, nil
	}
	return e.NewDecoder().Reader(in), nil
}

type mailParts struct {
	r     *Result
	text  strings.Builder
	parts int
	html  bool
}

func (p *mailParts) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	if p.parts++; p.parts > maxParts || depth > maxMailDepth {
		p.r.flag(FlagPartial)
		return
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		if h.Get("Content-Type") != "" {
			p.r.flag(FlagMalformed)
		}
		kind, params = "text/plain", nil
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		m := multipart.NewReader(body, params["boundary"])
		for {
			next, err := m.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				p.r.flag(FlagMalformed)
				return
			}
			if p.part(next.Header, next, depth+1); p.parts > maxParts {
				return
			}
		}
	}
	disposition, dparams, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := dparams["filename"]
	if name == "" {
		name = params["name"]
	}
	if out, err := wordDecoder().DecodeHeader(name); err == nil {
		name = out
	}
	switch {
	case disposition == "attachment" || name != "" || !strings.HasPrefix(kind, "text/"):
		if len(p.r.Mail.Attachments) < MaxEntries {
			p.r.Mail.Attachments = append(p.r.Mail.Attachments, strings.TrimSpace(Clean(kind, 80, false)+" "+name))
		}
	case kind == "text/plain":
		raw, whole := bodyOf(h, params["charset"], body, 4*MaxText)
		if !whole && len(raw) < 4*MaxText {
			p.r.flag(FlagMalformed)
		}
		if p.text.Len() < 4*MaxText {
			p.text.WriteString(decodeText(raw))
			p.text.WriteString("\n")
		}
	case kind == "text/html":
		p.html = true
	}
}
