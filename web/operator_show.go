package web

import (
	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

type operatorPage struct {
	ID     string
	Rows   []rowView
	Shared []crossRow
	Names  []string
}

// crossRow is one kind of shared value and who of the question holds it.
type crossRow struct {
	Name  string
	Cells []bool
	Said  string
	Class string
}

// operatorShow is an operator question: different names, shared means. A table
// of who shares what; the people are never merged.
func operatorShow(v *visit) error {
	rows, _, err := v.s.Desk.Queue(v, v.caller.Actor, casework.Filter{Cluster: v.id()})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return &record.Error{Code: record.CodeNotFound, Message: "there is no operator question under this name"}
	}
	p := operatorPage{ID: v.id()}
	now := v.s.Now()
	place := map[string]int{}
	for i := range rows {
		p.Rows = append(p.Rows, v.row(&rows[i], now))
		p.Names = append(p.Names, p.Rows[i].Name)
		place[rows[i].Record] = i
	}
	type key struct {
		kind  record.Kind
		value string
	}
	seen := map[key]int{}
	for i := range rows {
		if rows[i].Result == nil {
			continue
		}
		for j := range rows[i].Result.Links {
			k := &rows[i].Result.Links[j]
			for _, other := range k.Others {
				o, is := place[other]
				if !is {
					continue
				}
				at, known := seen[key{k.Kind, groupOf(rows[i].Record, k.Others)}]
				if !known {
					at = len(p.Shared)
					seen[key{k.Kind, groupOf(rows[i].Record, k.Others)}] = at
					class := k.Strength.String()
					said := report.SaidStrength(k.Strength).In(v.lang)
					if k.Strength == record.NotCounted {
						class, said = "weak", report.SaidExcuse(k.Excuse).In(v.lang)
					}
					p.Shared = append(p.Shared, crossRow{Name: report.SaidKind(k.Kind).In(v.lang), Cells: make([]bool, len(rows)), Class: class, Said: upper(said)})
				}
				p.Shared[at].Cells[i], p.Shared[at].Cells[o] = true, true
			}
		}
	}
	return v.show("operator_show", say(v.lang, "operator question"), p)
}

// groupOf names the set of holders the same way from every holder's side.
func groupOf(mine string, others []string) string {
	least := mine
	for _, o := range others {
		least = min(least, o)
	}
	return least
}
