package access

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/record"
)

// TestRights: what must never be allowed, whoever edits the table.
func TestRights(t *testing.T) {
	may := func(a Act, r record.StaffRole) bool {
		return Caller{Actor: record.Actor{Kind: record.ActorPerson, Roles: []record.StaffRole{r}}}.May(a)
	}
	everything := Caller{Actor: record.Actor{Kind: record.ActorKey, Roles: record.StaffRoles[:]}, Scopes: Scopes[:]}
	for _, a := range []Act{ApproveErasure, ManageKeys, ManageUsers} {
		if everything.May(a) {
			t.Errorf("a key with every scope may %s: that is for people", a)
		}
	}
	personal := []Act{ListCases, ReadCase, ReadCluster, ReadLinks, SearchValue, ScreenValue, ExportSubject, EraseSubject}
	for _, r := range []record.StaffRole{record.RoleWorks, record.RoleAdmin, record.RoleAuditor, record.RoleRecruiter} {
		for _, a := range personal {
			if may(a, r) {
				t.Errorf("%s may %s: that role reads no person", r, a)
			}
		}
	}
	for _, kind := range []record.ActorKind{record.ActorCandidate, record.ActorMachine, ""} {
		for a := range rights {
			if (Caller{Actor: record.Actor{Kind: kind, Roles: record.StaffRoles[:]}, Scopes: Scopes[:]}).May(a) {
				t.Errorf("a %q may %s over the wire", kind, a)
			}
		}
	}
	for a, r := range rights {
		if len(r.roles) == 0 {
			t.Errorf("nobody may %s", a)
		}
		for _, role := range record.StaffRoles {
			if may(a, role) != slices.Contains(r.roles, role) {
				t.Errorf("%s × %s: the table and the answer differ", a, role)
			}
		}
		if may(a, "owner") || (Caller{}).May(a) {
			t.Errorf("an unknown role or nobody may %s", a)
		}
	}
	if everything.May("case.unknown") {
		t.Error("an act outside the table is allowed")
	}
}

func TestKeys(t *testing.T) {
	secret := Secret()
	key := FormKey("main.abc234", secret)
	id, got, ok := SplitKey(key)
	if !ok || id != "main.abc234" || got != secret || !matches(got, Hash(secret)) || matches(Secret(), Hash(secret)) {
		t.Fatalf("a key does not come back: %v", ok)
	}
	for _, bad := range []string{"", "bf_", "bf__", "bf_a_", key[3:], key + "x", key[:len(key)-1], strings.ToUpper(key), "bf_" + strings.Repeat("a", 300) + "_" + secret, "bf_a b_" + secret} {
		if _, _, ok := SplitKey(bad); ok {
			t.Errorf("%q is taken for a key", bad)
		}
	}
}

func TestRates(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := NewRates(10, 5, 3)
	for i := range 5 {
		if _, ok := r.Take("a", now); !ok {
			t.Fatalf("request %d of a burst of 5 refused", i)
		}
	}
	wait, ok := r.Take("a", now)
	if ok || wait <= 0 || wait > 100*time.Millisecond {
		t.Fatalf("the sixth: ok %v, wait %v", ok, wait)
	}
	if _, ok := r.Take("b", now); !ok {
		t.Error("one name's burst is another's silence")
	}
	if _, ok := r.Take("a", now.Add(100*time.Millisecond)); !ok {
		t.Error("a refused request took the one that came after the wait")
	}
	for i := range 100 {
		r.Take(fmt.Sprint(i), now)
	}
	if len(r.at) != 3 || r.order.Len() != 3 {
		t.Errorf("%d names are remembered, not 3", len(r.at))
	}
}

func TestClientAddress(t *testing.T) {
	p, err := ParseProxies([]string{"10.0.0.0/8", "2001:db8::1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"198.51.100.7:1", "203.0.113.1", "198.51.100.7"}, // no proxy of ours: not believed
		{"10.0.0.1:1", "203.0.113.1", "203.0.113.1"},
		{"10.0.0.1:1", "6.6.6.6, 203.0.113.1", "203.0.113.1"}, // the client wrote the left one
		{"10.0.0.1:1", "6.6.6.6, 203.0.113.1, 10.2.3.4", "203.0.113.1"},
		{"10.0.0.1:1", "", "10.0.0.1"},
		{"10.0.0.1:1", "203.0.113.1, rubbish", "10.0.0.1"},
		{"[2001:db8::1]:1", "::ffff:203.0.113.9", "203.0.113.9"},
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := p.Client(r); got.String() != c.want {
			t.Errorf("%s via %q: %s, not %s", c.remote, c.forwarded, got, c.want)
		}
	}
	for _, bad := range []string{"0.0.0.0/0", "::/0", "everybody", "10.0.0.0/33"} {
		if _, err := ParseProxies([]string{bad}); err == nil {
			t.Errorf("%s is taken as a proxy", bad)
		}
	}
}
