package checks

import (
	"time"

	"bonafide/record"
)

// After somebody has left, their access is tried again. A telephone asks for mail for
// weeks on its own; somebody may not have read the letter. What a person did, and
// most of all what succeeded, is asked about.
var offPostTerminationAccess = Check{
	ID: "off-post-termination-access",
	Title: record.Text{
		EN: "Access tried after the work ended",
		DE: "Zugriff nach dem Ende der Arbeit versucht",
		PT: "Acesso tentado depois do fim do trabalho",
	},
	Text: record.Text{
		EN: "After the hour at which the work ended, the person's accounts were used or tried. Telephones and mail programs that fetch by themselves are only shown.",
		DE: "Nach der Stunde, zu der die Arbeit endete, wurden Konten der Person benutzt oder versucht. Telefone und Mailprogramme, die von selbst abrufen, werden nur gezeigt.",
		PT: "Depois da hora em que o trabalho terminou, as contas da pessoa foram usadas ou tentadas. Telefones e programas de correio que consultam sozinhos são apenas mostrados.",
	},
	Stage:      []string{"offboarding"},
	Family:     record.Insider,
	Strength:   record.Strong,
	Link:       record.LinkDevice,
	Reads:      []string{"events", "departure"},
	Sources:    []string{"fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a telephone or a mail program that goes on asking", DE: "ein Telefon oder Mailprogramm, das weiter abruft", PT: "um telefone ou programa de correio que continua a consultar"},
		{EN: "somebody who wants a payslip or a private file", DE: "jemand, der einen Lohnzettel oder eine private Datei möchte", PT: "quem quer um recibo ou um ficheiro pessoal"},
		{EN: "a wrong hour of the end of work", DE: "eine falsch eingetragene Stunde des Endes", PT: "uma hora de fim mal registada"},
	},
	Clears: []record.Text{
		{EN: "a named person that allowed it, as for a hand-over", DE: "ein namentlich genannter Mensch, der es erlaubt hat, etwa zur Übergabe", PT: "uma pessoa identificada que o autorizou, como numa passagem de pasta"},
	},
	Ask: record.Text{
		EN: "Access is closed first; then we ask what was needed and send it another way.",
		DE: "Zuerst wird der Zugang geschlossen; dann fragen wir, was gebraucht wurde, und senden es anders.",
		PT: "Primeiro fecha-se o acesso; depois perguntamos o que era preciso e enviamo-lo por outra via.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runOffPostTerminationAccess,
}

var sayAfterIn = record.Text{
	EN: "After the end of the work the person's accounts were used %d times.",
	DE: "Nach dem Ende der Arbeit wurden Konten der Person %d-mal benutzt.",
	PT: "Depois do fim do trabalho as contas da pessoa foram usadas %d vezes.",
}

var sayAfterTried = record.Text{
	EN: "After the end of the work access was tried %d times without success.",
	DE: "Nach dem Ende der Arbeit wurde %d-mal ohne Erfolg Zugriff versucht.",
	PT: "Depois do fim do trabalho o acesso foi tentado %d vezes sem êxito.",
}

var sayAfterAlone = record.Text{
	EN: "After the end of the work a telephone or program asked %d times by itself.",
	DE: "Nach dem Ende der Arbeit hat ein Telefon oder Programm %d-mal von selbst angefragt.",
	PT: "Depois do fim do trabalho um telefone ou programa consultou %d vezes sozinho.",
}

const (
	afterGrace = time.Hour // somebody finishes a sentence; clocks differ
	afterTries = 3         // without success, before it is more than a habit
)

func runOffPostTerminationAccess(in *In) Answer {
	if in.App.Departure == nil || in.App.Departure.At.IsZero() || len(in.App.Events) == 0 {
		return noData
	}
	end := in.App.Departure.At.Add(afterGrace)
	var used, tried, alone []record.Evidence
	for i := range in.App.Events {
		e := &in.App.Events[i]
		if e.Allowed != "" || e.Kind == "revoked" || !e.At.After(end) {
			continue
		}
		where := event(in, i, "departure.at")
		switch {
		case !byPerson(e):
			alone = append(alone, where)
		case e.Kind == "sign-in-failed" || e.Outcome == "failure":
			tried = append(tried, where)
		default:
			used = append(used, where)
		}
	}
	var found []record.Finding
	add := func(s record.Strength, text record.Text, evidence []record.Evidence) {
		if len(evidence) > 0 {
			found = append(found, observed(s, text.Say(len(evidence)), evidence[:min(5, len(evidence))]...))
		}
	}
	add(record.Strong, sayAfterIn, used)
	strength := record.Supporting
	if len(tried) >= afterTries {
		strength = record.Strong
	}
	add(strength, sayAfterTried, tried)
	add(record.Weak, sayAfterAlone, alone)
	return hit(found...)
}
