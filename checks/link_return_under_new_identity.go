package checks

import (
	"bonafide/record"
)

// Somebody who was dismissed, or refused for a false identity, seems to come back under another name:
// what was kept of that case agrees with this application in two kinds of trace. Whoever
// applies again under the same name is not meant, nor who merely lived or worked there too.
var linkReturnUnderNewIdentity = Check{
	ID: "link-return-under-new-identity",
	Title: record.Text{
		EN: "Agrees with the kept keys of a closed case",
		DE: "Stimmt mit den aufbewahrten Schlüsseln eines abgeschlossenen Falls überein",
		PT: "Coincide com as chaves guardadas de um caso encerrado",
	},
	Text: record.Text{
		EN: "An application under another name shares traces with a case that was closed because of a false identity. Of such a case only blinded keys are kept, until a fixed day.",
		DE: "Eine Bewerbung unter anderem Namen teilt Spuren mit einem Fall, der wegen einer falschen Identität abgeschlossen wurde. Von einem solchen Fall werden nur verblindete Schlüssel aufbewahrt, bis zu einem festen Tag.",
		PT: "Uma candidatura com outro nome partilha vestígios com um caso encerrado por identidade falsa. De um tal caso guardam-se apenas chaves cegas, até um dia fixo.",
	},
	Stage:      []string{"application", "offboarding"},
	Family:     record.Ident,
	Strength:   record.Strong,
	Reads:      []string{"links.closed"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "somebody whose phone, photo or document was used by the person of the closed case", DE: "jemand, dessen Telefon, Foto oder Ausweis die Person des abgeschlossenen Falls benutzt hat", PT: "alguém cujo telefone, fotografia ou documento foi usado pela pessoa do caso encerrado"},
		{EN: "a partner or flatmate who uses the same computer or account", DE: "eine Partnerin, ein Mitbewohner am selben Computer oder Konto", PT: "um parceiro ou colega de casa que usa o mesmo computador ou conta"},
		{EN: "a used computer or a number given out again", DE: "ein gebrauchter Computer oder eine neu vergebene Nummer", PT: "um computador usado ou um número reatribuído"},
	},
	Clears: []record.Text{
		{EN: "the person seen live with a document that is proven, by somebody who knew the closed case", DE: "die Person live gesehen mit einem bewiesenen Ausweis, von jemandem, der den abgeschlossenen Fall kannte", PT: "a pessoa vista ao vivo com um documento comprovado, por alguém que conhecia o caso encerrado"},
	},
	Ask: record.Text{
		EN: "Please show your document in a live step; we ask because a value you gave was given before under another name.",
		DE: "Bitte zeigen Sie Ihren Ausweis in einem Schritt von Angesicht zu Angesicht; wir fragen, weil eine Ihrer Angaben schon unter anderem Namen gemacht wurde.",
		PT: "Mostre, por favor, o seu documento num passo ao vivo; perguntamos porque um dado que indicou já foi indicado com outro nome.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkReturnUnderNewIdentity,
}

var sayClosed = [2]record.Text{
	{EN: "Kept keys of a closed case agree with this application, which is under another name.", DE: "Aufbewahrte Schlüssel eines abgeschlossenen Falls stimmen mit dieser Bewerbung überein, die einen anderen Namen trägt.", PT: "Chaves guardadas de um caso encerrado coincidem com esta candidatura, que tem outro nome."},
	{EN: "Kept keys of %d closed cases agree with this application, which is under another name.", DE: "Aufbewahrte Schlüssel von %d abgeschlossenen Fällen stimmen mit dieser Bewerbung überein, die einen anderen Namen trägt.", PT: "Chaves guardadas de %d casos encerrados coincidem com esta candidatura, que tem outro nome."},
}

// runLinkReturnUnderNewIdentity: without a link of this kind there was no store to compare with; one with nobody behind
// it says that the store was looked at.
func runLinkReturnUnderNewIdentity(in *In) Answer {
	if len(in.Links) == 0 {
		return noData
	}
	var found []record.Finding
	for i := range in.Links {
		l := &in.Links[i]
		switch {
		case l.Identities == 0:
		case l.Identities == 1:
			found = append(found, sharedFinding(l, sayClosed[0]))
		default:
			found = append(found, sharedFinding(l, sayClosed[1].Say(l.Identities)))
		}
	}
	for i := range found {
		found[i].Family = record.Ident // several families agree; the question is who this is
	}
	return hit(found...)
}
