package screen

import (
	"context"
	"slices"

	"bonafide/link"
	"bonafide/record"
	"bonafide/store"
)

// Amend makes the next version of a subject's application: what the person gave
// on their own page, what somebody recorded of a call, what a proof showed. act
// is noun.verb. The person's own changes are screened by a job, so that the
// answer takes the same time whatever they change; staff see the effect at once.
func (k *Keeper) Amend(ctx context.Context, actor record.Actor, subject, act string, change func(*record.Application) error) error {
	key, err := k.key(ctx, actor.Tenant)
	if err != nil {
		return err
	}
	return k.Store.Update(ctx, actor, func(t *store.Tx) error {
		return k.amend(t, key, subject, act, change)
	})
}

// AmendIn is Amend of the house itself, in a transaction that something else ends
// too; the record is screened by a job.
func (k *Keeper) AmendIn(t *store.Tx, subject, act string, change func(*record.Application) error) error {
	if t.Actor().Kind != record.ActorMachine {
		return &record.Error{Code: record.CodeRefused, Where: "subject", Message: "only the house itself adds to a record so"}
	}
	return k.amend(t, nil, subject, act, change)
}

var notTheirs = &record.Error{Code: record.CodeNotFound, Where: "subject", Message: "there is none under this id"}

func (k *Keeper) amend(t *store.Tx, key []byte, subject, act string, change func(*record.Application) error) error {
	who := t.Actor()
	switch {
	case who.Kind == record.ActorCandidate && who.ID != subject:
		return notTheirs
	case who.Kind == record.ActorPerson && !who.Is(record.RoleReviewer, record.RoleLead), who.Kind == record.ActorKey:
		return store.Refusal(record.Entry{Act: act, Object: "subject/" + subject}, &record.Error{Code: record.CodeRefused, Where: "subject", Message: "only a signed-in reviewer or lead adds to a record"})
	}
	a, err := t.Application(subject)
	if err != nil {
		return err
	}
	name := a.Name()
	if err := change(a); err != nil {
		return err
	}
	if a.Name() != name {
		return record.Invalid("id", "a record keeps its name")
	}
	saved, err := t.SaveApplication(a)
	if err != nil {
		return err
	}
	c, err := t.CaseOf(subject)
	if err != nil && record.CodeOf(err) != record.CodeNotFound {
		return err
	}
	t.Did(act, "subject/"+subject, c.ID, "application")
	if saved.Same {
		return nil
	}
	if err := k.lookLater(t, subject, a); err != nil {
		return err
	}
	if err := schedule(t, subject, a); err != nil {
		return err
	}
	if err := k.documentClock(t, subject, a); err != nil {
		return err
	}
	if who.Kind == record.ActorCandidate || who.Kind == record.ActorMachine {
		if k.Tell != nil && c.ID != "" {
			if err := k.Tell(t, "case.changed", record.NoticeData{Subject: subject, Case: c.ID}); err != nil {
				return err
			}
		}
		return k.enqueue(t, subject, hops)
	}
	p := profileOf(link.NewKeyer(key, true), a)
	if err := k.keepRows(t, a, &p, subject); err != nil {
		return err
	}
	_, _, err = k.screen(t, subject, saved.Version, a, &p, hops)
	return err
}

// Prove adds an assurance, in place of an older one of the same kind and issuer.
func Prove(a *record.Application, p record.Assurance) {
	a.Proofs = slices.DeleteFunc(slices.Clone(a.Proofs), func(old record.Assurance) bool {
		return old.ID == p.ID && old.Link == p.Link && old.Issuer == p.Issuer
	})
	a.Proofs = append(a.Proofs, p)
}

