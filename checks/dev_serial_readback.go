package checks

import (
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// In the first call the person turns the laptop round and reads its serial number
// aloud. That it is ours, in their hands, is a small proof. A number that is not
// ours is read again first: O and 0 look alike, and stickers wear off.
var devSerialReadback = Check{
	ID: "dev-serial-readback",
	Title: record.Text{
		EN: "The serial number read aloud is not that of the computer sent",
		DE: "Die vorgelesene Seriennummer ist nicht die des gesendeten Rechners",
		PT: "O número de série lido não é o do computador enviado",
	},
	Text: record.Text{
		EN: "In a call the person read a serial number from the computer before them; it is none of those that were given to them.",
		DE: "In einem Gespräch las die Person eine Seriennummer vom Rechner vor ihr ab; sie gehört zu keinem der ihr gegebenen.",
		PT: "Numa chamada a pessoa leu o número de série do computador à sua frente; não é de nenhum dos que lhe foram entregues.",
	},
	Stage:      []string{"onboarding"},
	Family:     record.Endpoint,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"moments", "computers"},
	Sources:    []string{"mandiant-2024-09-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a misread or misheard character", DE: "ein verlesenes oder verhörtes Zeichen", PT: "um carácter mal lido ou mal ouvido"},
		{EN: "the number of a dock, a charger or the own laptop", DE: "die Nummer einer Dockingstation, eines Netzteils oder des eigenen Rechners", PT: "o número de uma base, de um carregador ou do próprio portátil"},
		{EN: "a computer that was exchanged and not entered", DE: "ein getauschter, nicht eingetragener Rechner", PT: "um computador trocado e não registado"},
	},
	Clears: []record.Text{
		{EN: "the number read again, with the sticker in view", DE: "die noch einmal gelesene Nummer, mit dem Aufkleber im Bild", PT: "o número lido de novo, com a etiqueta à vista"},
	},
	Ask: record.Text{
		EN: "Please read the number once more from the underside of the computer we sent.",
		DE: "Bitte lesen Sie die Nummer noch einmal von der Unterseite des Rechners, den wir gesendet haben.",
		PT: "Leia, por favor, mais uma vez o número na base do computador que enviámos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDevSerialReadback,
}

var saySerialOther = record.Text{
	EN: "The serial number read aloud belongs to no computer that was given to the person.",
	DE: "Die vorgelesene Seriennummer gehört zu keinem Rechner, der der Person gegeben wurde.",
	PT: "O número de série lido não pertence a nenhum computador entregue à pessoa.",
}

var saySerialSlip = record.Text{
	EN: "The serial number read aloud differs in one character from that of the computer given.",
	DE: "Die vorgelesene Seriennummer weicht in einem Zeichen von der des gegebenen Rechners ab.",
	PT: "O número de série lido difere num carácter do do computador entregue.",
}

func runDevSerialReadback(in *In) Answer {
	last := -1 // a later reading replaces an earlier one
	for i := range few(in.App.Moments) {
		if m := &in.App.Moments[i]; serialKey(m.Serial) != "" && (last < 0 || !m.At.Before(in.App.Moments[last].At)) {
			last = i
		}
	}
	given := -1
	for i := range in.App.Computers {
		if serialKey(in.App.Computers[i].Serial) != "" {
			given = i
		}
	}
	if last < 0 || given < 0 {
		return noData
	}
	m := &in.App.Moments[last]
	read, slip := serialKey(m.Serial), false
	for i := range in.App.Computers {
		serial := serialKey(in.App.Computers[i].Serial)
		if serial == read {
			return allClear
		}
		if serial != "" && match.OneSlip(serial, read) {
			slip, given = true, i
		}
	}
	where := momentField(in, last, "serial")
	where.ComparedWith = indexed("computers", given) + ".serial"
	if slip {
		return hit(observed(record.Weak, saySerialSlip, where))
	}
	return hit(attested(observed(record.Supporting, saySerialOther, where), twoPeople(m.By, m.Second)))
}

// serialKey folds what is read alike: case, gaps, and the letters that makers
// leave out of serial numbers because they look like digits.
func serialKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'O':
			return '0'
		case r == 'I':
			return '1'
		case '0' <= r && r <= '9', 'A' <= r && r <= 'Z':
			return r
		}
		return -1
	}, strings.ToUpper(s))
}
