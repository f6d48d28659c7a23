package checks

import (
	"fmt"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// People change banks. Somebody who passes pay on to others changes accounts more
// often, and before the first pay has come. The same pattern protects an honest
// person: it is also how a thief diverts somebody's pay.
var payAccountChanges = Check{
	ID: "pay-account-changes",
	Title: record.Text{
		EN: "Account for pay changed",
		DE: "Konto für die Zahlung geändert",
		PT: "Conta de pagamento alterada",
	},
	Text: record.Text{
		EN: "The account that pay goes to was changed: how often within six months, and whether before the first pay. Corrections of one character are not counted.",
		DE: "Das Konto für die Zahlung wurde geändert: wie oft binnen sechs Monaten und ob vor der ersten Zahlung. Korrekturen eines Zeichens zählen nicht.",
		PT: "A conta de pagamento foi alterada: quantas vezes em seis meses e se antes do primeiro pagamento. Correções de um carácter não contam.",
	},
	Stage:      []string{"payment", "employment"},
	Family:     record.Pay,
	Strength:   record.Strong,
	Link:       record.LinkPayee,
	Reads:      []string{"history", "stage", "payouts"},
	Sources:    []string{"secureworks-2024-10", "fbi-psa-2025-07-23", "microsoft-2026-04-21"},
	LegalBasis: []string{"gdpr-6-1-b"},
	FalsePositives: []record.Text{
		{EN: "a change of bank or of country", DE: "ein Wechsel der Bank oder des Landes", PT: "uma mudança de banco ou de país"},
		{EN: "a thief who diverts the person's pay", DE: "Diebe, die die Zahlung der Person umleiten", PT: "um ladrão que desvia o pagamento da pessoa"},
	},
	Clears: []record.Text{
		{EN: "the change confirmed on the earlier, verified number", DE: "die Änderung, bestätigt über die frühere, geprüfte Nummer", PT: "a alteração confirmada no número anterior, já verificado"},
	},
	Ask: record.Text{
		EN: "Please confirm the new account in a call to the number we already know.",
		DE: "Bitte bestätigen Sie das neue Konto in einem Anruf auf der Nummer, die wir schon kennen.",
		PT: "Confirme, por favor, a nova conta numa chamada para o número que já conhecemos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runPayAccountChanges,
}

var sayChangedOnce = record.Text{
	EN: "The account for pay was changed once.",
	DE: "Das Konto für die Zahlung wurde einmal geändert.",
	PT: "A conta de pagamento foi alterada uma vez.",
}

var sayChangedOften = record.Text{
	EN: "The account for pay was changed %d times within six months.",
	DE: "Das Konto für die Zahlung wurde binnen sechs Monaten %d-mal geändert.",
	PT: "A conta de pagamento foi alterada %d vezes em seis meses.",
}

var sayChangedEarly = record.Text{
	EN: "The account for pay was changed %d times within six months, at least once before the first pay.",
	DE: "Das Konto für die Zahlung wurde binnen sechs Monaten %d-mal geändert, mindestens einmal vor der ersten Zahlung.",
	PT: "A conta de pagamento foi alterada %d vezes em seis meses, pelo menos uma antes do primeiro pagamento.",
}

// changeMonths is the window in which changes are counted together.
const changeMonths = 6

func runPayAccountChanges(in *In) Answer {
	if len(in.App.History) == 0 {
		if len(in.App.Payouts) == 0 {
			return noData
		}
		return allClear
	}
	var changes []int
	early := false
	for i := range in.App.History {
		h := &in.App.History[i]
		if !payoutChange(h) {
			continue
		}
		changes = append(changes, i)
		early = early || beforeFirstPay(in.App.Stage, record.DateOf(h.At))
	}
	most := 0
	var evidence []record.Evidence
	for _, i := range changes {
		end := in.App.History[i].At.AddDate(0, changeMonths, 0)
		n := 0
		for _, j := range changes {
			if at := in.App.History[j].At; !at.Before(in.App.History[i].At) && !at.After(end) {
				n++
			}
		}
		most = max(most, n)
		if len(evidence) < 5 {
			evidence = append(evidence, record.Evidence{Field: fmt.Sprintf("history[%d]", i), AsOf: record.DateOf(in.App.History[i].At)})
		}
	}
	switch {
	case most == 0:
		return allClear
	case most >= 3 && early:
		return hit(observed(record.Strong, sayChangedEarly.Say(most), evidence...))
	case early && most >= 2:
		return hit(observed(record.Supporting, sayChangedEarly.Say(most), evidence...))
	case most >= 2:
		return hit(observed(record.Supporting, sayChangedOften.Say(most), evidence...))
	}
	return hit(observed(record.Weak, sayChangedOnce, evidence...))
}

// payoutChange is a change of the account by the person: not the first entry,
// not a correction, not something our own people did.
func payoutChange(h *record.Change) bool {
	if !strings.HasPrefix(h.Field, "payout") && !strings.Contains(h.Field, "iban") || strings.Contains(h.Field, "holder") {
		return false
	}
	switch h.By {
	case "recruiter", "hr", "payroll", "company", "system", "import":
		return false
	}
	before, after := strings.ReplaceAll(h.Old, " ", ""), strings.ReplaceAll(h.New, " ", "")
	return before != "" && !strings.EqualFold(before, after) && !match.OneSlip(before, after)
}

// beforeFirstPay is between the offer and the first payment.
func beforeFirstPay(stages []record.Stage, day record.Date) bool {
	offered := false
	for _, s := range stages {
		switch s.Name {
		case "offer", "onboarding", "employment":
			offered = offered || s.At <= day
		case "payment":
			if s.At <= day {
				return false
			}
		}
	}
	return offered
}
