package api

import (
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// TestMail: the answer of a referee is taken for the request that it names, by a
// key of the same tenant only; nothing about others is told.
func TestMail(t *testing.T) {
	w := newWorld(t)
	everyone, stranger := w.person("one", record.StaffRoles[:]...), w.person("two", record.StaffRoles[:]...)
	a := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("m1", "Nora Muster"), everyone), 202)
	word := strings.Repeat("b", 52)
	hash := sha256.Sum256([]byte(word))
	data, err := json.Marshal(store.RefereeAsked{Domain: "meridian-works.example", From: "directory", Where: "register"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.store.Update(t.Context(), record.Machine("one"), func(x *store.Tx) error {
		x.Did("referee.ask", "subject/"+a.Subject, "")
		return x.AddToken(hash[:], store.Token{Purpose: store.PurposeReferee, Object: "subject/" + a.Subject, Subject: a.Subject, Expires: x.Now().Add(time.Hour), Data: data})
	}); err != nil {
		t.Fatal(err)
	}
	mail := []byte("From: Bea <bea@meridian-works.example>\r\nTo: people@example.org\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\nIn-Reply-To: <ref-" + word + "@hiring.example>\r\nContent-Type: text/plain\r\n\r\nYes.\r\n")
	h := map[string]string{"Content-Type": "message/rfc822"}
	if r := w.ask("POST", "/v1/mails", mail, stranger, h); r.status != 404 {
		t.Errorf("another tenant: %d %s", r.status, r.body)
	}
	if r := w.ask("POST", "/v1/mails", []byte("From: x@y\r\n\r\nhello"), everyone, h); r.status != 404 {
		t.Errorf("a mail that answers nothing: %d %s", r.status, r.body)
	}
	if got := want[MailTaken](t, w.ask("POST", "/v1/mails?ip=192.0.2.7&helo=mx", mail, everyone, h), 202); got.Subject != a.Subject {
		t.Errorf("%+v", got)
	}
}
