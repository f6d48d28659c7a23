package casework

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"bonafide/notify"
	"bonafide/record"
	"bonafide/store"
)

// A contact point is confirmed by a code of six digits: by mail it holds for a
// day, on the telephone for two (NIST SP 800-63A-4 gives ten minutes to a text
// message; here a person calls and reads it out, at a time that suits, so that a
// landline or a borrowed telephone do as well). Wrong ones are counted.
const (
	purposeContact = "contact-code"
	codesADay      = 3
	triesADay      = 6
	mailCodeFor    = 24 * time.Hour
	phoneCodeFor   = 48 * time.Hour
)

// contactOf is the person's first address or number.
func contactOf(a *record.Application, kind string) (string, error) {
	all := a.Emails
	if kind == StepPhone {
		all = a.Phones
	} else if kind != StepMail {
		return "", record.Invalid("contact", "is mail or phone")
	}
	if len(all) == 0 {
		return "", record.Invalid("contact", "there is none yet; give one first")
	}
	return all[0], nil
}

// codeKey is where a code is kept: under a keyed hash that only this tenant can
// make, of the person, the contact and the digits. A code for an old address does
// not confirm a new one.
func codeKey(t *store.Tx, subject, kind, contact, code string) ([]byte, error) {
	b, err := t.Blind("contact-code", strings.Join([]string{subject, kind, contact, code}, "\x00"))
	return hashOf(string(b)), err
}

func today(log []store.Step, step string, now time.Time) (n int) {
	for _, l := range log {
		if l.Step == step && now.Sub(l.At) < 24*time.Hour {
			n++
		}
	}
	return n
}

// codeAgain is the person's own contact of a kind, unless a step about it was
// taken as often as a day allows; enough says so.
func codeAgain(t *store.Tx, subject, kind, step string, most int, enough string) (a *record.Application, contact string, err error) {
	if a, err = t.Application(subject); err != nil {
		return nil, "", err
	}
	if contact, err = contactOf(a, kind); err != nil {
		return nil, "", err
	}
	log, err := t.PortalSteps(subject)
	if err != nil {
		return nil, "", err
	}
	if today(log, step, t.Now()) >= most {
		return nil, "", &record.Error{Code: record.CodeConflict, Where: "code", Message: enough}
	}
	return a, contact, nil
}

// SendCode sends a code to the person's own contact: as a mail, or as a task to
// call the number and read it out.
func (d *Desk) SendCode(ctx context.Context, who record.Actor, kind, house string) error {
	return d.own(ctx, who, "contact.code", func(t *store.Tx, c *record.Case) error {
		a, contact, err := codeAgain(t, who.ID, kind, "code."+kind, codesADay, "three were sent today; try again tomorrow, or ask a person")
		if err != nil {
			return err
		}
		code := sixDigits()
		key, err := codeKey(t, who.ID, kind, contact, code)
		if err != nil {
			return err
		}
		keep := mailCodeFor
		if kind == StepPhone {
			keep = phoneCodeFor
		}
		if _, err := t.LookToken(key, purposeContact); err == nil {
			return &record.Error{Code: record.CodeConflict, Where: "code", Message: "try once more"}
		} else if record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		if err := t.AddToken(key, store.Token{Purpose: purposeContact, Object: "contact/" + kind, Subject: who.ID, Expires: t.Now().Add(keep)}); err != nil {
			return err
		}
		if err := t.AddStep(who.ID, store.Step{Step: "code." + kind}); err != nil {
			return err
		}
		if kind == StepPhone {
			return ownTask(t, c, "Call the first telephone number of the application within two days, at a time that suits the person, and read out this code twice: "+code+". Ask nothing else.")
		}
		l, err := languageOf(t, a)
		if err != nil {
			return err
		}
		return letter(t, who.ID, notify.Letter{To: contact, Subject: codeSubject.In(l), Text: fmt.Sprintf(codeText.In(l), code), ID: store.NewID() + "@" + hostOf(house)})
	})
}

func sixDigits() string {
	var b [8]byte
	rand.Read(b[:])
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(b[:])%1_000_000)
}

var codeSubject = record.Text{EN: "Your code", DE: "Ihr Code", PT: "O seu código"}

var codeText = record.Text{
	EN: "Your code is %s. It holds for a day. Type it on your page; give it to nobody who asks you for it.\n\nIf you did not ask for a code, do nothing.\n",
	DE: "Ihr Code lautet %s. Er gilt einen Tag. Tragen Sie ihn auf Ihrer Seite ein; geben Sie ihn niemandem, der danach fragt.\n\nWenn Sie keinen Code angefordert haben, tun Sie nichts.\n",
	PT: "O seu código é %s. É válido durante um dia. Introduza-o na sua página; não o dê a quem lho peça.\n\nSe não pediu nenhum código, não faça nada.\n",
}

// ConfirmCode says whether the digits are those that were sent; they are used up.
// The contact that they confirm is given back, for the assurance.
func (d *Desk) ConfirmCode(ctx context.Context, who record.Actor, kind, digits string) (right bool, proof record.Assurance, err error) {
	digits = strings.Join(strings.Fields(strings.ReplaceAll(digits, "-", " ")), "")
	err = d.own(ctx, who, "contact.confirm", func(t *store.Tx, _ *record.Case) error {
		right = false
		_, contact, err := codeAgain(t, who.ID, kind, "try."+kind, triesADay, "too many tries today; try again tomorrow, or ask a person")
		if err != nil {
			return err
		}
		key, err := codeKey(t, who.ID, kind, contact, digits)
		if err != nil {
			return err
		}
		_, err = t.UseToken(key, purposeContact)
		if err != nil {
			if record.CodeOf(err) != record.CodeNotFound {
				return err
			}
			return t.AddStep(who.ID, store.Step{Step: "try." + kind})
		}
		right, proof = true, contactProof(kind, t.Now())
		return t.AddStep(who.ID, store.Step{Step: kind, How: "code"})
	})
	return right, proof, err
}

// contactProof is what an answered code proves: that whoever did the steps can
// read this mailbox, or was on this line. The telephone's answers the question
// whether a rented number reaches anybody.
func contactProof(kind string, at time.Time) record.Assurance {
	p := record.Assurance{ID: "contact-" + kind, Method: "code", AsOf: record.DateOf(at), At: at, Breaks: []string{"contact-shared"}, Until: record.DateOf(at.AddDate(1, 0, 0))}
	if kind == StepPhone {
		p.Clears = []string{"cp-phone-voip"}
	}
	return p
}
