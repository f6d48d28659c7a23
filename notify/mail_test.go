package notify

import (
	"context"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"bonafide/record"
)

// What stands in a letter never becomes another field of its head, and no address
// becomes two.
func TestLetter(t *testing.T) {
	m := &Mail{From: "people@hiring.example", Name: "Beispiel & Söhne\r\nBcc: x@y.example"}
	raw := string(m.write(Letter{Subject: "Hello\r\nBcc: all@example.org", Text: "one\n.\ntwo äöü", ID: "1@hiring.example"}, "a@b.example", time.Unix(1<<30, 0)))
	head, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if head.Header.Get("Bcc") != "" || head.Header.Get("To") != "<a@b.example>" || head.Header.Get("Message-Id") != "<1@hiring.example>" {
		t.Errorf("%v", head.Header)
	}
	for _, bad := range []Letter{{To: "a@b.example\r\nBcc: x@y", ID: "1@h"}, {To: "", ID: "1@h"}, {To: "a@b.example", ID: "1@h>\r\nX: y"}, {To: "A <a@b.example>, b@c.example", ID: "1@h"}} {
		if err := m.Send(context.Background(), bad); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if err := (&Mail{Server: "127.0.0.1:1", From: "a@b.example"}).Send(context.Background(), Letter{To: "a@b.example", ID: "1@h"}); record.CodeOf(err) != record.CodeUnavailable {
		t.Errorf("a server that is away: %v", err)
	}
}
