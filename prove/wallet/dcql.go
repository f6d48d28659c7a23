package wallet

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"bonafide/record"
)

// The formats that are read, by their names in OpenID4VP 1.0.
const (
	FormatSDJWT = "dc+sd-jwt"
	FormatMdoc  = "mso_mdoc"
)

// Query is a DCQL query (OpenID4VP 1.0 section 6): which credentials, and of
// them which claims. What it does not ask for is not kept.
type Query struct {
	Credentials    []CredentialQuery `json:"credentials"`
	CredentialSets []CredentialSet   `json:"credential_sets,omitempty"`
}

// CredentialQuery asks for one credential.
type CredentialQuery struct {
	ID       string `json:"id"`
	Format   string `json:"format"`
	Multiple bool   `json:"multiple,omitempty"`
	Meta     Meta   `json:"meta"`
	// Authorities help the wallet choose; what is trusted is the trust list's to say.
	Authorities []Authorities `json:"trusted_authorities,omitempty"`
	Binding     *bool         `json:"require_cryptographic_holder_binding,omitempty"`
	Claims      []ClaimQuery  `json:"claims,omitempty"`
	ClaimSets   [][]string    `json:"claim_sets,omitempty"`
}

// Authorities names whose credentials will do: type aki, etsi_tl or openid_federation.
type Authorities struct {
	Type   string   `json:"type"`
	Values []string `json:"values"`
}

// Meta narrows the type: vct values for dc+sd-jwt, one doctype for mso_mdoc.
type Meta struct {
	VctValues    []string `json:"vct_values,omitempty"`
	DoctypeValue string   `json:"doctype_value,omitempty"`
}

// ClaimQuery asks for one claim.
type ClaimQuery struct {
	ID             string `json:"id,omitempty"`
	Path           Path   `json:"path"`
	Values         []any  `json:"values,omitempty"`
	IntentToRetain *bool  `json:"intent_to_retain,omitempty"`
}

// CredentialSet says which combinations will do; nil Required means required.
type CredentialSet struct {
	Options  [][]string `json:"options"`
	Required *bool      `json:"required,omitempty"`
}

// Path is a claims path pointer (section 7): a string names a member, an int
// counts in a list, nil means every element of a list.
type Path []any

// UnmarshalJSON reads strings, non-negative whole numbers and null.
func (p *Path) UnmarshalJSON(b []byte) error {
	v, err := tree(b)
	list, ok := v.([]any)
	if err != nil || !ok || len(list) == 0 || len(list) > maxDepth {
		return errors.New("a path is not a short list")
	}
	*p = make(Path, 0, len(list))
	for _, part := range list {
		if n, ok := part.(number); ok {
			i, err := strconv.ParseUint(string(n), 10, 31)
			if err != nil {
				return errors.New("a path counts with something else than whole numbers")
			}
			part = int(i)
		}
		switch part.(type) {
		case string, int, nil:
			*p = append(*p, part)
		default:
			return errors.New("a path holds something else than strings, numbers and null")
		}
	}
	return nil
}

// String is the path for people: address.locality, nationalities[*].
func (p Path) String() string {
	var b strings.Builder
	for i, part := range p {
		switch part := part.(type) {
		case string:
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(part)
		case int:
			fmt.Fprintf(&b, "[%d]", part)
		default:
			b.WriteString("[*]")
		}
	}
	return b.String()
}

// Check says what is wrong with the query by the rules of section 6.
func (q *Query) Check() error {
	bad := func(format string, a ...any) error { return record.Invalid("query", fmt.Sprintf(format, a...)) }
	if len(q.Credentials) == 0 || len(q.Credentials) > 20 {
		return bad("asks for no credential, or for too many")
	}
	ids := map[string]bool{}
	for i := range q.Credentials {
		c := &q.Credentials[i]
		where := fmt.Sprintf("credentials[%d]", i)
		if !identifier(c.ID) || ids[c.ID] {
			return bad("%s: the id is missing, not unique, or not made of letters, digits, _ and -", where)
		}
		ids[c.ID] = true
		switch {
		case c.Format == FormatSDJWT && len(c.Meta.VctValues) > 0 && c.Meta.DoctypeValue == "":
		case c.Format == FormatMdoc && c.Meta.DoctypeValue != "" && len(c.Meta.VctValues) == 0:
		default:
			return bad("%s: format is dc+sd-jwt with meta.vct_values, or mso_mdoc with meta.doctype_value", where)
		}
		if err := c.check(where, bad); err != nil {
			return err
		}
	}
	for i, set := range q.CredentialSets {
		if len(set.Options) == 0 {
			return bad("credential_sets[%d]: no options", i)
		}
		for _, option := range set.Options {
			if len(option) == 0 || slices.ContainsFunc(option, func(id string) bool { return !ids[id] }) {
				return bad("credential_sets[%d]: an option names no credential of the query", i)
			}
		}
	}
	return nil
}

