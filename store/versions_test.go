package store

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"bonafide/store/pgtest"
)

// olderSchemas are those of every version before this one, made from their steps
// alone, oldest first.
func olderSchemas(t *testing.T) (all []fs.FS) {
	t.Helper()
	files, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	steps := fstest.MapFS{}
	for _, f := range files[:len(files)-1] {
		text, err := fs.ReadFile(migrations, "migrations/"+f.Name())
		if err != nil {
			t.Fatal(err)
		}
		steps[f.Name()] = &fstest.MapFile{Data: text}
		older := fstest.MapFS{}
		for name, file := range steps {
			older[name] = file
		}
		all = append(all, older)
	}
	if len(all) == 0 {
		t.Skip("NOT TESTED: there is no older version")
	}
	return all
}

// TestVersions: a node of this version raises the schema under a node of an older
// one, which goes on reading and writing; each reads what the other wrote; and the
// older one starts again beside the newer. The older node is today's program with
// the older steps: what is shown is that steps only add.
func TestVersions(t *testing.T) {
	for i, older := range olderSchemas(t) {
		for _, engine := range []string{"sqlite", "postgres"} {
			t.Run(fmt.Sprintf("%d/%s", i+1, engine), func(t *testing.T) {
				o := Options{Path: t.TempDir(), Keys: testKeys(t)}
				if engine == "postgres" {
					o.URL = pgtest.Database(t)
				}
				o.steps = older
				before := openBench(t, o)
				wrote := []string{before.subject("before")}
				before.do(func(t *Tx) error { _, err := t.Application(wrote[0]); return err })

				stop, done := make(chan struct{}), make(chan error, 1)
				go func() { // the older node reads and writes while the schema is raised
					for n := 0; ; n++ {
						select {
						case <-stop:
							done <- nil
							return
						default:
						}
						err := before.try("acme", func(t *Tx) error {
							if _, err := t.Application(wrote[0]); err != nil {
								return err
							}
							_, err := t.SaveApplication(application("during-" + itoa(n%5)))
							return err
						})
						if err != nil {
							done <- err
							return
						}
						// SQLite's lock knows no queue: a writer without a pause would starve the other, which no server does.
						time.Sleep(20 * time.Millisecond)
					}
				}()
				o.steps, o.Now = nil, before.clock.now
				after, err := Open(ctx, o)
				if err != nil {
					t.Fatal(err)
				}
				defer after.Close()
				now := &bench{after, before.clock, t}
				wrote = append(wrote, now.subject("after"))
				close(stop)
				if err := <-done; err != nil {
					t.Errorf("the older node: %v", err)
				}
				o.steps = older
				again, err := Open(ctx, o)
				if err != nil {
					t.Fatalf("the older version does not start on the newer schema: %v", err)
				}
				defer again.Close()
				for name, node := range map[string]*bench{"older": before, "newer": now, "older, started again": {again, before.clock, t}} {
					for _, id := range wrote {
						if err := node.try("acme", func(t *Tx) error { _, err := t.Application(id); return err }); err != nil {
							t.Errorf("%s: %v", name, err)
						}
					}
				}
				if r, err := after.VerifyAudit(ctx, "acme", nil); err != nil || len(r.Problems) > 0 {
					t.Errorf("the audit: %+v, %v", r, err)
				}
			})
		}
	}
}
