// Package wallet reads what a digital wallet presents (SD-JWT VC and mdoc, by
// OpenID4VP 1.0) and says, part by part, what of it could be verified.
//
// It holds: the request (request.go, dcql.go), the answer (response.go, jwe.go),
// the two credential formats (sdjwt.go, mdoc.go) with what they stand on
// (jws.go, jwk.go, cose.go, tree.go), trust lists (trust.go), status lists
// (status.go) and the report (verify.go).
//
// It never reaches a network, a disk or a clock, never keeps a claim that was
// not asked for, and never calls a person or a document fake: a part is ok, has
// failed, could not be verified, or was not done.
//
// To add a credential format: one file that turns bytes into a Report, one case
// in Session.read, one row in the table of meta rules in dcql.go.
package wallet

import (
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// Outcome is what became of one part of a proof.
type Outcome string

// The four outcomes. NotVerifiable is a gap on our side or the issuer's, for
// instance an authority that no trust list names: never a reproach.
const (
	OK            Outcome = "ok"
	Failed        Outcome = "failed"
	NotVerifiable Outcome = "not-verifiable"
	NotDone       Outcome = "not-done"
)

// PartName names one part of a proof.
type PartName string

// The parts in the order of the report.
const (
	PartStructure   PartName = "structure"
	PartSignature   PartName = "issuer-signature"
	PartChain       PartName = "chain"
	PartType        PartName = "type"
	PartValidity    PartName = "validity"
	PartDisclosures PartName = "disclosures"
	PartHolder      PartName = "key-binding"
	PartNonce       PartName = "nonce"
	PartAudience    PartName = "audience"
	PartStatus      PartName = "status"
	PartClaims      PartName = "claims"
)

var partOrder = [...]PartName{PartStructure, PartSignature, PartChain, PartType, PartValidity, PartDisclosures, PartHolder, PartNonce, PartAudience, PartStatus, PartClaims}

// Part is one part, what became of it, and why. Detail never holds a value of
// the person.
type Part struct {
	Part    PartName `json:"part"`
	Outcome Outcome  `json:"outcome"`
	Detail  string   `json:"detail,omitempty"`
}

// Claim is one asked-for attribute: the path as it was asked, and the value.
type Claim struct {
	Path  Path `json:"path"`
	Value any  `json:"value"`
}

// TrustRef says which trust list judged, for the record.
type TrustRef struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	AsOf    record.Date `json:"as_of,omitempty"`
}

// Report is what one presentation proved.
type Report struct {
	Query     string     `json:"query"`  // id of the credential query it answers
	Format    string     `json:"format"` // dc+sd-jwt or mso_mdoc
	Type      string     `json:"type,omitempty"`
	Issuer    string     `json:"issuer,omitempty"`  // the signer's certificate subject, or the issuer identifier
	Country   string     `json:"country,omitempty"` // of that certificate
	Anchor    string     `json:"anchor,omitempty"`  // SHA-256 of the anchor's certificate, hexadecimal
	Issued    *time.Time `json:"issued,omitempty"`
	Expires   *time.Time `json:"expires,omitempty"`
	Parts     []Part     `json:"parts"`
	Claims    []Claim    `json:"claims,omitempty"`
	HolderKey string     `json:"holder_key,omitempty"` // RFC 7638 SHA-256 thumbprint of the key it is bound to
	Trust     TrustRef   `json:"trust"`
	Proven    bool       `json:"proven"`
	// StatusURI is where the status list of the credential lies, so that it can
	// be fetched by whoever may reach the network; empty if it names none.
	StatusURI string `json:"status_uri,omitempty"`
	// CRLURIs are where the signer's authority says that its revocation list lies.
	CRLURIs   []string           `json:"crl_uris,omitempty"`
	Assurance *record.Assurance  `json:"assurance,omitempty"`
	parts     map[PartName]*Part // while the report grows
}

func newReport(query, format string) *Report {
	r := &Report{Query: query, Format: format, parts: map[PartName]*Part{}}
	for _, p := range partOrder {
		r.parts[p] = &Part{Part: p, Outcome: NotDone}
	}
	return r
}

// say records an outcome; the first failure of a part stays.
func (r *Report) say(p PartName, o Outcome, detail string) {
	part := r.parts[p]
	if part.Outcome == Failed {
		return
	}
	part.Outcome, part.Detail = o, detail
}

func (r *Report) is(p PartName, o Outcome) bool { return r.parts[p].Outcome == o }

// Outcome of a part of a finished report.
func (r *Report) Outcome(p PartName) Outcome {
	for i := range r.Parts {
		if r.Parts[i].Part == p {
			return r.Parts[i].Outcome
		}
	}
	return NotDone
}

// clears are the findings a proven wallet presentation answers: those that say
// that nobody has seen more than a picture. Nothing else follows from it.
var clears = []string{"doc-image-only"}

// breaks are what could still break it; docs/threats.md explains each.
var breaks = []string{"wallet-lent", "wallet-relayed", "wallet-list-stale"}

// identityTypes are the credentials that say who somebody is: the EU person
// identification data (its present and its former names), the mobile driving
// licence and the photo ID of ISO 23220. Others may be proven too, a diploma for
// instance, but they uphold no link of the chain.
var identityTypes = []string{"urn:eudi:pid:*", "urn:eu.europa.ec.eudi:pid:*", "eu.europa.ec.eudi.pid.1", docTypeMDL, "org.iso.23220.photoid.1", "org.iso.23220.photoID.1"}

// finish orders the parts and draws the conclusion: proven only when every part
// is ok. The status is the one part that may be missing by the issuer's choice.
func (r *Report) finish(at time.Time) {
	r.Proven = true
	r.Parts = r.Parts[:0]
	for _, p := range partOrder {
		part := *r.parts[p]
		r.Parts = append(r.Parts, part)
		free := p == PartStatus && part.Outcome == NotDone && r.StatusURI == ""
		if part.Outcome != OK && !free {
			r.Proven = false
		}
	}
	r.parts = nil
	if !r.Proven {
		r.Claims = claimsOf(r)
		return
	}
	if matches(identityTypes, r.Type) {
		r.Assurance = r.assurance(at)
	}
}

func (r *Report) assurance(at time.Time) *record.Assurance {
	a := &record.Assurance{ID: "wallet-sd-jwt", Link: record.LinkDocument, Method: "wallet", AsOf: dayOf(at), At: at.UTC(), Clears: slices.Clone(clears), Breaks: slices.Clone(breaks),
		Issuer: strings.TrimSpace(r.Issuer + " " + r.Country), TrustList: strings.TrimSpace(r.Trust.Name + " " + r.Trust.Version), Holder: r.HolderKey}
	if r.Format == FormatMdoc {
		a.ID = "wallet-mdoc"
	}
	if r.Expires != nil {
		a.Until = dayOf(*r.Expires)
	}
	return a
}

func dayOf(t time.Time) record.Date { return record.Date(t.UTC().Format("2006-01-02")) }

// claimsOf keeps no claim whose issuer or integrity is not established: a value
// nobody vouches for must not end up in a record.
func claimsOf(r *Report) []Claim {
	if r.Outcome(PartSignature) == OK && r.Outcome(PartDisclosures) == OK && r.Outcome(PartHolder) == OK {
		return r.Claims
	}
	return nil
}
