package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
	"bonafide/store"
)

var stored = flag.Int("stored", 0, "put so many subjects into the embedded record before the server starts: stored and found by their keys, not screened")

// storedBatch is how many go into one transaction. Of more, every statement walks
// what the transaction has undone so far: 2,000 cost three times as much each.
const storedBatch = 100

// putAll writes people straight into a record, as a house that has grown: each
// with its application, its profile and the rows others find it by. Sealing is
// done here on all cores, the database writes alone.
func putAll(folder string, n int) error {
	ctx := context.Background()
	keys, err := store.CreateKeys(folder + ".keys")
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Options{Path: folder, Keys: keys})
	if err != nil {
		return err
	}
	defer s.Close()
	const tenant = "main"
	if err := s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "bench", Tenant: store.House}, tenant, "EU"); err != nil {
		return err
	}
	by := record.Machine(tenant)
	var key []byte
	if err := s.View(ctx, by, func(t *store.Tx) (err error) { key, err = t.LinkKey(); return err }); err != nil {
		return err
	}
	begun, own := time.Now(), spent(0)
	var next, done atomic.Int64
	var all sync.WaitGroup
	failed := make(chan error, 4)
	for range 2 {
		all.Go(func() {
			keyer := link.NewKeyer(key, true)
			for {
				from := next.Add(storedBatch) - storedBatch + 1
				if from > int64(n) {
					return
				}
				to := min(from+storedBatch, int64(n)+1)
				people, err := prepare(keyer, from, to)
				if err == nil {
					err = s.Update(ctx, by, func(t *store.Tx) error { return putSome(t, people) })
				}
				if err != nil {
					failed <- err
					return
				}
				if d := done.Add(to - from); d/100_000 != (d-(to-from))/100_000 {
					fmt.Fprintf(flag.CommandLine.Output(), "%d stored, %s\n", d, time.Since(begun).Round(time.Second))
				}
			}
		})
	}
	all.Wait()
	select {
	case err := <-failed:
		return err
	default:
	}
	fmt.Printf("| %d subjects put into the record | 2 | – | %.0f/s | – | – | %.2f ms | %d | – |\n", n, float64(n)/time.Since(begun).Seconds(), 1000*(spent(0)-own)/float64(n), n)
	return nil
}

type person struct {
	a       *record.Application
	profile []byte
	rows    []store.LinkKey
}

func prepare(keyer *link.Keyer, from, to int64) ([]person, error) {
	var all []person
	for i := from; i < to; i++ {
		a, err := intake.Application(invent(i), "")
		if err != nil {
			return nil, err
		}
		p := keyer.Profile(a)
		p.Sentences = slices.DeleteFunc(p.Sentences, func(s link.Sentence) bool { return s.Second })
		x := person{a: a}
		for _, k := range p.Keys {
			x.rows = append(x.rows, store.LinkKey{Value: k.Value, Kind: k.Kind, Place: k.Index})
		}
		for _, s := range p.Sentences {
			x.rows = append(x.rows, store.LinkKey{Value: s.Value, Kind: s.Kind})
		}
		if x.profile, err = json.Marshal(&p); err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}

func putSome(t *store.Tx, people []person) error {
	for _, x := range people {
		saved, err := t.SaveApplication(x.a)
		if err != nil {
			return err
		}
		if err := t.SaveProfile(saved.Subject, x.profile); err != nil {
			return err
		}
		if err := t.SaveLinkKeys(saved.Subject, x.a.ReceivedAt, x.rows); err != nil {
			return err
		}
	}
	t.Did("upload.part", "tenant/"+t.Tenant(), "")
	return nil
}
