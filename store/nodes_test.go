package store

import (
	"strings"
	"sync"
	"testing"
	"time"

	"bonafide/record"
	"bonafide/store/pgtest"
)

// TestNodes: several nodes on one PostgreSQL, with a role that owns nothing:
// the same records and keys from all sides at once become one each, jobs are
// done once, and the audit is one whole tree.
func TestNodes(t *testing.T) {
	owner := pgtest.Database(t)
	pgtest.Admin(t, "do $$ begin if not exists (select 1 from pg_roles where rolname = 'tenantless') then create role tenantless login; end if; end $$")
	url := strings.Replace(owner, "bonafide@", "tenantless@", 1)
	first := openBench(t, Options{URL: url, MigrateURL: owner})
	nodes := []*Store{first.Store}
	for range 2 {
		s, err := Open(ctx, Options{URL: url, MigrateURL: owner, Keys: first.keys, Now: first.clock.now})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		nodes = append(nodes, s)
	}
	var wg sync.WaitGroup
	const records = 30
	for _, s := range nodes {
		for range 2 {
			wg.Go(func() {
				for i := range records {
					id := "r" + itoa(i)
					err := s.Update(ctx, ann("acme"), func(t *Tx) error {
						saved, err := t.SaveApplication(application(id))
						if err != nil {
							return err
						}
						t.Did("application.save", "subject/"+saved.Subject, "")
						_, found, err := t.Answer(id, []byte(id))
						if err != nil || found {
							return err
						}
						if _, _, err := t.AddJob(Job{Kind: "screen", Args: []byte(id)}); err != nil {
							return err
						}
						return t.KeepAnswer(id, []byte(id), "", Answer{Status: 202})
					})
					if err != nil {
						t.Errorf("%s: %v", id, err)
					}
				}
			})
		}
	}
	wg.Wait()
	var mu sync.Mutex
	done := map[string]int{}
	for _, s := range nodes {
		wg.Go(func() {
			for empty := 0; empty < 3; {
				jobs, err := s.Claim(ctx, NewID(), nil, time.Minute, 4)
				if err != nil {
					t.Error(err)
					return
				}
				if len(jobs) == 0 {
					empty++
				}
				for _, j := range jobs {
					if err := s.Update(ctx, record.Machine("acme"), func(t *Tx) error { return t.FinishJob(j, 0) }); err != nil {
						t.Error(err)
					}
					mu.Lock()
					done[string(j.Args)]++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	first.View(ctx, ann("acme"), func(x *Tx) error {
		if n, err := x.Population(); err != nil || n != records {
			t.Errorf("%d subjects, %v", n, err)
		}
		return nil
	})
	for id, n := range done {
		if n != 1 {
			t.Errorf("job of %s done %d times", id, n)
		}
	}
	if len(done) != records {
		t.Errorf("%d jobs done", len(done))
	}
	for _, s := range nodes {
		wg.Go(func() {
			if err := s.Integrate(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if r, err := nodes[1].VerifyAudit(ctx, "acme", nil); err != nil || len(r.Problems) > 0 || r.Entries != 1+6*records {
		t.Errorf("%+v, %v", r, err)
	}
}
