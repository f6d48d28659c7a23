package checks

import "bonafide/record"

// A picture of a document that went through a program made for changing
// pictures may have been cropped, or have had fields blacked out as the law
// allows; or changed. The file cannot say which; showing the document can.
var docImageEditTrace = Check{
	ID: "doc-image-edit-trace",
	Title: record.Text{
		EN: "Traces of editing in the file of a document",
		DE: "Bearbeitungsspuren in der Datei eines Dokuments",
		PT: "Vestígios de edição no ficheiro de um documento",
	},
	Text: record.Text{
		EN: "The file of a document names a program made for changing or inventing pictures, or keeps earlier states of itself. That is a trace of work on the file, not a sign of what was changed.",
		DE: "Die Datei eines Dokuments nennt ein Programm zum Verändern oder Erzeugen von Bildern oder bewahrt frühere Stände auf. Das ist eine Spur von Arbeit an der Datei, kein Hinweis darauf, was geändert wurde.",
		PT: "O ficheiro de um documento nomeia um programa feito para alterar ou inventar imagens, ou guarda estados anteriores. É um vestígio de trabalho no ficheiro, não um sinal do que foi alterado.",
	},
	Stage:      []string{"application", "onboarding"},
	Family:     record.Ident,
	Strength:   record.Supporting,
	Link:       record.LinkDocument,
	Reads:      []string{"files"},
	Sources:    []string{"state-advisory-2022", "joint-alert-2026-07-31"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "fields blacked out, which the law often asks for", DE: "geschwärzte Felder, wie sie das Recht oft verlangt", PT: "campos ocultados, como a lei muitas vezes exige"},
		{EN: "a picture cropped, turned or joined from two sides", DE: "ein zugeschnittenes, gedrehtes oder aus zwei Seiten zusammengesetztes Bild", PT: "uma imagem recortada, rodada ou composta de dois lados"},
		{EN: "a scanner that saves twice, or a signature added to a PDF", DE: "ein Scanner, der zweimal speichert, oder eine Unterschrift im PDF", PT: "um digitalizador que guarda duas vezes, ou uma assinatura num PDF"},
	},
	Clears: []record.Text{
		{EN: "the document shown on a video call or in person", DE: "das Dokument, im Videogespräch oder persönlich gezeigt", PT: "o documento mostrado em videochamada ou presencialmente"},
		{EN: "the chip of the document, or a digital wallet", DE: "der Chip des Dokuments oder eine digitale Brieftasche", PT: "o chip do documento ou uma carteira digital"},
		{EN: "a fresh picture straight from the camera", DE: "ein neues Bild direkt aus der Kamera", PT: "uma nova imagem diretamente da câmara"},
	},
	Ask: record.Text{
		EN: "Please take the picture again with your camera and send it as it is; you may cover what we do not need.",
		DE: "Bitte nehmen Sie das Bild noch einmal auf und senden Sie es unverändert; was wir nicht brauchen, dürfen Sie abdecken.",
		PT: "Tire, por favor, a fotografia outra vez e envie-a como está; pode tapar o que não precisamos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocImageEditTrace,
}

var sayGenerated = record.Text{
	EN: "The file of the document carries the mark of a program that invents pictures.",
	DE: "Die Datei des Dokuments trägt das Zeichen eines Programms, das Bilder erzeugt.",
	PT: "O ficheiro do documento tem a marca de um programa que inventa imagens.",
}

var sayEdited = record.Text{
	EN: "The file of the document names a program made for changing pictures.",
	DE: "Die Datei des Dokuments nennt ein Programm zum Verändern von Bildern.",
	PT: "O ficheiro do documento nomeia um programa feito para alterar imagens.",
}

var sayUpdated = record.Text{
	EN: "The file of the document keeps an earlier state of itself: it was changed after it was first saved.",
	DE: "Die Datei des Dokuments bewahrt einen früheren Stand auf: Sie wurde nach dem ersten Speichern geändert.",
	PT: "O ficheiro do documento guarda um estado anterior: foi alterado depois de guardado pela primeira vez.",
}

func runDocImageEditTrace(in *In) Answer {
	var found []record.Finding
	n := filesOf(in, "documents", func(path string, f *record.FileFacts) {
		switch where := (record.Evidence{Field: path + ".software"}); {
		case madeBy(f.Software, generators):
			found = append(found, observed(record.Supporting, sayGenerated, where))
		case madeBy(f.Software, editors):
			found = append(found, observed(record.Supporting, sayEdited, where))
		case f.Kind == "pdf" && f.Revisions > 1:
			found = append(found, observed(record.Weak, sayUpdated, record.Evidence{Field: path + ".revisions"}))
		}
	})
	if n == 0 {
		return noData
	}
	return hit(found...)
}
