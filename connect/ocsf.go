package connect

import (
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// OCSF 1.3 out, for a SIEM: sign-ins as Authentication (3002), changes of an
// account as Account Change (3001), findings as Detection Finding (2004). Times
// are milliseconds. A finding goes out with ids and texts of the catalogue and
// without a value of the person: the case holds those, for who may open it.

type ocsfProduct struct {
	Name   string `json:"name"`
	Vendor string `json:"vendor_name"`
}

type ocsfMetadata struct {
	Version string      `json:"version"`
	Product ocsfProduct `json:"product"`
	UID     string      `json:"uid,omitempty"`
}

func ocsfMeta(uid string) ocsfMetadata {
	return ocsfMetadata{Version: "1.3.0", Product: ocsfProduct{Name: "bonafide", Vendor: "bonafide"}, UID: uid}
}

type ocsfEvent struct {
	Category int          `json:"category_uid"`
	Class    int          `json:"class_uid"`
	Activity int          `json:"activity_id"`
	Type     int          `json:"type_uid"` // class × 100 + activity
	Severity int          `json:"severity_id"`
	Status   int          `json:"status_id"`
	Time     int64        `json:"time"`
	Metadata ocsfMetadata `json:"metadata"`
	User     *ocsfUser    `json:"user,omitempty"`
	Source   *ocsfPlace   `json:"src_endpoint,omitempty"`
	Session  *ocsfUID     `json:"session,omitempty"`
	Device   *ocsfUID     `json:"device,omitempty"`
	Finding  *ocsfInfo    `json:"finding_info,omitempty"`
	Message  string       `json:"message,omitempty"`
}

type ocsfUser struct {
	Name string `json:"name,omitempty"`
}

type ocsfUID struct {
	UID string `json:"uid"`
}

type ocsfPlace struct {
	IP       string        `json:"ip,omitempty"`
	Location *ocsfLocation `json:"location,omitempty"`
}

type ocsfLocation struct {
	Country string `json:"country,omitempty"`
}

type ocsfInfo struct {
	UID      string   `json:"uid"`
	Title    string   `json:"title"`
	Desc     string   `json:"desc,omitempty"`
	Types    []string `json:"types,omitempty"`
	Analytic *ocsfUse `json:"analytic,omitempty"`
}

type ocsfUse struct {
	UID  string `json:"uid"`
	Type int    `json:"type_id"` // 1: a rule
}

func (e *ocsfEvent) line() ([]byte, error) {
	e.Type = e.Class*100 + e.Activity
	return json.Marshal(e, json.Deterministic(true))
}

// accountChange are the activities of class 3001 of what happened to an account.
var accountChange = map[string]int{"factor-added": 10, "factor-removed": 11, "revoked": 2, "admin-asked": 7, "member-added": 7, "key-added": 7}

// EventOCSF is an event as OCSF; false where OCSF has no class that we fill.
func EventOCSF(e *record.Event) (line []byte, ok bool, err error) {
	x := ocsfEvent{Category: 3, Severity: 1, Status: 0, Time: e.At.UnixMilli(), Metadata: ocsfMeta(e.Source + "/" + e.ID), User: &ocsfUser{e.Account}}
	switch e.Outcome {
	case "success":
		x.Status = 1
	case "failure":
		x.Status = 2
	}
	switch {
	case e.Kind == "sign-in" || e.Kind == "sign-in-failed":
		x.Class, x.Activity = 3002, 1
	case accountChange[e.Kind] != 0:
		x.Class, x.Activity = 3001, accountChange[e.Kind]
	default:
		return nil, false, nil
	}
	if e.IP != "" {
		x.Source = &ocsfPlace{IP: e.IP}
		if e.Country != "" {
			x.Source.Location = &ocsfLocation{e.Country}
		}
	}
	if e.Session != "" {
		x.Session = &ocsfUID{e.Session}
	}
	if e.Device != "" {
		x.Device = &ocsfUID{e.Device}
	}
	line, err = x.line()
	return line, true, err
}

// WithoutPerson is an event without whose it was: another name in place of the
// account, and no address, session or device.
func WithoutPerson(e *record.Event, name string) *record.Event {
	x := *e
	x.Account, x.IP, x.Session, x.Device = name, "", "", ""
	return &x
}

// What happened to a finding: the activities of class 2004.
const (
	FindingNew     = 1
	FindingChanged = 2
	FindingGone    = 3
)

// FindingOCSF is a hit as OCSF: which check, in the catalogue's words, of which
// case. OCSF's severity says how soon somebody should look; it says nothing of a
// person and is never high.
func FindingOCSF(caseID string, f *record.Finding, title string, at time.Time) ([]byte, error) {
	return FindingChangeOCSF(caseID, caseID+"/"+f.Check, FindingNew, f, title, at)
}

// FindingChangeOCSF is the same of a finding that came, changed or is gone; uid is
// this line's own.
func FindingChangeOCSF(caseID, uid string, activity int, f *record.Finding, title string, at time.Time) ([]byte, error) {
	x := ocsfEvent{Category: 2, Class: 2004, Activity: activity, Severity: 1, Status: 1, Time: at.UnixMilli(), Metadata: ocsfMeta(uid),
		Finding: &ocsfInfo{UID: caseID, Title: title, Types: []string{string(f.Family)}, Analytic: &ocsfUse{f.Check, 1}}, Message: "An observation to be looked at by a person; see the case."}
	if f.Strength == record.Strong || f.Strength == record.Conclusive {
		x.Severity = 2
	}
	if activity == FindingGone {
		x.Status, x.Message = 4, "No longer observed." // resolved
	}
	return x.line()
}

// TrialOCSF is a base event, by which an administrator sees that lines arrive.
func TrialOCSF(uid string, at time.Time) ([]byte, error) {
	x := ocsfEvent{Severity: 1, Status: 1, Time: at.UnixMilli(), Metadata: ocsfMeta(uid), Message: "bonafide connect test: lines arrive."}
	return x.line()
}
