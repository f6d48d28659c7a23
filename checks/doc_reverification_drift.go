package checks

import (
	"slices"

	"bonafide/record"
)

// Identity is checked again later, announced and with a choice of ways. Passports are
// renewed and phones replaced: a new number or a new key is asked about, and one
// paper that connects old and new settles it. That another person answers is more.
// A refusal belongs to its own check.
var docReverificationDrift = Check{
	ID: "doc-reverification-drift",
	Title: record.Text{
		EN: "A repeated identity check gave another answer",
		DE: "Eine wiederholte Identitätsprüfung ergab etwas anderes",
		PT: "Uma verificação de identidade repetida deu outra resposta",
	},
	Text: record.Text{
		EN: "A later check of identity yielded another person, another document or another key than the one before, and no paper connects the two.",
		DE: "Eine spätere Identitätsprüfung ergab eine andere Person, ein anderes Dokument oder einen anderen Schlüssel als zuvor, und kein Papier verbindet beides.",
		PT: "Uma verificação posterior deu outra pessoa, outro documento ou outra chave, e nenhum documento liga as duas.",
	},
	Stage:      []string{"employment"},
	Family:     record.Ident,
	Strength:   record.Strong,
	Link:       record.LinkReverified,
	Reads:      []string{"reverifications", "moments"},
	Sources:    []string{"fbi-psa-2025-01-23", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a renewed passport or identity card", DE: "ein erneuerter Pass oder Ausweis", PT: "um passaporte ou cartão renovado"},
		{EN: "a new phone with a new wallet", DE: "ein neues Telefon mit neuer Wallet", PT: "um telefone novo com uma nova carteira digital"},
		{EN: "a change of name", DE: "eine Namensänderung", PT: "uma mudança de nome"},
	},
	Clears: []record.Text{
		{EN: "the paper that connects the old document with the new one", DE: "das Papier, das altes und neues Dokument verbindet", PT: "o documento que liga o antigo ao novo"},
	},
	Ask: record.Text{
		EN: "Please show the earlier document beside the new one, or tell us why it changed.",
		DE: "Bitte zeigen Sie das frühere Dokument neben dem neuen, oder sagen Sie uns, warum es sich geändert hat.",
		PT: "Mostre, por favor, o documento anterior ao lado do novo, ou diga-nos porque mudou.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocReverificationDrift,
}

var sayDriftPerson = record.Text{
	EN: "A repeated check of identity recorded another person than before.",
	DE: "Eine wiederholte Identitätsprüfung hat eine andere Person als zuvor festgehalten.",
	PT: "Uma verificação de identidade repetida registou uma pessoa diferente.",
}

var sayDriftPaper = record.Text{
	EN: "A repeated check of identity used another document or key than before, and no paper connects the two.",
	DE: "Eine wiederholte Identitätsprüfung nutzte ein anderes Dokument oder einen anderen Schlüssel als zuvor, und kein Papier verbindet beides.",
	PT: "Uma verificação repetida usou outro documento ou outra chave, e nenhum documento liga os dois.",
}

func runDocReverificationDrift(in *In) Answer {
	order := make([]int, 0, len(in.App.Reverifications))
	for i := range few(in.App.Reverifications) {
		if r := &in.App.Reverifications[i]; r.Outcome == "same" || r.Outcome == "different" || r.Outcome == "" && (r.Holder != "" || r.Number != "") {
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return noData
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return in.App.Reverifications[i].At.Compare(in.App.Reverifications[j].At)
	})
	var found []record.Finding
	number, holder := -1, -1 // the last check that saw one
	for _, i := range order {
		r := &in.App.Reverifications[i]
		where := record.Evidence{Field: indexed("reverifications", i), AsOf: dayOf(r.At)}
		newNumber := number >= 0 && r.Number != "" && r.Number != in.App.Reverifications[number].Number
		newHolder := holder >= 0 && r.Holder != "" && r.Holder != in.App.Reverifications[holder].Holder
		switch {
		case r.Outcome == "different":
			found = append(found, attested(observed(record.Strong, sayDriftPerson, where), byProof(r) || seconded(in, r)))
		case !newNumber && !newHolder || r.ContinuedBy != "":
		default:
			before := number
			if !newNumber {
				before = holder
			}
			where.ComparedWith = indexed("reverifications", before)
			found = append(found, observed(driftStrength(r, newNumber, newHolder), sayDriftPaper, where))
		}
		if r.Number != "" {
			number = i
		}
		if r.Holder != "" {
			holder = i
		}
	}
	return hit(found...)
}

// driftStrength: whoever checked saw the same person, so that a new paper or a
// new phone alone is only shown; with no such word it asks for more.
func driftStrength(r *record.Reverification, number, holder bool) record.Strength {
	switch {
	case r.Outcome == "same" && number && holder:
		return record.Supporting
	case r.Outcome == "same":
		return record.Weak
	case number && holder:
		return record.Strong
	}
	return record.Supporting
}

// byProof: a chip or a wallet compared, not a person.
func byProof(r *record.Reverification) bool { return r.Method == "chip" || r.Method == "wallet" }

// seconded: two people stand behind what was seen at this check.
func seconded(in *In, r *record.Reverification) bool {
	return slices.ContainsFunc(in.App.Moments, func(m record.Moment) bool {
		return m.Kind == "reverification" && dayOf(m.At) == dayOf(r.At) && twoPeople(m.By, m.Second) &&
			(m.Portrait == "different" || m.Continuity == "different")
	})
}
