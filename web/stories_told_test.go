package web

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/casework"
	"bonafide/confine"
	"bonafide/notify"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

var stories = []story{
	{name: "morning", begin: func(w *world) map[string]string { w.example(120); return nil }, after: func(w *world, _ map[string]string) {
		states := map[string]int{}
		for _, r := range w.requests("") {
			states[r.State]++
		}
		if states["sent"] != 3 || states["withdrawn"] != 1 {
			w.t.Errorf("what was asked of people: %v", states)
		}
	}},
	{name: "appeal", begin: func(w *world) map[string]string {
		a := someone("a1")
		a.Payouts = []record.Payout{{Kind: "iban", Value: "PT50000201231234567890154", Holder: "Ana Beispiel"}}
		_, id := w.apply(a)
		return map[string]string{"case": id}
	}, after: func(w *world, given map[string]string) { w.decided(given["case"], record.CaseCleared, 2) }},
	{name: "misrepresentation", begin: func(w *world) map[string]string {
		w.example(60)
		return map[string]string{"case": w.inReview()}
	}, after: func(w *world, given map[string]string) {
		w.decided(given["case"], record.CaseMisrepresentation, 1)
	}},
	{name: "leaving", begin: func(w *world) map[string]string {
		w.example(60)
		return map[string]string{"case": w.inReview()}
	}},
	{name: "order", begin: func(w *world) map[string]string {
		w.example(60)
		w.leaving()
		w.late()
		return map[string]string{"case": w.inReview()}
	}},
	{name: "demand", begin: func(w *world) map[string]string {
		w.example(60)
		var err error
		w.keep.Files, err = confine.New(confine.Options{})
		ok(w.t, err)
		return map[string]string{"case": w.inReview(), "package": filepath.Join(w.t.TempDir(), "evidence.zip"),
			"message": "From: x@mail.example\r\nTo: board@example.com\r\nSubject: your code\r\nDate: Fri, 20 Nov 2026 08:00:00 +0000\r\nMessage-ID: <1@mail.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWe have your code. Pay 2 BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa within three days.\r\n"}
	}, after: func(w *world, given map[string]string) {
		out, err := exec.Command(command(), "verify", "evidence", given["package"], "--key", w.key).CombinedOutput()
		if err != nil {
			w.t.Errorf("bonafide verify: %v\n%s", err, out)
		}
		w.t.Log(strings.TrimSpace(string(out)))
	}},
	{name: "portal", begin: applicant, after: func(w *world, given map[string]string) {
		if n := len(w.application(given["subject"]).Proofs); n != 3 {
			w.t.Errorf("the path left %d proofs", n)
		}
	}},
	{name: "portal_pages", begin: applicant, walk: true},
	{name: "chip", begin: func(w *world) map[string]string {
		files, authority := chipFilesOf(w.t)
		ok(w.t, w.prover.Chips.Add("utopia.pem", authority))
		given := applicant(w)
		given["sod"], given["dg1"] = base64.StdEncoding.EncodeToString(files["EF_SOD"]), base64.StdEncoding.EncodeToString(files["DG1"])
		return given
	}, after: func(w *world, given map[string]string) {
		if p := w.application(given["subject"]).Proofs; len(p) != 1 || p[0].ID != "chip-passive" {
			w.t.Errorf("the chip left %+v", p)
		}
	}},
	{name: "referee", begin: referee, after: func(w *world, given map[string]string) {
		if r := w.application(given["subject"]).References[0]; r.RepliedAt.IsZero() || !strings.Contains(r.Text, "March 2021") {
			w.t.Errorf("the reply left %+v", r)
		}
	}},
	{name: "handin", begin: func(w *world) map[string]string {
		var err error
		w.keep.Files, err = confine.New(confine.Options{})
		ok(w.t, err)
		_, id := w.apply(someone("a1"))
		return map[string]string{"case": id}
	}, after: func(w *world, given map[string]string) {
		var all []string
		w.see(func(tx *store.Tx) (err error) { all, err = tx.Subjects("", 100); return err })
		var pages, platforms int
		for _, s := range all {
			a := w.application(s)
			pages, platforms = pages+len(a.Pages), platforms+len(a.Platforms)
		}
		if len(all) != 5 || pages != 2 || platforms != 1 {
			w.t.Errorf("%d applications with %d pages and %d platforms", len(all), pages, platforms)
		}
	}},
	{name: "webhooks", begin: func(*world) map[string]string { return nil }},
	{name: "limits", begin: func(*world) map[string]string { return nil }},
	{name: "hostile", begin: hostile, once: true},
	{name: "pages", walk: true, begin: func(w *world) map[string]string {
		w.example(300)
		operator := regexp.MustCompile(`/operators/([a-z2-7]+)`).FindStringSubmatch(w.everyCase())
		if operator == nil {
			w.t.Fatal("the example has no operator question")
		}
		id := w.inReview()
		w.leaving()
		w.late()
		lead := w.browser(record.RoleLead)
		for _, form := range []url.Values{{"do": {"items"}, "items": {"token,forge,ci\nvpn,gate,x\ndevice,mdm,laptop"}}, {"do": {"cut"}, "at": {minutesAgo(w, 30)}},
			{"do": {"confirm"}, "item": {"1"}, "at": {minutesAgo(w, 28)}, "words": {"forge log"}}, {"do": {"seen"}, "item": {"1"}, "words": {"a push"}},
			{"do": {"order"}, "item": {"3"}, "via": {"directory"}, "account": {"nora"}}} {
			lead.step("/cases/"+id+"/offboarding", form, 200)
		}
		return map[string]string{"case": id, "operator": operator[1]}
	}},
}

