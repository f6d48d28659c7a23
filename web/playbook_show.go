package web

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/record"
)

type playbookPage struct {
	Name, Title string
	All         []playbookLink
	Versions    []policyView
	Steps       []playbookStep // of the version in force
	Text, Wrong string
	May         bool
	Mark        string
}

type playbookLink struct {
	Name, Title string
	Now         bool
}

type playbookStep struct{ Title, Owner, Within, Law string }

// playbookShow is a playbook as versions: what is in force as a list, each version
// with what differs, a draft, and two people to put one in force.
func playbookShow(v *visit) error { return v.playbook(http.StatusOK, v.r.PathValue("name"), "", "") }

func (v *visit) playbook(status int, name, text, wrong string) error {
	all, err := v.s.Desk.Playbooks(v, v.caller.Actor, "")
	if err != nil {
		return err
	}
	p := playbookPage{Name: cmp.Or(name, casework.PlaybookIDs[0]), Wrong: wrong, May: v.caller.May(access.EditPolicy), Mark: casework.PlaybooksMark(all)}
	for _, x := range all {
		if x.Active {
			p.All = append(p.All, playbookLink{x.Name, x.Title.In(v.lang), x.Name == p.Name})
		}
		if x.Name != p.Name {
			continue
		}
		y := policyView{Version: x.Version, Active: x.Active, By: short(x.Proposer), Second: short(x.Approver), Diff: x.Diff, Text: x.Text}
		if !x.At.IsZero() {
			y.When = v.when(x.At)
		}
		y.MayPublish = p.May && !x.Active && x.Version > 0 && x.Proposer != v.caller.ID
		p.Versions = append(p.Versions, y)
		if !x.Active {
			continue
		}
		p.Title, p.Text = x.Title.In(v.lang), x.Text
		for i := range x.Steps {
			s := &x.Steps[i]
			p.Steps = append(p.Steps, playbookStep{s.Title.In(v.lang), say(v.lang, "owner "+s.Owner), s.Within, s.Law})
		}
	}
	if p.Title == "" {
		return &record.Error{Code: record.CodeNotFound, Message: "no such playbook"}
	}
	p.Text = cmp.Or(text, p.Text)
	return v.showAs(status, "playbook_show", p.Title, p)
}

// playbookChange drafts or publishes. What cannot be read comes back as it was
// written, with the line.
func playbookChange(v *visit) error {
	name, text := v.r.PathValue("name"), v.r.PostFormValue("text")
	if v.r.PathValue("verb") == "publish" {
		version, _ := strconv.ParseInt(v.r.PostFormValue("version"), 10, 64)
		if err := v.s.Desk.PublishPlaybook(v.asShown(), v.caller.Actor, name, version); err != nil {
			return err
		}
		return v.back("/playbooks/%s", name)
	}
	made, err := v.s.Desk.DraftPlaybook(v, v.caller.Actor, "", text)
	var own *record.Error
	if errors.As(err, &own) && own.Code == record.CodeInvalid {
		return v.playbook(http.StatusBadRequest, name, text, own.Error())
	}
	if err != nil {
		return err
	}
	return v.back("/playbooks/%s#v-%d", made.Name, made.Version)
}
