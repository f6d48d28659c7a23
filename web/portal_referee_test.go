package web

import (
	"bufio"
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/go-json-experiment/json"

	"bonafide/casework"
	"bonafide/notify"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// mailServer takes mail on loopback (RFC 5321, as much as one sender needs).
func mailServer(t testing.TB) (at string, taken chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	t.Cleanup(func() { l.Close() })
	taken = make(chan string, 16)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				r := bufio.NewReader(c)
				io.WriteString(c, "220 mx.test ESMTP\r\n")
				for {
					line, err := r.ReadString('\n')
					if err != nil {
						return
					}
					switch verb := strings.ToUpper(line[:min(4, len(line))]); verb {
					case "EHLO", "HELO":
						io.WriteString(c, "250 mx.test\r\n")
					case "DATA":
						io.WriteString(c, "354 go on\r\n")
						var b strings.Builder
						for {
							line, err := r.ReadString('\n')
							if err != nil {
								return
							}
							if line == ".\r\n" {
								break
							}
							b.WriteString(strings.TrimPrefix(line, "."))
						}
						taken <- b.String()
						io.WriteString(c, "250 taken\r\n")
					case "QUIT":
						io.WriteString(c, "221 bye\r\n")
						return
					default:
						io.WriteString(c, "250 ok\r\n")
					}
				}
			}()
		}
	}()
	return l.Addr().String(), taken
}

// nameServer answers TXT on loopback; every other name does not exist.
func nameServer(t testing.TB, txt map[string]string) *net.Resolver {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	ok(t, err)
	t.Cleanup(func() { c.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := c.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			value, known := txt[strings.ToLower(strings.TrimSuffix(q.Name.String(), "."))]
			if known && q.Type == dnsmessage.TypeTXT {
				var parts []string
				for len(value) > 200 {
					parts, value = append(parts, value[:200]), value[200:]
				}
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 60}, Body: &dnsmessage.TXTResource{TXT: append(parts, value)}}}
			} else {
				m.RCode = dnsmessage.RCodeNameError
			}
			if out, err := m.Pack(); err == nil {
				c.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", c.LocalAddr().String())
	}}
}

