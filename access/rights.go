// Package access says who may do what: roles, rights, keys, sessions, sign-in,
// rates. It never decides about a case and never reads one.
//
// The table in this file is the whole of it: an act has the roles of staff who
// may do it and the scope a key needs for it. To allow one more thing, write
// one more line; the matrix test of api/ walks the table, so a line that is not
// thought through turns it red.
package access

import (
	"maps"
	"slices"
	"strings"

	"bonafide/record"
)

// Act is something that can be done: noun.verb, as the audit writes it.
type Act string

// The acts.
const (
	AddApplication  Act = "application.add"
	ReadStatus      Act = "application.status" // where it stands, in one of four words
	AddEvent        Act = "event.add"
	AskSignup       Act = "signup.ask"
	ListCases       Act = "case.list"
	ReadCase        Act = "case.read"
	ReadCluster     Act = "cluster.read"
	ReadLinks       Act = "subject.links"
	SearchValue     Act = "search.value"
	ScreenValue     Act = "screen.value"
	ReadLists       Act = "list.read"
	ReadRules       Act = "rule.read"
	ReadStatistics  Act = "statistics.read"
	ReadPapers      Act = "paper.read"
	WorkCase        Act = "case.work" // run sheets, ties, demands, drafts: people only
	EditPolicy      Act = "policy.edit"
	MakeEvidence    Act = "evidence.make"
	ExportSubject   Act = "subject.export"
	EraseSubject    Act = "subject.erase"
	ApproveErasure  Act = "erasure.approve"
	ReadAudit       Act = "audit.read"
	ReadCheckpoints Act = "audit.checkpoint"
	ManageWebhooks  Act = "webhook.manage"
	ReadJob         Act = "job.read"
	ReadConnectors  Act = "connector.read" // how connectors fare
	ReadLookups     Act = "lookup.read"    // what was asked outside
	ManageLimits    Act = "egress.manage"  // what connectors may ask
	ReadMe          Act = "me.read"
	ManageUsers     Act = "user.manage"
	ManageKeys      Act = "key.manage"
)

// Scope is what a key may be used for; a key has no role.
type Scope string

// The scopes of keys.
const (
	ScopeIntake   Scope = "intake"   // hand in applications and events, follow one's own uploads
	ScopeRead     Scope = "read"     // cases, clusters, links
	ScopeSearch   Scope = "search"   // who holds an address, a mail, a wallet, a device
	ScopeScreen   Scope = "screen"   // one name, one wallet, against lists
	ScopeProtect  Scope = "protect"  // export and propose erasure
	ScopeAudit    Scope = "audit"    // entries, proofs, checkpoints
	ScopeSettings Scope = "settings" // webhooks, what connectors may ask
)

// Scopes in the order in which they are shown.
var Scopes = [...]Scope{ScopeIntake, ScopeRead, ScopeSearch, ScopeScreen, ScopeProtect, ScopeAudit, ScopeSettings}

// right is who may do one act. An act without a scope is for people only: a
// key never approves, never makes another key.
type right struct {
	roles  []record.StaffRole
	scopes []Scope
}

const (
	viewer    = record.RoleViewer
	recruiter = record.RoleRecruiter
	reviewer  = record.RoleReviewer
	lead      = record.RoleLead
	auditor   = record.RoleAuditor
	dpo       = record.RoleProtection
	works     = record.RoleWorks
	admin     = record.RoleAdmin
)

type (
	roles  = []record.StaffRole
	scopes = []Scope
)

