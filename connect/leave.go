package connect

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/egress"
	"bonafide/record"
)

// Leaver is whose access ends, by the ids of one system.
type Leaver struct {
	ID           string
	Login        string
	Organisation string
}

// Step is one request that ends an access.
type Step struct {
	Text string
	Ask  Ask
	// Done are the statuses that mean that it is ended, or was already.
	Done []int
	// Gone is a request that shows that it is ended; nil where there is none.
	Gone *Ask
}

// Lever ends accesses in one system. One more is one value and one line.
type Lever struct {
	Name, Title, Base, Needs string
	Proven                   string // what this was tried with
	Who                      string // what ID is in this system, for who fills it in
	SignIn                   func(a *Account, h http.Header)
	Token                    func(a *Account, now time.Time) *Ask
	// Find asks for the id of a login; nil where the login will do for one.
	Find func(login string) Ask
	// There asks whether there is such an account at all: what never was there
	// looks ended and is not. It is asked once, before the first step.
	There func(l Leaver) *Ask
	Steps func(l Leaver) []Step
}

// Signed is who ordered it: two people, of whom neither is the leaver.
type Signed struct{ By, Second string }

// PlanLeave is the dry run: every request, in order, and none sent. Where the id
// has to be asked for first, that request comes first and the others hold {id}.
func PlanLeave(lever string, l Leaver) ([]Step, error) {
	p, ok := FindLever(lever)
	if !ok {
		return nil, &record.Error{Code: record.CodeNotFound, Message: "no such system to end an access in"}
	}
	if err := l.check(p); err != nil {
		return nil, err
	}
	var all []Step
	if l.ID == "" {
		if p.Find == nil {
			l.ID = l.Login
		} else {
			all = append(all, Step{Text: "ask for the id", Ask: p.Find(l.Login)})
			l.ID = "{id}"
		}
	}
	for _, s := range p.Steps(l) {
		s.Ask.Path = strings.ReplaceAll(s.Ask.Path, "%7Bid%7D", "{id}")
		all = append(all, s)
	}
	return all, nil
}

func (l Leaver) check(p *Lever) error {
	switch {
	case p.Name == "github" && (l.Login == "" && l.ID == "" || l.Organisation == ""):
		return record.Invalid("leaver", "GitHub needs a login and an organisation")
	case l.ID == "" && l.Login == "":
		return record.Invalid("leaver", "has no id in this system")
	}
	for _, s := range []string{l.ID, l.Login, l.Organisation} {
		if len(s) > longestEventID || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return record.Invalid("leaver", "an id that is longer than 200 bytes or holds control characters")
		}
	}
	return nil
}

// Hosts are what an allow-list must hold to end an access with this account.
func (p *Lever) Hosts(a Account) []string { return hosts(p.api(), a) }

func (p *Lever) api() *ATS {
	return &ATS{Name: p.Name, Title: p.Title, Base: p.Base, Needs: p.Needs, EachSecond: 20, SignIn: p.SignIn, Token: p.Token}
}

// Proof is what is kept after a step: that it was ordered, and what came back.
type Proof struct {
	Step    string    `json:"step"`
	At      time.Time `json:"at"` // for After to fill in: it has the clock
	Status  int       `json:"status"`
	SHA256  string    `json:"sha256"` // of the answer
	Ended   bool      `json:"ended"`
	Checked bool      `json:"checked"` // asked again afterwards, and ended it is
}

// Run is one leaving in one system, on its way.
type Run struct {
	Lever  string
	Leaver Leaver
	Signed Signed
	Net    Caller
	// Begun: an earlier run came as far as sending; what is not there any more
	// was then ended by it.
	Begun bool
	// Before hears of each step before it is sent and says whether it was proved
	// ended already; After hears its proof. An error of either ends the run.
	Before func(Step) (done bool, err error)
	After  func(Proof) error
}

