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
		EN: "The same, or nearly the same, picture of a document or portrait, or a part of the same portrait, stands on applications under different names. A person must look at both.",
		DE: "Dasselbe oder fast dasselbe Bild eines Dokuments oder Porträts, oder ein Ausschnitt desselben Porträts, steht in Bewerbungen unter verschiedenen Namen. Ein Mensch muss beide ansehen.",
		PT: "A mesma imagem, ou quase, de um documento ou retrato, ou uma parte do mesmo retrato, consta de candidaturas com nomes diferentes. Uma pessoa tem de ver ambas.",
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
		{EN: "two people in one template of an agency or a photographer, in which little of the picture is of them", DE: "zwei Menschen in einer Vorlage einer Agentur oder eines Fotostudios, in der wenig vom Bild von ihnen ist", PT: "duas pessoas num mesmo modelo de uma agência ou de um fotógrafo, em que pouco da imagem é delas"},
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
	Version: 2,
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

var sayPartShared = [2]record.Text{
	{EN: "The portrait and one on an application under another name are parts of one picture.", DE: "Das Porträt und eines in einer Bewerbung unter anderem Namen sind Ausschnitte eines Bildes.", PT: "O retrato e o de uma candidatura com outro nome são partes de uma mesma imagem."},
	{EN: "The portrait and those on %d applications under other names are parts of one picture.", DE: "Das Porträt und die in %d Bewerbungen unter anderen Namen sind Ausschnitte eines Bildes.", PT: "O retrato e os de %d candidaturas com outros nomes são partes de uma mesma imagem."},
}

func runDocImageReuse(in *In) Answer {
	var found []record.Finding
	for i := range in.Links {
		l := &in.Links[i]
		say, ok := sayImageShared[l.Kind]
		if !ok {
			continue
		}
		if l.Part {
			say = sayPartShared
		}
		found = append(found, sharedFinding(l, record.Plural(l.Identities, say[0], say[1].Say(l.Identities))))
	}
	return hit(found...)
}
