package connect

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

func saidSeen(s Seen) string {
	switch {
	case s.Event != nil:
		e := s.Event
		return strings.Join(strings.Fields(fmt.Sprint(e.Source, " ", e.Kind, " ", s.Account, " ", e.At.Format("2006-01-02T15:04:05"), " ", e.IP, " ", e.Country, " ", e.Outcome, " ", e.Client, " ", e.Object)), " ")
	case s.Computer != nil:
		return fmt.Sprint(s.Computer.Source, " computer ", s.Account, " ", s.Computer.Serial, " ", s.Computer.LastSeen.Format("2006-01-02"), " places ", len(s.Computer.Places))
	case s.Tool != nil:
		return fmt.Sprint("tool ", s.Account, " ", s.Tool.Kind, " ", s.Tool.Value)
	case s.Change != nil:
		return fmt.Sprint("change ", s.Account, " ", s.Change.Field, " ", s.Change.By)
	case s.Answer != nil:
		return fmt.Sprint("answer ", s.Account, " ", s.Answer.Kind, " ", s.Answer.Outcome)
	}
	return "nothing"
}

// TestWatch: own lines of each provider, with invented people.
func TestWatch(t *testing.T) {
	for _, c := range []struct{ watch, raw, want string }{
		{"okta", `{"uuid":"u1","published":"2026-04-01T08:00:00.000Z","eventType":"user.session.start","actor":{"alternateId":"nora@firm.example"},"client":{"ipAddress":"203.0.113.9","geographicalContext":{"country":"Portugal"}},"outcome":{"result":"SUCCESS"}}`,
			"okta sign-in nora@firm.example 2026-04-01T08:00:00 203.0.113.9 PT success interactive"},
		{"okta", `[{"uuid":"u2","published":"2026-04-01T08:00:00.000Z","eventType":"user.mfa.factor.deactivate","actor":{"alternateId":"desk@firm.example"},"target":[{"type":"User","alternateId":"nora@firm.example"}],"outcome":{"result":"SUCCESS"}},{"eventType":"system.org.rate_limit.warning"}]`,
			"okta factor-removed nora@firm.example 2026-04-01T08:00:00 success interactive"},
		{"okta", `{"data":{"events":[{"uuid":"u3","published":"2026-04-01T08:00:00.000Z","eventType":"user.session.start","actor":{"alternateId":"nora@firm.example"},"outcome":{"result":"FAILURE"}}]}}`,
			"okta sign-in-failed nora@firm.example 2026-04-01T08:00:00 failure interactive"},
		{"entra", `{"value":[{"id":"e1","createdDateTime":"2026-04-01T08:00:00Z","userPrincipalName":"nora@firm.example","ipAddress":"203.0.113.9","location":{"countryOrRegion":"PT"},"status":{"errorCode":0},"appDisplayName":"Mail"}]}`,
			"entra sign-in nora@firm.example 2026-04-01T08:00:00 203.0.113.9 PT success interactive Mail"},
		{"entra", `{"time":"2026-04-01 08:00:00","properties":{"id":"e2","servicePrincipalName":"robot","ipAddress":"203.0.113.9"}}`, ""},
		{"google-workspace", `{"items":[{"id":{"time":"2026-04-01T08:00:00.000Z","uniqueQualifier":"9","applicationName":"login"},"actor":{"email":"nora@firm.example"},"ipAddress":"203.0.113.9","events":[{"type":"login","name":"login_success"}]}]}`,
			"google-workspace sign-in nora@firm.example 2026-04-01T08:00:00 203.0.113.9 success interactive"},
		{"github-audit", `{"_document_id":"d1","action":"git.clone","actor":"nora","actor_ip":"203.0.113.9","@timestamp":1775030400000,"repo":"firm/core"}`,
			"github clone nora 2026-04-01T08:00:00 203.0.113.9 success firm/core"},
		{"intune", `{"value":[{"id":"i1","userPrincipalName":"nora@firm.example","serialNumber":"S1","lastSyncDateTime":"2026-04-01T08:00:00Z"}]}`, "intune computer nora@firm.example S1 2026-04-01 places 0"},
		{"jamf", `{"event":{"serialNumber":"S2","emailAddress":"nora@firm.example","udid":"u","ipAddress":"203.0.113.9"},"webhook":{"eventTimestamp":1775030400000}}`, "jamf computer nora@firm.example S2 2026-04-01 places 1"},
		{"crowdstrike", `{"aid":"a1","event":{"ImageFileName":"\\Device\\Disk\\anydesk.exe","UserName":"nora"}}`, "tool nora file anydesk.exe"},
		{"deel", `{"data":{"meta":{"event_type":"worker.payment_method.updated","occurred_at":"2026-04-01T08:00:00Z"},"resource":[{"worker_email":"nora@firm.example"}]}}`, "change nora@firm.example payouts deel"},
		{"deel", `{"data":{"meta":{"event_type":"contract.created"},"resource":[{"worker_email":"nora@firm.example"}]}}`, ""},
		{"bamboohr-employees", `{"type":"employee.updated","timestamp":"2026-04-01T08:00:00+0000","data":{"employeeId":"7","changedFields":["bankAccount","shirtSize"]}}`, "change 7 payouts bamboohr"},
		{"wise", `{"id":4,"confirmations":{"outcomes":[{"type":"NAME_MATCHING","outcome":"PARTIAL_FAILURE","timestamp":"2026-04-01T08:00:00Z"}]}}`, "answer 4 name-check close-match"},
	} {
		w, ok := FindWatch(c.watch)
		if !ok {
			t.Fatalf("no %s", c.watch)
		}
		all, err := w.Read([]byte(c.raw))
		var got []string
		for _, s := range all {
			got = append(got, saidSeen(s))
		}
		if err != nil || strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s", c.watch, err, strings.Join(got, "\n"), c.want)
		}
	}
}

