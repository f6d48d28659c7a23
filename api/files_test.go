package api

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"bonafide/access"
	"bonafide/confine"
	"bonafide/record"
)

// The test itself is the locked child when it is started as one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "worker" {
		os.Exit(confine.Child())
	}
	os.Exit(m.Run())
}

// A file is read by its bytes, not by its name; what is refused says why, and
// who may only hand in is told nothing of what was seen in it.
func TestFiles(t *testing.T) {
	w := newWorld(t)
	lead, intake := w.person("one", record.RoleLead), w.key("one", access.ScopeIntake)
	subject := want[Accepted](t, w.ask("POST", "/v1/applications", []byte(`{"id":"f","source":"form","received_at":"2026-03-02T09:00:00Z"}`), lead), 202).Subject
	bytes := map[string]string{"Content-Type": "application/octet-stream"}
	text := []byte("Ten years of Go.\u202e Nothing to see.")
	seen := want[File](t, w.ask("POST", "/v1/subjects/"+subject+"/files?field=resume&name=cv.txt", text, lead, bytes), 202)
	if seen.ID == "" || seen.Kind != "text" || !strings.Contains(strings.Join(seen.Flags, " "), "invisible-marks") {
		t.Errorf("%+v", seen)
	}
	if again := want[File](t, w.ask("POST", "/v1/subjects/"+subject+"/files?field=resume&name=cv.txt", text, intake, bytes), 202); !again.Repeated || again.Flags != nil {
		t.Errorf("%+v", again)
	}
	if bad := want[File](t, w.ask("POST", "/v1/subjects/"+subject+"/files?name=cv.pdf", []byte("MZ not a document at all\x00\x01"), intake, bytes), 202); bad.Refused == "" || bad.ID != "" || bad.Detail == "" {
		t.Errorf("%+v", bad)
	}
	if r := w.ask("POST", "/v1/subjects/"+subject+"/files?field=person.name", text, lead, bytes); r.status != http.StatusBadRequest {
		t.Errorf("a field that is no file: %d", r.status)
	}
}

// An export becomes a new application, or stands beside one; who may only hand in is
// told of no case.
func TestExports(t *testing.T) {
	w := newWorld(t)
	lead, intake, reader := w.person("one", record.RoleLead), w.key("one", access.ScopeIntake), w.key("one", access.ScopeRead)
	bytes := map[string]string{"Content-Type": "application/octet-stream"}
	export := []byte(`{"data": {"freelancerProfileByProfileKey": {"fullName": "Mira Okonjo", "personalData": {"profileUrl": "https://www.upwork.com/freelancers/~01aa22bb33cc44dd"}}}}`)
	fresh := want[HandedIn](t, w.ask("POST", "/v1/exports?name=upwork.json", export, intake, bytes), 202)
	if fresh.Subject == "" || fresh.Case != "" || fresh.Format != "upwork" || fresh.Count != 1 {
		t.Errorf("%+v", fresh)
	}
	if again := want[HandedIn](t, w.ask("POST", "/v1/exports?name=other.json", export, lead, bytes), 202); again.Subject != fresh.Subject || !again.Repeated || again.Case == "" {
		t.Errorf("%+v", again)
	}
	beside := want[HandedIn](t, w.ask("POST", "/v1/subjects/"+fresh.Subject+"/exports?name=p.html", []byte("<!doctype html><html><body>words</body></html>"), intake, bytes), 202)
	if beside.Subject != fresh.Subject || strings.Join(beside.Kept, " ") != "page" || beside.File == "" {
		t.Errorf("%+v", beside)
	}
	if bad := want[HandedIn](t, w.ask("POST", "/v1/exports?name=cv.pdf", []byte("MZ no document\x00\x01"), intake, bytes), 202); bad.Refused == "" || bad.Detail == "" || bad.Subject != "" {
		t.Errorf("%+v", bad)
	}
	for path, status := range map[string]int{"/v1/exports?name=p.html": http.StatusBadRequest, "/v1/subjects/" + strings.Repeat("a", 26) + "/exports": http.StatusNotFound} {
		if r := w.ask("POST", path, []byte("<!doctype html><html><body>words</body></html>"), intake, bytes); r.status != status {
			t.Errorf("%s: %d", path, r.status)
		}
	}
	if r := w.ask("POST", "/v1/exports", export, reader, bytes); r.status != http.StatusForbidden {
		t.Errorf("a key that may not hand in: %d", r.status)
	}
}
