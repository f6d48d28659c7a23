package web

import (
	"slices"
	"strings"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/screen"
)

type stepPage struct {
	taskItem
	Sent, Wrong   bool   // of a code
	Has           bool   // a contact is there
	Texts         bool   // a gateway is there
	Texted        bool   // a text message is on its way
	Words         string // of a challenge
	WayWallet     bool
	WayChip       bool
	Kinds         []string
	Relationships []string
}

// theStep is a step of this person's page, or not found.
func (g *guest) theStep() (casework.PortalStep, casework.Portal, error) {
	x, err := g.s.Desk.Portal(g, g.who)
	if err != nil {
		return casework.PortalStep{}, x, err
	}
	at := slices.IndexFunc(x.Steps, func(s casework.PortalStep) bool { return s.ID == g.r.PathValue("step") })
	if at < 0 {
		return casework.PortalStep{}, x, &record.Error{Code: record.CodeNotFound, Where: "step", Message: "there is none under this name"}
	}
	return x.Steps[at], x, nil
}

func (g *guest) stepPage(s casework.PortalStep, x *casework.Portal) *stepPage {
	p := &stepPage{taskItem: g.task(s.ID)}
	p.Minutes, p.Done, p.Free = s.Minutes, !s.Done.IsZero(), s.Free
	p.Has = s.ID == casework.StepMail && x.Mail || s.ID == casework.StepPhone && x.Phone
	p.Texts = s.ID == casework.StepPhone && g.s.Desk.Texts != nil
	if v := g.s.Portal.Prover; v != nil && s.ID == casework.StepIdentity {
		p.WayWallet, p.WayChip = v.Wallet != nil, v.Chips != nil && v.Try != nil
	}
	p.Kinds = []string{"passport", "id-card", "residence-permit", "driving-licence"}
	p.Relationships = []string{"manager", "colleague", "client"}
	return p
}

func stepShow(g *guest) error {
	s, x, err := g.theStep()
	if err != nil {
		return err
	}
	p := g.stepPage(s, &x)
	p.Sent = g.r.URL.Query().Get("sent") != ""
	p.Texted = g.r.URL.Query().Get("sent") == "text"
	return g.show("portal_step", p.Head, p)
}

// stepDo takes what a step asks. What it comes to is not said here: the page says
// that it arrived.
func stepDo(g *guest) error {
	s, x, err := g.theStep()
	if err != nil {
		return err
	}
	if x.Closed {
		return &record.Error{Code: record.CodeConflict, Where: "step", Message: "it is over"}
	}
	switch s.ID {
	case casework.StepMail, casework.StepPhone:
		return g.contact(s, &x)
	case casework.StepCode:
		return g.codeAccount(s, &x)
	}
	change, err := g.given(s.ID)
	if err != nil {
		return err
	}
	if err := g.s.Keeper.Amend(g, g.who, g.who.ID, "portal."+s.ID, change); err != nil {
		return err
	}
	if err := g.s.Desk.DidStep(g, g.who, s.ID, "form"); err != nil {
		return err
	}
	return g.back("/portal")
}

// contact gives an address or a number, sends a code to it, or takes the code.
func (g *guest) contact(s casework.PortalStep, x *casework.Portal) error {
	switch g.r.PostFormValue("do") {
	case "give":
		if err := g.s.Keeper.Amend(g, g.who, g.who.ID, "portal.contact", g.newContact(s.ID, g.field("value"))); err != nil {
			return err
		}
		fallthrough
	case "send", casework.WayCall:
		texted, err := g.s.Desk.SendCode(g, g.who, s.ID, g.r.PostFormValue("do"), g.s.Portal.House)
		if err != nil {
			return err
		}
		if texted {
			return g.back("/portal/steps/%s?sent=text", s.ID)
		}
		return g.back("/portal/steps/%s?sent=yes", s.ID)
	}
	right, proof, err := g.s.Desk.ConfirmCode(g, g.who, s.ID, g.field("code"))
	if err != nil {
		return err
	}
	if !right {
		p := g.stepPage(s, x)
		p.Wrong, p.Sent = true, true
		return g.show("portal_step", p.Head, p)
	}
	if err := g.s.Keeper.Amend(g, g.who, g.who.ID, "proof.contact", func(a *record.Application) error {
		screen.Prove(a, proof)
		return nil
	}); err != nil {
		return err
	}
	return g.back("/portal")
}

