package casework

import (
	"strings"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// A worker leaves: six ways in, one moment, confirmations with proof, and a
// token that is used after it was said to be cut.
func TestOffboarding(t *testing.T) {
	o := openOffice(t)
	c := o.open(record.CaseReview)
	ana, ben := reviewer("ana"), reviewer("ben")
	if _, err := o.SetCut(o.ctx, ana, c.ID, start.Add(time.Hour)); record.CodeOf(err) != record.CodeConflict {
		t.Errorf("a cut without an inventory: %v", err)
	}
	items, err := ParseInventory(strings.NewReader("kind,system,name\naccount,idp,erika\ntoken,forge,ci-publish\nkey,cloud,k-1\ndevice,mdm,laptop 7\nvpn,gate,erika\nchat,chat,erika\n"))
	if err != nil || len(items) != 6 {
		t.Fatal(items, err)
	}
	if _, err := o.AddAccess(o.ctx, ana, c.ID, items); err != nil {
		t.Fatal(err)
	}
	if _, err := o.AddAccess(o.ctx, ben, c.ID, items); record.CodeOf(err) != record.CodeConflict {
		t.Errorf("the same inventory again: %v", err)
	}
	cut := start.Add(time.Hour)
	s, err := o.SetCut(o.ctx, ana, c.ID, cut)
	if err != nil || s.Open() != 6 || s.Minutes(start) != nil {
		t.Fatalf("%+v %v", s, err)
	}
	if _, err := o.ConfirmCut(o.ctx, ben, c.ID, 1, cut, "idp log"); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("confirmed before it happened: %v", err)
	}
	o.pass(90 * time.Minute)
	if _, err := o.SetCut(o.ctx, ana, c.ID, cut.Add(time.Hour)); record.CodeOf(err) != record.CodeConflict {
		t.Errorf("the moment was moved afterwards: %v", err)
	}
	for n, late := range map[int]time.Duration{1: -time.Minute, 2: time.Minute, 3: 4*time.Minute + 10*time.Second, 4: 25 * time.Minute} {
		if _, err := o.ConfirmCut(o.ctx, ben, c.ID, n, cut.Add(late), "log line"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.ConfirmCut(o.ctx, ben, c.ID, 5, cut, " "); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("confirmed without proof: %v", err)
	}
	if _, err := o.SawUse(o.ctx, ben, c.ID, 3, cut.Add(5*time.Minute), "cloud log"); err != nil { // within what clocks differ
		t.Fatal(err)
	}
	if _, err := o.SawUse(o.ctx, ben, c.ID, 2, cut.Add(20*time.Minute), "forge log"); err != nil {
		t.Fatal(err)
	}
	s, err = o.Offboarding(o.ctx, ana, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	for _, a := range s.Access {
		states = append(states, a.State(s.Cut))
	}
	if got := strings.Join(states, " "); got != "closed alive late late open open" {
		t.Errorf("states: %s", got)
	}
	now := start.Add(90 * time.Minute)
	if got := s.Minutes(now); len(got) != 3 || got[0] != (Minute{0, 5}) || got[1] != (Minute{5, 4}) || got[2] != (Minute{25, 3}) {
		t.Errorf("minute by minute: %v", got)
	}
	if s.Open() != 3 || s.Access[1].OpenFor(s.Cut, now) != 30*time.Minute || s.Access[3].OpenFor(s.Cut, now) != 25*time.Minute || s.Access[0].OpenFor(s.Cut, now) != 0 {
		t.Errorf("open %d, for %v", s.Open(), s.Access[1].OpenFor(s.Cut, now))
	}
	if _, err := o.Offboarding(o.ctx, record.Actor{Kind: record.ActorPerson, ID: "x", Tenant: "acme", Roles: []record.StaffRole{record.RoleViewer}}, c.ID); record.CodeOf(err) != record.CodeRefused {
		t.Errorf("a viewer reads it: %v", err)
	}
}

// Who shares what, two steps far; a sealed case is neither shown nor a way on.
func TestSiblings(t *testing.T) {
	o := openOffice(t)
	var c [5]record.Case
	for i := range c {
		c[i] = o.open(record.CaseRoutine)
	}
	edge := func(from, to int, k record.Kind, s record.Strength) {
		err := o.Store.Update(o.ctx, record.Machine("acme"), func(t *store.Tx) error {
			t.Did("test.link", "subject/"+c[from].Subject, "")
			return t.SaveEdges(c[from].Subject, []store.Edge{{Other: c[to].Subject, Kind: k, Strength: s}})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	edge(1, 0, record.KindPhone, record.Strong)
	edge(2, 1, record.KindWallet, record.Conclusive)
	edge(3, 0, record.KindDevice, record.Strong)
	edge(4, 3, record.KindNetwork, record.Supporting)
	if err := o.Seal(o.ctx, reviewer("ben"), c[3].ID); err != nil {
		t.Fatal(err)
	}
	got, err := o.Siblings(o.ctx, reviewer("ana"), c[0].ID)
	if err != nil || len(got) != 2 || got[0].Case != c[1].ID || got[0].Hops != 1 || got[1].Case != c[2].ID || got[1].Hops != 2 || got[1].Via != c[1].ID || got[1].Kinds[0] != record.KindWallet {
		t.Errorf("%+v %v", got, err)
	}
	if got, err := o.Siblings(o.ctx, reviewer("ben"), c[0].ID); err != nil || len(got) != 4 {
		t.Errorf("who is in the circle: %+v %v", got, err)
	}
}

// Who could reach the files of a sample: by their inventories, each in their
// own circle, and in no order of merit.
func TestLeavers(t *testing.T) {
	o := openOffice(t)
	ana := reviewer("ana")
	var c [4]record.Case
	for i := range c {
		c[i] = o.open(record.CaseRoutine)
	}
	for i, items := range []string{"repository,forge,team/billing.git\nvpn,gate,x", "repository,forge,team/site", "repository,forge,team/Billing\nregistry,npm,site"} {
		all, err := ParseInventory(strings.NewReader(items))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.AddAccess(o.ctx, ana, c[i].ID, all); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Seal(o.ctx, reviewer("ben"), c[1].ID); err != nil {
		t.Fatal(err)
	}
	got, err := o.Leavers(o.ctx, ana, c[3].ID, []string{"billing/rounding.go", "site/index.html", "billing", "other/x"})
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v %v", got, err)
	}
	had := map[string]int{got[0].Case: got[0].Had, got[1].Case: got[1].Had}
	if had[c[0].ID] != 1 || had[c[2].ID] != 2 || got[0].Of != 4 || got[0].Case > got[1].Case {
		t.Errorf("%+v", got)
	}
	if _, err := o.Leavers(o.ctx, ana, c[3].ID, nil); record.CodeOf(err) != record.CodeInvalid {
		t.Error(err)
	}
}

func FuzzParseInventory(f *testing.F) {
	f.Add("kind,system,name\ntoken,forge,x\n")
	f.Add("token,\"a\nb\",\"\"\"\"\n")
	f.Add("vpn,,\n")
	f.Fuzz(func(t *testing.T, s string) {
		all, err := ParseInventory(strings.NewReader(s))
		if err == nil && (len(all) == 0 || len(all) > mostAccess) {
			t.Errorf("%d taken", len(all))
		}
		for _, x := range all {
			if checkAccess("x", x) != nil {
				t.Error("taken, though it is not allowed")
			}
		}
	})
}
