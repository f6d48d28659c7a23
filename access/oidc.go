package access

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-json-experiment/json"
	"golang.org/x/oauth2"

	"bonafide/record"
	"bonafide/store"
)

// Provider signs people in by OpenID Connect: code flow with PKCE, state and
// nonce; issuer, audience, expiry and signature checked by go-oidc.
type Provider struct {
	tenant   string
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
	client   *http.Client
}

// NewProvider asks the issuer where its doors are. client bounds and guards the
// requests; redirect is our address that the provider sends people back to.
func NewProvider(ctx context.Context, client *http.Client, tenant, issuer, id, secret, redirect string) (*Provider, error) {
	p, err := oidc.NewProvider(oidc.ClientContext(ctx, client), issuer)
	if err != nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "oidc", Message: "the issuer does not answer as one"}
	}
	return &Provider{tenant: tenant, client: client,
		oauth:    oauth2.Config{ClientID: id, ClientSecret: secret, Endpoint: p.Endpoint(), RedirectURL: redirect, Scopes: []string{oidc.ScopeOpenID, "email"}},
		verifier: p.VerifierContext(oidc.ClientContext(context.WithoutCancel(ctx), client), &oidc.Config{ClientID: id})}, nil
}

const purposeOIDC = "oidc"

// visit is what is remembered of somebody who was sent to the provider.
type visit struct{ Nonce, Verifier string }

// BeginOIDC is where to send somebody, and the cookie that ties the way back to
// this browser.
func (d *Door) BeginOIDC(ctx context.Context, tenant string) (to string, cookie *http.Cookie, err error) {
	p := d.OIDC[tenant]
	if p == nil {
		return "", nil, &record.Error{Code: record.CodeNotFound, Where: "oidc", Message: "no provider is set up"}
	}
	state, v := Secret(), visit{Secret(), oauth2.GenerateVerifier()}
	data, err := json.Marshal(v)
	if err != nil {
		return "", nil, err
	}
	err = d.Store.Update(ctx, record.Actor{Kind: record.ActorMachine, ID: "sign-in", Tenant: tenant}, func(t *store.Tx) error {
		t.Did("session.ask", "tenant/"+tenant, "")
		return t.AddToken(hashOf(state), store.Token{Purpose: purposeOIDC, Object: "tenant/" + tenant, Expires: t.Now().Add(10 * time.Minute), Data: data})
	})
	c := d.cookie(state, 600)
	c.Name, c.SameSite = d.CookieName()+"-oidc", http.SameSiteLaxMode // the way back comes from another site
	return p.oauth.AuthCodeURL(state, oidc.Nonce(v.Nonce), oauth2.S256ChallengeOption(v.Verifier)), c, err
}

// FinishOIDC signs in whom the provider sent back. The account must have been
// made here before, for a mail address that the provider has verified; from its
// first sign-in on it belongs to the provider's own id, not to the address.
func (d *Door) FinishOIDC(ctx context.Context, tenant, code, state, bound string) (Caller, *http.Cookie, error) {
	p := d.OIDC[tenant]
	if p == nil || len(state) != secretLength || subtle.ConstantTimeCompare([]byte(state), []byte(bound)) != 1 {
		return Caller{}, nil, errNobody
	}
	var v visit
	house := record.Actor{Kind: record.ActorMachine, ID: "sign-in", Tenant: tenant}
	if err := d.Store.Update(ctx, house, func(t *store.Tx) error {
		k, err := t.UseToken(hashOf(state), purposeOIDC)
		if err != nil {
			return nobody(err)
		}
		t.Did("session.answer", "tenant/"+tenant, "")
		return json.Unmarshal(k.Data, &v)
	}); err != nil {
		return Caller{}, nil, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.oauth.Exchange(ctx, code, oauth2.VerifierOption(v.Verifier))
	if err != nil {
		return Caller{}, nil, errNobody
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := p.verifier.Verify(ctx, raw)
	if err != nil || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(v.Nonce)) != 1 {
		return Caller{}, nil, errNobody
	}
	var claims struct {
		Mail     string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if id.Claims(&claims) != nil || !claims.Verified {
		return Caller{}, nil, errNobody
	}
	login, err := loginOf(claims.Mail)
	if err != nil {
		return Caller{}, nil, errNobody
	}
	var u store.User
	if err := d.Store.View(ctx, house, func(t *store.Tx) error {
		u, err = t.UserByLogin(login)
		return err
	}); err != nil {
		return Caller{}, nil, nobody(err)
	}
	subject := strings.Join([]string{id.Issuer, id.Subject}, " ")
	return d.signIn(ctx, record.Actor{Kind: record.ActorPerson, ID: u.ID, Tenant: tenant}, false, func(t *store.Tx) error {
		u, err := t.User(u.ID)
		if err != nil {
			return nobody(err)
		}
		who := personOf(u)
		if who.OIDC == subject {
			return nil
		}
		if who.OIDC != "" {
			return errNobody // the address now belongs to somebody else at the provider
		}
		who.OIDC = subject
		if u.Data, err = json.Marshal(who); err != nil {
			return err
		}
		_, err = t.SaveUser(u)
		return err
	})
}
