package web

import (
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"testing"

	"bonafide/record"
)

// TestInABrowser walks the desk in Chromium: three languages, two themes, three
// widths, axe-core, no rule of a page broken, nothing asked of elsewhere, and a
// reviewer's path by keys alone. BONAFIDE_SHOTS=DIR keeps pictures.
func TestInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED (-short): the desk in a browser")
	}
	chromium := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			chromium = path
			break
		}
	}
	if _, err := exec.LookPath("node"); chromium == "" || err != nil {
		t.Skip("NOT TESTED: the desk in a browser; needs chromium and node")
	}
	const folder = "../report/browser"
	if _, err := os.Stat(folder + "/node_modules/axe-core"); err != nil {
		install := exec.Command("npm", "ci", "--no-audit", "--no-fund")
		install.Dir = folder
		if out, err := install.CombinedOutput(); err != nil {
			t.Skipf("NOT TESTED: the desk in a browser; npm ci in report/browser: %v\n%s", err, out)
		}
	}
	shots := "-"
	if keep := os.Getenv("BONAFIDE_SHOTS"); keep != "" {
		shots = keep
	}
	w := newWorld(t)
	w.example(300)
	id := cases(w.browser(record.RoleReviewer).get("/queue?view=review", 200))[0]
	operator := regexp.MustCompile(`/operators/([a-z2-7]+)`).FindStringSubmatch(w.everyCase())
	if operator == nil {
		t.Fatal("the example has no operator question")
	}
	w.leaving()
	lead := w.browser(record.RoleLead)
	for _, form := range []url.Values{{"do": {"items"}, "items": {"token,forge,ci\nvpn,gate,x\ndevice,mdm,laptop"}}, {"do": {"cut"}, "at": {minutesAgo(w, 30)}},
		{"do": {"confirm"}, "item": {"1"}, "at": {minutesAgo(w, 28)}, "words": {"forge log"}}, {"do": {"seen"}, "item": {"1"}, "words": {"a push"}},
		{"do": {"order"}, "item": {"3"}, "via": {"directory"}, "account": {"nora"}}} {
		lead.post("/cases/"+id+"/offboarding", form, 200)
	}
	link := w.link(record.RoleReviewer, record.RoleLead, record.RoleAuditor)
	out, err := exec.Command("node", folder+"/desk.mjs", chromium, shots, w.http.URL, link, id, operator[1]).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
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
