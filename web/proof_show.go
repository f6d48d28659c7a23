package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
)

// The page on which people bring proofs to a case: the link to the person's own
// page, referees reached by a contact that was found, what others confirmed, live
// moments by this week's draw, the next confirmation that is due.

type proofPage struct {
	ID, Short     string
	Link          string // just made; shown once
	Mail          bool
	Proofs        []proofView
	Handed        []handedView
	References    []refereeView
	FoundBy       []string
	Kinds         []string
	Outcomes      []string
	NameChecks    []string
	Ways          []string
	Confirmations []saidView
	Moments       []saidView
	Draw          *drawView
	MomentKinds   []string
	Liveness      []string
	Faces         []string
	Known         []string
	Items         []string // of the career, each asked about
	Due           string
	Again         []saidView
	Methods       []string
	AgainSaid     []string
}

type proofView struct{ ID, Link, Method, Day, Issuer, List, Until, Breaks, Clears string }
type handedView struct {
	When, How, About string
	Parts            []handedPart
	Looked           []string
	Domains          []string
}
type handedPart struct {
	Name, State, Detail string
	Bad                 bool // something is wrong with it, as opposed to not known
}
type refereeView struct {
	Index                     int
	Name, Organisation, State string
}
type saidView struct {
	When, What, By, Second string
	Of                     string // moment or confirmation, where a second person may agree
	Index                  int
}
type drawView struct {
	Week                    string
	Liveness, Knowledge     []string
	Document, Two, InPerson bool
}

var (
	reverifyMethods = []string{"chip", "wallet", "video-attended", "in-person"}
	reverifySaid    = []string{"same", "different", "refused", "no-answer", "postponed"}
	contactWays     = []string{"switchboard", "directory", "issuer", "reviewer", "candidate"}
)

func proofShow(v *visit) error { return v.proofs("", nil) }

