package access

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// Door says who is there. It asks the store at every request, so that a key
// revoked, a session ended or an account disabled is refused at the next.
type Door struct {
	Store  *store.Store
	Now    func() time.Time
	Secure bool // reached over TLS; without it only loopback is served
	OIDC   map[string]*Provider
	Passes *Passkeys // nil: no passkeys

	noted sync.Map // by key, the hour in which its use was noted last
}

// How long a sign-in lasts.
const (
	IdleFor   = 30 * time.Minute // without a request
	SignedFor = 12 * time.Hour   // in all
	FreshFor  = 10 * time.Minute // for what needs a sign-in of just now
)

var errNobody = errors.New("nobody is signed in")

// IsNobody says that an error means no more than that nobody valid is there.
func IsNobody(err error) bool { return errors.Is(err, errNobody) }

// nobody hides why: unknown, expired, revoked and wrong are one answer.
func nobody(err error) error {
	if err == nil || record.CodeOf(err) == record.CodeNotFound {
		return errNobody
	}
	return err
}

// CookieName of the session. The prefix makes browsers insist on TLS and on this
// host; loopback without TLS has no use for it.
func (d *Door) CookieName() string {
	if d.Secure {
		return "__Host-bonafide"
	}
	return "bonafide"
}

// Who is the caller of a request: by key, or by the cookie of a session. A
// request with both is refused: it is not clear whose it is.
func (d *Door) Who(ctx context.Context, r *http.Request) (Caller, error) {
	bearer := r.Header.Values("Authorization")
	cookies := r.CookiesNamed(d.CookieName())
	switch {
	case len(bearer) == 1 && len(cookies) == 0:
		key, ok := strings.CutPrefix(bearer[0], "Bearer ")
		if !ok {
			return Caller{}, errNobody
		}
		return d.byKey(ctx, key)
	case len(bearer) == 0 && len(cookies) == 1:
		c, err := d.bySession(ctx, cookies[0].Value)
		if err == nil && !sameOrigin(r) {
			return Caller{}, errNobody
		}
		return c, err
	}
	return Caller{}, errNobody
}

var crossOrigin = http.NewCrossOriginProtection()

// sameOrigin keeps other sites from using somebody's cookie.
func sameOrigin(r *http.Request) bool { return crossOrigin.Check(r) == nil }

func (d *Door) byKey(ctx context.Context, key string) (Caller, error) {
	id, secret, ok := SplitKey(key)
	if !ok {
		return Caller{}, errNobody
	}
	k, err := d.Store.APIKeyByID(ctx, id)
	if err != nil {
		return Caller{}, nobody(err)
	}
	now := d.Now()
	if !matches(secret, hex.EncodeToString(k.Hash)) || !k.Revoked.IsZero() || !k.Expires.IsZero() && now.After(k.Expires) {
		return Caller{}, errNobody
	}
	c := Caller{Actor: record.Actor{Kind: record.ActorKey, ID: k.ID, Tenant: k.Tenant}}
	for _, s := range k.Scopes {
		c.Scopes = append(c.Scopes, Scope(s))
	}
	if now.Sub(k.Used) > time.Hour && d.first(k.ID, now) { // good enough to find keys that nobody uses
		if err := d.Store.Update(ctx, c.Actor, func(t *store.Tx) error { return t.UseAPIKey(k.ID) }); err != nil {
			return Caller{}, err
		}
	}
	return c, nil
}

// first says whether nobody else of this node notes this hour that a key is used:
// a hundred requests at once would queue for the one row.
func (d *Door) first(key string, now time.Time) bool {
	hour := now.Truncate(time.Hour).Unix()
	was, _ := d.noted.Swap(key, hour)
	return was != hour
}

func hashOf(secret string) []byte {
	b, _ := hex.DecodeString(Hash(secret))
	return b
}

