package screen

import (
	"context"
	"strings"

	"bonafide/record"
)

// RefereeDomains looks up whether the mail domains of referees take mail, once, and
// keeps the answer with its day as evidence; checks judge it offline. Without a way
// to name servers nothing is done: not looked up differs from no.
func (p *Prover) RefereeDomains(ctx context.Context, who record.Actor, subject string, a *record.Application, today record.Date) error {
	if p.Names == nil {
		return nil
	}
	found := map[string]bool{}
	for _, r := range a.References {
		_, domain, ok := strings.Cut(strings.ToLower(strings.TrimSpace(r.Email)), "@")
		if !ok || !r.DomainFacts.IsZero() || len(found) == 10 {
			continue
		}
		if _, known := found[domain]; known {
			continue
		}
		takes := false
		for _, kind := range []string{"mx ", "a ", "aaaa "} { // RFC 5321, 5.1: without MX the address itself
			values, err := p.Names.Ask(ctx, kind+domain)
			if err != nil {
				return nil // nobody answers: nothing is known
			}
			if takes = len(values) > 0 && values[0] != ""; takes { // RFC 7505: an empty MX takes none
				break
			}
			if len(values) > 0 {
				break
			}
		}
		found[domain] = takes
	}
	if len(found) == 0 {
		return nil
	}
	return p.Keeper.Amend(ctx, who, subject, "referee.domain", func(a *record.Application) error {
		for i := range a.References {
			r := &a.References[i]
			_, domain, _ := strings.Cut(strings.ToLower(strings.TrimSpace(r.Email)), "@")
			if takes, looked := found[domain]; looked && r.DomainFacts.IsZero() {
				r.DomainFacts.MX, r.DomainFacts.AsOf = &takes, today
			}
		}
		return nil
	})
}
