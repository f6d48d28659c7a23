package main

import (
	"fmt"
	"maps"
	"slices"

	"bonafide/link"
)

// printWrong prints every question that holds more than one operator or person, with what ties each of its smaller
// parts to the largest.
func (t *town) printWrong(g *link.Graph, names []string, clusters map[string][]int) {
	ties := map[uint32][]link.Tie{}
	g.EachTie(func(x link.Tie) {
		ties[x.A] = append(ties[x.A], x)
		ties[x.B] = append(ties[x.B], x)
	})
	for _, c := range slices.Sorted(maps.Keys(clusters)) {
		parts := map[string][]int{}
		for _, i := range clusters[c] {
			who := t.Cell[names[i]]
			if who == "" {
				who = "honest " + t.Kind[names[i]] + " " + t.Person[names[i]]
			}
			parts[who] = append(parts[who], i)
		}
		if len(parts) < 2 {
			continue
		}
		fmt.Printf("    question %s:\n", c)
		in := map[uint32]string{}
		for who, list := range parts {
			for _, i := range list {
				in[g.Identity(uint32(i))] = who
			}
		}
		for _, who := range slices.Sorted(maps.Keys(parts)) {
			fmt.Printf("      %d of %s\n", len(parts[who]), who)
			for _, i := range parts[who] {
				x := g.Identity(uint32(i))
				for _, tie := range ties[x] {
					y, drawn := tie.B, tie.DrawsA
					if x == tie.B {
						y, drawn = tie.A, tie.DrawsB
					}
					if in[y] != "" && in[y] != who {
						fmt.Printf("        %s – %s: %s of %d, draws %v\n", names[i], in[y], tie.Kind, tie.Holders, drawn)
					}
				}
			}
		}
	}
}
