package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

type demandPage struct {
	ID, Short string
	Demands   []demandView
	Compared  bool
	Named     []namedView
	Asked     bool // whose inventories reached some files
	Leavers   []leaverView
	Public    []publicView
	Sources   []wordView
	Index     bool // this node has fingerprints to compare with
}

type leaverView struct{ Case, Short, State, Had, By string }

type demandView struct {
	Taken, By string
	Rows      []figureView
	Text      string
	Partial   bool
}

// namedView is one value that a demand names, held against lists and cases.
type namedView struct {
	Value   string
	Lists   []string // what the lists say of it
	Asked   string   // which lists, of which day
	Holders []foundView
	Many    string
}

// demandShow is the messages that demand something: taken in, compared, never
// answered. There is no way to pay or to reply from here.
func demandShow(v *visit) error {
	all, err := v.s.Desk.Demands(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	p := v.demands(all)
	return v.demandPage(&p)
}

func (v *visit) demands(all []record.Demand) demandPage {
	p := demandPage{ID: v.id(), Short: short(v.id()), Index: v.s.Keeper.Ours != nil}
	for _, s := range casework.PublicationSources {
		p.Sources = append(p.Sources, wordView{s, say(v.lang, "public "+s)})
	}
	for _, d := range all {
		x := demandView{Taken: moment(d.Taken), By: short(d.By), Text: d.Text, Partial: d.Partial}
		add := func(key string, values ...string) {
			if s := strings.Join(values, ", "); s != "" {
				x.Rows = append(x.Rows, figureView{say(v.lang, key), s})
			}
		}
		add("demand from", d.From)
		add("demand subject", d.Subject)
		add("demand date", d.Date)
		add("demand files", d.Attachments...)
		add("demand mails", d.Mails...)
		add("demand links", d.Links...)
		for _, w := range d.Wallets {
			add("demand wallet", w.Address+" ("+strings.Join(w.Chains, "/")+")")
		}
		add("demand amounts", d.Amounts...)
		add("demand sha", d.SHA256)
		p.Demands = append(p.Demands, x)
	}
	return p
}

// demandTake takes a message in, or holds what the messages name against the
// lists and the cases there are.
func demandTake(v *visit) error {
	if v.r.PostFormValue("do") == "leavers" {
		return demandLeavers(v)
	}
	if v.r.PostFormValue("do") == "public" {
		return v.publish()
	}
	if v.r.PostFormValue("do") != "compare" {
		// What a browser sends of a text has the line ends of mail already.
		raw := []byte(v.r.PostFormValue("message"))
		d, err := v.s.Keeper.Demand(v, raw)
		if err != nil {
			return err
		}
		if _, err := v.s.Desk.TakeDemand(v, v.caller.Actor, v.id(), raw, d); err != nil {
			return err
		}
		return v.back("/cases/%s/demand", v.id())
	}
	all, err := v.s.Desk.Demands(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	p := v.demands(all)
	p.Compared = true
	seen := map[string]bool{}
	for _, d := range all {
		for _, w := range d.Wallets {
			if !seen[w.Address] && len(p.Named) < mostNamed {
				seen[w.Address] = true
				if err := v.named(&p, "wallet", w.Address); err != nil {
					return err
				}
			}
		}
		for _, m := range d.Mails {
			if !seen[m] && len(p.Named) < mostNamed {
				seen[m] = true
				if err := v.named(&p, "mail", m); err != nil {
					return err
				}
			}
		}
	}
	return v.demandPage(&p)
}

// demandLeavers says whose inventories reached the files that a sample holds.
func demandLeavers(v *visit) error {
	found, err := v.s.Desk.Leavers(v, v.caller.Actor, v.id(), strings.Fields(v.r.PostFormValue("paths")))
	if err != nil {
		return err
	}
	all, err := v.s.Desk.Demands(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	p := v.demands(all)
	p.Asked = true
	for _, l := range found {
		p.Leavers = append(p.Leavers, leaverView{l.Case, short(l.Case), v.state(l.State), say(v.lang, "leavers had", l.Had, l.Of), strings.Join(l.By, ", ")})
	}
	return v.demandPage(&p)
}

const mostNamed = 40

// named holds one value against the lists (wallets) and against the cases.
func (v *visit) named(p *demandPage, kind, value string) error {
	x := namedView{Value: value}
	if kind == "wallet" {
		got, err := v.s.Keeper.Value(v, v.caller.Actor, &record.Application{Payouts: []record.Payout{{Kind: "crypto", Value: value}}})
		if err != nil {
			return err
		}
		for _, f := range got.Findings {
			if f.Check == "pay-wallet-listed" || f.Check == "ext-wallet-screen" {
				for _, e := range f.Evidence {
					if e.List != "" && !slices.Contains(x.Lists, e.List) {
						x.Lists = append(x.Lists, e.List+" ("+string(e.AsOf)+")")
					}
				}
			}
		}
		var asked []string
		for _, l := range got.Lists {
			asked = append(asked, l.List+" ("+string(l.AsOf)+")")
		}
		x.Asked = strings.Join(asked, ", ")
	}
	digests, err := v.s.Keeper.KeysOf(v, v.caller.Tenant, kind, value)
	if err != nil && record.CodeOf(err) != record.CodeInvalid {
		return err
	}
	if err == nil {
		held, err := v.s.Desk.Search(v, v.caller.Actor, kind, digests)
		if err != nil {
			return err
		}
		x.Many = report.Figures(v.lang, held.Holders)
		for _, h := range held.Found {
			if h.Case != "" {
				x.Holders = append(x.Holders, foundView{Case: h.Case, Short: short(h.Case), State: v.state(h.State)})
			}
		}
	}
	p.Named = append(p.Named, x)
	return nil
}

// indicatorsGive is the artefacts of a case's demands as a file for others;
// persons are left out.
func indicatorsGive(v *visit) error {
	form := v.r.PathValue("form")
	write := map[string]func(*bytes.Buffer, string, []report.Indicator) error{
		"stix": func(b *bytes.Buffer, house string, all []report.Indicator) error {
			return report.WriteSTIX(b, house, all)
		},
		"misp": func(b *bytes.Buffer, house string, all []report.Indicator) error {
			return report.WriteMISP(b, house, all)
		},
	}[form]
	if write == nil {
		return &record.Error{Code: record.CodeNotFound, Message: "stix or misp"}
	}
	all, err := v.s.Desk.Indicators(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b, v.caller.Tenant, all); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Disposition", `attachment; filename="artefacts-`+form+`.json"`)
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(b.Bytes())
	return errDone
}
