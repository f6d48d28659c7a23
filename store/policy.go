package store

import "time"

// Policy is one version of the tenant's rules of weighing.
type Policy struct {
	Version  int64     `json:"version"`
	Digest   string    `json:"digest"`
	Text     string    `json:"text"`
	At       time.Time `json:"at"`
	Proposer string    `json:"proposer"`
	Approver string    `json:"approver,omitempty"`
	Active   bool      `json:"active"`
}

// ProposePolicy stores a version that is not yet in force.
func (t *Tx) ProposePolicy(text, proposer string) (Policy, error) {
	n, err := t.count("select coalesce(max(version), 0) from policies where tenant = $1")
	if err != nil {
		return Policy{}, err
	}
	p := Policy{Version: n + 1, Digest: hexOf(sum([]byte(text))), Text: text, At: t.now, Proposer: proposer}
	_, err = t.exec("insert into policies (tenant, version, digest, text, at, proposer, approver, active) values ($1,$2,$3,$4,$5,$6,'',0)", p.Version, p.Digest, text, micros(t.now), proposer)
	return p, err
}

// ActivatePolicy puts a version in force; approver must be another person, which
// the database itself checks.
func (t *Tx) ActivatePolicy(version int64, approver string) error {
	if _, err := t.exec("update policies set active = 0 where tenant = $1 and active = 1"); err != nil {
		return err
	}
	n, err := t.exec("update policies set active = 1, approver = $3 where tenant = $1 and version = $2", version, approver)
	return changed(n, err, missing("policy"))
}

// ActivePolicy is the version in force; version 0 where the shipped one is.
func (t *Tx) ActivePolicy() (p Policy, err error) {
	err = t.each("select version, digest, text, proposer, approver from policies where tenant = $1 and active = 1", func(s scan) error {
		p.Active = true
		return s(&p.Version, &p.Digest, &p.Text, &p.Proposer, &p.Approver)
	})
	return p, err
}

// Policies lists all versions, newest first.
func (t *Tx) Policies() ([]Policy, error) {
	return collect(t, "select version, digest, text, at, proposer, approver, active from policies where tenant = $1 order by version desc", func(s scan) (p Policy, err error) {
		var at, active int64
		err = s(&p.Version, &p.Digest, &p.Text, &at, &p.Proposer, &p.Approver, &active)
		p.At, p.Active = moment(at), active == 1
		return p, err
	})
}
