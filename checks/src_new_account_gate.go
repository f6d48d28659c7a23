package checks

import (
	"bonafide/record"
)

// An account on a platform was used before its holder had been verified. That is how
// the platform was set up, not something a person did wrong: it is shown, and the
// platform's rule is what changes.
var srcNewAccountGate = Check{
	ID: "src-new-account-gate",
	Title: record.Text{
		EN: "A platform account was active before it was verified",
		DE: "Ein Plattformkonto war vor der Prüfung aktiv",
		PT: "Uma conta de plataforma esteve ativa antes de verificada",
	},
	Text: record.Text{
		EN: "Bids were made with an account before the platform had verified its holder. It is a gap of the platform's process.",
		DE: "Mit einem Konto wurde geboten, bevor die Plattform die Person geprüft hatte. Das ist eine Lücke im Verfahren der Plattform.",
		PT: "Foram feitas propostas com uma conta antes de a plataforma verificar o titular. É uma lacuna do processo da plataforma.",
	},
	Stage:      []string{"sourcing"},
	Family:     record.Contact,
	Strength:   record.Weak,
	Reads:      []string{"platforms"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "everybody on a platform that verifies late", DE: "alle auf einer Plattform, die spät prüft", PT: "todas as pessoas numa plataforma que verifica tarde"},
	},
	Clears: []record.Text{
		{EN: "the verification done", DE: "die nachgeholte Prüfung", PT: "a verificação feita"},
	},
	Ask: record.Text{
		EN: "The platform verifies first and opens the account then.",
		DE: "Die Plattform prüft zuerst und öffnet dann das Konto.",
		PT: "A plataforma verifica primeiro e só depois abre a conta.",
	},
	Since:   "2020-01-01",
	Version: 2,
	run:     runSrcNewAccountGate,
}

var sayBeforeVerified = record.Text{
	EN: "%d bids were made before the account was verified.",
	DE: "%d Gebote wurden abgegeben, bevor das Konto geprüft war.",
	PT: "Foram feitas %d propostas antes de a conta ser verificada.",
}

func runSrcNewAccountGate(in *In) Answer {
	looked := false
	var found []record.Finding
	for p := range few(in.App.Platforms) {
		a := &in.App.Platforms[p]
		if a.Verified.IsZero() && (a.IdentityVerified == nil || *a.IdentityVerified) {
			continue // when, or whether, the platform does not say
		}
		early, dated := 0, false
		for i := range a.Bids {
			b := &a.Bids[i]
			dated = dated || !b.At.IsZero()
			if !b.At.IsZero() && (a.Verified.IsZero() || b.At.Before(a.Verified)) {
				early++
			}
		}
		looked = looked || dated
		if early > 0 {
			found = append(found, observed(record.Weak, sayBeforeVerified.Say(early), record.Evidence{Field: indexed("platforms", p) + ".bids", ComparedWith: indexed("platforms", p) + ".verified", AsOf: dayOf(a.Verified)}))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
