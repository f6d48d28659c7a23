package connect

import (
	"strings"
	"time"

	"bonafide/record"
)

// Payroll: that where the pay goes has changed, and what a bank says of the name
// on an account. Numbers of accounts stay where they are; a record gets them
// from the person.

// readDeel reads a webhook: the events about how somebody is paid.
func readDeel(raw []byte) (all []Seen, err error) {
	t, err := from("deel", raw)
	if err != nil {
		return nil, err
	}
	word := t.text("data.meta.event_type")
	if word == "" {
		return nil, record.Invalid("deel", "names no event_type")
	}
	field := ""
	switch {
	case strings.Contains(word, "payment_method"), strings.Contains(word, "payout"), strings.Contains(word, "bank_account"):
		field = "payouts"
	case strings.Contains(word, "address"):
		field = "person.address"
	default:
		return nil, nil
	}
	at := when(t.first("data.meta.occurred_at", "timestamp"))
	for _, v := range t.list("data.resource") {
		if account := (tree{v}).first("worker_email", "email", "worker_id"); account != "" {
			all = append(all, Seen{Account: account, Change: &record.Change{At: at, Field: field, By: "deel"}})
		}
	}
	return all, nil
}

// bambooFields are the names of fields that say where somebody is paid or reached.
var bambooFields = map[string]string{
	"bankaccount": "payouts", "directdeposit": "payouts", "paymentmethod": "payouts", "accountnumber": "payouts", "iban": "payouts",
	"address1": "person.address", "address2": "person.address", "city": "person.address", "zipcode": "person.address", "country": "person.address",
	"homephone": "phones", "mobilephone": "phones", "homeemail": "emails", "firstname": "person.name", "lastname": "person.name",
}

func readBambooEmployee(raw []byte) (all []Seen, err error) {
	h, err := bamboohr.Hint(&Delivery{Body: raw})
	if err != nil {
		return nil, err
	}
	for _, f := range h.Fields {
		if field := bambooFields[strings.ToLower(f)]; field != "" {
			all = append(all, Seen{Account: h.Candidate, Change: &record.Change{At: h.At, Field: field, By: "bamboohr"}})
		}
	}
	return all, nil
}

// wiseOutcomes are the words of a check of the name on an account.
var wiseOutcomes = map[string]string{"SUCCESS": "match", "PARTIAL_FAILURE": "close-match", "FAILURE": "no-match", "COULD_NOT_CHECK": "not-available"}

// readWise reads a recipient: what the bank answered about its name. A close
// match is a close match; the names themselves are not kept.
func readWise(raw []byte) (all []Seen, err error) {
	t, err := from("wise", raw)
	if err != nil {
		return nil, err
	}
	id := t.text("id")
	if id == "" && !t.has("accountHolderName") {
		return nil, record.Invalid("wise", "is no recipient")
	}
	for _, v := range t.list("confirmations.outcomes") {
		o := tree{v}
		if o.text("type") != "NAME_MATCHING" {
			continue
		}
		outcome, ok := wiseOutcomes[o.text("outcome")]
		if !ok {
			outcome = "not-available"
		}
		all = append(all, Seen{Account: id, Answer: &record.Confirmation{At: when(o.text("timestamp")).Truncate(time.Second), Kind: "name-check", About: "payouts[0]", By: "wise", ContactFrom: "issuer", Outcome: outcome}})
	}
	return all, nil
}
