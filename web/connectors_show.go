package web

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
)

type connectorsPage struct {
	Rows    []connectorRow
	Asked   []lookupRow
	MayLook bool
	Allowed []termView // what may be asked outside
	Waits   *limitsView
	Manage  bool   // the reader may ask for more or less
	Hosts   string // what the form begins with
	Budget  string
	Mark    string
	Open    bool   // the form came back
	Wrong   string // why nothing was done
}

type connectorRow struct {
	Name, Title, Does, State, Class string
	Last, Said                      string
	Notes                           []string
}

// limitsView is what waits to be confirmed.
type limitsView struct {
	Hosts, Budget, By string
	Own               bool // the reader asked for it: another person confirms
}

type lookupRow struct{ When, Occasion, By, Host, Subject, Answer string }

const lookupsShown = 100

// connectorsShow is how every connector fares and, for those who may see it,
// what was asked outside.
func connectorsShow(v *visit) error { return v.connectors(http.StatusOK, &connectorsPage{}) }

// connectors shows the page; what was typed comes back in p.
func (v *visit) connectors(status int, p *connectorsPage) error {
	all, err := (&screen.Hooks{Keeper: v.s.Keeper}).Health(v, v.caller.Actor)
	if err != nil {
		return err
	}
	p.MayLook, p.Manage = v.caller.May(access.ReadLookups), v.caller.May(access.ManageLimits)
	for i := range all {
		p.Rows = append(p.Rows, v.connector(&all[i]))
	}
	if p.MayLook {
		if p.Allowed, err = v.allowed(p); err != nil {
			return err
		}
		asked, err := v.s.Desk.Lookups(v, v.caller.Actor, time.Time{}, lookupsShown)
		if err != nil {
			return err
		}
		for _, l := range asked {
			answer := l.Why
			if l.Status > 0 {
				answer = say(v.lang, "look-up answer", l.Status, report.Figures(v.lang, int(l.Bytes)))
			}
			p.Asked = append(p.Asked, lookupRow{moment(l.At), l.Occasion, l.By, l.Host, short(l.Subject), answer})
		}
	}
	return v.showAs(status, "connectors_show", say(v.lang, "nav connectors"), p)
}

// limitsChange asks for other limits, or confirms what somebody else asked for.
func limitsChange(v *visit) (err error) {
	hosts, budget := v.r.PostFormValue("hosts"), strings.TrimSpace(v.r.PostFormValue("budget"))
	confirm := v.r.PathValue("verb") == "confirm"
	back := func(status int, said string) error {
		return v.connectors(status, &connectorsPage{Wrong: said, Open: !confirm, Hosts: hosts, Budget: budget})
	}
	switch {
	case !confirm && v.r.PathValue("verb") != "ask":
		return &record.Error{Code: record.CodeNotFound, Message: "no such act"}
	case !v.caller.Fresh:
		return back(http.StatusForbidden, say(v.lang, "sign in anew"))
	case confirm:
		_, err = v.s.Desk.ConfirmLimits(v.asShown(), v.caller.Actor)
	default:
		n, bad := strconv.ParseInt(budget, 10, 64)
		if bad != nil || n < 1 {
			return back(http.StatusBadRequest, say(v.lang, "may ask wrong"))
		}
		_, err = v.s.Desk.SetLimits(v.asShown(), v.caller.Actor, casework.Limits{Hosts: strings.Fields(hosts), Budget: n})
	}
	switch {
	case err == nil:
		return v.back("/connectors#m-h")
	case changedMeanwhile(err):
		return back(http.StatusConflict, say(v.lang, "sorry conflict"))
	case record.CodeOf(err) == record.CodeInvalid:
		return back(http.StatusBadRequest, say(v.lang, "may ask wrong"))
	}
	return err
}

