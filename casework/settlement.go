package casework

import (
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// What is settled when somebody leaves: the devices they have, and the payments that
// are still to be made. People write down what they did and said; nothing here
// collects, pays or holds back. What was earned stays owed: a hold takes two
// people, advice, a reason and a day on which somebody looks again, and anybody
// lifts it alone. It stands on the record of the person, who sees it in their export.

// Settling is one step. Do says which, and with it what else is asked for.
type Settling struct {
	Do      string // device, back, missing, pay, ask-hold, hold, lift, made
	Item    int    // from 1, of the devices (back, missing) or the payments
	Device  record.Handback
	Payment record.LastPay
}

// The words of a settlement.
var (
	PayKinds   = []string{"wage", "invoice", "expenses", "other"}
	SealWords  = []string{"intact", "broken"}
	SettleActs = []string{"device", "back", "missing", "pay", "ask-hold", "hold", "lift", "made"}
)

const (
	mostSettled    = 64
	longestSettled = 300
	longestHold    = 90 * 24 * time.Hour // between two looks at a hold
)

// Settle does one step on a record. who is the id of a person who is signed in.
func Settle(a *record.Application, x Settling, who string, now time.Time) error {
	d := record.Departure{}
	if a.Departure != nil {
		d = *a.Departure
		d.Devices, d.Pays = slices.Clone(d.Devices), slices.Clone(d.Pays)
	}
	var err error
	switch x.Do {
	case "device", "back", "missing":
		err = settleDevice(&d, x, who, now)
	case "pay", "ask-hold", "hold", "lift", "made":
		err = settlePay(&d, x, who, now)
	default:
		err = record.Invalid("do", "is one of "+strings.Join(SettleActs, ", "))
	}
	if err == nil {
		a.Departure = &d
	}
	return err
}

func settleDevice(d *record.Departure, x Settling, who string, now time.Time) error {
	g := x.Device
	for _, s := range []string{g.Device, g.Serial, g.Disk, g.BackSerial, g.BackDisk} {
		if len(s) > longestSettled {
			return record.Invalid("device", "300 bytes at most a field")
		}
	}
	if !country(g.Country) || !country(g.From) {
		return record.Invalid("country", "is two letters, such as PT")
	}
	if g.Seal != "" && !slices.Contains(SealWords, g.Seal) {
		return record.Invalid("seal", "is intact or broken")
	}
	if x.Do == "device" {
		switch {
		case g.Device == "" && g.Serial == "":
			return record.Invalid("device", "needs a name or a serial number")
		case len(d.Devices) >= mostSettled:
			return record.Invalid("device", "64 at most")
		}
		d.Devices = append(d.Devices, record.Handback{Device: g.Device, Serial: g.Serial, Disk: g.Disk, Country: g.Country, Due: g.Due, By: who, Noted: now})
		return nil
	}
	if x.Item < 1 || x.Item > len(d.Devices) {
		return noItem
	}
	at := &d.Devices[x.Item-1]
	at.By, at.Noted = who, now
	if x.Do == "missing" {
		if !at.Back.IsZero() {
			return &record.Error{Code: record.CodeConflict, Where: "device", Message: "it is back already"}
		}
		return nil
	}
	if g.Back.IsZero() || g.Back.After(now.Add(clockSkew)) {
		return record.Invalid("back", "is no time that has come")
	}
	at.Back, at.From, at.BackSerial, at.BackDisk, at.Seal, at.Wiped = g.Back, g.From, g.BackSerial, g.BackDisk, g.Seal, g.Wiped
	return nil
}

var noItem = &record.Error{Code: record.CodeNotFound, Where: "item", Message: "there is none of this number"}

func country(s string) bool {
	return s == "" || len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'
}

func settlePay(d *record.Departure, x Settling, who string, now time.Time) error {
	p := x.Payment
	for _, s := range []string{p.What, p.Adviser, p.Basis, p.Authority, p.Why} {
		if len(s) > longestSettled {
			return record.Invalid("pay", "300 bytes at most a field")
		}
	}
	if x.Do == "pay" {
		switch {
		case !slices.Contains(PayKinds, p.Kind):
			return record.Invalid("kind", "is one of "+strings.Join(PayKinds, ", "))
		case strings.TrimSpace(p.What) == "" || p.Due.IsZero():
			return record.Invalid("what", "says which payment, and the day it is due; never how much")
		case len(d.Pays) >= mostSettled:
			return record.Invalid("pay", "64 at most")
		}
		d.Pays = append(d.Pays, record.LastPay{Kind: p.Kind, What: p.What, Earned: p.Earned, Due: p.Due, State: record.PayDue, By: who, Noted: now})
		return nil
	}
	if x.Item < 1 || x.Item > len(d.Pays) {
		return noItem
	}
	at := &d.Pays[x.Item-1]
	wrong := func(message string) error {
		return &record.Error{Code: record.CodeConflict, Where: "pay", Message: message}
	}
	switch x.Do {
	case "ask-hold":
		review, err := time.Parse(time.DateOnly, string(p.Review))
		switch {
		case at.State != record.PayDue && at.State != record.PayHeld && at.State != record.PayLifted:
			return wrong("a hold is put forward for a payment that is still to be made")
		case strings.TrimSpace(p.Adviser) == "" || strings.TrimSpace(p.Basis) == "":
			return record.Invalid("basis", "a hold needs legal advice and the ground it rests on")
		case err != nil || !review.After(now) || review.After(now.Add(longestHold)):
			return record.Invalid("review", "is the day on which somebody looks again, within ninety days")
		}
		at.State, at.Adviser, at.Basis, at.Authority, at.Review, at.Why = record.PayAsked, p.Adviser, p.Basis, p.Authority, p.Review, ""
		at.By, at.Second = who, ""
	case "hold":
		if at.State != record.PayAsked {
			return wrong("nobody has put a hold forward")
		}
		if err := Agree(at.By, &at.Second, who); err != nil {
			return err
		}
		at.State = record.PayHeld
	case "lift":
		if at.State != record.PayAsked && at.State != record.PayHeld {
			return wrong("it is not held")
		}
		if strings.TrimSpace(p.Why) == "" {
			return record.Invalid("why", "say why it is lifted; the person may read it")
		}
		at.State, at.Why, at.By, at.Second = record.PayLifted, p.Why, who, ""
	case "made":
		if at.State != record.PayDue && at.State != record.PayLifted {
			return wrong("a hold is lifted first")
		}
		at.State, at.By = record.PayMade, who
	}
	at.Noted = now
	return nil
}

// Leaving puts the run sheet on the record, so that the checks see what was closed
// when, and what was used afterwards.
func (o *Offboarding) Leaving(a *record.Application) {
	d := record.Departure{}
	if a.Departure != nil {
		d = *a.Departure
	}
	if !o.Cut.IsZero() {
		d.At = o.Cut
	}
	d.Credentials = nil
	for _, x := range o.Access {
		d.Credentials = append(d.Credentials, record.Credential{Kind: x.Kind, System: x.System, Name: x.Name, Revoked: x.Revoked, LastUse: x.LastUse, Proof: x.Proof})
	}
	a.Departure = &d
}
