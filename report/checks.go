package report

import (
	"fmt"
	"io"
	"strings"

	"bonafide/record"
)

// Check is all that is printed about a check. The checks themselves are not
// known here.
type Check struct {
	ID                         string
	Title, Text                record.Text
	Stage                      []string
	Family                     record.Family // "" when findings take that of the shared value
	Strength                   record.Strength
	Link                       record.ChainLink
	Reads, Sources, LegalBasis []string
	FalsePositives, Clears     []record.Text
	Ask                        record.Text
	Since, Until               record.Date
	Version                    int
}

// byFamily groups checks in the order of the families, those that take the
// family of a shared value last.
func byFamily(all []Check) (groups []struct {
	family record.Family
	checks []Check
}) {
	for _, f := range append(families[:len(families):len(families)], "") {
		var these []Check
		for _, c := range all {
			if c.Family == f {
				these = append(these, c)
			}
		}
		if len(these) > 0 {
			groups = append(groups, struct {
				family record.Family
				checks []Check
			}{f, these})
		}
	}
	return groups
}

// familyHead is a family's code and its word.
func familyHead(l record.Lang, f record.Family) string {
	if f == "" {
		return "LINK · " + say(l, "family shared")
	}
	return string(f) + " · " + familySaid[f].In(l)
}

// ChecksList writes one line a check, by family.
func ChecksList(w io.Writer, all []Check, o Options) {
	o = o.defaults()
	p, l := newPen(w, o), o.Lang
	wide := 0
	for _, c := range all {
		wide = max(wide, len(c.ID))
	}
	for i, g := range byFamily(all) {
		if i > 0 {
			p.gap()
		}
		p.line(strong, familyHead(l, g.family))
		for _, c := range g.checks {
			p.hang("  "+mark(c.Strength)+" "+pad(c.ID, wide)+"  ", c.Title.In(l), normal, normal)
		}
	}
	p.gap()
	var legend []string
	for s := record.Conclusive; s >= record.Weak; s-- {
		legend = append(legend, mark(s)+" "+strengthSaid[s].In(l)+": "+strengthMeans[s].In(l))
	}
	p.line(quiet, say(l, "checks count", figures(l, len(all)))+" "+strings.Join(legend, " · "))
	p.line(quiet, say(l, "checks more"))
}

// CheckShow writes everything about one check.
func CheckShow(w io.Writer, c Check, o Options) {
	o = o.defaults()
	p, l := newPen(w, o), o.Lang
	p.line(strong, c.ID)
	p.line(normal, c.Title.In(l))
	p.gap()
	p.line(normal, c.Text.In(l))
	p.gap()
	for _, row := range c.table(l) {
		for i, value := range row.values {
			head := pad(row.name, 20) + "  "
			if i > 0 {
				head = strings.Repeat(" ", 22)
			}
			p.hang(head, value, quiet, normal)
		}
	}
}

type checkRow struct {
	name   string
	values []string
	codes  bool // values are identifiers
}

// table is the metadata in the order in which it is printed.
func (c *Check) table(l record.Lang) []checkRow {
	texts := func(all []record.Text) (out []string) {
		for _, t := range all {
			out = append(out, t.In(l))
		}
		return out
	}
	link := say(l, "link none")
	if t, ok := chainSaid[c.Link]; ok {
		link = t.In(l)
	}
	force := ""
	if c.Since != "" {
		force = say(l, "since", day(l, c.Since))
	}
	if c.Until != "" {
		force = strings.TrimSpace(force + " " + say(l, "until", day(l, c.Until)))
	}
	var stages []string
	for _, s := range c.Stage {
		name := s
		if t, ok := stageSaid[s]; ok {
			name = t.In(l)
		}
		stages = append(stages, name)
	}
	rows := []checkRow{
		{name: say(l, "strength at most"), values: []string{strengthSaid[c.Strength].In(l) + ": " + strengthMeans[c.Strength].In(l)}},
		{name: say(l, "family"), values: []string{familyHead(l, c.Family)}},
		{name: say(l, "stages"), values: []string{strings.Join(stages, ", ")}},
		{name: say(l, "questions link"), values: []string{link}},
		{name: say(l, "reads"), values: []string{strings.Join(c.Reads, ", ")}, codes: true},
		{name: say(l, "wrongly hit"), values: texts(c.FalsePositives)},
		{name: say(l, "clears"), values: texts(c.Clears)},
		{name: say(l, "ask"), values: texts([]record.Text{c.Ask})},
		{name: say(l, "sources"), values: []string{strings.Join(c.Sources, ", ")}, codes: true},
		{name: say(l, "legal basis"), values: []string{strings.Join(c.LegalBasis, ", ")}, codes: true},
		{name: say(l, "in force"), values: []string{force}},
		{name: say(l, "check version"), values: []string{fmt.Sprint(c.Version)}},
	}
	kept := rows[:0]
	for _, r := range rows {
		if len(r.values) > 0 && r.values[0] != "" {
			kept = append(kept, r)
		}
	}
	return kept
}

// ChecksMarkdown writes the whole catalogue as one document.
func ChecksMarkdown(w io.Writer, all []Check, l record.Lang) {
	fmt.Fprintf(w, "# %s\n\n%s\n\n", say(l, "catalogue"), say(l, "catalogue text", figures(l, len(all))))
	groups := byFamily(all)
	fmt.Fprintf(w, "| %s | %s | %s |\n|---|---|---|\n", say(l, "check"), say(l, "strength at most"), say(l, "catalogue title"))
	for _, g := range groups {
		for _, c := range g.checks {
			fmt.Fprintf(w, "| [%s](#%s) | %s | %s |\n", c.ID, c.ID, strengthSaid[c.Strength].In(l), cellText(c.Title.In(l)))
		}
	}
	for _, g := range groups {
		fmt.Fprintf(w, "\n## %s\n", familyHead(l, g.family))
		for _, c := range g.checks {
			fmt.Fprintf(w, "\n### %s\n\n**%s.** %s\n\n", c.ID, c.Title.In(l), c.Text.In(l))
			for _, row := range c.table(l) {
				values := row.values
				if row.codes {
					values = []string{"`" + strings.ReplaceAll(values[0], ", ", "`, `") + "`"}
				}
				fmt.Fprintf(w, "- %s: %s\n", row.name, strings.Join(values, "; "))
			}
		}
	}
}

// cellText keeps a bar from ending a cell.
func cellText(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// stageSaid are the steps at which a check is asked.
var stageSaid = map[string]record.Text{
	"sourcing":    tx("sourcing", "Ansprache", "prospeção"),
	"application": tx("application", "Bewerbung", "candidatura"),
	"interview":   tx("interview", "Gespräch", "entrevista"),
	"reference":   tx("reference", "Referenz", "referência"),
	"offer":       tx("offer", "Angebot", "proposta"),
	"onboarding":  tx("onboarding", "Einarbeitung", "integração"),
	"employment":  tx("employment", "Beschäftigung", "emprego"),
	"payment":     tx("payment", "Bezahlung", "pagamento"),
	"offboarding": tx("offboarding", "Austritt", "saída"),
	"extortion":   tx("extortion", "Erpressung", "extorsão"),
}
