package access

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"bonafide/record"
	"bonafide/store"
)

// Passkeys are credentials of devices (WebAuthn, level 3). The ceremonies are
// the library's; that each is used once, by whom it was begun for, is ours.
type Passkeys struct{ web *webauthn.WebAuthn }

// NewPasskeys prepares passkeys for the address under which the house is
// reached, such as https://bonafide.example.com.
func NewPasskeys(address string) (*Passkeys, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, record.Invalid("address", "is not an address such as https://bonafide.example.com")
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "bonafide", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired},
	})
	if err != nil {
		return nil, record.Invalid("address", "cannot be used for passkeys")
	}
	return &Passkeys{w}, nil
}

// holder is a user as the library wants to see one.
type holder struct {
	id    string
	login string
	keys  []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.id) }
func (h holder) WebAuthnName() string                       { return h.login }
func (h holder) WebAuthnDisplayName() string                { return h.login }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func holderOf(t *store.Tx, id string) (holder, error) {
	u, err := t.User(id)
	if err != nil {
		return holder{}, err
	}
	if u.State != "active" {
		return holder{}, errNobody
	}
	rows, err := t.Passkeys(id)
	h := holder{id: id, login: personOf(u).Mail}
	for _, r := range rows {
		var c webauthn.Credential
		if json.Unmarshal(r.Data, &c) == nil {
			h.keys = append(h.keys, c)
		}
	}
	return h, err
}

const (
	purposeRegister = "passkey.add"
	purposePasskey  = "passkey.use"
	ceremonyFor     = 5 * time.Minute
)

func keepCeremony(t *store.Tx, purpose, object string, s *webauthn.SessionData) (string, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	token := Secret()
	return token, t.AddToken(hashOf(token), store.Token{Purpose: purpose, Object: object, Expires: t.Now().Add(ceremonyFor), Data: data})
}

func takeCeremony(t *store.Tx, token, purpose, object string) (s webauthn.SessionData, err error) {
	if len(token) != secretLength {
		return s, errNobody
	}
	k, err := t.UseToken(hashOf(token), purpose)
	if err != nil {
		return s, nobody(err)
	}
	if k.Object != object || json.Unmarshal(k.Data, &s) != nil {
		return s, errNobody
	}
	return s, nil
}

// BeginPasskey gives what the browser needs to make a passkey for a person who
// has signed in just now, and the token of the ceremony.
func (d *Door) BeginPasskey(ctx context.Context, c Caller) (options *protocol.CredentialCreation, token string, err error) {
	if d.Passes == nil || c.Session == "" || !c.Fresh {
		return nil, "", Refused()
	}
	err = d.Store.Update(ctx, c.Actor, func(t *store.Tx) error {
		h, err := holderOf(t, c.ID)
		if err != nil {
			return err
		}
		var s *webauthn.SessionData
		if options, s, err = d.Passes.web.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors())); err != nil {
			return record.Invalid("passkey", "cannot be begun")
		}
		t.Did("passkey.begin", "user/"+c.ID, "")
		token, err = keepCeremony(t, purposeRegister, "user/"+c.ID, s)
		return err
	})
	return options, token, err
}

// AddPasskey finishes it with the browser's answer.
func (d *Door) AddPasskey(ctx context.Context, c Caller, token string, answer []byte) error {
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if d.Passes == nil || err != nil {
		return record.Invalid("passkey", "is not the answer of a browser")
	}
	return d.Store.Update(ctx, c.Actor, func(t *store.Tx) error {
		s, err := takeCeremony(t, token, purposeRegister, "user/"+c.ID)
		if err != nil {
			return err
		}
		h, err := holderOf(t, c.ID)
		if err != nil {
			return err
		}
		key, err := d.Passes.web.CreateCredential(h, s, parsed)
		if err != nil {
			return record.Invalid("passkey", "does not prove what it should")
		}
		data, err := json.Marshal(key)
		if err != nil {
			return err
		}
		t.Did("passkey.add", "user/"+c.ID, "")
		return t.AddPasskey(store.Passkey{ID: key.ID, User: c.ID, Signs: int64(key.Authenticator.SignCount), Data: data})
	})
}

// BeginSignIn gives what the browser needs to sign somebody in by passkey. It
// says nothing about who has an account.
func (d *Door) BeginSignIn(ctx context.Context, tenant string) (options *protocol.CredentialAssertion, token string, err error) {
	if d.Passes == nil {
		return nil, "", Refused()
	}
	err = d.Store.Update(ctx, record.Actor{Kind: record.ActorMachine, ID: "sign-in", Tenant: tenant}, func(t *store.Tx) error {
		var s *webauthn.SessionData
		if options, s, err = d.Passes.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired)); err != nil {
			return record.Invalid("passkey", "cannot be begun")
		}
		t.Did("session.ask", "tenant/"+tenant, "")
		token, err = keepCeremony(t, purposePasskey, "tenant/"+tenant, s)
		return err
	})
	return options, token, err
}

// SignInByPasskey finishes it.
func (d *Door) SignInByPasskey(ctx context.Context, tenant, token string, answer []byte) (Caller, *http.Cookie, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if d.Passes == nil || err != nil || len(parsed.Response.UserHandle) > 64 {
		return Caller{}, nil, errNobody
	}
	actor := record.Actor{Kind: record.ActorPerson, ID: string(parsed.Response.UserHandle), Tenant: tenant}
	if !plainWord(actor.ID) {
		return Caller{}, nil, errNobody
	}
	return d.signIn(ctx, actor, true, func(t *store.Tx) error {
		s, err := takeCeremony(t, token, purposePasskey, "tenant/"+tenant)
		if err != nil {
			return err
		}
		h, err := holderOf(t, actor.ID)
		if err != nil {
			return nobody(err)
		}
		key, err := d.Passes.web.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
			if string(handle) != actor.ID {
				return nil, errNobody
			}
			return h, nil
		}, s, parsed)
		if err != nil || key.Authenticator.CloneWarning {
			return errNobody
		}
		data, err := json.Marshal(key)
		if err != nil {
			return err
		}
		return t.UsePasskey(store.Passkey{ID: key.ID, Signs: int64(key.Authenticator.SignCount), Data: data})
	})
}