// newContact puts another address or number first and keeps the old in the
// history; what it had confirmed no longer holds.
func (g *guest) newContact(kind, value string) func(*record.Application) error {
	now := g.s.Now().UTC()
	return func(a *record.Application) error {
		all, field := &a.Emails, "emails"
		if kind == casework.StepPhone {
			all, field = &a.Phones, "phones"
		}
		good := len(value) <= 200 && len(value) >= 5
		if kind == casework.StepMail {
			good = good && strings.Count(value, "@") == 1 && !strings.ContainsAny(value, " <>,;\r\n")
		} else {
			good = good && strings.Trim(value, "+0123456789 ()-./") == ""
		}
		if !good {
			return record.Invalid("value", "has not the form of an address or a number")
		}
		old := ""
		if len(*all) > 0 {
			old = (*all)[0]
		}
		if old == value {
			return nil
		}
		*all = append([]string{value}, slices.DeleteFunc(slices.Clone(*all), func(x string) bool { return x == value })...)
		a.History = append(a.History, record.Change{At: now, Field: field, Old: old, New: value, By: "candidate"})
		a.Proofs = slices.DeleteFunc(slices.Clone(a.Proofs), func(p record.Assurance) bool { return p.ID == "contact-"+kind })
		return nil
	}
}

func (g *guest) codeAccount(s casework.PortalStep, x *casework.Portal) error {
	v := g.s.Portal.Prover
	if v == nil {
		return &record.Error{Code: record.CodeUnavailable, Message: "this way is not offered here"}
	}
	if g.r.PostFormValue("do") == "begin" {
		words, err := v.CodeChallenge(g, g.who)
		if err != nil {
			return err
		}
		p := g.stepPage(s, x)
		p.Words = words
		return g.show("portal_step", p.Head, p)
	}
	if err := v.CodeAccount(g, g.who, g.field("words"), g.field("note")); err != nil {
		return err
	}
	return g.back("/portal")
}

// given is what a form adds to the application.
func (g *guest) given(step string) (func(*record.Application) error, error) {
	now := g.s.Now().UTC()
	short := func(name string, must bool) (string, error) {
		v := g.field(name)
		if len(v) > 300 || must && v == "" || strings.ContainsAny(v, "\x00") {
			return "", record.Invalid(name, "is required, 300 bytes at most")
		}
		return v, nil
	}
	var values [8]string
	read := func(names ...string) (err error) {
		for i, name := range names {
			if values[i], err = short(strings.TrimPrefix(name, "*"), strings.HasPrefix(name, "*")); err != nil {
				return err
			}
		}
		return nil
	}
	switch step {
	case casework.StepReference:
		if err := read("*name", "*organisation", "relationship", "email", "phone"); err != nil {
			return nil, err
		}
		r := record.Reference{Name: values[0], Organisation: values[1], Relationship: values[2], Email: values[3], Phone: values[4], ContactFrom: "candidate"}
		return func(a *record.Application) error {
			if len(a.References) >= 10 {
				return record.Invalid("references", "ten are enough")
			}
			if !slices.ContainsFunc(a.References, func(x record.Reference) bool { return x.Name == r.Name && x.Organisation == r.Organisation }) {
				a.References = append(a.References, r)
			}
			return nil
		}, nil
	case casework.StepIdentity:
		if err := read("*kind", "*issuer", "*number", "*name", "birth_date", "expires"); err != nil {
			return nil, err
		}
		d := record.Document{Kind: values[0], Issuer: strings.ToUpper(values[1]), Number: strings.ToUpper(values[2]), Name: values[3], BirthDate: record.Date(values[4]), Expires: record.Date(values[5])}
		for line := range strings.Lines(g.field("mrz")) {
			if line = strings.ToUpper(strings.TrimSpace(line)); line != "" && len(d.MRZ) < 3 && len(line) <= 60 {
				d.MRZ = append(d.MRZ, line)
			}
		}
		return func(a *record.Application) error {
			a.Documents = slices.DeleteFunc(slices.Clone(a.Documents), func(x record.Document) bool { return x.Method == "" && x.Kind == d.Kind && x.File == "" })
			a.Documents = append(a.Documents, d)
			return nil
		}, nil
	case casework.StepPayee:
		if err := read("*value", "*holder", "currency"); err != nil {
			return nil, err
		}
		return func(a *record.Application) error {
			p := record.Payout{Kind: "iban", Value: values[0], Holder: values[1], Currency: values[2], Since: record.DateOf(now)}
			if len(a.Payouts) > 0 && a.Payouts[0].Value != p.Value {
				a.History = append(a.History, record.Change{At: now, Field: "payouts", Old: a.Payouts[0].Value, New: p.Value, By: "candidate"})
			}
			a.Payouts = []record.Payout{p}
			a.Proofs = slices.DeleteFunc(slices.Clone(a.Proofs), func(x record.Assurance) bool { return x.Link == record.LinkPayee })
			return nil
		}, nil
	case casework.StepDelivery:
		if err := read("*name", "*line", "*city", "*postcode", "*country"); err != nil {
			return nil, err
		}
		return func(a *record.Application) error {
			d := record.Delivery{Name: values[0], Lines: []string{values[1]}, City: values[2], Postcode: values[3], Country: strings.ToUpper(values[4])}
			if !a.Delivery.IsZero() {
				a.History = append(a.History, record.Change{At: now, Field: "delivery", Old: strings.Join(a.Delivery.Lines, ", "), New: values[1], By: "candidate"})
			}
			a.Delivery = d
			return nil
		}, nil
	}
	return nil, record.Invalid("step", "is none of these")
}
