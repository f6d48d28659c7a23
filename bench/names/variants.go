package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"bonafide/match/name"
)

// koreanVariants asks for every spacing of a Korean given name and every usual
// spelling of listed Korean names, and how often ordinary names are taken for one.
func koreanVariants(data string) {
	var names []string
	for _, m := range readCSV(data + "/names/un_sc_2026-02-27_list.csv") {
		if m["un_list"] == "DPRK" && m["type"] == "individual" {
			names = append(names, m["name"])
		}
	}
	for _, m := range readCSV(data + "/names/ofac_sdn_2021_list.csv") {
		if strings.Contains(m["program"], "DPRK") && m["type"] == "individual" {
			names = append(names, m["name"])
		}
	}
	if len(names) == 0 {
		return
	}
	b := name.NewBuilder()
	n := 0
	var parts [][]string
	for _, s := range names {
		p := koreanParts(s)
		if p == nil {
			continue
		}
		b.Add(n, s, name.Person)
		parts = append(parts, p)
		n++
	}
	ix := b.Build()
	fmt.Printf("Korean names of the lists: %d of three syllables\n", n)
	for _, way := range []struct {
		what string
		make func(p []string) string
	}{
		{"spaced", func(p []string) string { return p[0] + " " + p[1] + " " + p[2] }},
		{"hyphenated", func(p []string) string { return p[0] + " " + p[1] + "-" + p[2] }},
		{"joined", func(p []string) string { return p[0] + " " + p[1] + p[2] }},
		{"family last", func(p []string) string { return p[1] + "-" + p[2] + " " + p[0] }},
		{"other spelling", func(p []string) string { return respell(p[0]) + " " + respell(p[1]) + respell(p[2]) }},
		{"hangul to RR", func(p []string) string { return south(p[0]) + " " + south(p[1]) + "-" + south(p[2]) }},
	} {
		hit := 0
		for i, p := range parts {
			for _, h := range ix.Search(ix.Parse(way.make(p), name.Person), name.SupportingAt, 0) {
				if sameList(names, parts, h.Entity, i) {
					hit++
					break
				}
			}
		}
		fmt.Printf("    %-14s recall %.4f\n", way.what, float64(hit)/float64(n))
	}
	rows := readCSV(data + "/names/screening_negatives_us.csv")
	false1 := 0
	for _, m := range rows {
		if len(ix.Search(ix.Parse(m["full_name"], name.Person), name.SupportingAt, 1)) > 0 {
			false1++
		}
	}
	fmt.Printf("    false alarms on %d ordinary names (US file): %.4f\n", len(rows), float64(false1)/float64(len(rows)))
	rows = readCSV(data + "/names/screening_negatives_global.csv")
	false1 = 0
	for _, m := range rows {
		if len(ix.Search(ix.Parse(m["full_name"], name.Person), name.SupportingAt, 1)) > 0 {
			false1++
		}
	}
	fmt.Printf("    false alarms on %d ordinary names (global file, Korean and Chinese ones included): %.4f\n", len(rows), float64(false1)/float64(len(rows)))
}

func sameList(names []string, parts [][]string, got, want int) bool {
	return got == want || strings.Join(parts[got], "") == strings.Join(parts[want], "")
}

// koreanParts splits a listed name in family name and two syllables.
func koreanParts(s string) []string {
	s = strings.ToLower(strings.NewReplacer(",", " ", "-", " ", "'", "", "’", "").Replace(s))
	p := strings.Fields(s)
	if len(p) != 3 {
		return nil
	}
	for _, x := range p {
		if len(x) > 6 {
			return nil
		}
	}
	return p
}

// respell writes a syllable as McCune–Reischauer and the North write it.
func respell(s string) string {
	for _, r := range [][2]string{{"yong", "young"}, {"kyong", "kyung"}, {"hyok", "hyeok"}, {"chol", "chul"}, {"sok", "seok"}, {"ri", "lee"}, {"pak", "park"}, {"choe", "choi"}, {"kim", "gim"}, {"myong", "myung"}, {"un", "eun"}} {
		if s == r[0] {
			return r[1]
		}
	}
	return s
}

// south writes a northern spelling as the Revised Romanisation does.
func south(s string) string {
	for _, r := range [][2]string{{"ch", "j"}, {"k", "g"}, {"t", "d"}, {"p", "b"}} {
		if strings.HasPrefix(s, r[0]) && !strings.HasPrefix(s, r[0]+"h") {
			s = r[1] + s[len(r[0]):]
			break
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "yo", "yeo"), "ae", "ae")
}

// oneTypo asks for listed people with one slip in their name.
func oneTypo(data string) {
	var entries []listEntry
	for _, m := range readCSV(data + "/names/ofac_sdn_2021_list.csv") {
		if m["type"] == "individual" && m["name_kind"] == "primary" && len(strings.Fields(m["name"])) > 1 {
			entries = append(entries, listEntry{m["ent_num"], m["name"], m["program"]})
		}
	}
	if len(entries) == 0 {
		return
	}
	rng := rand.New(rand.NewPCG(thresholdSeed, 2))
	ix, _ := buildIndex(entries, name.Person)
	queries := make([]string, len(entries))
	for i, e := range entries {
		queries[i] = typo(rng, e.text)
	}
	hits := make([]bool, len(entries))
	parallel(len(entries), func(i int) {
		for _, h := range ix.Search(ix.Parse(queries[i], name.Person), name.SupportingAt, 0) {
			hits[i] = hits[i] || h.Entity == i || entries[h.Entity].text == entries[i].text
		}
	})
	n := 0
	for _, h := range hits {
		if h {
			n++
		}
	}
	fmt.Printf("One slip in a listed name: recall %.4f at the shipped threshold (%d)\n", float64(n)/float64(len(entries)), len(entries))
}

// variantPairs: forms of given names, and the cross-script table.
func variantPairs(data string) {
	var rows []pairRow
	for _, m := range readCSV(data + "/names/firstname_variants.csv") {
		r := pairRow{schema: "Person", a: m["name1"], b: m["name2"], match: m["is_match"] == "true"}
		scorePair(&r)
		rows = append(rows, r)
	}
	if rows != nil {
		fmt.Println("firstname_variants", at(rows, name.SupportingAt, func(pairRow) bool { return true }), fmt.Sprintf("AUC %.4f (%d)", auc(rows), len(rows)))
	}
	hit, n := 0, 0
	for _, m := range readCSV(data + "/names/watchman_cross_script_pairs.csv") {
		r := pairRow{schema: "Person", a: m["query"], b: m["expected_match"]}
		scorePair(&r)
		n++
		if r.score >= name.SupportingAt {
			hit++
		} else {
			fmt.Printf("    not matched: %s, %s (%.2f)\n", r.a, r.b, r.score)
		}
	}
	fmt.Printf("Cross-script pairs: %d of %d at the shipped threshold\n", hit, n)
}
