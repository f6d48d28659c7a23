package checks

import (
	"bonafide/match"
	"bonafide/record"
)

// What the document says of a person and what the person says in the form ought
// to be the same. Names are written in many ways, days and months get swapped and
// fingers slip: those are asked about, at most. A different birth date or a wholly
// different name on the document is a different person until it is explained.
var docMrzVisualFormMismatch = Check{
	ID: "doc-mrz-visual-form-mismatch",
	Title: record.Text{
		EN: "Document and form contradict each other",
		DE: "Dokument und Formular widersprechen sich",
		PT: "Documento e formulário contradizem-se",
	},
	Text: record.Text{
		EN: "Name, birth date, number or expiry in the machine-readable zone, on the face of the document and in the form do not agree. Spelling, order, transliteration, cut and married names are allowed for.",
		DE: "Name, Geburtsdatum, Nummer oder Ablaufdatum in maschinenlesbarer Zone, Sichtfeld und Formular stimmen nicht überein. Schreibweise, Reihenfolge, Umschrift, Kürzung und Ehenamen sind berücksichtigt.",
		PT: "Nome, data de nascimento, número ou validade na zona de leitura ótica, na face do documento e no formulário não coincidem. Grafia, ordem, transliteração, truncagem e nomes de casamento são tidos em conta.",
	},
	Stage:      []string{"application", "onboarding"},
	Family:     record.Ident,
	Strength:   record.Strong,
	Link:       record.LinkDocument,
	Reads:      []string{"person.name", "person.other_names", "person.birth_date", "documents", "contract"},
	Sources:    []string{"icao-9303", "state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-5-1-d"},
	FalsePositives: []record.Text{
		{EN: "a name taken at marriage, or used in daily life", DE: "ein Ehename oder ein Rufname", PT: "um nome adotado no casamento ou usado no dia a dia"},
		{EN: "two family names, a father's name, another transliteration", DE: "zwei Familiennamen, ein Vatersname, eine andere Umschrift", PT: "dois apelidos, um patronímico, outra transliteração"},
		{EN: "day and month the other way round", DE: "Tag und Monat vertauscht", PT: "dia e mês trocados"},
	},
	Clears: []record.Text{
		{EN: "the person explains, and a second document agrees", DE: "die Person erklärt es, und ein zweites Dokument stimmt überein", PT: "a pessoa explica e um segundo documento confirma"},
	},
	Ask: record.Text{
		EN: "Your document and the form differ. Please tell us which is right, and show a second document if a name has changed.",
		DE: "Ihr Dokument und das Formular weichen voneinander ab. Bitte sagen Sie uns, was stimmt, und zeigen Sie ein zweites Dokument, wenn sich ein Name geändert hat.",
		PT: "O seu documento e o formulário diferem. Diga-nos, por favor, o que está certo e mostre um segundo documento se um nome mudou.",
	},
	Since:   "2020-01-01",
	Version: 2,
	run:     runDocMrzVisualFormMismatch,
}

var sayPartDiffers = record.Text{
	EN: "Document and form do not agree: %s.",
	DE: "Dokument und Formular stimmen nicht überein: %s.",
	PT: "Documento e formulário não coincidem: %s.",
}

var sayPartSlip = record.Text{
	EN: "Document and form differ by one slip of the hand or by day and month: %s.",
	DE: "Dokument und Formular unterscheiden sich um einen Tippfehler oder in Tag und Monat: %s.",
	PT: "Documento e formulário diferem num lapso de escrita ou em dia e mês: %s.",
}

var sayNameMarried = record.Text{
	EN: "The family name differs between document and form, as after a marriage; the rest agrees.",
	DE: "Der Familienname ist in Dokument und Formular verschieden, wie nach einer Heirat; der Rest stimmt.",
	PT: "O apelido difere entre documento e formulário, como depois de um casamento; o resto coincide.",
}

var sayNameDaily = record.Text{
	EN: "The given name differs between document and form; family name and birth date agree.",
	DE: "Der Vorname ist in Dokument und Formular verschieden; Familienname und Geburtsdatum stimmen.",
	PT: "O nome próprio difere entre documento e formulário; apelido e data de nascimento coincidem.",
}

var sayContractOther = record.Text{
	EN: "The contract is made out to another name than the document's.",
	DE: "Der Vertrag lautet auf einen anderen Namen als das Dokument.",
	PT: "O contrato está em nome diferente do do documento.",
}

var (
	partBirth   = record.Text{EN: "birth date", DE: "Geburtsdatum", PT: "data de nascimento"}
	partNumber  = record.Text{EN: "document number", DE: "Dokumentnummer", PT: "número do documento"}
	partExpires = record.Text{EN: "expiry", DE: "Ablaufdatum", PT: "validade"}
	partIssuer  = record.Text{EN: "issuing state", DE: "ausstellender Staat", PT: "Estado emissor"}
	partName    = record.Text{EN: "name", DE: "Name", PT: "nome"}
)

func runDocMrzVisualFormMismatch(in *In) Answer {
	c := comparison{person: &in.App.Person, own: ownNames(in.App)}
	for i := range in.App.Documents {
		d := &in.App.Documents[i]
		c.doc = i
		c.zone, c.faults = match.MRZ{}, nil
		if zone, ok := match.ParseMRZ(d.MRZ); ok {
			c.zone, c.faults = zone, zone.Faults()
		}
		c.document(d)
		c.contract(d, &in.App.Contract)
	}
	if !c.compared {
		return noData
	}
	return hit(c.found...)
}
