package connect

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/intake"
	"bonafide/record"
)

// Seen is one thing a system at work saw after the hire: exactly one of the
// pointers is set. It belongs to whoever holds Account; whose that is the
// customer says, never a resemblance of names.
type Seen struct {
	Account  string
	Event    *record.Event
	Computer *record.Computer
	Tool     *record.ToolSeen
	Change   *record.Change
	Answer   *record.Confirmation
}

// Watch reads what one provider tells after the hire. One more is one reader and
// one line here.
type Watch struct {
	Name, Title string
	Needs       string // what an administrator creates, with the smallest scope
	Proven      string
	Tells       string // events, devices, payroll
	read        func(raw []byte) ([]Seen, error)
}

// Watches by name.
var Watches = []*Watch{
	{"bamboohr-employees", "BambooHR employees", "a webhook with the fields address, phone and bank account", "the vendor's documented webhook", "payroll", readBambooEmployee},
	{"crowdstrike", "CrowdStrike Falcon", "Event Streams or FDR, read only", "public detection fixtures", "devices", readCrowdStrike},
	{"deel", "Deel", "a webhook with its signing key", "the vendor's documented shape", "payroll", readDeel},
	{"defender", "Microsoft Defender", "Machine.Read.All", "the vendor's documented list", "devices", readDefender},
	{"entra", "Microsoft Entra ID", "AuditLog.Read.All, or diagnostic settings", "public detection fixtures; a tenant's own export is to be tried", "events", readEntra},
	{"github-audit", "GitHub audit log", "read:audit_log of the organisation", "public raw logs", "events", readGitHubAudit},
	{"google-workspace", "Google Workspace", "admin.reports.audit.readonly", "public detection fixtures of the flattened kind, and our own of the API's", "events", readGoogle},
	{"intune", "Microsoft Intune", "DeviceManagementManagedDevices.Read.All", "the vendor's documented object", "devices", readIntune},
	{"jamf", "Jamf Pro", "a webhook with a header of your own: Jamf signs nothing", "one documented webhook", "devices", readJamf},
	{"okta", "Okta System Log", "okta.logs.read", "public raw logs and detection fixtures", "events", readOkta},
	{"wise", "Wise", "a read-only token; webhooks are signed by Wise's RSA key", "the vendor's documented answers", "payroll", readWise},
}

// FindWatch is the reader of a name, and whether there is one.
func FindWatch(name string) (*Watch, bool) {
	for _, w := range Watches {
		if w.Name == name {
			return w, true
		}
	}
	return nil, false
}

// watchOf names the reader for what a provider's webhook carries after the hire.
var watchOf = map[string]string{"okta": "okta", "jamf": "jamf", "deel": "deel", "wise": "wise", "bamboohr": "bamboohr-employees"}

// WatchOf is the reader of a provider's webhooks about people at work, and
// whether there is one.
func WatchOf(provider string) (*Watch, bool) { return FindWatch(watchOf[provider]) }

// Read reads one event, one device, or a page of them as the API answers. What
// is another kind of event than we follow is nothing, and no error.
func (w *Watch) Read(raw []byte) ([]Seen, error) {
	if len(raw) > MostBody {
		return nil, record.Invalid(w.Name, "larger than 4 MiB")
	}
	return w.read(raw)
}

