package screen

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/egress"
	"bonafide/record"
	"bonafide/store"
)

const (
	purposeCode = "code-account"
	// StepCode is control of an account on a code forge.
	StepCode = "code"
)

// Pages fetches one public page.
type Pages interface {
	Fetch(ctx context.Context, r egress.Request) (egress.Answer, error)
}

// forge is where a public note of an account is read by everybody: its API gives
// the owner beside the text, so that nobody can pass off another's note.
type forge struct {
	name string
	// api turns the address of a note into that of its API; "" for none of ours.
	api func(u *url.URL) string
	// read gives owner and text.
	read func(body []byte) (owner, text string, ok bool)
}

var forges = []forge{
	{"github", func(u *url.URL) string {
		part := strings.Split(strings.Trim(u.Path, "/"), "/")
		if u.Host != "gist.github.com" || len(part) != 2 || !hexWord(part[1]) {
			return ""
		}
		return "https://api.github.com/gists/" + part[1]
	}, readGist},
	{"gitlab", func(u *url.URL) string {
		part := strings.Split(strings.Trim(u.Path, "/"), "/")
		if u.Host != "gitlab.com" || len(part) != 3 || part[0] != "-" || part[1] != "snippets" || !digits(part[2]) {
			return ""
		}
		return "https://gitlab.com/api/v4/snippets/" + part[2]
	}, readSnippet},
}

func hexWord(s string) bool {
	return len(s) >= 20 && len(s) <= 64 && strings.Trim(s, "0123456789abcdef") == ""
}
func digits(s string) bool {
	return s != "" && len(s) <= 12 && strings.Trim(s, "0123456789") == ""
}

// readGist reads a gist of GitHub's REST API (GET /gists/{id}).
func readGist(body []byte) (owner, text string, ok bool) {
	var g struct {
		Owner struct {
			Login string `json:"login"`
		} `json:"owner"`
		Files map[string]struct {
			Content string `json:"content"`
		} `json:"files"`
	}
	if json.Unmarshal(body, &g) != nil || g.Owner.Login == "" {
		return "", "", false
	}
	for _, f := range g.Files {
		text += f.Content + "\n"
	}
	return g.Owner.Login, text, true
}

// readSnippet reads a snippet of GitLab's REST API (GET /snippets/{id}): its
// title and description, beside the author.
func readSnippet(body []byte) (owner, text string, ok bool) {
	var s struct {
		Author struct {
			Username string `json:"username"`
		} `json:"author"`
		Title       string `json:"title"`
		Description string `json:"description"`
	}
	if json.Unmarshal(body, &s) != nil || s.Author.Username == "" {
		return "", "", false
	}
	return s.Author.Username, s.Title + "\n" + s.Description, true
}

// CodeChallenge draws the words that are put into a public note of the account.
// They hold for a day.
func (p *Prover) CodeChallenge(ctx context.Context, who record.Actor) (string, error) {
	word := "bonafide-" + store.NewID()
	return word, p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		t.Did("code.challenge", "subject/"+who.ID, "")
		return t.AddToken(hashOf("code "+who.ID+" "+word), store.Token{Purpose: purposeCode, Object: "subject/" + who.ID, Subject: who.ID, Expires: t.Now().Add(24 * time.Hour)})
	})
}

// CodeAccount looks at a public note (a gist, a snippet) that holds the words of
// a challenge. The account is the one the forge names as the note's owner. The
// words are used up. Without a way to the network a task is left to the people
// who review.
func (p *Prover) CodeAccount(ctx context.Context, who record.Actor, word, note string) error {
	u, err := url.Parse(note)
	if err != nil || len(note) > 300 || u.Scheme != "https" {
		return record.Invalid("note", "is no https address of a gist or a snippet")
	}
	at := slices.IndexFunc(forges, func(f forge) bool { return f.api(u) != "" })
	if at < 0 {
		return record.Invalid("note", "is no address such as https://gist.github.com/NAME/ID or https://gitlab.com/-/snippets/ID")
	}
	key, err := p.Keeper.key(ctx, who.Tenant)
	if err != nil {
		return err
	}
	owner, holds := "", false
	if p.Codes != nil {
		// Not answered well is as if it were not there: a person can look.
		if answer, err := p.Codes(egress.Occasion{Tenant: who.Tenant, Act: "code.look", By: "forges", Subject: who.ID, Own: true}).Fetch(ctx, egress.Request{URL: forges[at].api(u), MaxBytes: 2 << 20}); err == nil {
			name, text, ok := forges[at].read(answer.Body)
			owner, holds = name, ok && strings.Contains(text, word)
		}
	}
	return p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		if _, err := t.UseToken(hashOf("code "+who.ID+" "+word), purposeCode); err != nil {
			return record.Invalid("word", "is used up or older than a day; begin again")
		}
		if err := t.AddStep(who.ID, store.Step{Step: StepCode, How: forges[at].name, Report: map[string]any{"note": note, "words": word, "looked": p.Codes != nil, "found": holds}}); err != nil {
			return err
		}
		return p.Keeper.amend(t, key, who.ID, "proof.code", func(a *record.Application) error {
			if holds {
				controlled(a, forges[at].name, owner, t.Now())
			}
			return nil
		})
	})
}

// controlled says that the person wrote with an account on this day.
func controlled(a *record.Application, service, handle string, now time.Time) {
	same := func(s, h string) bool { return strings.EqualFold(s, service) && strings.EqualFold(h, handle) }
	if !slices.ContainsFunc(a.Accounts, func(x record.Account) bool { return same(x.Service, x.Handle) }) {
		a.Accounts = append(a.Accounts, record.Account{Service: service, Handle: handle})
	}
	at := slices.IndexFunc(a.Code, func(x record.CodeAccount) bool { return same(x.Service, x.Handle) })
	if at < 0 {
		a.Code = append(a.Code, record.CodeAccount{Service: service, Handle: handle, AsOf: record.DateOf(now)})
		at = len(a.Code) - 1
	}
	a.Code[at].Controlled = true
	Prove(a, record.Assurance{ID: "code-account", Method: "code-note", AsOf: record.DateOf(now), At: now, Issuer: service + ":" + handle,
		Clears: []string{"cv-contact-on-other-name"}, Breaks: []string{"account-lent"}, Until: record.DateOf(now.AddDate(1, 0, 0))})
}
