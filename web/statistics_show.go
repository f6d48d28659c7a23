package web

import (
	"time"

	"bonafide/record"
	"bonafide/report"
)

type statisticsPage struct {
	Year   string
	Rows   []figureView
	States []figureView
	Roles  []roleView
	Checks []checkFigure
	Cases  int
}

type figureView struct{ Name, N string }

type roleView struct{ Role, Tier, Cases, Proposed, Asked, Unproposed, Decided, Adverse string }

type checkFigure struct{ Check, Asked, Answered string }

// statisticsShow is how the house works, counted, of the last twelve months: for
// the works council, the data-protection officer and the lead. No person is in it.
func statisticsShow(v *visit) error {
	now := v.s.Now()
	s, err := v.s.Desk.Statistics(v, v.caller.Actor, now.AddDate(-1, 0, 0), now.Add(time.Minute))
	if err != nil {
		return err
	}
	n := func(x int) string { return report.Figures(v.lang, x) }
	p := statisticsPage{Cases: s.Cases}
	for _, x := range []struct {
		key string
		n   int
	}{{"figure cases", s.Cases}, {"figure asked", s.Asked}, {"figure answered", s.Answered}, {"figure decided", s.Decided}, {"figure deviated", s.Deviated}, {"figure adverse", s.Adverse}, {"figure appealed", s.Appealed}, {"figure overturned", s.Overturned}} {
		p.Rows = append(p.Rows, figureView{say(v.lang, x.key), n(x.n)})
	}
	for _, state := range record.CaseStates {
		p.States = append(p.States, figureView{v.state(state), n(s.States[state])})
	}
	for _, r := range s.Roles {
		x := roleView{r.Role, r.Tier, n(r.Cases), n(r.Review + r.Verify), n(r.Asked), n(r.AskedUnproposed), n(r.Decided), n(r.Adverse)}
		if r.Role == "" && r.Tier == "" {
			x.Role = say(v.lang, "figure few")
		}
		p.Roles = append(p.Roles, x)
	}
	for _, c := range s.Checks {
		p.Checks = append(p.Checks, checkFigure{c.Check, n(c.Asked), n(c.Answered)})
	}
	return v.show("statistics_show", say(v.lang, "nav statistics"), p)
}
