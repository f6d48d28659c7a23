package connect

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/egress"
	"bonafide/record"
)

func TestOCSF(t *testing.T) {
	at := time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
	for kind, want := range map[string]string{
		"sign-in": `"class_uid":3002,"type_uid":300201`, "factor-removed": `"class_uid":3001`, "clone": "",
	} {
		line, ok, err := EventOCSF(&record.Event{ID: "1", Source: "okta", Kind: kind, At: at, Account: "nora@firm.example", IP: "203.0.113.9", Country: "PT", Outcome: "success"})
		if err != nil || ok != (want != "") {
			t.Fatalf("%s: %v %v", kind, ok, err)
		}
		var m map[string]any
		if !ok {
			continue
		}
		if json.Unmarshal(line, &m) != nil || m["time"] != float64(at.UnixMilli()) || m["type_uid"] != m["class_uid"].(float64)*100+m["activity_id"].(float64) {
			t.Errorf("%s: %s", kind, line)
		}
	}
	f := &record.Finding{Check: "net-anonymizer", Strength: record.Weak, Text: record.Text{EN: "Nora Muster came from 203.0.113.9"}, Evidence: []record.Evidence{{Field: "sessions[0].ip"}}}
	line, err := FindingOCSF("c1", f, "Network hides its origin", at)
	if err != nil || strings.Contains(string(line), "Nora") || strings.Contains(string(line), "203.0") || !strings.Contains(string(line), `"severity_id":1`) {
		t.Errorf("%s %v", line, err)
	}
}

func TestTAXII(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.Header.Get("Accept") != taxiiMedia || r.URL.Query().Get("added_after") != "2026-03-01T00:00:00Z" {
			w.WriteHeader(http.StatusNotAcceptable)
			return
		}
		switch r.URL.Query().Get("next") {
		case "":
			w.Header().Set("X-TAXII-Date-Added-Last", "2026-03-02T00:00:00Z")
			fmt.Fprint(w, `{"more":true,"next":"2","objects":[{"type":"indicator","id":"indicator--1"}]}`)
		case "2":
			w.Header().Set("X-TAXII-Date-Added-Last", "2026-03-03T00:00:00Z")
			if strings.Contains(r.URL.Path, "/round/") {
				fmt.Fprint(w, `{"more":true,"next":"2"}`)
				return
			}
			fmt.Fprint(w, `{"objects":[{"type":"indicator","id":"indicator--2"}]}`)
		}
	}))
	defer server.Close()
	net := egress.New(egress.Config{Hosts: []string{"127.0.0.1"}, Private: true})
	since := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	bundle, last, err := FetchIndicators(context.Background(), Collection{Root: server.URL + "/api/", ID: "c"}, since, net)
	if err != nil || strings.Count(string(bundle), "indicator--") != 2 || last.Day() != 3 {
		t.Errorf("%s %s %v", bundle, last, err)
	}
	if _, again, err := FetchIndicators(context.Background(), Collection{Root: server.URL + "/api/", ID: "round"}, since, net); err == nil || !again.Equal(since) {
		t.Errorf("a circle: %v %v", again, err)
	}
	if _, _, err := FetchIndicators(context.Background(), Collection{Root: server.URL, ID: "c"}, time.Time{}, net); record.CodeOf(err) != record.CodeUnavailable {
		t.Errorf("refused: %v", err)
	}
}