// applicant is one person without anything that stands out.
func applicant(w *world) map[string]string {
	subject, id := w.apply(someone("a1"))
	return map[string]string{"subject": subject, "case": id}
}

// referee is a person whose referee can be reached: the house writes through a
// mail server, and the employer's answers, signed or not.
func referee(w *world) map[string]string {
	a := someone("a1")
	a.References = []record.Reference{{Name: "Bea Beispiel", Email: "bea.b@mail.example", Organisation: "Meridian Works", Relationship: "manager"}}
	subject, id := w.apply(a)
	server, taken := mailServer(w.t)
	w.out = &notify.Mail{Server: server, From: "people@hiring.example", Name: "Example Systems", Plain: true}
	public, key, err := ed25519.GenerateKey(rand.Reader)
	ok(w.t, err)
	w.prover.Names = w.asking(employerNames(w.t, public))
	number := ""
	w.answers = map[string]func(url.Values) error{
		"/letter": func(url.Values) error {
			w.work()
			letter := <-taken
			_, rest, _ := strings.Cut(letter, "Message-ID: <")
			number, _, _ = strings.Cut(rest, ">")
			if !strings.Contains(letter, "To: <bea.beispiel@meridian-works.example>") || number == "" {
				return fmt.Errorf("the letter to the referee is none")
			}
			return nil
		},
		"/reply": func(q url.Values) error {
			var signer crypto.Signer
			if q.Get("signed") == "yes" {
				signer = key
			}
			_, err := w.prover.Reply(ctx, screen.MailIn{Raw: replyOf(w.t, w.now(), "bea.beispiel@meridian-works.example", number, signer)})
			w.work()
			return err
		},
	}
	return map[string]string{"subject": subject, "case": id}
}

// hostile is a house in which every hostile string stands wherever outside words
// stand: as somebody's name and role, in notes, questions, file names, answers.
func hostile(w *world) map[string]string {
	all := hostileStrings(w.t)
	var ids []string
	for i, s := range all {
		a := someone(fmt.Sprint("h", i))
		a.Person.Name, a.Role.Title, a.Phones = s, s, nil
		a.Resume.Text, a.Resume.Skills, a.Resume.File = s, []string{s}, s
		raw, err := json.Marshal(&a)
		if err != nil { // bytes that are no text never come this far
			continue
		}
		got, err := w.keep.Accept(ctx, record.Machine("one"), screen.Delivery{Raw: raw})
		if record.CodeOf(err) == record.CodeInvalid {
			continue
		}
		ok(w.t, err)
		if len(ids) < 20 && i >= len(all)/2 {
			ids = append(ids, got.Case)
		}
	}
	for i, s := range all {
		id := ids[i%len(ids)]
		if strings.TrimSpace(s) == "" {
			continue
		}
		_, err := w.desk.Note(ctx, reviewer(), id, s)
		ok(w.t, err)
		if i%len(ids) < 6 {
			_, err = w.desk.Ask(ctx, reviewer(), id, []casework.Asking{{Check: "own", Text: s, Other: s, Due: w.now().Add(8 * 24 * time.Hour)}})
			ok(w.t, err)
		}
		w.see(func(t *store.Tx) error {
			c, err := t.Case(id)
			if err != nil {
				return err
			}
			t.Did("file.add", "subject/"+c.Subject, id)
			_, _, err = t.SaveFile(c.Subject, "resume", s, []byte(fmt.Sprint("file ", i)))
			return err
		})
	}
	w.later(13 * time.Hour) // the questions are on the portal
	return map[string]string{"cases": strings.Join(ids, " "), "strings": fmt.Sprint(len(all))}
}

