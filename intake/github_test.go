package intake

import (
	"os"
	"strings"
	"testing"

	"bonafide/record"
)

// An account is one item however it is written down, and its repositories are
// never taken for a page of applications.
func TestGitHubOneItem(t *testing.T) {
	for name, text := range map[string]string{
		"one line":    `{"user":{"login":"ada-example","name":"Ada Example","created_at":"2025-06-01T08:00:00Z"},"repos":[{"name":"kettle"},{"name":"cups"}]}`,
		"repos first": `{"repos":[{"name":"kettle"},{"name":"cups"}],"user":{"login":"ada-example","name":"Ada Example","created_at":"2025-06-01T08:00:00Z"}}`,
	} {
		r, err := Open("account.json", strings.NewReader(text), Options{Received: fileDay})
		if err != nil {
			t.Fatal(name, err)
		}
		apps, errs := readAll(t, r)
		if r.Format() != "github" || len(apps) != 1 || len(errs) != 0 || len(apps[0].Code[0].Repositories) != 2 {
			t.Errorf("%s: %s, %d applications, refused %v", name, r.Format(), len(apps), errs)
		}
	}
}

// codeAccount is the account of one collected object.
func codeAccount(raw []byte) (record.CodeAccount, error) {
	a, err := Line(raw, Options{})
	if err != nil || len(a.Code) == 0 {
		return record.CodeAccount{}, err
	}
	return a.Code[0], nil
}

func TestCodeAccount(t *testing.T) {
	raw, err := os.ReadFile("testdata/github/account.json")
	if err != nil {
		t.Fatal(err)
	}
	account, err := codeAccount(raw)
	if err != nil || account.Handle != "ada-example" || len(account.Repositories) != 2 || len(account.Repositories[0].Upstream) != 1 {
		t.Errorf("%v, %+v", err, account)
	}
	if o := account.Repositories[0].Commits; o[0].Offset != nil || o[1].Offset == nil || *o[1].Offset != 120 {
		t.Error("a moment in Z has no offset of an author, one with an offset has it")
	}
	for _, bad := range []string{"", "[]", `{"user":{}}`, `{"user":"secret-value"}`, `{"user":{"login":"x"},"repos":[{"fork":"secret-value"}]}`, strings.Repeat(`{"user":`, 100)} {
		_, err := codeAccount([]byte(bad))
		if err == nil || strings.Contains(err.Error(), "secret-value") {
			t.Errorf("%.40q: error %v", bad, err)
		}
	}
}

func FuzzCodeAccount(f *testing.F) {
	if text, err := os.ReadFile("testdata/github/account.json"); err == nil {
		f.Add(text)
	}
	f.Add([]byte(`{"user":{"login":"x","created_at":1},"repos":[{"commits":[{"commit":{"author":{"date":"2024-01-01T00:00:00+14:00"}}}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		account, err := codeAccount(raw)
		if err != nil {
			return
		}
		for _, r := range account.Repositories {
			for _, c := range r.Commits {
				if wrongTime(c.At) || len(c.Message) > longestCommitText {
					t.Fatal("a commit with a time or a text beyond its bounds")
				}
			}
		}
	})
}
