package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/casework"
	"bonafide/notify"
	"bonafide/prove/chip"
	"bonafide/prove/wallet"
	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// portalWorld is what the portal adds to a house: a clock that can be set ahead,
// an invented state that issues wallets, the letters that went out.
type portalWorld struct {
	ahead  atomic.Int64
	state  *walletsim.Authority
	issuer *walletsim.Signer
	prover *screen.Prover
	mu     sync.Mutex
	sent   []notify.Letter
	out    *notify.Mail // a mail server that letters go through, where a story has one
}

func (w *world) now() time.Time           { return time.Now().Add(time.Duration(w.ahead.Load())) }
func (w *world) later(d time.Duration)    { w.ahead.Add(int64(d)) }
func (w *world) hear(l notify.Letter)     { w.mu.Lock(); w.sent = append(w.sent, l); w.mu.Unlock() }
func (w *world) letters() []notify.Letter { w.mu.Lock(); defer w.mu.Unlock(); return w.sent }

const house = "https://hiring.example" // as wallets know it

func (w *world) portal(t testing.TB) *Portal {
	t.Helper()
	now := w.now()
	var err error
	w.state, err = walletsim.NewAuthority("Utopia PID CA", now.AddDate(-1, 0, 0), now.AddDate(5, 0, 0))
	ok(t, err)
	w.issuer, err = w.state.Issue(walletsim.Leaf{Name: "Utopia PID issuer"})
	ok(t, err)
	access, err := walletsim.NewAuthority("Access CA", now.AddDate(-1, 0, 0), now.AddDate(5, 0, 0))
	ok(t, err)
	v, err := access.Issue(walletsim.Leaf{Name: "Hiring", DNS: []string{"hiring.example"}})
	ok(t, err)
	trust, err := wallet.ReadTrust(strings.NewReader(w.state.PEM()))
	ok(t, err)
	w.prover = &screen.Prover{Keeper: w.keep, Chips: chip.NewTrust(), Wallet: &screen.Wallet{Identity: &wallet.Identity{Chain: v.Chain, Key: v.Key}, Trust: trust, Address: house}}
	w.prover.Try = func(_ context.Context, b []byte) (string, error) { return "", screen.TryChip(b) }
	return &Portal{Prover: w.prover, Tenant: "one", House: house, Name: "Example Systems", Mail: "people@example.org"}
}

// work does all jobs that wait.
func (w *world) work() {
	w.t.Helper()
	post := &casework.Post{Store: w.store, Mail: func(ctx context.Context, _ string, body []byte) error {
		var l notify.Letter
		if err := json.Unmarshal(body, &l); err != nil {
			return err
		}
		w.hear(l)
		if w.out != nil {
			return w.out.Send(ctx, l)
		}
		return nil
	}}
	kinds := append([]string{store.OutboxJob, casework.AgainJob}, screen.JobKinds...)
	for {
		jobs, err := w.store.Claim(ctx, "test", kinds, time.Minute, 50)
		ok(w.t, err)
		if len(jobs) == 0 {
			return
		}
		for _, j := range jobs {
			switch j.Kind {
			case store.OutboxJob:
				err = post.Deliver(ctx, j)
			case casework.AgainJob:
				err = w.desk.SendAgain(ctx, j)
			default:
				err = w.keep.Run(ctx, j)
			}
			ok(w.t, err)
		}
	}
}

// mails are the letters that went out so far.
func (w *world) mails() []notify.Letter { w.work(); return w.letters() }

func (w *world) see(f func(*store.Tx) error) {
	w.t.Helper()
	ok(w.t, w.store.Update(ctx, operator(), func(t *store.Tx) error { t.Did("test.see", "tenant/one", ""); return f(t) }))
}

func (w *world) application(subject string) (a *record.Application) {
	w.t.Helper()
	w.see(func(t *store.Tx) (err error) { a, err = t.Application(subject); return err })
	return a
}

func (w *world) assessment(subject string) (x record.Assessment) {
	w.t.Helper()
	w.see(func(t *store.Tx) error { r, err := t.Result(subject); x = r.Assessment; return err })
	return x
}

func (w *world) result(subject string) (r *record.Result) {
	w.t.Helper()
	w.see(func(t *store.Tx) (err error) { r, err = t.Result(subject); return err })
	return r
}

// tasks are the words of all tasks of a case.
func (w *world) tasks(caseID string) (words string) {
	w.t.Helper()
	w.see(func(t *store.Tx) error {
		all, err := t.Tasks(caseID, "", 100)
		for _, k := range all {
			words += k.Text + "\n"
		}
		return err
	})
	return words
}

func (w *world) cases() (n int) {
	w.t.Helper()
	w.see(func(t *store.Tx) error {
		all, _, err := t.Cases(store.CaseFilter{Limit: 1000})
		n = len(all)
		return err
	})
	return n
}

func (w *world) anyApplication() (a *record.Application) {
	w.t.Helper()
	w.see(func(t *store.Tx) error {
		all, err := t.Subjects("", 100)
		if err != nil {
			return err
		}
		for _, id := range all {
			if a, err = t.Application(id); err != nil || len(a.Emails) > 0 && len(a.Phones) > 0 {
				return err
			}
		}
		return nil
	})
	return a
}

// phone is a telephone with a wallet on it: it opens a link as a wallet does and
// gives the address to go back to, if any.
type phone struct {
	at     string // where the house really is
	wallet *walletsim.Wallet
}

func (p *phone) open(link string, tamper walletsim.Tamper) (back string, status int, err error) {
	u, err := url.Parse(link)
	if err != nil {
		return "", 0, err
	}
	real := func(s string) string { return strings.Replace(s, house, p.at, 1) }
	a, err := http.Get(real(u.Query().Get("request_uri")))
	if err != nil {
		return "", 0, err
	}
	object, err := io.ReadAll(a.Body)
	a.Body.Close()
	if err != nil || a.StatusCode != 200 {
		return "", a.StatusCode, err
	}
	body, err := p.wallet.Answer(string(object), tamper)
	if err != nil {
		return "", 0, err
	}
	if a, err = http.Post(real(u.Query().Get("request_uri")+"/answer"), "application/x-www-form-urlencoded", bytes.NewReader([]byte(body))); err != nil {
		return "", 0, err
	}
	defer a.Body.Close()
	var reply struct {
		Back string `json:"redirect_uri"`
	}
	raw, err := io.ReadAll(a.Body)
	_ = json.Unmarshal(raw, &reply)
	return strings.TrimPrefix(reply.Back, house), a.StatusCode, err
}

var _ = os.Getenv
