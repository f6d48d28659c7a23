package web

import (
	"net/url"
	"slices"
	"strings"

	"bonafide/casework"
)

// filterOf is the queue an address names: a shipped view and what narrows it.
// Unknown words are passed over, so that an old address still opens something.
func filterOf(q url.Values) (at int, f casework.Filter) {
	at = max(0, slices.IndexFunc(casework.Views, func(w casework.View) bool { return w.Name == q.Get("view") }))
	f = casework.Views[at].Filter
	f.Cluster, f.Role = q.Get("cluster"), q.Get("role")
	if slices.Contains([]string{"T0", "T1", "T2", "T3"}, q.Get("tier")) {
		f.Tier = q.Get("tier")
	}
	return at, f
}

// filterSave keeps the queue that is looked at under a name, or forgets one.
func filterSave(v *visit) error {
	query := v.r.PostFormValue("query")
	if v.r.PostFormValue("forget") != "" {
		query = ""
	}
	if err := v.s.Desk.SaveFilter(v, v.caller.Actor, v.r.PostFormValue("name"), query); err != nil {
		return err
	}
	if query == "" {
		return v.back("/queue")
	}
	return v.back("/queue?%s", local("/" + query)[1:])
}

// onward is where somebody goes after a case is dealt with: to the next of the
// queue they came from, with what was done and how to take it back; or back to
// the case, where they came from nowhere.
func (v *visit) onward(anchor, undo string) error {
	from := v.r.PostFormValue("from")
	q, err := url.ParseQuery(from)
	if from == "" || err != nil || len(from) > 500 {
		return v.back("/cases/%s#%s", v.id(), anchor)
	}
	_, f := filterOf(q)
	next, err := v.s.Desk.NextCase(v, v.caller.Actor, f, v.id())
	if err != nil {
		return err
	}
	done := url.Values{"from": {from}, "done": {v.id()}}
	if undo != "" {
		done.Set("undo", undo)
	}
	if next == "" {
		return v.back("/queue?%s", q.Encode())
	}
	return v.back("/cases/%s?%s", next, done.Encode())
}

// requestWithdraw takes back what was asked: the undo of a moment ago.
func requestWithdraw(v *visit) error {
	if err := v.s.Desk.WithdrawRequest(v, v.caller.Actor, v.id()); err != nil {
		return err
	}
	to := v.r.PostFormValue("case")
	if to == "" || strings.ContainsAny(to, "/\\.?#") {
		return v.back("/queue")
	}
	return v.back("/cases/%s", to)
}
