package checks

import "bonafide/record"

// sharedValues is the one way in which a check turns links into findings: a
// sentence for one other application and one for several (its verb is the
// count), the strength that linking left after rarity, direction and excuses,
// and the excuse said aloud. A link that is not counted is shown as weak.
// Without links the answer is clear: linking has looked at every value.
func sharedValues(in *In, say map[record.Kind][2]record.Text) Answer {
	var found []record.Finding
	for i := range in.Links {
		l := &in.Links[i]
		forms, ok := say[l.Kind]
		if !ok {
			continue
		}
		text := forms[0]
		if l.Identities != 1 {
			text = forms[1].Say(l.Identities)
		}
		found = append(found, sharedFinding(l, text))
	}
	return hit(found...)
}

// sharedFinding is the finding for one link under a sentence of the check's own.
func sharedFinding(l *record.Link, text record.Text) record.Finding {
	f := observed(max(l.Strength, record.Weak), text)
	f.Family = l.Kind.Family()
	f.Value = l.Value
	other := ""
	if len(l.Others) > 0 {
		other = l.Others[0]
	}
	f.Evidence = append(f.Evidence, record.Evidence{Field: l.Field, ComparedWith: other, AsOf: l.AsOf})
	for _, o := range l.Others[min(1, len(l.Others)):] {
		f.Evidence = append(f.Evidence, record.Evidence{Field: l.Field, ComparedWith: o})
	}
	if l.Excuse != record.NoExcuse {
		f.Lowered = excuseText[l.Excuse]
	}
	return f
}

// excuseText says why a link is shown and not counted.
var excuseText = map[record.Excuse]record.Text{
	record.Household: {
		EN: "Not counted: at most three people at one address share it, as a household does.",
		DE: "Nicht gezählt: Höchstens drei Menschen an einer Anschrift teilen es, wie in einem Haushalt.",
		PT: "Não contado: no máximo três pessoas na mesma morada o partilham, como num agregado familiar.",
	},
	record.Agency: {
		EN: "Not counted: the applications came through one agency.",
		DE: "Nicht gezählt: Die Bewerbungen kamen über eine Agentur.",
		PT: "Não contado: as candidaturas chegaram através de uma agência.",
	},
	record.Crowd: {
		EN: "Not counted: too common, very many people share it.",
		DE: "Nicht gezählt: zu verbreitet, sehr viele Menschen teilen es.",
		PT: "Não contado: demasiado comum, muitas pessoas o partilham.",
	},
	record.Chance: {
		EN: "Not counted: among so many applications chance alone makes such coincidences.",
		DE: "Nicht gezählt: Unter so vielen Bewerbungen entstehen solche Übereinstimmungen durch Zufall.",
		PT: "Não contado: entre tantas candidaturas o acaso produz tais coincidências.",
	},
	record.EarlierOwner: {
		EN: "Not counted here: this application named it first; somebody else may have copied it.",
		DE: "Hier nicht gezählt: Diese Bewerbung nannte es zuerst; jemand anderes kann es übernommen haben.",
		PT: "Não contado aqui: esta candidatura indicou-o primeiro; outra pessoa pode tê-lo copiado.",
	},
	record.Colleagues: {
		EN: "Not counted: colleagues of one employer name each other.",
		DE: "Nicht gezählt: Menschen mit demselben Arbeitgeber nennen einander.",
		PT: "Não contado: colegas do mesmo empregador indicam-se mutuamente.",
	},
	record.Reissued: {
		EN: "Counted less: so much time lies between the two that it may have been given out again.",
		DE: "Weniger gezählt: Zwischen beiden liegt so viel Zeit, dass es neu vergeben sein kann.",
		PT: "Conta menos: passou tanto tempo entre as duas que pode ter sido reatribuído.",
	},
	record.Known: {
		EN: "Not counted: it stands on an allow-list.",
		DE: "Nicht gezählt: Es steht auf einer Liste erlaubter Werte.",
		PT: "Não contado: consta de uma lista de valores permitidos.",
	},
}
