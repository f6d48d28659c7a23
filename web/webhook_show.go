package web

import (
	"cmp"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"bonafide/casework"
	"bonafide/record"
)

type webhookPage struct {
	Rows   []webhookView
	Mark   string // of the list, against which a change and a confirmation are held
	Once   string // of this form: sent twice, it asks once
	New    webhookTyped
	Secret string // of the one that was asked for just now, and never again
	Said   string // why nothing was done
}

// webhookView is one subscription: as it is in force, and as somebody wants it.
type webhookView struct {
	ID, Short string
	InForce   *casework.Webhook
	Asked     *casework.Webhook
	By        string
	Own       bool         // the reader asked for it: another person confirms
	Form      webhookTyped // what a change begins with
	Open      bool         // the form is shown at once: it came back
	Since     string
}

type webhookTyped struct {
	URL string
	On  []webhookEvent
}

type webhookEvent struct {
	Event string
	On    bool
}

// webhookShow is where messages go, and what waits for a second person.
func webhookShow(v *visit) error {
	return v.webhooks(http.StatusOK, &webhookPage{}, "", webhookTyped{})
}

// webhooks shows the page; what was typed comes back in the form of the
// subscription it was typed for, "" for that of a new one.
func (v *visit) webhooks(status int, p *webhookPage, at string, typed webhookTyped) error {
	all, mark, err := v.s.Desk.Webhooks(v, v.caller.Actor)
	if err != nil {
		return err
	}
	p.Mark, p.Once = mark, rand.Text()
	for i := range all {
		w := &all[i]
		n := slices.IndexFunc(p.Rows, func(x webhookView) bool { return x.ID == w.ID })
		if n < 0 {
			n = len(p.Rows)
			p.Rows = append(p.Rows, webhookView{ID: w.ID, Short: short(w.ID), Since: v.when(w.Created)})
		}
		x := &p.Rows[n]
		x.Form = webhookTypedOf(w.URL, w.Events)
		if !w.Waiting {
			x.InForce = w
			continue
		}
		kind, who, _ := strings.Cut(w.Proposer, "/")
		x.Asked, x.By = w, short(who)
		x.Own = kind == string(record.ActorPerson) && who == v.caller.ID
	}
	p.New = webhookTypedOf("", nil)
	if n := slices.IndexFunc(p.Rows, func(x webhookView) bool { return x.ID == at }); n >= 0 && typed.On != nil {
		p.Rows[n].Form, p.Rows[n].Open = typed, true
	} else if typed.On != nil {
		p.New = typed
	}
	return v.showAs(status, "webhook_show", say(v.lang, "webhooks"), p)
}

func webhookTypedOf(address string, events []string) webhookTyped {
	t := webhookTyped{URL: address}
	for _, e := range casework.WebhookEvents {
		t.On = append(t.On, webhookEvent{e, slices.Contains(events, e)})
	}
	return t
}

// webhookAdd asks for messages to an address, and shows the secret: in this answer
// and nowhere else.
func webhookAdd(v *visit) error {
	address, events := v.webhookForm()
	if !v.caller.Fresh {
		return v.webhookBack(nil, "")
	}
	w, err := v.s.Desk.AddWebhook(v, v.caller.Actor, v.r.PostFormValue("once"), address, events)
	if err != nil {
		return v.webhookBack(err, "")
	}
	return v.webhooks(http.StatusOK, &webhookPage{Secret: w.Secret}, "", webhookTyped{})
}

// webhookChange asks for another address, confirms what somebody else asked for,
// or ends a subscription, as it was when the page was shown.
func webhookChange(v *visit) (err error) {
	id, verb, who := v.id(), v.r.PathValue("verb"), v.caller.Actor
	switch {
	case verb == "remove":
		if err = v.s.Desk.RemoveWebhook(v, who, id); err == nil {
			return v.back("/settings/webhooks")
		}
	case verb != "change" && verb != "confirm":
		return &record.Error{Code: record.CodeNotFound, Message: "no such act"}
	case !v.caller.Fresh:
		return v.webhookBack(nil, id)
	case verb == "confirm":
		_, err = v.s.Desk.ConfirmWebhook(v.asShown(), who, id)
	default:
		address, events := v.webhookForm()
		_, err = v.s.Desk.ChangeWebhook(v.asShown(), who, id, address, events)
	}
	if err != nil {
		return v.webhookBack(err, id)
	}
	return v.back("/settings/webhooks#w-%s", id)
}

func (v *visit) webhookForm() (address string, events []string) {
	return strings.TrimSpace(v.r.PostFormValue("url")), v.r.PostForm["event"]
}

// webhookBack shows the page as it stands now, with what was typed: because it
// cannot be taken (err), or because that needs a sign-in of just now (no err).
func (v *visit) webhookBack(err error, id string) error {
	status, said := http.StatusForbidden, say(v.lang, "sign in anew")
	if err != nil {
		var own *record.Error
		if !errors.As(err, &own) || own.Code == record.CodeNotFound || own.Code == record.CodeInternal {
			return err
		}
		status = cmp.Or(statuses[own.Code], http.StatusInternalServerError)
		switch {
		case changedMeanwhile(err):
			said = say(v.lang, "sorry conflict")
		case own.Where == "url":
			said = say(v.lang, "webhook address wrong")
		case own.Where == "events":
			said = say(v.lang, "webhook events wrong")
		default:
			said = own.Message
		}
	}
	var typed webhookTyped
	if v.r.PathValue("verb") != "confirm" && v.r.PathValue("verb") != "remove" {
		typed = webhookTypedOf(v.webhookForm())
	}
	return v.webhooks(status, &webhookPage{Said: said}, id, typed)
}