// allowed is what connectors may ask, how much of their day is used up, and from
// where lists and registries may be fetched; and what somebody asks for instead.
func (v *visit) allowed(p *connectorsPage) ([]termView, error) {
	l, asked, mark, err := v.s.Desk.LimitsAsked(v, v.caller.Actor)
	if err != nil {
		return nil, err
	}
	if p.Mark = mark; !p.Open {
		p.Hosts, p.Budget = strings.Join(l.Hosts, "\n"), strconv.FormatInt(l.Budget, 10)
	}
	if asked != nil {
		kind, who, _ := strings.Cut(asked.Proposer, "/")
		p.Waits = &limitsView{cmp.Or(strings.Join(asked.Hosts, ", "), say(v.lang, "may ask added")), report.Figures(v.lang, int(asked.Budget)), short(who),
			kind == string(record.ActorPerson) && who == v.caller.ID}
	}
	hosts, err := v.s.Keeper.LookupHosts(v, v.caller.Actor)
	if err != nil {
		return nil, err
	}
	return []termView{
		{say(v.lang, "may ask connectors"), cmp.Or(strings.Join(l.Hosts, ", "), say(v.lang, "may ask added"))},
		{say(v.lang, "may ask budget"), say(v.lang, "may ask used", report.Figures(v.lang, int(l.Used)), report.Figures(v.lang, int(l.Budget)))},
		{say(v.lang, "may ask lists"), cmp.Or(strings.Join(hosts, ", "), say(v.lang, "may ask no host"))},
	}, nil
}

func (v *visit) connector(h *screen.Health) connectorRow {
	x := connectorRow{Name: h.Name, Title: h.Title, State: say(v.lang, "connector "+h.State), Said: h.Said}
	if h.Trouble() {
		x.Class = "late"
	}
	for _, d := range []struct {
		does bool
		key  string
	}{{h.Sends, "connector sends"}, {h.Asked, "connector asked"}, {h.Ends, "connector ends"}, {h.Tells, "connector told"}} {
		if d.does {
			if x.Does != "" {
				x.Does += ", "
			}
			x.Does += say(v.lang, d.key)
		}
	}
	if h.Sends && h.Covers != "" {
		x.Notes = append(x.Notes, say(v.lang, "connector covers "+string(h.Covers)))
	}
	if !h.Last.IsZero() {
		x.Last = moment(h.Last)
	}
	if h.Asked && h.Trouble() && h.Late > 0 {
		x.Notes = append(x.Notes, say(v.lang, "connector behind", v.stretch(h.Late)))
	}
	if h.Waiting+h.Lost > 0 {
		x.Notes = append(x.Notes, say(v.lang, "connector waiting", h.Waiting, h.Lost))
	}
	if h.Bad > 0 {
		x.Notes = append(x.Notes, say(v.lang, "connector bad", int(h.Bad)))
	}
	if h.Queue > 0 {
		x.Notes = append(x.Notes, say(v.lang, "connector queue", report.Figures(v.lang, int(h.Queue)), v.stretch(h.Late)))
	}
	if h.Refused > 0 {
		x.Notes = append(x.Notes, say(v.lang, "connector refused", report.Figures(v.lang, int(h.Refused))))
	}
	if h.Skew != 0 {
		x.Notes = append(x.Notes, say(v.lang, "connector skew", v.stretch(h.Skew.Abs())))
	}
	return x
}

// stretch is a length of time as people say it.
func (v *visit) stretch(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return say(v.lang, "days", int(d.Hours()/24))
	case d >= 2*time.Hour:
		return say(v.lang, "hours", int(d.Hours()))
	}
	return say(v.lang, "minutes", max(1, int(d.Minutes())))
}

// troubled are the connectors that somebody should look at, each in one line,
// for whoever may: “Okta System Log: 6 h late”.
func (v *visit) troubled() (all []string, err error) {
	if !v.caller.May(access.ReadConnectors) {
		return nil, nil
	}
	health, err := (&screen.Hooks{Keeper: v.s.Keeper}).Health(v, v.caller.Actor)
	if err != nil {
		return nil, err
	}
	for i := range health {
		h := &health[i]
		if !h.Trouble() {
			continue
		}
		line := h.Title + " (" + h.Name + "): " + say(v.lang, "connector "+h.State)
		if h.Asked && h.Late > 0 {
			line += ", " + say(v.lang, "connector behind", v.stretch(h.Late))
		}
		all = append(all, line)
	}
	return all, nil
}
