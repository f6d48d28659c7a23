package record

import "slices"

// StaffRole is what a member of staff, or a key, may do. The table of rights stands
// in access; these are its words.
type StaffRole string

// The roles.
const (
	RoleViewer     StaffRole = "viewer"       // reads cases assigned to them
	RoleRecruiter  StaffRole = "recruiter"    // hands applications in, sees their status and nothing else
	RoleReviewer   StaffRole = "reviewer"     // works on cases
	RoleLead       StaffRole = "lead"         // assigns, approves, edits policy
	RoleAuditor    StaffRole = "auditor"      // reads the audit
	RoleProtection StaffRole = "dpo"          // the data-protection officer: exports, erasure, holds
	RoleWorks      StaffRole = "workscouncil" // reads rules and statistics, no person
	RoleAdmin      StaffRole = "admin"        // people, keys, settings; no case
)

// StaffRoles in the order in which they are shown.
var StaffRoles = [...]StaffRole{RoleViewer, RoleRecruiter, RoleReviewer, RoleLead, RoleAuditor, RoleProtection, RoleWorks, RoleAdmin}

// ActorKind says what sort of actor did something.
type ActorKind string

// The kinds of actors.
const (
	ActorPerson    ActorKind = "person"    // a member of staff, signed in
	ActorKey       ActorKind = "key"       // another system, by an API key
	ActorMachine   ActorKind = "machine"   // the flow itself, a job
	ActorCandidate ActorKind = "candidate" // the person a case is about
	ActorOperator  ActorKind = "operator"  // whoever runs the binary on its machine
)

// Actor is who does something: an id, never a name or an address.
type Actor struct {
	Kind   ActorKind   `json:"kind"`
	ID     string      `json:"id"`
	Tenant string      `json:"tenant"`
	Roles  []StaffRole `json:"roles,omitempty"`
}

// Is says whether the actor holds one of the roles.
func (a Actor) Is(roles ...StaffRole) bool {
	for _, r := range roles {
		if slices.Contains(a.Roles, r) {
			return true
		}
	}
	return false
}

// Machine is the flow itself, acting for a tenant.
func Machine(tenant string) Actor {
	return Actor{Kind: ActorMachine, ID: "screen", Tenant: tenant}
}