var rights = map[Act]right{
	AddApplication:  {roles{recruiter, reviewer, lead}, scopes{ScopeIntake}},
	ReadStatus:      {roles{recruiter, reviewer, lead}, scopes{ScopeIntake, ScopeRead}},
	AddEvent:        {roles{reviewer, lead}, scopes{ScopeIntake}},
	AskSignup:       {roles{lead}, scopes{ScopeIntake}},
	ListCases:       {roles{viewer, reviewer, lead}, scopes{ScopeRead}},
	ReadCase:        {roles{viewer, reviewer, lead}, scopes{ScopeRead}},
	ReadCluster:     {roles{reviewer, lead}, scopes{ScopeRead}},
	ReadLinks:       {roles{reviewer, lead}, scopes{ScopeRead}},
	SearchValue:     {roles{reviewer, lead, dpo}, scopes{ScopeSearch}},
	ScreenValue:     {roles{reviewer, lead}, scopes{ScopeScreen}},
	ReadLists:       {roles{viewer, reviewer, lead, auditor, dpo, works, admin}, scopes{ScopeRead, ScopeScreen}},
	ReadRules:       {roles{viewer, recruiter, reviewer, lead, auditor, dpo, works, admin}, scopes{ScopeRead}},
	ReadStatistics:  {roles{lead, auditor, dpo, works}, scopes{ScopeRead}},
	ReadPapers:      {roles{lead, auditor, dpo, works, admin}, scopes{ScopeProtect}},
	WorkCase:        {roles{reviewer, lead}, nil},
	EditPolicy:      {roles{lead, admin}, nil},
	MakeEvidence:    {roles{reviewer, lead}, nil},
	ExportSubject:   {roles{dpo}, scopes{ScopeProtect}},
	EraseSubject:    {roles{dpo}, scopes{ScopeProtect}},
	ApproveErasure:  {roles{dpo, lead}, nil},
	ReadAudit:       {roles{auditor, dpo}, scopes{ScopeAudit}},
	ReadCheckpoints: {roles{auditor, dpo, works, admin}, scopes{ScopeAudit}},
	ManageWebhooks:  {roles{admin}, scopes{ScopeSettings}},
	ManageLimits:    {roles{admin}, scopes{ScopeSettings}},
	ReadJob:         {roles{recruiter, reviewer, lead, dpo, admin}, scopes{ScopeIntake}},
	ReadConnectors:  {roles{reviewer, lead, auditor, dpo, works, admin}, scopes{ScopeSettings}},
	ReadLookups:     {roles{auditor, dpo, works, admin}, scopes{ScopeAudit}},
	ReadMe:          {roles{viewer, recruiter, reviewer, lead, auditor, dpo, works, admin}, Scopes[:]},
	ManageUsers:     {roles{admin}, nil},
	ManageKeys:      {roles{admin}, nil},
}

// Caller is who is at the door, and by what.
type Caller struct {
	record.Actor
	Scopes  []Scope // of a key
	Session string  // id of the session, of a person
	Fresh   bool    // the person signed in, or signed in again, within FreshFor
}

// May says whether the caller may do an act at all. Whether they may do it to
// this case is for the room that knows the case.
func (c Caller) May(act Act) bool {
	r, known := rights[act]
	if !known {
		return false
	}
	switch c.Kind {
	case record.ActorPerson:
		return c.Is(r.roles...)
	case record.ActorKey:
		return slices.ContainsFunc(r.scopes, func(s Scope) bool { return slices.Contains(c.Scopes, s) })
	}
	return false
}

// Table is every act with the roles that may do it, by name, for papers.
func Table() (rows [][2]string) {
	for _, a := range slices.Sorted(maps.Keys(rights)) {
		var who []string
		for _, r := range rights[a].roles {
			who = append(who, string(r))
		}
		rows = append(rows, [2]string{string(a), strings.Join(who, ", ")})
	}
	return rows
}

// Refused is the answer to somebody who may not; it does not say what would
// have been behind the door.
func Refused() error {
	return &record.Error{Code: record.CodeRefused, Message: "this account or key may not do that"}
}

// ParseRole reads a role word.
func ParseRole(s string) (record.StaffRole, error) {
	for _, r := range record.StaffRoles {
		if string(r) == s {
			return r, nil
		}
	}
	return "", record.Invalid("role", "is none of viewer, recruiter, reviewer, lead, auditor, dpo, workscouncil, admin")
}

// ParseScope reads a scope word.
func ParseScope(s string) (Scope, error) {
	for _, x := range Scopes {
		if string(x) == s {
			return x, nil
		}
	}
	return "", record.Invalid("scope", "is none of intake, read, search, screen, protect, audit, settings")
}
