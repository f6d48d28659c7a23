package store

import "time"

// Passkey is a person's credential of a device. Data is access's own, sealed.
type Passkey struct {
	ID      []byte    `json:"id"`
	User    string    `json:"user"`
	Created time.Time `json:"created"`
	Used    time.Time `json:"used,omitzero"`
	Signs   int64     `json:"-"` // the device's counter
	Data    []byte    `json:"-"`
}

// AddPasskey stores a credential; an id that is there is a conflict.
func (t *Tx) AddPasskey(p Passkey) error {
	sealed, err := t.sealHouse(p.Data, "passkeys", hexOf(p.ID))
	if err != nil {
		return err
	}
	_, err = t.exec("insert into passkeys (tenant, id, person, created, used, signs, revoked, sealed) values ($1,$2,$3,$4,0,$5,0,$6)",
		p.ID, p.User, micros(t.now), p.Signs, sealed)
	return err
}

// Passkeys lists a user's credentials, oldest first.
func (t *Tx) Passkeys(user string) ([]Passkey, error) {
	type row struct {
		p      Passkey
		sealed []byte
	}
	rows, err := collect(t, "select id, person, created, used, signs, sealed from passkeys where tenant = $1 and person = $2 and revoked = 0 order by created, id", func(s scan) (r row, err error) {
		var created, used int64
		err = s(&r.p.ID, &r.p.User, &created, &used, &r.p.Signs, &r.sealed)
		r.p.Created, r.p.Used = moment(created), moment(used)
		return r, err
	}, user)
	if err != nil {
		return nil, err
	}
	all := make([]Passkey, len(rows))
	for i, r := range rows {
		if r.p.Data, err = t.openHouse(r.sealed, "passkeys", hexOf(r.p.ID)); err != nil {
			return nil, err
		}
		all[i] = r.p
	}
	return all, nil
}

// UsePasskey notes a use, the device's counter and access's new data.
func (t *Tx) UsePasskey(p Passkey) error {
	sealed, err := t.sealHouse(p.Data, "passkeys", hexOf(p.ID))
	if err != nil {
		return err
	}
	n, err := t.exec("update passkeys set used = $3, signs = $4, sealed = $5 where tenant = $1 and id = $2 and revoked = 0", p.ID, micros(t.now), p.Signs, sealed)
	return changed(n, err, missing("passkey"))
}

// RevokePasskey ends a credential for good.
func (t *Tx) RevokePasskey(id []byte) error {
	n, err := t.exec("update passkeys set revoked = $3 where tenant = $1 and id = $2 and revoked = 0", id, micros(t.now))
	if err := changed(n, err, missing("passkey")); err != nil {
		return err
	}
	return t.revoked("passkey", hexOf(id))
}
