package api

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"bonafide/access"
	"bonafide/record"
	"bonafide/screen"
)

// TestApplication: handed in, screened, linked with what was there, read as a
// case, found by its value, exported, erased by two people.
func TestApplication(t *testing.T) {
	w := newWorld(t)
	key := w.key("one", access.ScopeIntake, access.ScopeRead, access.ScopeSearch)
	first := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("1", "Nora Muster", `"payouts":[{"kind":"iban","value":"DE89370400440532013000","holder":"Nora Muster"}],"emails":["nora@example.org"]`), key), 202)
	if first.Subject == "" || first.Case == "" || !first.Screened || first.Repeated || first.Assessment == "" {
		t.Fatalf("the first application: %+v", first)
	}
	second := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("2", "Tobias Beispiel", `"payouts":[{"kind":"iban","value":"DE89 3704 0044 0532 0130 00","holder":"Nora Muster"}]`), key), 202)
	if second.Assessment != "review" || !bytes.Contains(second.Result, []byte(`"link":`)) && !bytes.Contains(second.Result, []byte("pay-account-shared")) {
		t.Fatalf("two names, one account: %s %s", second.Assessment, second.Result)
	}
	// The first knows of the second as soon as the jobs have run.
	w.work()
	lead := w.person("one", record.RoleLead)
	c := want[Case](t, w.ask("GET", "/v1/cases/"+first.Case, nil, lead), 200)
	if c.Cluster == "" || !bytes.Contains(c.Result, []byte("form/2")) {
		t.Errorf("the first was not told of the second: %s %s", c.Cluster, c.Result)
	}
	members := want[Cluster](t, w.ask("GET", "/v1/clusters/"+c.Cluster, nil, lead), 200)
	if len(members.Cases) != 2 {
		t.Errorf("the operator question has %d cases", len(members.Cases))
	}
	links := want[Links](t, w.ask("GET", "/v1/subjects/"+second.Subject+"/links", nil, lead), 200)
	if len(links.Links) == 0 || links.Links[0].Kind != record.KindPayout {
		t.Errorf("links: %+v", links)
	}
	found := want[Held](t, w.ask("POST", "/v1/search", []byte(`{"kind":"payout","value":"DE89370400440532013000"}`), key), 200)
	if found.Holders != 2 || found.Crowded {
		t.Errorf("search: %+v", found)
	}
	// Again the same: nothing new. Again with a key: the same answer.
	again := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("1", "Nora Muster", `"payouts":[{"kind":"iban","value":"DE89370400440532013000","holder":"Nora Muster"}],"emails":["nora@example.org"]`), key), 202)
	if !again.Repeated || again.Subject != first.Subject {
		t.Errorf("again: %+v", again)
	}
	// Status: one of four words, and the same for routine and review.
	recruiter := w.person("one", record.RoleRecruiter)
	for _, s := range []string{first.Subject, second.Subject} {
		if got := want[Status](t, w.ask("GET", "/v1/subjects/"+s+"/status", nil, recruiter), 200); got.Status != "in review" {
			t.Errorf("a recruiter is told %q", got.Status)
		}
	}
	mine := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("3", "Rita Beispiel"), recruiter), 202)
	if mine.Assessment != "" || mine.Result != nil || mine.Case != "" {
		t.Errorf("a recruiter is told the assessment: %+v", mine)
	}
	// Export, then erasure: two people.
	officer, other := w.person("one", record.RoleProtection), w.person("one", record.RoleProtection)
	all := want[Export](t, w.ask("GET", "/v1/subjects/"+first.Subject+"/export", nil, officer), 200)
	if len(all.Parts) < 3 || len(all.Access) < 4 || !bytes.Contains(all.Parts[0], []byte("Nora Muster")) {
		t.Errorf("export: %d parts, %d entries", len(all.Parts), len(all.Access))
	}
	idem := map[string]string{"Idempotency-Key": "e1"}
	proposed := want[Erasure](t, w.ask("POST", "/v1/erasures", []byte(`{"subject":"`+first.Subject+`","reason":"request","ticket":"T-1"}`), officer, idem), 202)
	if r := w.ask("POST", "/v1/erasures/"+proposed.ID+"/approve", nil, officer, map[string]string{"Idempotency-Key": "e2"}); r.status != 403 {
		t.Errorf("whoever proposed it approved it: %d %s", r.status, r.body)
	}
	done := want[Erasure](t, w.ask("POST", "/v1/erasures/"+proposed.ID+"/approve", nil, other, idem), 200)
	if done.State != "done" || done.Receipt == "" {
		t.Errorf("erasure: %+v", done)
	}
	for _, path := range []string{"/v1/cases/" + first.Case, "/v1/subjects/" + first.Subject, "/v1/subjects/" + first.Subject + "/links"} {
		if r := w.ask("GET", path, nil, lead); r.status != 404 {
			t.Errorf("%s after erasure: %d", path, r.status)
		}
	}
	if r := w.ask("POST", "/v1/applications", applicant("1", "Nora Muster"), key); r.status != 403 {
		t.Errorf("an erased record was revived: %d %s", r.status, r.body)
	}
	// Nothing of any person stands in the log.
	for _, canary := range []string{"Muster", "Beispiel", "DE89", "nora@"} {
		if strings.Contains(w.log.String(), canary) {
			t.Errorf("the log holds %q", canary)
		}
	}
}

