package checks

import (
	"bonafide/record"
)

// The employer, reached on a number of its own, says that the person did not work
// there, or not then, or not as that. Human resources often hold no file on
// contractors, firms merge, and many may say nothing: two of us listen before it counts.
var cvEmployerDenies = Check{
	ID: "cv-employer-denies",
	Title: record.Text{
		EN: "A named employer says otherwise",
		DE: "Ein genannter Arbeitgeber sagt etwas anderes",
		PT: "Um empregador indicado diz o contrário",
	},
	Text: record.Text{
		EN: "An employer, reached through a contact that we found, said that the person never worked there, or at other times, or in another role. Silence and refusals to say are not counted.",
		DE: "Ein über einen selbst gefundenen Kontakt erreichter Arbeitgeber sagte, die Person habe dort nie gearbeitet, zu anderer Zeit oder in anderer Rolle. Schweigen und verweigerte Auskünfte zählen nicht.",
		PT: "Um empregador, contactado por um meio que encontrámos, disse que a pessoa nunca lá trabalhou, ou noutras datas, ou noutra função. O silêncio e as recusas de informação não contam.",
	},
	Stage:      []string{"reference"},
	Family:     record.CV,
	Strength:   record.Conclusive,
	Reads:      []string{"confirmations"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "contractors of whom human resources hold no file", DE: "freie Kräfte, über die die Personalabteilung keine Akte hat", PT: "prestadores de serviços sem ficha nos recursos humanos"},
		{EN: "a merger, or another legal name of the firm", DE: "eine Fusion oder ein anderer rechtlicher Name der Firma", PT: "uma fusão, ou outra designação legal da empresa"},
		{EN: "a change of the person's name", DE: "eine Namensänderung der Person", PT: "uma mudança de nome da pessoa"},
	},
	Clears: []record.Text{
		{EN: "a contract, payslip or social-insurance record, with amounts blacked out", DE: "Vertrag, Lohnzettel oder Versicherungsverlauf, mit geschwärzten Beträgen", PT: "contrato, recibo ou registo da segurança social, com valores ocultados"},
		{EN: "the manager of that time, reached through the employer", DE: "die damaligen Vorgesetzten, über den Arbeitgeber erreicht", PT: "a chefia da época, contactada através do empregador"},
	},
	Ask: record.Text{
		EN: "Please tell us how you worked for them and show one paper of that time; names of contractors are often not in their files.",
		DE: "Bitte sagen Sie uns, wie Sie dort arbeiteten, und zeigen Sie ein Papier aus der Zeit; freie Kräfte stehen oft nicht in den Akten.",
		PT: "Diga-nos, por favor, como trabalhou para eles e mostre um documento da época; os prestadores muitas vezes não constam das fichas.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvEmployerDenies,
}

var sayEmployerDenies = record.Text{
	EN: "The employer, reached independently, said that the person did not work there.",
	DE: "Der unabhängig erreichte Arbeitgeber sagte, dass die Person dort nicht gearbeitet hat.",
	PT: "O empregador, contactado de forma independente, disse que a pessoa não trabalhou lá.",
}

var sayEmployerPartly = record.Text{
	EN: "The employer, reached independently, named other dates or another role.",
	DE: "Der unabhängig erreichte Arbeitgeber nannte andere Daten oder eine andere Rolle.",
	PT: "O empregador, contactado de forma independente, indicou outras datas ou outra função.",
}

var sayDeniesNotFound = record.Text{
	EN: "Somebody said that the person did not work there; whether that was the employer is not known.",
	DE: "Jemand sagte, dass die Person dort nicht gearbeitet hat; ob das der Arbeitgeber war, ist nicht bekannt.",
	PT: "Alguém disse que a pessoa não trabalhou lá; não se sabe se era o empregador.",
}

func runCvEmployerDenies(in *In) Answer {
	return deniedClaim(in, "employment", record.Supporting, sayEmployerDenies, sayEmployerPartly, sayDeniesNotFound)
}

// deniedClaim reads what those who should know said of claims of one kind: a
// no is conclusive once two people heard it on a contact found independently;
// a partial no is at most partly; a no from an unknown voice at most supporting.
// Silence and a refusal to say are neither.
func deniedClaim(in *In, kind string, partly record.Strength, no, somewhat, unknown record.Text) Answer {
	looked := false
	var found []record.Finding
	for i := range few(in.App.Confirmations) {
		c := &in.App.Confirmations[i]
		if c.Kind != kind {
			continue
		}
		var f record.Finding
		switch {
		case c.Outcome == "confirmed":
			looked = true
			continue
		case c.Outcome == "denied" && independent(c.ContactFrom):
			f = observed(record.Conclusive, no, confirmation(in, i))
		case c.Outcome == "denied":
			f = observed(record.Supporting, unknown, confirmation(in, i))
		case c.Outcome == "partly" && independent(c.ContactFrom):
			f = observed(partly, somewhat, confirmation(in, i))
		default:
			continue
		}
		looked = true
		f = attested(f, twoPeople(c.By, c.Second))
		f.Value = digest(c.Kind + "\n" + c.About)
		found = append(found, unlessConfirmed(in, i, f))
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
