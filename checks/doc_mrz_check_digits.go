package checks

import (
	"fmt"

	"bonafide/match"
	"bonafide/record"
)

// A machine-readable zone carries check digits so that a slip of the hand or of
// the camera shows. When they do not hold, the zone was misread, mistyped or
// made up; the digits cannot tell which, so the zone is simply asked for again.
var docMrzCheckDigits = Check{
	ID: "doc-mrz-check-digits",
	Title: record.Text{
		EN: "Check digits of the machine-readable zone do not hold",
		DE: "Prüfziffern der maschinenlesbaren Zone stimmen nicht",
		PT: "Dígitos de controlo da zona de leitura ótica não batem certo",
	},
	Text: record.Text{
		EN: "The machine-readable zone of the document is not consistent in itself: a check digit, a date or the length of a line does not fit.",
		DE: "Die maschinenlesbare Zone des Dokuments ist in sich nicht stimmig: Eine Prüfziffer, ein Datum oder die Länge einer Zeile passt nicht.",
		PT: "A zona de leitura ótica do documento não é coerente em si: um dígito de controlo, uma data ou o comprimento de uma linha não está certo.",
	},
	Stage:      []string{"application", "onboarding"},
	Family:     record.Ident,
	Strength:   record.Supporting,
	Link:       record.LinkDocument,
	Reads:      []string{"documents"},
	Sources:    []string{"icao-9303"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-5-1-d"},
	FalsePositives: []record.Text{
		{EN: "a camera that took O for 0 or B for 8", DE: "eine Kamera, die O für 0 oder B für 8 gehalten hat", PT: "uma câmara que leu O em vez de 0 ou B em vez de 8"},
		{EN: "a line typed by hand", DE: "eine von Hand abgetippte Zeile", PT: "uma linha escrita à mão"},
		{EN: "a state that fills its zone in its own way", DE: "ein Staat, der seine Zone auf eigene Art füllt", PT: "um Estado que preenche a zona à sua maneira"},
	},
	Clears: []record.Text{
		{EN: "a second capture whose digits hold", DE: "eine zweite Aufnahme, deren Ziffern stimmen", PT: "uma segunda captura com dígitos certos"},
		{EN: "the chip of the document", DE: "der Chip des Dokuments", PT: "o chip do documento"},
	},
	Ask: record.Text{
		EN: "Please enter or show the two or three lines at the foot of your document again.",
		DE: "Bitte geben Sie die zwei oder drei Zeilen am unteren Rand Ihres Dokuments noch einmal ein oder zeigen Sie sie noch einmal.",
		PT: "Introduza ou mostre novamente, por favor, as duas ou três linhas no fundo do seu documento.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocMrzCheckDigits,
}

var sayZoneUnreadable = record.Text{
	EN: "The machine-readable zone does not have the lines of a known format.",
	DE: "Die maschinenlesbare Zone hat nicht die Zeilen eines bekannten Formats.",
	PT: "A zona de leitura ótica não tem as linhas de um formato conhecido.",
}

var sayZoneSlip = record.Text{
	EN: "A check digit of the machine-readable zone does not hold; one misread or mistyped character explains it.",
	DE: "Eine Prüfziffer der maschinenlesbaren Zone stimmt nicht; ein einziges falsch gelesenes oder getipptes Zeichen erklärt es.",
	PT: "Um dígito de controlo da zona de leitura ótica não está certo; um único carácter mal lido ou mal escrito explica-o.",
}

var sayZoneFaults = record.Text{
	EN: "%d check digits or dates of the machine-readable zone do not hold; a single slip does not explain it.",
	DE: "%d Prüfziffern oder Daten der maschinenlesbaren Zone stimmen nicht; ein einzelner Tippfehler erklärt es nicht.",
	PT: "%d dígitos de controlo ou datas da zona de leitura ótica não estão certos; um único lapso não o explica.",
}

func runDocMrzCheckDigits(in *In) Answer {
	var found []record.Finding
	read := false
	for i := range in.App.Documents {
		d := &in.App.Documents[i]
		if len(d.MRZ) == 0 {
			continue
		}
		read = true
		where := record.Evidence{Field: fmt.Sprintf("documents[%d].mrz", i)}
		zone, ok := match.ParseMRZ(d.MRZ)
		if !ok {
			found = append(found, observed(record.Weak, sayZoneUnreadable, where))
			continue
		}
		switch faults := zone.Faults(); {
		case len(faults) == 0:
		case zone.Slip() || len(faults) == 1:
			found = append(found, observed(record.Weak, sayZoneSlip, where))
		default:
			found = append(found, observed(record.Supporting, sayZoneFaults.Say(len(faults)), where))
		}
	}
	if !read {
		return noData
	}
	return hit(found...)
}
