package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// apply hands an application in and gives its subject and case.
func (w *world) apply(a record.Application) (subject, caseID string) {
	w.t.Helper()
	raw, err := json.Marshal(&a)
	ok(w.t, err)
	got, err := w.keep.Accept(ctx, record.Machine("one"), screen.Delivery{Raw: raw})
	ok(w.t, err)
	return got.Subject, got.Case
}

func someone(id string) record.Application {
	return record.Application{ID: id, Source: "test", ReceivedAt: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
		Role: record.Role{ID: "r-1", Title: "Go developer", Tier: record.TierT1, Remote: true}, Person: record.Person{Name: "Ana Muster", BirthDate: "1990-02-03"},
		Emails: []string{id + "@example.org"}, Phones: []string{"+351 912 345 678"}}
}

func reviewer() record.Actor {
	return record.Actor{Kind: record.ActorPerson, ID: "rev", Tenant: "one", Roles: []record.StaffRole{record.RoleReviewer}}
}

// invited is a browser on the page of somebody.
func (w *world) invited(caseID string) *browser {
	w.t.Helper()
	link, err := w.desk.Invite(ctx, reviewer(), caseID, w.http.URL, false)
	ok(w.t, err)
	b := w.stranger()
	path := strings.TrimPrefix(link, w.http.URL)
	b.post(path, url.Values{"proof": {field(w.t, b.get(path, 200), "proof")}}, 200)
	return b
}

// A mail scanner opens links, and may press what it finds; the person's link
// still works, once, in the browser that was shown the page.
func TestInvitation(t *testing.T) {
	w := newWorld(t)
	_, id := w.apply(someone("a1"))
	link, err := w.desk.Invite(ctx, reviewer(), id, w.http.URL, false)
	ok(t, err)
	path := strings.TrimPrefix(link, w.http.URL)
	scanner := w.stranger()
	for range 5 {
		page := w.stranger().get(path, 200)
		scanner.post(path, url.Values{"proof": {field(t, page, "proof")}}, http.StatusBadRequest) // the button of another's page
	}
	w.stranger().post(path, nil, http.StatusBadRequest)
	w.stranger().get("/portal", http.StatusUnauthorized)
	b := w.stranger()
	page := b.post(path, url.Values{"proof": {field(t, b.get(path, 200), "proof")}}, 200)
	if !strings.Contains(page, "Who decides") {
		t.Error("the page does not say who decides: ", text(page))
	}
	again := w.stranger()
	again.post(path, url.Values{"proof": {field(t, again.get(path, 200), "proof")}}, http.StatusGone)
	b.get("/queue", 200) // signs in: the page of staff asks for their own session
	if strings.Contains(b.get("/queue", 200), "<table") {
		t.Error("a person's cookie opens the desk")
	}
	staff := w.browser(record.RoleReviewer)
	staff.get("/portal", http.StatusUnauthorized)
	b.post("/portal/say", url.Values{"what": {"leave"}}, 200)
	b.get("/portal", http.StatusUnauthorized)
}

// Whoever lost their link gets another, and nobody learns whether an address is known.
func TestAgain(t *testing.T) {
	w := newWorld(t)
	w.apply(someone("a1"))
	b := w.stranger()
	var pages []string
	for _, mail := range []string{"a1@example.org", "nobody@example.org", "@", ""} {
		pages = append(pages, b.post("/portal/again", url.Values{"mail": {mail}}, 200))
	}
	if len(slices.Compact(pages)) != 1 {
		t.Error("the answers differ")
	}
	w.work()
	if all := w.mails(); len(all) != 1 || all[0].To != "a1@example.org" || !strings.Contains(all[0].Text, "/invite/") {
		t.Errorf("%d letters went out", len(all))
	}
}

