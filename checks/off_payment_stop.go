package checks

import (
	"time"

	"bonafide/record"
)

// Pay that is held back when somebody leaves: who said so, on what advice, until when.
// It looks at our own conduct and says nothing about the person, so that nothing it finds
// ever counts. What was earned stays owed; a hold that nobody looks at again is a wrong.
var offPaymentStop = Check{
	ID: "off-payment-stop",
	Title: record.Text{
		EN: "Pay held back without what it takes",
		DE: "Zahlung zurückgehalten ohne das Nötige",
		PT: "Pagamento retido sem o necessário",
	},
	Text: record.Text{
		EN: "Payments still to be made when the work ends: a hold needs two people, legal advice, a reason and a day on which somebody looks again. Nothing is held back by itself, and what was earned stays owed.",
		DE: "Noch ausstehende Zahlungen beim Ende der Arbeit: Ein Zurückhalten braucht zwei Menschen, rechtlichen Rat, einen Grund und einen Tag, an dem jemand neu hinsieht. Nichts wird von selbst zurückgehalten, und Verdientes bleibt geschuldet.",
		PT: "Pagamentos ainda por fazer no fim do trabalho: reter exige duas pessoas, parecer jurídico, um motivo e um dia para voltar a ver. Nada é retido por si só, e o que foi ganho continua devido.",
	},
	Stage:      []string{"offboarding"},
	Family:     record.Pay,
	Strength:   record.Weak,
	Reads:      []string{"departure"},
	Sources:    []string{"seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-c"},
	FalsePositives: []record.Text{
		{EN: "advice that was given and not written down", DE: "ein Rat, der gegeben und nicht notiert wurde", PT: "um parecer dado e não registado"},
		{EN: "a payment that waits for an invoice or for banking days", DE: "eine Zahlung, die auf eine Rechnung oder Banktage wartet", PT: "um pagamento que aguarda fatura ou dias bancários"},
	},
	Clears: []record.Text{
		{EN: "the advice, the reason and the next day written down, or the hold lifted", DE: "Rat, Grund und nächster Tag festgehalten oder das Zurückhalten aufgehoben", PT: "o parecer, o motivo e o próximo dia registados, ou a retenção levantada"},
	},
	Ask: record.Text{
		EN: "Our own people write down what is missing, or pay. The person is told what is held and why, and whom they can ask.",
		DE: "Unsere eigenen Leute tragen das Fehlende nach oder zahlen. Die Person erfährt, was warum zurückgehalten wird und wen sie fragen kann.",
		PT: "A nossa própria equipa regista o que falta, ou paga. A pessoa é informada do que está retido, porquê, e a quem pode perguntar.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runOffPaymentStop,
}

var (
	sayHeldBare = record.Text{EN: "A payment is held back without advice or a reason written down.", DE: "Eine Zahlung wird ohne festgehaltenen Rat oder Grund zurückgehalten.", PT: "Um pagamento está retido sem parecer ou motivo registado."}
	sayHeldOne  = record.Text{EN: "One person alone has said that a payment should wait.", DE: "Nur eine Person hat gesagt, dass eine Zahlung warten soll.", PT: "Só uma pessoa disse que um pagamento deve esperar."}
	sayHeldLong = record.Text{EN: "A payment is held back, and no day lies ahead on which somebody looks again.", DE: "Eine Zahlung wird zurückgehalten, und kein Tag liegt voraus, an dem jemand neu hinsieht.", PT: "Um pagamento está retido e não há dia marcado para voltar a ver."}
	sayUnpaid   = record.Text{EN: "Pay that was earned is past its day, and nobody has said why.", DE: "Verdientes ist überfällig, und niemand hat gesagt, warum.", PT: "O que foi ganho passou do dia e ninguém disse porquê."}
)

const bankDays = 5 * 24 * time.Hour

func runOffPaymentStop(in *In) Answer {
	if in.App.Departure == nil || len(in.App.Departure.Pays) == 0 {
		return noData
	}
	var found []record.Finding
	for i := range few(in.App.Departure.Pays) {
		p := &in.App.Departure.Pays[i]
		field := "departure." + indexed("pays", i)
		today := newest(in.Day, p.Noted)
		add := func(text record.Text, at string) {
			found = append(found, observed(record.Weak, text, record.Evidence{Field: field + at, AsOf: dayOf(today)}))
		}
		held := p.State == record.PayHeld
		switch {
		case p.State == record.PayAsked, held && (p.Second == "" || p.Second == p.By):
			add(sayHeldOne, ".second")
		case (p.State == "" || p.State == record.PayDue) && p.Earned && !p.Due.IsZero() && today.After(p.Due.Add(bankDays)):
			add(sayUnpaid, ".due")
		}
		if held && (p.Adviser == "" || p.Basis == "") {
			add(sayHeldBare, ".basis")
		}
		if held && p.Review < record.DateOf(today) {
			add(sayHeldLong, ".review")
		}
	}
	return hit(found...)
}
