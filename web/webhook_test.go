package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"bonafide/access"
	"bonafide/record"
)

// TestWebhookPage: an address is asked for by one person and confirmed by another;
// its secret stands in one answer; what a page from before asks for is not done, and
// what was typed in it is not lost.
func TestWebhookPage(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.browser(record.RoleAdmin), w.browser(record.RoleAdmin)
	const at = "/settings/webhooks"
	for _, lang := range []string{"de", "pt-PT", "en"} {
		ana.lang = lang
		ana.get(at, 200)
	}
	if !strings.Contains(ana.get("/settings", 200), `href="/settings/webhooks"`) {
		t.Error("the settings do not lead there")
	}
	lead := w.browser(record.RoleLead)
	lead.get(at, http.StatusForbidden)
	if strings.Contains(lead.get("/settings", 200), "/settings/webhooks") {
		t.Error("the settings lead where a lead may not go")
	}

	// What cannot be taken comes back as it was typed.
	once := field(t, ana.get(at, 200), "once")
	page := ana.post(at, url.Values{"url": {"http://ats.example/in"}, "event": {"job.done"}}, 400)
	if !strings.Contains(page, `value="http://ats.example/in"`) || !strings.Contains(page, `value="job.done" checked`) || !strings.Contains(text(page), "That is no address") {
		t.Errorf("%s", text(page))
	}
	if page = ana.post(at, url.Values{"url": {"https://ats.example/in"}, "event": {"other"}}, 400); !strings.Contains(text(page), "Choose what is to be told") {
		t.Errorf("%s", text(page))
	}

	form := url.Values{"url": {"https://ats.example/in"}, "event": {"case.changed"}, "once": {once}}
	secret := regexp.MustCompile(`whsec_[A-Za-z0-9+/=]+|whsec_[^<]+`)
	made := ana.post(at, form, 200)
	if len(secret.FindAllString(made, -1)) != 1 || !strings.Contains(made, "another person must confirm") || strings.Contains(made, "/confirm\"") {
		t.Errorf("%s", text(made))
	}
	ana.post(at, form, 200) // the same form again asks for nothing more
	page = ben.get(at, 200)
	ids := regexp.MustCompile(`/settings/webhooks/([a-z2-7]+)/confirm`).FindAllStringSubmatch(page, -1)
	if len(ids) != 1 || secret.MatchString(page) || secret.MatchString(ana.get(at, 200)) {
		t.Fatalf("%d wait, or the secret stands there again: %s", len(ids), text(page))
	}
	id := ids[0][1]
	old := url.Values{"mark": {field(t, page, "mark")}}
	ana.post(at+"/"+id+"/confirm", old, http.StatusForbidden) // who asked for it

	// Another address was asked for meanwhile: ben has not read that one.
	change := func(address string) url.Values {
		return url.Values{"mark": {field(t, ana.get(at, 200), "mark")}, "url": {address}, "event": {"case.changed", "job.done"}}
	}
	ana.post(at+"/"+id+"/change", change("https://ats.example/other"), 200)
	if page = ben.post(at+"/"+id+"/confirm", old, http.StatusConflict); !strings.Contains(text(page), "Something has changed meanwhile.") {
		t.Errorf("%s", text(page))
	}
	page = ben.post(at+"/"+id+"/confirm", url.Values{"mark": {field(t, page, "mark")}}, 200)
	if !strings.Contains(text(page), "Messages go here") || !strings.Contains(page, "https://ats.example/other") || strings.Contains(text(page), "Waits for another") {
		t.Errorf("%s", text(page))
	}
	stale := old
	stale.Set("url", "https://ats.example/third")
	stale["event"] = []string{"erasure.done"}
	page = ben.post(at+"/"+id+"/change", stale, http.StatusConflict)
	if !strings.Contains(page, `value="https://ats.example/third"`) || !strings.Contains(page, `value="erasure.done" checked`) {
		t.Errorf("what was typed is lost: %s", text(page))
	}
	stale.Set("mark", field(t, page, "mark"))
	page = ben.post(at+"/"+id+"/change", stale, 200)
	if !strings.Contains(page, "https://ats.example/other") || !strings.Contains(page, "https://ats.example/third") || strings.Contains(page, "/confirm\"") {
		t.Errorf("both are shown, and ben cannot confirm: %s", text(page))
	}
	ana.post(at+"/"+id+"/nothing", stale, 404)

	// What needs a sign-in of just now says so, and keeps what was typed.
	w.later(access.FreshFor + time.Minute)
	form.Set("url", "https://ats.example/late")
	if page = ana.post(at, form, http.StatusForbidden); !strings.Contains(page, `value="https://ats.example/late"`) || !strings.Contains(text(page), "Sign in again") {
		t.Errorf("%s", text(page))
	}
	if page = ana.post(at+"/"+id+"/remove", nil, 200); strings.Contains(page, "ats.example") || !strings.Contains(text(page), "No messages go out.") {
		t.Errorf("%s", text(page))
	}
	ana.post(at+"/"+id+"/remove", nil, 404)
}
