package main

import (
	"fmt"

	"bonafide/match/name"
)

// koreanFullNames asks with hangul for the Latin spelling among all of them.
func koreanFullNames(data string) {
	rows := readCSV(data + "/names/translit/korean_fullnames.csv")
	if rows == nil {
		return
	}
	b := name.NewBuilder()
	for i, m := range rows {
		b.Add(i, m["latin_name"], name.Person)
	}
	ix := b.Build()
	var queries []int
	for i, m := range rows {
		if m["kind"] == "native_korean" {
			queries = append(queries, i)
		}
	}
	var at []int
	for i := 0; i < len(queries); i += 10 {
		at = append(at, queries[i])
	}
	rank := make([]int, len(at))
	parallel(len(at), func(k int) {
		for r, h := range ix.Search(ix.Parse(rows[at[k]]["hangul_name"], name.Person), 0.1, 0) {
			if rows[h.Entity]["latin_name"] == rows[at[k]]["latin_name"] {
				rank[k] = r + 1
				break
			}
		}
	})
	r1, r10, any, mrr := 0, 0, 0, 0.0
	for _, r := range rank {
		if r > 0 {
			any++
			mrr += 1 / float64(r)
		}
		if r == 1 {
			r1++
		}
		if r > 0 && r <= 10 {
			r10++
		}
	}
	n := float64(len(at))
	fmt.Printf("Korean full names, hangul against %d Latin ones: recall@1 %.4f recall@10 %.4f found at all %.4f MRR %.4f (%d)\n", len(rows), float64(r1)/n, float64(r10)/n, float64(any)/n, mrr/n, len(at))
	var pairs []pairRow
	for k, i := range at {
		pairs = append(pairs, pairRow{schema: "Person", a: rows[i]["latin_name"], b: rows[i]["hangul_name"], match: true})
		if k+1 < len(at) {
			pairs = append(pairs, pairRow{schema: "Person", a: rows[i]["latin_name"], b: rows[at[k+1]]["hangul_name"]})
		}
	}
	parallel(len(pairs), func(i int) { scorePair(&pairs[i]) })
	fmt.Println("    as pairs:", at2(pairs), fmt.Sprintf("AUC %.4f", auc(pairs)))
}

func at2(rows []pairRow) prf { return at(rows, name.SupportingAt, func(pairRow) bool { return true }) }

// unTypos: people of the UN list as screening data writes them.
func unTypos(data string) {
	rows := readCSV(data + "/names/screening_positives_un.csv")
	var list []listEntry
	for _, m := range readCSV(data + "/names/un_sc_2026-02-27_list.csv") {
		list = append(list, listEntry{m["ref"], m["name"], ""})
	}
	if rows == nil || list == nil {
		return
	}
	ix, _ := buildIndex(list, name.Person)
	hit, harmed, harmedHit := 0, 0, 0
	for _, m := range rows {
		found := false
		for _, h := range ix.Search(ix.Parse(m["query_name"], name.Person), name.SupportingAt, 0) {
			found = found || list[h.Entity].text == m["list_name"]
		}
		if found {
			hit++
		}
		if m["list_name"] != m["query_name"] {
			harmed++
			if found {
				harmedHit++
			}
		}
	}
	fmt.Printf("UN people as others write them: found %.4f (%d), of the harmed names %.4f (%d)\n", float64(hit)/float64(len(rows)), len(rows), float64(harmedHit)/float64(harmed), harmed)
}
