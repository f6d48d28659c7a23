package connect

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"bonafide/egress"
	"bonafide/record"
)

// Leaver is whose access ends, by the ids of one system.
type Leaver struct {
	ID           string
	Login        string
	Organisation string
}

// Step is one request that ends an access.
type Step struct {
	Text string
	Ask  Ask
	// Done are the statuses that mean that it is ended, or was already.
	Done []int
	// Gone is a request that shows that it is ended; nil where there is none.
	Gone *Ask
}

// Lever ends accesses in one system. One more is one value and one line.
type Lever struct {
	Name, Title, Base, Needs string
	SignIn                   func(a *Account, h http.Header)
	Steps                    func(l Leaver) []Step
}

// Levers in the order in which they are pulled: first what opens the rest.
var Levers = []*Lever{&oktaLever, &entraLever, &scimOkta, &scimEntra, &githubLever, &slackLever, &intuneLever, &jamfLever}

// FindLever is the lever of a name, and whether there is one.
func FindLever(name string) (*Lever, bool) {
	for _, l := range Levers {
		if l.Name == name {
			return l, true
		}
	}
	return nil, false
}

var ended = []int{200, 202, 204, 404, 410}

var oktaLever = Lever{Name: "okta", Title: "Okta", Base: "https://{company}.okta.com", Needs: "okta.users.manage",
	SignIn: func(a *Account, h http.Header) { h.Set("Authorization", "SSWS "+a.Key) },
	Steps: func(l Leaver) []Step {
		id := segment(l.ID)
		return []Step{
			{Text: "suspend the account", Ask: Ask{Method: http.MethodPost, Path: "/api/v1/users/" + id + "/lifecycle/suspend"}, Done: append([]int{400}, ended...), Gone: get("/api/v1/users/" + id)},
			{Text: "end every session and token", Ask: Ask{Method: http.MethodDelete, Path: "/api/v1/users/" + id + "/sessions?oauthTokens=true"}, Done: ended},
		}
	}}

var entraLever = Lever{Name: "entra", Title: "Microsoft Entra ID", Base: "https://graph.microsoft.com/v1.0", Needs: "User.EnableDisableAccount.All, User.RevokeSessions.All", SignIn: bearer,
	Steps: func(l Leaver) []Step {
		id := segment(l.ID)
		return []Step{
			{Text: "disable the account", Ask: send(http.MethodPatch, "/users/"+id, map[string]any{"accountEnabled": false}), Done: ended, Gone: get("/users/" + id + "?$select=accountEnabled")},
			{Text: "revoke every session", Ask: Ask{Method: http.MethodPost, Path: "/users/" + id + "/revokeSignInSessions"}, Done: ended},
		}
	}}

const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

var scimOkta = Lever{Name: "scim", Title: "SCIM 2.0, as Okta writes it", Needs: "a provisioning token of the application", SignIn: bearer,
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "disable the account", Ask: scim(l, map[string]any{"op": "replace", "value": map[string]any{"active": false}}), Done: ended, Gone: get("/Users/" + segment(l.ID))}}
	}}

var scimEntra = Lever{Name: "scim-entra", Title: "SCIM 2.0, as Entra writes it", Needs: "a provisioning token of the application", SignIn: bearer,
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "disable the account", Ask: scim(l, map[string]any{"op": "Replace", "path": "active", "value": false}), Done: ended, Gone: get("/Users/" + segment(l.ID))}}
	}}

func scim(l Leaver, op map[string]any) Ask {
	a := send(http.MethodPatch, "/Users/"+segment(l.ID), map[string]any{"schemas": []string{patchOp}, "Operations": []any{op}})
	a.Header = http.Header{"Content-Type": {"application/scim+json"}}
	return a
}

var githubLever = Lever{Name: "github", Title: "GitHub", Base: "https://api.github.com", Needs: "admin:org of the organisation", SignIn: bearer,
	Steps: func(l Leaver) []Step {
		at := "/orgs/" + segment(l.Organisation) + "/memberships/" + segment(l.Login)
		return []Step{{Text: "remove from the organisation", Ask: Ask{Method: http.MethodDelete, Path: at}, Done: ended, Gone: get(at)},
			{Text: "remove as outside collaborator", Ask: Ask{Method: http.MethodDelete, Path: "/orgs/" + segment(l.Organisation) + "/outside_collaborators/" + segment(l.Login)}, Done: append([]int{422}, ended...)}}
	}}

var slackLever = Lever{Name: "slack", Title: "Slack", Base: "https://api.slack.com/scim/v2", Needs: "admin scope of the SCIM API (Business+ and above)", SignIn: bearer,
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "deactivate the account", Ask: Ask{Method: http.MethodDelete, Path: "/Users/" + segment(l.ID)}, Done: ended, Gone: get("/Users/" + segment(l.ID))}}
	}}