// The whole of a person's page by plain forms, in three languages, and what each
// step leaves on the record.
func TestPortalSteps(t *testing.T) {
	w := newWorld(t)
	subject, id := w.apply(someone("a1"))
	b := w.invited(id)
	for _, lang := range []string{"en", "de", "pt"} {
		for _, path := range []string{"/portal", "/portal/steps/mail", "/portal/steps/phone", "/portal/steps/code", "/portal/steps/reference", "/portal/steps/identity", "/portal/steps/payee", "/portal/steps/delivery", "/portal/data", "/portal/again", "/identity-report"} {
			page := b.get(path+"?lang="+lang, 200)
			if strings.Contains(page, "style=") || strings.Contains(page, "<script") {
				t.Errorf("%s carries a style or a script", path)
			}
		}
	}
	b.get("/portal?lang=en", 200)
	b.get("/portal/steps/nothing", 404)
	b.post("/portal/steps/mail", url.Values{"do": {"send"}}, 200)
	code := regexp.MustCompile(`\d{6}`).FindString(w.mails()[0].Text)
	b.post("/portal/steps/mail", url.Values{"code": {"000000"}}, 200)
	b.post("/portal/steps/mail", url.Values{"code": {code[:3] + " " + code[3:]}}, 200)
	page := b.post("/portal/steps/phone", url.Values{"do": {"send"}}, 200)
	if !strings.Contains(page, "Somebody calls you") {
		t.Error("nothing says that somebody calls")
	}
	digits := regexp.MustCompile(`\b\d{6}\b`).FindString(w.tasks(id))
	b.post("/portal/steps/phone", url.Values{"code": {digits}}, 200)
	b.post("/portal/steps/reference", url.Values{"name": {"Bea Beispiel"}, "organisation": {"Example GmbH"}, "relationship": {"manager"}, "email": {"bea@mail.example"}}, 200)
	b.post("/portal/steps/identity", url.Values{"kind": {"passport"}, "issuer": {"UTO"}, "number": {"L898902C3"}, "name": {"Ana Muster"}, "birth_date": {"1990-02-03"}, "expires": {"2031-01-01"}}, 200)
	b.post("/portal/steps/payee", url.Values{"value": {"PT50 0002 0123 1234 5678 9015 4"}, "holder": {"Ana Muster"}}, 200)
	page = b.post("/portal/steps/delivery", url.Values{"name": {"Ana Muster"}, "line": {"Rua A 1"}, "city": {"Porto"}, "postcode": {"4000-001"}, "country": {"pt"}}, 200)
	if !strings.Contains(page, "Nothing is asked of you now") {
		t.Error("steps are left: ", text(page))
	}
	w.work()
	a := w.application(subject)
	if len(a.Proofs) != 2 || len(a.References) != 1 || len(a.Documents) != 1 || len(a.Payouts) != 1 || a.Delivery.City != "Porto" {
		t.Errorf("the record lacks something: %d proofs %d references", len(a.Proofs), len(a.References))
	}
	// The same application sent again by the system it came from loses none of it.
	w.apply(someone("a1"))
	if a = w.application(subject); len(a.Proofs) != 2 || len(a.References) != 1 || len(a.Payouts) != 1 {
		t.Error("what the person gave was lost when the application came again")
	}
	b.post("/portal/data", url.Values{"field": {"mail"}, "value": {"new@example.org"}}, 200)
	if a = w.application(subject); a.Emails[0] != "new@example.org" || len(a.History) != 1 || len(a.Proofs) != 1 {
		t.Error("a corrected address is not the first, or still counts as confirmed")
	}
	if !strings.Contains(b.get("/portal/data", 200), "new@example.org") {
		t.Error("the person does not see the correction")
	}
	for _, what := range []string{"pause", "resume", "help", "contest", "time", "other-way"} {
		b.post("/portal/say", url.Values{"what": {what}, "text": {"Please call me."}}, 200)
	}
	if tasks := w.tasks(id); strings.Count(tasks, "Please call me.") != 4 || !strings.Contains(tasks, "paused") {
		t.Error("not every word became a task")
	}
	page = b.post("/portal/say", url.Values{"what": {"withdraw"}, "sure": {"yes"}}, 200)
	if !strings.Contains(page, "You have withdrawn") {
		t.Error("the page does not say that it was withdrawn")
	}
	b.post("/portal/steps/payee", url.Values{"value": {"x"}, "holder": {"y"}}, http.StatusConflict)
	b.post("/portal/say", url.Values{"what": {"return"}}, 200)
}

// A question of a reviewer stands on the page from the next release on, and is
// answered once.
func TestPortalRequest(t *testing.T) {
	w := newWorld(t)
	_, id := w.apply(someone("a1"))
	b := w.invited(id)
	_, err := w.desk.Ask(ctx, reviewer(), id, []casework.Asking{{Check: "own", Text: "Which name is on the contract?", Other: "Or call us.", Due: w.now().Add(8 * 24 * time.Hour)}})
	ok(t, err)
	if strings.Contains(b.get("/portal", 200), "Which name") {
		t.Error("it is shown at once: the moment would tell what caused it")
	}
	w.later(13 * time.Hour)
	page := b.get("/portal", 200)
	m := regexp.MustCompile(`/portal/requests/([a-z2-7]+)`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("the question is not on the page")
	}
	b.post(m[0], url.Values{"text": {"My own."}}, 200)
	b.post(m[0], url.Values{"text": {"Again."}}, http.StatusConflict)
	// Another person's question is not there.
	_, other := w.apply(someone("b2"))
	w.invited(other).post(m[0], url.Values{"text": {"Mine."}}, http.StatusNotFound)
}

