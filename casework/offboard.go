package casework

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// Off-boarding is an inventory of what somebody can still get at, the moment at
// which all of it is cut, who confirmed each cut by what proof, and what was used
// afterwards. It says what is open and stops no pay. It cuts nothing by itself:
// two people may order that a connector does (order.go).
// All of it is kept as events of the subject, like a playbook's steps.
const offboardSource = "offboard"

// AccessKinds of an inventory.
var AccessKinds = []string{"account", "session", "token", "key", "device", "repository", "registry", "signer", "grant", "vpn", "chat", "pipeline", "cloud", "secret", "other"}

const (
	mostAccess   = 500
	longestProof = 300
	// clockSkew is how far the clocks of two systems may differ before a use
	// counts as after the cut.
	clockSkew = 2 * time.Minute
)

type offboardEvent struct {
	Op    string              `json:"op"` // items, cut, confirm, seen
	N     int                 `json:"n"`
	By    string              `json:"by"`
	Items []record.Credential `json:"items,omitempty"`
	Item  int                 `json:"item,omitempty"`
	At    time.Time           `json:"at,omitzero"`
	Words string              `json:"words,omitempty"` // the proof, or where the use was seen
	Order *orderEvent         `json:"order,omitempty"` // of an access that is ended by a connector
}

// Access is one way in, as it stands.
type Access struct {
	N                  int    `json:"n"` // from 1, in the order of the inventory
	Kind, System, Name string `json:"-"`
	Revoked            time.Time
	Proof, By          string
	LastUse            time.Time
	Seen               string
}

// The states of a way in.
const (
	AccessOpen   = "open"   // no proof that it was cut
	AccessClosed = "closed" // cut with proof
	AccessLate   = "late"   // cut with proof, more than two minutes after the moment that was set
	AccessAlive  = "alive"  // used after it was cut: the cut does not hold
)

// State of a way in, given the moment of the cut.
func (a Access) State(cut time.Time) string {
	switch {
	case a.Revoked.IsZero():
		return AccessOpen
	case a.LastUse.After(a.Revoked.Add(clockSkew)):
		return AccessAlive
	case !cut.IsZero() && a.Revoked.After(cut.Add(clockSkew)):
		return AccessLate
	}
	return AccessClosed
}

// OpenFor is how long it stayed open after the cut was due, to now at most.
func (a Access) OpenFor(cut, now time.Time) time.Duration {
	if cut.IsZero() || now.Before(cut) {
		return 0
	}
	end := now
	if s := a.State(cut); s == AccessClosed || s == AccessLate {
		end = a.Revoked
	}
	return max(0, end.Sub(cut))
}

// Minute is how many ways in were open from a minute after the cut on.
type Minute struct{ Minute, Open int }

// Offboarding is the run sheet of a case.
type Offboarding struct {
	Cut    time.Time
	SetBy  string
	Access []Access
	Orders []Order
	events int
}

// Mark is the state of the run sheet: every step changes it.
func (o *Offboarding) Mark() string { return strconv.Itoa(o.events) }

// Open is how many ways in are not known to be closed.
func (o *Offboarding) Open() (n int) {
	for _, a := range o.Access {
		if s := a.State(o.Cut); s == AccessOpen || s == AccessAlive {
			n++
		}
	}
	return n
}

// Minutes says minute by minute after the cut how many ways in were open; only
// minutes in which that changed. A way in that was used after its cut is open
// throughout: nobody knows when it was not.
func (o *Offboarding) Minutes(now time.Time) []Minute {
	if o.Cut.IsZero() || now.Before(o.Cut) {
		return nil
	}
	ends := map[int]int{}
	open := len(o.Access)
	for _, a := range o.Access {
		if s := a.State(o.Cut); s == AccessClosed || s == AccessLate {
			ends[int((max(0, a.Revoked.Sub(o.Cut))+time.Minute-1)/time.Minute)]++
		}
	}
	all := []Minute{{0, open - ends[0]}}
	open -= ends[0]
	delete(ends, 0)
	minutes := make([]int, 0, len(ends))
	for m := range ends {
		minutes = append(minutes, m)
	}
	slices.Sort(minutes)
	for _, m := range minutes {
		open -= ends[m]
		all = append(all, Minute{m, open})
	}
	return all
}

