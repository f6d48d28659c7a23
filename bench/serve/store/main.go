// Command store measures the record itself, without HTTP: durable intake, reads
// with their entry, jobs, and the verification of a large audit. docs/promises.md
// quotes it.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bonafide/audit"
	"bonafide/record"
	"bonafide/store"
)

var ctx = context.Background()

func main() {
	dir := flag.String("dir", "", "folder to work in; a temporary one unless said")
	url := flag.String("database", "", "postgres://… in place of the embedded database")
	seconds := flag.Duration("time", 5*time.Second, "how long each")
	sides := flag.Int("sides", 64, "how many write at the same time")
	entries := flag.Int("entries", 1_000_000, "audit entries to verify; 0 leaves it out")
	flag.Parse()
	if err := run(*dir, *url, *seconds, *sides, *entries); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir, url string, seconds time.Duration, sides, entries int) error {
	if dir == "" {
		made, err := os.MkdirTemp("", "bonafide-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		dir = filepath.Join(made, "house")
	}
	keys, err := store.NewKeys()
	if err != nil {
		return err
	}
	o := store.Options{Path: dir, URL: url, Keys: keys, Conns: 32}
	s, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	root := record.Actor{Kind: record.ActorOperator, ID: "bench", Tenant: store.House}
	if err := s.AddTenant(ctx, root, "acme", "DE"); err != nil {
		return err
	}
	if err := s.AddTenant(ctx, root, "log", "DE"); err != nil {
		return err
	}
	fmt.Printf("engine %s, %d CPUs\n", s.Engine(), runtime.NumCPU())
	actor := record.Actor{Kind: record.ActorKey, ID: "ats", Tenant: "acme"}

	var mu sync.Mutex
	var subjects []string
	measure("durable intake, 1 KiB: application, answer, job, entry", seconds, sides, func() error {
		id := store.NewID()
		var saved store.Saved
		err := s.Update(ctx, actor, func(t *store.Tx) (err error) {
			if saved, err = t.SaveApplication(application(id)); err != nil {
				return err
			}
			t.Did("application.save", "subject/"+saved.Subject, "")
			if _, _, err := t.AddJob(store.Job{Kind: "screen", Args: []byte(saved.Subject)}); err != nil {
				return err
			}
			return t.KeepAnswer(id, []byte(id), saved.Subject, store.Answer{Status: 202, Body: []byte(saved.Subject)})
		})
		mu.Lock()
		subjects = append(subjects, saved.Subject)
		mu.Unlock()
		return err
	})
	if len(subjects) == 0 {
		return fmt.Errorf("nothing was taken in")
	}
	for _, id := range subjects[:min(1000, len(subjects))] {
		err := s.Update(ctx, actor, func(t *store.Tx) error {
			t.Did("case.open", "subject/"+id, "")
			if _, err := t.SaveResult(id, 1, result()); err != nil {
				return err
			}
			_, err := t.OpenCase(record.Case{Subject: id, State: record.CaseReview, Assessment: record.Review})
			return err
		})
		if err != nil {
			return err
		}
	}
	var next atomic.Int64
	measure("case read: case, application, result opened, entry", seconds, 16, func() error {
		id := subjects[int(next.Add(1))%min(1000, len(subjects))]
		return s.Update(ctx, actor, func(t *store.Tx) error {
			c, err := t.CaseOf(id)
			if err != nil {
				return err
			}
			t.Did("case.read", "case/"+c.ID, c.ID, "person", "resume")
			if _, err := t.Application(id); err != nil {
				return err
			}
			_, err = t.Result(id)
			return err
		})
	})
	done := 0
	start := time.Now()
	for time.Since(start) < seconds {
		jobs, err := s.Claim(ctx, "bench", nil, time.Minute, 100)
		if err != nil {
			return err
		}
		if len(jobs) == 0 {
			break
		}
		err = s.Update(ctx, record.Machine("acme"), func(t *store.Tx) error {
			for _, j := range jobs {
				if err := t.FinishJob(j, 0); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		done += len(jobs)
	}
	fmt.Printf("%-58s %8.0f/s\n", "jobs claimed and finished, by hundreds", float64(done)/time.Since(start).Seconds())
	if entries > 0 {
		if err := verify(s, entries); err != nil {
			return err
		}
	}
	if err := s.Close(); err != nil {
		return err
	}
	start = time.Now()
	if s, err = store.Open(ctx, o); err != nil {
		return err
	}
	if err := s.Ready(ctx); err != nil {
		return err
	}
	fmt.Printf("%-58s %8.2f s\n", "opened again and ready", time.Since(start).Seconds())
	return s.Close()
}

func measure(what string, seconds time.Duration, sides int, one func() error) {
	var mu sync.Mutex
	var all []time.Duration
	var failed atomic.Int64
	var wg sync.WaitGroup
	start := time.Now()
	for range sides {
		wg.Go(func() {
			var mine []time.Duration
			for time.Since(start) < seconds {
				begin := time.Now()
				if err := one(); err != nil {
					if failed.Add(1) == 1 {
						fmt.Fprintln(os.Stderr, what+":", err)
					}
					continue
				}
				mine = append(mine, time.Since(begin))
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	took := time.Since(start)
	slices.Sort(all)
	if len(all) == 0 {
		return
	}
	fmt.Printf("%-58s %8.0f/s  p50 %s  p99 %s  (%d sides, %d failed)\n", what, float64(len(all))/took.Seconds(),
		all[len(all)/2].Round(10*time.Microsecond), all[len(all)*99/100].Round(10*time.Microsecond), sides, failed.Load())
}

// verify fills a tenant's audit and times both verifiers.
func verify(s *store.Store, n int) error {
	const batch = 2000
	actor := record.Actor{Kind: record.ActorPerson, ID: "ann", Tenant: "log"}
	start := time.Now()
	for done := 0; done < n; done += batch {
		err := s.Update(ctx, actor, func(t *store.Tx) error {
			if _, err := t.Population(); err != nil {
				return err
			}
			for i := range batch {
				t.Did("case.read", fmt.Sprint("case/", done+i), fmt.Sprint(done+i), "person", "resume")
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := s.Integrate(ctx); err != nil {
		return err
	}
	fmt.Printf("%-58s %8.0f/s\n", fmt.Sprintf("%d entries put into the tree", n), float64(n)/time.Since(start).Seconds())
	start = time.Now()
	r, err := s.VerifyAudit(ctx, "log", nil)
	if err != nil {
		return err
	}
	if len(r.Problems) > 0 {
		return fmt.Errorf("%v", r.Problems)
	}
	fmt.Printf("%-58s %8.2f s\n", fmt.Sprintf("%d entries verified in the database", r.Entries), time.Since(start).Seconds())
	out, err := os.CreateTemp("", "bonafide-audit-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	start = time.Now()
	if err := s.ExportAudit(ctx, actor, out); err != nil {
		return err
	}
	exported := time.Since(start)
	public, err := s.VerifierKey()
	if err != nil {
		return err
	}
	if _, err := out.Seek(0, io.SeekStart); err != nil {
		return err
	}
	start = time.Now()
	r, err = audit.Verify(out, public, nil)
	if err != nil {
		return err
	}
	fmt.Printf("%-58s %8.2f s  (export %.2f s, ok %v)\n", fmt.Sprintf("%d entries verified offline", r.Entries), time.Since(start).Seconds(), exported.Seconds(), r.OK())
	return nil
}

func application(id string) *record.Application {
	return &record.Application{ID: id, Source: "bench", ReceivedAt: time.Now().UTC(), Person: record.Person{Name: "Invented Person", Address: record.Address{Lines: []string{"Street 1"}, City: "Town", Country: "DE"}},
		Emails: []string{id + "@example.org"}, Phones: []string{"+4930123456"}, Resume: record.Resume{Text: strings.Repeat("Built things that work. ", 28)}}
}

func result() *record.Result {
	f := record.Finding{Check: "doc-mrz-check-digits", Outcome: record.Hit, Strength: record.Supporting, Family: record.Ident,
		Text: record.Text{EN: string(bytes.Repeat([]byte("what was found "), 20))}}
	return &record.Result{Record: "bench/x", Assessment: record.Review, Findings: []record.Finding{f, f, f}}
}
