package access

import (
	"context"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// LinkFor is how long a link that signs somebody in can be used.
const LinkFor = 24 * time.Hour

// AddUser makes an account and the token of the link that signs it in once.
func (d *Door) AddUser(ctx context.Context, by record.Actor, address string, roles []record.StaffRole) (id, token string, err error) {
	login, err := loginOf(address)
	if err != nil {
		return "", "", err
	}
	if len(roles) == 0 {
		return "", "", record.Invalid("role", "missing: an account without a role may do nothing")
	}
	data, err := json.Marshal(person{Mail: login})
	if err != nil {
		return "", "", err
	}
	token = Secret()
	err = d.Store.Update(ctx, by, func(t *store.Tx) error {
		u, err := t.AddUser(store.User{Login: login, Roles: roles, State: "invited", Data: data})
		if err != nil {
			return err
		}
		id = u.ID
		t.Did("user.add", "user/"+id, "")
		return addLink(t, id, token)
	})
	return id, token, err
}

func addLink(t *store.Tx, user, token string) error {
	return t.AddToken(hashOf(token), store.Token{Purpose: purposeLink, Object: "user/" + user, Expires: t.Now().Add(LinkFor)})
}

// Link makes a new token for somebody who has an account.
func (d *Door) Link(ctx context.Context, by record.Actor, id string) (token string, err error) {
	token = Secret()
	err = d.Store.Update(ctx, by, func(t *store.Tx) error {
		u, err := t.User(id)
		if err != nil {
			return err
		}
		if u.State == "disabled" {
			return &record.Error{Code: record.CodeRefused, Where: "user", Message: "the account is disabled"}
		}
		t.Did("user.link", "user/"+id, "")
		return addLink(t, id, token)
	})
	return token, err
}

// Account is a member of staff as the administrator sees them.
type Account struct {
	ID      string             `json:"id"`
	Mail    string             `json:"mail"`
	Roles   []record.StaffRole `json:"roles"`
	State   string             `json:"state"`
	Created time.Time          `json:"created"`
}

// Users lists the accounts of a tenant.
func (d *Door) Users(ctx context.Context, by record.Actor) (all []Account, err error) {
	err = d.Store.Update(ctx, by, func(t *store.Tx) error {
		all = nil
		users, err := t.Users()
		for _, u := range users {
			all = append(all, Account{u.ID, personOf(u).Mail, u.Roles, u.State, u.Created})
		}
		t.Did("user.list", "tenant/"+by.Tenant, "")
		return err
	})
	return all, err
}

// Disable ends an account: its sessions are over at their next request.
func (d *Door) Disable(ctx context.Context, by record.Actor, id string) error {
	return d.change(ctx, by, id, "user.disable", func(t *store.Tx, u *store.User) error {
		u.State = "disabled"
		_, err := t.RevokeSessions(id)
		return err
	})
}

// SetRoles changes what an account may do; its sessions end, so that nobody goes
// on with what they no longer are.
func (d *Door) SetRoles(ctx context.Context, by record.Actor, id string, roles []record.StaffRole) error {
	if by.Kind == record.ActorPerson && by.ID == id {
		return &record.Error{Code: record.CodeRefused, Where: "user", Message: "nobody changes their own roles"}
	}
	return d.change(ctx, by, id, "user.roles", func(t *store.Tx, u *store.User) error {
		u.Roles = slices.Clone(roles)
		_, err := t.RevokeSessions(id)
		return err
	})
}

func (d *Door) change(ctx context.Context, by record.Actor, id, act string, f func(*store.Tx, *store.User) error) error {
	return d.Store.Update(ctx, by, func(t *store.Tx) error {
		u, err := t.User(id)
		if err != nil {
			return err
		}
		if err := f(t, &u); err != nil {
			return err
		}
		t.Did(act, "user/"+id, "")
		_, err = t.SaveUser(u)
		return err
	})
}

// loginOf is a mail address in the form in which it is compared.
func loginOf(address string) (string, error) {
	a, err := mail.ParseAddress(address)
	if err != nil || a.Name != "" || len(a.Address) > 254 {
		return "", record.Invalid("mail", "is not a mail address")
	}
	return strings.ToLower(a.Address), nil
}

// KeyFor is how long a key works unless said otherwise, and at most.
const (
	KeyFor  = 90 * 24 * time.Hour
	KeyMost = 366 * 24 * time.Hour
)

// Key is a key as its owner sees it; Secret once, when it is made.
type Key struct {
	ID      string    `json:"id"`
	Label   string    `json:"label"`
	Scopes  []Scope   `json:"scopes"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`
	Used    time.Time `json:"used,omitzero"`
	Revoked time.Time `json:"revoked,omitzero"`
	Secret  string    `json:"-"` // bf_…: shown once
}

// AddKey makes a key with scopes and an end.
func (d *Door) AddKey(ctx context.Context, by record.Actor, label string, scopes []Scope, lives time.Duration) (k Key, err error) {
	if len(scopes) == 0 {
		return k, record.Invalid("scope", "missing: a key without a scope may do nothing")
	}
	if lives <= 0 {
		lives = KeyFor
	}
	if lives > KeyMost {
		return k, record.Invalid("expires", "a key lives a year at most")
	}
	if len(label) > 80 {
		return k, record.Invalid("label", "longer than 80 bytes")
	}
	secret := Secret()
	row := store.APIKey{ID: store.NewID(), Hash: hashOf(secret), Label: label}
	for _, s := range scopes {
		row.Scopes = append(row.Scopes, string(s))
	}
	err = d.Store.Update(ctx, by, func(t *store.Tx) error {
		row.Expires = t.Now().Add(lives)
		kept, err := t.AddAPIKey(row)
		if err != nil {
			return err
		}
		t.Did("key.add", "key/"+kept.ID, "")
		k = keyOf(kept)
		return nil
	})
	k.Secret = FormKey(row.ID, secret)
	return k, err
}

func keyOf(r store.APIKey) Key {
	k := Key{ID: r.ID, Label: r.Label, Created: r.Created, Expires: r.Expires, Used: r.Used, Revoked: r.Revoked}
	for _, s := range r.Scopes {
		k.Scopes = append(k.Scopes, Scope(s))
	}
	return k
}

// Keys lists the keys of a tenant.
func (d *Door) Keys(ctx context.Context, by record.Actor) (all []Key, err error) {
	err = d.Store.View(ctx, by, func(t *store.Tx) error {
		rows, err := t.APIKeys()
		for _, r := range rows {
			all = append(all, keyOf(r))
		}
		return err
	})
	return all, err
}

// RevokeKey ends a key for good.
func (d *Door) RevokeKey(ctx context.Context, by record.Actor, id string) error {
	return d.Store.Update(ctx, by, func(t *store.Tx) error {
		t.Did("key.revoke", "key/"+id, "")
		return t.RevokeAPIKey(id)
	})
}
