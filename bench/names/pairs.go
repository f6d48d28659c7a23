package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"sort"

	"bonafide/match/name"
)

// pairRow is one row of a suite of labelled pairs.
type pairRow struct {
	schema, a, b, quality string
	match                 bool
	peer                  float64 // score of the peer, -1 when it has none
	score                 float64
}

func schemaOf(s string) name.Schema {
	switch s {
	case "Person":
		return name.Person
	case "", "LegalEntity": // may be a person or a body
		return name.Unspecified
	}
	return name.Organisation
}

func readCSV(path string) []map[string]string {
	f, err := os.Open(path)
	if err != nil {
		fmt.Println("NOT MEASURED:", err)
		return nil
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		fmt.Println("NOT MEASURED:", err)
		return nil
	}
	out := make([]map[string]string, 0, len(rows))
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			if i < len(row) {
				m[h] = row[i]
			}
		}
		out = append(out, m)
	}
	return out
}

func scorePair(r *pairRow) {
	a, b := name.Parse(r.a, schemaOf(r.schema)), name.Parse(r.b, schemaOf(r.schema))
	if a.Schema() != b.Schema() {
		a, b = name.Parse(r.a, name.Organisation), name.Parse(r.b, name.Organisation)
	}
	r.score = name.Similarity(&a, &b)
}

type prf struct {
	tp, fp, fn int
}

func (x prf) f1() float64 { return 2 * float64(x.tp) / float64(2*x.tp+x.fp+x.fn) }
func (x prf) String() string {
	return fmt.Sprintf("P %.4f R %.4f F1 %.4f (%d/%d/%d)", float64(x.tp)/float64(x.tp+x.fp), float64(x.tp)/float64(x.tp+x.fn), x.f1(), x.tp, x.fp, x.fn)
}

func at(rows []pairRow, threshold float64, keep func(pairRow) bool) (x prf) {
	for _, r := range rows {
		if !keep(r) {
			continue
		}
		hit := r.score >= threshold
		switch {
		case hit && r.match:
			x.tp++
		case hit:
			x.fp++
		case r.match:
			x.fn++
		}
	}
	return x
}

// auc is the chance that a match scores above a non-match, ties half.
func auc(rows []pairRow) float64 {
	s := append([]pairRow(nil), rows...)
	sort.SliceStable(s, func(i, j int) bool { return s[i].score < s[j].score })
	var rank, pos, neg float64
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j].score == s[i].score {
			j++
		}
		for _, r := range s[i:j] {
			if r.match {
				pos++
				rank += float64(i+j+1) / 2
			} else {
				neg++
			}
		}
		i = j
	}
	return (rank - pos*(pos+1)/2) / (pos * neg)
}

func nameBench(data string, verbose bool) {
	var rows []pairRow
	for _, m := range readCSV(data + "/names/name_bench.csv") {
		r := pairRow{schema: m["schema"], a: m["name1"], b: m["name2"], quality: m["quality"], match: m["is_match"] == "true"}
		scorePair(&r)
		rows = append(rows, r)
	}
	if rows == nil {
		return
	}
	all := func(pairRow) bool { return true }
	person := func(r pairRow) bool { return r.schema == "Person" }
	fmt.Println("name_bench", len(rows), "rows, shipped threshold", name.SupportingAt)
	fmt.Println("  all      ", at(rows, name.SupportingAt, all), fmt.Sprintf("AUC %.4f", auc(rows)))
	fmt.Println("  person   ", at(rows, name.SupportingAt, person))
	fmt.Println("  not pers.", at(rows, name.SupportingAt, func(r pairRow) bool { return !person(r) }))
	for _, q := range []string{"STRONG", "MEDIUM", "WEAK"} {
		fmt.Println("  "+q, at(rows, name.SupportingAt, func(r pairRow) bool { return r.quality == q }))
	}
	best, bestAt := 0.0, 0.0
	for t := 0.3; t < 1; t += 0.01 {
		if f := at(rows, t, all).f1(); f > best {
			best, bestAt = f, t
		}
	}
	fmt.Printf("  best over all thresholds %.4f at %.2f (information only)\n", best, bestAt)
	if verbose {
		for _, r := range rows {
			if (r.score >= name.SupportingAt) != r.match {
				fmt.Printf("  WRONG %v %.3f %s %s | %s | %s\n", r.match, r.score, r.schema[:3], r.quality, r.a, r.b)
			}
		}
	}
}
