package checks

import (
	"slices"
	"strings"

	"bonafide/record"
)

// One account whose projects are each written under another full name. People change
// names, use several addresses and set up git carelessly: names with a word in
// common, and all the person calls their own, count as one, and no name is shown.
var ghAuthorIdentitySpread = Check{
	ID: "gh-author-identity-spread",
	Title: record.Text{
		EN: "Projects of one account under several full names",
		DE: "Projekte eines Kontos unter mehreren vollen Namen",
		PT: "Projetos de uma conta com vários nomes completos",
	},
	Text: record.Text{
		EN: "Projects of one account are each written almost alone by somebody with another full name. Handles, several addresses of one name, names with a word in common and the person's own other names are taken together.",
		DE: "Projekte eines Kontos sind jeweils fast allein von jemandem mit anderem vollen Namen geschrieben. Kürzel, mehrere Adressen eines Namens, Namen mit gemeinsamem Wort und eigene andere Namen gelten als eins.",
		PT: "Projetos de uma conta são escritos quase só por alguém com outro nome completo. Alcunhas, vários endereços de um nome, nomes com uma palavra comum e os outros nomes da própria pessoa contam como um.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"code", "person.name", "person.other_names"},
	Sources:    []string{"ketman", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "a change of name", DE: "eine Namensänderung", PT: "uma mudança de nome"},
		{EN: "an account that a team or a couple shares", DE: "ein Konto, das ein Team oder Paar teilt", PT: "uma conta partilhada por uma equipa ou um casal"},
		{EN: "a project taken over from its first author", DE: "ein vom ersten Autor übernommenes Projekt", PT: "um projeto assumido do primeiro autor"},
	},
	Clears: []record.Text{
		{EN: "the person says who the others are, or that they are earlier names", DE: "die Person sagt, wer die anderen sind oder dass es frühere Namen sind", PT: "a pessoa diz quem são os outros, ou que são nomes anteriores"},
	},
	Ask: record.Text{
		EN: "Please tell us who else writes on this account; earlier names need no explanation.",
		DE: "Bitte sagen Sie uns, wer sonst auf diesem Konto schreibt; frühere Namen brauchen keine Erklärung.",
		PT: "Diga-nos, por favor, quem mais escreve nesta conta; nomes anteriores não precisam de explicação.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runGhAuthorIdentitySpread,
}

var sayAuthorSpread = record.Text{
	EN: "Projects of one account are written under %d full names that have nothing in common.",
	DE: "Projekte eines Kontos sind unter %d vollen Namen geschrieben, die nichts gemeinsam haben.",
	PT: "Projetos de uma conta estão escritos com %d nomes completos sem nada em comum.",
}

const (
	leadCommits  = 5 // of one author, before a repository counts as theirs
	spreadShown  = 2
	spreadCounts = 3
)

func runGhAuthorIdentitySpread(in *In) Answer {
	looked := false
	var found []record.Finding
	own := ownNames(in.App)
	for a := range few(in.App.Code) {
		var groups [][]string // names taken as one person's
		var evidence []record.Evidence
		for i, r := range ownRepositories(&in.App.Code[a]) {
			if r.Credits != "" {
				continue
			}
			name, ok := leadAuthor(commitsOf(r.Commits))
			looked = looked || ok
			if !fullName(name) || len(groups) > 20 {
				continue
			}
			if k := compareName(own, name); k != nameUnknown && k != nameOther {
				name = own[0]
			}
			if addName(&groups, name) && len(evidence) < 5 {
				evidence = append(evidence, record.Evidence{Field: repositoryField(a, i) + ".commits"})
			}
		}
		if n := len(groups); n >= spreadShown {
			strength := record.Weak
			if n >= spreadCounts {
				strength = record.Supporting
			}
			found = append(found, observed(strength, sayAuthorSpread.Say(n), evidence...))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

// leadAuthor is who wrote at least four in five of a repository's commits; ok
// is false where the commits are few. Commits of one address are one person's,
// under the name it used last.
func leadAuthor(commits []*record.Commit) (name string, ok bool) {
	if len(commits) < leadCommits {
		return "", false
	}
	byMail, count := map[string]string{}, map[string]int{}
	for _, c := range commits {
		if c.Author != "" && c.Email != "" {
			byMail[foldWord(c.Email)] = foldWord(c.Author)
		}
	}
	best := ""
	for _, c := range commits {
		who := foldWord(c.Author)
		if later := byMail[foldWord(c.Email)]; later != "" {
			who = later
		}
		count[who]++
		if count[who] > count[best] || count[who] == count[best] && who < best {
			best = who
		}
	}
	if 5*count[best] < 4*len(commits) {
		return "", true
	}
	return best, true
}

// addName puts a name to those it shares a word with; it reports whether it
// begins a group of its own.
func addName(groups *[][]string, name string) bool {
	words := nameWords(strings.ToLower(name))
	for i, g := range *groups {
		for _, w := range words {
			if len(w) > 2 && slices.Contains(g, w) {
				(*groups)[i] = append(g, words...)
				return false
			}
		}
	}
	*groups = append(*groups, words)
	return true
}
