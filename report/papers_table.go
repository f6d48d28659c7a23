package report

import (
	"strconv"
	"strings"

	"bonafide/record"
)

func itoa(n int) string { return strconv.Itoa(n) }

// paperTables are the facts a paper may print, each as a head and rows.
var paperTables = map[string]func(PaperFacts, record.Lang) ([]string, [][]string){
	"checks":    paperChecks,
	"observed":  paperObserved,
	"questions": paperQuestions,
	"lists":     paperLists,
	"keep":      paperKeep,
	"rules":     paperRules,
	"may":       paperMay,
	"clocks":    paperClocks,
	"said":      paperSaid,
	"demand":    paperDemand,
}

func paperHead(l record.Lang, keys ...string) (head []string) {
	for _, k := range keys {
		head = append(head, paperWord(l, k))
	}
	return head
}

func paperChecks(f PaperFacts, l record.Lang) ([]string, [][]string) {
	var rows [][]string
	for _, c := range f.Checks {
		rows = append(rows, []string{c.ID, c.Title.In(l), familyHead(l, c.Family), strengthSaid[c.Strength].In(l), strings.Join(c.Reads, ", "), strings.Join(c.LegalBasis, ", "), itoa(c.Version)})
	}
	return paperHead(l, "check", "observes", "family", "at most", "reads", "basis", "version"), rows
}

// paperObserved is the checks for whoever applies: what is observed, in words.
func paperObserved(f PaperFacts, l record.Lang) ([]string, [][]string) {
	var rows [][]string
	for _, c := range f.Checks {
		rows = append(rows, []string{c.Title.In(l), c.Text.In(l)})
	}
	return paperHead(l, "observes", "how"), rows
}

func paperQuestions(f PaperFacts, l record.Lang) ([]string, [][]string) {
	var rows [][]string
	for _, c := range f.Checks {
		if ask := c.Ask.In(l); ask != "" {
			var innocent []string
			for _, x := range c.FalsePositives {
				innocent = append(innocent, x.In(l))
			}
			rows = append(rows, []string{c.ID, ask, strings.Join(innocent, " ")})
		}
	}
	return paperHead(l, "check", "asks", "innocent"), rows
}

func paperLists(f PaperFacts, l record.Lang) ([]string, [][]string) {
	var rows [][]string
	for _, x := range f.Lists {
		fresh := paperWord(l, "current")
		if x.Stale {
			fresh = paperWord(l, "stale")
		}
		rows = append(rows, []string{x.List, string(x.AsOf), fresh})
	}
	return paperHead(l, "list", "day", "state"), rows
}

func paperKeep(f PaperFacts, l record.Lang) ([]string, [][]string) {
	var rows [][]string
	for _, k := range f.Keep {
		sure := paperWord(l, "not confirmed")
		if k.Confirmed {
			sure = paperWord(l, "confirmed")
		}
		rows = append(rows, []string{paperWord(l, "class "+k.Class), itoa(k.Days), k.Basis, sure})
	}
	return paperHead(l, "class", "days", "basis", "lawyer"), rows
}

func paperRules(f PaperFacts, l record.Lang) ([]string, [][]string) {
	var rows [][]string
	for line := range strings.Lines(f.Rules) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			rows = append(rows, []string{line})
		}
	}
	return []string{paperWord(l, "rules") + " (" + paperWord(l, "version") + " " + strconv.FormatInt(f.RulesVersion, 10) + ")"}, rows
}

func paperMay(f PaperFacts, l record.Lang) ([]string, [][]string) {
	var rows [][]string
	for _, m := range f.May {
		rows = append(rows, []string{m[0], m[1]})
	}
	return paperHead(l, "act", "roles"), rows
}

func paperClocks(f PaperFacts, l record.Lang) ([]string, [][]string) {
	head := paperHead(l, "clock", "law", "due")
	if f.Case == nil {
		return head, nil
	}
	var rows [][]string
	if f.Case.Opened != "" {
		rows = append(rows, []string{paperWord(l, "opened"), f.Case.ID, f.Case.Opened})
	}
	known := f.Case.Known
	if known == "" {
		known = paperWord(l, "unknown")
	}
	rows = append(rows, []string{paperWord(l, "known"), "", known})
	for _, c := range f.Case.Clocks {
		rows = append(rows, []string{c.What, c.Law, c.Due})
	}
	return head, rows
}

