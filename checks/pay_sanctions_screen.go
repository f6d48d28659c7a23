package checks

import (
	"slices"

	"bonafide/match/name"
	"bonafide/record"
)

// Paying a designated person is a crime even when nobody knew; telling an honest person
// that their name is on a list, because thousands bear it, is a wrong done daily. So a name
// alone is only shown to a person who looks, and only the birth date or a document's number
// beside it makes it more. Where somebody comes from is never asked.
var paySanctionsScreen = Check{
	ID: "pay-sanctions-screen",
	Title: record.Text{
		EN: "Name or document number as on a sanctions list",
		DE: "Name oder Dokumentnummer wie auf einer Sanktionsliste",
		PT: "Nome ou número de documento como numa lista de sanções",
	},
	Text: record.Text{
		EN: "The applicant, the payee, the agency or the contracting party is compared with the entries of the loaded lists: names in all scripts, birth dates, numbers of documents.",
		DE: "Bewerber, Zahlungsempfänger, Agentur oder Vertragspartner werden mit den Einträgen der geladenen Listen verglichen: Namen in allen Schriften, Geburtsdaten, Dokumentnummern.",
		PT: "O candidato, o beneficiário, a agência ou a parte contratante são comparados com as entradas das listas carregadas: nomes em todas as escritas, datas de nascimento, números de documentos.",
	},
	Stage:      []string{"offer", "payment", "employment"},
	Family:     FamilyOfValue,
	Strength:   record.Conclusive,
	Link:       record.LinkPayee,
	Reads:      []string{"person.name", "person.other_names", "person.birth_date", "documents", "payouts", "contract", "submitted_by", "stage"},
	Sources:    []string{"ofac-sdn", "eu-fsf", "uk-sanctions-list", "un-sc-list"},
	LegalBasis: []string{"gdpr-6-1-c"},
	FalsePositives: []record.Text{
		{EN: "people who bear the same name: many do", DE: "Menschen mit demselben Namen: es sind viele", PT: "pessoas com o mesmo nome: são muitas"},
		{EN: "a name that looks alike only in another script", DE: "ein Name, der nur in anderer Schrift gleich aussieht", PT: "um nome que só noutra escrita parece igual"},
	},
	Clears: []record.Text{
		{EN: "another birth date or document number than the entry's, noted with the list's day", DE: "ein anderes Geburtsdatum oder eine andere Dokumentnummer als im Eintrag, vermerkt mit dem Tag der Liste", PT: "outra data de nascimento ou número de documento que a da entrada, registado com o dia da lista"},
	},
	Ask: record.Text{
		EN: "Please show your document once more; a named person compares birth date and number with the entry before any pay.",
		DE: "Bitte zeigen Sie Ihren Ausweis noch einmal; vor jeder Zahlung vergleicht ein namentlich genannter Mensch Geburtsdatum und Nummer mit dem Eintrag.",
		PT: "Mostre, por favor, o documento mais uma vez; antes de qualquer pagamento uma pessoa identificada compara data de nascimento e número com a entrada.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runPaySanctionsScreen,
}

var saySanctioned = map[record.Strength]record.Text{
	record.Supporting: {
		EN: "The name is like that of a list entry; nothing else was compared, or not enough.",
		DE: "Der Name gleicht dem eines Listeneintrags; sonst wurde nichts oder nicht genug verglichen.",
		PT: "O nome é semelhante ao de uma entrada da lista; nada mais, ou não o bastante, foi comparado.",
	},
	record.Strong: {
		EN: "The name is like that of a list entry, and a birth date or number agrees.",
		DE: "Der Name gleicht dem eines Listeneintrags, und ein Geburtsdatum oder eine Nummer stimmt überein.",
		PT: "O nome é semelhante ao de uma entrada da lista, e coincide uma data de nascimento ou um número.",
	},
	record.Conclusive: {
		EN: "Name, birth date and the number of a document are those of a list entry.",
		DE: "Name, Geburtsdatum und die Nummer eines Dokuments sind die eines Listeneintrags.",
		PT: "O nome, a data de nascimento e o número de um documento são os de uma entrada da lista.",
	},
}

func runPaySanctionsScreen(in *In) Answer {
	if !hired(in.App) {
		return notApplicable
	}
	index, loaded := in.Lists.Entities()
	if !loaded || in.App.Person.Name == "" {
		return noData
	}
	for _, u := range index.Uses() {
		in.use(u)
	}
	var found []record.Finding
	for _, q := range sanctionQueries(in.App) {
		for _, h := range index.Search(q.EntityQuery, 3) {
			strength := map[name.Strength]record.Strength{name.Supporting: record.Supporting, name.Strong: record.Strong, name.Conclusive: record.Conclusive}[h.Result.Strength]
			if strength == 0 || len(found) == 10 {
				continue
			}
			if strength == record.Conclusive && !slices.ContainsFunc(q.BirthDates, func(d record.Date) bool { return slices.Contains(h.Entity.BirthDates, d) }) {
				strength = record.Strong // two facts beside the name, or a person decides
			}
			f := observed(strength, saySanctioned[strength], record.Evidence{Field: q.field, ComparedWith: h.Entity.ID, List: h.Use.List, AsOf: h.Use.AsOf})
			f.Family, f.Content = q.family, h.Content(q.EntityQuery, in.Record)
			f.Value = digest(f.Content)
			found = append(found, f)
		}
	}
	return hit(found...)
}
