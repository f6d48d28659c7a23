package screen

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/egress"
	"bonafide/prove/wallet"
	"bonafide/record"
	"bonafide/store"
)

const (
	purposeWallet = "wallet"      // a request that waits for its answer
	purposeReturn = "wallet-code" // an answer that waits for the browser that asked
)

// walletAsked is one request as it waits.
type walletAsked struct {
	Session jsontext.Value `json:"session"`
	Here    bool           `json:"here"` // the wallet is on the device of the page
}

// walletQuery asks for a name and a day of birth, in either format, and nothing
// else: that is what later steps compare.
func walletQuery() wallet.Query {
	return wallet.Query{
		Credentials: []wallet.CredentialQuery{
			{ID: "pid", Format: wallet.FormatSDJWT, Meta: wallet.Meta{VctValues: []string{"urn:eudi:pid:1"}},
				Claims: []wallet.ClaimQuery{{Path: wallet.Path{"family_name"}}, {Path: wallet.Path{"given_name"}}, {Path: wallet.Path{"birthdate"}}}},
			{ID: "doc", Format: wallet.FormatMdoc, Meta: wallet.Meta{DoctypeValue: "eu.europa.ec.eudi.pid.1"},
				Claims: []wallet.ClaimQuery{{Path: wallet.Path{"eu.europa.ec.eudi.pid.1", "family_name"}}, {Path: wallet.Path{"eu.europa.ec.eudi.pid.1", "given_name"}}, {Path: wallet.Path{"eu.europa.ec.eudi.pid.1", "birth_date"}}}},
		},
		CredentialSets: []wallet.CredentialSet{{Options: [][]string{{"pid"}, {"doc"}}}},
	}
}

// AskWallet begins a request and gives the link that a button opens (here: the
// wallet is on this device) or a QR code shows (it is on another).
func (p *Prover) AskWallet(ctx context.Context, who record.Actor, here bool) (link string, err error) {
	w := p.Wallet
	if w == nil {
		return "", &record.Error{Code: record.CodeUnavailable, Where: "wallet", Message: "this way is not offered here"}
	}
	id := store.NewID() + store.NewID()
	err = p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		s, err := wallet.NewSession(wallet.Ask{ClientID: w.Identity.ClientIDByHash(), ResponseURI: w.Address + "/wallet/" + id + "/answer", Query: walletQuery(), At: t.Now()}, rand.Reader)
		if err != nil {
			return err
		}
		raw, err := json.Marshal(s)
		if err != nil {
			return err
		}
		data, err := json.Marshal(walletAsked{raw, here})
		if err != nil {
			return err
		}
		if link, err = s.Link("openid4vp", w.Address+"/wallet/"+id); err != nil {
			return err
		}
		t.Did("wallet.ask", "subject/"+who.ID, "")
		return t.AddToken(hashOf(id), store.Token{Purpose: purposeWallet, Object: "subject/" + who.ID, Subject: who.ID, Expires: s.Expires, Data: data})
	})
	return link, err
}

// tenantOf is whose a secret is; every wrong one is the same not found.
func (p *Prover) tenantOf(ctx context.Context, secret string) (string, error) {
	if len(secret) != 52 {
		return "", notTheirs
	}
	tenant, err := p.Keeper.Store.TokenTenant(ctx, hashOf(secret))
	if err != nil && record.CodeOf(err) == record.CodeNotFound {
		return "", notTheirs
	}
	return tenant, err
}

func (p *Prover) walletActor(tenant string) record.Actor {
	return record.Actor{Kind: record.ActorMachine, ID: "wallet", Tenant: tenant}
}

// WalletRequest is the signed request object that a wallet fetches by its id.
func (p *Prover) WalletRequest(ctx context.Context, id, walletNonce string) (object string, err error) {
	if p.Wallet == nil || len(walletNonce) > 512 {
		return "", notTheirs
	}
	tenant, err := p.tenantOf(ctx, id)
	if err != nil {
		return "", err
	}
	err = p.Keeper.Store.Update(ctx, p.walletActor(tenant), func(t *store.Tx) error {
		s, _, _, err := peekWallet(t, id)
		if err != nil {
			return err
		}
		object, err = s.RequestObject(p.Wallet.Identity, walletNonce, rand.Reader)
		return err
	})
	return object, err
}

func peekWallet(t *store.Tx, id string) (*wallet.Session, walletAsked, store.Token, error) {
	var asked walletAsked
	k, err := t.PeekToken(hashOf(id), purposeWallet)
	if err != nil {
		return nil, asked, k, err
	}
	t.Did("wallet.request", "subject/"+k.Subject, "")
	if err := json.Unmarshal(k.Data, &asked); err != nil {
		return nil, asked, k, &record.Error{Code: record.CodeInternal, Where: "wallet", Message: "a request cannot be read back"}
	}
	s, err := wallet.ReadSession(bytes.NewReader(asked.Session))
	return s, asked, k, err
}

