package casework

import (
	"testing"
	"time"

	"bonafide/record"
)

// A payment is held by two and lifted by one; without advice, ground and a near
// day there is no hold, and what is made is not held.
func TestSettlePay(t *testing.T) {
	a := &record.Application{}
	step := func(who string, code record.Code, x Settling) {
		t.Helper()
		err := Settle(a, x, who, start)
		if code == "" && err != nil || code != "" && record.CodeOf(err) != code {
			t.Fatalf("%s by %s: %v, not %s", x.Do, who, err, code)
		}
	}
	pay := record.LastPay{Kind: "wage", What: "January", Earned: true, Due: start}
	hold := record.LastPay{Adviser: "counsel", Basis: "asset freeze", Review: record.DateOf(start.AddDate(0, 0, 30))}
	step("ana", record.CodeInvalid, Settling{Do: "pay", Payment: record.LastPay{Kind: "bribe", What: "x", Due: start}})
	step("ana", record.CodeInvalid, Settling{Do: "pay", Payment: record.LastPay{Kind: "wage", What: "x"}})
	step("ana", "", Settling{Do: "pay", Payment: pay})
	step("ana", record.CodeNotFound, Settling{Do: "made", Item: 2})
	step("ana", record.CodeConflict, Settling{Do: "hold", Item: 1})
	bare := hold
	bare.Basis = " "
	step("ana", record.CodeInvalid, Settling{Do: "ask-hold", Item: 1, Payment: bare})
	far := hold
	far.Review = record.DateOf(start.AddDate(0, 0, 100))
	step("ana", record.CodeInvalid, Settling{Do: "ask-hold", Item: 1, Payment: far})
	step("ana", "", Settling{Do: "ask-hold", Item: 1, Payment: hold})
	step("ana", record.CodeRefused, Settling{Do: "hold", Item: 1})
	step("ana", record.CodeConflict, Settling{Do: "made", Item: 1})
	step("ben", "", Settling{Do: "hold", Item: 1})
	if p := a.Departure.Pays[0]; p.State != record.PayHeld || p.By != "ana" || p.Second != "ben" {
		t.Errorf("%+v", p)
	}
	step("ben", record.CodeInvalid, Settling{Do: "lift", Item: 1})
	step("ben", "", Settling{Do: "lift", Item: 1, Payment: record.LastPay{Why: "the doubt was wrong"}})
	step("ben", "", Settling{Do: "made", Item: 1})
	step("ana", record.CodeConflict, Settling{Do: "ask-hold", Item: 1, Payment: hold})
	step("ana", record.CodeInvalid, Settling{Do: "forfeit", Item: 1})
}

// A device is handed out, said to be missing, and comes back once.
func TestSettleDevice(t *testing.T) {
	a := &record.Application{}
	must := func(x Settling, code record.Code) {
		t.Helper()
		if err := Settle(a, x, "ana", start); code == "" && err != nil || code != "" && record.CodeOf(err) != code {
			t.Fatalf("%s: %v", x.Do, err)
		}
	}
	must(Settling{Do: "device"}, record.CodeInvalid)
	must(Settling{Do: "device", Device: record.Handback{Device: "laptop", Country: "Portugal"}}, record.CodeInvalid)
	must(Settling{Do: "device", Device: record.Handback{Device: "laptop", Serial: "S1", Country: "PT", Due: start}}, "")
	must(Settling{Do: "missing", Item: 1}, "")
	must(Settling{Do: "back", Item: 1, Device: record.Handback{Back: start.Add(time.Hour)}}, record.CodeInvalid)
	must(Settling{Do: "back", Item: 1, Device: record.Handback{Back: start, Seal: "torn"}}, record.CodeInvalid)
	must(Settling{Do: "back", Item: 1, Device: record.Handback{Back: start, BackSerial: "S2", From: "LT", Seal: "intact"}}, "")
	must(Settling{Do: "missing", Item: 1}, record.CodeConflict)
	if d := a.Departure.Devices[0]; d.Serial != "S1" || d.BackSerial != "S2" || d.From != "LT" || d.By != "ana" {
		t.Errorf("%+v", d)
	}
}

// Nothing of a record that is kept elsewhere is changed in place.
func TestSettleLeavesTheOldAlone(t *testing.T) {
	old := &record.Departure{Pays: []record.LastPay{{Kind: "wage", State: record.PayDue}}}
	a := &record.Application{Departure: old}
	if err := Settle(a, Settling{Do: "made", Item: 1}, "ana", start); err != nil {
		t.Fatal(err)
	}
	if old.Pays[0].State != record.PayDue || a.Departure.Pays[0].State != record.PayMade {
		t.Error("the earlier version changed")
	}
}

// What was found in the open: an address that is one, a source, a time, once.
func TestPublish(t *testing.T) {
	a := &record.Application{}
	good := record.Publication{Where: "https://paste.example/1", Source: "person", Seen: start}
	for name, change := range map[string]func(*record.Publication){
		"no address":  func(p *record.Publication) { p.Where = "paste" },
		"a script":    func(p *record.Publication) { p.Where = "javascript:alert(1)" },
		"no source":   func(p *record.Publication) { p.Source = "rumour" },
		"the future":  func(p *record.Publication) { p.Seen = start.Add(time.Hour) },
		"no digest":   func(p *record.Publication) { p.SHA256 = "abc" },
		"no date":     func(p *record.Publication) { p.Earlier = "long ago" },
		"no time yet": func(p *record.Publication) { p.Seen = time.Time{} },
	} {
		p := good
		change(&p)
		if err := Publish(a, p, "ana", start); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Publish(a, good, "ana", start); err != nil || a.Publications[0].By != "ana" {
		t.Fatal(err)
	}
	if err := Publish(a, good, "ana", start); record.CodeOf(err) != record.CodeConflict {
		t.Errorf("twice: %v", err)
	}
}
