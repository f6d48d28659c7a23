package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
)

// A referee of an invented employer, whose mail is signed by another
// implementation than ours.

// arrival is now, because the other implementation signs with the time of now.
var arrival = time.Now().UTC().Truncate(time.Second)

var plainReply = "From: Ana Silva <ana.silva@meridian-works.de>\r\n" +
	"To: hiring@bonafide-test.org\r\n" +
	"Subject: Re: Your former colleague\r\n" +
	"Date: " + arrival.Format(time.RFC1123Z) + "\r\n" +
	"Message-ID: <1@meridian-works.de>\r\n" +
	"In-Reply-To: <request-7@bonafide-test.org>\r\n" +
	"MIME-Version: 1.0\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\n" +
	"\r\n" +
	"Yes, he worked   with us until 2024.\r\n\r\n\r\n"

type signer struct {
	key    crypto.Signer
	record string
}

func rsaSigner(t testing.TB, bits int) signer {
	k, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	der, _ := x509.MarshalPKIXPublicKey(&k.PublicKey)
	return signer{k, "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der)}
}

func edSigner(t testing.TB) signer {
	pub, k, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return signer{k, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(pub)}
}

func (s signer) sign(t testing.TB, mail string, change func(o *dkim.SignOptions)) string {
	t.Helper()
	o := &dkim.SignOptions{Domain: "meridian-works.de", Selector: "s1", Signer: s.key, Hash: crypto.SHA256,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed}
	if change != nil {
		change(o)
	}
	var out bytes.Buffer
	if err := dkim.Sign(&out, strings.NewReader(mail), o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func answers(s signer) *Answers {
	return &Answers{AsOf: arrival, TXT: map[string][]string{
		"s1._domainkey.meridian-works.de": {s.record},
		"_dmarc.meridian-works.de":        {"v=DMARC1; p=reject"},
		"meridian-works.de":               {"v=spf1 ip4:192.0.2.0/24 -all", "some-site-verification=1"},
	}}
}

func question(s signer) Question {
	return Question{At: arrival, DNS: answers(s), Domain: "meridian-works.de", Request: "request-7@bonafide-test.org"}
}

func TestReply(t *testing.T) {
	long, short, ed := rsaSigner(t, 2048), rsaSigner(t, 1024), edSigner(t)
	simple := func(o *dkim.SignOptions) {
		o.HeaderCanonicalization, o.BodyCanonicalization = dkim.CanonicalizationSimple, dkim.CanonicalizationSimple
	}
	replace := func(old, by string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, by, 1) }
	}
	for _, c := range []struct {
		name   string
		by     signer
		mail   string
		sign   func(o *dkim.SignOptions)
		after  func(string) string // what happens on the way
		ask    func(q *Question)
		part   string
		want   State
		proved bool
	}{
		{name: "RSA", by: long, part: PartDKIM, want: OK, proved: true},
		{name: "RSA, simple", by: long, sign: simple, part: PartDKIM, want: OK, proved: true},
		{name: "short key", by: short, part: PartDKIM, want: OK, proved: true},
		{name: "Ed25519", by: ed, part: PartDKIM, want: OK, proved: true},
		{name: "Ed25519, simple", by: ed, sign: simple, part: PartDKIM, want: OK, proved: true},
		{name: "text under the signature", by: ed, part: PartText, want: OK, proved: true},
		{name: "line ends lost on disk", by: ed, after: func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }, part: PartDKIM, want: OK, proved: true},
		{name: "white space on the way, relaxed", by: ed, after: replace("Subject: Re: Your", "SUBJECT:   Re:  Your"), part: PartDKIM, want: OK, proved: true},
		{name: "white space on the way, simple", by: ed, sign: simple, after: replace("Subject: Re: Your", "SUBJECT:   Re:  Your"), part: PartDKIM, want: Failed},
		{name: "body changed", by: ed, after: replace("until 2024", "until 2026"), part: PartDKIM, want: Failed},
		{name: "subject changed", by: ed, after: replace("former", "present"), part: PartDKIM, want: Failed},
		{name: "something put behind the body", by: ed, after: func(s string) string { return s + "P.S. He was brilliant.\r\n" }, part: PartDKIM, want: Failed},
		{name: "length of the body given", by: ed, after: replace("; d=", "; l=20; d="), part: PartDKIM, want: Failed},
		{name: "not signed", by: ed, after: func(string) string { return plainReply }, part: PartAlignment, want: Failed},
		{name: "signed by another domain", by: ed, sign: func(o *dkim.SignOptions) { o.Domain = "other-works.de" }, ask: func(q *Question) {
			q.DNS.TXT["s1._domainkey.other-works.de"] = []string{ed.record}
		}, part: PartAlignment, want: Failed},
		{name: "signed by a part of the domain", by: ed, sign: func(o *dkim.SignOptions) { o.Domain = "mail.meridian-works.de" }, ask: func(q *Question) {
			q.DNS.TXT["s1._domainkey.mail.meridian-works.de"] = []string{ed.record}
		}, part: PartAlignment, want: OK, proved: true},
		{name: "the same, policy is strict", by: ed, sign: func(o *dkim.SignOptions) { o.Domain = "mail.meridian-works.de" }, ask: func(q *Question) {
			q.DNS.TXT["s1._domainkey.mail.meridian-works.de"] = []string{ed.record}
			q.DNS.TXT["_dmarc.meridian-works.de"] = []string{"v=DMARC1; p=none; adkim=s"}
		}, part: PartAlignment, want: Failed},
		{name: "key not recorded", by: ed, ask: func(q *Question) { delete(q.DNS.TXT, "s1._domainkey.meridian-works.de") }, part: PartAlignment, want: NotVerifiable},
		{name: "key withdrawn", by: ed, ask: func(q *Question) {
			q.DNS.TXT["s1._domainkey.meridian-works.de"] = []string{"v=DKIM1; k=ed25519; p="}
		}, part: PartDKIM, want: Failed},
		{name: "key of somebody else", by: ed, ask: func(q *Question) { q.DNS.TXT["s1._domainkey.meridian-works.de"] = []string{edSigner(t).record} }, part: PartDKIM, want: Failed},
		{name: "no such key", by: ed, ask: func(q *Question) { q.DNS.TXT["s1._domainkey.meridian-works.de"] = nil }, part: PartDKIM, want: Failed},
		{name: "a signature that names a thousand fields", by: ed, after: replace("h=From:", "h="+strings.Repeat("x:", 1000)+"From:"), part: PartDKIM, want: Failed},
		{name: "From not signed", by: ed, after: replace("h=From:", "h="), part: PartDKIM, want: Failed},
		{name: "expired at arrival", by: ed, sign: func(o *dkim.SignOptions) { o.Expiration = arrival.Add(-time.Hour) }, part: PartDKIM, want: Failed},
		{name: "two From lines", by: ed, after: func(s string) string { return "From: Boss <boss@meridian-works.de>\r\n" + s }, part: PartStructure, want: Failed},
		{name: "two addresses in From", by: ed, mail: strings.Replace(plainReply, "<ana.silva@meridian-works.de>", "<ana.silva@meridian-works.de>, b@other-works.de", 1), part: PartStructure, want: Failed},
		{name: "another address as the name", by: ed, mail: strings.Replace(plainReply, "Ana Silva <", "\"boss@big-bank.com\" <", 1), part: PartStructure, want: Failed},
		{name: "line end hidden in an encoded word", by: ed, mail: strings.Replace(plainReply, "Ana Silva <", "=?utf-8?q?Ana=0D=0AReply-To=3A_x?= <", 1), part: PartStructure, want: Failed},
		{name: "lines end in two ways", by: ed, after: replace("Yes,", "Yes,\n"), part: PartStructure, want: Failed},
		{name: "another domain than expected", by: ed, ask: func(q *Question) { q.Domain = "big-bank.com" }, part: PartDomain, want: Failed},
		{name: "no domain expected", by: ed, ask: func(q *Question) { q.Domain = "" }, part: PartDomain, want: NotDone},
		{name: "answers another request", by: ed, ask: func(q *Question) { q.Request = "request-8@bonafide-test.org" }, part: PartReply, want: Failed},
		{name: "an old mail sent again", by: ed, mail: strings.Replace(plainReply, arrival.Format("02 Jan 2006"), arrival.AddDate(-1, 0, 0).Format("02 Jan 2006"), 1), part: PartReply, want: Failed},
		{name: "how to read it is not signed", by: ed, sign: func(o *dkim.SignOptions) { o.HeaderKeys = []string{"From", "Subject"} }, part: PartText, want: NotVerifiable, proved: true},
		{name: "HTML only", by: ed, mail: strings.Replace(plainReply, "text/plain", "text/html", 1), part: PartText, want: NotDone, proved: true},
		{name: "SPF", by: ed, after: func(string) string { return plainReply }, ask: func(q *Question) {
			q.Envelope = Envelope{IP: "192.0.2.9", From: "ana.silva@meridian-works.de"}
		}, part: PartAlignment, want: OK, proved: true},
		{name: "SPF of another server", by: ed, after: func(string) string { return plainReply }, ask: func(q *Question) {
			q.Envelope = Envelope{IP: "198.51.100.9", From: "ana.silva@meridian-works.de"}
		}, part: PartSPF, want: Failed},
		{name: "our server saw the key, we did not", by: ed, after: func(s string) string {
			return "Authentication-Results: mx.bonafide-test.org; dkim=pass (good (very)) header.d=meridian-works.de\r\n" + s
		}, ask: func(q *Question) {
			q.Hosts = []string{"mx.bonafide-test.org"}
			delete(q.DNS.TXT, "s1._domainkey.meridian-works.de")
		}, part: PartAlignment, want: OK, proved: true},
		{name: "a server that is not ours says so", by: ed, after: func(s string) string {
			return "Authentication-Results: mx.elsewhere.org; dkim=pass header.d=meridian-works.de\r\n" + s
		}, ask: func(q *Question) {
			q.Hosts = []string{"mx.bonafide-test.org"}
			delete(q.DNS.TXT, "s1._domainkey.meridian-works.de")
		}, part: PartAlignment, want: NotVerifiable},
		{name: "our server said so, the signature is wrong", by: ed, after: func(s string) string {
			return "Authentication-Results: mx.bonafide-test.org; dkim=pass header.d=meridian-works.de\r\n" + strings.Replace(s, "until 2024", "until 2026", 1)
		}, ask: func(q *Question) { q.Hosts = []string{"mx.bonafide-test.org"} }, part: PartAlignment, want: Failed},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := c.mail
			if text == "" {
				text = plainReply
			}
			text = c.by.sign(t, text, c.sign)
			if c.after != nil {
				text = c.after(text)
			}
			q := question(c.by)
			if c.ask != nil {
				c.ask(&q)
			}
			r := Verify([]byte(text), q)
			if r.Part(c.part) != c.want {
				t.Errorf("%s is %s, want %s: %+v", c.part, r.Part(c.part), c.want, r.Parts)
			}
			a, ok := r.Assurance()
			if ok != c.proved {
				t.Errorf("assurance %v, want %v: %+v", ok, c.proved, r.Parts)
			}
			if ok && (a.Issuer != "meridian-works.de" || !slices.Equal(a.Clears, []string{"ref-all-freemail"})) {
				t.Errorf("assurance %+v", a)
			}
			if !ok {
				return
			}
			// A later audit, with nothing but the report's own answers, says the same.
			q.DNS = &r.DNS
			again := Verify([]byte(text), q)
			if !slices.Equal(again.Parts, r.Parts) {
				t.Errorf("with the stored answers: %+v, before %+v", again.Parts, r.Parts)
			}
		})
	}
}

