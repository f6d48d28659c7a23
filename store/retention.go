package store

import (
	"context"
	"time"

	"bonafide/record"
)

// Class is a class of record with a clock of its own.
type Class string

// The classes, each with what starts its clock.
const (
	ClassRoutine     Class = "routine"     // the whole subject, from the last that came of it; nobody said how it ended
	ClassApplication Class = "application" // the whole subject, from the rejection or withdrawal
	ClassDocument    Class = "document"    // pictures of identity documents, from the check being done
	ClassClosedKeys  Class = "closed-keys" // minimal keys of established misrepresentation, from the closing
)

// Profile is how long a country's rules let each class be kept, in days.
type Profile struct {
	Days     map[Class]int
	Basis    map[Class]string // where the number comes from
	Verified bool             // a lawyer of the country has confirmed the numbers
	Anchor   string           // what starts the application's clock: rejection or receipt
}

// Profiles by country. None is verified by a lawyer yet; a tenant's rules may set
// other numbers, with a reason (policy: keep).
var Profiles = profiles()

// ProfileOf is a country's profile, the general one of the EU where it has none.
func ProfileOf(country string) Profile {
	if p, known := Profiles[country]; known {
		return p
	}
	return Profiles["EU"]
}

func profiles() map[string]Profile {
	plain := func(application, document int, anchor, basis string) Profile {
		return Profile{
			Days:   map[Class]int{ClassRoutine: 395, ClassApplication: application, ClassDocument: document, ClassClosedKeys: 365},
			Basis:  map[Class]string{ClassRoutine: "GDPR Art. 5(1)(e): a year after the last that came of it, and a month, so that who is confirmed again after twelve still can be", ClassApplication: basis, ClassDocument: "no copy is needed once the document is checked", ClassClosedKeys: "legitimate interest, balanced per case; short, apart, no identity kept"},
			Anchor: anchor,
		}
	}
	return map[string]Profile{
		"DE": plain(180, 0, "rejection", "AGG § 15(4) two months and ArbGG § 61b three months, with time to be served"),
		"PT": plain(180, 0, "rejection", "no statutory term found; one public body keeps six months at most"),
		"GB": plain(180, 0, "rejection", "commonly six months after the decision; longer tribunal terms are announced"),
		"AT": plain(215, 0, "receipt", "GlBG § 29: six months to claim; seven months from receipt accepted"),
		"EU": plain(180, 0, "rejection", "GDPR Art. 5(1)(e): no longer than needed to answer a claim"),
	}
}

// Expired says what Expire did.
type Expired struct {
	Subjects, Documents, Closed int
	Waiting                     bool // more are due than one call does
}

const (
	expireMost   = 200 // clocks of one call
	lookupMonths = 13  // a look-up can be asked about for a year and a month, then it is forgotten
)