// ParseInventory reads lines of kind,system,name as a spreadsheet writes them.
func ParseInventory(r io.Reader) (all []record.Credential, err error) {
	c := csv.NewReader(io.LimitReader(r, 256<<10))
	c.FieldsPerRecord, c.TrimLeadingSpace = 3, true
	for line := 1; ; line++ {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		where := fmt.Sprintf("inventory:%d", line)
		if err != nil {
			return nil, record.Invalid(where, "is not kind,system,name")
		}
		x := record.Credential{Kind: strings.ToLower(strings.TrimSpace(row[0])), System: strings.TrimSpace(row[1]), Name: strings.TrimSpace(row[2])}
		if line == 1 && x.Kind == "kind" {
			continue
		}
		if err := checkAccess(where, x); err != nil {
			return nil, err
		}
		if all = append(all, x); len(all) > mostAccess {
			return nil, record.Invalid(where, "more than 500")
		}
	}
	if len(all) == 0 {
		return nil, record.Invalid("inventory", "is empty: one line each, kind,system,name")
	}
	return all, nil
}

func checkAccess(where string, x record.Credential) error {
	switch {
	case !slices.Contains(AccessKinds, x.Kind):
		return record.Invalid(where, "kind is one of "+strings.Join(AccessKinds, ", "))
	case x.System == "" || len(x.System) > longestProof || len(x.Name) > longestProof:
		return record.Invalid(where, "names a system, in 300 bytes at most")
	}
	return nil
}

// Offboarding reads the run sheet of a case; reading leaves an entry.
func (d *Desk) Offboarding(ctx context.Context, who record.Actor, caseID string) (out Offboarding, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := sheetCase(t, caseID, "offboarding.read")
		if err != nil {
			return err
		}
		if out, err = offboarding(t, &c); err != nil {
			return err
		}
		t.Did("offboarding.read", "case/"+c.ID, c.ID, "inventory")
		return out.jobs(t)
	})
	return out, err
}

// AddAccess puts ways in on the inventory. One that stands there is not added again.
func (d *Desk) AddAccess(ctx context.Context, who record.Actor, caseID string, items []record.Credential) (Offboarding, error) {
	return d.offboard(ctx, who, caseID, "offboarding.inventory", func(o *Offboarding, now time.Time) (offboardEvent, error) {
		e := offboardEvent{Op: "items"}
		have := map[[3]string]bool{}
		for _, a := range o.Access {
			have[[3]string{a.Kind, a.System, a.Name}] = true
		}
		for _, x := range items {
			if err := checkAccess("inventory", x); err != nil {
				return e, err
			}
			if key := [3]string{x.Kind, x.System, x.Name}; !have[key] {
				have[key] = true
				e.Items = append(e.Items, record.Credential{Kind: x.Kind, System: x.System, Name: x.Name})
			}
		}
		if len(e.Items) == 0 {
			return e, &record.Error{Code: record.CodeConflict, Where: "inventory", Message: "all of it stands on the inventory already"}
		}
		if len(o.Access)+len(e.Items) > mostAccess {
			return e, record.Invalid("inventory", "more than 500")
		}
		return e, nil
	})
}

// SetCut sets the one moment at which everything is cut. It may be moved until it has come.
func (d *Desk) SetCut(ctx context.Context, who record.Actor, caseID string, at time.Time) (Offboarding, error) {
	return d.ordering(ctx, who, caseID, "offboarding.cut", staffCase, func(t *store.Tx, c *record.Case, o *Offboarding) (offboardEvent, error) {
		now := t.Now()
		switch {
		case len(o.Access) == 0:
			return offboardEvent{}, &record.Error{Code: record.CodeConflict, Where: "cut", Message: "first the inventory: what is not on it stays open"}
		case !o.Cut.IsZero() && !now.Before(o.Cut):
			return offboardEvent{}, &record.Error{Code: record.CodeConflict, Where: "cut", Message: "the moment has passed; it is not moved afterwards"}
		case at.IsZero() || at.After(now.AddDate(1, 0, 0)) || at.Before(now.AddDate(-1, 0, 0)):
			return offboardEvent{}, record.Invalid("cut", "is no time within a year")
		}
		o.Cut = at.UTC()
		for i := range o.Orders {
			if o.Orders[i].State != OrderSigned {
				continue
			}
			if _, err := addOrderJob(t, c, o, o.Orders[i].N); err != nil {
				return offboardEvent{}, err
			}
		}
		return offboardEvent{Op: "cut", At: at.UTC()}, nil
	})
}

