package casework

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"bonafide/record"
	"bonafide/report"
	"bonafide/store"
)

// sharedHosts are hosts at which everybody has a place: an account there is a
// person's, and the host itself says nothing.
var sharedHosts = []string{"t.me", "telegram.me", "telegram.org", "github.com", "gitlab.com", "linkedin.com", "x.com", "twitter.com", "facebook.com", "discord.gg", "discord.com", "signal.me", "wa.me", "whatsapp.com", "mega.nz", "dropbox.com", "google.com", "docs.google.com", "drive.google.com"}

// Indicators are the artefacts of a case's demands that may be shared with
// others: wallets, hosts, digests of messages. Persons are left out, and what
// leads to one: mail addresses, accounts, names, words.
func (d *Desk) Indicators(ctx context.Context, who record.Actor, caseID string) (all []report.Indicator, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		all = nil
		c, err := staffCase(t, caseID, "indicators.export")
		if err != nil {
			return err
		}
		demands, err := demandsOf(t, &c)
		if err != nil {
			return err
		}
		for _, x := range demands {
			all = append(all, artefacts(&x.Demand)...)
		}
		slices.SortStableFunc(all, func(a, b report.Indicator) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Value, b.Value), a.Seen.Compare(b.Seen))
		})
		all = slices.CompactFunc(all, func(a, b report.Indicator) bool { return a.Kind == b.Kind && a.Value == b.Value })
		t.Did("indicators.export", "case/"+c.ID, c.ID, "demand")
		return nil
	})
	return all, err
}

func artefacts(x *record.Demand) (all []report.Indicator) {
	all = append(all, report.Indicator{Kind: "sha256", Value: x.SHA256, Seen: x.Taken})
	for _, w := range x.Wallets {
		all = append(all, report.Indicator{Kind: "wallet", Value: w.Address, Chains: w.Chains, Seen: x.Taken})
	}
	for _, l := range x.Links {
		if !strings.Contains(l, "://") {
			l = "http://" + l
		}
		u, err := url.Parse(l)
		if err != nil {
			continue
		}
		host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		if strings.Contains(host, ".") && !slices.Contains(sharedHosts, host) {
			all = append(all, report.Indicator{Kind: "domain", Value: host, Seen: x.Taken})
		}
	}
	return all
}
