package web

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"bonafide/audit"
	"bonafide/record"
	"bonafide/screen"
)

// A morning: open the queue, read the first case, ask for exactly what would
// clear it, put a decision forward, and have another sign it.
func TestDesk(t *testing.T) {
	w := newWorld(t)
	w.example(120)
	ana, ben := w.browser(record.RoleReviewer), w.browser(record.RoleReviewer)
	page := ana.get("/queue?view=open", 200)
	ids := cases(page)
	if len(ids) == 0 {
		t.Fatal("the example gives nobody to look at: ", text(page))
	}
	id := cases(ana.get("/queue?view=review", 200))[0]
	one := ana.get("/cases/"+id, 200)
	if !strings.Contains(one, `class="chain"`) || !strings.Contains(one, "Could be innocent") {
		t.Error("the case lacks its chain or the innocent explanations")
	}
	seen := field(t, one, "seen")
	// Not before the person was asked.
	ana.post("/cases/"+id+"/decide", url.Values{"to": {"not verified"}, "reasons": {"x"}, "seen": {seen}}, http.StatusConflict)
	due := time.Now().AddDate(0, 0, 7).Format("2006-01-02")
	after := ana.post("/cases/"+id+"/ask", url.Values{"check": {field(t, one, "check")}, "text": {"Please confirm."}, "other": {"Or call."}, "due": {due}}, 200)
	if !strings.Contains(after, "Please confirm.") {
		t.Error("what was asked is not on the page")
	}
	// A page from before is stale.
	ana.post("/cases/"+id+"/decide", url.Values{"to": {"cleared"}, "reasons": {"x"}, "seen": {seen}}, http.StatusConflict)
	seen = field(t, after, "seen")
	waiting := ana.post("/cases/"+id+"/decide", url.Values{"to": {"cleared"}, "reasons": {"Confirmed by the bank."}, "seen": {seen}}, 200)
	m := regexp.MustCompile(`/decisions/([a-z2-7]+)/withdraw`).FindStringSubmatch(waiting)
	if m == nil {
		t.Fatal("the proposer does not see that it waits: ", text(waiting))
	}
	ana.post("/decisions/"+m[1]+"/approve", url.Values{"case": {id}, "seen": {seen}}, http.StatusForbidden)
	if !strings.Contains(ben.get("/queue?view=waiting", 200), id) {
		t.Error("it does not wait for the other")
	}
	signed := ben.post("/decisions/"+m[1]+"/approve", url.Values{"case": {id}, "seen": {field(t, ben.get("/cases/"+id, 200), "seen")}}, 200)
	if !strings.Contains(signed, "Cleared.") {
		t.Error("the case is not cleared: ", text(signed))
	}
}

// Every page in every language, for everybody who may see it; nobody else.
func TestEveryPage(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	b := w.browser(record.RoleReviewer, record.RoleLead, record.RoleAuditor)
	id := cases(b.get("/queue", 200))[0]
	for _, lang := range []string{"en", "de", "pt-PT"} {
		b.lang = lang
		for _, path := range []string{"/queue", "/queue?view=mine", "/queue?view=closed", "/cases/" + id, "/cases/" + id + "/guides/verification", "/search", "/rules", "/policy", "/policy/terms", "/playbooks", "/playbooks/extortion", "/statistics", "/audit", "/connectors", "/settings"} {
			page := b.get(path, 200)
			if !strings.Contains(page, `<html lang="`+lang) {
				t.Errorf("%s is not in %s", path, lang)
			}
			if strings.Contains(page, "style=") || regexp.MustCompile(`<script[^>]*>[^<]`).MatchString(page) || strings.Contains(page, "onclick") {
				t.Errorf("%s carries a style or a script of its own", path)
			}
		}
	}
	stranger := w.stranger()
	if page := stranger.get("/cases/"+id, 200); !strings.Contains(page, `action="/sign-in`) && strings.Contains(page, "chain") {
		t.Error("a stranger read a case")
	}
	viewer := w.browser(record.RoleViewer)
	viewer.get("/cases/"+id, http.StatusNotFound)
	viewer.get("/audit", http.StatusForbidden)
	works := w.browser(record.RoleWorks)
	works.get("/queue", http.StatusForbidden)
	works.get("/rules", 200)
	works.get("/statistics", 200)
}

