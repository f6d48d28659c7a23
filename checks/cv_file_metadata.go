package checks

import (
	"slices"

	"bonafide/match"
	"bonafide/record"
)

// A file remembers who wrote it and who saved it last. People write on the
// computers of partners, libraries and agencies, and start from templates; so
// one other name is a detail. Two other people's names, and not the person's
// own, is a question worth asking.
var cvFileMetadata = Check{
	ID: "cv-file-metadata",
	Title: record.Text{
		EN: "The résumé file names somebody else",
		DE: "Die Lebenslauf-Datei nennt jemand anderen",
		PT: "O ficheiro do currículo nomeia outra pessoa",
	},
	Text: record.Text{
		EN: "What the résumé file says about its own making: whose name stands as author and as last editor, and whether it carries text that a reader of the page does not see. Names are only compared with those the person gives.",
		DE: "Was die Lebenslauf-Datei über ihre Entstehung sagt: wessen Name als Verfasser und als letzter Bearbeiter dasteht, und ob sie Text enthält, den man auf der Seite nicht sieht. Namen werden nur mit den angegebenen verglichen.",
		PT: "O que o ficheiro do currículo diz da sua própria criação: que nome consta como autor e como último editor, e se contém texto que quem lê a página não vê. Os nomes só se comparam com os que a pessoa indica.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"files", "person.name", "person.other_names", "submitted_by"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a résumé written on a partner's, friend's or library's computer", DE: "ein Lebenslauf, der am Rechner von Partner, Freunden oder Bücherei entstand", PT: "um currículo escrito no computador do cônjuge, de amigos ou da biblioteca"},
		{EN: "a template or a former colleague's document used as a start", DE: "eine Vorlage oder das Dokument früherer Kollegen als Ausgangspunkt", PT: "um modelo ou o documento de antigos colegas como ponto de partida"},
		{EN: "a résumé writer or a job centre", DE: "eine Bewerbungshilfe oder ein Jobcenter", PT: "um serviço de redação de currículos ou um centro de emprego"},
		{EN: "a name from before or after a marriage", DE: "ein Name von vor oder nach einer Heirat", PT: "um nome de antes ou depois de um casamento"},
	},
	Clears: []record.Text{
		{EN: "the person's word on who helped with the file", DE: "die Auskunft der Person, wer bei der Datei geholfen hat", PT: "a informação da pessoa sobre quem ajudou com o ficheiro"},
	},
	Ask: record.Text{
		EN: "Who helped you with your résumé, and on which computer was it written?",
		DE: "Wer hat Ihnen beim Lebenslauf geholfen, und an welchem Rechner ist er entstanden?",
		PT: "Quem o ajudou com o currículo, e em que computador foi escrito?",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvFileMetadata,
}

var sayFileNamesOther = record.Text{
	EN: "The résumé file names as its author, or as who saved it last, a person whose name agrees with none of the applicant's.",
	DE: "Die Lebenslauf-Datei nennt als Verfasser oder letzten Bearbeiter eine Person, deren Name mit keinem der angegebenen übereinstimmt.",
	PT: "O ficheiro do currículo nomeia como autor, ou como quem o guardou por último, uma pessoa cujo nome não coincide com nenhum dos indicados.",
}

var sayFileNamesOthers = record.Text{
	EN: "The résumé file names other people both as its author and as who saved it last, and the applicant as neither.",
	DE: "Die Lebenslauf-Datei nennt sowohl als Verfasser wie als letzten Bearbeiter andere Personen, und die Bewerberin oder den Bewerber nicht.",
	PT: "O ficheiro do currículo nomeia outras pessoas tanto como autor como quem o guardou por último, e a pessoa candidata em nenhum dos casos.",
}

var sayFileHides = record.Text{
	EN: "The résumé file carries text that a reader of the page does not see; it is shown apart and counts for nothing else.",
	DE: "Die Lebenslauf-Datei enthält Text, den man auf der Seite nicht sieht; er wird getrennt gezeigt und zählt sonst für nichts.",
	PT: "O ficheiro do currículo contém texto que quem lê a página não vê; é mostrado à parte e não conta para mais nada.",
}

func runCvFileMetadata(in *In) Answer {
	own := ownNames(in.App)
	var found []record.Finding
	looked := false
	filesOf(in, "resume", func(path string, f *record.FileFacts) {
		looked = true
		if slices.Contains(f.Flags, "hidden-text") {
			found = append(found, observed(record.Weak, sayFileHides, record.Evidence{Field: path + ".flags"}))
		}
		if len(own) == 0 || in.App.SubmittedBy.Kind == "agency" {
			return // agencies write and save what they hand in
		}
		author, last := foreignName(own, f.Author), foreignName(own, f.LastAuthor)
		where := func(member string) record.Evidence {
			return record.Evidence{Field: path + member, ComparedWith: "person.name"}
		}
		switch {
		case author && last:
			found = append(found, observed(record.Supporting, sayFileNamesOthers, where(".author"), where(".last_author")))
		case author:
			found = append(found, observed(record.Weak, sayFileNamesOther, where(".author")))
		case last:
			found = append(found, observed(record.Weak, sayFileNamesOther, where(".last_author")))
		}
	})
	if !looked {
		return noData
	}
	return hit(found...)
}

// foreignName: somebody's full name stands there, and no part of it is the
// person's: a relative's or a married name is no question here.
func foreignName(own []string, s string) bool {
	return namesSomebody(s) && !match.Firm(s) && compareName(own, s) == nameOther
}
