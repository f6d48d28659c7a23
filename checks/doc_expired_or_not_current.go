package checks

import (
	"fmt"

	"bonafide/record"
)

// A document that has run out still shows who somebody is, but no longer that the
// state stands by it. Renewals take months in many places, so a fresh one is asked
// for and nothing more is read into it.
var docExpiredOrNotCurrent = Check{
	ID: "doc-expired-or-not-current",
	Title: record.Text{
		EN: "Document has expired",
		DE: "Dokument ist abgelaufen",
		PT: "Documento fora de validade",
	},
	Text: record.Text{
		EN: "The document had expired on the day the application came in.",
		DE: "Das Dokument war am Tag des Eingangs der Bewerbung abgelaufen.",
		PT: "O documento estava fora de validade no dia em que a candidatura chegou.",
	},
	Stage:      []string{"application", "onboarding", "employment"},
	Family:     record.Ident,
	Strength:   record.Supporting,
	Link:       record.LinkDocument,
	Reads:      []string{"documents", "received_at"},
	Sources:    []string{"nist-800-63a-4"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-5-1-d"},
	FalsePositives: []record.Text{
		{EN: "a renewal that takes its time", DE: "eine Verlängerung, die dauert", PT: "uma renovação demorada"},
		{EN: "refugees, whose state does not renew", DE: "Geflüchtete, deren Staat nicht verlängert", PT: "pessoas refugiadas, cujo Estado não renova"},
	},
	Clears: []record.Text{
		{EN: "a current document of any kind, or a trusted referee", DE: "ein gültiges Dokument beliebiger Art oder eine Vertrauensperson", PT: "um documento válido de qualquer tipo ou uma pessoa de confiança"},
	},
	Ask: record.Text{
		EN: "Please show a current document, or tell us that a renewal is under way.",
		DE: "Bitte zeigen Sie ein gültiges Dokument, oder sagen Sie uns, dass die Verlängerung läuft.",
		PT: "Mostre, por favor, um documento válido ou diga-nos que a renovação está em curso.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocExpiredOrNotCurrent,
}

var sayExpiredShortly = record.Text{
	EN: "The document expired less than six months before the application came in.",
	DE: "Das Dokument ist weniger als sechs Monate vor Eingang der Bewerbung abgelaufen.",
	PT: "O documento caducou menos de seis meses antes da chegada da candidatura.",
}

var sayExpired = record.Text{
	EN: "The document expired more than six months before the application came in.",
	DE: "Das Dokument ist mehr als sechs Monate vor Eingang der Bewerbung abgelaufen.",
	PT: "O documento caducou mais de seis meses antes da chegada da candidatura.",
}

var sayExpiredLong = record.Text{
	EN: "The document expired more than two years before the application came in.",
	DE: "Das Dokument ist mehr als zwei Jahre vor Eingang der Bewerbung abgelaufen.",
	PT: "O documento caducou mais de dois anos antes da chegada da candidatura.",
}

// graceMonths is the time after expiry in which fair evidence may still be
// used; backlogMonths is as long as renewals take where they take longest.
const (
	graceMonths   = 6
	backlogMonths = 24
)

func runDocExpiredOrNotCurrent(in *In) Answer {
	var found []record.Finding
	looked := false
	for i := range in.App.Documents {
		_, end, ok := in.App.Documents[i].Expires.Span()
		if !ok {
			continue
		}
		looked = true
		if !in.Day.After(end) {
			return allClear // one current document is enough
		}
		where := record.Evidence{Field: fmt.Sprintf("documents[%d].expires", i), ComparedWith: "received_at"}
		switch {
		case in.Day.Before(end.AddDate(0, graceMonths, 0)):
			found = append(found, observed(record.Weak, sayExpiredShortly, where))
		case in.Day.Before(end.AddDate(0, backlogMonths, 0)):
			found = append(found, observed(record.Weak, sayExpired, where))
		default:
			found = append(found, observed(record.Supporting, sayExpiredLong, where))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
