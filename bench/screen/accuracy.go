package main

import (
	"fmt"
	"slices"
	"strings"

	"bonafide/sim"
)

// lookalikes are those the product promises not to hit: 5 % at most each.
var lookalikes = []string{"household", "agency", "campus", "traveller", "migrant", "vpn"}

// accuracy prints what was found and who was hit wrongly, for every size,
// level of evasion and seed, then each look-alike, then the countries of the
// largest population.
func (b *bench) accuracy() error {
	type row struct {
		people, seed int
		evasion      string
		e            *sim.Evaluation
	}
	var rows []row
	fmt.Println("\n| people | evasion | seed | operators flagged | honest flagged | honest in review | false links per 10,000 | precision | recall | used people not routine | first cases of operators |")
	fmt.Println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	for _, people := range b.people {
		for _, evasion := range b.evasion {
			for _, seed := range b.seeds {
				p, _, err := b.invent(people, seed, evasion)
				if err != nil {
					return err
				}
				if _, err := b.screen(p); err != nil {
					return err
				}
				e, err := evaluate(p)
				if err != nil {
					return err
				}
				p.remove()
				rows = append(rows, row{people, seed, evasion, e})
				fmt.Printf("| %s | %s | %d | %s (%d of %d) | %s | %s | %.1f | %.4f | %.4f | %d of %d | %d of %d |\n", count(people), evasion, seed,
					percent(e.Operators), e.Operators.Hits, e.Operators.Of, percent(e.HonestFlagged), percent(e.HonestReview), e.FalseLinks,
					e.Clusters.Precision, e.Clusters.Recall, len(e.UsedNotRoutine), e.UsedPeople, e.First.Operators, e.First.Cases)
			}
		}
	}
	fmt.Println("\nHonest people flagged, by look-alike:")
	fmt.Printf("\n| people | evasion | seed | %s |\n|---:|---:|---:|%s\n", strings.Join(lookalikes, " | "), strings.Repeat("---:|", len(lookalikes)))
	for _, r := range rows {
		cells := make([]string, len(lookalikes))
		for i, name := range lookalikes {
			cells[i] = "–"
			if at := slices.IndexFunc(r.e.Kinds, func(g sim.Group) bool { return g.Name == name }); at >= 0 {
				g := r.e.Kinds[at]
				cells[i] = fmt.Sprintf("%s of %s", percent(g.Flagged), count(g.Flagged.Of))
			}
		}
		fmt.Printf("| %s | %s | %d | %s |\n", count(r.people), r.evasion, r.seed, strings.Join(cells, " | "))
	}
	fmt.Println("\nOperators among the flagged, were they this share of all records:")
	fmt.Println("\n| people | evasion | seed | 0.1 % | 0.5 % | 2 % |\n|---:|---:|---:|---:|---:|---:|")
	for _, r := range rows {
		fmt.Printf("| %s | %s | %d ", count(r.people), r.evasion, r.seed)
		for _, a := range r.e.AtPrevalence {
			fmt.Printf("| %.0f %% ", 100*a.Share)
		}
		fmt.Println("|")
	}
	last := rows[len(rows)-1]
	for _, r := range rows {
		if r.people == last.people && r.evasion == b.evasion[0] {
			last = r
			break
		}
	}
	fmt.Printf("\nHonest people flagged, by country given (%s people, evasion %s, seed %d; highest rate over lowest %.2f):\n", count(last.people), last.evasion, last.seed, last.e.CountrySpread)
	fmt.Println("\n| country | flagged | 95 % interval | people |\n|---|---:|---|---:|")
	for _, g := range last.e.Countries {
		fmt.Printf("| %s | %s | %.3f to %.3f %% | %s |\n", g.Name, percent(g.Flagged), 100*g.Flagged.Low, 100*g.Flagged.High, count(g.Flagged.Of))
	}
	return nil
}

func percent(s sim.Share) string { return fmt.Sprintf("%.3f %%", 100*s.Rate) }