// mayAsk is stricter than the specification, for requests of our own: say which
// claims are needed, and never do without the holder's key, since a credential
// anybody may show says nothing about who shows it.
func (q *Query) mayAsk() error {
	for i := range q.Credentials {
		c := &q.Credentials[i]
		if len(c.Claims) == 0 {
			return record.Invalid("query", fmt.Sprintf("credentials[%d]: no claims; say which are needed", i))
		}
		if c.Binding != nil && !*c.Binding {
			return record.Invalid("query", fmt.Sprintf("credentials[%d]: leave out require_cryptographic_holder_binding; without it nobody is proven to hold the credential", i))
		}
	}
	return nil
}

func (c *CredentialQuery) check(where string, bad func(string, ...any) error) error {
	if c.ClaimSets != nil && len(c.Claims) == 0 {
		return bad("%s: claim sets without claims", where)
	}
	ids := map[string]bool{}
	for j := range c.Claims {
		one := &c.Claims[j]
		if one.ID != "" && (!identifier(one.ID) || ids[one.ID]) || one.ID == "" && c.ClaimSets != nil {
			return bad("%s.claims[%d]: the id is missing or not unique", where, j)
		}
		ids[one.ID] = true
		if len(one.Path) == 0 {
			return bad("%s.claims[%d]: no path", where, j)
		}
		if _, ok := one.Path[0].(string); !ok {
			return bad("%s.claims[%d]: a path begins with a name", where, j)
		}
		if c.Format == FormatMdoc {
			if _, ok := one.Path[len(one.Path)-1].(string); !ok || len(one.Path) != 2 {
				return bad("%s.claims[%d]: the path of an mdoc is namespace and element", where, j)
			}
		}
	}
	for _, set := range c.ClaimSets {
		if len(set) == 0 || slices.ContainsFunc(set, func(id string) bool { return !ids[id] || id == "" }) {
			return bad("%s: a claim set names no claim of the query", where)
		}
	}
	return nil
}

func identifier(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == ""
}

// Select follows the path (section 7.1). It gives the value, or for a path with
// null the list of all values; false if there is none.
func (p Path) Select(root any) (any, bool) {
	found, many := []any{root}, false
	for _, part := range p {
		var next []any
		for _, v := range found {
			switch part := part.(type) {
			case string:
				if m, ok := v.(map[string]any); ok {
					if one, there := m[part]; there {
						next = append(next, one)
					}
				}
			case int:
				if a, ok := v.([]any); ok && part < len(a) {
					next = append(next, a[part])
				}
			default:
				if a, ok := v.([]any); ok {
					next = append(next, a...)
				}
				many = true
			}
		}
		if found = next; len(found) == 0 {
			return nil, false
		}
	}
	if many {
		return found, true
	}
	return found[0], true
}

// pick gives the claims that were asked for, in the order of the query, and
// whether they answer it. With claim sets the first that is complete counts.
func (c *CredentialQuery) pick(root map[string]any) ([]Claim, bool) {
	have := make([]*Claim, len(c.Claims))
	for i := range c.Claims {
		v, ok := c.Claims[i].Path.Select(root)
		if ok && c.Claims[i].fits(v) {
			have[i] = &Claim{c.Claims[i].Path, v}
		}
	}
	take := func(wanted func(id string) bool) ([]Claim, bool) {
		var out []Claim
		for i := range have {
			if !wanted(c.Claims[i].ID) {
				continue
			}
			if have[i] == nil {
				return nil, false
			}
			out = append(out, *have[i])
		}
		return out, true
	}
	if c.ClaimSets == nil {
		return take(func(string) bool { return true })
	}
	for _, set := range c.ClaimSets {
		if out, ok := take(func(id string) bool { return slices.Contains(set, id) }); ok {
			return out, true
		}
	}
	return nil, false
}

func (c *ClaimQuery) fits(v any) bool {
	if len(c.Values) == 0 {
		return true
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	return slices.ContainsFunc(list, func(have any) bool {
		return slices.ContainsFunc(c.Values, func(want any) bool { return equal(have, want) })
	})
}

// equal compares a claim with a value of a query: strings, whole numbers and
// booleans only (section 6.3).
func equal(have, want any) bool {
	switch h := have.(type) {
	case number:
		a, ok := new(big.Rat).SetString(string(h))
		if !ok || len(h) > 40 {
			return false
		}
		switch w := want.(type) {
		case float64:
			b := new(big.Rat).SetFloat64(w)
			return b != nil && a.Cmp(b) == 0
		}
		return false
	case string, bool:
		return have == want
	}
	return false
}

// satisfied says whether the given ids answer the query as a whole.
func (q *Query) satisfied(proven func(id string) bool) bool {
	if len(q.CredentialSets) == 0 {
		return !slices.ContainsFunc(q.Credentials, func(c CredentialQuery) bool { return !proven(c.ID) })
	}
	for _, set := range q.CredentialSets {
		if set.Required != nil && !*set.Required {
			continue
		}
		if !slices.ContainsFunc(set.Options, func(option []string) bool {
			return !slices.ContainsFunc(option, func(id string) bool { return !proven(id) })
		}) {
			return false
		}
	}
	return true
}

func (q *Query) credential(id string) *CredentialQuery {
	for i := range q.Credentials {
		if q.Credentials[i].ID == id {
			return &q.Credentials[i]
		}
	}
	return nil
}