func (v *visit) proofs(link string, draw *casework.Drawn) error {
	f, err := v.s.Desk.Case(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	a, err := v.s.Desk.Given(v, v.caller.Actor, f.ID)
	if err != nil {
		return err
	}
	rules, err := v.s.Desk.Terms(v, v.caller.Actor)
	if err != nil {
		return err
	}
	handed, err := v.s.Desk.HandedIn(v, v.caller.Actor, f.ID)
	if err != nil {
		return err
	}
	l := v.lang
	day := func(t time.Time) string { return report.DayOf(l, t) }
	p := proofPage{ID: f.ID, Short: short(f.ID), Link: link, Mail: len(a.Emails) > 0, FoundBy: casework.FoundBy, Kinds: casework.ConfirmationKinds, Outcomes: casework.Outcomes, NameChecks: casework.NameChecks,
		Ways: contactWays, MomentKinds: casework.MomentKinds, Liveness: casework.LivenessSaid, Faces: casework.FaceSaid, Known: casework.KnownSaid, Methods: reverifyMethods, AgainSaid: reverifySaid}
	for _, x := range a.Proofs {
		p.Proofs = append(p.Proofs, proofView{x.ID, v.linkWord(x.Link), v.word("way", x.Method), day(x.At), x.Issuer, x.TrustList, string(x.Until), strings.Join(x.Breaks, ", "), strings.Join(x.Clears, ", ")})
	}
	for i := range handed {
		p.Handed = append(p.Handed, v.handed(&handed[i]))
	}
	for i, r := range a.References {
		state := say(l, "referee not asked")
		if !r.RepliedAt.IsZero() {
			state = say(l, "referee replied", day(r.RepliedAt))
		}
		p.References = append(p.References, refereeView{i, r.Name, r.Organisation, state})
	}
	for i, c := range a.Confirmations {
		p.Confirmations = append(p.Confirmations, v.said("confirmation", i, c.At, v.word("about", c.Kind)+" "+c.About+": "+v.word("said", c.Outcome), c.By, c.Second))
	}
	for i, m := range a.Moments {
		said := v.word("moment", m.Kind)
		for _, w := range []string{m.Liveness, m.Portrait, m.Continuity} {
			if w != "" {
				said += ", " + v.word("saw", w)
			}
		}
		p.Moments = append(p.Moments, v.said("moment", i, m.At, said, m.By, m.Second))
	}
	for _, r := range a.Reverifications {
		p.Again = append(p.Again, saidView{When: string(r.Due), What: v.word("saw", r.Outcome), By: short(r.By)})
	}
	for i := range a.Resume.Work {
		if i < 5 {
			p.Items = append(p.Items, a.Resume.Work[i].Organisation)
		}
	}
	if d := casework.ReverificationDue(&rules, a); d != "" {
		p.Due = string(d)
	}
	if draw != nil {
		x := &drawView{Week: draw.Week, Document: draw.Document, Two: draw.Two, InPerson: draw.InPerson}
		for _, t := range draw.Liveness {
			x.Liveness = append(x.Liveness, t.In(l))
		}
		for _, t := range draw.Knowledge {
			x.Knowledge = append(x.Knowledge, t.In(l))
		}
		p.Draw = x
	}
	return v.show("proof_show", say(l, "proofs h"), p)
}

// handed is one proof as it arrived, in the reader's language; why a part stands as
// it does is said in the words of the report.
func (v *visit) handed(h *casework.HandedIn) handedView {
	x := handedView{When: report.DayOf(v.lang, h.At), How: v.word("handed", h.How), About: v.word("verdict", h.About)}
	for _, p := range h.Parts {
		x.Parts = append(x.Parts, handedPart{v.word("part", p.Name), v.word("part is", p.State), p.Detail, p.State == "failed"})
	}
	for _, k := range h.Looked {
		if k.Why != "" {
			x.Looked = append(x.Looked, say(v.lang, "looked not", v.word("looked", k.What), k.Host, k.Why))
			continue
		}
		x.Looked = append(x.Looked, say(v.lang, "looked yes", v.word("looked", k.What), k.Host, report.DayOf(v.lang, k.At), k.SHA256[:min(16, len(k.SHA256))]))
	}
	for _, d := range h.Domains {
		said := []string{say(v.lang, "domain mail no")}
		if d.Mail {
			said[0] = say(v.lang, "domain mail yes")
		}
		if len(d.Servers) > 0 {
			said = append(said, say(v.lang, "domain servers", strings.Join(d.Servers, ", ")))
		}
		if d.Parked != "" {
			said = append(said, say(v.lang, "domain parked", d.Parked))
		}
		if d.Registered != "" {
			said = append(said, say(v.lang, "domain registered", d.Registered, d.Registry))
		}
		x.Domains = append(x.Domains, d.Domain+": "+strings.Join(said, "; "))
	}
	return x
}

// word is a phrase, or the word itself where it came from outside.
func (v *visit) word(prefix, word string) string {
	if t, ok := phrases[prefix+" "+word]; ok {
		return t.In(v.lang)
	}
	return word
}

func (v *visit) said(of string, i int, at time.Time, what, by, second string) saidView {
	x := saidView{When: report.DayOf(v.lang, at), What: what, By: short(by), Of: of, Index: i}
	if second != "" {
		x.Second, x.Of = short(second), ""
	}
	if by == v.caller.ID || by == "" {
		x.Of = ""
	}
	return x
}

func (v *visit) linkWord(l record.ChainLink) string {
	if l == "" {
		return say(v.lang, "no link")
	}
	return v.word("ring", string(l))
}

// proofAdd records one thing. Whoever is signed in is its author.
func proofAdd(v *visit) error {
	if v.s.Portal == nil {
		return &record.Error{Code: record.CodeNotFound, Message: "no portal"}
	}
	house := v.s.Portal.House
	who, f := v.caller.Actor, v.r.PostFormValue
	switch f("do") {
	case "invite":
		link, err := v.s.Desk.Invite(v, who, v.id(), house, f("send") != "")
		if err != nil {
			return err
		}
		return v.proofs(link, nil)
	case "draw":
		draw, err := v.s.Desk.DrawMoment(v, who, v.id())
		if err != nil {
			return err
		}
		return v.proofs("", &draw)
	case "referee":
		at, err := strconv.Atoi(f("reference"))
		if err != nil {
			return record.Invalid("reference", "is a number")
		}
		if err := v.s.Desk.AskReferee(v, who, v.id(), house, casework.ReferenceContact{Reference: at, Address: f("address"), From: f("from"), Where: f("where")}); err != nil {
			return err
		}
		c, err := v.s.Desk.Case(v, who, v.id())
		if err != nil {
			return err
		}
		a, err := v.s.Desk.Given(v, who, v.id())
		if err != nil {
			return err
		}
		if p := v.s.Portal.Prover; p != nil {
			if err := p.RefereeDomains(v, who, c.Subject, a, record.DateOf(v.s.Now())); err != nil {
				return err
			}
		}
		return v.back("/cases/%s/proofs", v.id())
	}
	change, err := v.recorded(f("do"))
	if err != nil {
		return err
	}
	// Reading the case first keeps a sealed one to its circle.
	c, err := v.s.Desk.Case(v, who, v.id())
	if err != nil {
		return err
	}
	if err := v.s.Keeper.Amend(v, who, c.Subject, "proof."+f("do"), change); err != nil {
		return err
	}
	return v.back("/cases/%s/proofs", v.id())
}

// recorded is what a form adds to the record.
func (v *visit) recorded(what string) (func(*record.Application) error, error) {
	now, by, f := v.s.Now().UTC(), v.caller.ID, v.r.PostFormValue
	rules, err := v.s.Desk.Terms(v, v.caller.Actor)
	if err != nil {
		return nil, err
	}
	switch what {
	case "confirmation":
		c := record.Confirmation{At: now, Kind: f("kind"), About: strings.TrimSpace(f("about")), By: by, ContactFrom: f("contact_from"), Outcome: f("outcome"), Number: strings.TrimSpace(f("number")), Issuer: strings.TrimSpace(f("issuer"))}
		if c.Kind == "name-check" {
			c.ContactFrom, c.Outcome = "", f("name_check")
		}
		if err := casework.CheckConfirmation(c); err != nil {
			return nil, err
		}
		return func(a *record.Application) error {
			a.Confirmations = append(a.Confirmations, c)
			if p, ok := casework.ConfirmationProof(c); ok {
				screen.Prove(a, p)
			}
			return nil
		}, nil
	case "moment":
		m := record.Moment{At: now, Kind: f("kind"), By: by, Liveness: f("liveness"), Portrait: f("portrait"), Continuity: f("continuity"), Serial: strings.TrimSpace(f("serial"))}
		for _, k := range v.r.PostForm["knowledge"] {
			if k != "" {
				m.Knowledge = append(m.Knowledge, k)
			}
		}
		if err := casework.CheckMoment(m); err != nil {
			return nil, err
		}
		return func(a *record.Application) error {
			a.Moments = append(a.Moments, m)
			var serials []string
			for _, c := range a.Computers {
				serials = append(serials, c.Serial)
			}
			for _, p := range casework.MomentProofs(&rules, m, rules.TierOf(&a.Role), serials) {
				screen.Prove(a, p)
			}
			return nil
		}, nil
	case "agree":
		at, err := strconv.Atoi(f("index"))
		if err != nil {
			return nil, record.Invalid("index", "is a number")
		}
		return func(a *record.Application) error {
			switch of := f("of"); {
			case of == "moment" && at >= 0 && at < len(a.Moments):
				return casework.Agree(a.Moments[at].By, &a.Moments[at].Second, by)
			case of == "confirmation" && at >= 0 && at < len(a.Confirmations):
				return casework.Agree(a.Confirmations[at].By, &a.Confirmations[at].Second, by)
			}
			return &record.Error{Code: record.CodeNotFound, Where: "index", Message: "there is none"}
		}, nil
	case "again":
		r := record.Reverification{Announced: now, Due: record.Date(f("due")), At: now, Method: f("method"), Outcome: f("outcome"), Alternative: strings.TrimSpace(f("alternative")), ContinuedBy: strings.TrimSpace(f("continued_by")), By: by}
		if _, err := time.Parse("2006-01-02", string(r.Due)); err != nil || !slices.Contains(reverifyMethods, r.Method) || !slices.Contains(reverifySaid, r.Outcome) || len(r.Alternative)+len(r.ContinuedBy) > 400 {
			return nil, record.Invalid("due", "a day, a method and an outcome are required")
		}
		if r.Outcome == "refused" && r.Alternative == "" {
			return nil, record.Invalid("alternative", "say which other way was offered before a refusal is recorded")
		}
		return func(a *record.Application) error {
			a.Reverifications = append(a.Reverifications, r)
			if r.Outcome == "same" {
				screen.Prove(a, record.Assurance{ID: "live-again", Link: record.LinkReverified, Method: r.Method, AsOf: record.DateOf(now), At: now, Breaks: []string{"live-lent"}, Until: rules.AgainBy(rules.TierOf(&a.Role), now)})
			}
			return nil
		}, nil
	}
	return nil, record.Invalid("do", "is none of these")
}