// TestMissing: what is missing is named, so that it can be fetched.
func TestMissing(t *testing.T) {
	ed := edSigner(t)
	q := question(ed)
	q.DNS = nil
	r := Verify([]byte(ed.sign(t, plainReply, nil)), q)
	want := []string{"txt _dmarc.meridian-works.de", "txt s1._domainkey.meridian-works.de"}
	if !slices.Equal(r.Missing, want) {
		t.Errorf("missing %v, want %v", r.Missing, want)
	}
}

// TestText: the plain text of mails of several parts, in several encodings.
func TestText(t *testing.T) {
	for _, c := range []struct{ head, body, want string }{
		{"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n", "Gr=FC=\r\n=DFe\r\n", "Grüße\n"},
		{"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n", "R3LDvMOfZQ==\r\n", "Grüße"},
		{"Content-Type: multipart/alternative; boundary=x\r\n", "--x\r\nContent-Type: text/html\r\n\r\n<b>no</b>\r\n--x\r\nContent-Type: text/plain\r\n\r\nyes\r\n--x--\r\n", "yes"},
		{"Content-Type: multipart/mixed; boundary=x\r\n", "--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnot this\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain\r\n\r\nthis\r\n--y--\r\n--x--\r\n", "this"},
		{"", "turned \u202Eback\x07\r\n", "turned back\n"},
	} {
		m, err := readMessage([]byte("From: a@b.de\r\n" + c.head + "\r\n" + c.body))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := m.text(); err != nil || got != c.want {
			t.Errorf("%q: %q, %v; want %q", c.body, got, err, c.want)
		}
	}
	deep := "From: a@b.de\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n", 10000)
	m, err := readMessage([]byte(deep))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.text(); err == nil {
		t.Error("a mail that never ends was read")
	}
}

