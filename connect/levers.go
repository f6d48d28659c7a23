package connect

import (
	"net/http"
	"net/url"
	"strconv"
)

// Levers in the order in which they are pulled: first what opens the rest.
var Levers = []*Lever{&oktaLever, &entraLever, &scimOkta, &scimEntra, &githubLever, &slackLever, &intuneLever, &jamfLever}

// atSimulator is what every lever was tried with.
const atSimulator = "a simulator of our own, written from the vendor's documentation"

// FindLever is the lever of a name, and whether there is one.
func FindLever(name string) (*Lever, bool) {
	for _, l := range Levers {
		if l.Name == name {
			return l, true
		}
	}
	return nil, false
}

var (
	ended  = []int{200, 202, 204, 404, 410}
	locked = []int{200, 201, 202, 204} // what is not there was not locked
)

var oktaLever = Lever{Name: "okta", Title: "Okta", Base: "https://{company}.okta.com", Needs: "okta.users.manage", Proven: atSimulator, Who: "id or login",
	There:  func(l Leaver) *Ask { return get("/api/v1/users/" + segment(l.ID)) },
	SignIn: func(a *Account, h http.Header) { h.Set("Authorization", "SSWS "+a.Key) },
	Steps: func(l Leaver) []Step {
		id := segment(l.ID)
		return []Step{
			{Text: "suspend the account", Ask: Ask{Method: http.MethodPost, Path: "/api/v1/users/" + id + "/lifecycle/suspend"}, Done: append([]int{400}, ended...), Gone: get("/api/v1/users/" + id)},
			{Text: "end every session and token", Ask: Ask{Method: http.MethodDelete, Path: "/api/v1/users/" + id + "/sessions?oauthTokens=true"}, Done: ended},
		}
	}}

var entraLever = Lever{Name: "entra", Title: "Microsoft Entra ID", Base: "https://graph.microsoft.com/v1.0", Needs: "User.EnableDisableAccount.All, User.RevokeSessions.All", SignIn: bearer, Token: graphToken, Proven: atSimulator, Who: "id or user principal name",
	There: func(l Leaver) *Ask { return get("/users/" + segment(l.ID) + "?$select=accountEnabled") },
	Steps: func(l Leaver) []Step {
		id := segment(l.ID)
		return []Step{
			{Text: "disable the account", Ask: send(http.MethodPatch, "/users/"+id, map[string]any{"accountEnabled": false}), Done: ended, Gone: get("/users/" + id + "?$select=accountEnabled")},
			{Text: "revoke every session", Ask: Ask{Method: http.MethodPost, Path: "/users/" + id + "/revokeSignInSessions"}, Done: ended},
		}
	}}

const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

var scimOkta = Lever{Name: "scim", Title: "SCIM 2.0, as Okta writes it", Needs: "a provisioning token of the application", SignIn: bearer, Proven: atSimulator, Who: "id or userName",
	Find: findUser, There: scimThere,
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "disable the account", Ask: scim(l, map[string]any{"op": "replace", "value": map[string]any{"active": false}}), Done: ended, Gone: get("/Users/" + segment(l.ID))}}
	}}

var scimEntra = Lever{Name: "scim-entra", Title: "SCIM 2.0, as Entra writes it", Needs: "a provisioning token of the application", SignIn: bearer, Proven: atSimulator, Who: "id or userName",
	Find: findUser, There: scimThere,
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "disable the account", Ask: scim(l, map[string]any{"op": "Replace", "path": "active", "value": false}), Done: ended, Gone: get("/Users/" + segment(l.ID))}}
	}}

func scim(l Leaver, op map[string]any) Ask {
	a := send(http.MethodPatch, "/Users/"+segment(l.ID), map[string]any{"schemas": []string{patchOp}, "Operations": []any{op}})
	a.Header = http.Header{"Content-Type": {"application/scim+json"}}
	return a
}

var githubLever = Lever{Name: "github", Title: "GitHub", Base: "https://api.github.com", Needs: "admin:org of the organisation", SignIn: bearer, Proven: atSimulator, Who: "login",
	There: func(l Leaver) *Ask { return get("/users/" + segment(l.ID)) },
	Steps: func(l Leaver) []Step {
		at := "/orgs/" + segment(l.Organisation) + "/memberships/" + segment(l.ID)
		return []Step{{Text: "remove from the organisation", Ask: Ask{Method: http.MethodDelete, Path: at}, Done: ended, Gone: get(at)},
			{Text: "remove as outside collaborator", Ask: Ask{Method: http.MethodDelete, Path: "/orgs/" + segment(l.Organisation) + "/outside_collaborators/" + segment(l.ID)}, Done: append([]int{422}, ended...)}}
	}}

var slackLever = Lever{Name: "slack", Title: "Slack", Base: "https://api.slack.com/scim/v2", Needs: "admin scope of the SCIM API (Business+ and above)", SignIn: bearer, Proven: atSimulator, Who: "id or userName",
	Find: findUser, There: scimThere,
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "deactivate the account", Ask: Ask{Method: http.MethodDelete, Path: "/Users/" + segment(l.ID)}, Done: ended, Gone: get("/Users/" + segment(l.ID))}}
	}}

var intuneLever = Lever{Name: "intune", Title: "Microsoft Intune", Base: "https://graph.microsoft.com/v1.0", Needs: "DeviceManagementManagedDevices.PrivilegedOperations.All", SignIn: bearer, Token: graphToken, Proven: atSimulator, Who: "id of the device",
	There: func(l Leaver) *Ask { return get("/deviceManagement/managedDevices/" + segment(l.ID) + "?$select=id") },
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "ask the device to lock", Ask: Ask{Method: http.MethodPost, Path: "/deviceManagement/managedDevices/" + segment(l.ID) + "/remoteLock"}, Done: locked}}
	}}

var jamfLever = Lever{Name: "jamf", Title: "Jamf Pro", Needs: "Send Computer Remote Lock Command", SignIn: bearer, Token: jamfToken, Proven: atSimulator, Who: "management id of the device",
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "ask the device to lock", Ask: send(http.MethodPost, "/api/v2/mdm/commands", map[string]any{"clientData": []any{map[string]any{"managementId": l.ID}}, "commandData": map[string]any{"commandType": "DEVICE_LOCK"}}), Done: locked}}
	}}

// findUser asks a SCIM server for a user by name; the name goes into a filter,
// quoted as RFC 7644 has it.
func findUser(name string) Ask {
	return *get("/Users?filter=" + url.QueryEscape("userName eq "+strconv.Quote(name)))
}

func scimThere(l Leaver) *Ask { return get("/Users/" + segment(l.ID)) }
