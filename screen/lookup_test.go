package screen

import (
	"context"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"bonafide/egress"
	"bonafide/prove/chip"
)

// TestChipLists: the revocation list that an authority names is fetched, judged and
// kept; a file with a certificate in it is taken for none, so that whoever answers
// can take trust away and never give it.
func TestChipLists(t *testing.T) {
	story, err := txtar.ParseFile("../cmd/bonafide/testdata/script/prove_chip.txtar")
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range story.Files {
		parts[f.Name] = f.Data
	}
	unhex := func(name string) chip.File {
		b, err := hex.DecodeString(strings.Join(strings.Fields(string(parts[name])), ""))
		if err != nil {
			t.Fatal(err)
		}
		return chip.File{Name: name, Bytes: b}
	}
	d, err := chip.Sort([]chip.File{unhex("hex/EF_SOD"), unhex("hex/DG1")})
	if err != nil {
		t.Fatal(err)
	}
	trust := chip.NewTrust()
	if err := trust.Add("utopia.pem", parts["utopia.pem"]); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Write(parts[strings.TrimPrefix(r.URL.Path, "/")])
	}))
	defer server.Close()
	l := &Lookups{Now: func() time.Time { return at }, Plain: true, Net: func(_ egress.Occasion, hosts []string) Pages {
		return egress.New(egress.Config{Hosts: hosts, Private: true}, egress.Occasion{Act: "test.ask", By: "test"}, unkept)
	}}
	r := chip.Verify(d, trust, at, nil)
	if r.Part(chip.PartRevocation) != chip.NotVerifiable {
		t.Fatalf("%+v", r.Parts)
	}
	for _, c := range []struct {
		path string
		want chip.State
		why  string
	}{
		{"/utopia.pem", chip.NotVerifiable, "no such list"},
		{"/hex/DG1", chip.NotVerifiable, "no such list"},
		{"/nothing", chip.NotVerifiable, "no such list"},
		{"/revoked.pem", chip.Failed, ""},
	} {
		r.CRLURIs = []string{"ldap://x.example/c", server.URL + c.path}
		with, all := l.Chip(context.Background(), egress.Occasion{Tenant: "one"}, []string{"127.0.0.1"}, &r, trust)
		got := chip.Verify(d, with, at, nil)
		if last := all[len(all)-1]; got.Part(chip.PartRevocation) != c.want || last.Why != "" != (c.why != "") || !strings.Contains(last.Why, c.why) {
			t.Errorf("%s: %+v %+v", c.path, all, got.Parts)
		}
		if with.Certificates() != trust.Certificates() {
			t.Errorf("%s: trust was given", c.path)
		}
		before := asked
		if _, again := l.Chip(context.Background(), egress.Occasion{Tenant: "one"}, []string{"127.0.0.1"}, &r, trust); asked != before || again[1] != all[1] {
			t.Errorf("%s: asked again", c.path)
		}
		if _, others := l.Chip(context.Background(), egress.Occasion{Tenant: "two"}, nil, &r, trust); asked != before || others[1].SHA256 != "" {
			t.Errorf("%s: another tenant's look-up or copy is used: %+v", c.path, others)
		}
	}
	if got := chip.Verify(d, trust, at, nil); got.Part(chip.PartRevocation) != chip.NotVerifiable {
		t.Error("what was fetched for one document stays in everybody's trust")
	}
}

// unkept forgets look-ups: what is tested here is another thing.
func unkept(egress.Occasion, egress.Lookup) error { return nil }
