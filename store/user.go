package store

import (
	"time"

	"bonafide/record"
)

// User is a member of staff. Data is access's own, sealed.
type User struct {
	ID      string             `json:"id"`
	Login   string             `json:"-"` // mail address or subject of the provider: kept as a blind token only
	Roles   []record.StaffRole `json:"roles"`
	State   string             `json:"state"` // active, invited, disabled
	Created time.Time          `json:"created"`
	Changed time.Time          `json:"changed"`
	Version int64              `json:"version"`
	Data    []byte             `json:"-"`
}

// AddUser stores a new user; a login that is there is a conflict.
func (t *Tx) AddUser(u User) (User, error) {
	u.ID, u.Created, u.Changed, u.Version = NewID(), t.now, t.now, 1
	blind, err := t.Blind("login", u.Login)
	if err != nil {
		return u, err
	}
	sealed, err := t.sealHouse(u.Data, "users", u.ID)
	if err != nil {
		return u, err
	}
	_, err = t.exec("insert into users (tenant, id, blind, roles, state, created, changed, version, sealed) values ($1,$2,$3,$4,$5,$6,$6,1,$7)",
		u.ID, blind, roleWords(u.Roles), u.State, micros(t.now), sealed)
	return u, err
}

func roleWords(roles []record.StaffRole) string {
	all := make([]string, len(roles))
	for i, r := range roles {
		all[i] = string(r)
	}
	return words(all)
}

// SaveUser writes roles, state and data, if the user is still at u.Version.
// Disabling also stands in the ledger that a restore replays.
func (t *Tx) SaveUser(u User) (User, error) {
	sealed, err := t.sealHouse(u.Data, "users", u.ID)
	if err != nil {
		return u, err
	}
	n, err := t.exec("update users set roles = $4, state = $5, changed = $6, version = version + 1, sealed = $7 where tenant = $1 and id = $2 and version = $3",
		u.ID, u.Version, roleWords(u.Roles), u.State, micros(t.now), sealed)
	if err := changed(n, err, conflict("user", "it is not there, or has changed since it was read")); err != nil {
		return u, err
	}
	u.Version, u.Changed = u.Version+1, t.now
	if u.State == "disabled" {
		return u, t.revoked("user", u.ID)
	}
	return u, t.unrevoked("user", u.ID)
}

const userColumns = "id, roles, state, created, changed, version, sealed"

// User is one by id.
func (t *Tx) User(id string) (User, error) {
	return t.theUser("and id = $2", id)
}

// UserByLogin is one by mail address or provider subject, in its canonical form.
func (t *Tx) UserByLogin(login string) (User, error) {
	blind, err := t.Blind("login", login)
	if err != nil {
		return User{}, err
	}
	return t.theUser("and blind = $2", blind)
}

func (t *Tx) theUser(rest string, arg any) (User, error) {
	all, err := t.users(rest, arg)
	if err == nil && len(all) == 0 {
		err = missing("user")
	}
	if err != nil {
		return User{}, err
	}
	return all[0], nil
}

// Users lists all, oldest first.
func (t *Tx) Users() ([]User, error) { return t.users("order by created, id") }

func (t *Tx) users(rest string, args ...any) ([]User, error) {
	type row struct {
		u      User
		sealed []byte
	}
	rows, err := collect(t, "select "+userColumns+" from users where tenant = $1 "+rest, func(s scan) (r row, err error) {
		var roles string
		var created, changed int64
		err = s(&r.u.ID, &roles, &r.u.State, &created, &changed, &r.u.Version, &r.sealed)
		r.u.Created, r.u.Changed = moment(created), moment(changed)
		for _, w := range list(roles) {
			r.u.Roles = append(r.u.Roles, record.StaffRole(w))
		}
		return r, err
	}, args...)
	if err != nil {
		return nil, err
	}
	all := make([]User, len(rows))
	for i, r := range rows {
		if r.u.Data, err = t.openHouse(r.sealed, "users", r.u.ID); err != nil {
			return nil, err
		}
		all[i] = r.u
	}
	return all, nil
}

func (t *Tx) revoked(kind, id string) error {
	t.ledger = append(t.ledger, ledgerLine{Tenant: t.tenant, Revoked: kind + "/" + id, At: micros(t.now)})
	_, err := t.exec("insert into revocations (tenant, kind, id, at) values ($1,$2,$3,$4) on conflict (tenant, kind, id) do nothing", kind, id, micros(t.now))
	return err
}

func (t *Tx) unrevoked(kind, id string) error {
	n, err := t.exec("delete from revocations where tenant = $1 and kind = $2 and id = $3", kind, id)
	if n > 0 {
		t.ledger = append(t.ledger, ledgerLine{Tenant: t.tenant, Back: kind + "/" + id, At: micros(t.now)})
	}
	return err
}
