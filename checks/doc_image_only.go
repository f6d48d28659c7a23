package checks

import (
	"fmt"

	"bonafide/record"
)

// A picture of a document is easily had, and lent. So far nobody has seen this
// document in a person's hand and no chip has spoken: the identity is claimed, not
// yet shown. That is how every application begins; it is a reminder, not a doubt.
var docImageOnly = Check{
	ID: "doc-image-only",
	Title: record.Text{
		EN: "Identity rests on a picture of a document",
		DE: "Identität beruht auf dem Bild eines Dokuments",
		PT: "A identidade assenta na imagem de um documento",
	},
	Text: record.Text{
		EN: "All identity evidence so far is a photo or a scan. It caps what is known of the person at \"claimed\" until somebody sees the document live or its chip is read.",
		DE: "Alle Identitätsnachweise sind bisher Foto oder Scan. Bis jemand das Dokument live sieht oder der Chip gelesen ist, gilt die Identität als „behauptet“.",
		PT: "Toda a prova de identidade é, até agora, uma foto ou digitalização. Até que alguém veja o documento ao vivo ou o chip seja lido, a identidade é apenas «declarada».",
	},
	Stage:      []string{"application", "onboarding"},
	Family:     record.Ident,
	Strength:   record.Weak,
	Link:       record.LinkDocument,
	Reads:      []string{"documents"},
	Sources:    []string{"seal-frameworks", "state-advisory-2022", "npa-joint-2026-09-18"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "everybody, early in the process", DE: "alle, am Anfang des Verfahrens", PT: "toda a gente, no início do processo"},
	},
	Clears: []record.Text{
		{EN: "the document shown on a video call or in person", DE: "das Dokument, im Videogespräch oder persönlich gezeigt", PT: "o documento mostrado em videochamada ou presencialmente"},
		{EN: "the chip of the document, or a digital wallet", DE: "der Chip des Dokuments oder eine digitale Brieftasche", PT: "o chip do documento ou uma carteira digital"},
	},
	Ask: record.Text{
		EN: "Please show your document on the next call. We ask everyone in this role.",
		DE: "Bitte zeigen Sie Ihr Dokument beim nächsten Gespräch. Wir bitten alle in dieser Rolle darum.",
		PT: "Mostre, por favor, o seu documento na próxima chamada. Pedimos o mesmo a todas as pessoas nesta função.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocImageOnly,
}

var sayPictureOnly = record.Text{
	EN: "So far the document was seen only as a picture.",
	DE: "Das Dokument wurde bisher nur als Bild gesehen.",
	PT: "Até agora o documento só foi visto em imagem.",
}

func runDocImageOnly(in *In) Answer {
	picture := -1
	for i := range in.App.Documents {
		d := &in.App.Documents[i]
		switch d.Method {
		case "video-attended", "chip", "wallet", "in-person":
			return allClear
		case "photo", "scan":
		default:
			if d.File == "" && d.SHA256 == "" && d.PHash == "" {
				continue // typed in: nothing was shown yet
			}
		}
		if picture < 0 {
			picture = i
		}
	}
	if picture < 0 {
		return noData
	}
	return hit(observed(record.Weak, sayPictureOnly, record.Evidence{Field: fmt.Sprintf("documents[%d].method", picture)}))
}
