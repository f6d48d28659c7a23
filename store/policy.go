package store

import (
	"sync"
	"time"
)

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

// Rules is what parse makes of the version in force, and its number; 0 and nothing
// where the shipped rules are. Which version it is, is asked in this transaction,
// so that one put in force is in force at once on every node; its text is read and
// parsed once on a node, for under one digest it never changes. What comes back is
// shared and not to be changed; all who ask agree on what it is parsed to.
func Rules[T any](t *Tx, parse func(text string) (T, error)) (rules T, version int64, err error) {
	var digest string
	err = t.each("select version, digest from policies where tenant = $1 and active = 1", func(s scan) error { return s(&version, &digest) })
	if err != nil || version == 0 {
		return rules, version, err
	}
	if kept, known := t.store.rules.of(digest).(T); known {
		return kept, version, nil
	}
	p, err := t.ActivePolicy()
	if err != nil {
		return rules, version, err
	}
	if rules, err = parse(p.Text); err == nil {
		t.store.rules.keep(p.Digest, rules)
	}
	return rules, p.Version, err
}

// parsedRules are rules that this node has parsed, by digest.
type parsedRules struct {
	mu  sync.RWMutex
	all map[string]any
}

// mostParsed is how many versions are kept parsed. A tenant has one in force; where
// more tenants than that have rules of their own, some are parsed again.
const mostParsed = 2000

func (r *parsedRules) of(digest string) any {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.all[digest]
}

func (r *parsedRules) keep(digest string, rules any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil || len(r.all) >= mostParsed {
		r.all = map[string]any{}
	}
	r.all[digest] = rules
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
