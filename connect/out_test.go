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

// TestTAXII reads a collection of two pages from a server that is busy once, and
// not one that goes round in circles, breaks its envelope or takes nobody.
func TestTAXII(t *testing.T) {
	busy := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if r.Header.Get("Accept") != taxiiMedia || r.URL.Query().Get("match[type]") != "indicator,identity" {
			w.WriteHeader(http.StatusNotAcceptable)
			return
		}
		if user != "reader" || password != "secret" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		switch r.URL.Path + r.URL.Query().Get("next") {
		case "/api/collections/c/objects/":
			fmt.Fprint(w, `{"more":true,"next":"2","objects":[{"type":"indicator","id":"indicator--1"}]}`)
		case "/api/collections/c/objects/2":
			if busy {
				busy = false
				w.Header().Set("Retry-After", "0")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			fmt.Fprint(w, `{"objects":[{"type":"indicator","id":"indicator--2"}]}`)
		case "/api/collections/round/objects/", "/api/collections/round/objects/2":
			fmt.Fprint(w, `{"more":true,"next":"2"}`)
		case "/api/collections/page/objects/":
			fmt.Fprint(w, `<html>`)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer server.Close()
	net := egress.New(egress.Config{Hosts: []string{"127.0.0.1"}, Private: true}, egress.Occasion{Act: "test.ask", By: "test"}, unkept)
	fetch := func(id, password string) (string, error) {
		c, err := ReadCollection(fmt.Appendf(nil, `{"collection":%q,"user":"reader","password":%q}`, server.URL+"/api/collections/"+id+"/", password))
		if err != nil || c.Host() != "127.0.0.1" {
			t.Fatal(c.Host(), err)
		}
		b, err := FetchIndicators(context.Background(), c, net)
		return string(b), err
	}
	if b, err := fetch("c", "secret"); err != nil || busy || strings.Count(b, "indicator--") != 2 || !strings.HasPrefix(b, `{"type":"bundle"`) {
		t.Errorf("%s %v", b, err)
	}
	for _, c := range []struct {
		id, password string
		code         record.Code
	}{{"round", "secret", record.CodeInvalid}, {"page", "secret", record.CodeInvalid}, {"gone", "secret", record.CodeNotFound}, {"c", "other", record.CodeRefused}} {
		if b, err := fetch(c.id, c.password); err == nil || record.CodeOf(err) != c.code || b != "" {
			t.Errorf("%s: %v", c.id, err)
		}
	}
	for _, bad := range []string{`{}`, `[]`, `{"collection":"https://u:p@taxii.example/collections/c/"}`, `{"collection":"https://taxii.example/collections/c/","pasword":"secret"}`,
		`{"collection":"https://taxii.example/api/"}`} {
		if _, err := ReadCollection([]byte(bad)); record.CodeOf(err) != record.CodeInvalid || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
