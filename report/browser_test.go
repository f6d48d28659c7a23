package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"bonafide/record"
)

// TestInABrowser opens the page in Chromium, in three languages, two themes
// and three widths: axe-core, reflow at 320 px, no request, filters, print.
// BONAFIDE_SHOTS=DIR keeps the pages and pictures of them.
func TestInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED (-short): accessibility, reflow, filters and print of the HTML report in a browser")
	}
	chromium := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			chromium = path
			break
		}
	}
	_, noNode := exec.LookPath("node")
	if chromium == "" || noNode != nil {
		t.Skip("NOT TESTED: accessibility, reflow, filters and print of the HTML report; needs chromium and node")
	}
	if _, err := os.Stat("browser/node_modules/axe-core"); err != nil {
		install := exec.Command("npm", "ci", "--no-audit", "--no-fund")
		install.Dir = "browser"
		if out, err := install.CombinedOutput(); err != nil {
			t.Skipf("NOT TESTED: accessibility, reflow, filters and print of the HTML report; npm ci in report/browser: %v\n%s", err, out)
		}
	}
	dir, shots := t.TempDir(), "-"
	if keep := os.Getenv("BONAFIDE_SHOTS"); keep != "" {
		dir, shots = keep, keep
	}
	var pages []string
	write := func(name string, l record.Lang, rs []*record.Result, run Run) {
		file := filepath.Join(dir, name+".html")
		if err := os.WriteFile(file, []byte(mustFace(t, "html", Options{Lang: l}, rs, run)), 0o644); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, file)
	}
	for _, l := range record.Langs {
		write("report_"+string(l), l, invented(), inventedRun())
	}
	routine := slices.DeleteFunc(invented(), func(r *record.Result) bool { return r.Assessment != record.Routine })
	write("quiet", record.EN, routine, Run{Problems: []string{"The list geo_country is 77 days old."}})
	write("crowded", record.PT, crowded(30), inventedRun())
	out, err := exec.Command("node", append([]string{"browser/look.mjs", chromium, shots}, pages...)...).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}

// crowded is one operator question with n names.
func crowded(n int) []*record.Result {
	var rs []*record.Result
	for i := range n {
		r := *invented()[0]
		r.Record, r.Cluster, r.Person = "csv/"+figures(record.DE, 1000+i), "csv/1.000", "Name Nr. "+figures(record.DE, i)
		r.Links = []record.Link{link(record.KindDevice, 1, record.Strong, n-1, 70000, 0), link(record.KindPhone, uint64(2+i%5), record.Strong, n/5, 70000, 0)}
		rs = append(rs, &r)
	}
	return rs
}
