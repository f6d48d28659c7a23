package egress

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"bonafide/record"
)

// Names asks the domain name system what proofs need: TXT, A, AAAA, MX, NS
// and PTR, each within three seconds, at most 64 values of an answer, and every
// question written down. It caches nothing: answers are evidence of a moment.
type Names struct {
	resolver *net.Resolver
	on       Occasion
	keep     Ledger
}

// NewNames makes one for one occasion; without a resolver the system's is asked.
func NewNames(resolver *net.Resolver, on Occasion, keep Ledger) *Names {
	return &Names{resolver, on, keep}
}

const mostValues = 64

// Ask answers one question, "txt example.org", "mx example.org", "ptr 192.0.2.1".
// No such name is an answer without values; a resolver that does not answer is an
// error, for then nothing is known.
func (n *Names) Ask(ctx context.Context, question string) ([]string, error) {
	kind, name, ok := strings.Cut(question, " ")
	if !ok || name == "" || len(name) > 255 || strings.ContainsAny(name, " \t\r\n\x00") {
		return nil, record.Invalid("name", "is no question such as txt example.org")
	}
	if err := answers(n.on, n.keep); err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, 3*time.Second)
	defer stop()
	began := time.Now()
	values, err := n.ask(ctx, kind, strings.TrimSuffix(name, ".")+".", name)
	var none *net.DNSError
	if errors.As(err, &none) && none.IsNotFound {
		values, err = []string{}, nil
	}
	why := ""
	if err != nil {
		why = "no answer"
		err = &record.Error{Code: record.CodeUnavailable, Where: "name", Message: "the resolver did not answer"}
	}
	if unkept := n.keep(n.on, Lookup{At: began, Host: "name server", Path: kind + " " + name, Took: time.Since(began), Why: why}); unkept != nil {
		return nil, unkept
	}
	return values[:min(len(values), mostValues)], err
}

func (n *Names) ask(ctx context.Context, kind, rooted, plain string) (out []string, err error) {
	r := n.resolver
	if r == nil {
		r = net.DefaultResolver
	}
	switch kind {
	case "txt":
		return r.LookupTXT(ctx, rooted)
	case "a", "aaaa":
		found, err := r.LookupNetIP(ctx, map[string]string{"a": "ip4", "aaaa": "ip6"}[kind], rooted)
		for _, a := range found {
			out = append(out, a.Unmap().String())
		}
		return out, err
	case "mx":
		found, err := r.LookupMX(ctx, rooted)
		for _, m := range found {
			out = append(out, strings.TrimSuffix(m.Host, "."))
		}
		return out, err
	case "ns":
		found, err := r.LookupNS(ctx, rooted)
		for _, n := range found {
			out = append(out, strings.TrimSuffix(n.Host, "."))
		}
		return out, err
	case "ptr":
		found, err := r.LookupAddr(ctx, plain)
		for _, f := range found {
			out = append(out, strings.TrimSuffix(f, "."))
		}
		return out, err
	}
	return nil, record.Invalid("name", "is asked for txt, a, aaaa, mx, ns or ptr")
}
