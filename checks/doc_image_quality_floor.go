package checks

import "bonafide/record"

// A picture nobody can read proves nothing, for or against anybody. The person
// is asked for a better one; old cameras and slow lines are no fault.
var docImageQualityFloor = Check{
	ID: "doc-image-quality-floor",
	Title: record.Text{
		EN: "Picture of a document too poor to read",
		DE: "Bild eines Dokuments zu schlecht zum Lesen",
		PT: "Imagem de um documento demasiado fraca para ler",
	},
	Text: record.Text{
		EN: "The picture of a document has too few pixels, is out of focus, or was packed so hard that small print is lost. Nothing follows from it but the request for another one.",
		DE: "Das Bild eines Dokuments hat zu wenige Bildpunkte, ist unscharf oder so stark gepackt, dass Kleingedrucktes verloren ist. Daraus folgt nichts als die Bitte um ein neues.",
		PT: "A imagem de um documento tem pontos a menos, está desfocada ou foi tão comprimida que as letras pequenas se perdem. Daí não se segue mais do que o pedido de outra.",
	},
	Stage:      []string{"application"},
	Family:     record.Ident,
	Strength:   record.Weak,
	Reads:      []string{"files"},
	Sources:    []string{"state-advisory-2022", "icao-9303"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "an old telephone, poor light, a messenger that shrinks pictures", DE: "ein altes Telefon, wenig Licht, ein Messenger, der Bilder verkleinert", PT: "um telefone antigo, pouca luz, um mensageiro que reduz as imagens"},
	},
	Clears: []record.Text{
		{EN: "another picture, or the document shown live", DE: "ein neues Bild oder das live gezeigte Dokument", PT: "outra imagem, ou o documento mostrado ao vivo"},
	},
	Ask: record.Text{
		EN: "Please take the picture again in daylight, close up, and send the original file.",
		DE: "Bitte nehmen Sie das Bild bei Tageslicht und aus der Nähe noch einmal auf und senden Sie die Originaldatei.",
		PT: "Tire, por favor, a fotografia outra vez à luz do dia, de perto, e envie o ficheiro original.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocImageQualityFloor,
}

// The floors follow from what has to be read, the machine-readable zone: 44
// signs over 125 mm (ICAO 9303 part 4) want some 12 pixels each, and the page
// seldom fills more than two thirds of the picture. A Laplacian variance below
// 20 at a longest side of 1,000 means that no edge anywhere is narrower than
// several pixels. Quality 25 of a JPEG drops what small print is made of.
const (
	floorPixels    = 800
	floorSharpness = 20
	floorJPEG      = 25
)

var sayTooSmall = record.Text{
	EN: "The picture of the document has too few pixels to be read.",
	DE: "Das Bild des Dokuments hat zu wenige Bildpunkte, um lesbar zu sein.",
	PT: "A imagem do documento tem pontos a menos para ser lida.",
}

var sayBlurred = record.Text{
	EN: "The picture of the document is out of focus.",
	DE: "Das Bild des Dokuments ist unscharf.",
	PT: "A imagem do documento está desfocada.",
}

var sayPackedHard = record.Text{
	EN: "The picture of the document was packed so hard that small print is lost.",
	DE: "Das Bild des Dokuments ist so stark gepackt, dass Kleingedrucktes verloren ist.",
	PT: "A imagem do documento foi tão comprimida que as letras pequenas se perdem.",
}

func runDocImageQualityFloor(in *In) Answer {
	var found []record.Finding
	measured := false
	filesOf(in, "documents", func(path string, f *record.FileFacts) {
		if f.Width <= 0 || f.Height <= 0 {
			return
		}
		measured = true
		switch {
		case max(f.Width, f.Height) < floorPixels:
			found = append(found, observed(record.Weak, sayTooSmall, record.Evidence{Field: path + ".width"}))
		case f.Sharpness > 0 && f.Sharpness < floorSharpness:
			found = append(found, observed(record.Weak, sayBlurred, record.Evidence{Field: path + ".sharpness"}))
		case f.JPEG > 0 && f.JPEG < floorJPEG:
			found = append(found, observed(record.Weak, sayPackedHard, record.Evidence{Field: path + ".jpeg"}))
		}
	})
	if !measured {
		return noData
	}
	return hit(found...)
}
