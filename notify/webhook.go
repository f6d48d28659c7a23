// Package notify sends messages out: webhooks as Standard Webhooks has them, the
// same shaped for chats (Slack, Teams), letters. It never decides whom to tell or what (casework does), keeps nothing,
// and never sends a personal value. One more way out is one more file.
package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"

	"bonafide/egress"
	"bonafide/record"
)

// Webhooks sends signed messages to addresses outside the house.
type Webhooks struct {
	client *http.Client
	now    func() time.Time
	Desk   string // under which people reach the house: for a link in a chat
}

// NewWebhooks makes a sender. client nil: one that connects only to public
// addresses, follows nobody elsewhere and gives up after 20 seconds.
func NewWebhooks(client *http.Client) *Webhooks {
	if client == nil {
		client = guarded()
	}
	return &Webhooks{client: client, now: time.Now}
}

func guarded() *http.Client {
	d := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		// Here the name is resolved: what is connected to is what was checked.
		at, err := netip.ParseAddrPort(address)
		if err != nil || !egress.Public(at.Addr()) || at.Port() != 443 {
			return &record.Error{Code: record.CodeRefused, Where: "webhook", Message: "the address is inside a house, or not on port 443"}
		}
		return nil
	}}
	return &http.Client{
		Timeout:       20 * time.Second,
		Transport:     &http.Transport{DialContext: d.DialContext, ForceAttemptHTTP2: true, MaxIdleConns: 16, IdleConnTimeout: 30 * time.Second, ResponseHeaderTimeout: 15 * time.Second, MaxResponseHeaderBytes: 16 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Sign is the webhook-signature of a message: HMAC-SHA256 under the base64 part
// of the secret, over id.seconds.body (Standard Webhooks 1.0).
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) < 24 || len(key) > 64 {
		return "", record.Invalid("webhook", "its secret cannot be used")
	}
	m := hmac.New(sha256.New, key)
	io.WriteString(m, id+"."+strconv.FormatInt(at.Unix(), 10)+".")
	m.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil)), nil
}

// Send delivers one message. id is the receiver's idempotency key and stays the
// same for every attempt. gone says that the receiver wants no more (410).
func (w *Webhooks) Send(ctx context.Context, s record.Subscription, id string, body []byte) (gone bool, err error) {
	at := w.now()
	if shaped := chatOf(s.URL, w.Desk, body); shaped != nil {
		body = shaped
	}
	signature, err := Sign(s.Secret, id, at, body)
	if err != nil {
		return false, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, bytes.NewReader(body))
	if err != nil {
		return false, record.Invalid("webhook", "its address cannot be used")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "bonafide")
	r.Header.Set("webhook-id", id)
	r.Header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("webhook-signature", signature)
	answer, err := w.client.Do(r)
	if err != nil {
		return false, &record.Error{Code: record.CodeUnavailable, Where: "webhook", Message: "the receiver does not answer"}
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	switch {
	case answer.StatusCode >= 200 && answer.StatusCode < 300:
		return false, nil
	case answer.StatusCode == http.StatusGone:
		return true, nil
	}
	return false, &record.Error{Code: record.CodeUnavailable, Where: "webhook", Message: "the receiver answers " + strconv.Itoa(answer.StatusCode)}
}