func said(l record.Lang, all []PaperSaid) ([]string, [][]string) {
	var rows [][]string
	for _, s := range all {
		rows = append(rows, []string{s.Asked, s.Said})
	}
	return paperHead(l, "asked", "said"), rows
}

func paperSaid(f PaperFacts, l record.Lang) ([]string, [][]string) {
	if f.Case == nil {
		return said(l, nil)
	}
	return said(l, f.Case.Said)
}

func paperDemand(f PaperFacts, l record.Lang) ([]string, [][]string) {
	if f.Case == nil {
		return said(l, nil)
	}
	return said(l, f.Case.Demand)
}

func paperWord(l record.Lang, key string) string {
	t, ok := paperWords[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	return t.In(l)
}

// paperWords are the words of papers around their texts.
var paperWords = map[string]record.Text{
	"unknown":           tx("unknown", "unbekannt", "desconhecido"),
	"empty":             tx("Nothing is known here yet; fill it in.", "Hier ist noch nichts bekannt; bitte ausfüllen.", "Ainda nada se sabe aqui; preencher."),
	"unverified":        tx("Not verified: the source was read in part or in another’s report. Counsel confirms it before this is used.", "Nicht bestätigt: Die Quelle wurde nur in Teilen oder im Bericht anderer gelesen. Vor Gebrauch von der Rechtsberatung bestätigen lassen.", "Não verificado: a fonte foi lida em parte ou através de terceiros. Confirmar com o jurídico antes de usar."),
	"version":           tx("version", "Fassung", "versão"),
	"fill":              tx("to fill in", "auszufüllen", "a preencher"),
	"source":            tx("Source", "Quelle", "Fonte"),
	"check":             tx("Check", "Prüfung", "Verificação"),
	"observes":          tx("Observes", "Beobachtet", "Observa"),
	"how":               tx("How", "Wie", "Como"),
	"family":            tx("Family", "Familie", "Família"),
	"at most":           tx("At most", "Höchstens", "No máximo"),
	"reads":             tx("Reads", "Liest", "Lê"),
	"basis":             tx("Basis", "Grundlage", "Fundamento"),
	"asks":              tx("Asks", "Fragt", "Pede"),
	"innocent":          tx("Who is wrongly hit", "Wen es zu Unrecht trifft", "Quem é atingido sem razão"),
	"list":              tx("List", "Liste", "Lista"),
	"day":               tx("As of", "Stand", "Data"),
	"state":             tx("State", "Zustand", "Estado"),
	"current":           tx("current", "aktuell", "atual"),
	"stale":             tx("stale", "veraltet", "desatualizada"),
	"class":             tx("Class", "Klasse", "Classe"),
	"class routine":     tx("Routine cases", "Fälle ohne Besonderheit", "Casos de rotina"),
	"class application": tx("Application", "Bewerbung", "Candidatura"),
	"class document":    tx("Picture of a document", "Bild eines Ausweises", "Imagem de documento"),
	"class closed-keys": tx("Minimal keys of closed cases", "Minimale Schlüssel geschlossener Fälle", "Chaves mínimas de casos encerrados"),
	"days":              tx("Days", "Tage", "Dias"),
	"lawyer":            tx("Confirmed by counsel", "Von Rechtsberatung bestätigt", "Confirmado pelo jurídico"),
	"confirmed":         tx("yes", "ja", "sim"),
	"not confirmed":     tx("not yet", "noch nicht", "ainda não"),
	"rules":             tx("Rules in force", "Geltende Regeln", "Regras em vigor"),
	"act":               tx("Act", "Handlung", "Ato"),
	"roles":             tx("Roles", "Rollen", "Funções"),
	"clock":             tx("Clock", "Frist", "Prazo"),
	"law":               tx("Law", "Vorschrift", "Norma"),
	"due":               tx("At", "Zeitpunkt", "Momento"),
	"opened":            tx("Case opened", "Fall eröffnet", "Caso aberto"),
	"known":             tx("Known since", "Bekannt seit", "Conhecido desde"),
	"asked":             tx("Asked", "Gefragt", "Pergunta"),
	"said":              tx("Recorded", "Festgehalten", "Registado"),
}
