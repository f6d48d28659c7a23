package checks

import (
	"bonafide/record"
)

// A page the applicant named says in the same sentences, and is made in the same way,
// as a page of somebody else. Themes are sold and given away, tutorials end in one
// project for thousands: what many share is not counted, and neither make nor a few
// sentences alone are more than a reason to look.
var cvPortfolioClone = Check{
	ID: "cv-portfolio-clone",
	Title: record.Text{
		EN: "A page they named equals somebody else's",
		DE: "Eine genannte Seite gleicht der einer anderen Person",
		PT: "Uma página indicada é igual à de outra pessoa",
	},
	Text: record.Text{
		EN: "The text of a saved page shares whole rare sentences with a page named under another name, or with one of a third party, or both show the same pictures or the same order of elements.",
		DE: "Der Text einer gespeicherten Seite teilt ganze seltene Sätze mit einer Seite unter anderem Namen oder der eines Dritten, oder beide zeigen dieselben Bilder oder dieselbe Folge von Elementen.",
		PT: "O texto de uma página guardada partilha frases raras completas com uma página indicada sob outro nome, ou com a de terceiros, ou ambas mostram as mesmas imagens ou a mesma ordem de elementos.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Strong,
	Reads:      []string{"pages", "links.page-text", "links.page-build"},
	Sources:    []string{"state-advisory-2022", "sentinellabs-2024-11"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a theme with its sample texts and pictures left in", DE: "ein Theme, dessen Beispieltexte und Bilder stehen blieben", PT: "um tema com os textos e imagens de exemplo"},
		{EN: "the project of a tutorial or a course", DE: "das Projekt einer Anleitung oder eines Kurses", PT: "o projeto de um tutorial ou de um curso"},
		{EN: "the person whose page was copied, where the copy was seen first", DE: "die Person, deren Seite kopiert wurde, wenn die Kopie zuerst gesehen wurde", PT: "a pessoa cuja página foi copiada, se a cópia foi vista primeiro"},
	},
	Clears: []record.Text{
		{EN: "the theme or tutorial is named, or the person shows that the page is theirs: a change made on request, its history", DE: "Theme oder Anleitung sind benannt, oder die Person zeigt, dass die Seite ihre ist: eine Änderung auf Wunsch, ihre Versionsgeschichte", PT: "o tema ou tutorial é indicado, ou a pessoa mostra que a página é sua: uma alteração a pedido, o seu histórico"},
	},
	Ask: record.Text{
		EN: "Please tell us how this page came about and which theme it uses, and add a word of our choice to it for a day.",
		DE: "Bitte sagen Sie uns, wie diese Seite entstand und welches Theme sie nutzt, und fügen Sie ihr für einen Tag ein Wort unserer Wahl hinzu.",
		PT: "Diga-nos, por favor, como surgiu esta página e que tema usa, e acrescente-lhe durante um dia uma palavra à nossa escolha.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvPortfolioClone,
}

var (
	sayPageText = record.Text{
		EN: "%d rare sentences of a page they named stand in a page of somebody else.",
		DE: "%d seltene Sätze einer genannten Seite stehen auf einer Seite einer anderen Person.",
		PT: "%d frases raras de uma página indicada constam de uma página de outra pessoa.",
	}
	sayPageBuild = record.Text{
		EN: "A page they named shows the same pictures, or is made in the same order of elements, as a page of somebody else.",
		DE: "Eine genannte Seite zeigt dieselben Bilder oder hat dieselbe Folge von Elementen wie eine Seite einer anderen Person.",
		PT: "Uma página indicada mostra as mesmas imagens, ou tem a mesma ordem de elementos, que uma página de outra pessoa.",
	}
)

// cloneSentences is from how many shared sentences on a text alone is more than
// what a theme leaves behind.
const cloneSentences = 5

func runCvPortfolioClone(in *In) Answer {
	looked := false
	for i := range few(in.App.Pages) {
		p := &in.App.Pages[i]
		looked = looked || p.Text != "" || p.Skeleton != "" || len(p.Assets) > 0
	}
	if !looked {
		return noData
	}
	built := map[string]bool{} // by whom the make is shared, and counts
	for i := range in.Links {
		if l := &in.Links[i]; l.Kind == record.KindPageBuild && l.Strength > record.Weak {
			for _, o := range l.Others {
				built[o] = true
			}
		}
	}
	var found []record.Finding
	told := map[string]bool{}
	for i := range in.Links {
		l := &in.Links[i]
		if l.Kind != record.KindPageText {
			continue
		}
		f := sharedFinding(l, sayPageText.Say(l.Shared))
		both := false
		for _, o := range l.Others {
			both, told[o] = both || built[o], true
		}
		if l.Shared < cloneSentences && !both {
			f.Strength = min(f.Strength, record.Supporting)
		}
		found = append(found, f)
	}
	said := 0
	for i := range in.Links {
		l := &in.Links[i]
		if l.Kind != record.KindPageBuild || said == 3 || len(l.Others) > 0 && told[l.Others[0]] {
			continue // the text has said it
		}
		f := sharedFinding(l, sayPageBuild)
		f.Strength = record.Weak // two who took one theme, or one tutorial
		found = append(found, f)
		said++
	}
	return hit(found...)
}
