package checks

import (
	"net/netip"
	"slices"
	"time"

	"bonafide/record"
)

// One account appears in several countries within a day. Mobile, Wi-Fi and a VPN make
// three networks for anybody; three countries without any of that are worth a question.
var netManyIpsOneAccount = Check{
	ID: "net-many-ips-one-account",
	Title: record.Text{
		EN: "One account in several countries within a day",
		DE: "Ein Konto an einem Tag in mehreren Ländern",
		PT: "Uma conta em vários países num dia",
	},
	Text: record.Text{
		EN: "Within 24 hours the sessions of one account came from networks in three or more countries, or from very many networks.",
		DE: "Innerhalb von 24 Stunden kamen die Sitzungen eines Kontos aus Netzen in drei oder mehr Ländern oder aus sehr vielen Netzen.",
		PT: "Em 24 horas, as sessões de uma conta vieram de redes em três ou mais países, ou de muitas redes.",
	},
	Stage:      []string{"employment", "application"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"sessions.at", "sessions.ip"},
	Sources:    []string{"state-advisory-2022", "fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "mobile, Wi-Fi and a VPN side by side", DE: "Mobilfunk, WLAN und VPN nebeneinander", PT: "rede móvel, Wi-Fi e VPN em paralelo"},
		{EN: "a flight with a stop", DE: "ein Flug mit Zwischenhalt", PT: "um voo com escala"},
	},
	Clears: []record.Text{
		{EN: "one device seen in all the sessions", DE: "ein Gerät in allen Sitzungen", PT: "um só equipamento em todas as sessões"},
	},
	Ask: record.Text{
		EN: "Please tell us which of these connections were yours.",
		DE: "Bitte sagen Sie uns, welche dieser Verbindungen Ihre waren.",
		PT: "Diga-nos, por favor, quais destas ligações foram suas.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runNetManyIpsOneAccount,
}

var sayManyCountries = record.Text{
	EN: "Within one day the sessions came from %d countries.",
	DE: "An einem Tag kamen die Sitzungen aus %d Ländern.",
	PT: "Num só dia, as sessões vieram de %d países.",
}

var sayManyNetworks = record.Text{
	EN: "Within one day the sessions came from %d networks.",
	DE: "An einem Tag kamen die Sitzungen aus %d Netzen.",
	PT: "Num só dia, as sessões vieram de %d redes.",
}

// Three countries in a day are rare; two are a border. Eight networks in a day
// are more than mobile, home, work and a café.
const (
	countriesInADay = 3
	networksInADay  = 8
)

func runNetManyIpsOneAccount(in *In) Answer {
	all, geo, networks := spots(in)
	all = slices.DeleteFunc(all, func(s spot) bool { return s.relay || in.App.Sessions[s.session].At.IsZero() })
	if len(all) < 2 {
		return noData
	}
	at := func(s *spot) time.Time { return in.App.Sessions[s.session].At }
	slices.SortStableFunc(all, func(a, b spot) int { return at(&a).Compare(at(&b)) })
	var countries []string
	var most []spot
	mostLines := 0
	for first := range all {
		var seen []string
		var nets []netip.Prefix
		window := all[first:first]
		for i := first; i < len(all) && at(&all[i]).Sub(at(&all[first])) <= 24*time.Hour; i++ {
			s := &all[i]
			window = all[first : i+1]
			if n := networkOf(s.addr); !slices.Contains(nets, n) {
				nets = append(nets, n)
			}
			if c := s.country(); c != "" && !s.hidden && !slices.Contains(seen, c) {
				seen = append(seen, c)
			}
		}
		if len(seen) > len(countries) {
			countries, most = seen, window
		}
		mostLines = max(mostLines, len(nets))
	}
	switch {
	case len(countries) >= countriesInADay:
		var evidence []record.Evidence
		for i := range most {
			evidence = append(evidence, most[i].evidence(in, "")...)
		}
		f := observed(record.Supporting, sayManyCountries.Say(len(countries)), evidence[:min(5, len(evidence))]...)
		if !networks {
			f.Strength = record.Weak // a VPN cannot be told from a journey
		}
		return hit(f)
	case mostLines >= networksInADay:
		return hit(observed(record.Weak, sayManyNetworks.Say(mostLines), record.Evidence{Field: "sessions"}))
	case !geo:
		return noData
	}
	return allClear
}

// country is the one on which all tables agree, "" when they do not.
func (s *spot) country() string {
	c := ""
	for _, p := range s.places {
		if c != "" && p.Country != c {
			return ""
		}
		c = p.Country
	}
	return c
}