// TestWatchSamples reads every documented object of the named systems.
func TestWatchSamples(t *testing.T) {
	dir := filepath.Join(samples(t), "payloads")
	folders := map[string][]string{"okta": {"okta"}, "entra": {"entra_id"}, "google-workspace": {"google_workspace"}, "github-audit": {"github"}, "intune": {"intune"}, "jamf": {"jamf"},
		"defender": {"defender"}, "crowdstrike": {"crowdstrike"}, "deel": {"deel"}, "wise": {"wise"}, "bamboohr-employees": {"bamboohr"}}
	// A rule's event is no device, and what names no sensor is no event of one: refused, and said so.
	refused := map[string]bool{"intune/intune_device_not_compliant.json": true, "defender/defender_detection_passthrough.json": true,
		"crowdstrike/crowdstrike_connection_to_embargoed_country.json": true, "crowdstrike/crowdstrike_detection_summary.json": true}
	read, seen := 0, 0
	for name, in := range folders {
		w, _ := FindWatch(name)
		files, _ := filepath.Glob(filepath.Join(dir, in[0], "*.json"))
		for _, f := range files {
			short := in[0] + "/" + filepath.Base(f)
			if strings.HasSuffix(f, ".ocsf.json") || name == "github-audit" && !strings.Contains(f, "auditlog") {
				continue
			}
			body, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			var rule struct {
				Tests []struct {
					Log jsontext.Value `json:"log"`
				} `json:"tests"`
			}
			logs := []jsontext.Value{body}
			if json.Unmarshal(body, &rule) == nil && len(rule.Tests) > 0 {
				logs = nil
				for _, x := range rule.Tests {
					logs = append(logs, x.Log)
				}
			}
			for _, l := range logs {
				all, err := w.Read(l)
				if err != nil && !refused[short] {
					t.Errorf("%s: refused: %v", short, err)
				}
				if err == nil {
					read++
				}
				seen += len(all)
			}
		}
	}
	t.Logf("%d objects read, %d things seen", read, seen)
	if read < 30 || seen < 15 {
		t.Errorf("%d read, %d seen", read, seen)
	}
}

// TestAttach: once, and only where it is open.
func TestAttach(t *testing.T) {
	event, computer := Seen{Event: &record.Event{ID: "1", Source: "okta"}}, Seen{Computer: &record.Computer{ID: "c", Source: "jamf"}}
	seen := []Seen{event, event, computer, computer}
	var a record.Application
	if n := Attach(&a, seen, false); n != 0 || len(a.Events)+len(a.Computers) != 0 {
		t.Errorf("locked, and %d came", n)
	}
	Attach(&a, seen, true)
	Attach(&a, seen, true)
	if len(a.Events) != 1 || len(a.Computers) != 1 {
		t.Errorf("%d events, %d computers", len(a.Events), len(a.Computers))
	}
}

// BenchmarkOkta is one line of a System Log, read.
func BenchmarkOkta(b *testing.B) {
	line := []byte(`{"actor":{"id":"00u1","type":"User","alternateId":"nora@firm.example","displayName":"Nora"},"client":{"userAgent":{"rawUserAgent":"Mozilla/5.0","os":"Linux","browser":"FIREFOX"},"zone":null,"device":"Computer","id":null,"ipAddress":"203.0.113.9","geographicalContext":{"city":"Porto","state":"Porto","country":"Portugal","postalCode":"4050","geolocation":{"lat":41.1,"lon":-8.6}}},"device":{"id":"g1","name":"x","os_platform":"LINUX"},"authenticationContext":{"authenticationStep":0,"externalSessionId":"s1"},"displayMessage":"User login to Okta","eventType":"user.session.start","outcome":{"result":"SUCCESS","reason":null},"published":"2026-04-01T08:00:00.353Z","securityContext":{"asNumber":1,"asOrg":"x","isp":"x","isProxy":false},"severity":"INFO","debugContext":{"debugData":{"requestId":"r","requestUri":"/x"}},"uuid":"u1","version":0,"request":{"ipChain":[{"ip":"203.0.113.9"}]},"target":null}`)
	w, _ := FindWatch("okta")
	b.ReportAllocs()
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if all, err := w.Read(line); err != nil || len(all) != 1 {
			b.Fatal(err)
		}
	}
}

// FuzzWatch: no line of any provider breaks its reader.
func FuzzWatch(f *testing.F) {
	for i := range Watches {
		f.Add(uint8(i), []byte(`{"id":"1","event":{"serialNumber":"x"},"eventType":"user.session.start","value":[{}]}`))
	}
	f.Fuzz(func(t *testing.T, i uint8, raw []byte) {
		all, err := Watches[int(i)%len(Watches)].Read(raw)
		if err != nil && len(all) > 0 {
			t.Error("an error and something seen")
		}
	})
}