// carry keeps, when a record is handed in again, what bonafide and its people
// added since: a system that sends an application anew knows nothing of it. From
// outside no proof is taken: proofs are made here. known says that there is an
// earlier version.
func carry(t *store.Tx, a *record.Application) (known bool, err error) {
	a.Proofs = nil
	subject, err := t.FindSubject(a.Source, a.ID)
	if err != nil {
		if record.CodeOf(err) == record.CodeNotFound {
			return false, nil
		}
		return false, err
	}
	old, err := t.Application(subject)
	if err != nil {
		return false, err
	}
	a.Proofs = old.Proofs
	a.Confirmations = with(a.Confirmations, old.Confirmations, func(x, y record.Confirmation) bool {
		return x.At.Equal(y.At) && x.Kind == y.Kind && x.About == y.About
	})
	a.Moments = with(a.Moments, old.Moments, func(x, y record.Moment) bool { return x.At.Equal(y.At) && x.Kind == y.Kind })
	a.Reverifications = with(a.Reverifications, old.Reverifications, func(x, y record.Reverification) bool { return x.At.Equal(y.At) && x.Due == y.Due })
	a.History = with(a.History, old.History, func(x, y record.Change) bool { return x.At.Equal(y.At) && x.Field == y.Field })
	proven := slices.DeleteFunc(slices.Clone(old.Documents), func(d record.Document) bool { return d.Method != "chip" && d.Method != "wallet" })
	a.Documents = with(a.Documents, proven, func(x, y record.Document) bool { return x.Method == y.Method && x.Number == y.Number })
	if len(a.References) == 0 {
		a.References = old.References
	}
	for i := range a.References { // a reply belongs to whom was asked
		r := &a.References[i]
		at := slices.IndexFunc(old.References, func(x record.Reference) bool { return x.Name == r.Name && x.Organisation == r.Organisation })
		if at >= 0 && r.RepliedAt.IsZero() {
			o := old.References[at]
			r.RepliedAt, r.ContactFrom, r.Text, r.DomainFacts = o.RepliedAt, o.ContactFrom, o.Text, o.DomainFacts
		}
	}
	a.Events = with(a.Events, old.Events, func(x, y record.Event) bool { return x.ID == y.ID && x.Source == y.Source && x.At.Equal(y.At) })
	a.Computers = with(a.Computers, old.Computers, func(x, y record.Computer) bool { return x.ID == y.ID && x.Source == y.Source })
	a.Departure = leaving(a.Departure, old.Departure)
	a.Publications = with(a.Publications, old.Publications, func(x, y record.Publication) bool { return x.Where == y.Where && x.SHA256 == y.SHA256 })
	if len(a.Payouts) == 0 {
		a.Payouts = old.Payouts
	}
	if a.Delivery.IsZero() {
		a.Delivery = old.Delivery
	}
	return true, nil
}

// with adds what of old has no like in new.
func with[T any](now, old []T, same func(x, y T) bool) []T {
	for _, o := range old {
		if !slices.ContainsFunc(now, func(x T) bool { return same(x, o) }) {
			now = append(now, o)
		}
	}
	return now
}

// leaving keeps what people here wrote down of a leaving: another system knows
// nothing of who agreed to a hold.
func leaving(now, old *record.Departure) *record.Departure {
	if now == nil || old == nil {
		if now == nil {
			return old
		}
		bare := *now
		bare.Devices, bare.Pays = nil, nil
		return &bare
	}
	both := *now
	both.Devices, both.Pays = old.Devices, old.Pays
	if len(both.Credentials) == 0 {
		both.Credentials = old.Credentials
	}
	if both.At.IsZero() {
		both.At = old.At
	}
	return &both
}

// inForce leaves out proofs whose time is over: they are to be given again. The
// record keeps them.
func inForce(a *record.Application, today record.Date) *record.Application {
	over := func(p record.Assurance) bool { return p.Until != "" && p.Until < today }
	if !slices.ContainsFunc(a.Proofs, over) {
		return a
	}
	now := *a
	now.Proofs = slices.DeleteFunc(slices.Clone(a.Proofs), over)
	return &now
}
