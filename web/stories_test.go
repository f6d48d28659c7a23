package web

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
	"bonafide/store"
	"bonafide/store/pgtest"
)

// A story is walked in a real Chromium by report/browser/stories/<name>.mjs.
// begin prepares a house for it and gives what the story has to know; after looks
// at what it left in the record.
type story struct {
	name  string
	begin func(w *world) map[string]string
	after func(w *world, given map[string]string)
	walk  bool // goes through pages one after another: the dark ones once
	once  bool // one language and one database are enough: it is about neither
}

// TestStories walks every story in three languages on both databases: each
// language and each database at least once, all six with BONAFIDE_STORIES=all.
// BONAFIDE_SHOTS=DIR keeps every page whole, in each language, both themes, two
// widths; BONAFIDE_PICTURES=DIR the first views that the documents show (make pictures).
func TestStories(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED (-short): the stories in a browser")
	}
	c := startChromium(t)
	type turn struct{ lang, database string }
	turns := []turn{{"en", "sqlite"}, {"de", "postgresql"}, {"pt", "sqlite"}}
	if os.Getenv("BONAFIDE_STORIES") == "all" {
		turns = append(turns, turn{"en", "postgresql"}, turn{"de", "sqlite"}, turn{"pt", "postgresql"})
	}
	for _, s := range stories {
		for i, at := range turns {
			if s.once && i > 0 {
				continue
			}
			t.Run(s.name+"/"+at.lang+"/"+at.database, func(t *testing.T) {
				t.Parallel()
				o := store.Options{}
				if at.database == "postgresql" {
					o.URL = pgtest.Database(t)
				}
				began := time.Now()
				w := newWorldOn(t, o)
				given := s.begin(w)
				if s.walk && i > 0 && len(turns) == 3 {
					given["plain"] = "yes" // dark pages once
				}
				helper := httptest.NewServer(w.elsewhere())
				defer helper.Close()
				j := job{Story: s.name, Lang: at.lang, Address: w.http.URL, Helper: helper.URL, Given: given}
				if i < 3 { // once a language
					j.Shots = os.Getenv("BONAFIDE_SHOTS")
				}
				if s.walk && i == 0 {
					j.Pictures = os.Getenv("BONAFIDE_PICTURES")
				}
				prepared := time.Since(began)
				out := c.tell(t, j)
				for _, f := range out.Faults {
					t.Error(f)
				}
				for _, line := range out.Said {
					t.Log(line)
				}
				if n := w.reports.Load(); n > 0 {
					t.Errorf("browsers reported %d broken rules of pages", n)
				}
				if !t.Failed() && s.after != nil {
					s.after(w, given)
				}
				t.Logf("%.1f s, after %.1f s to prepare", time.Since(began).Seconds(), prepared.Seconds())
			})
		}
	}
}

type job struct {
	ID       int               `json:"id"`
	Story    string            `json:"story"`
	Lang     string            `json:"lang"`
	Address  string            `json:"address"`
	Helper   string            `json:"helper"`
	Shots    string            `json:"shots"`
	Pictures string            `json:"pictures"`
	Given    map[string]string `json:"given"`
}

type told struct {
	ID     int      `json:"id"`
	Faults []string `json:"faults"`
	Said   []string `json:"said"`
}

// chromium is one browser for all stories, behind one process of node.
type chromium struct {
	mu    sync.Mutex
	in    io.WriteCloser
	next  int
	waits map[int]chan told
	gone  error // why nothing more comes; set once waits are closed
}

// inBrowser are the commands that walk pages, and their folder; the test is
// skipped, loudly, where they are missing.
func inBrowser(t *testing.T) (binary, folder string) {
	t.Helper()
	folder = "../report/browser"
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			binary = path
			break
		}
	}
	if _, err := exec.LookPath("node"); binary == "" || err != nil {
		t.Skip("NOT TESTED: the pages in a browser; needs chromium and node")
	}
	if _, err := os.Stat(folder + "/node_modules/axe-core"); err != nil {
		install := exec.Command("npm", "ci", "--no-audit", "--no-fund")
		install.Dir = folder
		if out, err := install.CombinedOutput(); err != nil {
			t.Skipf("NOT TESTED: the pages in a browser; npm ci in report/browser: %v\n%s", err, out)
		}
	}
	return binary, folder
}