// The one search box finds whoever holds a value, and says so when nobody does.
func TestSearch(t *testing.T) {
	w := newWorld(t)
	w.example(30)
	_, err := w.keep.Accept(ctx, record.Machine("one"), screen.Delivery{Raw: []byte(`{"id":"s1","source":"test","received_at":"2026-11-20T09:00:00Z","emails":["erika.beispiel@example.org"],"phones":["+49 30 23125 099"]}`)})
	ok(t, err)
	b := w.browser(record.RoleReviewer)
	for value, want := range map[string]string{
		"Erika.Beispiel@example.org": "Mail address: on 1 records", "+493023125099": "Phone number: on 1 records", "nobody@example.org": "Mail address: on no record", "@": "That is none of these",
	} {
		if page := text(b.post("/search", url.Values{"value": {value}}, 200)); !strings.Contains(page, want) {
			t.Errorf("%q is not said for a value: %s", want, page)
		}
	}
}

// A link that is only opened, five times by a scanner, still signs in; the
// second use does not.
func TestSignInLink(t *testing.T) {
	w := newWorld(t)
	link := w.link(record.RoleReviewer)
	scanner := w.stranger()
	for range 5 {
		scanner.get(link, 200)
	}
	w.stranger().post(link, nil, 200)
	w.stranger().post(link, nil, http.StatusGone)
}

// Rules are drafted by one and put in force by another; then they weigh.
func TestPolicy(t *testing.T) {
	w := newWorld(t)
	w.example(80)
	ana, ben := w.browser(record.RoleLead, record.RoleReviewer), w.browser(record.RoleLead, record.RoleReviewer)
	page := ana.post("/policy/draft", url.Values{"text": {"version 2\nreview when 1 supporting\nroutine otherwise\n"}}, 200)
	if !strings.Contains(page, "review when 1 supporting") {
		t.Error("the difference is not shown")
	}
	tried := text(ana.post("/policy/try", url.Values{"version": {"1"}}, 200))
	if !regexp.MustCompile(`Would change [1-9]\d* of 80 cases`).MatchString(tried) {
		t.Error("the trial says nothing: ", tried)
	}
	mark := field(t, ben.get("/policy", 200), "mark")
	ana.post("/policy/publish", url.Values{"version": {"1"}, "mark": {mark}}, http.StatusForbidden)
	ben.post("/policy/publish", url.Values{"version": {"1"}, "mark": {"old"}}, http.StatusConflict)
	ben.post("/policy/publish", url.Values{"version": {"1"}, "mark": {mark}}, 200)
	out, err := w.keep.Accept(ctx, record.Machine("one"), screen.Delivery{Raw: []byte(`{"id":"p1","source":"test","received_at":"2026-11-20T09:00:00Z","requests":[{"kind":"other-payee","at":"2026-11-20T10:00:00Z"}]}`)})
	ok(t, err)
	if out.Result.Assessment != record.Review {
		t.Errorf("the rules in force do not weigh: %s", out.Result.Assessment)
	}
	w.browser(record.RoleReviewer).post("/policy/draft", url.Values{"text": {"x"}}, http.StatusForbidden)
}

// Tiers, days and languages are a form; what it writes is a draft like any other,
// and in force it is what a person's own page asks for.
func TestPolicyForm(t *testing.T) {
	w := newWorld(t)
	w.example(20)
	ana, ben := w.browser(record.RoleLead), w.browser(record.RoleLead)
	form := formOf(t, ana.get("/policy/terms", 200))
	for _, tier := range []string{"T1", "T2", "T3"} {
		form.Set("step."+tier+".reference", "")
	}
	form.Set("role.0.name", "C# developer\nreview when 1 supporting")
	form.Set("role.0.tier", "T3")
	form.Set("keep.0.class", "application")
	form.Set("keep.0.days", "30")
	form.Set("keep.0.because", "house <b>rule</b>")
	form.Del("lang.en")
	form.Set("first", "pt")
	broken := url.Values{}
	for k, v := range form {
		broken[k] = v
	}
	broken.Set("look.T2", "x")
	if back := ana.post("/policy/terms", broken, http.StatusBadRequest); !strings.Contains(back, `role="alert"`) || !strings.Contains(back, "house &lt;b&gt;rule") {
		t.Error("what cannot be read comes back without why, or without what was typed")
	}
	page := ana.post("/policy/terms", form, 200)
	for _, line := range []string{"+ role T3 C# developer review when 1 supporting", "+ tier T2 asks  mail phone identity payee delivery", "+ keep application 30 days because house &lt;b&gt;rule&lt;/b&gt;", "+ languages pt de"} {
		if !strings.Contains(strings.ReplaceAll(page, "&#43;", "+"), line) {
			t.Errorf("the draft lacks %q", line)
		}
	}
	tried := text(ana.post("/policy/try", url.Values{"version": {"1"}}, 200))
	if !regexp.MustCompile(`Would change [1-9]`).MatchString(tried) {
		t.Error("no open case would be asked fewer steps")
	}
	if !regexp.MustCompile(`Finished applications: 180 → 30 days. Clocks that would move: \d+, to an earlier day: \d+, to a day that has come: \d+. Unchanged while a legal hold lasts: 0.`).MatchString(tried) {
		t.Error("the trial does not say which clocks it would move: ", tried)
	}
	ben.post("/policy/publish", url.Values{"version": {"1"}, "mark": {field(t, ben.get("/policy", 200), "mark")}}, 200)
	if again := formOf(t, ben.get("/policy/terms", 200)); again.Get("keep.0.days") != "30" || again.Get("first") != "pt" || again.Has("lang.en") || again.Get("step.T2.reference") != "" {
		t.Errorf("the form does not show what is in force: %v", again)
	}
	if said := text(w.browser(record.RoleWorks).get("/policy", 200)); !strings.Contains(said, "30 days: house") || !strings.Contains(said, "Português, Deutsch") {
		t.Error("whoever reads the rules does not read what is in force")
	}
	w.browser(record.RoleWorks).get("/policy/terms", http.StatusForbidden)
}