// work does all jobs that are ready.
func (w *world) work() {
	w.t.Helper()
	for {
		jobs, err := w.store.Claim(context.Background(), "test", screen.JobKinds, time.Minute, 50)
		ok(w.t, err)
		if len(jobs) == 0 {
			return
		}
		for _, j := range jobs {
			ok(w.t, w.keeper.Run(context.Background(), j))
		}
	}
}

// TestUpload: many lines, good and bad; the job says what became of each; the
// same part again is the same job.
func TestUpload(t *testing.T) {
	w := newWorld(t)
	key := w.key("one", access.ScopeIntake)
	var b bytes.Buffer
	for i := range 100 {
		if i == 40 {
			b.WriteString(`{"id":"x","source":"form","received_at":"never"}` + "\n\n")
		}
		b.Write(applicant(strings.Repeat("a", i+1), "Nora Muster"))
		b.WriteByte('\n')
	}
	h := map[string]string{"Content-Type": "application/x-ndjson", "Idempotency-Key": "part-1"}
	job := want[Job](t, w.ask("POST", "/v1/uploads", b.Bytes(), key, h), 202)
	same := want[Job](t, w.ask("POST", "/v1/uploads", b.Bytes(), key, h), 202)
	if same.ID != job.ID {
		t.Error("the same part made another job")
	}
	if r := w.ask("POST", "/v1/uploads", b.Bytes()[:200], key, h); r.status != 422 {
		t.Errorf("one key for two parts: %d %s", r.status, r.body)
	}
	w.work()
	state := want[Job](t, w.ask("GET", "/v1/jobs/"+job.ID, nil, key), 200)
	if state.State != "done" || state.Total != 101 || state.Rejects != 1 {
		t.Errorf("job: %+v", state)
	}
	lines, after := 0, ""
	for {
		page := want[JobLines](t, w.ask("GET", "/v1/jobs/"+job.ID+"/lines?limit=30"+after, nil, key), 200)
		for _, l := range page.Lines {
			lines++
			if (l.Error != "") != (l.Line == 41) || (l.Subject == "") != (l.Line == 41) {
				t.Errorf("line %d: %+v", lines, l)
			}
		}
		if page.Next == "" {
			break
		}
		after = "&after=" + page.Next
	}
	if lines != 101 {
		t.Errorf("%d lines have a result", lines)
	}
	if r := w.ask("GET", "/v1/jobs/"+job.ID, nil, w.key("one", access.ScopeIntake)); r.status != 404 {
		t.Errorf("another key sees the upload: %d", r.status)
	}
}

// TestUploadShapes: lines as other systems write them are applications like ours.
func TestUploadShapes(t *testing.T) {
	w := newWorld(t)
	key := w.key("one", access.ScopeIntake)
	body := `{"name":"Igor V.","type":"personal_chat","id":7100000001,"messages":[{"type":"message","date_unixtime":"1772446860","from_id":"user7100000001","text":"Let us move to WhatsApp"}]}
{"status":"success","result":{"id":90002,"username":"tmuster","public_name":"Tobias M."}}
{"name":"Developers","type":"private_group","id":1,"messages":[]}
`
	job := want[Job](t, w.ask("POST", "/v1/uploads", []byte(body), key, map[string]string{"Content-Type": "application/x-ndjson", "Idempotency-Key": "shapes"}), 202)
	w.work()
	page := want[JobLines](t, w.ask("GET", "/v1/jobs/"+job.ID+"/lines", nil, key), 200)
	if len(page.Lines) != 3 || page.Lines[0].Subject == "" || page.Lines[1].Subject == "" || !strings.Contains(page.Lines[2].Error, "not with one person") {
		t.Errorf("%+v", page.Lines)
	}
}
