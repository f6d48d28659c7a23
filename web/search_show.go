package web

import (
	"net/http"
	"net/netip"
	"regexp"
	"strings"

	"bonafide/record"
	"bonafide/report"
)

type searchPage struct {
	Asked         bool
	Kind, Many    string
	Found         []foundView
	Crowded       bool
	NotUnderstood bool
}

type foundView struct{ Case, Short, State, Since string }

// searchShow is the one search box. What was typed is sent in the body, never
// in the address, and is not shown again.
func searchShow(v *visit) error {
	p := searchPage{}
	value := strings.TrimSpace(v.r.PostFormValue("value"))
	if v.r.Method == http.MethodPost && value != "" {
		p.Asked, p.NotUnderstood = true, true
		for _, kind := range guesses(value) {
			digests, err := v.s.Keeper.KeysOf(v, v.caller.Tenant, kind, value)
			if record.CodeOf(err) == record.CodeInvalid && err != nil {
				continue
			}
			if err != nil {
				return err
			}
			held, err := v.s.Desk.Search(v, v.caller.Actor, kind, digests)
			if err != nil {
				return err
			}
			p.NotUnderstood = false
			p.Kind, p.Crowded, p.Many = say(v.lang, "kind "+kind), held.Crowded, report.Figures(v.lang, held.Holders)
			for _, h := range held.Found {
				f := foundView{Case: h.Case, Short: short(h.Subject), Since: report.DayOf(v.lang, h.Since)}
				if h.Case != "" {
					f.State, f.Short = v.state(h.State), short(h.Case)
				}
				p.Found = append(p.Found, f)
			}
			break
		}
	}
	return v.show("search_show", say(v.lang, "nav search"), p)
}

// guesses are the kinds a typed value may be of, most telling first; what has
// not the form of its kind is tried as the next.
func guesses(value string) []string {
	switch {
	case strings.Contains(value, "@"):
		return []string{"mail"}
	case netip.Addr{} != addr(value):
		return []string{"address"}
	case strings.HasPrefix(value, "+"), strings.HasPrefix(value, "00"):
		return []string{"phone"}
	}
	if iban.MatchString(value) {
		return []string{"payout", "wallet", "phone", "device"}
	}
	return []string{"wallet", "phone", "device"}
}

var iban = regexp.MustCompile(`^[A-Za-z]{2}[0-9]{2}[ 0-9A-Za-z]{8,}$`)

func addr(value string) netip.Addr {
	a, err := netip.ParseAddr(value)
	if err != nil {
		return netip.Addr{}
	}
	return a
}
