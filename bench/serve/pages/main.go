// Pages measures how long the desk's server takes for a page, with many subjects
// and cases in the record: the median, the 95th and 99th part in milliseconds of
// the clock, and the processor time of a page.
//
//	go run ./bench/serve/pages -subjects 1000000 -cases 50000 -dir DIR
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"bonafide/access"
	"bonafide/bench/meter"
	"bonafide/casework"
	"bonafide/checks"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
	"bonafide/store"
	"bonafide/web"
)

func main() {
	subjects := flag.Int("subjects", 1_000_000, "subjects in the record")
	cases := flag.Int("cases", 50_000, "of which have a case")
	dir := flag.String("dir", "", "folder of the record; a temporary one unless said")
	pages := flag.Int("pages", 300, "times each page is asked for")
	flag.Parse()
	if err := run(*subjects, *cases, *pages, *dir); err != nil {
		log.Fatal(err)
	}
}

func run(subjects, cases, pages int, dir string) error {
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "bonafide-pages-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	ctx := context.Background()
	keys, err := store.NewKeys()
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Options{Path: dir, Keys: keys})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "bench", Tenant: store.House}, "main", "DE"); err != nil {
		return err
	}
	began := time.Now()
	if err := fill(ctx, s, subjects, cases); err != nil {
		return err
	}
	fmt.Printf("%d subjects, %d cases kept in %s\n\n", subjects, cases, time.Since(began).Round(time.Second))
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		return err
	}
	door := &access.Door{Store: s, Now: time.Now}
	var rules []report.Check
	for _, c := range checks.Catalogue() {
		rules = append(rules, report.Check{ID: c.ID, Title: c.Title, Text: c.Text, Family: c.Family, Strength: c.Strength, Ask: c.Ask})
	}
	h, err := (&web.Server{Desk: &casework.Desk{Store: s}, Door: door, Rules: rules,
		Keeper: &screen.Keeper{Screen: &screen.Screen{Checks: runner, Policy: policy.Default()}, Store: s}}).Handler()
	if err != nil {
		return err
	}
	_, token, err := door.AddUser(ctx, record.Actor{Kind: record.ActorOperator, ID: "bench", Tenant: "main"}, "bench@example.org", []record.StaffRole{record.RoleLead, record.RoleReviewer, record.RoleAuditor})
	if err != nil {
		return err
	}
	_, cookie, err := door.Redeem(ctx, token)
	if err != nil {
		return err
	}
	ask := func(method, path string, form url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	ids := regexp.MustCompile(`data-case="([a-z2-7]+)"`).FindAllStringSubmatch(ask("GET", "/queue?view=open", nil).Body.String(), -1)
	if len(ids) == 0 {
		return fmt.Errorf("the queue is empty")
	}
	fmt.Println("| page | p50 ms | p95 ms | p99 ms | processor ms | bytes |\n|---|---|---|---|---|---|")
	for _, p := range []struct {
		name, method, path string
		form               url.Values
	}{
		{"queue", "GET", "/queue?view=open", nil}, {"queue, routine", "GET", "/queue?view=routine", nil}, {"case", "GET", "/cases/%s", nil},
		{"search", "POST", "/search", url.Values{"value": {"person-77@example.org"}}}, {"audit", "GET", "/audit", nil}, {"rules", "GET", "/rules", nil},
	} {
		var took []time.Duration
		size := 0
		cpu := meter.Processor()
		for i := range pages {
			path := strings.ReplaceAll(p.path, "%s", ids[i%len(ids)][1])
			start := time.Now()
			w := ask(p.method, path, p.form)
			took = append(took, time.Since(start))
			if w.Code != http.StatusOK {
				return fmt.Errorf("%s: status %d", p.name, w.Code)
			}
			size = w.Body.Len()
		}
		cpu = meter.Processor() - cpu
		slices.Sort(took)
		at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
		fmt.Printf("| %s | %.1f | %.1f | %.1f | %.1f | %d |\n", p.name, at(.5), at(.95), at(.99), cpu.Seconds()*1000/float64(pages), size)
	}
	return nil
}

// fill keeps people who differ in what a person differs in, and a result with a
// few findings for those who have a case.
func fill(ctx context.Context, s *store.Store, subjects, cases int) error {
	states := []record.CaseState{record.CaseReview, record.CaseVerifyMore, record.CaseRoutine, record.CaseRoutine, record.CaseRoutine, record.CaseCleared}
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := 0; i < subjects; i += 500 {
		if err := s.Update(ctx, record.Machine("main"), func(t *store.Tx) error {
			for j := i; j < min(i+500, subjects); j++ {
				at := start.Add(time.Duration(j) * time.Second)
				saved, err := t.SaveApplication(&record.Application{ID: fmt.Sprint(j), Source: "bench", ReceivedAt: at,
					Person: record.Person{Name: fmt.Sprintf("Person %d", j)}, Emails: []string{fmt.Sprintf("person-%d@example.org", j)}})
				if err != nil {
					return err
				}
				if j%(subjects/cases) != 0 {
					continue
				}
				state := states[(j/(subjects/cases))%len(states)]
				res := &record.Result{Record: fmt.Sprintf("bench/%d", j), Person: fmt.Sprintf("Person %d", j), Role: "Developer", Tier: "T2", ReceivedAt: at, Assessment: record.VerifyMore,
					Findings: []record.Finding{
						{Check: "pay-third-party-payee", Outcome: record.Hit, Strength: record.Strong, Family: record.Pay, Text: record.Text{EN: "Pay goes to a company that has no place in the contract."}, Innocent: []record.Text{{EN: "an agency"}}, Ask: record.Text{EN: "Please name the account."}},
						{Check: "net-anonymizer", Outcome: record.Hit, Strength: record.Supporting, Family: record.Net, Text: record.Text{EN: "A session came through a service that hides where it comes from."}},
					}}
				if _, err := t.SaveResult(saved.Subject, saved.Version, res); err != nil {
					return err
				}
				if _, err := t.OpenCase(record.Case{Subject: saved.Subject, State: state, Assessment: record.VerifyMore, Tier: "T2", Role: "dev"}); err != nil {
					return err
				}
			}
			t.Did("bench.fill", "tenant/main", "")
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
