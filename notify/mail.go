package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"net/smtp"
	"strings"
	"time"

	"bonafide/record"
)

// Mail hands messages to one mail server of the house (submission, RFC 6409).
// Other than webhooks a mail goes to one person, who is written to by name of
// their mailbox only; its text says no more than the page it points to shows to
// everybody.
type Mail struct {
	Server   string // host:port
	From     string // address of the house; replies come here
	Name     string // of the house, shown beside the address
	User     string // with Password: PLAIN, over TLS only
	Password string
	Plain    bool // without TLS: a mail server on this machine
}

// Letter is one plain-text message.
type Letter struct {
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	ID      string `json:"id"` // Message-ID without <>, by which a reply is known
}

const mailTimeout = 30 * time.Second

// Send delivers one letter to the server; it is tried again by its job when the
// server is away.
func (m *Mail) Send(ctx context.Context, l Letter) error {
	to, err := netmail.ParseAddress(l.To)
	if err != nil || strings.ContainsAny(l.To+l.ID, "\r\n<>") {
		return record.Invalid("mail", "its address cannot be used")
	}
	away := func(error) error {
		return &record.Error{Code: record.CodeUnavailable, Where: "mail", Message: "the mail server does not take it now"}
	}
	ctx, stop := context.WithTimeout(ctx, mailTimeout)
	defer stop()
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", m.Server)
	if err != nil {
		return away(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(mailTimeout))
	host, _, _ := net.SplitHostPort(m.Server)
	s, err := smtp.NewClient(c, host)
	if err != nil {
		return away(err)
	}
	if !m.Plain {
		if err := s.StartTLS(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}); err != nil {
			return away(err)
		}
		if m.User != "" {
			if err := s.Auth(smtp.PlainAuth("", m.User, m.Password, host)); err != nil {
				return away(err)
			}
		}
	}
	if err := s.Mail(m.From); err != nil {
		return away(err)
	}
	if err := s.Rcpt(to.Address); err != nil {
		return away(err)
	}
	w, err := s.Data()
	if err != nil {
		return away(err)
	}
	if _, err := w.Write(m.write(l, to.Address, time.Now())); err != nil {
		return away(err)
	}
	if err := w.Close(); err != nil {
		return away(err)
	}
	_ = s.Quit() // it is taken; how the server says goodbye changes nothing
	return nil
}

func (m *Mail) write(l Letter, to string, at time.Time) []byte {
	var b bytes.Buffer
	head := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	head("From", (&netmail.Address{Name: m.Name, Address: m.From}).String())
	head("To", (&netmail.Address{Address: to}).String())
	head("Subject", mime.QEncoding.Encode("utf-8", strings.Map(oneLine, l.Subject)))
	head("Date", at.UTC().Format(time.RFC1123Z))
	head("Message-ID", "<"+l.ID+">")
	head("Auto-Submitted", "auto-generated")
	head("MIME-Version", "1.0")
	head("Content-Type", "text/plain; charset=utf-8")
	head("Content-Transfer-Encoding", "quoted-printable")
	b.WriteString("\r\n")
	q := quotedprintable.NewWriter(&b)
	_, _ = q.Write([]byte(strings.ReplaceAll(l.Text, "\n", "\r\n"))) // into memory
	_ = q.Close()
	return b.Bytes()
}

func oneLine(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}