// Expire does what is due in a tenant, without a human: subjects are erased,
// pictures of documents deleted, closed keys, old answers and ended sessions
// forgotten. Each is a transaction with its entry, the proof of deletion stands
// in the ledger. Any number of nodes may; run it again while Waiting.
func (s *Store) Expire(ctx context.Context, tenant string) (x Expired, err error) {
	actor := record.Actor{Kind: record.ActorMachine, ID: "retention", Tenant: tenant}
	var due []Clock
	err = s.View(ctx, actor, func(t *Tx) (err error) {
		due, err = t.DueClocks(expireMost)
		return err
	})
	if err != nil {
		return x, err
	}
	x.Waiting = len(due) == expireMost
	gone := map[string]bool{}
	for _, c := range due {
		if gone[c.Subject] {
			continue
		}
		over := false
		err := s.Update(ctx, actor, func(t *Tx) (err error) {
			if over, err = t.stillDue(c); err != nil || !over {
				return err
			}
			t.Note(record.Entry{Act: "subject.expire", Object: "subject/" + c.Subject, Why: string(c.Class), Done: true})
			switch c.Class {
			case ClassDocument:
				return t.dropDocuments(c.Subject)
			case ClassApplication:
				_, err = t.Erase(c.Subject, "retention", "")
				return err
			}
			return &record.Error{Code: record.CodeInternal, Where: "clock", Message: "of a class that nothing is kept by"}
		})
		switch {
		case record.CodeOf(err) == record.CodeNotFound: // another node was first
		case err != nil:
			return x, err
		case !over:
		case c.Class == ClassDocument:
			x.Documents++
		default:
			gone[c.Subject] = true
			x.Subjects++
		}
	}
	err = s.Update(ctx, actor, func(t *Tx) error {
		n, err := t.DropClosed()
		if err != nil {
			return err
		}
		old, err := t.DropAnswers(t.now.AddDate(0, 0, -7))
		if err != nil {
			return err
		}
		asked, err := t.DropLookups(t.now.AddDate(0, -lookupMonths, 0))
		if err != nil {
			return err
		}
		if x.Closed = int(n); n+old+asked > 0 {
			t.Did("store.expire", "tenant/"+tenant, "")
		}
		if err := t.fileSettings(); err != nil {
			return err
		}
		return t.DropSessions(t.now.AddDate(0, 0, -30))
	})
	x.Waiting = x.Waiting && x.Subjects+x.Documents > 0
	if err != nil || x.Subjects+x.Documents+x.Closed == 0 {
		return x, err
	}
	return x, s.Scrub(ctx)
}

// dropDocuments deletes the pictures of identity documents of a subject.
func (t *Tx) dropDocuments(subject string) error {
	if _, err := t.exec("delete from file_parts where tenant = $1 and subject = $2 and file in (select id from files where tenant = $1 and subject = $2 and kind = 'document')", subject); err != nil {
		return err
	}
	if _, err := t.exec("delete from files where tenant = $1 and subject = $2 and kind = 'document'", subject); err != nil {
		return err
	}
	_, err := t.exec("delete from clocks where tenant = $1 and subject = $2 and class = $3", subject, string(ClassDocument))
	return err
}

// Hold keeps a subject from being erased while a claim is open. It expires.
type Hold struct {
	ID       string    `json:"id"`
	Subject  string    `json:"subject"`
	Reason   string    `json:"reason"` // a ticket or file number, no free text about a person
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Expires  time.Time `json:"expires"`
	Released time.Time `json:"released,omitzero"`
}

// AddHold starts a hold; it must end within two years and can be set again.
func (t *Tx) AddHold(subject, reason string, expires time.Time) (Hold, error) {
	if !expires.After(t.now) || expires.After(t.now.AddDate(2, 0, 1)) {
		return Hold{}, record.Invalid("hold.expires", "a hold ends in the future, within two years")
	}
	if _, err := t.Subject(subject); err != nil {
		return Hold{}, err
	}
	h := Hold{ID: NewID(), Subject: subject, Reason: reason, By: actorWord(t.actor), At: t.now, Expires: expires}
	_, err := t.exec("insert into holds (tenant, id, subject, reason, by_actor, at, expires, released) values ($1,$2,$3,$4,$5,$6,$7,0)",
		h.ID, subject, reason, h.By, micros(t.now), micros(expires))
	return h, err
}

// ReleaseHold ends a hold.
func (t *Tx) ReleaseHold(id string) error {
	n, err := t.exec("update holds set released = $3 where tenant = $1 and id = $2 and released = 0", id, micros(t.now))
	return changed(n, err, missing("hold"))
}

// Holds are the holds of a subject, oldest first.
func (t *Tx) Holds(subject string) ([]Hold, error) {
	return collect(t, "select id, subject, reason, by_actor, at, expires, released from holds where tenant = $1 and subject = $2 order by at, id", func(s scan) (h Hold, err error) {
		var at, expires, released int64
		err = s(&h.ID, &h.Subject, &h.Reason, &h.By, &at, &expires, &released)
		h.At, h.Expires, h.Released = moment(at), moment(expires), moment(released)
		return h, err
	}, subject)
}
