package connect

import (
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Google Workspace audit: activities of the Reports API, which hold several
// events, and the rows of log stores, which hold one.

type googleActivity struct {
	ID struct {
		Time        string `json:"time"`
		Unique      string `json:"uniqueQualifier"`
		Application string `json:"applicationName"`
	} `json:"id"`
	Actor struct {
		Email string `json:"email"`
	} `json:"actor"`
	IP     string `json:"ipAddress"`
	Events []struct {
		Type       string `json:"type"`
		Name       string `json:"name"`
		Parameters []struct {
			Name  string         `json:"name"`
			Value jsontext.Value `json:"value"`
		} `json:"parameters"`
	} `json:"events"`
	Name       string                    `json:"name"` // flattened
	Parameters map[string]jsontext.Value `json:"parameters"`
}

var googleKinds = map[string]string{
	"login/login_success": "sign-in", "login/login_failure": "sign-in-failed", "login/2sv_enroll": "factor-added", "login/2sv_disable": "factor-removed",
	"user_accounts/2sv_enroll": "factor-added", "user_accounts/2sv_disable": "factor-removed", "drive/download": "download", "drive/change_user_access": "share",
	"drive/change_document_visibility": "share", "admin/ASSIGN_ROLE": "admin-asked", "meet/call_ended": "call", "user_accounts/email_forwarding_out_of_domain": "share",
}

func readGoogle(raw []byte) (all []Seen, err error) {
	for _, v := range pages(raw, "items") {
		var a googleActivity
		if json.Unmarshal(v, &a) != nil {
			return nil, record.Invalid("google-workspace", "is no activity")
		}
		if a.ID.Application == "" {
			return nil, record.Invalid("google-workspace", "names no application")
		}
		one := func(name, n string, visibility string) {
			kind, ok := googleKinds[a.ID.Application+"/"+name]
			if !ok || a.Actor.Email == "" {
				return
			}
			x := &record.Event{ID: a.ID.Unique + n, At: when(a.ID.Time), Source: "google-workspace", Kind: kind, Account: a.Actor.Email, IP: a.IP, Outcome: "success", Client: "interactive"}
			if kind == "sign-in-failed" {
				x.Outcome = "failure"
			}
			switch {
			case kind == "share" && (visibility == "public_on_the_web" || visibility == "people_with_link"):
				x.To = "public"
			case kind == "download":
				x.Object = "document"
			}
			all = append(all, Seen{Account: x.Account, Event: x})
		}
		if a.Name != "" {
			one(a.Name, "", text(a.Parameters["visibility"]))
		}
		for i, e := range a.Events {
			visibility := ""
			for _, p := range e.Parameters {
				if p.Name == "visibility" {
					visibility = text(p.Value)
				}
			}
			n := ""
			if i > 0 {
				n = "-" + strconv.Itoa(i)
			}
			one(e.Name, n, visibility)
		}
	}
	return all, nil
}

func text(v jsontext.Value) string {
	var s loose
	if len(v) == 0 || json.Unmarshal(v, &s) != nil {
		return ""
	}
	return string(s)
}
