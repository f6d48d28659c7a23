package store

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"bonafide/store/pgtest"
)

// TestPostgresPlansStayNarrow asks for the next tenant with work, as every worker
// does all the time, while there is much: one row has to do.
func TestPostgresPlansStayNarrow(t *testing.T) {
	b := openBench(t, Options{URL: pgtest.Database(t)})
	const jobs = 2000
	b.do(func(tx *Tx) error {
		for i := range jobs {
			if err := tx.Enqueue(Job{Kind: "test", Dedupe: fmt.Sprint(i)}); err != nil {
				return err
			}
		}
		return nil
	})
	c, err := b.engine.(*postgresEngine).db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "select set_config('app.tenant', 'house', false)"); err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("$1", "'house'", "$2", "''").Replace(nextTenant)
	rows, err := c.QueryContext(ctx, "explain (analyze, costs off, timing off) "+text)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	if !strings.Contains(plan.String(), "jobs_ready") || regexp.MustCompile(`rows=\d\d`).MatchString(plan.String()) {
		t.Errorf("reads more than one row of %d:\n%s", jobs, plan.String())
	}
}
