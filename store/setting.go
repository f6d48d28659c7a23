package store

import "time"

// Setting is one named document of a tenant, sealed; every version is kept.
type Setting struct {
	Name    string
	Version int64
	At      time.Time
	By      string
	Value   []byte
}

// Setting is the newest version, or not found.
func (t *Tx) Setting(name string) (Setting, error) {
	all, err := t.settings("and name = $2 order by version desc limit 1", name)
	if err == nil && len(all) == 0 {
		err = missing("setting")
	}
	if err != nil {
		return Setting{}, err
	}
	return all[0], nil
}

// Settings are all versions of a name, newest first.
func (t *Tx) Settings(name string) ([]Setting, error) {
	return t.settings("and name = $2 order by version desc", name)
}

// SettingNames lists the names that begin with a prefix, such as "hook/".
func (t *Tx) SettingNames(prefix string) ([]string, error) {
	return collect(t, "select distinct name from settings where tenant = $1 and substr(name, 1, $2) = $3 order by name", func(s scan) (name string, err error) {
		return name, s(&name)
	}, int64(len(prefix)), prefix)
}

// SaveSetting writes the version after; after is the version that was read, 0
// for none, and another one written meanwhile is a conflict.
func (t *Tx) SaveSetting(name string, after int64, value []byte) (Setting, error) {
	x := Setting{Name: name, Version: after + 1, At: t.now, By: actorWord(t.actor), Value: value}
	sealed, err := t.sealHouse(value, "settings", name)
	if err != nil {
		return x, err
	}
	n, err := t.count("select coalesce(max(version), 0) from settings where tenant = $1 and name = $2", name)
	if err != nil {
		return x, err
	}
	if n != after {
		return x, conflict("setting", "it has changed since it was read")
	}
	_, err = t.exec("insert into settings (tenant, name, version, at, by_actor, sealed) values ($1,$2,$3,$4,$5,$6)", name, x.Version, micros(t.now), x.By, sealed)
	return x, err
}

func (t *Tx) settings(rest string, args ...any) ([]Setting, error) {
	type row struct {
		x      Setting
		sealed []byte
	}
	rows, err := collect(t, "select name, version, at, by_actor, sealed from settings where tenant = $1 "+rest, func(s scan) (r row, err error) {
		var at int64
		err = s(&r.x.Name, &r.x.Version, &at, &r.x.By, &r.sealed)
		r.x.At = moment(at)
		return r, err
	}, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Setting, len(rows))
	for i, r := range rows {
		if r.x.Value, err = t.openHouse(r.sealed, "settings", r.x.Name); err != nil {
			return nil, err
		}
		all[i] = r.x
	}
	return all, nil
}

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
