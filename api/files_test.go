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
