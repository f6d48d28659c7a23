package checks

import "bonafide/record"

// Something of ours stands in the open: the same bytes, a copy that was made only to
// be noticed, or passages of a file. That it is public is a fact; who put it there is
// not said by it, and what was public before, or with our consent, says nothing at all.
var extPublicationWatch = Check{
	ID: "ext-publication-watch",
	Title: record.Text{
		EN: "Files of ours found in the open",
		DE: "Eigene Dateien öffentlich gefunden",
		PT: "Ficheiros nossos encontrados em público",
	},
	Text: record.Text{
		EN: "What a person or a monitor found in the open is held against the fingerprints of our own files. It says that they are out, never who put them there.",
		DE: "Was ein Mensch oder eine Überwachung öffentlich fand, wird mit den Prüfwerten unserer eigenen Dateien verglichen. Es sagt, dass sie draußen sind, nie, wer sie veröffentlicht hat.",
		PT: "O que uma pessoa ou um sistema encontrou em público é comparado com as impressões digitais dos nossos ficheiros. Diz que saíram, nunca quem os publicou.",
	},
	Stage:      []string{"extortion"},
	Family:     record.Extort,
	Strength:   record.Conclusive,
	Reads:      []string{"publications"},
	Sources:    []string{"fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "an older leak, long before this person came", DE: "ein älteres Leck, lange bevor diese Person kam", PT: "uma fuga mais antiga, muito antes de a pessoa chegar"},
		{EN: "public code, or files that customers hold as well", DE: "öffentlicher Code oder Dateien, die auch Kunden haben", PT: "código público ou ficheiros que também os clientes têm"},
		{EN: "somebody else who had the same files", DE: "jemand anderes, der dieselben Dateien hatte", PT: "outra pessoa que tinha os mesmos ficheiros"},
	},
	Clears: []record.Text{
		{EN: "that it stood in the open before, or that others published it", DE: "dass es schon vorher öffentlich war oder andere es veröffentlicht haben", PT: "que já estava em público, ou que outros o publicaram"},
	},
	Ask: record.Text{
		EN: "Our own people keep a copy, then ask the host to take it down; nobody is asked about it before we know who had the files.",
		DE: "Unsere eigenen Leute sichern eine Kopie und bitten dann um Löschung; niemand wird dazu befragt, bevor klar ist, wer die Dateien hatte.",
		PT: "A nossa própria equipa guarda uma cópia e depois pede a remoção; ninguém é questionado antes de sabermos quem tinha os ficheiros.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runExtPublicationWatch,
}

var (
	sayPublicSame = record.Text{
		EN: "The same bytes as a file of ours stand in the open.",
		DE: "Dieselben Bytes wie eine eigene Datei stehen öffentlich.",
		PT: "Os mesmos bytes de um ficheiro nosso estão em público.",
	}
	sayPublicDecoy = record.Text{
		EN: "A copy that was made only to be noticed was opened outside.",
		DE: "Eine Kopie, die nur zum Bemerken angelegt war, wurde außerhalb geöffnet.",
		PT: "Uma cópia criada apenas para dar sinal foi aberta no exterior.",
	}
	sayPublicLike = record.Text{
		EN: "Passages of a file of ours stand in the open, about %d per cent.",
		DE: "Passagen einer eigenen Datei stehen öffentlich, etwa %d Prozent.",
		PT: "Passagens de um ficheiro nosso estão em público, cerca de %d por cento.",
	}
	sayPublicBefore = record.Text{
		EN: "Something of ours stands in the open, as it did before or with our consent.",
		DE: "Etwas von uns steht öffentlich, wie schon früher oder mit unserer Zustimmung.",
		PT: "Algo nosso está em público, como antes ou com o nosso consentimento.",
	}
)

// mostly is from which share of passages on a likeness counts with others.
const mostly = 60

func runExtPublicationWatch(in *In) Answer {
	compared := false
	var found []record.Finding
	for i := range few(in.App.Publications) {
		p := &in.App.Publications[i]
		field := indexed("publications", i)
		e := record.Evidence{Field: field + ".sha256", ComparedWith: p.Path, AsOf: dayOf(p.Seen)}
		if p.Source == "decoy" {
			e = record.Evidence{Field: field + ".source", AsOf: dayOf(p.Seen)}
		}
		compared = compared || p.Match != "" || p.Source == "decoy"
		switch {
		case p.Match != "same" && p.Match != "like" && p.Source != "decoy":
		case p.Open || p.Earlier != "":
			found = append(found, observed(record.Weak, sayPublicBefore, e))
		case p.Match == "same":
			found = append(found, observed(record.Conclusive, sayPublicSame, e))
		case p.Source == "decoy":
			found = append(found, observed(record.Strong, sayPublicDecoy, e))
		case p.Share >= mostly:
			found = append(found, observed(record.Supporting, sayPublicLike.Say(p.Share), e))
		default:
			found = append(found, observed(record.Weak, sayPublicLike.Say(p.Share), e))
		}
	}
	if !compared {
		return noData
	}
	return hit(found...)
}
