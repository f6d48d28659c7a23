package screen_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"bonafide/lists"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// walletsOf are addresses whose checksums hold, of nobody: made from hashes.
var walletsOf = []string{
	"0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
	"0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
}

func listsOf(t *testing.T, files map[string]string) *lists.Set {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Now()}
	}
	set, bad := lists.Load(folder, time.Now())
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	return set
}

// screened are the jobs done until all is quiet: how often each subject was
// screened, by the name of its record, and how many parts asked all.
func screened(t *testing.T, k *screen.Keeper, name map[string]string) (who []string, parts int) {
	t.Helper()
	for {
		jobs, err := k.Store.Claim(context.Background(), "test", screen.JobKinds, time.Minute, 50)
		if err != nil {
			t.Fatal(err)
		}
		if len(jobs) == 0 {
			slices.Sort(who)
			return who, parts
		}
		for _, j := range jobs {
			if j.Kind == screen.JobLists {
				parts++
			} else {
				who = append(who, name[j.Subject])
			}
			if err := k.Run(context.Background(), j); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestRelist: a new wallet on a list has exactly its holders screened again; a
// new name exactly those who bear it; a file printed anew, nobody.
func TestRelist(t *testing.T) {
	k, actor := newKeeper(t)
	ctx := context.Background()
	const head = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,first_seen,last_seen,last_change\n"
	entry := func(id, name string) string {
		return fmt.Sprintf("%s,Person,%s,,1979-04-05,,,,Example,,,Example,2026-01-01T00:00:00,2026-01-01T00:00:00,2026-01-01T00:00:00\n", id, name)
	}
	day := time.Now().UTC().Format("2006-01-02")
	manifest := `{"lists":[{"file":"sanctioned_addresses_ETH.txt","as_of":"` + day + `"},{"file":"targets.simple.csv","class":"entities","name":"example","as_of":"` + day + `"}]}`
	files := map[string]string{
		"lists.json":                   manifest,
		"sanctioned_addresses_ETH.txt": walletsOf[3] + "\n",
		"targets.simple.csv":           head + entry("x-1", "Ottokar Unbekannt"),
	}
	if _, err := k.Relist(ctx, listsOf(t, files)); err != nil {
		t.Fatal(err)
	}
	screened(t, k, nil)
	name := map[string]string{}
	for i, who := range []string{"Nora Muster", "Tobias Beispiel", "Rita Probe", "Waldemar Erfunden", "Igor Skizze"} {
		raw := fmt.Sprintf(`{"id":"r-%d","source":"form","received_at":"%sT09:00:00Z","person":{"name":%q,"birth_date":"1979-04-05"},"payouts":[{"kind":"crypto","value":%q}]}`,
			i, day, who, walletsOf[min(i, 2)*(1-i/3)])
		got, err := k.Accept(ctx, actor, screen.Delivery{Raw: []byte(raw)})
		if err != nil {
			t.Fatal(err)
		}
		name[got.Subject] = fmt.Sprint("r-", i)
	}
	screened(t, k, name) // what the newcomers set off; 0, 3 and 4 hold one wallet

	files["sanctioned_addresses_ETH.txt"] += walletsOf[1] + "\n"
	c, err := k.Relist(ctx, listsOf(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if c.Any || !slices.Equal(c.Wallets, walletsOf[1:2]) {
		t.Errorf("a new wallet is told as %+v", c)
	}
	if who, parts := screened(t, k, name); parts != 0 || !slices.Equal(who, []string{"r-1"}) {
		t.Errorf("a new wallet: screened %v, asked %d parts", who, parts)
	}
	if n := listed(t, k, actor); !slices.Equal(n, []string{"form/r-1"}) {
		t.Errorf("on the list now: %v", n)
	}

	files["targets.simple.csv"] += entry("x-2", "Waldemar Erfunden")
	if c, err = k.Relist(ctx, listsOf(t, files)); err != nil || !c.Any {
		t.Fatal(c, err)
	}
	who, parts := screened(t, k, name)
	if parts != 1 || !slices.Contains(who, "r-3") || slices.Contains(who, "r-1") || slices.Contains(who, "r-2") {
		t.Errorf("a new name: screened %v, asked %d parts", who, parts)
	}

	files["sanctioned_addresses_ETH.txt"] = "# printed anew\n" + files["sanctioned_addresses_ETH.txt"]
	if c, err = k.Relist(ctx, listsOf(t, files)); err != nil || c.Any || len(c.Wallets) > 0 {
		t.Fatal(c, err)
	}
	if who, parts := screened(t, k, name); parts != 0 || len(who) != 0 {
		t.Errorf("the same printed anew: screened %v, asked %d parts", who, parts)
	}

	// A node that starts with the same lists has nothing to do, one with others asks all.
	if err := k.ListsInForce(ctx); err != nil {
		t.Fatal(err)
	}
	if who, parts := screened(t, k, name); parts != 0 || len(who) != 0 {
		t.Errorf("a start with the same lists: screened %v, asked %d parts", who, parts)
	}
	other := &screen.Keeper{Screen: k.Screen, Store: k.Store}
	if err := other.ListsInForce(ctx); err != nil {
		t.Fatal(err)
	}
	if who, parts := screened(t, other, name); parts != 1 || len(who) != 5 { // all have no data now
		t.Errorf("a start without lists: screened %v, asked %d parts", who, parts)
	}
}

// listed are the records with a wallet on a list.
func listed(t *testing.T, k *screen.Keeper, actor record.Actor) (names []string) {
	t.Helper()
	err := k.Store.Update(context.Background(), actor, func(tx *store.Tx) error {
		ids, err := tx.Subjects("", 100)
		for _, id := range ids {
			res, err := tx.Result(id)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(res.Findings, func(f record.Finding) bool {
				return f.Outcome == record.Hit && slices.ContainsFunc(f.Evidence, func(e record.Evidence) bool { return e.List == "us_ofac_wallets" })
			}) {
				names = append(names, res.Record)
			}
		}
		tx.Did("test.read", "tenant/main", "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}
