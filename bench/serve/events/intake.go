package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// measureIntake stores events of a thousand people, by fifties in one transaction,
// sixteen at once as connectors do, and folds them after.
func measureIntake(dir string) error {
	if dir == "" {
		made, err := os.MkdirTemp("", "bonafide-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		dir = filepath.Join(made, "house")
	}
	s, err := open(dir, "")
	if err != nil {
		return err
	}
	defer s.Close()
	b := &bench{s: s, lite: true, file: filepath.Join(dir, "bonafide.db"), actor: record.Actor{Kind: record.ActorKey, ID: "watch", Tenant: tenant}}
	const people, rounds, some, at = 1000, 4, 50, 16
	ids := make([]string, people)
	for i := range ids {
		err := s.Update(ctx, b.actor, func(t *store.Tx) error {
			saved, err := t.SaveApplication(&record.Application{ID: fmt.Sprint("intake-", i), Source: "bench", ReceivedAt: time.Now().UTC()})
			t.Did("application.add", "subject/"+saved.Subject, "")
			ids[i] = saved.Subject
			return err
		})
		if err != nil {
			return err
		}
	}
	start := time.Now()
	done := make(chan error)
	for w := range at {
		go func() {
			for r := range rounds {
				for i := w; i < people; i += at {
					if err := save(s, b.actor, ids[i], r*some, (r+1)*some); err != nil {
						done <- err
						return
					}
				}
			}
			done <- nil
		}()
	}
	for range at {
		if err := <-done; err != nil {
			return err
		}
	}
	took, n := time.Since(start), float64(people*rounds*some)
	if err := s.Scrub(ctx); err != nil {
		return err
	}
	fmt.Printf("stored %.0f events at %.0f/s, %s, %.0f bytes an event\n", n, n/took.Seconds(), b.size(), b.bytes()/n)
	start = time.Now()
	folded, err := s.FoldEvents(ctx, tenant)
	if err != nil {
		return err
	}
	fmt.Printf("folded %d events at %.0f/s\n", folded, float64(folded)/time.Since(start).Seconds())
	return nil
}

func (b *bench) bytes() float64 {
	info, err := os.Stat(b.file)
	if err != nil {
		return 0
	}
	return float64(info.Size())
}
