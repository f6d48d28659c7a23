package index

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"bonafide/link"
)

// TestTogether: while several put in, replace, delete, write and merge, others ask: nobody is told of damage, whoever has put one
// in finds it by what it shares, and in the end the answers are those of an index made in one step. For go test -race.
func TestTogether(t *testing.T) {
	all := town(t, 130, 57)
	once := create(t)
	fill(t, once, all)
	want := answers(t, once, all)

	x := create(t)
	x.FlushAt = 2000
	const desks = 4
	var wg sync.WaitGroup
	for desk := range desks {
		wg.Go(func() {
			for i := desk; i < len(all); i += desks {
				if err := takeIn(x, &all[i], i); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if n := x.Records(); n != len(all) {
		t.Fatalf("%d records stand, not %d", n, len(all))
	}
	same(t, "put in together", answers(t, x, all), want)
	x = reopen(t, x)
	same(t, "opened again", answers(t, x, all), want)
	if _, err := x.Verify(); err != nil {
		t.Fatal(err)
	}
}

// takeIn puts an older version in and asks, then the one that stands, deletes it now and then and puts it in again, and asks.
func takeIn(x *Index, p *link.Profile, i int) error {
	old := *p
	old.At -= 1000
	if _, _, err := x.Add(&old); err != nil {
		return err
	}
	if _, err := x.Who(p); err != nil {
		return err
	}
	if _, _, err := x.Add(p); err != nil {
		return err
	}
	if i%9 == 0 {
		if there, err := x.Delete(p.Self); err != nil || !there {
			return fmt.Errorf("deleted: %v, %w", there, err)
		}
		if _, _, err := x.Add(p); err != nil {
			return err
		}
	}
	if err := x.Sync(); err != nil {
		return err
	}
	switch i % 40 {
	case 7:
		if err := x.Flush(); err != nil {
			return err
		}
	case 8:
		if err := x.Merge(); err != nil {
			return err
		}
	}
	twin := *p // the same applicant under another record name finds the first
	twin.Self, twin.Name = ^p.Self, "twin"
	a, err := x.Who(&twin)
	if err != nil {
		return err
	}
	if !slices.Contains(a.Same, p.Name) && a.More == 0 && !slices.ContainsFunc(a.Links, func(l Linked) bool { return l.With == p.Name }) {
		return fmt.Errorf("%s has come in and is not found", p.Name)
	}
	_, _, err = x.Question(p)
	return err
}
