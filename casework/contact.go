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
// day, as a text message for ten minutes (NIST SP 800-63A-4), read out on the
// telephone for two days: a person calls at a time that suits, so that a landline or
// a borrowed telephone do as well. Wrong ones are counted.
const (
	purposeContact = "contact-code"
	purposeText    = "text-place"
	codesADay      = 3
	triesADay      = 6
	mailCodeFor    = 24 * time.Hour
	phoneCodeFor   = 48 * time.Hour
	textCodeFor    = 10 * time.Minute
	textsADay      = 5   // to one number, whoever asks
	textsAnHour    = 200 // of one tenant
	// WayCall asks for a call where a text message would be sent.
	WayCall = "call"
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

// SendCode sends a code to the person's own contact: as a mail, as a text message
// where a gateway takes the number (texted), or as a task to call it and read the
// code out.
func (d *Desk) SendCode(ctx context.Context, who record.Actor, kind, way, house string) (texted bool, err error) {
	err = d.own(ctx, who, "contact.code", func(t *store.Tx, c *record.Case) error {
		a, contact, err := codeAgain(t, who.ID, kind, "code."+kind, codesADay, "three were sent today; try again tomorrow, or ask a person")
		if err != nil {
			return err
		}
		text := kind == StepPhone && way != WayCall && d.Texts != nil && d.Texts(contact)
		if text {
			if err := textAllowed(t, contact); err != nil {
				return err
			}
		}
		code := sixDigits()
		key, err := codeKey(t, who.ID, kind, contact, code)
		if err != nil {
			return err
		}
		keep := mailCodeFor
		switch {
		case text:
			keep = textCodeFor
		case kind == StepPhone:
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
		how := ""
		if text {
			how = "text"
		}
		if err := t.AddStep(who.ID, store.Step{Step: "code." + kind, How: how}); err != nil {
			return err
		}
		if text {
			l, err := languageOf(t, a)
			if err != nil {
				return err
			}
			texted = true
			return sendText(t, who.ID, notify.Text{To: contact, Words: fmt.Sprintf(textWords.In(l), code), Until: t.Now().Add(textCodeFor)})
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
	return texted, err
}

// textAllowed bounds text messages to one number, whoever asks for them, and of a
// tenant: messages cost money, and a number may be a stranger's. The number itself
// stands nowhere: each message takes one of so many places under a keyed hash.
func textAllowed(t *store.Tx, number string) error {
	plain, _ := notify.Number(number)
	now := t.Now()
	for _, bound := range []struct {
		name  string
		until time.Time
		most  int
	}{
		{"number\x00" + plain + "\x00" + now.Format(time.DateOnly), now.Add(48 * time.Hour), textsADay},
		{"tenant\x00" + now.Format("2006-01-02T15"), now.Add(2 * time.Hour), textsAnHour},
	} {
		taken := true
		for n := 0; n < bound.most && taken; n++ {
			b, err := t.Blind("text-place", fmt.Sprintf("%s\x00%d", bound.name, n))
			if err != nil {
				return err
			}
			key := hashOf(string(b))
			_, err = t.LookToken(key, purposeText)
			if err == nil {
				continue
			}
			if record.CodeOf(err) != record.CodeNotFound {
				return err
			}
			taken = false
			if err := t.AddToken(key, store.Token{Purpose: purposeText, Object: "contact/phone", Expires: bound.until}); err != nil {
				return err
			}
		}
		if taken {
			return &record.Error{Code: record.CodeConflict, Where: "code", Message: "enough text messages were sent; ask for a call, or try again later"}
		}
	}
	return nil
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

// textWords fit one message.
var textWords = record.Text{
	EN: "Your code is %s. It holds for ten minutes. Give it to nobody who asks for it.",
	DE: "Ihr Code ist %s. Er gilt zehn Minuten. Geben Sie ihn niemandem, der danach fragt.",
	PT: "O seu código é %s. Vale dez minutos. Não o dê a quem lho peça.",
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
