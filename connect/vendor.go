package connect

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"bonafide/record"
)

// mostParts are the reports of one check that are asked for.
const mostParts = 20

// Vendor is an identity vendor that is asked for the result its webhook points
// at. One more is such a value in its reader's file, the path of an answer where
// that reader reads a hint, and one line in Vendors.
type Vendor struct {
	Name, Title string
	Base        string // of the API; {company} stands for Account.Company
	Needs       string // what an administrator creates, with the smallest scope
	Proven      string // what this was tried with
	EachSecond  float64
	regions     []string // that Account.Company may name; nil: it has one address

	SignIn func(a *Account, h http.Header)
	parts  func(body []byte) []string // where the results stand that an answer is made of; nil: it holds them
	first  string                     // what a key is tried with
}

// Vendors are the identity vendors that are asked, by name.
var Vendors = []*Vendor{&onfidoVendor, &stripeVendor}

// FindVendor is the vendor of a name, and whether there is one that is asked.
func FindVendor(name string) (*Vendor, bool) {
	for _, v := range Vendors {
		if v.Name == name {
			return v, true
		}
	}
	return nil, false
}

// api is the vendor as a Session speaks with it.
func (v *Vendor) api() *ATS {
	return &ATS{Name: v.Name, Title: v.Title, Base: v.Base, Needs: v.Needs, EachSecond: v.EachSecond, SignIn: v.SignIn}
}

// Open begins a session. Nothing is asked before it is needed.
func (v *Vendor) Open(a Account, net Caller) (*Session, error) {
	if a.Key != "" && a.Base == "" && len(v.regions) > 0 && !slices.Contains(v.regions, a.Company) {
		return nil, record.Invalid("account", "its company, which is the region, is none of "+strings.Join(v.regions, ", "))
	}
	return open(v.api(), a, net)
}

// Hosts are what an allow-list must hold for this account.
func (v *Vendor) Hosts(a Account) []string { return hosts(v.api(), a) }

// First is the request with which a key is tried; its answer is not read.
func (v *Vendor) First() Ask { return *get(v.first) }

// Asks is the vendor to be asked before a result rests on anything, and whether
// there is one: the result is a hint, or the customer wants it so, and there is a key.
func (e *Endpoint) Asks(r *IdentityResult) (*Vendor, bool) {
	v, ok := FindVendor(e.Provider)
	return v, ok && e.Account.Key != "" && r.path != "" && (r.Refetch || e.Fetch)
}

// Confirm asks for what a hint is about, and for the results that is made of. The
// address is made of the account's host and the id: what a webhook says of
// addresses is not read. An answer about anything or anybody else is invalid.
func (v *Vendor) Confirm(ctx context.Context, s *Session, hint *IdentityResult) ([]IdentityResult, error) {
	body, all, err := v.read(ctx, s, hint.path)
	if err != nil {
		return nil, err
	}
	if len(all) != 1 || all[0].ID != hint.ID || all[0].Subject != "" && hint.Subject != "" && all[0].Subject != hint.Subject {
		return nil, record.Invalid(v.Name, "the answer is not about what was asked for")
	}
	if all[0].Subject == "" {
		all[0].Subject = hint.Subject
	}
	if v.parts == nil {
		return all, nil
	}
	paths := v.parts(body)
	if len(paths) > mostParts {
		return nil, record.Invalid(v.Name, "the answer is made of more than twenty results")
	}
	for _, path := range paths {
		_, some, err := v.read(ctx, s, path)
		if err != nil {
			return nil, err
		}
		for i := range some {
			some[i].Subject = all[0].Subject // a part names nobody
		}
		all = append(all, some...)
	}
	return all, nil
}

func (v *Vendor) read(ctx context.Context, s *Session, path string) ([]byte, []IdentityResult, error) {
	if path == "" {
		return nil, nil, record.Invalid(v.Name, "names something by an id that is not plain")
	}
	r, err := s.Do(ctx, *get(path))
	if err != nil {
		return nil, nil, err
	}
	all, err := ReadIdentity(v.Name, r.Body)
	for i := range all {
		all[i].Refetch = false // this is the answer
	}
	return r.Body, all, err
}

// below is the path of an id; empty where there is no such path, or the id is not
// one: it came from outside and becomes a part of an address.
func below(path, id string) string {
	if path == "" || id == "" || len(id) > longestEventID || strings.Trim(strings.ToLower(id), "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return ""
	}
	return path + id
}