// The tour leads through the example until somebody puts it away, for good and for
// themselves alone.
func TestTour(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	ana := w.browser(record.RoleReviewer)
	for _, lang := range []string{"en", "de", "pt"} {
		ana.lang = lang
		if page := ana.get("/queue", 200); !strings.Contains(page, `href="/tour/2"`) || strings.Contains(page, "⟦") {
			t.Errorf("%s: no tour on the queue", lang)
		}
		for step := 2; step <= 5; step++ {
			page := ana.get(fmt.Sprintf("/tour/%d", step), 200)
			if !strings.Contains(page, `class="notice example tour follows"`) || !strings.Contains(page, `id="`+tourStops[step-1]+`"`) {
				t.Errorf("%s: step %d points at nothing", lang, step)
			}
		}
	}
	ana.get("/tour/6", http.StatusNotFound)
	if strings.Contains(ana.get("/settings", 200), `href="/tour/`) {
		t.Error("the tour follows onto other pages")
	}
	ana.post("/tour", nil, 200)
	if strings.Contains(ana.get("/queue", 200), "/tour/2") || strings.Contains(ana.get("/tour/2", 200), "tour follows") {
		t.Error("the tour came back")
	}
	if !strings.Contains(w.browser(record.RoleReviewer).get("/queue", 200), "/tour/2") {
		t.Error("one put it away for another")
	}
	if !strings.Contains(ana.post("/tour", url.Values{"do": {"again"}}, 200), "/tour/2") {
		t.Error("it cannot be seen again")
	}
	w.browser(record.RoleWorks).get("/tour/2", http.StatusForbidden)
}

// A tenant's own version of a playbook: strict with the line, put in force by
// another, and what begins then follows it.
func TestPlaybookPage(t *testing.T) {
	w := newWorld(t)
	w.example(20)
	ana, ben := w.browser(record.RoleLead), w.browser(record.RoleLead, record.RoleReviewer)
	ana.get("/playbooks/revenge", http.StatusNotFound)
	b, err := os.ReadFile("../casework/playbooks/verification.yaml")
	ok(t, err)
	draft := func(text string, status int) string {
		return ana.post("/playbooks/verification/draft", url.Values{"text": {text}}, status)
	}
	if back := draft("id: verification\nversion: 1\nscore: 9 <b>\n", http.StatusBadRequest); !strings.Contains(back, "playbook:3") || !strings.Contains(back, "score: 9 &lt;b&gt;") {
		t.Error("what cannot be read comes back without its line, or without what was written")
	}
	page := draft(strings.ReplaceAll(strings.Replace(string(b), "Before the post is published", "Long before the post is published", 1), "\n", "\r\n"), 200)
	if !strings.Contains(page, "Long before the post") || strings.Count(page, "\n+ ")+strings.Count(page, "&#43;") > 4 {
		t.Error("the difference is not one line")
	}
	mark := field(t, ben.get("/playbooks", 200), "mark")
	ana.post("/playbooks/verification/publish", url.Values{"version": {"1"}, "mark": {mark}}, http.StatusForbidden)
	ben.post("/playbooks/verification/publish", url.Values{"version": {"1"}, "mark": {"old"}}, http.StatusConflict)
	ben.post("/playbooks/verification/publish", url.Values{"version": {"1"}, "mark": {mark}}, 200)
	id := cases(ben.get("/queue", 200))[0]
	if said := text(ben.post("/cases/"+id+"/guides/verification", nil, 200)); !strings.Contains(said, "Long before the post") || !strings.Contains(said, "by version 1 of this house") {
		t.Error("a guide that begins does not follow what is in force")
	}
}

