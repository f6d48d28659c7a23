package checks

import (
	"bonafide/record"
)

// Whoever issued a degree can say whether it was issued. Where somebody studied is
// no signal and is not looked at; only the issuer's own answer is. Archives burn,
// universities flee from wars, names change: no record is no denial.
var cvEducationConfirmedByIssuer = Check{
	ID: "cv-education-confirmed-by-issuer",
	Title: record.Text{
		EN: "The issuer does not confirm a degree",
		DE: "Ein Abschluss wird von der ausstellenden Stelle nicht bestätigt",
		PT: "O emissor não confirma um diploma",
	},
	Text: record.Text{
		EN: "The office that issues the degree was asked with the person's consent and answered. A no counts once two people heard it; that it holds no record is only shown. Nothing else about a study is looked at.",
		DE: "Die ausstellende Stelle wurde mit Einwilligung gefragt und hat geantwortet. Ein Nein zählt, wenn zwei Menschen es hörten; dass keine Akte da ist, wird nur gezeigt. Sonst wird nichts an einem Studium betrachtet.",
		PT: "A entidade emissora foi consultada com consentimento e respondeu. Um não conta quando duas pessoas o ouviram; a falta de registo é apenas mostrada. Nada mais dos estudos é considerado.",
	},
	Stage:      []string{"reference", "offer"},
	Family:     record.CV,
	Strength:   record.Conclusive,
	Reads:      []string{"confirmations"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "records destroyed or moved in a war", DE: "im Krieg zerstörte oder verlegte Akten", PT: "registos destruídos ou deslocados pela guerra"},
		{EN: "a degree issued under an earlier name", DE: "ein Abschluss unter früherem Namen", PT: "um diploma emitido com um nome anterior"},
		{EN: "an office that may not answer", DE: "eine Stelle, die nicht antworten darf", PT: "uma entidade que não pode responder"},
	},
	Clears: []record.Text{
		{EN: "a signed digital credential of the issuer", DE: "ein signierter digitaler Nachweis der ausstellenden Stelle", PT: "uma credencial digital assinada pelo emissor"},
		{EN: "the paper itself, with the name it was issued under", DE: "die Urkunde mit dem Namen, auf den sie ausgestellt wurde", PT: "o próprio diploma, com o nome em que foi emitido"},
	},
	Ask: record.Text{
		EN: "Please tell us under which name and number it was issued, or show the paper; for this role we ask everybody alike.",
		DE: "Bitte nennen Sie Namen und Nummer der Ausstellung oder zeigen Sie die Urkunde; für diese Rolle fragen wir alle gleich.",
		PT: "Diga-nos, por favor, com que nome e número foi emitido, ou mostre o diploma; para esta função perguntamos a todas as pessoas por igual.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvEducationConfirmedByIssuer,
}

var sayDegreeDenied = record.Text{
	EN: "The issuer, reached independently, said that this degree was not issued.",
	DE: "Die unabhängig erreichte ausstellende Stelle sagte, dass dieser Abschluss nicht verliehen wurde.",
	PT: "O emissor, contactado de forma independente, disse que este diploma não foi emitido.",
}

var sayDegreePartly = record.Text{
	EN: "The issuer, reached independently, named other dates or another degree.",
	DE: "Die unabhängig erreichte ausstellende Stelle nannte andere Daten oder einen anderen Abschluss.",
	PT: "O emissor, contactado de forma independente, indicou outras datas ou outro diploma.",
}

var sayDegreeUnknownVoice = record.Text{
	EN: "Somebody said that this degree was not issued; whether that was the issuer is not known.",
	DE: "Jemand sagte, dass dieser Abschluss nicht verliehen wurde; ob das die ausstellende Stelle war, ist nicht bekannt.",
	PT: "Alguém disse que este diploma não foi emitido; não se sabe se era o emissor.",
}

func runCvEducationConfirmedByIssuer(in *In) Answer {
	return deniedClaim(in, "education", record.Weak, sayDegreeDenied, sayDegreePartly, sayDegreeUnknownVoice)
}
