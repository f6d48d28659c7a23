package checks

import (
	"bonafide/record"
)

// Was a referee reached through a contact that we found ourselves? If every contact came
// from the candidate, the reference may be the candidate's friend. That is a gap in our own
// work: the next step is ours.
var refContactIndependence = Check{
	ID: "ref-contact-independence",
	Title: record.Text{
		EN: "No referee reached independently",
		DE: "Keine Referenz unabhängig erreicht",
		PT: "Nenhuma referência contactada de forma independente",
	},
	Text: record.Text{
		EN: "For a role with access like this one, at least one referee (with the highest access: every one) should be reached through a contact found independently of the candidate.",
		DE: "Für eine Rolle mit solchem Zugang sollte mindestens eine Referenz (beim höchsten Zugang: jede) über einen unabhängig gefundenen Kontakt erreicht werden.",
		PT: "Para uma função com este acesso, pelo menos uma referência (no acesso mais elevado: todas) deve ser contactada através de um contacto encontrado de forma independente.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Weak,
	Reads:      []string{"references", "role"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "nobody has called yet", DE: "es hat noch niemand angerufen", PT: "ainda ninguém telefonou"},
	},
	Clears: []record.Text{
		{EN: "one referee confirmed through the employer's switchboard", DE: "eine Referenz, über die Zentrale des Arbeitgebers bestätigt", PT: "uma referência confirmada através da central do empregador"},
	},
	Ask: record.Text{
		EN: "We look up the employer's switchboard and call one referee there.",
		DE: "Wir suchen die Zentrale des Arbeitgebers heraus und rufen dort eine Referenzperson an.",
		PT: "Procuramos a central do empregador e telefonamos para lá a uma pessoa de referência.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefContactIndependence,
}

var sayNotIndependent = record.Text{
	EN: "Of %d referees none was reached through a contact that we found ourselves.",
	DE: "Von %d Referenzen wurde keine über einen selbst gefundenen Kontakt erreicht.",
	PT: "Das %d referências, nenhuma foi contactada através de um contacto encontrado por nós.",
}

var sayNotAllIndependent = record.Text{
	EN: "Not all of %d referees were reached through a contact that we found ourselves.",
	DE: "Nicht alle der %d Referenzen wurden über einen selbst gefundenen Kontakt erreicht.",
	PT: "Nem todas as %d referências foram contactadas através de um contacto encontrado por nós.",
}

func runRefContactIndependence(in *In) Answer {
	if in.App.Role.Tier != record.TierT2 && in.App.Role.Tier != record.TierT3 {
		return notApplicable
	}
	known, independent := 0, 0
	var evidence []record.Evidence
	for i := range few(in.App.References) {
		switch in.App.References[i].ContactFrom {
		case "":
			continue
		case "candidate":
			evidence = append(evidence, record.Evidence{Field: indexed("references", i) + ".contact_from"})
		default:
			independent++
		}
		known++
	}
	switch {
	case known == 0:
		return noData
	case independent == 0:
		return hit(observed(record.Weak, sayNotIndependent.Say(known), evidence[:min(5, len(evidence))]...))
	case independent < known && in.App.Role.Tier == record.TierT3:
		return hit(observed(record.Weak, sayNotAllIndependent.Say(known), evidence[:min(5, len(evidence))]...))
	}
	return allClear
}
