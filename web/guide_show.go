package web

import (
	"bonafide/casework"
	"bonafide/record"
)

type guidePage struct {
	ID, Short, Playbook string
	Title, Opening      string
	Opened              bool
	Steps               []stepView
	Done, All           int
	Own                 int64 // version of the house's own; 0: as shipped
}

type stepView struct {
	ID, Title, Text, Owner string
	Due                    string
	Late, Open, Whole      bool
	Law                    string
	Runs                   []string
	Waiting                []string
	Asks                   []askView
	By, At, Second         string
	Two, NeedsSecond, Mine bool
	LeftOut                string
	Answers                []answerView
}

type askView struct{ Key, Kind, Text string }

type answerView struct{ Text, Answer string }

// guideShow is a playbook as a run sheet: what is due, what waits for what, who
// confirmed what.
func guideShow(v *visit) error {
	g, err := v.s.Desk.Guide(v, v.caller.Actor, v.id(), v.r.PathValue("playbook"))
	p := guidePage{ID: v.id(), Short: short(v.id()), Playbook: v.r.PathValue("playbook")}
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		// Not opened yet, or no such case: opening it says which.
		b, err := v.s.Desk.Playbook(v, v.caller.Actor, p.Playbook)
		if err != nil {
			return err
		}
		if _, err := v.s.Desk.Case(v, v.caller.Actor, v.id()); err != nil {
			return err
		}
		p.Title, p.Opening = b.Title.In(v.lang), b.Opening.In(v.lang)
		return v.show("guide_show", p.Title, p)
	}
	if err != nil {
		return err
	}
	p.Own = g.Own
	p.Title, p.Opening, p.Opened = g.Playbook.Title.In(v.lang), g.Playbook.Opening.In(v.lang), true
	title := map[string]string{}
	for _, s := range g.Steps {
		title[s.ID] = s.Title.In(v.lang)
	}
	for i := range g.Steps {
		p.Steps = append(p.Steps, v.step(&g.Steps[i], title))
		p.All++
		if g.Steps[i].Whole {
			p.Done++
		}
	}
	return v.show("guide_show", p.Title, p)
}

func (v *visit) step(s *casework.StepView, title map[string]string) stepView {
	x := stepView{
		ID: s.ID, Title: s.Title.In(v.lang), Text: s.Text.In(v.lang), Owner: say(v.lang, "owner "+s.Owner), Late: s.Late, Open: s.Open, Whole: s.Whole,
		Law: s.Law, Runs: s.Runs, Two: s.Two,
	}
	if !s.Due.IsZero() && s.Done == nil {
		x.Due = v.when(s.Due)
	}
	for _, w := range s.Waiting {
		x.Waiting = append(x.Waiting, title[w])
	}
	for _, a := range s.Asks {
		x.Asks = append(x.Asks, askView{a.Key, a.Kind, a.Text.In(v.lang)})
	}
	if d := s.Done; d != nil {
		x.By, x.At, x.LeftOut = short(d.By), v.when(d.At), d.LeftOut
		if d.Second != "" {
			x.Second = short(d.Second)
		}
		x.NeedsSecond, x.Mine = !s.Whole, d.By == v.caller.ID
		for _, a := range s.Asks {
			if d.Answers[a.Key] != "" {
				x.Answers = append(x.Answers, answerView{a.Text.In(v.lang), d.Answers[a.Key]})
			}
		}
	}
	return x
}

// guideStep opens a playbook, or records a step of it.
func guideStep(v *visit) error {
	book, step := v.r.PathValue("playbook"), v.r.FormValue("step")
	if step == "" {
		if err := v.s.Desk.OpenGuide(v, v.caller.Actor, v.id(), book); err != nil {
			return err
		}
		return v.back("/cases/%s/guides/%s", v.id(), book)
	}
	answers := map[string]string{}
	for k, all := range v.r.PostForm {
		if len(k) > 7 && k[:7] == "answer." && all[0] != "" {
			answers[k[7:]] = all[0]
		}
	}
	if err := v.s.Desk.FinishStep(v, v.caller.Actor, v.id(), book, step, answers, v.r.FormValue("left_out")); err != nil {
		return err
	}
	return v.back("/cases/%s/guides/%s#s-%s", v.id(), book, step)
}
