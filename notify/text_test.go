package notify

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"bonafide/egress"
	"bonafide/record"
)

// toSimulator sends what is meant for a gateway to a simulator of it.
type toSimulator struct {
	net *egress.Client
	at  string
}

func (s toSimulator) Call(ctx context.Context, c egress.Call) (egress.Reply, error) {
	u, err := url.Parse(c.URL)
	if err != nil {
		return egress.Reply{}, err
	}
	c.URL = s.at + "/" + u.Host + u.Path
	return s.net.Call(ctx, c)
}

// TestGateways: each gateway is asked as its documents say, and its answers are
// read as they say: taken, later, or refused.
func TestGateways(t *testing.T) {
	var got *http.Request
	var body, answer string
	status := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got, body = r, string(b)
		w.WriteHeader(status)
		io.WriteString(w, answer)
	}))
	defer server.Close()
	net := toSimulator{egress.New(egress.Config{Hosts: []string{"127.0.0.1"}, Private: true}, egress.Occasion{Act: "test.ask", By: "test"}, unkept), server.URL}
	text := Text{To: "+49 (0)151 0000 0000", Words: "Your code is 123456.", Until: time.Now().Add(time.Minute)}
	for _, c := range []struct {
		config, path, header, value, body string
		status                            int
		answer                            string
		want                              record.Code
	}{
		{`{"gateway":"http","url":"https://sms.example.org/send","key":"k","from":"House"}`, "/sms.example.org/send", "Authorization", "Bearer k", `{"from":"House","id":"m1","text":"Your code is 123456.","to":"+4915100000000"}`, 202, "", ""},
		{`{"gateway":"http","url":"https://sms.example.org/send"}`, "/sms.example.org/send", "Idempotency-Key", "m1", "", 429, "", record.CodeUnavailable},
		{`{"gateway":"http","url":"https://sms.example.org/send"}`, "/sms.example.org/send", "Authorization", "", "", 400, "the number +4915100000000 is bad", record.CodeRefused},
		{`{"gateway":"twilio","account":"AC1","key":"t","from":"+4930000000"}`, "/api.twilio.com/2010-04-01/Accounts/AC1/Messages.json", "Authorization", "Basic QUMxOnQ=", "Body=Your+code+is+123456.&From=%2B4930000000&To=%2B4915100000000", 201, `{"sid":"SM1","status":"queued"}`, ""},
		{`{"gateway":"twilio","account":"AC1","key":"t","from":"MG7"}`, "/api.twilio.com/2010-04-01/Accounts/AC1/Messages.json", "Content-Type", "application/x-www-form-urlencoded", "Body=Your+code+is+123456.&MessagingServiceSid=MG7&To=%2B4915100000000", 400, `{"code":21211,"message":"Invalid 'To' Phone Number: +4915100000000"}`, record.CodeRefused},
		{`{"gateway":"twilio","account":"AC1","key":"t","from":"MG7"}`, "/api.twilio.com/2010-04-01/Accounts/AC1/Messages.json", "", "", "", 503, ``, record.CodeUnavailable},
		{`{"gateway":"vonage","account":"k1","key":"s1","from":"House"}`, "/rest.nexmo.com/sms/json", "", "", "api_key=k1&api_secret=s1&client-ref=m1&from=House&text=Your+code+is+123456.&to=4915100000000", 200, `{"message-count":"1","messages":[{"status":"0","message-id":"0C"}]}`, ""},
		{`{"gateway":"vonage","account":"k1","key":"s1","from":"House"}`, "/rest.nexmo.com/sms/json", "", "", "", 200, `{"messages":[{"status":"1","error-text":"Throttled"}]}`, record.CodeUnavailable},
		{`{"gateway":"vonage","account":"k1","key":"s1","from":"House"}`, "/rest.nexmo.com/sms/json", "", "", "", 200, `{"messages":[{"status":"7","to":"4915100000000"}]}`, record.CodeRefused},
		{`{"gateway":"vonage","account":"k1","key":"s1","from":"House"}`, "/rest.nexmo.com/sms/json", "", "", "", 200, `<html>`, record.CodeUnavailable},
	} {
		s, err := ReadTexts(strings.NewReader(c.config))
		if err != nil {
			t.Fatal(err)
		}
		s.Net, status, answer = func(egress.Occasion) Caller { return net }, c.status, c.answer
		err = s.Send(context.Background(), egress.Occasion{}, "m1", text)
		if code := record.CodeOf(err); err == nil != (c.want == "") || err != nil && code != c.want {
			t.Errorf("%s %d: %v", c.config, c.status, err)
		}
		if err != nil && (strings.Contains(err.Error(), "151") || strings.Contains(err.Error(), "123456")) {
			t.Errorf("the error tells the number or the code: %v", err)
		}
		if got.URL.Path != c.path || c.header != "" && got.Header.Get(c.header) != c.value || c.body != "" && body != c.body {
			t.Errorf("%s: %s %v %s", c.config, got.URL.Path, got.Header, body)
		}
	}
	s := &Texts{Gateway: "http", URL: "https://x.example", Net: func(on egress.Occasion) Caller {
		return toSimulator{egress.New(egress.Config{Hosts: []string{"other.example"}}, egress.Occasion{Act: "test.ask", By: "test"}, unkept), server.URL}
	}}
	if err := s.Send(context.Background(), egress.Occasion{}, "m1", text); record.CodeOf(err) != record.CodeUnavailable {
		t.Errorf("a host that is not allowed: %v", err)
	}
}

func TestReadTexts(t *testing.T) {
	for _, bad := range []string{``, `{}`, `{"gateway":"pigeon"}`, `{"gateway":"twilio","key":"x"}`, `{"gateway":"http","url":"http://x.example"}`, `{"gateway":"http","url":"https://u@x.example"}`,
		`{"gateway":"http","url":"https://x.example","prefixes":["49"]}`, `{"gateway":"http","url":"https://x.example","extra":1}`} {
		if _, err := ReadTexts(strings.NewReader(bad)); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
	s, err := ReadTexts(strings.NewReader(`{"gateway":"http","url":"https://x.example","prefixes":["+49"]}`))
	if err != nil || s.Host() != "x.example" || !s.Takes("0049 151 0000000") || s.Takes("+351 910 000 000") || s.Takes("0151 0000000") {
		t.Errorf("%+v %v", s, err)
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"+49 (0)151 0000 0000", "00351910000000", "0", "+", "+(0)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := Number(s)
		if ok && (len(n) < 8 || len(n) > 16 || strings.Trim(n[1:], "0123456789") != "" || n[0] != '+') {
			t.Fatalf("%q is %q", s, n)
		}
	})
}

// unkept forgets look-ups: what is tested here is another thing.
func unkept(egress.Occasion, egress.Lookup) error { return nil }
