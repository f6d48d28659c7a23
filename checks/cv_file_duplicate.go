package checks

import "bonafide/record"

// The very same file, byte for byte, handed in under two names. A recruiter who
// uploads one file twice does that as well; so the names beside it are compared.
var cvFileDuplicate = Check{
	ID: "cv-file-duplicate",
	Title: record.Text{
		EN: "One résumé file under two names",
		DE: "Eine Lebenslauf-Datei unter zwei Namen",
		PT: "Um ficheiro de currículo sob dois nomes",
	},
	Text: record.Text{
		EN: "The same file, byte for byte, was handed in with an application under another name.",
		DE: "Dieselbe Datei wurde, Byte für Byte, mit einer Bewerbung unter anderem Namen eingereicht.",
		PT: "O mesmo ficheiro, byte a byte, foi entregue com uma candidatura com outro nome.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Conclusive,
	Reads:      []string{"links.resume-file"},
	Sources:    []string{"fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a file attached to the wrong person by a recruiter", DE: "eine Datei, die beim Recruiting der falschen Person zugeordnet wurde", PT: "um ficheiro associado à pessoa errada no recrutamento"},
		{EN: "an empty form of a portal", DE: "ein leeres Formular eines Portals", PT: "um formulário vazio de um portal"},
	},
	Clears: []record.Text{
		{EN: "the file the person hands in again", DE: "die Datei, die die Person noch einmal einreicht", PT: "o ficheiro que a pessoa volta a entregar"},
	},
	Ask: record.Text{
		EN: "Please send us your résumé once more.",
		DE: "Bitte senden Sie uns Ihren Lebenslauf noch einmal.",
		PT: "Envie-nos, por favor, o seu currículo mais uma vez.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvFileDuplicate,
}

var sayFileShared = map[record.Kind][2]record.Text{
	record.KindResumeFile: {
		{EN: "The résumé file is also on an application under another name.", DE: "Die Lebenslauf-Datei steht auch in einer Bewerbung unter anderem Namen.", PT: "O ficheiro do currículo consta também de uma candidatura com outro nome."},
		{EN: "The résumé file is also on %d applications under other names.", DE: "Die Lebenslauf-Datei steht auch in %d Bewerbungen unter anderen Namen.", PT: "O ficheiro do currículo consta também de %d candidaturas com outros nomes."},
	},
}

func runCvFileDuplicate(in *In) Answer {
	return sharedValues(in, sayFileShared)
}
