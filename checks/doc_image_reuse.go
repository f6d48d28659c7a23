package checks

import "bonafide/record"

// One picture of a document or one portrait, and two people who claim it. Nobody
// can honestly be both; but somebody may have taken the picture of a victim, and
// then the one who showed it first has done nothing at all.
var docImageReuse = Check{
	ID: "doc-image-reuse",
	Title: record.Text{
		EN: "One picture under two identities",
		DE: "Ein Bild unter zwei Identitäten",
		PT: "Uma imagem sob duas identidades",
	},
	Text: record.Text{
		EN: "The same, or nearly the same, picture of a document or portrait stands on applications under different names. A person must look at both.",
		DE: "Dasselbe oder fast dasselbe Bild eines Dokuments oder Porträts steht in Bewerbungen unter verschiedenen Namen. Ein Mensch muss beide ansehen.",
		PT: "A mesma imagem, ou quase, de um documento ou retrato consta de candidaturas com nomes diferentes. Uma pessoa tem de ver ambas.",
	},
	Stage:      []string{"application"},
	Family:     record.Ident,
	Strength:   record.Conclusive,
	Link:       record.LinkDocument,
	Reads:      []string{"links.document-image", "links.photo"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a specimen picture sent by mistake", DE: "ein versehentlich gesendetes Musterbild", PT: "uma imagem de espécime enviada por engano"},
		{EN: "the same person under a new name", DE: "dieselbe Person unter neuem Namen", PT: "a mesma pessoa com um novo nome"},
		{EN: "a victim whose picture was taken by somebody else", DE: "ein Opfer, dessen Bild jemand anderes benutzt", PT: "uma vítima cuja imagem outra pessoa usou"},
	},
	Clears: []record.Text{
		{EN: "the document shown live by the person it belongs to", DE: "das Dokument, von seiner Inhaberin oder seinem Inhaber live gezeigt", PT: "o documento mostrado ao vivo pela pessoa a quem pertence"},
	},
	Ask: record.Text{
		EN: "Please show your document in a live call, or in person if you prefer.",
		DE: "Bitte zeigen Sie Ihr Dokument in einem Live-Gespräch oder, wenn Ihnen das lieber ist, persönlich.",
		PT: "Mostre, por favor, o seu documento numa chamada ao vivo ou, se preferir, presencialmente.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocImageReuse,
}

var sayImageShared = map[record.Kind][2]record.Text{
	record.KindDocumentImage: {
		{EN: "The picture of the document is also on an application under another name.", DE: "Das Bild des Dokuments steht auch in einer Bewerbung unter anderem Namen.", PT: "A imagem do documento consta também de uma candidatura com outro nome."},
		{EN: "The picture of the document is also on %d applications under other names.", DE: "Das Bild des Dokuments steht auch in %d Bewerbungen unter anderen Namen.", PT: "A imagem do documento consta também de %d candidaturas com outros nomes."},
	},
	record.KindPhoto: {
		{EN: "The portrait is also on an application under another name.", DE: "Das Porträt steht auch in einer Bewerbung unter anderem Namen.", PT: "O retrato consta também de uma candidatura com outro nome."},
		{EN: "The portrait is also on %d applications under other names.", DE: "Das Porträt steht auch in %d Bewerbungen unter anderen Namen.", PT: "O retrato consta também de %d candidaturas com outros nomes."},
	},
}

func runDocImageReuse(in *In) Answer {
	return sharedValues(in, sayImageShared)
}