// Leave does a plan. Done again it does no harm: what is ended already is ended.
func Leave(ctx context.Context, a Account, run Run) error {
	p, ok := FindLever(run.Lever)
	if !ok {
		return &record.Error{Code: record.CodeNotFound, Message: "no such system to end an access in"}
	}
	l := run.Leaver
	if err := l.check(p); err != nil {
		return err
	}
	if by := run.Signed; by.By == "" || by.Second == "" || by.By == by.Second {
		return refused("an access is ended when two people signed it")
	}
	s, err := open(p.api(), a, run.Net)
	if err != nil {
		return err
	}
	s.once = true
	ask := func(x Ask) (egress.Reply, error) {
		r, err := s.Do(ctx, x)
		if r.Status != 0 && record.CodeOf(err) != record.CodeRefused {
			return r, nil // what a status means is the step's to say
		}
		return r, err
	}
	if l.ID == "" {
		if l.ID = l.Login; p.Find != nil {
			r, err := ask(p.Find(l.Login))
			if err != nil {
				return err
			}
			if l.ID, err = onlyUser(p.Name, r); err != nil {
				return err
			}
		}
	}
	if p.There != nil && !run.Begun {
		r, err := ask(*p.There(l))
		switch {
		case err != nil:
			return err
		case r.Status == http.StatusNotFound || r.Status == http.StatusGone:
			return record.Invalid(p.Name, "nobody is there under this id: nothing was ended; look at the id")
		case r.Status != http.StatusOK:
			return unended(p, r)
		}
	}
	for _, step := range p.Steps(l) {
		if done, err := run.Before(step); err != nil {
			return err
		} else if done {
			continue
		}
		r, err := ask(step.Ask)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(r.Body)
		proof := Proof{Step: step.Text, Status: r.Status, SHA256: hex.EncodeToString(sum[:]), Ended: slices.Contains(step.Done, r.Status)}
		if step.Gone != nil && proof.Ended {
			again, err := ask(*step.Gone)
			proof.Checked = err == nil && isGone(again)
			proof.Ended = proof.Checked
		}
		if err := run.After(proof); err != nil {
			return err
		}
		if !proof.Ended {
			return unended(p, r)
		}
	}
	return nil
}

func unended(p *Lever, r egress.Reply) error {
	return &record.Error{Code: record.CodeUnavailable, Where: p.Name, Message: "the access is not ended: status " + strconv.Itoa(r.Status) + "; do it by hand and note it"}
}

// onlyUser is the id of the one user that an answer names. With several nobody
// is taken for the leaver.
func onlyUser(system string, r egress.Reply) (string, error) {
	if r.Status != http.StatusOK {
		return "", &record.Error{Code: record.CodeUnavailable, Where: system, Message: "does not say whose the name is: status " + strconv.Itoa(r.Status)}
	}
	var list struct {
		Resources []struct {
			ID string `json:"id"`
		} `json:"Resources"`
	}
	if json.Unmarshal(r.Body, &list) != nil {
		return "", record.Invalid(system, "the answer is no list of users")
	}
	switch {
	case len(list.Resources) == 0:
		return "", record.Invalid(system, "nobody is there under this name: nothing was ended; look at the name")
	case len(list.Resources) > 1 || list.Resources[0].ID == "":
		return "", record.Invalid(system, "several have this name: nothing was ended; give the id")
	}
	return list.Resources[0].ID, nil
}

// isGone reads the answer to a question after an account: not there, or not active.
func isGone(r egress.Reply) bool {
	if r.Status == http.StatusNotFound || r.Status == http.StatusGone {
		return true
	}
	t, err := from("", r.Body)
	if err != nil || r.Status != http.StatusOK {
		return false
	}
	switch {
	case t.has("active"):
		return t.text("active") == "false" || t.text("active") == "False"
	case t.has("accountEnabled"):
		return t.text("accountEnabled") == "false"
	}
	switch t.text("status") {
	case "SUSPENDED", "DEPROVISIONED":
		return true
	}
	return false
}

// Address is where the requests of an account go, for people to read.
func (p *Lever) Address(a Account) string { return (&Session{System: p.api(), Account: a}).base() }
