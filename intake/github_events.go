package intake

import (
	"slices"
	"strings"

	"bonafide/record"
)

// GitHub's events of one account (GET /users/x/events, /users/x/received_events
// is not one): a list of its own, or the member "events" of a collected account.
// Read are pushes (who wrote the commits), repositories made, forks, and with
// whom the account spoke. A push tells when it was pushed, not when its commits
// were made, so that their time stays unknown.

type gitHubEvent struct {
	Type  loose `json:"type"`
	Actor struct {
		Login loose `json:"login"`
	} `json:"actor"`
	Repo struct {
		Name loose `json:"name"`
	} `json:"repo"`
	At      loose `json:"created_at"`
	Payload struct {
		RefType loose `json:"ref_type"`
		Commits []struct {
			Message loose `json:"message"`
			Author  struct {
				Name  loose `json:"name"`
				Email loose `json:"email"`
			} `json:"author"`
		} `json:"commits"`
		Forkee *struct {
			FullName loose `json:"full_name"`
		} `json:"forkee"`
		Issue       gitHubThread `json:"issue"`
		PullRequest gitHubThread `json:"pull_request"`
	} `json:"payload"`
}

type gitHubThread struct {
	User struct {
		Login loose `json:"login"`
	} `json:"user"`
}

// mostEvents bounds one account: the API hands out three hundred.
const mostEvents = 20_000

func gitHubEventKnows(n names) bool { return n.has("type", "actor.login", "repo.name", "payload") }

// decodeGitHubEvent: one event is no account.
func decodeGitHubEvent([]byte, given) (*record.Application, error) {
	return nil, record.Invalid("", "one event of an account: give the list of them, as the API answers")
}

// decodeGitHubEvents reads a whole list.
func decodeGitHubEvents(raw []byte, c given) (*record.Application, error) {
	if deep(raw) {
		return nil, record.Invalid("", "nested deeper than 64 levels")
	}
	var all []gitHubEvent
	if err := decodeShape(raw, &all); err != nil {
		return nil, err
	}
	login, newest := loose(""), loose("")
	for i := range all {
		if login == "" {
			login = all[i].Actor.Login
		}
		if t := all[i].At; t > newest {
			newest = t // RFC 3339 in UTC sorts as text
		}
	}
	if login == "" {
		return nil, record.Invalid("actor.login", "is empty: whose events are they?")
	}
	account := record.CodeAccount{Service: "github", Handle: string(login), AsOf: gitHubDay(newest)}
	if err := addGitHubEvents(&account, all); err != nil {
		return nil, err
	}
	a := &record.Application{ID: string(login), Source: c.sourceOr("github"), ReceivedAt: c.firstTime(newest), Code: []record.CodeAccount{account}}
	addAccount(a, "github", string(login))
	keepCount(a, "events beyond the bound, not read", len(all)-mostEvents)
	return a, tidy(a)
}

// addGitHubEvents adds what events tell to an account; they must be its own.
func addGitHubEvents(account *record.CodeAccount, all []gitHubEvent) error {
	place := map[string]int{}
	for i := range account.Repositories {
		place[account.Repositories[i].Name] = i
	}
	repository := func(name string) *record.Repository {
		i, known := place[name]
		if !known {
			i = len(account.Repositories)
			place[name] = i
			account.Repositories = append(account.Repositories, record.Repository{Name: name})
		}
		return &account.Repositories[i]
	}
	spoke := map[string]int{}
	for i := range all[:min(len(all), mostEvents)] {
		e := &all[i]
		if !strings.EqualFold(string(e.Actor.Login), account.Handle) {
			return record.Invalid("actor.login", "events of several accounts: export one account each")
		}
		switch name := string(e.Repo.Name); e.Type {
		case "PushEvent":
			r := repository(name)
			for j := range e.Payload.Commits {
				c := &e.Payload.Commits[j]
				if len(r.Commits) < mostCommits {
					message, _, _ := strings.Cut(string(c.Message), "\n")
					r.Commits = append(r.Commits, record.Commit{Author: string(c.Author.Name), Email: string(c.Author.Email), Message: clip(strings.TrimSpace(message), longestCommitText)})
				}
			}
		case "CreateEvent":
			if r := repository(name); e.Payload.RefType == "repository" && r.Created == "" {
				r.Created = gitHubDay(e.At)
			}
		case "ForkEvent":
			if e.Payload.Forkee != nil && e.Payload.Forkee.FullName != "" {
				repository(string(e.Payload.Forkee.FullName)).Fork = true
			}
		case "IssueCommentEvent", "IssuesEvent", "PullRequestEvent", "PullRequestReviewEvent", "PullRequestReviewCommentEvent", "CommitCommentEvent":
			owner, _, _ := strings.Cut(name, "/")
			for _, who := range []string{owner, string(e.Payload.Issue.User.Login), string(e.Payload.PullRequest.User.Login)} {
				if who != "" && !strings.EqualFold(who, account.Handle) {
					spoke[who]++
					break
				}
			}
		}
	}
	for who, times := range spoke {
		account.Contacts = append(account.Contacts, record.CodeContact{Handle: who, Times: times})
	}
	slices.SortFunc(account.Contacts, func(x, y record.CodeContact) int { return strings.Compare(x.Handle, y.Handle) })
	return nil
}
