package casework

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/notify"
	"bonafide/record"
	"bonafide/store"
)

// A person comes to their own page by a link that works once, for a day, in the
// browser that uses it; a link that is only opened is not used. From then on a
// cookie of that browser, which is not the one of staff, lets them in for a month.
const (
	InviteFor = 24 * time.Hour
	PortalFor = 30 * 24 * time.Hour

	purposeInvite = "invite"
	purposePortal = "portal"
	// AgainJob looks for whom a mail address belongs to, and sends them a new link.
	AgainJob = "portal-again"
	againMax = 3 // records of one address that are written to
)

// secret is 260 random bits as 52 signs; kept is only its hash.
func secret() string { return store.NewID() + store.NewID() }

func hashOf(s string) []byte {
	h := sha256.Sum256([]byte(s))
	return h[:]
}

var noLink = &record.Error{Code: record.CodeNotFound, Where: "link", Message: "it was used, or is too old; ask for another"}

// candidateOf is the actor of somebody on their own page.
func candidateOf(tenant, subject string) record.Actor {
	return record.Actor{Kind: record.ActorCandidate, ID: subject, Tenant: tenant}
}

// Invite makes a link to a person's own page, for staff to hand on, and with send
// also writes to the first mail address of the application. house is the address
// under which people reach us.
func (d *Desk) Invite(ctx context.Context, who record.Actor, caseID, house string, send bool) (link string, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "portal.invite")
		if err != nil {
			return err
		}
		link, err = invite(t, c.Subject, c.ID, house, send)
		return err
	})
	return link, err
}

func invite(t *store.Tx, subject, caseID, house string, send bool) (string, error) {
	word := secret()
	if err := t.AddToken(hashOf(word), store.Token{Purpose: purposeInvite, Object: "subject/" + subject, Subject: subject, Expires: t.Now().Add(InviteFor)}); err != nil {
		return "", err
	}
	t.Did("portal.invite", "subject/"+subject, caseID)
	link := strings.TrimSuffix(house, "/") + "/invite/" + word
	if !send {
		return link, nil
	}
	a, err := t.Application(subject)
	if err != nil {
		return "", err
	}
	if len(a.Emails) == 0 {
		return "", record.Invalid("emails", "the application has no mail address; hand the link on in another way")
	}
	l, err := languageOf(t, a)
	if err != nil {
		return "", err
	}
	return link, letter(t, subject, notify.Letter{To: a.Emails[0], Subject: inviteSubject.In(l), Text: fmt.Sprintf(inviteText.In(l), link), ID: store.NewID() + "@" + hostOf(house)})
}

// letter leaves a mail to the outbox, in the transaction of its cause.
func letter(t *store.Tx, subject string, l notify.Letter) error {
	b, err := json.Marshal(l)
	if err != nil {
		return err
	}
	id, err := t.Send(store.Message{Topic: MailTopic, Target: MailTopic, Subject: subject, Body: b})
	if err == nil {
		t.Did("mail.send", "message/"+id, "")
	}
	return err
}

// languageOf is the first language of the application that the tenant offers,
// else the tenant's first.
func languageOf(t *store.Tx, a *record.Application) (record.Lang, error) {
	rules, err := inForce(t)
	if err != nil {
		return "", err
	}
	for _, tag := range a.Person.Languages {
		if l, ours := record.LangOf(tag); ours && rules.Speak(l) == l {
			return l, nil
		}
	}
	return rules.Languages[0], nil
}

func hostOf(house string) string {
	_, rest, _ := strings.Cut(house, "://")
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, ":")
	if host == "" {
		return "localhost"
	}
	return strings.ToLower(host)
}

var inviteSubject = record.Text{EN: "Your next steps", DE: "Ihre nächsten Schritte", PT: "Os seus próximos passos"}

var inviteText = record.Text{
	EN: "Hello,\n\nsomething waits for you on your own page. This link works once, within a day, in the browser in which you open it:\n\n%s\n\nIf it is too old, the page offers you a new one. If you did not apply anywhere, please tell us there: somebody may be using your name.\n",
	DE: "Guten Tag,\n\nauf Ihrer eigenen Seite wartet etwas auf Sie. Dieser Link gilt einmal, einen Tag lang, in dem Browser, in dem Sie ihn öffnen:\n\n%s\n\nIst er zu alt, bietet die Seite einen neuen an. Haben Sie sich nirgends beworben, sagen Sie es uns bitte dort: Vielleicht benutzt jemand Ihren Namen.\n",
	PT: "Bom dia,\n\nhá algo à sua espera na sua página. Esta ligação funciona uma vez, durante um dia, no navegador em que a abrir:\n\n%s\n\nSe tiver expirado, a página oferece uma nova. Se não se candidatou a nada, diga-nos lá: alguém pode estar a usar o seu nome.\n",
}

