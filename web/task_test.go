package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bonafide/record"
)

// A case is taken and put back; a thing to do is given, and done once.
func TestTaskOnTheCase(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	ana := w.browser(record.RoleReviewer)
	id := cases(ana.get("/queue?view=open", 200))[0]
	at := "/cases/" + id
	if page := ana.post(at+"/claim", nil, 200); !strings.Contains(page, "Put it back") {
		t.Error("what one has cannot be put back")
	}
	if page := ana.post(at+"/release", nil, 200); strings.Contains(page, "Put it back") || !strings.Contains(page, "Take it") {
		t.Error("it was not put back")
	}
	page := ana.post(at+"/task", url.Values{"text": {"ring <b>the desk"}, "due": {"2027-01-05"}}, 200)
	task := regexp.MustCompile(`/tasks/([a-z2-7]+)/finish`).FindStringSubmatch(page)
	if task == nil || strings.Contains(page, "<b>the desk") {
		t.Fatal("no task, or its words became markup")
	}
	ana.post(at+"/task", url.Values{"text": {"x"}, "for": {"nobody"}}, 404)
	if page = ana.post("/tasks/"+task[1]+"/finish", nil, 200); strings.Contains(page, task[1]+"/finish") {
		t.Error("it is still to be done")
	}
	ana.post("/tasks/"+task[1]+"/finish", nil, http.StatusConflict)
	w.browser(record.RoleViewer).post(at+"/task", url.Values{"text": {"x"}}, http.StatusForbidden)
}