// TestRFC8463 is the published message of RFC 8463 appendix A, with both kinds
// of signature.
func TestRFC8463(t *testing.T) {
	text := strings.ReplaceAll(rfc8463, "\n", "\r\n")
	q := Question{At: arrival, DNS: &Answers{TXT: map[string][]string{
		"brisbane._domainkey.football.example.com": {"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="},
		"test._domainkey.football.example.com":     {"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"},
		"_dmarc.football.example.com":              {},
	}}}
	r := Verify([]byte(text), q)
	ok := 0
	for _, s := range r.Signatures {
		if s.State == OK {
			ok++
		} else {
			t.Errorf("%s: %s %s", s.Selector, s.State, s.Detail)
		}
	}
	if ok != 2 {
		t.Errorf("%d signatures of 2 hold", ok)
	}
}

const rfc8463 = `DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
`

func FuzzVerify(f *testing.F) {
	ed := edSigner(f)
	f.Add([]byte(ed.sign(f, plainReply, nil)))
	f.Add([]byte(strings.ReplaceAll(rfc8463, "\n", "\r\n")))
	f.Add([]byte("From: a@b\n\n"))
	f.Add([]byte("Authentication-Results: mx; dkim=pass (((\r\nFrom: =?utf-8?q?=0D=0A?= <a@b.de>\r\nDate: x\r\n\r\n--"))
	q := question(ed)
	q.Hosts = []string{"mx"}
	q.Request = ""
	good := plainReply[strings.Index(plainReply, "\r\n\r\n")+4:]
	f.Fuzz(func(t *testing.T, b []byte) {
		r := Verify(b, q)
		if _, ok := r.Assurance(); ok && r.method == "mail-dkim" && !strings.Contains(strings.ReplaceAll(strings.ReplaceAll(string(b), "\r\n", "\n"), " ", ""), strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(good, "\r\n", "\n"), " ", ""))) {
			t.Fatal("a body that nobody signed was proved")
		}
	})
}