func (d *Door) bySession(ctx context.Context, token string) (Caller, error) {
	if len(token) != secretLength || !plainWord(token) {
		return Caller{}, errNobody
	}
	x, err := d.Store.SessionByHash(ctx, hashOf(token))
	if err != nil {
		return Caller{}, nobody(err)
	}
	now := d.Now()
	if !x.Revoked.IsZero() || now.After(x.Expires) || now.Sub(x.Seen) > IdleFor {
		return Caller{}, errNobody
	}
	actor := record.Actor{Kind: record.ActorPerson, ID: x.User, Tenant: x.Tenant}
	var u store.User
	if err := d.Store.View(ctx, actor, func(t *store.Tx) (err error) {
		u, err = t.User(x.User)
		return err
	}); err != nil {
		return Caller{}, nobody(err)
	}
	if u.State != "active" {
		return Caller{}, errNobody
	}
	actor.Roles = u.Roles
	if now.Sub(x.Seen) > time.Minute {
		if err := d.Store.Update(ctx, actor, func(t *store.Tx) error { return t.SeeSession(x.ID) }); err != nil {
			return Caller{}, err
		}
	}
	fresh := x.Created
	if x.Strong.After(fresh) {
		fresh = x.Strong
	}
	return Caller{Actor: actor, Session: x.ID, Fresh: now.Sub(fresh) <= FreshFor}, nil
}

// purposeLink is the token of a link that signs somebody in once.
const purposeLink = "sign-in"

// Redeem signs somebody in by the token of a link, which works once.
func (d *Door) Redeem(ctx context.Context, token string) (Caller, *http.Cookie, error) {
	if len(token) != secretLength || !plainWord(token) {
		return Caller{}, nil, errNobody
	}
	hash := hashOf(token)
	tenant, err := d.Store.TokenTenant(ctx, hash)
	if err != nil {
		return Caller{}, nil, nobody(err)
	}
	var who string
	if err := d.Store.View(ctx, record.Machine(tenant), func(t *store.Tx) error {
		k, err := t.LookToken(hash, purposeLink)
		who, _ = strings.CutPrefix(k.Object, "user/")
		return err
	}); err != nil {
		return Caller{}, nil, nobody(err)
	}
	actor := record.Actor{Kind: record.ActorPerson, ID: who, Tenant: tenant}
	return d.signIn(ctx, actor, false, func(t *store.Tx) error {
		_, err := t.UseToken(hash, purposeLink)
		return nobodyOr(err)
	})
}

func nobodyOr(err error) error {
	if err == nil {
		return nil
	}
	return nobody(err)
}

// signIn begins a session for a person, in one transaction with what proved who
// they are.
func (d *Door) signIn(ctx context.Context, actor record.Actor, strong bool, prove func(*store.Tx) error) (Caller, *http.Cookie, error) {
	token := Secret()
	var c Caller
	err := d.Store.Update(ctx, actor, func(t *store.Tx) error {
		if err := prove(t); err != nil {
			return err
		}
		u, err := t.User(actor.ID)
		if err != nil {
			return nobody(err)
		}
		switch u.State {
		case "invited":
			u.State = "active"
			if u, err = t.SaveUser(u); err != nil {
				return err
			}
		case "active":
		default:
			return errNobody
		}
		x := store.Session{User: u.ID, Expires: t.Now().Add(SignedFor)}
		if strong {
			x.Strong = t.Now()
		}
		if x, err = t.AddSession(hashOf(token), x); err != nil {
			return err
		}
		t.Did("session.begin", "session/"+x.ID, "")
		actor.Roles = u.Roles
		c = Caller{Actor: actor, Session: x.ID, Fresh: true}
		return nil
	})
	if err != nil {
		return Caller{}, nil, err
	}
	return c, d.cookie(token, int(SignedFor/time.Second)), nil
}

func (d *Door) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{Name: d.CookieName(), Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: d.Secure, SameSite: http.SameSiteStrictMode}
}

// SignOut ends the caller's session, and gives the cookie that forgets it.
func (d *Door) SignOut(ctx context.Context, c Caller) (*http.Cookie, error) {
	if c.Session == "" {
		return nil, record.Invalid("session", "a key has no session; revoke it instead")
	}
	err := d.Store.Update(ctx, c.Actor, func(t *store.Tx) error {
		t.Did("session.end", "session/"+c.Session, "")
		return t.RevokeSession(c.Session)
	})
	return d.cookie("", -1), err
}

// person is what access keeps of a member of staff, sealed.
type person struct {
	Mail string `json:"mail,omitempty"`
	OIDC string `json:"oidc,omitempty"` // issuer and subject of the first sign-in by a provider
}

func personOf(u store.User) (p person) {
	if json.Unmarshal(u.Data, &p) != nil {
		return person{}
	}
	return p
}
