package api

import (
	"bonafide/checks"
	"bonafide/record"
)

// NameQuery is one person to look for on the lists.
type NameQuery struct {
	Name      string      `json:"name" required:"true" max:"300"`
	BirthDate record.Date `json:"birth_date,omitempty" max:"10"`
}

func (NameQuery) isCommand() {}

// WalletQuery is one crypto address to look for on the lists.
type WalletQuery struct {
	Address string `json:"address" required:"true" max:"200"`
}

func (WalletQuery) isCommand() {}

// Screening is what the lists say of one value: findings of the same checks that
// applications go through.
type Screening struct {
	Findings []Finding        `json:"findings"`
	Lists    []record.ListUse `json:"lists" doc:"Which lists were asked, and of which day they are."`
	NoData   []string         `json:"no_data" doc:"Checks that could not answer, because their list is not here."`
}

func screenName(c *call) (answer, error) {
	q, err := in[NameQuery](c)
	if err != nil {
		return answer{}, err
	}
	if q.BirthDate != "" && !q.BirthDate.Valid() {
		return answer{}, record.Invalid("birth_date", "is not a date such as 1990-05-17")
	}
	return c.screened(&record.Application{Person: record.Person{Name: q.Name, BirthDate: q.BirthDate}})
}

func screenWallet(c *call) (answer, error) {
	q, err := in[WalletQuery](c)
	if err != nil {
		return answer{}, err
	}
	return c.screened(&record.Application{Payouts: []record.Payout{{Kind: "crypto", Value: q.Address}}})
}

func (c *call) screened(a *record.Application) (answer, error) {
	got, err := c.s.Keeper.Value(c, c.caller.Actor, a)
	if err != nil {
		return answer{}, err
	}
	out := Screening{Findings: []Finding{}, Lists: orEmpty(got.Lists), NoData: orEmpty(got.NoData)}
	for _, f := range got.Findings {
		out.Findings = append(out.Findings, c.finding(f))
	}
	return answer{body: out}, nil
}

// Lists is the lists this node has.
type Lists struct {
	Lists []ListShown `json:"lists"`
}

// ListShown is one list and its day.
type ListShown struct {
	List  string      `json:"list"`
	AsOf  record.Date `json:"as_of"`
	Stale bool        `json:"stale"`
}

func listLists(c *call) (answer, error) {
	out := Lists{[]ListShown{}}
	for _, l := range c.s.Keeper.Lists(c.s.Now()) {
		out.Lists = append(out.Lists, ListShown{l.List, l.AsOf, l.Stale})
	}
	return answer{body: out}, nil
}

// Rules is the catalogue of checks: what is observed, who is wrongly hit.
type Rules struct {
	Checks []Rule `json:"checks"`
}

// Rule is one check.
type Rule struct {
	ID             string          `json:"id"`
	Title          string          `json:"title"`
	Text           string          `json:"text"`
	Family         record.Family   `json:"family"`
	Strength       record.Strength `json:"strength" doc:"The most it can ever be."`
	Reads          []string        `json:"reads"`
	FalsePositives []string        `json:"false_positives"`
	Clears         []string        `json:"clears"`
	Version        int             `json:"version"`
}

func listRules(c *call) (answer, error) {
	out := Rules{[]Rule{}}
	for _, k := range checks.Catalogue() {
		out.Checks = append(out.Checks, Rule{k.ID, k.Title.In(c.lang()), k.Text.In(c.lang()), k.Family, k.Strength, orEmpty(k.Reads),
			said(k.FalsePositives, c.lang()), said(k.Clears, c.lang()), k.Version})
	}
	return answer{body: out}, nil
}
