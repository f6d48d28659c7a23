package connect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"bonafide/record"
)

func saidResult(r *IdentityResult) string {
	head := []string{r.Provider, r.ID, r.Kind, string(r.Outcome)}
	for _, x := range r.Reasons {
		head = append(head, x.Code)
	}
	var more []string
	add := func(is bool, s string) {
		if is {
			more = append(more, s)
		}
	}
	for _, x := range r.Signals {
		more = append(more, "signals "+x.Code)
	}
	add(r.Subject != "", "subject "+r.Subject)
	add(r.IP != "", "ip")
	add(r.Document.Kind != "", r.Document.Kind+" until "+string(r.Document.Expires))
	add(r.Sandbox, "sandbox")
	add(r.Refetch, "refetch")
	add(r.UnknownWord != "", "unknown "+r.UnknownWord)
	add(!r.CheckedAt.IsZero(), r.CheckedAt.Truncate(time.Second).Format(time.RFC3339))
	s := strings.Join(head, " ")
	if len(more) > 0 {
		s += " | " + strings.Join(more, ", ")
	}
	return s
}

func TestReadIdentity(t *testing.T) {
	a, err := txtar.ParseFile("testdata/identity/cases.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(a.Files); i += 2 {
		name := strings.TrimSuffix(a.Files[i].Name, ".json")
		provider, _, _ := strings.Cut(name, " ")
		all, err := ReadIdentity(provider, a.Files[i].Data)
		var got []string
		for j := range all {
			got = append(got, saidResult(&all[j]))
		}
		if want := strings.TrimSpace(string(a.Files[i+1].Data)); err != nil || strings.Join(got, "\n") != want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, strings.Join(got, "\n"), want)
		}
	}
}

// No word of a vendor that asks the candidate again ever becomes a failure.
func TestTryingAgainIsNoFailure(t *testing.T) {
	for provider, body := range map[string]string{
		"sumsub": `{"applicantId":"a","type":"applicantReviewed","reviewResult":{"reviewAnswer":"RED","reviewRejectType":"RETRY"}}`,
		"veriff": `{"verification":{"id":"v","code":9103}}`,
		"stripe": `{"object":"identity.verification_session","id":"s","status":"requires_input"}`,
	} {
		all, err := ReadIdentity(provider, []byte(body))
		if err != nil || len(all) != 1 || all[0].Outcome != Inconclusive {
			t.Errorf("%s: %+v %v", provider, all, err)
		}
	}
}

func TestReadIdentityRefuses(t *testing.T) {
	for _, c := range [][2]string{
		{"sumsub", `{"applicantId":"a","applicantId":"b","type":"x"}`}, // twice the same member
		{"sumsub", `{}`}, {"veriff", `{"verification":{}}`}, {"persona", `{"data":{"type":"event","attributes":{"name":"verification.passed"}}}`},
		{"stripe", `{"object":"event","type":"identity.x","data":{"object":{"object":"event","type":"identity.x"}}}`},
		{"stripe", `{"object":"charge","id":"c"}`}, {"onfido", `[]`}, {"onfido", ``},
	} {
		if all, err := ReadIdentity(c[0], []byte(c[1])); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%s %s: %+v %v", c[0], c[1], all, err)
		}
	}
	if _, err := ReadIdentity("acme", nil); record.CodeOf(err) != record.CodeNotFound {
		t.Error(err)
	}
}

func FuzzReadIdentity(f *testing.F) {
	a, err := txtar.ParseFile("testdata/identity/cases.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, x := range a.Files {
		if strings.HasSuffix(x.Name, ".json") {
			f.Add(x.Data)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for provider := range identityReaders {
			all, err := ReadIdentity(provider, b)
			for _, r := range all {
				if err == nil && (r.Outcome == "" || r.ID == "") {
					t.Fatalf("%s gave %+v", provider, r)
				}
			}
		}
	})
}

// Every sample of the named vendors is read.
func TestRealIdentitySamples(t *testing.T) {
	data := os.Getenv("BONAFIDE_DATA")
	if data == "" {
		data = "../../shared/data"
	}
	read := 0
	for provider := range identityReaders {
		files, _ := filepath.Glob(filepath.Join(data, "payloads", provider, "*.json"))
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ReadIdentity(provider, b); err != nil {
				t.Errorf("%s: %v", filepath.Base(f), err)
			}
			read++
		}
	}
	if read == 0 {
		t.Skip("the data folder is absent: real samples of identity vendors were NOT read")
	}
	t.Logf("%d samples read", read)
}