// formOf is what a browser would send of the one form of terms on a page.
func formOf(t *testing.T, page string) url.Values {
	t.Helper()
	_, page, found := strings.Cut(page, `<form class="terms"`)
	if !found {
		t.Fatal("no form")
	}
	page, _, _ = strings.Cut(page, "</form>")
	form := url.Values{}
	for _, m := range regexp.MustCompile(`<input([^>]*)>`).FindAllStringSubmatch(page, -1) {
		name, value := regexp.MustCompile(`name="([^"]*)"`).FindStringSubmatch(m[1]), regexp.MustCompile(`value="([^"]*)"`).FindStringSubmatch(m[1])
		if name != nil && value != nil && (!strings.Contains(m[1], "checkbox") || strings.Contains(m[1], " checked")) {
			form.Set(name[1], value[1])
		}
	}
	for _, m := range regexp.MustCompile(`(?s)<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>|<select name="([^"]*)"[^>]*>(.*?)</select>`).FindAllStringSubmatch(page, -1) {
		name, body := m[1]+m[3], m[2]+m[4]
		if o := regexp.MustCompile(`<option(?: value="([^"]*)")?[^>]* selected[^>]*>([^<]*)`).FindStringSubmatch(body); o != nil {
			if o[1] == "" && !strings.Contains(o[0], "value=") {
				o[1] = o[2]
			}
			form.Set(name, o[1])
		} else if o := regexp.MustCompile(`<option(?: value="([^"]*)")?`).FindStringSubmatch(body); o != nil {
			form.Set(name, o[1])
		}
	}
	return form
}

// One proposes a package, another makes it, and it verifies with the public key.
func TestEvidence(t *testing.T) {
	w := newWorld(t)
	w.example(40)
	ana, ben := w.browser(record.RoleReviewer), w.browser(record.RoleReviewer)
	id := cases(ana.get("/queue", 200))[0]
	page := ana.post("/cases/"+id+"/evidence", url.Values{"why": {"report"}, "receiver": {"police"}}, 200)
	if strings.Contains(page, "/evidence/") && strings.Contains(page, `/make"`) {
		t.Error("whoever proposed it is offered to make it")
	}
	m := regexp.MustCompile(`/evidence/([a-z2-7]+)/make`).FindStringSubmatch(ben.get("/cases/"+id, 200))
	if m == nil {
		t.Fatal("the other is not offered it")
	}
	ana.post("/evidence/"+m[1]+"/make", nil, http.StatusForbidden)
	b := ben.post("/evidence/"+m[1]+"/make", nil, 200)
	r, err := audit.VerifyEvidence(strings.NewReader(b), int64(len(b)), w.key)
	if err != nil || !r.OK() {
		t.Errorf("%+v %v", r, err)
	}
}

// What people typed never executes and never stands in an address.
func TestHostile(t *testing.T) {
	w := newWorld(t)
	w.example(40)
	b := w.browser(record.RoleReviewer)
	id := cases(b.get("/queue", 200))[0]
	evil := `"><script>alert(1)</script><img src=x onerror=alert(1)>` + "\u202egnp.exe {{7*7}}"
	page := b.post("/cases/"+id+"/note", url.Values{"text": {evil}}, 200)
	if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") {
		t.Error("a note is markup")
	}
	b.post("/search", url.Values{"value": {evil}}, 200)
	b.get("/cases/../../etc/passwd", 404)
	b.get("/queue?after=%00%ff&view=%3Cscript%3E", 400)
}

// Another site's form does nothing with somebody's cookie.
func TestCrossOrigin(t *testing.T) {
	w := newWorld(t)
	w.example(20)
	b := w.browser(record.RoleReviewer)
	id := cases(b.get("/queue", 200))[0]
	r, err := http.NewRequest("POST", w.http.URL+"/cases/"+id+"/claim", strings.NewReader(""))
	ok(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	a, err := b.client.Do(r)
	ok(t, err)
	a.Body.Close()
	if a.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site gave %d", a.StatusCode)
	}
}

func TestWords(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	judging := regexp.MustCompile(`(?i)\b(fraud|fake|suspicious|guilty|betrug|betrüger|verdächtig|fraude|suspeit|culpad|risk score|score)\w*`)
	for _, line := range strings.Split(strings.TrimSpace(wordsFile), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 4 || f[1] == "" || f[2] == "" || f[3] == "" {
			t.Fatalf("%q has not three languages", line)
		}
		for i := 2; i < 4; i++ {
			if strings.Join(verbs.FindAllString(f[1], -1), "") != strings.Join(verbs.FindAllString(f[i], -1), "") {
				t.Errorf("%s: other verbs in another language", f[0])
			}
		}
		if w := judging.FindString(f[1] + " " + f[2] + " " + f[3]); w != "" && w != "scored" {
			t.Errorf("%s says %q", f[0], w)
		}
	}
}