// Attach puts what was seen on an application's record, once, by its id. open is
// the policy's word (policy.AfterHire) on whether the module after the hire is
// open for this person; where it is locked nothing is taken over.
func Attach(a *record.Application, all []Seen, open bool) (added int) {
	if !open {
		return 0
	}
	have := make(map[string]bool, len(a.Events))
	for i := range a.Events {
		have[a.Events[i].Source+" "+a.Events[i].ID] = true
	}
	for _, s := range all {
		switch {
		case s.Event != nil:
			if key := s.Event.Source + " " + s.Event.ID; s.Event.ID != "" && have[key] {
				continue
			} else {
				have[key] = true
			}
			a.Events = append(a.Events, *s.Event)
		case s.Computer != nil:
			at := -1
			for i := range a.Computers {
				if a.Computers[i].Source == s.Computer.Source && a.Computers[i].ID == s.Computer.ID {
					at = i
				}
			}
			if at >= 0 {
				a.Computers[at] = renewed(a.Computers[at], *s.Computer)
				continue
			}
			a.Computers = append(a.Computers, *s.Computer)
		case s.Tool != nil:
			a.Tools = append(a.Tools, *s.Tool)
		case s.Change != nil:
			a.History = append(a.History, *s.Change)
		case s.Answer != nil:
			a.Confirmations = append(a.Confirmations, *s.Answer)
		}
		added++
	}
	return added
}

// mostPlaces is how many days of a computer are kept.
const mostPlaces = 400

// renewed is a computer as an inventory says it is now, with what it was seen to
// do before: an inventory tells one day, the days are what is looked at.
func renewed(old, now record.Computer) record.Computer {
	days := map[record.Date]record.DayPlace{}
	for _, p := range append(slices.Clone(old.Places), now.Places...) {
		p.Allowed = cmp.Or(p.Allowed, days[p.Day].Allowed)
		days[p.Day] = p
	}
	now.Places = now.Places[:0:0]
	for _, day := range slices.Sorted(maps.Keys(days)) {
		now.Places = append(now.Places, days[day])
	}
	now.Places = now.Places[max(0, len(now.Places)-mostPlaces):]
	if !old.FirstSeen.IsZero() && (now.FirstSeen.IsZero() || old.FirstSeen.Before(now.FirstSeen)) {
		now.FirstSeen = old.FirstSeen
	}
	if now.Delivered.IsZero() {
		now.Delivered, now.DeliveredTo = old.Delivered, old.DeliveredTo
	}
	now.FirstIP, now.FirstCountry = cmp.Or(old.FirstIP, now.FirstIP), cmp.Or(old.FirstCountry, now.FirstCountry)
	now.Serial, now.Gateway = cmp.Or(now.Serial, old.Serial), cmp.Or(now.Gateway, old.Gateway)
	if len(now.USB) == 0 {
		now.USB = old.USB
	}
	if len(now.Displays) == 0 {
		now.Displays = old.Displays
	}
	if len(now.Programs) == 0 {
		now.Programs = old.Programs
	}
	return now
}

// pages opens an answer that holds many under one of the names; else it is one.
func pages(raw []byte, names ...string) []jsontext.Value {
	v := jsontext.Value(raw)
	if v.Kind() == '[' {
		var all []jsontext.Value
		if json.Unmarshal(raw, &all) == nil {
			return all
		}
	}
	if len(names) == 0 {
		return []jsontext.Value{v}
	}
	var whole map[string]jsontext.Value
	if json.Unmarshal(raw, &whole) == nil {
		for _, n := range names {
			var all []jsontext.Value
			if v, ok := whole[n]; ok && json.Unmarshal(v, &all) == nil {
				return all
			}
		}
	}
	return []jsontext.Value{v}
}

// iso is a country's two letters; what is no country is none.
func iso(s string) string {
	if len(s) == 2 {
		return strings.ToUpper(s)
	}
	if s == "" {
		return ""
	}
	var a record.Application
	if intake.Put(&a, "person.address.country", s) != nil {
		return ""
	}
	return a.Person.Address.Country
}

// when reads the times of logs: RFC 3339, a blank in place of T, up to nanoseconds.
func when(s string) time.Time {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t.UTC()
	}
	if t, err := time.Parse("2006-01-02 15:04:05.999999999", s); err == nil {
		return t.UTC()
	}
	return instant(s)
}

func result(word string) string {
	switch strings.ToLower(word) {
	case "success", "allow", "0":
		return "success"
	case "":
		return ""
	}
	return "failure"
}
