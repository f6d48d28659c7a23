package notify

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/egress"
	"bonafide/record"
)

// Text is one text message to one telephone.
type Text struct {
	To    string    `json:"to"` // E.164, with its +
	Words string    `json:"words"`
	Until time.Time `json:"until"` // after which it is worth nothing, and is not sent
}

// Caller is whoever asks the network: egress.Client, and nothing else in the house.
type Caller interface {
	Call(ctx context.Context, c egress.Call) (egress.Reply, error)
}

// Texts hands text messages to one gateway.
type Texts struct {
	Gateway  string   `json:"gateway"` // http, twilio, vonage
	Account  string   `json:"account"` // twilio: account SID; vonage: API key
	Key      string   `json:"key"`     // twilio: auth token; vonage: API secret; http: bearer
	From     string   `json:"from"`    // number or name it comes from; twilio: also a messaging service, MG…
	URL      string   `json:"url"`     // of the http gateway
	Prefixes []string `json:"prefixes"`
	// Net opens the network for one message.
	Net func(egress.Occasion) Caller `json:"-"`
}

// gateway turns a message into a request, and an answer into what became of it.
type gateway struct {
	name  string
	needs func(*Texts) bool
	at    func(*Texts) string
	ask   func(s *Texts, t Text, id string) (http.Header, []byte)
	// took reads an answer; again says that it may be taken later.
	took func(r egress.Reply) (ok, again bool)
}

func form(v url.Values) (http.Header, []byte) {
	return http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, []byte(v.Encode())
}

// byStatus is how most gateways answer.
func byStatus(r egress.Reply) (ok, again bool) {
	return r.Status/100 == 2, r.Status == http.StatusTooManyRequests || r.Status >= 500
}

var gateways = []gateway{
	// The house's own way, for every gateway without a name here: JSON in, any 2xx out.
	{"http", func(s *Texts) bool { return s.URL != "" }, func(s *Texts) string { return s.URL },
		func(s *Texts, t Text, id string) (http.Header, []byte) {
			b, err := json.Marshal(map[string]string{"to": t.To, "from": s.From, "text": t.Words, "id": id}, json.Deterministic(true))
			if err != nil {
				b = []byte("{}")
			}
			h := http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {id}}
			if s.Key != "" {
				h.Set("Authorization", "Bearer "+s.Key)
			}
			return h, b
		}, byStatus},
	// twilio.com/docs/messaging/api/message-resource: 201, else an error with a code.
	{"twilio", func(s *Texts) bool { return s.Account != "" && s.Key != "" && s.From != "" },
		func(s *Texts) string {
			return "https://api.twilio.com/2010-04-01/Accounts/" + url.PathEscape(s.Account) + "/Messages.json"
		},
		func(s *Texts, t Text, _ string) (http.Header, []byte) {
			v := url.Values{"To": {t.To}, "Body": {t.Words}}
			if strings.HasPrefix(s.From, "MG") {
				v.Set("MessagingServiceSid", s.From)
			} else {
				v.Set("From", s.From)
			}
			h, b := form(v)
			h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(s.Account+":"+s.Key)))
			return h, b
		}, byStatus},
	// developer.vonage.com/en/api/sms: 200 always, and a status for each part.
	{"vonage", func(s *Texts) bool { return s.Account != "" && s.Key != "" && s.From != "" },
		func(*Texts) string { return "https://rest.nexmo.com/sms/json" },
		func(s *Texts, t Text, id string) (http.Header, []byte) {
			v := url.Values{"api_key": {s.Account}, "api_secret": {s.Key}, "to": {strings.TrimPrefix(t.To, "+")}, "from": {s.From}, "text": {t.Words}, "client-ref": {id}}
			if strings.ContainsFunc(t.Words, func(r rune) bool { return r > 0x7f }) {
				v.Set("type", "unicode")
			}
			return form(v)
		},
		func(r egress.Reply) (ok, again bool) {
			if ok, again = byStatus(r); !ok {
				return ok, again
			}
			var out struct {
				Messages []struct {
					Status string `json:"status"`
				} `json:"messages"`
			}
			if json.Unmarshal(r.Body, &out) != nil || len(out.Messages) == 0 {
				return false, true
			}
			for _, m := range out.Messages {
				if m.Status != "0" {
					return false, m.Status == "1" || m.Status == "5" // throttled, their own trouble
				}
			}
			return true, false
		}},
}

