package checks

import (
	"bonafide/lists"
	"bonafide/record"
)

// Somebody published a mail address, handle, domain, wallet or file as used by operators,
// and the application carries the very same value. Such lists hold the stolen addresses of
// victims, numbers that were given out again and plain mistakes: the reviewer sees who
// published it and when, old and unconfirmed entries are shown and not counted, expired
// ones are let go, and names are never compared.
var cvIndicatorMatch = Check{
	ID: "cv-indicator-match",
	Title: record.Text{
		EN: "A value stands on an imported list of published indicators",
		DE: "Ein Wert steht auf einer eingelesenen Liste veröffentlichter Hinweise",
		PT: "Um valor consta de uma lista importada de indicadores publicados",
	},
	Text: record.Text{
		EN: "A mail address, phone, handle, page, wallet, network or file of the application equals a value that somebody published as used by operators. Names are never compared.",
		DE: "Eine E-Mail-Adresse, Telefonnummer, Seite, Geldbörse, ein Benutzername, Netz oder eine Datei der Bewerbung gleicht einem Wert, den jemand als von Betreibern benutzt veröffentlicht hat. Namen werden nie verglichen.",
		PT: "Um endereço de e-mail, telefone, utilizador, página, carteira, rede ou ficheiro da candidatura é igual a um valor que alguém publicou como usado por operadores. Nunca se comparam nomes.",
	},
	Stage:      []string{"application"},
	Family:     FamilyOfValue,
	Strength:   record.Supporting,
	Reads:      []string{"emails", "phones", "accounts", "urls", "payouts", "resume.file", "photos", "sessions.ip"},
	Sources:    []string{"sentinellabs-2024-11", "mandiant-2024-09-23", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "victims whose address or account was stolen and then published", DE: "Opfer, deren Adresse oder Konto gestohlen und dann veröffentlicht wurde", PT: "vítimas cujo endereço ou conta foi roubado e depois publicado"},
		{EN: "later owners of a number, domain or network", DE: "spätere Inhaber einer Nummer, einer Domain oder eines Netzes", PT: "titulares posteriores de um número, domínio ou rede"},
		{EN: "mistakes of the publisher", DE: "Irrtümer der Veröffentlichenden", PT: "erros de quem publicou"},
	},
	Clears: []record.Text{
		{EN: "a call in which the person shows the document, and proof that the value is theirs", DE: "ein Gespräch, in dem die Person den Ausweis zeigt, und ein Nachweis, dass der Wert ihr gehört", PT: "uma chamada em que a pessoa mostra o documento, e prova de que o valor lhe pertence"},
		{EN: "the entry withdrawn by its publisher or by your own decision", DE: "der Eintrag, zurückgezogen von der Quelle oder durch eigene Entscheidung", PT: "a entrada retirada por quem a publicou ou por decisão própria"},
	},
	Ask: record.Text{
		EN: "Please confirm the value by a code or show that it is yours; we tell you which list names it.",
		DE: "Bitte bestätigen Sie den Wert durch einen Code oder zeigen Sie, dass er Ihnen gehört; wir sagen Ihnen, welche Liste ihn nennt.",
		PT: "Confirme, por favor, o valor por código ou mostre que lhe pertence; dizemos-lhe que lista o menciona.",
	},
	Since:   "2023-01-01",
	Version: 1,
	run:     runCvIndicatorMatch,
}

func runCvIndicatorMatch(in *In) Answer {
	if _, loaded := in.Lists.Indicator("", ""); !loaded {
		return noData
	}
	values := indicatorValues(in.App)
	if len(values) == 0 {
		return noData
	}
	var found []record.Finding
	for _, v := range values {
		hits, _ := in.Lists.Indicator(v.typ, v.value)
		if best := in.bestIndicator(hits); best != nil && len(found) < 20 {
			in.use(best.Use)
			strength, text := in.indicatorStrength(best)
			f := observed(strength, text, record.Evidence{Field: v.field, List: best.Use.List, AsOf: best.Use.AsOf})
			f.Family = v.family
			found = append(found, f)
		}
	}
	return hit(found...)
}

var sayIndicator = record.Text{
	EN: "The value was published by a named source in the last six months as used by operators.",
	DE: "Der Wert wurde in den letzten sechs Monaten von einer benannten Quelle als von Betreibern benutzt veröffentlicht.",
	PT: "O valor foi publicado nos últimos seis meses por uma fonte identificada como usado por operadores.",
}

var sayIndicatorOld = record.Text{
	EN: "The value was published as used by operators, longer than six months ago or on an unknown day; others may have it since.",
	DE: "Der Wert wurde als von Betreibern benutzt veröffentlicht, vor mehr als sechs Monaten oder an unbekanntem Tag; andere können ihn seither haben.",
	PT: "O valor foi publicado como usado por operadores há mais de seis meses ou em dia desconhecido; pode ter hoje outro titular.",
}

var sayIndicatorUnconfirmed = record.Text{
	EN: "The value was published as used by operators, but nobody who answers for it has confirmed that, or many share it.",
	DE: "Der Wert wurde als von Betreibern benutzt veröffentlicht, aber niemand, der dafür einsteht, hat das bestätigt, oder viele teilen ihn.",
	PT: "O valor foi publicado como usado por operadores, mas ninguém que responda por isso o confirmou, ou muitos o partilham.",
}

// indicatorStrength weighs an entry by age, source and how many may share it.
func (in *In) indicatorStrength(h *lists.IndicatorHit) (record.Strength, record.Text) {
	switch {
	case h.Source == "" || !h.Confirmed() || h.Type == "ip":
		return record.Weak, sayIndicatorUnconfirmed
	case h.OlderThan(in.Day, 183):
		return record.Weak, sayIndicatorOld
	}
	return record.Supporting, sayIndicator
}

// bestIndicator is the weightiest entry in force; nil when all have expired.
func (in *In) bestIndicator(hits []lists.IndicatorHit) *lists.IndicatorHit {
	var best *lists.IndicatorHit
	for i := range hits {
		h := &hits[i]
		if _, end, ok := h.Expires.Span(); ok && !in.Day.Before(end) || h.Type == "ip" && h.OlderThan(in.Day, 365) {
			continue // networks change hands faster than anything else
		}
		if best == nil {
			best = h
			continue
		}
		was, _ := in.indicatorStrength(best)
		if is, _ := in.indicatorStrength(h); is > was {
			best = h
		}
	}
	return best
}
