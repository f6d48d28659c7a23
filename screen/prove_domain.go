package screen

import (
	"context"
	"slices"
	"strings"
	"time"

	"bonafide/egress"
	"bonafide/intake"
	"bonafide/lists"
	"bonafide/record"
	"bonafide/store"
)

// JobDomains looks up the mail domains of referees; only nodes that may ask do it.
const JobDomains = "domains"

// mostDomains of one application are looked up.
const mostDomains = 10

// domainLook is what was found about one domain, as it is kept: the answers
// beside what follows from them.
type domainLook struct {
	Domain     string      `json:"domain"`
	At         time.Time   `json:"at"`
	Mail       bool        `json:"mail"`              // it takes mail
	Servers    []string    `json:"servers,omitempty"` // its name servers
	Parked     string      `json:"parked,omitempty"`  // the service on which it waits for a buyer
	ParkedList record.Date `json:"parked_list,omitempty"`
	Registered record.Date `json:"registered,omitempty"`
	Registry   string      `json:"registry,omitempty"` // who said so
}

// wanted are the domains of referees of which nothing is known yet. Houses of free
// mail are passed over: their age says nothing of a referee.
func (k *Keeper) wanted(a *record.Application) (all []string) {
	var set *lists.Set
	if k.Screen != nil {
		set = k.flow().Lists
	}
	for _, r := range a.References {
		domain, _, ok := intake.MailDomain(r.Email)
		if !ok || !r.DomainFacts.IsZero() || slices.Contains(all, domain) || len(all) == mostDomains {
			continue
		}
		hits, _ := set.MailDomain(domain)
		if !slices.ContainsFunc(hits, func(h lists.MailHit) bool { return h.Class == lists.MailFree }) {
			all = append(all, domain)
		}
	}
	return all
}

// RefereeDomains looks up the mail domains of referees, once, and keeps the answers
// with their day as evidence; checks judge them offline. It asks name servers
// whether a domain takes mail and where it lies, and its registry since when, if the
// tenant allows that. Without a way to name servers nothing is done: not looked up
// differs from no.
func (p *Prover) RefereeDomains(ctx context.Context, who record.Actor, subject string, a *record.Application, today record.Date) error {
	if p.Names == nil {
		return nil
	}
	domains := p.Keeper.wanted(a)
	if len(domains) == 0 {
		return nil
	}
	hosts, err := p.Keeper.LookupHosts(ctx, who)
	if err != nil {
		return err
	}
	ask := p.Lists != nil && slices.Contains(hosts, rootHost)
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	on := egress.Occasion{Tenant: who.Tenant, Act: "referee.domain", By: "names", Subject: subject, Own: true}
	found := map[string]domainLook{}
	var all []domainLook
	for _, domain := range domains {
		x, ok := p.lookDomain(ctx, on, domain, ask)
		if !ok {
			continue // nobody answers: nothing is known
		}
		found[domain] = x
		all = append(all, x)
	}
	if len(all) == 0 {
		return nil
	}
	key, err := p.Keeper.key(ctx, who.Tenant)
	if err != nil {
		return err
	}
	return p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		if err := t.AddStep(subject, store.Step{Step: "referee", How: "domains", Report: all}); err != nil {
			return err
		}
		return p.Keeper.amend(t, key, subject, "referee.domain", func(a *record.Application) error {
			for i := range a.References {
				r := &a.References[i]
				domain, _, _ := intake.MailDomain(r.Email)
				x, looked := found[domain]
				if !looked || !r.DomainFacts.IsZero() {
					continue
				}
				parked := x.Parked != ""
				r.DomainFacts = record.DomainFacts{MX: &x.Mail, Parked: &parked, AsOf: today}
				if first, _, ok := x.Registered.Span(); ok {
					days := max(0, int(x.At.Sub(first)/(24*time.Hour)))
					r.DomainFacts.AgeDays = &days
				}
			}
			return nil
		})
	})
}

// lookDomain asks about one domain. Every question must be answered, for "no
// answer" is not "no"; only the registry may stay silent.
func (p *Prover) lookDomain(ctx context.Context, on egress.Occasion, domain string, registry bool) (x domainLook, ok bool) {
	x = domainLook{Domain: domain, At: time.Now().UTC()}
	names := p.Names(on)
	for _, kind := range []string{"mx ", "a ", "aaaa "} { // RFC 5321, 5.1: without MX the address itself
		values, err := names.Ask(ctx, kind+domain)
		if err != nil {
			return x, false
		}
		if x.Mail = len(values) > 0 && values[0] != ""; x.Mail || len(values) > 0 { // RFC 7505: an empty MX takes none
			break
		}
	}
	_, base, _ := intake.MailDomain("x@" + domain)
	var err error
	if x.Servers, err = names.Ask(ctx, "ns "+base); err != nil {
		return x, false
	}
	slices.Sort(x.Servers)
	if service, parked := lists.Parked(x.Servers); parked {
		x.Parked, x.ParkedList = service, lists.ParkingDay
	}
	if registry {
		on.By = "registries"
		if at, host, ok := p.Lists.Registered(ctx, on, strings.ToLower(base)); host != "" {
			x.Registry = host
			if ok {
				x.Registered = record.DateOf(at)
			}
		}
	}
	return x, true
}

// domains does a job of kind JobDomains.
func (k *Keeper) domains(ctx context.Context, j store.Job) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "domains", Tenant: j.Tenant}
	if k.Domains != nil {
		var a *record.Application
		err := k.Store.Update(ctx, machine, func(t *store.Tx) (err error) {
			t.Did("referee.look", "subject/"+j.Subject, "", "references")
			a, err = t.Application(j.Subject)
			return err
		})
		if err == nil {
			err = k.Domains(ctx, machine, j.Subject, a, record.DateOf(time.Now()))
		}
		if err != nil {
			return err
		}
	}
	return k.Store.Update(ctx, machine, func(t *store.Tx) error { return t.FinishJob(j, 1) })
}

// lookLater has the domains of a record looked up soon, where this node may ask.
func (k *Keeper) lookLater(t *store.Tx, subject string, a *record.Application) error {
	// What name servers did not answer just now is not asked again at once.
	if k.Domains == nil || t.Actor().ID == "domains" || len(k.wanted(a)) == 0 {
		return nil
	}
	_, _, err := t.AddJob(store.Job{Kind: JobDomains, Subject: subject, Dedupe: subject, Priority: 5})
	return err
}