// WalletAnswer takes what a wallet posts and gives the body of the reply. An
// answer that belongs to the request uses it up. On the same device nothing
// counts before the browser that asked brings the code (WalletReturn).
func (p *Prover) WalletAnswer(ctx context.Context, id string, body []byte) (reply []byte, err error) {
	if p.Wallet == nil {
		return nil, notTheirs
	}
	tenant, err := p.tenantOf(ctx, id)
	if err != nil {
		return nil, err
	}
	key, err := p.Keeper.key(ctx, tenant)
	if err != nil {
		return nil, err
	}
	lists, err := p.walletLists(ctx, tenant, id, body)
	if err != nil {
		return nil, err
	}
	err = p.Keeper.Store.Update(ctx, p.walletActor(tenant), func(t *store.Tx) error {
		s, asked, k, err := peekWallet(t, id)
		if err != nil {
			return err
		}
		answer, err := s.Read(body, wallet.Verification{At: t.Now(), Trust: p.Wallet.Trust, Status: lists.by.Status, CRLs: lists.by.CRLs})
		if err != nil {
			return err
		}
		if _, err := t.UseToken(hashOf(id), purposeWallet); err != nil {
			return err
		}
		if !asked.Here {
			reply = []byte("{}")
			return p.takeWallet(t, key, k.Subject, walletSaid{answer, lists.looked})
		}
		kept, err := json.Marshal(walletSaid{answer, lists.looked})
		if err != nil {
			return err
		}
		var code string
		if reply, code, err = s.Return(p.Wallet.Address+"/portal/wallet/return", rand.Reader); err != nil {
			return err
		}
		return t.AddToken(hashOf("return "+code), store.Token{Purpose: purposeReturn, Object: "subject/" + k.Subject, Subject: k.Subject, Expires: s.Expires, Data: kept})
	})
	return reply, err
}

// walletSaid is an answer with the look-ups that were made for it.
type walletSaid struct {
	Answer *wallet.Answer `json:"answer"`
	Looked []Looked       `json:"looked,omitempty"`
}

// walletLists fetches what an answer's credentials name, before the transaction
// that judges it: a host that is slow holds up nobody else. An answer that cannot be
// read is left to that transaction.
func (p *Prover) walletLists(ctx context.Context, tenant, id string, body []byte) (out struct {
	by     wallet.Verification
	looked []Looked
}, err error) {
	out.by = wallet.Verification{Trust: p.Wallet.Trust, CRLs: slices.Clone(p.Wallet.CRLs)}
	if p.Lists == nil {
		return out, nil
	}
	var s *wallet.Session
	var k store.Token
	var hosts []string
	if err := p.Keeper.Store.Update(ctx, p.walletActor(tenant), func(t *store.Tx) error {
		out.by.At = t.Now()
		if hosts, _, err = lookupHosts(t); err != nil {
			return err
		}
		s, _, k, err = peekWallet(t, id)
		return err
	}); err != nil {
		return out, err
	}
	answer, err := s.Read(body, out.by)
	if err != nil {
		return out, nil
	}
	out.looked = p.Lists.Wallet(ctx, egress.Occasion{Tenant: tenant, Act: "proof.wallet", By: "lists", Subject: k.Subject, Own: true}, hosts, answer.Reports, &out.by)
	return out, nil
}

// WalletReturn takes the answer that waits under a code, if it is this person's.
func (p *Prover) WalletReturn(ctx context.Context, who record.Actor, code string) error {
	key, err := p.Keeper.key(ctx, who.Tenant)
	if err != nil {
		return err
	}
	return p.Keeper.Store.Update(ctx, who, func(t *store.Tx) error {
		k, err := t.LookToken(hashOf("return "+code), purposeReturn)
		if err != nil {
			return err
		}
		if k.Subject != who.ID {
			return notTheirs
		}
		if k, err = t.UseToken(hashOf("return "+code), purposeReturn); err != nil {
			return err
		}
		var said walletSaid
		if err := json.Unmarshal(k.Data, &said); err != nil {
			return &record.Error{Code: record.CodeInternal, Where: "wallet", Message: "an answer cannot be read back"}
		}
		return p.takeWallet(t, key, who.ID, said)
	})
}

// takeWallet puts what was proven on the record. What was not is kept for the
// people who review, as not verified; a wallet that says no is nothing at all.
func (p *Prover) takeWallet(t *store.Tx, key []byte, subject string, said walletSaid) error {
	answer := said.Answer
	type part struct {
		Format string        `json:"format"`
		Proven bool          `json:"proven"`
		Issuer string        `json:"issuer,omitempty"`
		Parts  []wallet.Part `json:"parts"`
		Looked []Looked      `json:"looked,omitempty"`
	}
	var parts []part
	for _, r := range answer.Reports {
		parts = append(parts, part{r.Format, r.Proven, r.Issuer, r.Parts, said.Looked})
	}
	if answer.Refused == "" {
		if err := t.AddStep(subject, store.Step{Step: StepIdentity, How: "wallet", Report: parts}); err != nil {
			return err
		}
	}
	rules, err := p.Keeper.rules(t)
	if err != nil {
		return err
	}
	return p.Keeper.amend(t, key, subject, "proof.wallet", func(a *record.Application) error {
		for _, r := range answer.Reports {
			if r.Assurance == nil {
				continue
			}
			proof := *r.Assurance
			proof.Until = rules.ProofUntil(rules.TierOf(&a.Role), t.Now())
			Prove(a, proof)
			keepDocument(a, walletDocument(&r))
		}
		return nil
	})
}

func walletDocument(r *wallet.Report) record.Document {
	d := record.Document{Kind: "pid", Method: "wallet"}
	var given, family string
	for _, c := range r.Claims {
		v, _ := c.Value.(string)
		if v == "" {
			v = strings.TrimSpace(fmt.Sprint(c.Value))
		}
		switch c.Path[len(c.Path)-1] {
		case "given_name":
			given = v
		case "family_name":
			family = v
		case "birthdate", "birth_date":
			d.BirthDate = record.Date(v)
		}
	}
	d.Name = strings.TrimSpace(given + " " + family)
	return d
}