// Five hundred variants of one applicant that differ in one fact see the same
// bytes at every step, whatever the machine thinks of them.
func TestPortalTellsNothing(t *testing.T) {
	n := 500
	if testing.Short() {
		n = 40
	}
	w := newWorld(t)
	w.example(40)
	held := w.anyApplication()
	var first map[string]string
	reviewed := 0
	for i := range n {
		a := someone(fmt.Sprintf("v%03d", i))
		switch i % 8 {
		case 1:
			a.Emails = held.Emails
		case 2:
			a.Phones = held.Phones
		case 3:
			a.Person.BirthDate = record.Date(fmt.Sprintf("19%02d-01-02", i%90))
		case 4:
			a.Documents = []record.Document{{Kind: "passport", Issuer: "UTO", Number: "L898902C3", MRZ: []string{"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204150ZE184226B<<<<<10"}, Expires: "2012-04-15"}}
		case 5:
			a.Payouts = []record.Payout{{Kind: "iban", Value: "PT50000201231234567890154", Holder: "Somebody Else"}}
		case 6:
			a.Sessions = []record.Session{{At: a.ReceivedAt, Kind: "apply", IP: "192.0.2.7", Timezone: "Asia/Tokyo"}}
		case 7:
			a.References = []record.Reference{{Name: "Ana Muster", Email: a.Emails[0], Organisation: "X"}}
		}
		subject, id := w.apply(a)
		if w.assessment(subject) != record.Routine {
			reviewed++
		}
		b := w.invited(id)
		b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		seen := map[string]string{}
		for _, path := range []string{"/portal", "/portal/steps/identity", "/portal/steps/payee"} {
			seen[path] = b.get(path, 200)
		}
		seen["payee"] = b.post("/portal/steps/payee", url.Values{"value": {fmt.Sprintf("PT5000020123123456789%04d", i)}, "holder": {"Ana Muster"}}, http.StatusSeeOther)
		if i%40 == 0 {
			w.work()
		}
		seen["after"] = b.get("/portal", 200)
		if first == nil {
			first = seen
		}
		for path, page := range seen {
			if page != first[path] {
				t.Fatalf("variant %d sees another %s:\n%s\n%s", i, path, text(page), text(first[path]))
			}
			if m := regexp.MustCompile(`(?i)\b(doc|cp|pay|link|ref|cv|net|int|ext)-[a-z]+-[a-z-]+|verify-more|supporting|conclusive|finding`).FindString(text(page)); m != "" {
				t.Fatalf("%s says %q", path, m)
			}
		}
	}
	if reviewed < n/8 {
		t.Errorf("only %d of %d variants differ for the machine: the test compares like with like", reviewed, n)
	}
}

// The report of somebody whose identity another uses is taken from anybody, in the
// same words for every name, and waits as a record of its own.
func TestIdentityReport(t *testing.T) {
	w := newWorld(t)
	w.apply(someone("a1"))
	b := w.stranger()
	form := func(name string) url.Values {
		return url.Values{"name": {name}, "contact": {"victim@example.org"}, "birth_date": {"1990-02-03"}, "text": {"A payslip came."}, "document": {"L898902C3"}}
	}
	known, unknown := b.post("/identity-report", form("Ana Muster"), 200), b.post("/identity-report", form("Nobody At All"), 200)
	if known != unknown {
		t.Error("the answer tells whether a name is known")
	}
	b.post("/identity-report", url.Values{"name": {"x"}}, http.StatusBadRequest)
	before := w.cases()
	w.work()
	if got := w.cases() - before; got != 2 {
		t.Errorf("%d cases were opened by two reports", got)
	}
	care := 0
	w.see(func(x *store.Tx) error {
		all, _, err := x.Cases(store.CaseFilter{Limit: 100})
		for _, c := range all {
			tasks, err := x.Tasks(c.ID, "", 10)
			if err != nil {
				return err
			}
			for _, k := range tasks {
				if strings.HasPrefix(k.Text, "Somebody says that another uses their identity") {
					care++
				}
			}
		}
		return err
	})
	if care != 2 {
		t.Errorf("%d tasks to write to the reporters", care)
	}
}

func TestPortalWords(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	judging := regexp.MustCompile(`(?i)\b(fraud|fake|suspicious|guilty|betrug|betrüger|verdächtig|fraude|suspeit|culpad|risk|score)\w*`)
	inside := regexp.MustCompile(`(?i)\b(finding|befund|beobachtung|observaç)\w*`) // a word of the desk
	for line := range strings.Lines(portalWords) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 4 || f[1] == "" || f[2] == "" || f[3] == "" {
			t.Fatalf("%q has not three languages", line)
		}
		for i := 2; i < 4; i++ {
			if strings.Join(verbs.FindAllString(f[1], -1), "") != strings.Join(verbs.FindAllString(f[i], -1), "") {
				t.Errorf("%s: other verbs in another language", f[0])
			}
		}
		if m := judging.FindString(f[1] + " " + f[2] + " " + f[3]); m != "" && m != "scored" {
			t.Errorf("%s says %q", f[0], m)
		}
		if strings.HasPrefix(f[0], "p ") && inside.MatchString(f[1]+" "+f[2]+" "+f[3]) {
			t.Errorf("%s speaks of findings to the person", f[0])
		}
	}
}