var intuneLever = Lever{Name: "intune", Title: "Microsoft Intune", Base: "https://graph.microsoft.com/v1.0", Needs: "DeviceManagementManagedDevices.PrivilegedOperations.All", SignIn: bearer,
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "ask the device to lock", Ask: Ask{Method: http.MethodPost, Path: "/deviceManagement/managedDevices/" + segment(l.ID) + "/remoteLock"}, Done: ended}}
	}}

var jamfLever = Lever{Name: "jamf", Title: "Jamf Pro", Needs: "Send Computer Remote Lock Command", SignIn: bearer,
	Steps: func(l Leaver) []Step {
		return []Step{{Text: "ask the device to lock", Ask: send(http.MethodPost, "/api/v2/mdm/commands", map[string]any{"clientData": []any{map[string]any{"managementId": l.ID}}, "commandData": map[string]any{"commandType": "DEVICE_LOCK"}}), Done: append([]int{201}, ended...)}}
	}}

// Signed is who ordered it: two people, of whom neither is the leaver.
type Signed struct{ By, Second string }

// PlanLeave is the dry run: every request, in order, and none sent.
func PlanLeave(lever string, l Leaver, by Signed) ([]Step, error) {
	p, ok := FindLever(lever)
	if !ok {
		return nil, &record.Error{Code: record.CodeNotFound, Message: "no such system to end an access in"}
	}
	switch {
	case by.By == "" || by.Second == "" || by.By == by.Second:
		return nil, refused("an access is ended when two people signed it")
	case p.Name == "github" && (l.Login == "" || l.Organisation == ""):
		return nil, record.Invalid("leaver", "GitHub needs a login and an organisation")
	case p.Name != "github" && l.ID == "":
		return nil, record.Invalid("leaver", "has no id in this system")
	}
	return p.Steps(l), nil
}

// Proof is what is kept after a step: that it was ordered, and what came back.
type Proof struct {
	Step    string    `json:"step"`
	At      time.Time `json:"at"`
	Status  int       `json:"status"`
	SHA256  string    `json:"sha256"` // of the answer
	Ended   bool      `json:"ended"`
	Checked bool      `json:"checked"` // asked again afterwards, and ended it is
}

// Leave does a plan. before is called with each step before it is sent and after
// with its proof; an error of either ends the run. Done again it does no harm:
// what is ended already is ended.
func Leave(ctx context.Context, lever string, a Account, l Leaver, by Signed, net Caller, now func() time.Time, before func(Step) error, after func(Proof) error) error {
	steps, err := PlanLeave(lever, l, by)
	if err != nil {
		return err
	}
	p, _ := FindLever(lever)
	base := p.Base
	if a.Base != "" {
		base = a.Base
	}
	if base == "" {
		return record.Invalid("account", "names no base address")
	}
	s := Session{System: &ATS{Base: base, Name: p.Name}, Account: a}
	ask := func(x Ask) (egress.Reply, error) {
		to, err := s.address(x.Path)
		if err != nil {
			return egress.Reply{}, err
		}
		h := x.Header.Clone()
		if h == nil {
			h = http.Header{}
		}
		h.Set("Accept", "application/json")
		p.SignIn(&a, h)
		return net.Call(ctx, egress.Call{Method: x.Method, URL: to, Header: h, Body: x.Body, MaxBytes: 1 << 20})
	}
	for _, step := range steps {
		if err := before(step); err != nil {
			return err
		}
		r, err := ask(step.Ask)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(r.Body)
		proof := Proof{Step: step.Text, At: now(), Status: r.Status, SHA256: hex.EncodeToString(sum[:])}
		for _, ok := range step.Done {
			proof.Ended = proof.Ended || r.Status == ok
		}
		if step.Gone != nil && proof.Ended {
			if r, err := ask(*step.Gone); err == nil {
				proof.Checked = isGone(r)
				proof.Ended = proof.Checked
			}
		}
		if err := after(proof); err != nil {
			return err
		}
		if !proof.Ended {
			return &record.Error{Code: record.CodeUnavailable, Where: p.Name, Message: "the access is not ended: status " + strconv.Itoa(r.Status) + "; do it by hand and note it"}
		}
	}
	return nil
}

// isGone reads the answer to a question after an account: not there, or not active.
func isGone(r egress.Reply) bool {
	if r.Status == http.StatusNotFound || r.Status == http.StatusGone {
		return true
	}
	t, err := from("", r.Body)
	if err != nil || r.Status != http.StatusOK {
		return false
	}
	switch {
	case t.has("active"):
		return t.text("active") == "false" || t.text("active") == "False"
	case t.has("accountEnabled"):
		return t.text("accountEnabled") == "false"
	}
	switch t.text("status") {
	case "SUSPENDED", "DEPROVISIONED":
		return true
	}
	return false
}

// FindUser asks a SCIM server for a user by name; the name goes into a filter,
// quoted as RFC 7644 has it.
func FindUser(name string) Ask {
	return *get("/Users?filter=" + url.QueryEscape("userName eq "+strconv.Quote(name)))
}
