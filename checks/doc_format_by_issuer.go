package checks

import (
	"fmt"
	"strings"

	"bonafide/record"
)

// States number their passports in known shapes and give them for at most ten
// years. A number of another shape is shown; dates that cannot be are asked about.
var docFormatByIssuer = Check{
	ID: "doc-format-by-issuer",
	Title: record.Text{
		EN: "Number or dates do not fit the issuing state",
		DE: "Nummer oder Daten passen nicht zum ausstellenden Staat",
		PT: "Número ou datas não correspondem ao Estado emissor",
	},
	Text: record.Text{
		EN: "The number does not have the shape the issuing state uses, or the day of issue and the day of expiry cannot both be right.",
		DE: "Die Nummer hat nicht die Form, die der ausstellende Staat verwendet, oder Ausstellungs- und Ablauftag können nicht beide stimmen.",
		PT: "O número não tem a forma usada pelo Estado emissor, ou a data de emissão e a de validade não podem estar ambas certas.",
	},
	Stage:      []string{"application", "onboarding"},
	Family:     record.Ident,
	Strength:   record.Supporting,
	Link:       record.LinkDocument,
	Reads:      []string{"documents", "received_at"},
	Sources:    []string{"prado", "icao-9303", "state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-5-1-d"},
	FalsePositives: []record.Text{
		{EN: "a new series, an emergency passport", DE: "eine neue Serie, ein Notpass", PT: "uma nova série, um passaporte de emergência"},
		{EN: "a mistyped number or date", DE: "eine vertippte Nummer oder ein vertipptes Datum", PT: "um número ou uma data mal escritos"},
		{EN: "an error of our table", DE: "ein Fehler in unserer Tabelle", PT: "um erro na nossa tabela"},
	},
	Clears: []record.Text{
		{EN: "the chip of the document, or the issuer's answer", DE: "der Chip des Dokuments oder die Auskunft der ausstellenden Stelle", PT: "o chip do documento ou a resposta da entidade emissora"},
	},
	Ask: record.Text{
		EN: "Please enter the number and both dates of your document again.",
		DE: "Bitte geben Sie Nummer und beide Daten Ihres Dokuments noch einmal ein.",
		PT: "Introduza novamente, por favor, o número e as duas datas do seu documento.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocFormatByIssuer,
}

var sayNumberShape = record.Text{
	EN: "The document number does not have the shape known of this issuer.",
	DE: "Die Dokumentnummer hat nicht die von dieser Stelle bekannte Form.",
	PT: "O número do documento não tem a forma conhecida deste emissor.",
}

var sayValidity = record.Text{
	EN: "The time between issue and expiry of the document cannot be right.",
	DE: "Die Zeit zwischen Ausstellung und Ablauf des Dokuments kann nicht stimmen.",
	PT: "O tempo entre a emissão e a validade do documento não pode estar certo.",
}

var sayIssuedLater = record.Text{
	EN: "The document is said to be issued after the application came in.",
	DE: "Das Dokument soll nach Eingang der Bewerbung ausgestellt worden sein.",
	PT: "O documento teria sido emitido depois da chegada da candidatura.",
}

// longest is more than any state gives a passport for, the months it may carry
// over from the old one included.
const longest = 11

func runDocFormatByIssuer(in *In) Answer {
	var found []record.Finding
	looked := false
	for i := range in.App.Documents {
		d := &in.App.Documents[i]
		before := len(found)
		see := func(text record.Text, part, with string) {
			found = append(found, observed(record.Weak, text, record.Evidence{Field: fmt.Sprintf("documents[%d].%s", i, part), ComparedWith: with}))
		}
		passport := d.Kind == "passport"
		if patterns := patternsOf(d.Issuer); passport && patterns != "" && d.Number != "" {
			looked = true
			if !fitsAny(d.Number, patterns) {
				see(sayNumberShape, "number", fmt.Sprintf("documents[%d].issuer", i))
			}
		}
		issued, _, ok := d.Issued.Span()
		if !ok {
			continue
		}
		looked = true
		if issued.After(in.Day.AddDate(0, 0, 1)) {
			see(sayIssuedLater, "issued", "received_at")
		}
		if expires, _, ok := d.Expires.Span(); ok && (!expires.After(issued) || passport && expires.After(issued.AddDate(longest, 0, 0))) {
			see(sayValidity, "issued", fmt.Sprintf("documents[%d].expires", i))
		}
		// One wrong digit explains any one of these, but not two.
		if len(found)-before > 1 {
			found[before].Strength = record.Supporting
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

func fitsAny(number, patterns string) bool {
	for _, p := range strings.Fields(patterns) {
		if fitsPattern(number, p) {
			return true
		}
	}
	return false
}
