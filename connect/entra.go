package connect

import (
	"strconv"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Microsoft Entra ID sign-ins, in both layouts: flat, as Graph answers
// (auditLogs/signIns), and nested under properties, as diagnostic settings write.

type entraSignIn struct {
	ID      string `json:"id"`
	At      string `json:"createdDateTime"`
	User    string `json:"userPrincipalName"`
	Service string `json:"servicePrincipalName"`
	IP      string `json:"ipAddress"`
	App     string `json:"appDisplayName"`
	Client  string `json:"clientAppUsed"`
	Session string `json:"sessionId"`
	Place   struct {
		Country string `json:"countryOrRegion"`
	} `json:"location"`
	Device struct {
		ID string `json:"deviceId"`
	} `json:"deviceDetail"`
	Status *struct {
		Code int64 `json:"errorCode"`
	} `json:"status"`
	Interactive *bool `json:"isInteractive"`
}

func readEntra(raw []byte) (all []Seen, err error) {
	for _, v := range pages(raw, "value", "records") {
		var outer struct {
			Time       string       `json:"time"`
			Category   string       `json:"category"`
			Properties *entraSignIn `json:"properties"`
		}
		if json.Unmarshal(v, &outer) != nil {
			return nil, record.Invalid("entra", "is no sign-in")
		}
		e := outer.Properties
		if e == nil {
			e = &entraSignIn{}
			if json.Unmarshal(v, e) != nil || e.At == "" && e.User == "" {
				return nil, record.Invalid("entra", "is no sign-in: neither flat as Graph answers nor under properties")
			}
		}
		x := &record.Event{ID: e.ID, At: when(e.At), Source: "entra", Kind: "sign-in", Account: e.User, IP: e.IP, Country: iso(e.Place.Country),
			Device: e.Device.ID, Session: e.Session, Object: clip(e.App), Client: "interactive"}
		if x.At.IsZero() {
			x.At = when(outer.Time)
		}
		if e.Status != nil {
			if x.Outcome = result(strconv.FormatInt(e.Status.Code, 10)); x.Outcome == "failure" {
				x.Kind = "sign-in-failed"
			}
		}
		switch {
		case e.User == "" && e.Service != "": // a program signs in, nobody sits there
			continue
		case e.Interactive != nil && !*e.Interactive:
			x.Client = "service"
		case e.Client == "IMAP4" || e.Client == "POP3" || e.Client == "Exchange ActiveSync":
			x.Client = "mail-client"
		}
		if x.Account == "" {
			continue
		}
		all = append(all, Seen{Account: x.Account, Event: x})
	}
	return all, nil
}
