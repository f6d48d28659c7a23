package checks

import (
	"strings"

	"bonafide/record"
)

// An agency hands somebody in and cannot show who verified that person, or sends
// another one. That is a gap in what the agency does, and says nothing about the
// person; an agency can itself have been misled.
var srcAgencyOpacity = Check{
	ID: "src-agency-opacity",
	Title: record.Text{
		EN: "An agency does not show who verified whom",
		DE: "Eine Agentur zeigt nicht, wer wen geprüft hat",
		PT: "Uma agência não mostra quem verificou quem",
	},
	Text: record.Text{
		EN: "The agency did not name who verified the worker, does not name the worker in the contract, gives no right to audit or passes work on; or somebody else turned up. It concerns the agency, not the person.",
		DE: "Die Agentur nannte nicht, wer die Person geprüft hat, nennt sie nicht im Vertrag, gibt kein Prüfrecht oder reicht Arbeit weiter; oder es erschien jemand anderes. Es betrifft die Agentur, nicht die Person.",
		PT: "A agência não indicou quem verificou a pessoa, não a nomeia no contrato, não dá direito de auditoria ou subcontrata; ou apareceu outra pessoa. Diz respeito à agência, não à pessoa.",
	},
	Stage:      []string{"sourcing", "onboarding"},
	Family:     record.Ref,
	Strength:   record.Supporting,
	Reads:      []string{"agency"},
	Sources:    []string{"npa-joint-2026-09-18", "fbi-psa-2025-01-23", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "small agencies without papers for it", DE: "kleine Agenturen ohne Papiere dafür", PT: "pequenas agências sem documentos para isso"},
		{EN: "a replacement for illness that was announced", DE: "eine angekündigte Vertretung bei Krankheit", PT: "uma substituição por doença, anunciada"},
	},
	Clears: []record.Text{
		{EN: "the agency answers the questions, or we verify the worker ourselves", DE: "die Agentur beantwortet die Fragen, oder wir prüfen die Person selbst", PT: "a agência responde às perguntas, ou verificamos nós a pessoa"},
	},
	Ask: record.Text{
		EN: "We ask the agency who verified the worker and how; from the second tier on we verify the worker ourselves.",
		DE: "Wir fragen die Agentur, wer die Person wie geprüft hat; ab der zweiten Stufe prüfen wir selbst.",
		PT: "Perguntamos à agência quem verificou a pessoa e como; a partir do segundo nível verificamos nós próprios.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runSrcAgencyOpacity,
}

var sayAgencyOther = record.Text{
	EN: "Through the agency somebody else turned up than was named.",
	DE: "Über die Agentur erschien jemand anderes als genannt.",
	PT: "Através da agência apareceu outra pessoa que não a indicada.",
}

var sayAgencyGaps = record.Text{
	EN: "Of four questions to the agency %d are without the answer that is needed.",
	DE: "Von vier Fragen an die Agentur sind %d ohne die nötige Antwort.",
	PT: "De quatro perguntas à agência, %d estão sem a resposta necessária.",
}

func runSrcAgencyOpacity(in *In) Answer {
	a := in.App.Agency
	if a == nil {
		return noData
	}
	var found []record.Finding
	if a.Substituted != nil && *a.Substituted {
		found = append(found, observed(record.Supporting, sayAgencyOther, record.Evidence{Field: "agency.substituted"}))
	}
	var gaps []record.Evidence
	gap := func(field string, open bool) {
		if open {
			gaps = append(gaps, record.Evidence{Field: "agency." + field})
		}
	}
	gap("verifier", strings.TrimSpace(a.Verifier) == "")
	gap("named_worker", a.NamedWorker == nil || !*a.NamedWorker)
	gap("audit_right", a.AuditRight == nil || !*a.AuditRight)
	gap("subcontract", a.Subcontract == nil || *a.Subcontract)
	switch {
	case len(gaps) >= 3:
		found = append(found, observed(record.Supporting, sayAgencyGaps.Say(len(gaps)), gaps...))
	case len(gaps) > 0:
		found = append(found, observed(record.Weak, sayAgencyGaps.Say(len(gaps)), gaps...))
	}
	return hit(found...)
}
