package web

import (
	"slices"
	"strings"
	"time"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

type casePage struct {
	ID, Name, Short, Record string
	Facts                   []string
	State, Why              string
	Hands                   string
	MayClaim, Mine          bool
	Chain                   []ringView
	Groups                  []findingGroup
	Ran                     string
	For                     []forView
	NotKnown                []string
	Shared                  []sharedView
	Others                  []rowView
	Cluster                 string
	Lanes                   []laneView
	Choices                 []choiceView
	MayDecide               bool
	Seen                    string
	Waiting                 *waitingView
	Past                    []decisionView
	Requests                []requestView
	System                  *systemView // what the applicant tracking system noted
	Notes                   []noteView
	Tasks                   []taskView
	Checks                  []checksView
	Guides                  []guideLink
	Due                     string // the day proposed for an answer
	Closed                  bool
	Sums                    []sumView
	From                    string // the queue the reader came from
	Done                    *doneView
	Reading                 []string // others who read this case now
	MayHandOver             bool
	Files                   []fileLink
	Handovers               []handoverView
}

// sumView is how one pair of identities was weighed, part by part. Bits are about
// the pair, never about a person.
type sumView struct {
	With, Prior, Total, Decided string
	Steps                       []sumStep
}

type sumStep struct {
	Kind, Family, Holders, Bits, Kept, Why string
	From, Width                            string // of the bar, in units of 300
	Up                                     bool
}

// doneView is the case that was dealt with a moment ago, and what can be undone.
type doneView struct{ Case, Short, Undo string }

type fileLink struct{ ID, Name, Kind, When string }

type handoverView struct {
	ID, Receiver, Reason, By, Second, When string
	Mine, Made                             bool
}

type ringView struct {
	Name, State, Said, Join string
	How, Breaks, Next       string
	Ask                     string // anchor of the finding whose button asks for exactly this
}

type findingGroup struct {
	Class, Name, Means string
	Findings           []findingView
}

type findingView struct {
	Check, Family, Text string
	Rows                []evidenceView
	Innocent, Clears    []string
	Ask                 string
	Lowered, Cleared    string
	Open, First         bool
	Asked               bool
}

type evidenceView struct{ Field, Path, With, List, Day string }

type forView struct{ Text, Small string }

type sharedView struct {
	Name, Others, Rarity, Class, Counts string
	More                                int
	Off                                 bool
}

type laneView struct {
	Name   string
	Events []eventView
}

type eventView struct{ When, Claimed, Text, Kind string }

type choiceView struct {
	Key, To, Name, Small string
	Shut, First          bool
}

type waitingView struct {
	ID, To, Reasons, By, When string
	Mine                      bool
}

type decisionView struct{ To, State, By, When, Reasons, ID string }

type requestView struct{ ID, State, Text, Reply, When, Due string }

type noteView struct{ By, When, Text string }

type taskView struct {
	ID, Text, For, When string
	Open                bool
}

type checksView struct {
	Head   string
	Checks []string
}

type systemView struct {
	Why  string
	Rows []systemRow
}

type systemRow struct{ When, Category, Name, Description, Value string }

type guideLink struct{ Name, Href string }

func caseShow(v *visit) error {
	o, err := v.s.Desk.Open(v, v.caller.Actor, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := v.casePage(&o)
	if v.caller.May(access.MakeEvidence) {
		all, err := v.s.Desk.Handovers(v, v.caller.Actor, o.Case.ID)
		if err != nil {
			return err
		}
		for _, h := range all {
			p.Handovers = append(p.Handovers, handoverView{h.ID, h.Receiver, h.Reason, short(h.By), short(h.Second), v.when(h.Proposed), h.By == v.caller.ID, h.Second != ""})
		}
		p.MayHandOver = true
	}
	q := v.r.URL.Query()
	p.From = q.Get("from")
	if id := q.Get("done"); id != "" && plainWord(id) {
		p.Done = &doneView{id, short(id), ""}
		if undo := q.Get("undo"); plainWord(undo) {
			p.Done.Undo = undo
		}
	}
	for _, other := range v.s.present.See(v.caller.Tenant, o.Case.ID, v.caller.ID, v.s.Now()) {
		p.Reading = append(p.Reading, short(other))
	}
	return v.show("case_show", p.Name+", "+p.Short, p)
}

func (v *visit) casePage(o *casework.Open) *casePage {
	l := v.lang
	p := &casePage{ID: o.Case.ID, Short: short(o.Case.ID), Record: o.Record, State: v.state(o.Case.State), Seen: o.Shown, Cluster: o.Case.Cluster}
	p.Name = p.Short
	if o.Application != nil && o.Application.Person.Name != "" {
		p.Name = o.Application.Person.Name
	} else if o.Record != "" {
		p.Name = o.Record
	}
	role := o.Case.Role
	if o.Result != nil && o.Result.Role != "" {
		role = o.Result.Role
	}
	if role != "" || o.Case.Tier != "" {
		p.Facts = append(p.Facts, strings.Trim(role+", "+o.Case.Tier, ", "))
	}
	if o.Application != nil {
		p.Facts = append(p.Facts, say(l, "received", report.DayOf(l, o.Application.ReceivedAt)))
	}
	if !o.Case.Due.IsZero() {
		p.Facts = append(p.Facts, say(l, "due on", v.when(o.Case.Due)))
	}
	p.Mine = o.Case.Assignee == v.caller.ID
	switch {
	case o.Case.Assignee == "":
		p.Hands = say(l, "nobody")
	case p.Mine:
		p.Hands = say(l, "claimed until", o.Case.ClaimUntil.Format("15:04"))
	default:
		p.Hands = say(l, "claimed by", short(o.Case.Assignee), o.Case.ClaimUntil.Format("15:04"))
	}
	p.MayClaim = !p.Mine
	p.MayDecide = v.caller.Is(record.RoleReviewer, record.RoleLead)
	p.Due = v.s.Now().AddDate(0, 0, o.Answer).Format("2006-01-02")
	p.Closed = o.Case.State != record.CaseRoutine && o.Case.State != record.CaseVerifyMore && o.Case.State != record.CaseReview
	asked := map[string]bool{}
	for _, r := range o.Requests {
		asked[r.Kind] = asked[r.Kind] || r.State == casework.RequestSent
	}
	if r := o.Result; r != nil {
		p.Why = report.Because(l, r)
		p.findings(v, r, asked)
		p.chain(v, r)
		p.shared(v, r)
		p.sums(v, r)
		p.ran(v, r)
	} else {
		p.Why = say(l, "not screened text")
	}
	for i := range o.Cluster {
		p.Others = append(p.Others, v.row(&o.Cluster[i], v.s.Now()))
	}
	p.lanes(v, o)
	p.decide(v, o)
	p.work(v, o)
	return p
}

func (v *visit) state(s record.CaseState) string { return say(v.lang, "state "+string(s)) }

func (p *casePage) findings(v *visit, r *record.Result, asked map[string]bool) {
	l := v.lang
	for s := record.Conclusive; s >= record.Weak; s-- {
		g := findingGroup{Class: s.String(), Name: upper(report.SaidStrength(s).In(l)), Means: upper(report.SaidMeans(s).In(l)) + "."}
		for _, f := range report.Ordered(r) {
			if f.Outcome != record.Hit || f.Strength != s || f.ClearedBy != "" {
				continue
			}
			x := v.finding(f)
			x.Asked = asked[f.Check]
			x.First = len(p.Groups) == 0 && len(g.Findings) == 0
			x.Open = x.First || s == record.Conclusive
			g.Findings = append(g.Findings, x)
		}
		if len(g.Findings) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	for _, f := range report.Ordered(r) {
		if f.Outcome == record.Hit && f.ClearedBy != "" {
			p.For = append(p.For, forView{say(l, "cleared finding", f.Text.In(l)), say(l, "cleared by", f.ClearedBy)})
		}
	}
	for _, a := range r.Assurances {
		small := []string{report.SaidLink(a.Link).In(l), report.Day(l, a.AsOf), a.Issuer}
		if len(a.Clears) > 0 {
			small = append(small, say(l, "clears checks", strings.Join(a.Clears, ", ")))
		}
		p.For = append(p.For, forView{upper(report.SaidMethod(a.Method).In(l)), strings.Join(slices.DeleteFunc(small, func(s string) bool { return s == "" }), ", ")})
	}
}

func (v *visit) finding(f *record.Finding) findingView {
	l := v.lang
	x := findingView{Check: f.Check, Family: string(f.Family), Text: f.Text.In(l), Ask: f.Ask.In(l), Lowered: f.Lowered.In(l), Cleared: f.ClearedBy}
	for _, e := range f.Evidence {
		x.Rows = append(x.Rows, evidenceView{report.SaidField(l, e.Field), e.Field, e.ComparedWith, e.List, report.Day(l, e.AsOf)})
	}
	for _, t := range f.Innocent {
		x.Innocent = append(x.Innocent, t.In(l))
	}
	for _, t := range f.Clears {
		x.Clears = append(x.Clears, t.In(l))
	}
	return x
}

func (p *casePage) chain(v *visit, r *record.Result) {
	l := v.lang
	parts := report.WholeChain(r)
	joins := append(report.Joins(parts), "")
	for i, c := range parts {
		x := ringView{Name: report.SaidLink(c.Link).In(l), State: string(c.State), Said: report.SaidState(c.State).In(l), Join: joins[i]}
		x.How = say(l, "chain how none")
		if c.Method != "" {
			x.How = strings.TrimSuffix(upper(report.SaidMethod(c.Method).In(l))+", "+report.Day(l, c.AsOf), ", ")
		} else if c.State == record.StateQuestioned || c.State == record.StateContradicted {
			x.How = say(l, "chain how finding", strings.Join(c.By, ", "))
		}
		x.Breaks = say(l, "breaks "+string(c.Link))
		switch c.State {
		case record.StateConfirmed:
			x.Next = say(l, "next again")
		case record.StateNotDue:
			x.Next = say(l, "next later")
		case record.StateQuestioned, record.StateContradicted:
			for _, f := range report.Ordered(r) {
				if f.Link == c.Link && f.Outcome == record.Hit && f.ClearedBy == "" {
					x.Ask = f.Check
					break
				}
			}
		}
		p.Chain = append(p.Chain, x)
	}
}

func (p *casePage) shared(v *visit, r *record.Result) {
	l := v.lang
	for i := range r.Links {
		k := &r.Links[i]
		x := sharedView{Name: report.SaidKind(k.Kind).In(l), Others: strings.Join(k.Others, ", "), More: max(0, k.Identities-len(k.Others))}
		x.Rarity = say(l, "rarity", report.Figures(l, k.Identities+1), report.Figures(l, k.Population))
		if k.Strength == record.NotCounted {
			x.Class, x.Counts, x.Off = "weak", upper(report.SaidExcuse(k.Excuse).In(l)), true
		} else {
			x.Class, x.Counts = k.Strength.String(), upper(report.SaidStrength(k.Strength).In(l))
		}
		p.Shared = append(p.Shared, x)
	}
}

func (p *casePage) ran(v *visit, r *record.Result) {
	l := v.lang
	p.Ran = say(l, "checks ran", len(r.Findings)+len(r.Clear)+len(r.NoData)+len(r.NotApplicable)+len(r.NotInForce), len(r.Findings), len(r.Clear), len(r.NoData))
	for _, x := range []struct {
		head string
		ids  []string
	}{{"checks clear", r.Clear}, {"checks no data", r.NoData}, {"checks not applicable", r.NotApplicable}, {"checks not in force", r.NotInForce}} {
		if len(x.ids) > 0 {
			p.Checks = append(p.Checks, checksView{say(l, x.head), x.ids})
		}
	}
	for _, c := range report.WholeChain(r) {
		if c.State == record.StateUnknown {
			p.NotKnown = append(p.NotKnown, report.SaidLink(c.Link).In(l))
		}
	}
}

func (p *casePage) work(v *visit, o *casework.Open) {
	l := v.lang
	if all, why, asked := casework.Said(o.Application); asked {
		p.System = &systemView{Why: why}
		for _, s := range all {
			x := systemRow{Category: s.Category, Name: s.Name, Description: s.Description, Value: s.Value}
			if !s.At.IsZero() {
				x.When = report.DayOf(l, s.At)
			}
			p.System.Rows = append(p.System.Rows, x)
		}
	}
	for _, r := range o.Requests {
		p.Requests = append(p.Requests, requestView{r.ID, say(l, "request "+r.State), r.Ask, r.Reply, v.when(r.Sent), report.DayOf(l, r.Due)})
	}
	for _, n := range o.Notes {
		p.Notes = append(p.Notes, noteView{short(n.Author), v.when(n.At), n.Text})
	}
	for _, t := range o.Tasks {
		p.Tasks = append(p.Tasks, taskView{t.ID, t.Text, short(t.Assignee), v.when(t.Created), t.State == "open"})
	}
	for _, f := range o.Files {
		kind := report.SaidField(l, f.Kind)
		if kind == "" { // kept by the house's own work, no field of an application
			kind = say(l, "file "+f.Kind)
		}
		p.Files = append(p.Files, fileLink{f.ID, f.Name, kind, v.when(f.Stored)})
	}
	for _, id := range casework.PlaybookIDs {
		p.Guides = append(p.Guides, guideLink{say(l, "guide "+id), "/cases/" + o.Case.ID + "/guides/" + id})
	}
}

// decide offers what the state machine offers, in the order of the keys 1 to 4.
func (p *casePage) decide(v *visit, o *casework.Open) {
	l := v.lang
	answered := o.Heard()
	for _, d := range o.Decisions {
		if d.State == record.DecisionProposed {
			p.Waiting = &waitingView{d.ID, v.state(d.To), d.Reasons, short(d.Proposer), v.when(d.Proposed), d.Proposer == v.caller.ID}
			continue
		}
		by := short(d.Proposer)
		if d.Approver != "" {
			by += " + " + short(d.Approver)
		}
		p.Past = append(p.Past, decisionView{v.state(d.To), say(l, "decision "+string(d.State)), by, v.when(d.Proposed), d.Reasons, d.ID})
	}
	n := 2
	for _, to := range []record.CaseState{record.CaseCleared, record.CaseNotVerified, record.CaseMisrepresentation, record.CaseVerifyMore, record.CaseReview} {
		m, ok := record.FindMove(o.Case.State, to)
		if !ok || !m.Staff {
			continue
		}
		c := choiceView{To: string(to), Name: v.state(to), Small: say(l, "one person")}
		if m.Two {
			c.Small = say(l, "two people")
		}
		if m.Adverse && !answered {
			c.Shut, c.Small = true, say(l, "opens when asked")
		}
		if m.Appeal {
			c.Small += " " + say(l, "by others")
		}
		if n <= 4 {
			c.Key = string(rune('0' + n))
			n++
		}
		p.Choices = append(p.Choices, c)
	}
}

// lanes is everything that happened on one axis, by lane, in the reviewer's
// time and, beside it, in the zone the person says they live in.
func (p *casePage) lanes(v *visit, o *casework.Open) {
	l := v.lang
	claimed := time.UTC
	if o.Application != nil {
		if z, err := time.LoadLocation(o.Application.Person.Timezone); err == nil && o.Application.Person.Timezone != "" {
			claimed = z
		}
	}
	type timed struct {
		at time.Time
		e  eventView
	}
	lanes := map[string][]timed{}
	add := func(lane string, at time.Time, kind, text string) {
		if at.IsZero() {
			return
		}
		e := eventView{When: at.UTC().Format("2006-01-02 15:04"), Text: text, Kind: kind}
		if claimed != time.UTC {
			e.Claimed = at.In(claimed).Format("15:04 MST")
		}
		lanes[lane] = append(lanes[lane], timed{at, e})
	}
	if a := o.Application; a != nil {
		add("person", a.ReceivedAt, "note", say(l, "event received"))
		for _, s := range a.Sessions {
			add("sessions", s.At, "note", say(l, "event session", s.Kind))
		}
		for _, i := range a.Interviews {
			add("person", i.At, "note", say(l, "event interview"))
		}
		for _, c := range a.History {
			add("changes", c.At, "note", say(l, "event change", report.SaidField(l, c.Field)))
		}
		for _, m := range a.Messages {
			add("person", m.At, "note", say(l, "event message"))
		}
		for _, m := range a.Moments {
			add("person", m.At, "note", say(l, "event moment", m.Kind))
		}
		for _, e := range a.Events {
			add("work", e.At, "note", e.Source+": "+e.Kind)
		}
	}
	for _, r := range o.Results {
		add("house", r.Stored, "note", say(l, "event screened", report.SaidAssessment(r.Assessment).In(l)))
	}
	for _, r := range o.Requests {
		add("house", r.Sent, "note", say(l, "event asked"))
		add("person", r.Answered, "clear", say(l, "event answered"))
	}
	for _, d := range o.Decisions {
		add("house", d.Decided, "note", say(l, "event decided", v.state(d.To)))
	}
	for _, name := range []string{"person", "sessions", "changes", "work", "house"} {
		all := lanes[name]
		slices.SortStableFunc(all, func(a, b timed) int { return a.at.Compare(b.at) })
		if len(all) == 0 {
			continue
		}
		lane := laneView{Name: say(l, "lane "+name)}
		for _, t := range all[max(0, len(all)-60):] {
			lane.Events = append(lane.Events, t.e)
		}
		p.Lanes = append(p.Lanes, lane)
	}
}

// plainWord says that a word of an address is an id and nothing else.
func plainWord(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}
