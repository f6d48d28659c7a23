package checks

import (
	"bonafide/record"
)

// The very same states of a project, commit after commit, under another author's
// name than in the project they come from. Forks keep their authors, and a rewrite
// of one's own history keeps a name or an address: neither is counted.
var ghCopiedHistory = Check{
	ID: "gh-copied-history",
	Title: record.Text{
		EN: "A project's history under another author",
		DE: "Die Geschichte eines Projekts unter anderem Namen",
		PT: "O histórico de um projeto com outro autor",
	},
	Text: record.Text{
		EN: "States of the files in a repository are identical with those of another project, and the author of the commits is somebody else there. A declared fork, a named origin or an author in common is not counted.",
		DE: "Dateistände eines Repositorys sind mit denen eines anderen Projekts identisch, dort aber von jemand anderem. Ein ausgewiesener Fork, eine genannte Herkunft oder gleiche Autorschaft zählt nicht.",
		PT: "Estados dos ficheiros de um repositório são idênticos aos de outro projeto, onde o autor é outra pessoa. Um fork declarado, uma origem indicada ou um autor comum não contam.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Strong,
	Reads:      []string{"code"},
	Sources:    []string{"seal-frameworks", "ketman"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "a fork that was pushed without the mark of a fork", DE: "ein Fork, der ohne Kennzeichen hochgeladen wurde", PT: "um fork enviado sem a marca de fork"},
		{EN: "coursework that all begin from one template", DE: "Kursarbeiten, die alle mit einer Vorlage beginnen", PT: "trabalhos de curso que partem do mesmo modelo"},
		{EN: "the upstream project is the person's own, under an earlier name", DE: "das Ursprungsprojekt ist das eigene, unter früherem Namen", PT: "o projeto de origem é da própria pessoa, com um nome anterior"},
	},
	Clears: []record.Text{
		{EN: "the origin named in licence or text", DE: "die in Lizenz oder Text genannte Herkunft", PT: "a origem indicada na licença ou no texto"},
		{EN: "the person answers a challenge with the account of the origin", DE: "die Person beantwortet einen Nachweis mit dem Konto des Ursprungs", PT: "a pessoa responde a um desafio com a conta de origem"},
	},
	Ask: record.Text{
		EN: "Please tell us what of this project is yours and where the rest comes from.",
		DE: "Bitte sagen Sie uns, was an diesem Projekt von Ihnen ist und woher der Rest stammt.",
		PT: "Diga-nos, por favor, o que neste projeto é seu e de onde vem o resto.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runGhCopiedHistory,
}

var sayCopiedStates = record.Text{
	EN: "%d states of a repository are identical with those of another project whose author is somebody else.",
	DE: "%d Stände eines Repositorys sind identisch mit denen eines anderen Projekts, das von jemand anderem stammt.",
	PT: "%d estados de um repositório são idênticos aos de outro projeto cujo autor é outra pessoa.",
}

var sayCopiedState = record.Text{
	EN: "One state of a repository is identical with that of another project, as when both begin from a template.",
	DE: "Ein Stand eines Repositorys ist identisch mit dem eines anderen Projekts, wie bei einer gemeinsamen Vorlage.",
	PT: "Um estado de um repositório é idêntico ao de outro projeto, como quando ambos partem de um modelo.",
}

var sayCopiedWords = record.Text{
	EN: "%d commits of a repository carry, in order, the messages of another project whose author is somebody else.",
	DE: "%d Commits eines Repositorys tragen der Reihe nach die Texte eines anderen Projekts, das von jemand anderem stammt.",
	PT: "%d commits de um repositório trazem, por ordem, as mensagens de outro projeto cujo autor é outra pessoa.",
}

const (
	treesStrong   = 5  // identical states that no template explains
	treesCounted  = 2  // one alone may be a common beginning
	wordsCounted  = 10 // messages in a row of order
	shortestWords = 12 // bytes: "fix", "update" are everybody's
)

func runGhCopiedHistory(in *In) Answer {
	looked := false
	var found []record.Finding
	for a := range few(in.App.Code) {
		for i, r := range ownRepositories(&in.App.Code[a]) {
			own, upstream := commitsOf(r.Commits), commitsOf(r.Upstream)
			if len(own) == 0 || len(upstream) == 0 {
				continue
			}
			looked = true
			if r.Credits != "" {
				continue
			}
			field := repositoryField(a, i)
			where := record.Evidence{Field: field + ".commits", ComparedWith: field + ".upstream"}
			trees, words := sameTrees(own, upstream), sameWords(own, upstream)
			switch {
			case trees >= treesStrong || trees >= 1 && words >= wordsCounted:
				found = append(found, observed(record.Strong, record.Plural(trees, sayCopiedState, sayCopiedStates.Say(trees)), where))
			case trees >= treesCounted:
				found = append(found, observed(record.Supporting, sayCopiedStates.Say(trees), where))
			case words >= wordsCounted:
				found = append(found, observed(record.Supporting, sayCopiedWords.Say(words), where))
			case trees == 1:
				found = append(found, observed(record.Weak, sayCopiedState, where))
			}
		}
	}
	if !looked {
		return noData
	}
	return hit(found[:min(len(found), 10)]...)
}

// sameTrees counts distinct states that upstream has too, by nobody who is the same.
func sameTrees(own, upstream []*record.Commit) (n int) {
	by := map[string][]*record.Commit{}
	for _, c := range upstream {
		if c.Tree != "" && len(by[c.Tree]) < 8 {
			by[c.Tree] = append(by[c.Tree], c)
		}
	}
	seen := map[string]bool{}
	for _, c := range own {
		theirs := by[c.Tree]
		if c.Tree == "" || seen[c.Tree] || len(theirs) == 0 {
			continue
		}
		same := false
		for _, u := range theirs {
			same = same || sameAuthor(c, u)
		}
		seen[c.Tree] = true
		if !same {
			n++
		}
	}
	return n
}

// sameWords counts messages that both have in the same order, by others.
func sameWords(own, upstream []*record.Commit) (n int) {
	at := map[string][]int{}
	for i, c := range upstream {
		if len(c.Message) >= shortestWords {
			at[c.Message] = append(at[c.Message], i)
		}
	}
	last := -1
	for _, c := range own {
		places := at[c.Message]
		for len(places) > 0 && places[0] <= last {
			places = places[1:]
		}
		at[c.Message] = places
		if len(places) == 0 || sameAuthor(c, upstream[places[0]]) {
			continue
		}
		last = places[0]
		n++
	}
	return n
}
