package connect

import (
	"path"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Device inventories: what is said about a computer, and traces of programs.

func readIntune(raw []byte) (all []Seen, err error) {
	for _, v := range pages(raw, "value") {
		var d struct {
			ID       string `json:"id"`
			User     string `json:"userPrincipalName"`
			Mail     string `json:"emailAddress"`
			Serial   string `json:"serialNumber"`
			Enrolled string `json:"enrolledDateTime"`
			Sync     string `json:"lastSyncDateTime"`
			Owner    string `json:"managedDeviceOwnerType"`
		}
		if json.Unmarshal(v, &d) != nil || d.ID == "" {
			return nil, record.Invalid("intune", "is no managed device")
		}
		account := d.User
		if account == "" {
			account = d.Mail
		}
		all = append(all, Seen{Account: account, Computer: &record.Computer{ID: d.ID, Serial: d.Serial, Managed: d.Owner != "personal", Source: "intune", FirstSeen: when(d.Enrolled), LastSeen: when(d.Sync)}})
	}
	return all, nil
}

// readDefender: Defender knows machines and not whose they are; the machine's
// name stands for the account, which the customer maps.
func readDefender(raw []byte) (all []Seen, err error) {
	for _, v := range pages(raw, "value") {
		var d struct {
			ID    string `json:"id"`
			Name  string `json:"computerDnsName"`
			First string `json:"firstSeen"`
			Last  string `json:"lastSeen"`
			IP    string `json:"lastExternalIpAddress"`
		}
		if json.Unmarshal(v, &d) != nil || d.ID == "" || d.Name == "" {
			return nil, record.Invalid("defender", "is no machine")
		}
		c := &record.Computer{ID: d.ID, Managed: true, Source: "defender", FirstSeen: when(d.First), LastSeen: when(d.Last)}
		if d.IP != "" && !c.LastSeen.IsZero() {
			c.Places = []record.DayPlace{{Day: record.Date(c.LastSeen.Format(time.DateOnly)), IP: d.IP}}
		}
		all = append(all, Seen{Account: d.Name, Computer: c})
	}
	return all, nil
}

// readJamf reads a webhook in both layouts: nested, and the older flat one.
func readJamf(raw []byte) ([]Seen, error) {
	t, err := from("jamf", raw)
	if err != nil {
		return nil, err
	}
	c := t.at("event.computer")
	if c.v == nil {
		c = t.at("event")
	}
	serial := c.text("serialNumber")
	if serial == "" {
		return nil, record.Invalid("jamf", "is about no computer")
	}
	x := &record.Computer{ID: c.text("udid"), Serial: serial, Managed: true, Source: "jamf"}
	var ms int64
	if v, ok := t.at("webhook.eventTimestamp").v.(float64); ok && v > 0 && v < 1e14 {
		ms = int64(v)
		x.LastSeen = time.UnixMilli(ms).UTC()
	}
	// Jamf's own view of the line first; what the computer reports is mostly its address at home.
	if ip := c.first("ipAddress", "reportedIpAddress"); ip != "" && ms > 0 {
		x.Places = []record.DayPlace{{Day: record.Date(x.LastSeen.Format(time.DateOnly)), IP: ip}}
	}
	return []Seen{{Account: c.first("emailAddress", "username"), Computer: x}}, nil
}

// readCrowdStrike reads events of FDR about programs that ran: the file is a
// trace; whether it is a tool that matters, the lists say.
func readCrowdStrike(raw []byte) (all []Seen, err error) {
	for _, v := range pages(raw) {
		t, err := from("crowdstrike", v)
		if err != nil {
			return nil, err
		}
		e := t.at("event")
		if e.v == nil {
			e = t
		}
		device := t.first("aid", "event.aid", "event.AgentIdString", "event.SensorId")
		if device == "" {
			return nil, record.Invalid("crowdstrike", "names no sensor")
		}
		file := e.first("ImageFileName", "FileName", "FilePath")
		if file == "" {
			continue
		}
		name := path.Base(strings.ReplaceAll(file, `\`, "/"))
		all = append(all, Seen{Account: e.first("UserName", "UserPrincipal", "ComputerName", "aid"), Tool: &record.ToolSeen{At: when(t.first("p_event_time", "timestamp")), Kind: "file", Value: name, Device: device, Managed: true}})
		if all[len(all)-1].Account == "" {
			all[len(all)-1].Account = device
		}
	}
	return all, nil
}