// hostileStrings are those that stand beside the repository, and a few of ours.
func hostileStrings(t testing.TB) []string {
	t.Helper()
	all := []string{`"><script>hacked=1</script><img src=x onerror="hacked=1">`, "Ana\u202egnp.exe", "a\u200b\u00ad\ufeffb", "Z" + strings.Repeat("\u0351", 200), strings.Repeat("W", 190), "{{7*7}}", "javascript:hacked=1", "</textarea></title><svg onload=hacked=1>"}
	root := os.Getenv("BONAFIDE_DATA")
	if root == "" {
		root = "../../shared/data"
	}
	var blns []string
	raw, err := os.ReadFile(filepath.Join(root, "hostile/strings/blns-dev.json"))
	if err != nil {
		t.Logf("NOT TESTED: the hostile strings of others; %s is not here (BONAFIDE_DATA names it)", "hostile/strings")
		return all
	}
	ok(t, json.Unmarshal(raw, &blns, jsontext.AllowInvalidUTF8(true)))
	raw, err = os.ReadFile(filepath.Join(root, "hostile/html/dompurify/expect.mjs.txt"))
	ok(t, err)
	for _, m := range regexp.MustCompile(`"?payload"?: ("(?:[^"\\]|\\.)*")`).FindAllSubmatch(raw, -1) {
		var s string
		if json.Unmarshal(m[1], &s) == nil {
			blns = append(blns, s)
		}
	}
	for _, s := range blns {
		if len(s) > 2000 {
			s = s[:2000]
		}
		all = append(all, strings.ToValidUTF8(s, "\ufffd"))
	}
	return all
}

// everyCase is the pages of all open cases, one after another.
func (w *world) everyCase() (all string) {
	b := w.browser(record.RoleReviewer)
	for _, view := range []string{"review", "verify"} {
		for _, id := range cases(b.get("/queue?view="+view, 200)) {
			all += b.get("/cases/"+id, 200)
		}
	}
	return all
}

// command is the program itself, built once.
var command = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "bonafide-stories-")
	if err != nil {
		return err.Error()
	}
	binary := filepath.Join(dir, "bonafide")
	if out, err := exec.Command("go", "build", "-o", binary, "bonafide/cmd/bonafide").CombinedOutput(); err != nil {
		return string(out)
	}
	return binary
})

// inReview is the first case that a person has to look at.
func (w *world) inReview() string {
	w.t.Helper()
	return cases(w.browser(record.RoleReviewer).get("/queue?view=review", 200))[0]
}

// requests are what was asked in a case, or in all.
func (w *world) requests(caseID string) (all []store.Request) {
	w.t.Helper()
	w.see(func(t *store.Tx) error {
		open, _, err := t.Cases(store.CaseFilter{Limit: 1000})
		for _, c := range open {
			if caseID == "" || c.ID == caseID {
				of, err := t.Requests(c.ID)
				if err != nil {
					return err
				}
				all = append(all, of...)
			}
		}
		return err
	})
	return all
}

// decided sees that a case stands where it should, by so many decisions in force,
// each of two people, no one in both.
func (w *world) decided(caseID string, state record.CaseState, want int) {
	w.t.Helper()
	w.see(func(t *store.Tx) error {
		c, err := t.Case(caseID)
		if err != nil {
			return err
		}
		all, err := t.Decisions(caseID)
		people, n := map[string]bool{}, 0
		for _, d := range all {
			if d.State == record.DecisionApproved {
				n++
				people[d.Proposer], people[d.Approver] = true, true
			}
		}
		if c.State != state || n != want || len(people) != 2*want {
			w.t.Errorf("the case stands at %s by %d decisions of %d people", c.State, n, len(people))
		}
		return err
	})
}
