package connect

import (
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Okta System Log: events of GET /api/v1/logs, one or a list, and the same
// inside an event hook.

type oktaEvent struct {
	UUID      string `json:"uuid"`
	Published string `json:"published"`
	Type      string `json:"eventType"`
	Actor     struct {
		Login string `json:"alternateId"`
	} `json:"actor"`
	Client struct {
		IP    string `json:"ipAddress"`
		Place struct {
			Country string `json:"country"`
		} `json:"geographicalContext"`
	} `json:"client"`
	Device struct {
		ID string `json:"id"`
	} `json:"device"`
	Outcome struct {
		Result string `json:"result"`
	} `json:"outcome"`
	Auth struct {
		Session    string `json:"externalSessionId"`
		Credential string `json:"credentialType"`
	} `json:"authenticationContext"`
	Target []struct {
		Type  string `json:"type"`
		Login string `json:"alternateId"`
		Name  string `json:"displayName"`
	} `json:"target"`
	Data *struct {
		Events []oktaEvent `json:"events"`
	} `json:"data"` // of an event hook
}

// oktaKinds are the events we follow (developer.okta.com, event types).
var oktaKinds = map[string]string{
	"user.session.start": "sign-in", "user.authentication.sso": "sign-in", "user.authentication.auth_via_mfa": "sign-in",
	"user.mfa.factor.activate": "factor-added", "user.mfa.factor.deactivate": "factor-removed", "user.mfa.factor.reset_all": "factor-removed",
	"user.account.privilege.grant": "admin-asked", "group.privilege.grant": "admin-asked", "user.session.clear": "revoked", "user.lifecycle.deactivate": "revoked", "user.lifecycle.suspend": "revoked",
}

func readOkta(raw []byte) (all []Seen, err error) {
	for _, v := range pages(raw) {
		var e oktaEvent
		if json.Unmarshal(v, &e) != nil {
			return nil, record.Invalid("okta", "is no event of the System Log")
		}
		if e.Type == "" && e.Data == nil { // log stores fold the names; a feed does not
			if json.Unmarshal(v, &e, json.MatchCaseInsensitiveNames(true)) != nil {
				return nil, record.Invalid("okta", "is no event of the System Log")
			}
		}
		if e.Data != nil {
			for i := range e.Data.Events {
				all = e.Data.Events[i].seen(all)
			}
			continue
		}
		if e.Type == "" {
			return nil, record.Invalid("okta", "names no eventType")
		}
		all = e.seen(all)
	}
	return all, nil
}

func (e *oktaEvent) seen(all []Seen) []Seen {
	kind, ok := oktaKinds[e.Type]
	if !ok {
		return all
	}
	x := &record.Event{ID: e.UUID, At: when(e.Published), Source: "okta", Kind: kind, Account: e.Actor.Login, IP: e.Client.IP, Country: iso(e.Client.Place.Country),
		Device: e.Device.ID, Session: e.Auth.Session, Outcome: result(e.Outcome.Result), Client: "interactive"}
	for _, t := range e.Target {
		switch t.Type {
		case "AppInstance":
			x.Object = clip(t.Name)
		case "User": // what was done to an account is on that account
			if kind != "sign-in" && t.Login != "" {
				x.Account = t.Login
			}
		}
	}
	if kind == "sign-in" && x.Outcome == "failure" {
		x.Kind = "sign-in-failed"
	}
	switch strings.ToLower(e.Auth.Credential) {
	case "otp":
		x.Factor = "otp"
	case "password":
		x.Factor = "password"
	}
	return append(all, Seen{Account: x.Account, Event: x})
}
