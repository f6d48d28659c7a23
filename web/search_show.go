package web

import (
	"net/http"
	"strings"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

type searchPage struct {
	Asked          bool
	Kind, Many     string
	Found          []foundView
	Crowded        bool
	NotUnderstood  bool
	Holders, Shown int
}

type foundView struct{ Case, Short, State, Since string }

// searchShow is the one search box. What was typed is sent in the body, never
// in the address, and is not shown again.
func searchShow(v *visit) error {
	p := searchPage{}
	value := strings.TrimSpace(v.r.PostFormValue("value"))
	if v.r.Method == http.MethodPost && value != "" && v.s.Find != nil {
		p.Asked = true
		kind, digests, err := v.s.Find(v.caller.Tenant, value)
		switch {
		case record.CodeOf(err) == record.CodeInvalid && err != nil:
			p.NotUnderstood = true
		case err != nil:
			return err
		default:
			var held casework.Holders
			if held, err = v.s.Desk.Search(v, v.caller.Actor, kind, digests); err != nil {
				return err
			}
			p.Kind, p.Holders, p.Crowded, p.Shown = say(v.lang, "kind "+kind), held.Holders, held.Crowded, len(held.Found)
			p.Many = report.Figures(v.lang, held.Holders)
			for _, h := range held.Found {
				f := foundView{Case: h.Case, Short: short(h.Subject), Since: report.DayOf(v.lang, h.Since)}
				if h.Case != "" {
					f.State, f.Short = v.state(h.State), short(h.Case)
				}
				p.Found = append(p.Found, f)
			}
		}
	}
	return v.show("search_show", say(v.lang, "nav search"), p)
}
