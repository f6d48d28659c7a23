package api

import (
	"slices"
	"testing"

	"bonafide/record"
)

// TestLimitsTwoPeople: connectors may ask more only when a second person has said
// so, who has read what; less at once; a key may ask and never confirm.
func TestLimitsTwoPeople(t *testing.T) {
	w := newWorld(t)
	ana, ben, key := w.person("one", record.RoleAdmin), w.person("one", record.RoleAdmin), w.key("one", "settings")
	list := func() (MayAsk, map[string]string) {
		t.Helper()
		r := w.ask("GET", "/v1/limits", nil, ana)
		return want[MayAsk](t, r, 200), map[string]string{"If-Match": r.header.Get("ETag")}
	}
	ask := func(who map[string]string, body string) MayAsk {
		t.Helper()
		_, now := list()
		return want[MayAsk](t, w.ask("PUT", "/v1/limits", []byte(body), who, now), 200)
	}
	if l := ask(key, `{"hosts":["api.example"],"budget":100}`); l.Budget != 100 || !slices.Equal(l.Hosts, []string{"api.example"}) || l.Waiting != nil {
		t.Errorf("less: %+v", l)
	}
	for _, wider := range []string{`{"hosts":["api.example"],"budget":101}`, `{"hosts":["api.example","b.example"],"budget":50}`, `{"budget":50}`} {
		if l := ask(key, wider); l.Budget != 100 || len(l.Hosts) != 1 || l.Waiting == nil {
			t.Errorf("%s: %+v", wider, l)
		}
	}
	_, seen := list()
	ask(ana, `{"hosts":["api.example"],"budget":200}`)
	_, now := list()
	for who, caller := range map[string]map[string]string{"who asked": ana, "a key": key} {
		if r := w.ask("POST", "/v1/limits/confirm", nil, caller, now); r.status != 403 {
			t.Errorf("%s confirms: %d %s", who, r.status, r.body)
		}
	}
	if r := w.ask("POST", "/v1/limits/confirm", nil, ben, seen); r.status != 412 {
		t.Errorf("what was not read is confirmed: %d", r.status)
	}
	if l := want[MayAsk](t, w.ask("POST", "/v1/limits/confirm", nil, ben, now), 200); l.Budget != 200 || l.Waiting != nil {
		t.Errorf("%+v", l)
	}
	// What waits is withdrawn by what is narrower: nobody confirms it later.
	ask(ana, `{"hosts":["api.example"],"budget":900}`)
	if l := ask(ana, `{"hosts":["api.example"],"budget":10}`); l.Budget != 10 || l.Waiting != nil {
		t.Errorf("%+v", l)
	}
	_, now = list()
	if r := w.ask("POST", "/v1/limits/confirm", nil, ben, now); r.status != 409 {
		t.Errorf("nothing waits, and is confirmed: %d", r.status)
	}
	// The subscriptions, whose changes wait beside, are as they were.
	if all := want[Webhooks](t, w.ask("GET", "/v1/webhooks", nil, ana), 200); len(all.Webhooks) != 0 {
		t.Errorf("%+v", all)
	}
}