// replyOf is what a referee answers, signed by their domain's server if it signs.
func replyOf(t testing.TB, now time.Time, from, to string, signer crypto.Signer) []byte {
	t.Helper()
	text := "From: Bea Beispiel <" + from + ">\r\nTo: people@hiring.example\r\nSubject: Re: A question\r\nDate: " + now.UTC().Format(time.RFC1123Z) + "\r\nMessage-ID: <1@meridian-works.example>\r\nIn-Reply-To: <" + to + ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nYes, from March 2021, on the billing service.\r\n"
	if signer == nil {
		return []byte(text)
	}
	var signed bytes.Buffer
	ok(t, dkim.Sign(&signed, strings.NewReader(text), &dkim.SignOptions{Domain: "meridian-works.example", Selector: "s1", Signer: signer, Hash: crypto.SHA256,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
		HeaderKeys: []string{"From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "Content-Type", "MIME-Version"}}))
	return signed.Bytes()
}

// employerNames is the name server of the referee's employer, whose key signs.
func employerNames(t testing.TB, key ed25519.PublicKey) *net.Resolver {
	return nameServer(t, map[string]string{
		"s1._domainkey.meridian-works.example": "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key),
		"_dmarc.meridian-works.example":        "v=DMARC1; p=reject",
	})
}

// TestReferee: a reviewer finds the way to a referee, the house writes to the
// employer's own domain through a mail server, and the signed reply is known to be
// of that domain; one that is not leaves a task to call.
func TestReferee(t *testing.T) {
	w := newWorld(t)
	a := someone("a1")
	a.References = []record.Reference{{Name: "Bea Beispiel", Email: "bea.b@mail.example", Organisation: "Meridian Works", Relationship: "manager"}}
	subject, id := w.apply(a)
	ask := casework.ReferenceContact{Address: "bea.beispiel@meridian-works.example", From: "directory", Where: "the firm's own page, contact of the office"}
	for _, bad := range []casework.ReferenceContact{{Address: ask.Address, From: "candidate", Where: "x"}, {Address: ask.Address, From: "directory"}, {Address: "x", From: "directory", Where: "x"},
		{Address: "bea.b@mail.example", From: "reviewer", Where: "x"}, {Address: ask.Address, From: "directory", Where: "x", Reference: 3}} {
		if w.desk.AskReferee(ctx, reviewer(), id, house, bad) == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
	ok(t, w.desk.AskReferee(ctx, reviewer(), id, house, ask))
	ok(t, w.prover.RefereeDomains(ctx, reviewer(), subject, w.application(subject), record.DateOf(w.now())))
	if !w.application(subject).References[0].DomainFacts.IsZero() {
		t.Error("without a name server something is known of a domain")
	}
	w.prover.Names = w.asking(nameServer(t, nil))
	ok(t, w.prover.RefereeDomains(ctx, reviewer(), subject, w.application(subject), record.DateOf(w.now())))
	if f := w.application(subject).References[0].DomainFacts; f.MX == nil || *f.MX || f.AsOf == "" {
		t.Errorf("a domain that does not exist: %+v", f)
	}
	server, taken := mailServer(t)
	out := &notify.Mail{Server: server, From: "people@hiring.example", Name: "Example Systems", Plain: true}
	post := &casework.Post{Store: w.store, Mail: func(ctx context.Context, _ string, body []byte) error {
		var l notify.Letter
		if err := json.Unmarshal(body, &l); err != nil {
			return err
		}
		return out.Send(ctx, l)
	}}
	jobs, err := w.store.Claim(ctx, "post", []string{store.OutboxJob}, time.Minute, 10)
	ok(t, err)
	for _, j := range jobs {
		ok(t, post.Deliver(ctx, j))
	}
	letter := <-taken
	_, rest, _ := strings.Cut(letter, "Message-ID: <")
	number, _, _ := strings.Cut(rest, ">")
	if !strings.Contains(letter, "To: <bea.beispiel@meridian-works.example>") || !strings.HasPrefix(number, "ref-") {
		t.Fatal(letter)
	}
	public, key, err := ed25519.GenerateKey(rand.Reader)
	ok(t, err)
	w.prover.Names = w.asking(employerNames(t, public))
	reply := func(from, to string, signer crypto.Signer) []byte { return replyOf(t, w.now(), from, to, signer) }
	_, stranger, err := ed25519.GenerateKey(rand.Reader)
	ok(t, err)
	for name, raw := range map[string][]byte{"unsigned": reply(ask.Address, number, nil), "signed by a stranger": reply(ask.Address, number, stranger)} {
		if _, err := w.prover.Reply(ctx, screen.MailIn{Raw: raw}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := w.application(subject); len(got.Proofs) != 0 || !got.References[0].RepliedAt.IsZero() {
			t.Errorf("%s: it counts", name)
		}
	}
	if !strings.Contains(w.tasks(id), "Call them") {
		t.Error("nobody is asked to call")
	}
	for _, foreign := range []string{"ref-" + strings.Repeat("a", 52) + "@hiring.example", "x@hiring.example", "ref-x@y"} {
		if _, err := w.prover.Reply(ctx, screen.MailIn{Raw: reply(ask.Address, foreign, key)}); record.CodeOf(err) != record.CodeNotFound {
			t.Errorf("a mail that answers nothing: %v", err)
		}
	}
	got, err := w.prover.Reply(ctx, screen.MailIn{Raw: reply(ask.Address, number, key)})
	if err != nil || got != subject {
		t.Fatal(got, err)
	}
	w.work()
	after := w.application(subject)
	if r := after.References[0]; r.RepliedAt.IsZero() || r.ContactFrom != "directory" || !strings.Contains(r.Text, "March 2021") {
		t.Errorf("%+v", r)
	}
	if len(after.Proofs) != 1 || after.Proofs[0].ID != "referee-mail-domain" || after.Proofs[0].Issuer != "meridian-works.example" {
		t.Errorf("%+v", after.Proofs)
	}
	if _, err := w.prover.Reply(ctx, screen.MailIn{Raw: reply(ask.Address, number, key)}); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("a reply counts twice: %v", err)
	}
}
