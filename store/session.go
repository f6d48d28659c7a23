package store

import (
	"context"
	"time"

	"bonafide/record"
)

// Session is one sign-in. Only the hash of its token is kept.
type Session struct {
	ID      string    `json:"id"`
	Tenant  string    `json:"tenant"`
	User    string    `json:"user"`
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen"`
	Expires time.Time `json:"expires"`
	Revoked time.Time `json:"revoked,omitzero"`
	Strong  time.Time `json:"strong,omitzero"` // when the person last proved who they are with a passkey
	Data    []byte    `json:"-"`
}

// AddSession stores a session under the hash of its token.
func (t *Tx) AddSession(hash []byte, x Session) (Session, error) {
	x.ID, x.Tenant, x.Created, x.Seen = NewID(), t.tenant, t.now, t.now
	sealed, err := t.sealHouse(x.Data, "sessions", x.ID)
	if err != nil {
		return x, err
	}
	_, err = t.exec("insert into sessions (tenant, hash, id, person, created, seen, expires, revoked, strong, sealed) values ($1,$2,$3,$4,$5,$5,$6,0,$7,$8)",
		hash, x.ID, x.User, micros(t.now), micros(x.Expires), micros(x.Strong), sealed)
	return x, err
}

// SessionByHash finds a session of any tenant; revoked and expired ones too,
// which is for the caller to judge.
func (s *Store) SessionByHash(ctx context.Context, hash []byte) (Session, error) {
	var tenant string
	err := s.View(ctx, record.Machine(House), func(t *Tx) error {
		return t.one("session", "select tenant from sessions where $1 = 'house' and hash = $2", []any{&tenant}, hash)
	})
	if err != nil {
		return Session{}, err
	}
	var x Session
	err = s.View(ctx, record.Machine(tenant), func(t *Tx) error {
		all, err := t.sessions("and hash = $2", hash)
		if err == nil && len(all) == 0 {
			err = missing("session")
		}
		if err == nil {
			x = all[0]
		}
		return err
	})
	return x, err
}

// Sessions lists the sessions of a user that are neither revoked nor expired.
func (t *Tx) Sessions(user string) ([]Session, error) {
	return t.sessions("and person = $2 and revoked = 0 and expires > $3 order by created, id", user, micros(t.now))
}

func (t *Tx) sessions(rest string, args ...any) ([]Session, error) {
	type row struct {
		x      Session
		sealed []byte
	}
	rows, err := collect(t, "select id, person, created, seen, expires, revoked, strong, sealed from sessions where tenant = $1 "+rest, func(s scan) (r row, err error) {
		var created, seen, expires, revoked, strong int64
		err = s(&r.x.ID, &r.x.User, &created, &seen, &expires, &revoked, &strong, &r.sealed)
		r.x.Tenant, r.x.Created, r.x.Seen, r.x.Expires, r.x.Revoked, r.x.Strong = t.tenant, moment(created), moment(seen), moment(expires), moment(revoked), moment(strong)
		return r, err
	}, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Session, len(rows))
	for i, r := range rows {
		if r.x.Data, err = t.openHouse(r.sealed, "sessions", r.x.ID); err != nil {
			return nil, err
		}
		all[i] = r.x
	}
	return all, nil
}

// SeeSession notes that a session was used; no entry is needed for it.
func (t *Tx) SeeSession(id string) error {
	_, err := t.quiet("update sessions set seen = $3 where tenant = $1 and id = $2", id, micros(t.now))
	return err
}

// StrengthenSession notes that the person proved who they are just now.
func (t *Tx) StrengthenSession(id string) error {
	n, err := t.exec("update sessions set strong = $3 where tenant = $1 and id = $2 and revoked = 0", id, micros(t.now))
	return changed(n, err, missing("session"))
}

// RevokeSession ends one session; RevokeSessions all of a user.
func (t *Tx) RevokeSession(id string) error {
	n, err := t.exec("update sessions set revoked = $3 where tenant = $1 and id = $2 and revoked = 0", id, micros(t.now))
	if err := changed(n, err, missing("session")); err != nil {
		return err
	}
	return t.revoked("session", id)
}

// RevokeSessions ends all sessions of a user and says how many.
func (t *Tx) RevokeSessions(user string) (int64, error) {
	return t.exec("update sessions set revoked = $3 where tenant = $1 and person = $2 and revoked = 0", user, micros(t.now))
}

// DropSessions forgets sessions that ended before a time; housekeeping.
func (t *Tx) DropSessions(before time.Time) error {
	_, err := t.quiet("delete from sessions where tenant = $1 and expires < $2", micros(before))
	return err
}
