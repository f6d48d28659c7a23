package api

import (
	"fmt"
	"sync"
	"testing"

	"bonafide/access"
	"bonafide/record"
)

// TestOnce: sixteen who send one request with one key at the same moment make
// one effect and get one answer; whoever is in doubt asks again and learns it.
func TestOnce(t *testing.T) {
	w := newWorld(t)
	officer := w.person("one", record.RoleProtection)
	key := w.key("one", access.ScopeIntake, access.ScopeRead)
	subject := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("1", "Nora Muster"), key), 202).Subject
	once := map[string]string{"Idempotency-Key": "k-1"}
	body := []byte(fmt.Sprintf(`{"subject":%q,"reason":"request"}`, subject))
	ids := make([]string, 16)
	var all sync.WaitGroup
	for i := range ids {
		all.Go(func() {
			ids[i] = want[Erasure](t, w.ask("POST", "/v1/erasures", body, officer, once), 202).ID
		})
	}
	all.Wait()
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Fatalf("one key, several effects: %v", ids)
		}
	}
	if got := want[Erasures](t, w.ask("GET", "/v1/erasures", nil, officer), 200); len(got.Erasures) != 1 {
		t.Errorf("%d erasures were proposed", len(got.Erasures))
	}
	if r := w.ask("POST", "/v1/erasures", []byte(fmt.Sprintf(`{"subject":%q,"reason":"mistake"}`, subject)), officer, once); r.status != 422 {
		t.Errorf("one key for two requests: %d %s", r.status, r.body)
	}
	// Somebody else's key of the same name is another key.
	second := w.person("one", record.RoleProtection)
	if other := want[Erasure](t, w.ask("POST", "/v1/erasures", body, second, once), 202); other.ID == ids[0] {
		t.Error("one caller gets another's answer")
	}
	// The same application from many at once is one subject with one version.
	for i := range ids {
		all.Go(func() {
			got := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("9", "Rita Beispiel"), key), 202)
			ids[i] = got.Subject
		})
	}
	all.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("one record, several subjects: %v", ids)
		}
	}
	page := want[Cases](t, w.ask("GET", "/v1/cases?limit=1", nil, key), 200)
	if len(page.Cases) != 1 || page.Next == "" {
		t.Fatalf("the first page: %+v", page)
	}
	next := want[Cases](t, w.ask("GET", "/v1/cases?limit=1&after="+page.Next, nil, key), 200)
	if len(next.Cases) != 1 || next.Next != "" || next.Cases[0].ID == page.Cases[0].ID {
		t.Errorf("the second page: %+v", next)
	}
}
