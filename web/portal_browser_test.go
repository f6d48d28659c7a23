package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
	"bonafide/store"
	"bonafide/store/pgtest"
)

// TestPortalInABrowser: the whole path of tier T1 with a test wallet, without
// script, within three minutes, and every page by axe-core; on both databases.
// BONAFIDE_SHOTS=DIR keeps pictures.
func TestPortalInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED (-short): the portal in a browser")
	}
	chromium := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			chromium = path
			break
		}
	}
	const folder = "../report/browser"
	if _, err := exec.LookPath("node"); chromium == "" || err != nil {
		t.Skip("NOT TESTED: the portal in a browser; needs chromium and node")
	}
	if _, err := os.Stat(folder + "/node_modules/axe-core"); err != nil {
		t.Skip("NOT TESTED: the portal in a browser; npm ci in report/browser first")
	}
	for name, options := range map[string]func(t *testing.T) store.Options{
		"sqlite":     func(*testing.T) store.Options { return store.Options{} },
		"postgresql": func(t *testing.T) store.Options { return store.Options{URL: pgtest.Database(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorldOn(t, options(t))
			subject, id := w.apply(someone("a1"))
			_, other := w.apply(someone("b2"))
			link := func(id string) string {
				l, err := w.desk.Invite(ctx, reviewer(), id, w.http.URL, false)
				ok(t, err)
				return l
			}
			tel := w.phoneOf("Ana", "Muster", "1990-02-03")
			helper := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/mail":
					all := w.mails()
					io.WriteString(rw, regexp.MustCompile(`\d{6}`).FindString(all[len(all)-1].Text))
				case "/call":
					io.WriteString(rw, regexp.MustCompile(`\b\d{6}\b`).FindString(w.tasks(id)))
				case "/wallet":
					back, _, err := tel.open(r.URL.Query().Get("link"), walletsim.Tamper{})
					if err != nil {
						rw.WriteHeader(500)
					}
					io.WriteString(rw, back)
				}
			}))
			defer helper.Close()
			shots := "-"
			if keep := os.Getenv("BONAFIDE_SHOTS"); keep != "" {
				shots = keep
			}
			second := "-"
			if name == "sqlite" {
				second = link(other)
			}
			out, err := exec.Command("node", folder+"/portal.mjs", chromium, shots, w.http.URL, link(id), helper.URL, second).CombinedOutput()
			lines := strings.Split(strings.TrimSpace(string(out)), "\n")
			took, bad := strconv.ParseFloat(lines[len(lines)-1], 64)
			if err != nil || bad != nil || len(lines) > 1 {
				t.Fatalf("%v\n%s", err, out)
			}
			t.Logf("tier T1 on %s: %.1f s in the browser", name, took)
			w.work()
			r := w.result(subject)
			if r.Chain[0].State != record.StateConfirmed || len(w.application(subject).Proofs) != 3 {
				t.Errorf("the path left %+v", r.Chain[0])
			}
		})
	}
}
