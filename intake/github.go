package intake

import (
	"strings"
	"time"

	"bonafide/record"
)

// GitHub: a code account as its REST API writes it, collected by whoever has the
// right to: {"user": GET /users/x, "repos": [GET /users/x/repos, each with
// "commits": GET /repos/x/y/commits and, where a copy is asked about, "upstream":
// the commits of the other project], and "events": GET /users/x/events}. What git itself prints, with the clock of
// the author (%aI), may stand in for a commit's date; the API turns it into UTC.
//
// Only what a check may read is taken, not even kept in extra: pages, pictures
// and counters are other people's data too.

type gitHubAccount struct {
	User  gitHubUser   `json:"user"`
	Repos []gitHubRepo `json:"repos"`
	AsOf  loose        `json:"as_of"`
	// Events are GET /users/x/events: github_events.go.
	Events []gitHubEvent `json:"events"`
}

type gitHubUser struct {
	Login     loose `json:"login"`
	Name      loose `json:"name"`
	Email     loose `json:"email"`
	CreatedAt loose `json:"created_at"`
	UpdatedAt loose `json:"updated_at"`
}

type gitHubRepo struct {
	Name      loose          `json:"name"`
	FullName  loose          `json:"full_name"`
	Fork      bool           `json:"fork"`
	CreatedAt loose          `json:"created_at"`
	Credits   loose          `json:"credits"` // the upstream that its licence or text names, by whoever collected
	Commits   []gitHubCommit `json:"commits"`
	Upstream  []gitHubCommit `json:"upstream"`
}

type gitHubCommit struct {
	Commit struct {
		Author struct {
			Name  loose `json:"name"`
			Email loose `json:"email"`
			Date  loose `json:"date"`
		} `json:"author"`
		Tree struct {
			SHA loose `json:"sha"`
		} `json:"tree"`
		Message loose `json:"message"`
	} `json:"commit"`
}

// Bounds of one account; what is beyond them is not read.
const (
	mostRepositories  = 1_000
	mostCommits       = 20_000
	longestCommitText = 200 // bytes of the first line
)

func gitHubKnows(n names) bool { return n.has("user.login", "user.created_at", "repos") }

func decodeGitHub(raw []byte, c given) (*record.Application, error) {
	var g gitHubAccount
	if err := decodeShape(raw, &g); err != nil {
		return nil, err
	}
	if g.User.Login == "" {
		return nil, record.Invalid("user.login", "is empty: whose account is it?")
	}
	a := &record.Application{ID: string(g.User.Login), Source: c.sourceOr("github"), ReceivedAt: c.firstTime(g.AsOf, g.User.UpdatedAt)}
	a.Person.Name = string(g.User.Name)
	addEmail(a, string(g.User.Email))
	addAccount(a, "github", string(g.User.Login))
	account := g.account()
	if err := addGitHubEvents(&account, g.Events); err != nil {
		return nil, err
	}
	a.Code = []record.CodeAccount{account}
	return a, nil
}

func (g *gitHubAccount) account() record.CodeAccount {
	account := record.CodeAccount{Service: "github", Handle: string(g.User.Login), Created: gitHubDay(g.User.CreatedAt), AsOf: gitHubDay(g.AsOf)}
	for i := range g.Repos[:min(len(g.Repos), mostRepositories)] {
		r := &g.Repos[i]
		name := r.FullName
		if name == "" {
			name = r.Name
		}
		account.Repositories = append(account.Repositories, record.Repository{Name: string(name), Created: gitHubDay(r.CreatedAt), Fork: r.Fork,
			Credits: string(r.Credits), Commits: gitHubCommits(r.Commits), Upstream: gitHubCommits(r.Upstream)})
	}
	return account
}

func gitHubCommits(all []gitHubCommit) (commits []record.Commit) {
	for i := range all[:min(len(all), mostCommits)] {
		c := &all[i].Commit
		message, _, _ := strings.Cut(string(c.Message), "\n")
		at, offset := gitHubTime(c.Author.Date)
		commits = append(commits, record.Commit{At: at, Offset: offset, Tree: string(c.Tree.SHA),
			Author: string(c.Author.Name), Email: string(c.Author.Email), Message: clip(strings.TrimSpace(message), longestCommitText)})
	}
	return commits
}

// gitHubTime is a commit's moment and its author's offset in minutes; a moment
// in Z is one that the API has turned into UTC, so that the offset is unknown.
func gitHubTime(l loose) (time.Time, *int) {
	t, err := time.Parse(time.RFC3339, strings.TrimSpace(string(l)))
	if err != nil || wrongTime(t) {
		return time.Time{}, nil
	}
	if strings.HasSuffix(strings.TrimSpace(string(l)), "Z") {
		return t.UTC(), nil
	}
	_, seconds := t.Zone()
	minutes := seconds / 60
	return t.UTC(), &minutes
}

func gitHubDay(l loose) record.Date {
	if t := moment(l); !t.IsZero() && !wrongTime(t) {
		return record.DateOf(t)
	}
	return ""
}
