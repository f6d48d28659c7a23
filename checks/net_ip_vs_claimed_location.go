package checks

import (
	"slices"
	"strings"

	"bonafide/record"
)

// The addresses somebody connects from are all placed in another country than the home
// they state. One such visit is a journey or a wrong table. It is counted only when it is
// seen in several steps of the hiring, never from home, with no VPN in between, and while
// the computer's clock does not tell the same journey.
var netIpVsClaimedLocation = Check{
	ID: "net-ip-vs-claimed-location",
	Title: record.Text{
		EN: "Network in another country than the home",
		DE: "Netz in einem anderen Land als der Wohnung",
		PT: "Rede num país diferente do de residência",
	},
	Text: record.Text{
		EN: "The tables of addresses place the sessions in another country than the stated residence. Only countries are compared.",
		DE: "Die Adresstabellen verorten die Sitzungen in einem anderen Land als dem angegebenen Wohnsitz. Verglichen werden nur Länder.",
		PT: "As tabelas de endereços situam as sessões num país diferente do da residência indicada. Comparam-se apenas países.",
	},
	Stage:      []string{"application", "interview", "onboarding", "employment"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"events", "sessions.at", "sessions.kind", "sessions.ip", "sessions.timezone", "person.address"},
	Sources:    []string{"npa-joint-2026-09-18", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a journey", DE: "eine Reise", PT: "uma viagem"},
		{EN: "an employer's network, mobile roaming or a satellite line", DE: "ein Firmennetz, Roaming oder eine Satellitenverbindung", PT: "uma rede de empresa, roaming ou uma ligação por satélite"},
		{EN: "a table that is wrong", DE: "eine Tabelle, die irrt", PT: "uma tabela errada"},
	},
	Clears: []record.Text{
		{EN: "a dated explanation and one step in person or by chip", DE: "eine Erklärung mit Datum und ein Schritt persönlich oder per Chip", PT: "uma explicação datada e um passo presencial ou por chip"},
	},
	Ask: record.Text{
		EN: "Please tell us where you are at the moment; the next step can be in person.",
		DE: "Bitte sagen Sie uns, wo Sie zurzeit sind; der nächste Schritt kann persönlich sein.",
		PT: "Diga-nos, por favor, onde está neste momento; o próximo passo pode ser presencial.",
	},
	Since:   "2020-01-01",
	Version: 2,
	run:     runNetIpVsClaimedLocation,
}

var saySeenElsewhere = record.Text{
	EN: "The sessions come from networks in another country than the stated home.",
	DE: "Die Sitzungen kommen aus Netzen in einem anderen Land als der angegebenen Wohnung.",
	PT: "As sessões vêm de redes num país diferente do da residência indicada.",
}

var sayJourney = record.Text{
	EN: "Not counted: clock and network agree with each other, as on a journey.",
	DE: "Nicht gezählt: Uhr und Netz stimmen miteinander überein, wie auf einer Reise.",
	PT: "Não contado: relógio e rede concordam entre si, como numa viagem.",
}

var sayBehindVPN = record.Text{
	EN: "Not counted: a VPN, relay or hosting network stands in between.",
	DE: "Nicht gezählt: Dazwischen steht ein VPN, ein Relay oder ein Rechenzentrum.",
	PT: "Não contado: há uma VPN, um relay ou um centro de dados pelo meio.",
}

var sayOnce = record.Text{
	EN: "Not counted: seen in one step only, or beside sessions from home.",
	DE: "Nicht gezählt: nur in einem Schritt gesehen oder neben Sitzungen von zu Hause.",
	PT: "Não contado: visto num só passo, ou a par de sessões a partir de casa.",
}

func runNetIpVsClaimedLocation(in *In) Answer { return withSignIns(in, seenFrom) }

func seenFrom(in *In) Answer {
	home := strings.ToUpper(in.App.Person.Address.Country)
	all, geo, _ := spots(in)
	if home == "" || len(all) == 0 || !geo {
		return noData
	}
	var kinds []string
	var evidence []record.Evidence
	placed, atHome, behind, journey := 0, 0, 0, 0
	for i := range all {
		s := &all[i]
		if len(s.places) == 0 || s.relay {
			continue
		}
		placed++
		if s.in(home) {
			if !s.hidden {
				atHome++
			}
			continue
		}
		evidence = append(evidence, s.evidence(in, "person.address.country")...)
		visit := &in.App.Sessions[s.session]
		switch {
		case s.hidden:
			behind++
		case s.clockAgrees(in, visit.Timezone):
			journey++
		case !slices.Contains(kinds, visit.Kind):
			kinds = append(kinds, visit.Kind)
		}
	}
	if placed == 0 {
		return noData
	}
	if len(evidence) == 0 {
		return allClear
	}
	f := observed(record.Weak, saySeenElsewhere, evidence[:min(5, len(evidence))]...)
	switch {
	case len(kinds) >= 2 && atHome == 0:
		f.Strength = record.Supporting
	case journey > 0:
		f.Lowered = sayJourney
	case behind > 0 && len(kinds) == 0:
		f.Lowered = sayBehindVPN
	default:
		f.Lowered = sayOnce
	}
	return hit(f)
}
