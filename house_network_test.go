package house_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// outward are the names of the standard library by which a program reaches others.
var outward = map[string][]string{
	"http": {"Client", "DefaultClient", "Get", "Post", "PostForm", "Head", "Transport", "DefaultTransport"},
	"net":  {"Dial", "DialTimeout", "Dialer", "Resolver", "DefaultResolver", "LookupHost", "LookupAddr", "LookupIP", "LookupTXT", "LookupMX", "LookupNS", "LookupCNAME", "LookupSRV"},
	"tls":  {"Dial", "Dialer"},
	"smtp": {"Dial", "SendMail"},
}

// reachesOut are the files that may, beside egress, and what keeps the record of it
// there. Whatever looks something up stands in none of them.
var reachesOut = map[string]string{
	"notify/webhook.go":     "messages to a subscription that two people confirmed; each stands in the outbox with its tries",
	"notify/mail.go":        "letters to our own mail server; each stands in the outbox with its tries",
	"access/oidc.go":        "sign-in at the house's own provider, with the client it is given",
	"cmd/bonafide/serve.go": "gives that client",
	"client/client.go":      "the API of our own house or another, from the command line",
}

// TestNobodyElseAsks: whoever looks something up outside does it through egress,
// which asks nobody without an occasion and a ledger that writes it down.
func TestNobodyElseAsks(t *testing.T) {
	used := map[string]bool{}
	for _, f := range house(t) {
		if f.test || f.room == "egress" || f.room == "bench" || strings.Contains(f.path, "/simulator/") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if !ok || !slices.Contains(outward[x.Name], s.Sel.Name) || !slices.ContainsFunc(imports(f), func(p string) bool { return p == x.Name || strings.HasSuffix(p, "/"+x.Name) }) {
				return true
			}
			if reachesOut[f.path] == "" {
				t.Errorf("%s uses %s.%s: what is asked outside goes through egress, where its occasion is written down", f.path, x.Name, s.Sel.Name)
			}
			used[f.path] = true
			return true
		})
	}
	for path := range reachesOut {
		if !used[path] {
			t.Errorf("%s reaches nobody: take it off the list", path)
		}
	}
}
