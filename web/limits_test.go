package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bonafide/access"
	"bonafide/record"
)

// TestLimitsPage: more is asked for by one person and confirmed by another, less is
// in force at once; what was read before is not confirmed, what was typed is not lost.
func TestLimitsPage(t *testing.T) {
	w := newWorld(t)
	ana, ben, dpo := w.browser(record.RoleAdmin), w.browser(record.RoleAdmin), w.browser(record.RoleProtection)
	const at = "/connectors/limits/"
	may := func(who *browser, want string) {
		t.Helper()
		if page := text(who.get("/connectors", 200)); !strings.Contains(page, want) {
			t.Errorf("no %q: %s", want, page)
		}
	}
	mark := func(who *browser) string { return field(t, who.get("/connectors", 200), "mark") }
	if page := dpo.get("/connectors", 200); strings.Contains(page, at) {
		t.Error("who may only look is offered to change it")
	}
	dpo.post(at+"ask", url.Values{"budget": {"1"}}, http.StatusForbidden)
	for _, bad := range []string{"", "0", "-5", "10000001", "many"} {
		page := ana.post(at+"ask", url.Values{"mark": {mark(ana)}, "hosts": {"api.example"}, "budget": {bad}}, http.StatusBadRequest)
		if !strings.Contains(page, ">api.example</textarea>") || !strings.Contains(text(page), "one to ten million") {
			t.Errorf("%q: %s", bad, text(page))
		}
	}
	// Less: at once.
	ana.post(at+"ask", url.Values{"mark": {mark(ana)}, "hosts": {"api.example\r\nfirm.example"}, "budget": {"500"}}, 200)
	may(dpo, "api.example, firm.example")
	may(dpo, "of 500")
	// More: asked for, and not in force.
	ana.post(at+"ask", url.Values{"mark": {mark(ana)}, "hosts": {"api.example"}, "budget": {"600"}}, 200)
	may(ana, "another person must confirm it")
	may(ben, "of 500")
	ana.post(at+"confirm", url.Values{"mark": {mark(ana)}}, http.StatusForbidden)
	old := mark(ben)
	ana.post(at+"ask", url.Values{"mark": {mark(ana)}, "hosts": {"api.example"}, "budget": {"700"}}, 200)
	if page := ben.post(at+"confirm", url.Values{"mark": {old}}, http.StatusConflict); !strings.Contains(text(page), "Something has changed meanwhile.") {
		t.Errorf("%s", text(page))
	}
	for _, lang := range []string{"de", "pt-PT", "en"} {
		ben.lang = lang
		ben.get("/connectors", 200)
	}
	ben.post(at+"confirm", url.Values{"mark": {mark(ben)}}, 200)
	may(dpo, "of 700")
	if page := text(dpo.get("/connectors", 200)); strings.Contains(page, "firm.example") || strings.Contains(page, "Waits for another") {
		t.Errorf("%s", page)
	}
	ben.post(at+"confirm", url.Values{"mark": {mark(ben)}}, http.StatusConflict)
	ben.post(at+"other", url.Values{"mark": {mark(ben)}}, http.StatusNotFound)
	stale := mark(ana)
	w.later(access.FreshFor + time.Minute)
	if page := ana.post(at+"ask", url.Values{"mark": {stale}, "hosts": {"late.example"}, "budget": {"5"}}, http.StatusForbidden); !strings.Contains(page, "late.example") || !strings.Contains(text(page), "Sign in again") {
		t.Errorf("%s", text(page))
	}
}
