package store

// Playbook is one version of a tenant's own form of a playbook. Like the rules
// it is drafted by one person and put in force by another; running guides keep
// the version they began with, so every version stays.
type Playbook struct {
	Name string `json:"name"`
	Policy
}

// ProposePlaybook stores a version that is not yet in force.
func (t *Tx) ProposePlaybook(name, text, proposer string) (Playbook, error) {
	n, err := t.count("select coalesce(max(version), 0) from playbooks where tenant = $1 and name = $2", name)
	if err != nil {
		return Playbook{}, err
	}
	p := Playbook{name, Policy{Version: n + 1, Digest: hexOf(sum([]byte(text))), Text: text, At: t.now, Proposer: proposer}}
	_, err = t.exec("insert into playbooks (tenant, name, version, digest, text, at, proposer, approver, active) values ($1,$2,$3,$4,$5,$6,$7,'',0)",
		name, p.Version, p.Digest, text, micros(t.now), proposer)
	return p, err
}

// ActivatePlaybook puts a version in force; approver must be another person,
// which the database itself checks.
func (t *Tx) ActivatePlaybook(name string, version int64, approver string) error {
	if _, err := t.exec("update playbooks set active = 0 where tenant = $1 and name = $2 and active = 1", name); err != nil {
		return err
	}
	n, err := t.exec("update playbooks set active = 1, approver = $4 where tenant = $1 and name = $2 and version = $3", name, version, approver)
	return changed(n, err, missing("playbook"))
}

// Playbooks lists all versions of one, newest first.
func (t *Tx) Playbooks(name string) ([]Playbook, error) {
	return collect(t, "select name, version, digest, text, at, proposer, approver, active from playbooks where tenant = $1 and name = $2 order by version desc", readPlaybook, name)
}

// PlaybookVersion is one version, or the one in force where version is 0;
// not found where there is none.
func (t *Tx) PlaybookVersion(name string, version int64) (Playbook, error) {
	all, err := collect(t, "select name, version, digest, text, at, proposer, approver, active from playbooks where tenant = $1 and name = $2 and (version = $3 or ($3 = 0 and active = 1))",
		readPlaybook, name, version)
	if err == nil && len(all) == 0 {
		err = missing("playbook")
	}
	if err != nil {
		return Playbook{}, err
	}
	return all[0], nil
}

func readPlaybook(s scan) (p Playbook, err error) {
	var at, active int64
	err = s(&p.Name, &p.Version, &p.Digest, &p.Text, &at, &p.Proposer, &p.Approver, &active)
	p.At, p.Active = moment(at), active == 1
	return p, err
}
