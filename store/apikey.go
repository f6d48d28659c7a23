package store

import (
	"context"
	"time"

	"bonafide/record"
)

// APIKey lets another system in. Only the hash of its secret is kept.
type APIKey struct {
	ID      string    `json:"id"`
	Tenant  string    `json:"tenant"`
	Hash    []byte    `json:"-"`
	Label   string    `json:"label"` // what it is for; no person's name
	Scopes  []string  `json:"scopes"`
	By      string    `json:"by"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"`
	Used    time.Time `json:"used,omitzero"`
	Revoked time.Time `json:"revoked,omitzero"`
}

// AddAPIKey stores a key. The caller chooses the id, which is part of the key.
func (t *Tx) AddAPIKey(k APIKey) (APIKey, error) {
	if k.ID == "" {
		k.ID = NewID()
	}
	k.Tenant, k.Created, k.By = t.tenant, t.now, actorWord(t.actor)
	_, err := t.exec("insert into api_keys (tenant, id, hash, label, scopes, by_actor, created, expires, used, revoked) values ($1,$2,$3,$4,$5,$6,$7,$8,0,0)",
		k.ID, k.Hash, k.Label, words(k.Scopes), k.By, micros(t.now), micros(k.Expires))
	return k, err
}

const apiKeyColumns = "tenant, id, hash, label, scopes, by_actor, created, expires, used, revoked"

func readAPIKey(s scan) (k APIKey, err error) {
	var scopes string
	var created, expires, used, revoked int64
	err = s(&k.Tenant, &k.ID, &k.Hash, &k.Label, &scopes, &k.By, &created, &expires, &used, &revoked)
	k.Scopes, k.Created, k.Expires, k.Used, k.Revoked = list(scopes), moment(created), moment(expires), moment(used), moment(revoked)
	return k, err
}

// APIKeyByID finds a key of any tenant; revoked and expired ones too, which is
// for the caller to judge.
func (s *Store) APIKeyByID(ctx context.Context, id string) (k APIKey, err error) {
	err = s.glance(ctx, record.Machine(House), func(t *Tx) error {
		found := false
		err := t.each("select "+apiKeyColumns+" from api_keys where $1 = 'house' and id = $2", func(s scan) (err error) {
			found = true
			k, err = readAPIKey(s)
			return err
		}, id)
		if err == nil && !found {
			err = missing("API key")
		}
		return err
	})
	return k, err
}

// APIKeys lists the tenant's keys, oldest first.
func (t *Tx) APIKeys() ([]APIKey, error) {
	return collect(t, "select "+apiKeyColumns+" from api_keys where tenant = $1 order by created, id", readAPIKey)
}

// UseAPIKey notes when a key was last used; no entry is needed for it.
func (t *Tx) UseAPIKey(id string) error {
	_, err := t.quiet("update api_keys set used = $3 where tenant = $1 and id = $2", id, micros(t.now))
	return err
}

// RevokeAPIKey ends a key for good.
func (t *Tx) RevokeAPIKey(id string) error {
	n, err := t.exec("update api_keys set revoked = $3 where tenant = $1 and id = $2 and revoked = 0", id, micros(t.now))
	if err := changed(n, err, missing("API key")); err != nil {
		return err
	}
	return t.revoked("api_key", id)
}