// ConfirmCut records that a way in was cut, when, and what proves it.
func (d *Desk) ConfirmCut(ctx context.Context, who record.Actor, caseID string, n int, at time.Time, proof string) (Offboarding, error) {
	return d.onAccess(ctx, who, caseID, "offboarding.confirm", "confirm", n, at, proof)
}

// SawUse records that a way in was used. After its cut that says that it is alive.
func (d *Desk) SawUse(ctx context.Context, who record.Actor, caseID string, n int, at time.Time, where string) (Offboarding, error) {
	return d.onAccess(ctx, who, caseID, "offboarding.seen", "seen", n, at, where)
}

func (d *Desk) onAccess(ctx context.Context, who record.Actor, caseID, act, op string, n int, at time.Time, words string) (Offboarding, error) {
	words = strings.TrimSpace(words)
	return d.offboard(ctx, who, caseID, act, func(o *Offboarding, now time.Time) (offboardEvent, error) {
		switch {
		case n < 1 || n > len(o.Access):
			return offboardEvent{}, &record.Error{Code: record.CodeNotFound, Where: "item", Message: "the inventory has none of this number"}
		case words == "" || len(words) > longestProof:
			return offboardEvent{}, record.Invalid("words", "say what shows it, in 300 bytes at most")
		case at.IsZero() || at.After(now.Add(clockSkew)):
			return offboardEvent{}, record.Invalid("at", "is no time that has come")
		}
		return offboardEvent{Op: op, Item: n, At: at.UTC(), Words: words}, nil
	})
}

func (d *Desk) offboard(ctx context.Context, who record.Actor, caseID, act string, change func(*Offboarding, time.Time) (offboardEvent, error)) (out Offboarding, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, act)
		if err != nil {
			return err
		}
		if out, err = offboarding(t, &c); err != nil {
			return err
		}
		if err := asRead(t, out.Mark()); err != nil {
			return err
		}
		e, err := change(&out, t.Now())
		if err != nil {
			return err
		}
		return out.keep(t, &c, act, &e)
	})
	return out, err
}

// keep stores the next step of a run sheet.
func (o *Offboarding) keep(t *store.Tx, c *record.Case, act string, e *offboardEvent) error {
	e.N, e.By = o.events, t.Actor().ID
	b, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, again, err := t.SaveEvent(store.Event{Source: offboardSource, Key: fmt.Sprintf("%s/%d", c.ID, e.N), Subject: c.Subject, Kind: act, At: t.Now(), Body: b})
	if err != nil {
		return err
	}
	if again {
		return &record.Error{Code: record.CodeConflict, Where: "offboarding", Message: "somebody else was faster; look again"}
	}
	if e.N == 0 {
		if _, err := t.SaveSetting(sheetName(c.ID), 0, []byte("{}")); err != nil {
			return err
		}
	}
	o.replay(e)
	t.Did(act, "case/"+c.ID, c.ID, "inventory")
	return nil
}

func offboarding(t *store.Tx, c *record.Case) (o Offboarding, err error) {
	events, err := t.Events(c.Subject, 5000)
	if err != nil {
		return o, err
	}
	var all []offboardEvent
	for _, e := range events {
		if e.Source != offboardSource || !strings.HasPrefix(e.Key, c.ID+"/") {
			continue
		}
		var x offboardEvent
		if json.Unmarshal(e.Body, &x) != nil {
			return o, &record.Error{Code: record.CodeInternal, Where: "offboarding", Message: "a step cannot be read back"}
		}
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b offboardEvent) int { return cmp.Compare(a.N, b.N) })
	for i := range all {
		o.replay(&all[i])
	}
	return o, nil
}

func (o *Offboarding) replay(e *offboardEvent) {
	o.events++
	switch e.Op {
	case "items":
		for _, x := range e.Items {
			o.Access = append(o.Access, Access{N: len(o.Access) + 1, Kind: x.Kind, System: x.System, Name: x.Name})
		}
	case "cut":
		o.Cut, o.SetBy = e.At, e.By
	case "confirm":
		a := &o.Access[e.Item-1]
		a.Revoked, a.Proof, a.By = e.At, e.Words, e.By
	case "seen":
		if a := &o.Access[e.Item-1]; e.At.After(a.LastUse) {
			a.LastUse, a.Seen = e.At, e.Words
		}
	default:
		o.replayOrder(e)
	}
}