func startChromium(t *testing.T) *chromium {
	t.Helper()
	binary, folder := inBrowser(t)
	cmd := exec.Command("node", folder+"/stories/run.mjs", binary)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	ok(t, err)
	out, err := cmd.StdoutPipe()
	ok(t, err)
	ok(t, cmd.Start())
	c := &chromium{in: in, waits: map[int]chan told{}}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			var x told
			err := json.Unmarshal(lines.Bytes(), &x)
			c.mu.Lock()
			if wait := c.waits[x.ID]; err == nil && wait != nil {
				wait <- x
				delete(c.waits, x.ID)
			}
			c.mu.Unlock()
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.gone = fmt.Errorf("the browser is gone: %v", cmd.Wait())
		for _, wait := range c.waits {
			close(wait)
		}
	}()
	t.Cleanup(func() { in.Close(); <-ended })
	return c
}

// tell has a story walked and gives what it says.
func (c *chromium) tell(t *testing.T, j job) told {
	t.Helper()
	wait := make(chan told, 1)
	c.mu.Lock()
	if c.gone != nil {
		c.mu.Unlock()
		t.Fatal(c.gone)
	}
	c.next++
	j.ID = c.next
	c.waits[j.ID] = wait
	line, err := json.Marshal(j)
	if err == nil {
		_, err = c.in.Write(append(line, '\n'))
	}
	c.mu.Unlock()
	ok(t, err)
	select {
	case x, came := <-wait:
		if !came {
			t.Fatal(c.gone)
		}
		return x
	case <-time.After(5 * time.Minute):
		t.Fatal("the story does not end")
	}
	return told{}
}

// elsewhere is the rest of the world, as stories reach it: who hands out ways to
// sign in, the post, the telephone, somebody's wallet, the clock on the wall.
func (w *world) elsewhere() http.Handler {
	var mu sync.Mutex
	staff := map[string]string{}
	tel := w.phoneOf("Ana", "Muster", "1990-02-03")
	m := http.NewServeMux()
	for pattern, f := range w.answers {
		m.HandleFunc(pattern, func(rw http.ResponseWriter, r *http.Request) {
			if err := f(r.URL.Query()); err != nil {
				http.Error(rw, err.Error(), http.StatusInternalServerError)
			}
		})
	}
	answer := func(pattern string, f func(q url.Values, body string) (string, error)) {
		m.HandleFunc(pattern, func(rw http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			said := ""
			if err == nil {
				mu.Lock()
				said, err = f(r.URL.Query(), string(body))
				mu.Unlock()
			}
			if err != nil {
				rw.WriteHeader(500)
				said = err.Error()
			}
			io.WriteString(rw, said)
		})
	}
	answer("/sign-in", func(q url.Values, _ string) (string, error) {
		who := q.Get("who")
		if id := staff[who]; id != "" {
			token, err := w.door.Link(ctx, operator(), id)
			return "/sign-in/" + token, err
		}
		var roles []record.StaffRole
		for _, r := range strings.Fields(q.Get("roles")) {
			roles = append(roles, record.StaffRole(r))
		}
		id, token, err := w.door.AddUser(ctx, operator(), who+"@example.org", roles)
		staff[who] = id
		return "/sign-in/" + token, err
	})
	answer("/later", func(q url.Values, _ string) (string, error) {
		d, err := time.ParseDuration(q.Get("by"))
		w.later(d)
		w.work()
		return "", err
	})
	answer("/work", func(url.Values, string) (string, error) { w.work(); return "", nil })
	answer("/mail", func(url.Values, string) (string, error) {
		all := w.mails()
		if len(all) == 0 {
			return "", fmt.Errorf("no letter went out")
		}
		return all[len(all)-1].Text, nil
	})
	answer("/tasks", func(q url.Values, _ string) (string, error) { return w.tasks(q.Get("case")), nil })
	answer("/invite", func(q url.Values, _ string) (string, error) {
		return w.desk.Invite(ctx, reviewer(), q.Get("case"), w.http.URL, false)
	})
	answer("/wallet", func(q url.Values, _ string) (string, error) {
		back, _, err := tel.open(q.Get("link"), walletsim.Tamper{})
		return back, err
	})
	return m
}
