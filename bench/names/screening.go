package main

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"

	"bonafide/match/name"
)

// listEntry is one name of the list that is searched.
type listEntry struct{ id, text, program string }

// aliasQuery is another name of the same entity, not in the index.
type aliasQuery struct {
	id, text string
	weak     bool
	dprk     bool
	scores   struct{ own, best float64 }
}

func buildIndex(entries []listEntry, schema name.Schema) (*name.Index, map[string]int) {
	b := name.NewBuilder()
	ids := map[string]int{}
	for i, e := range entries {
		b.Add(i, e.text, schema)
		ids[e.id] = i
	}
	return b.Build(), ids
}

const searchFloor = 0.25

func best(ix *name.Index, text string, own int) (ownScore, bestScore float64) {
	q := ix.Parse(text, name.Person)
	for _, h := range ix.Search(q, searchFloor, 0) {
		if h.Entity == own {
			ownScore = max(ownScore, h.Similarity)
		}
		bestScore = max(bestScore, h.Similarity)
	}
	return ownScore, bestScore
}

// negativeScores gives the best score of people who are on no list, sorted.
func negativeScores(ix *name.Index, data, file string, n int) []float64 {
	rows := readCSV(data + "/names/" + file)
	if len(rows) > n {
		rows = rows[:n]
	}
	out := make([]float64, len(rows))
	parallel(len(rows), func(i int) { _, out[i] = best(ix, rows[i]["full_name"], -1) })
	sort.Float64s(out)
	return out
}

func parallel(n int, f func(int)) {
	var wg sync.WaitGroup
	w := runtime.NumCPU()
	for k := range w {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := k; i < n; i += w {
				f(i)
			}
		}()
	}
	wg.Wait()
}

// thresholdAt is the smallest score that at most share of the negatives reach.
func thresholdAt(sorted []float64, share float64) float64 {
	k := int(float64(len(sorted)) * (1 - share))
	h := sorted[k]
	for k < len(sorted) && sorted[k] == h && k+1 < len(sorted) && float64(len(sorted)-k) > share*float64(len(sorted)) {
		k++
	}
	return max(sorted[k], 1e-9)
}

func aliasSuite(title string, entries []listEntry, queries []aliasQuery, data string) {
	if len(entries) == 0 || len(queries) == 0 {
		return
	}
	start := time.Now()
	ix, ids := buildIndex(entries, name.Person)
	built := time.Since(start)
	neg := negativeScores(ix, data, "screening_negatives_global.csv", 4000)
	start = time.Now()
	parallel(len(queries), func(i int) {
		q := &queries[i]
		own, ok := ids[q.id]
		if !ok {
			own = -1
		}
		q.scores.own, q.scores.best = best(ix, q.text, own)
	})
	fmt.Printf("%s: %d names in the index (built in %v), %d queries (%v each, 2 at a time)\n", title, len(entries), built.Round(time.Millisecond), len(queries), (time.Since(start) / time.Duration(len(queries))).Round(time.Microsecond))
	for _, share := range []float64{0.01, 0.05} {
		h := thresholdAt(neg, share)
		line := func(what string, keep func(aliasQuery) bool) {
			n, hit, top := 0, 0, 0
			for _, q := range queries {
				if !keep(q) {
					continue
				}
				n++
				if q.scores.own >= h {
					hit++
					if q.scores.own >= q.scores.best {
						top++
					}
				}
			}
			fmt.Printf("    %-10s recall %.4f top1 %.4f (%d)\n", what, float64(hit)/float64(n), float64(top)/float64(n), n)
		}
		fmt.Printf("  FPR %.0f %%: threshold %.3f\n", share*100, h)
		line("all", func(aliasQuery) bool { return true })
		line("not weak", func(q aliasQuery) bool { return !q.weak })
		line("DPRK", func(q aliasQuery) bool { return q.dprk })
	}
}

func ofacAliases(data string) {
	var entries []listEntry
	for _, m := range readCSV(data + "/names/ofac_sdn_2021_list.csv") {
		if m["type"] == "individual" && m["name_kind"] == "primary" {
			entries = append(entries, listEntry{m["ent_num"], m["name"], m["program"]})
		}
	}
	var queries []aliasQuery
	for _, m := range readCSV(data + "/names/ofac_alias_pairs.csv") {
		if m["type"] == "individual" {
			queries = append(queries, aliasQuery{id: m["ent_num"], text: m["alias"], weak: m["alias_type"] == "weak_aka", dprk: strings.Contains(m["program"], "DPRK")})
		}
	}
	aliasSuite("OFAC aliases of individuals", entries, queries, data)
}

func unAliases(data string) {
	var entries []listEntry
	for _, m := range readCSV(data + "/names/un_sc_2026-02-27_list.csv") {
		if m["type"] == "individual" {
			entries = append(entries, listEntry{m["ref"], m["name"], m["un_list"]})
		}
	}
	var alias, original []aliasQuery
	for _, m := range readCSV(data + "/names/un_alias_pairs.csv") {
		if m["type"] != "individual" {
			continue
		}
		q := aliasQuery{id: m["ref"], text: m["alias"], weak: m["alias_quality"] == "Low", dprk: strings.Contains(m["un_list"], "DPRK")}
		if m["pair_kind"] == "alias" {
			alias = append(alias, q)
		} else {
			original = append(original, q)
		}
	}
	aliasSuite("UN aliases of individuals", entries, alias, data)
	originalScripts(entries, original)
}

// originalScripts asks for recall among the first ten, native script against Latin.
func originalScripts(entries []listEntry, queries []aliasQuery) {
	if len(entries) == 0 || len(queries) == 0 {
		return
	}
	ix, ids := buildIndex(entries, name.Person)
	r1, r10, mrr := 0, 0, 0.0
	for _, q := range queries {
		own, ok := ids[q.id]
		if !ok {
			own = -1
		}
		for k, h := range ix.Search(ix.Parse(q.text, name.Person), 0.1, 10) {
			if h.Entity == own {
				r10++
				mrr += 1 / float64(k+1)
				if k == 0 {
					r1++
				}
				break
			}
		}
	}
	n := float64(len(queries))
	fmt.Printf("UN original scripts: recall@1 %.4f recall@10 %.4f MRR %.4f (%d)\n", float64(r1)/n, float64(r10)/n, mrr/n, len(queries))
}
