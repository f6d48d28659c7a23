package store

import (
	"context"
	"time"

	"bonafide/record"
)

// Token lets its bearer do one thing once. Only its hash is kept.
type Token struct {
	Tenant  string
	Purpose string
	Object  string // kind/id
	Subject string // whose; "" for nobody's
	Created time.Time
	Expires time.Time
	Used    time.Time
	Data    []byte
}

// AddToken stores a token under its hash.
func (t *Tx) AddToken(hash []byte, k Token) error {
	var sealed []byte
	var err error
	if k.Subject != "" {
		sealed, err = t.seal(k.Subject, k.Data, "tokens", hexOf(hash))
	} else {
		sealed, err = t.sealHouse(k.Data, "tokens", hexOf(hash))
	}
	if err != nil {
		return err
	}
	_, err = t.exec("insert into tokens (tenant, hash, purpose, object, subject, created, expires, used, sealed) values ($1,$2,$3,$4,$5,$6,$7,0,$8)",
		hash, k.Purpose, k.Object, k.Subject, micros(t.now), micros(k.Expires), sealed)
	return err
}

// TokenTenant says which tenant a token belongs to; it consumes nothing.
func (s *Store) TokenTenant(ctx context.Context, hash []byte) (tenant string, err error) {
	err = s.View(ctx, record.Machine(House), func(t *Tx) error {
		return t.one("token", "select tenant from tokens where $1 = 'house' and hash = $2", []any{&tenant}, hash)
	})
	return tenant, err
}

// LookToken reads a token that is neither used nor expired, without its data
// and without consuming it.
func (t *Tx) LookToken(hash []byte, purpose string) (k Token, err error) {
	var created, expires int64
	k.Tenant, k.Purpose = t.tenant, purpose
	err = t.one("token", "select object, subject, created, expires from tokens where tenant = $1 and hash = $2 and purpose = $3 and used = 0 and expires > $4",
		[]any{&k.Object, &k.Subject, &created, &expires}, hash, purpose, micros(t.now))
	k.Created, k.Expires = moment(created), moment(expires)
	return k, err
}

// PeekToken reads a token with its data and does not consume it: what several
// requests of one exchange need before the last of them uses it.
func (t *Tx) PeekToken(hash []byte, purpose string) (Token, error) {
	k, err := t.LookToken(hash, purpose)
	if err != nil {
		return k, err
	}
	k.Data, err = t.tokenData(k, hash)
	return k, err
}

func (t *Tx) tokenData(k Token, hash []byte) ([]byte, error) {
	var sealed []byte
	if err := t.one("token", "select sealed from tokens where tenant = $1 and hash = $2", []any{&sealed}, hash); err != nil {
		return nil, err
	}
	if k.Subject != "" {
		return t.open(k.Subject, sealed, "tokens", hexOf(hash))
	}
	return t.openHouse(sealed, "tokens", hexOf(hash))
}

// UseToken consumes a token: of two who try, one succeeds. Used, expired, of
// another purpose and unknown are all the same not found.
func (t *Tx) UseToken(hash []byte, purpose string) (Token, error) {
	k, err := t.LookToken(hash, purpose)
	if err != nil {
		return k, err
	}
	n, err := t.exec("update tokens set used = $3 where tenant = $1 and hash = $2 and used = 0", hash, micros(t.now))
	if err := changed(n, err, missing("token")); err != nil {
		return k, err
	}
	k.Used = t.now
	k.Data, err = t.tokenData(k, hash)
	return k, err
}

// EndTokens makes every token of a purpose for one object useless.
func (t *Tx) EndTokens(purpose, object string) error {
	return t.put("update tokens set used = $4 where tenant = $1 and purpose = $2 and object = $3 and used = 0", purpose, object, micros(t.now))
}
