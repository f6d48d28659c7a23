package store

import "bonafide/record"

// Term is a value to find a subject by: an address, a mail address, a wallet, a
// device, a name, brought into its canonical form by the caller. Only its blind
// token is kept.
type Term struct{ Kind, Value string }

// SaveTerms replaces the terms of a subject.
func (t *Tx) SaveTerms(subject string, terms []Term) error {
	if err := t.put("delete from terms where tenant = $1 and subject = $2", subject); err != nil {
		return err
	}
	rows := make([][]any, 0, len(terms))
	for _, x := range terms {
		token, err := t.Blind("term "+x.Kind, x.Value)
		if err != nil {
			return err
		}
		rows = append(rows, []any{token, subject})
	}
	return t.many("insert into terms (tenant, term, subject) values ", " on conflict (tenant, term, subject) do nothing", 3, rows)
}

// Search gives the subjects that hold every one of the terms, smallest id first.
func (t *Tx) Search(terms []Term, limit int) ([]string, error) {
	if len(terms) == 0 || len(terms) > 16 {
		return nil, record.Invalid("search", "1 to 16 terms")
	}
	var args []any
	tokens := make([][]byte, len(terms))
	for i, x := range terms {
		var err error
		if tokens[i], err = t.Blind("term "+x.Kind, x.Value); err != nil {
			return nil, err
		}
	}
	q := "select a.subject from terms a where a.tenant = $1 and a.term in (" + holes(&args, tokens[:1]) + ")"
	for _, token := range tokens[1:] {
		q += " and exists (select 1 from terms b where b.tenant = $1 and b.subject = a.subject and b.term in (" + holes(&args, [][]byte{token}) + "))"
	}
	args = append(args, pageSize(limit))
	return collect(t, q+" order by a.subject limit $"+itoa(len(args)+1), func(s scan) (id string, err error) {
		return id, s(&id)
	}, args...)
}
