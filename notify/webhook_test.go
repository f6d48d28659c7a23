package notify

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bonafide/record"
)

// TestSign: the published example of the Standard Webhooks specification and of
// its reference libraries.
func TestSign(t *testing.T) {
	got, err := Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("%s %v, not %s", got, err, want)
	}
	for _, bad := range []string{"", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!"} {
		if _, err := Sign(bad, "m", time.Unix(0, 0), nil); err == nil {
			t.Errorf("a message is signed with %q", bad)
		}
	}
}

// TestSend: what arrives verifies, 410 ends it, other answers are tried again.
func TestSend(t *testing.T) {
	secret := "whsec_" + base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef"))
	status := 204
	var body, id, at, signature string
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		body, id, at, signature = string(b), r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp"), r.Header.Get("webhook-signature")
		w.WriteHeader(status)
	}))
	defer receiver.Close()
	s := NewWebhooks(receiver.Client())
	s.now = func() time.Time { return time.Unix(1700000000, 0) }
	to := record.Subscription{URL: receiver.URL, Secret: secret}
	gone, err := s.Send(context.Background(), to, "m1", []byte(`{"type":"case.changed"}`))
	want, _ := Sign(secret, "m1", time.Unix(1700000000, 0), []byte(body))
	if gone || err != nil || id != "m1" || at != "1700000000" || signature != want || !strings.Contains(body, "case.changed") {
		t.Errorf("gone %v, %v: %s %s %s", gone, err, id, at, signature)
	}
	status = 410
	if gone, err := s.Send(context.Background(), to, "m1", nil); !gone || err != nil {
		t.Errorf("410: %v %v", gone, err)
	}
	for _, status = range []int{301, 400, 500} {
		if gone, err := s.Send(context.Background(), to, "m1", nil); gone || record.CodeOf(err) != record.CodeUnavailable {
			t.Errorf("%d: %v %v", status, gone, err)
		}
	}
}

// TestGuard: by default nothing inside a house is spoken to, whatever it is called.
func TestGuard(t *testing.T) {
	reached := false
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer inside.Close()
	secret := "whsec_" + base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef"))
	port := inside.URL[strings.LastIndexByte(inside.URL, ':'):]
	for _, url := range []string{inside.URL, "https://localhost" + port, "https://[::1]" + port, "https://127.0.0.1", "https://169.254.169.254", "https://[::ffff:10.0.0.1]", "https://0x7f000001" + port} {
		if _, err := NewWebhooks(nil).Send(context.Background(), record.Subscription{URL: url, Secret: secret}, "m", nil); err == nil {
			t.Errorf("%s was spoken to", url)
		}
	}
	if reached {
		t.Error("a message arrived inside")
	}
}