// AcceptInvite uses a link up and gives the secret of the browser's cookie. Used,
// too old and unknown are one answer.
func (d *Desk) AcceptInvite(ctx context.Context, word string) (cookie string, err error) {
	tenant, err := d.tokenTenant(ctx, word)
	if err != nil {
		return "", err
	}
	var subject string
	if err := d.Store.View(ctx, record.Machine(tenant), func(t *store.Tx) error {
		k, err := t.LookToken(hashOf(word), purposeInvite)
		subject = k.Subject
		return err
	}); err != nil {
		return "", linkError(err)
	}
	cookie = secret()
	err = d.Store.Update(ctx, candidateOf(tenant, subject), func(t *store.Tx) error {
		if _, err := t.UseToken(hashOf(word), purposeInvite); err != nil {
			return err
		}
		t.Did("portal.enter", "subject/"+subject, "")
		return t.AddToken(hashOf(cookie), store.Token{Purpose: purposePortal, Object: "subject/" + subject, Subject: subject, Expires: t.Now().Add(PortalFor)})
	})
	return cookie, linkError(err)
}

func linkError(err error) error {
	if err != nil && record.CodeOf(err) == record.CodeNotFound {
		return noLink
	}
	return err
}

func (d *Desk) tokenTenant(ctx context.Context, word string) (string, error) {
	if len(word) != 52 {
		return "", noLink
	}
	tenant, err := d.Store.TokenTenant(ctx, hashOf(word))
	return tenant, linkError(err)
}

// Candidate is who is behind a cookie of the portal.
func (d *Desk) Candidate(ctx context.Context, cookie string) (record.Actor, error) {
	tenant, err := d.tokenTenant(ctx, cookie)
	if err != nil {
		return record.Actor{}, err
	}
	var subject string
	err = d.Store.View(ctx, record.Machine(tenant), func(t *store.Tx) error {
		k, err := t.LookToken(hashOf(cookie), purposePortal)
		subject = k.Subject
		return err
	})
	return candidateOf(tenant, subject), linkError(err)
}

// LeavePortal ends what a cookie opens.
func (d *Desk) LeavePortal(ctx context.Context, who record.Actor, cookie string) error {
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		t.Did("portal.leave", "subject/"+who.ID, "")
		_, err := t.UseToken(hashOf(cookie), purposePortal)
		return err
	})
}

type againAsked struct {
	Values []uint64 `json:"values"` // digests under which the address is found
	House  string   `json:"house"`
}

// AskAgain is for whoever has lost their link: it leaves a job, known address or
// not, so that the answer is the same and takes as long.
func (d *Desk) AskAgain(ctx context.Context, tenant string, values []uint64, house string) error {
	b, err := json.Marshal(againAsked{values, house})
	if err != nil {
		return err
	}
	return d.Store.Update(ctx, record.Machine(tenant), func(t *store.Tx) error {
		id, _, err := t.AddJob(store.Job{Kind: AgainJob, Args: b, Priority: 4})
		t.Did("portal.again", "job/"+id, "")
		return err
	})
}

// SendAgain does one job of kind AgainJob.
func (d *Desk) SendAgain(ctx context.Context, j store.Job) error {
	var asked againAsked
	return d.Store.Update(ctx, record.Machine(j.Tenant), func(t *store.Tx) error {
		if json.Unmarshal(j.Args, &asked) != nil {
			return record.Invalid("job", "cannot be read back")
		}
		holders, err := t.Holders(asked.Values, 20)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, h := range holders {
			if seen[h.Subject] || len(seen) == againMax || h.Kind != record.KindEmail {
				continue
			}
			seen[h.Subject] = true
			a, err := t.Application(h.Subject)
			if err != nil {
				return err
			}
			t.Did("portal.find", "subject/"+h.Subject, "")
			// Only to the first address, which the application itself names.
			if h.Place != 0 || len(a.Emails) == 0 {
				continue
			}
			if _, err := invite(t, h.Subject, "", asked.House, true); err != nil {
				return err
			}
		}
		return t.FinishJob(j, 1)
	})
}
