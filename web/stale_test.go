package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bonafide/record"
)

// TestStaleForms: what is said about two cases, and the steps of a run sheet, are
// held against the state that the page showed. A page from before is shown anew
// with what was typed, and does nothing; sent again from there it is done.
func TestStaleForms(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	ana, ben := w.browser(record.RoleReviewer), w.browser(record.RoleLead)
	ids := cases(ana.get("/queue?view=open", 200))
	run, ties := "/cases/"+ids[0]+"/offboarding", "/cases/"+ids[0]+"/siblings"
	const changed = "Something has changed meanwhile."
	// late sends what ana typed in a page from before ben's step, and then again from
	// the page that came back, which has to hold kept.
	late := func(at string, bens, anas url.Values, kept ...string) string {
		t.Helper()
		before := field(t, ana.get(at, 200), "mark")
		ben.step(at, bens, 200)
		now := field(t, ben.get(at, 200), "mark")
		anas.Set("mark", before)
		page := ana.post(at, anas, http.StatusConflict)
		if !strings.Contains(text(page), changed) {
			t.Errorf("%s does not say what happened: %s", at, text(page))
		}
		for _, k := range kept {
			if !strings.Contains(page, k) {
				t.Errorf("%s has lost %s", at, k)
			}
		}
		if field(t, ben.get(at, 200), "mark") != now {
			t.Errorf("%s: the page from before did something", at)
		}
		anas.Set("mark", field(t, page, "mark"))
		page = ana.post(at, anas, 200)
		if strings.Contains(text(page), changed) {
			t.Errorf("%s: still changed: %s", at, text(page))
		}
		return page
	}

	// A page without a mark is none of ours.
	ana.post(run, url.Values{"do": {"items"}, "items": {"token,forge,ci"}}, http.StatusConflict)
	ana.post(ties, url.Values{"op": {"join"}, "other": {ids[1]}, "reason": {"desk"}}, http.StatusConflict)

	late(run, url.Values{"do": {"items"}, "items": {"token,forge,ci"}}, url.Values{"do": {"items"}, "items": {"vpn,gate,x"}}, `aria-describedby="kinds">vpn,gate,x</textarea>`)
	when := minutesAgo(w, 10)
	late(run, url.Values{"do": {"cut"}, "at": {minutesAgo(w, 9)}}, url.Values{"do": {"confirm"}, "item": {"1"}, "at": {when}, "words": {"log"}},
		`<details class="small" open>`, `value="log"`, `value="`+when+`"`)
	page := late(run, url.Values{"do": {"confirm"}, "item": {"2"}, "words": {"gate"}}, url.Values{"do": {"seen"}, "item": {"1"}, "words": {"push"}}, `value="push"`)
	if !strings.Contains(text(page), "gate") || !strings.Contains(text(page), "push") {
		t.Errorf("a step is missing: %s", text(page))
	}
	page = late(ties, url.Values{"op": {"split"}, "other": {ids[1]}, "reason": {"two streets"}}, url.Values{"op": {"join"}, "other": {ids[2]}, "reason": {"desk"}}, `value="desk"`, ids[2])
	if !strings.Contains(text(page), "two streets") || !strings.Contains(text(page), "desk") {
		t.Errorf("a decision is missing: %s", text(page))
	}
}