// ReadTexts reads how a gateway is reached, strictly:
//
//	{"gateway": "twilio", "account": "AC…", "key": "…", "from": "+49…", "prefixes": ["+49", "+351"]}
//	{"gateway": "vonage", "account": "…", "key": "…", "from": "Example"}
//	{"gateway": "http", "url": "https://sms.example.org/send", "key": "…", "from": "Example"}
//
// prefixes are the countries whose numbers are written to; all when left out.
func ReadTexts(from io.Reader) (*Texts, error) {
	s := &Texts{}
	b, err := io.ReadAll(io.LimitReader(from, 1<<16))
	if err != nil || json.Unmarshal(b, s, json.RejectUnknownMembers(true)) != nil {
		return nil, record.Invalid("gateway", "is not JSON with gateway, account, key, from, url and prefixes")
	}
	g := s.gateway()
	if g == nil || !g.needs(s) {
		return nil, record.Invalid("gateway", "is twilio or vonage with account, key and from, or http with url")
	}
	for _, p := range s.Prefixes {
		if _, ok := Number(p + "0000000"); !ok {
			return nil, record.Invalid("prefixes", "begin with + and the code of a country, such as +49")
		}
	}
	if u, err := url.Parse(g.at(s)); err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, record.Invalid("url", "is an https address")
	}
	return s, nil
}

func (s *Texts) gateway() *gateway {
	if at := slices.IndexFunc(gateways, func(g gateway) bool { return g.name == s.Gateway }); at >= 0 {
		return &gateways[at]
	}
	return nil
}

// Host is the one host that the network must be open for.
func (s *Texts) Host() string {
	u, err := url.Parse(s.gateway().at(s))
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Number writes a telephone number as gateways want it (E.164); false when it has
// no code of a country, which nobody should guess.
func Number(s string) (string, bool) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.Replace(s, "(0)", "", 1))
	s = strings.TrimSpace(s)
	switch {
	case strings.HasPrefix(s, "+"):
	case strings.HasPrefix(s, "00"):
		digits = digits[2:]
	default:
		return "", false
	}
	return "+" + digits, len(digits) >= 7 && len(digits) <= 15 && digits[0] != '0'
}

// Takes reports whether a number would be written to.
func (s *Texts) Takes(number string) bool {
	n, ok := Number(number)
	return ok && (len(s.Prefixes) == 0 || slices.ContainsFunc(s.Prefixes, func(p string) bool { return strings.HasPrefix(n, p) }))
}

// Send hands one message over; id is the same when it is tried again. Errors hold
// neither the number nor the words, nor what the gateway said of them.
func (s *Texts) Send(ctx context.Context, on egress.Occasion, id string, t Text) error {
	n, ok := Number(t.To)
	if !ok || !s.Takes(n) || len(t.Words) > 1000 {
		return record.Invalid("text", "its number is not one that is written to")
	}
	t.To = n
	g := s.gateway()
	header, body := g.ask(s, t, id)
	r, err := s.Net(on).Call(ctx, egress.Call{Method: http.MethodPost, URL: g.at(s), Header: header, Body: body, MaxBytes: 64 << 10})
	if err != nil {
		return &record.Error{Code: record.CodeUnavailable, Where: "text", Message: "the gateway was not reached"}
	}
	switch took, again := g.took(r); {
	case took:
		return nil
	case again:
		return &record.Error{Code: record.CodeUnavailable, Where: "text", Message: "the gateway does not take it now"}
	}
	return &record.Error{Code: record.CodeRefused, Where: "text", Message: "the gateway refused it"}
}
