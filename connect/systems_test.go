package connect

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"bonafide/record"
)

func told(a *record.Application) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %v %v %v role %s %s\n", a.Name(), a.ReceivedAt.Format("2006-01-02"), a.Person.Name, a.Emails, a.Phones, a.URLs, a.Role.ID, a.Role.Title)
	if p := a.Person.Address; !p.IsZero() {
		fmt.Fprintf(&b, "%s\n", strings.TrimSpace(p.Country+" "+p.City))
	}
	for _, w := range a.Resume.Work {
		fmt.Fprintf(&b, "work %s/%s %s %s\n", w.Organisation, w.Title, w.Start, w.End)
	}
	for _, e := range a.Resume.Education {
		fmt.Fprintf(&b, "education %s/%s %s %s\n", e.Institution, e.Degree, e.Start, e.End)
	}
	if len(a.Resume.Skills) > 0 {
		fmt.Fprintf(&b, "skills %v\n", a.Resume.Skills)
	}
	for _, x := range a.Answers {
		fmt.Fprintf(&b, "answer %s = %s\n", x.Question, x.Text)
	}
	if a.SubmittedBy.Kind != "" {
		fmt.Fprintf(&b, "by %s\n", a.SubmittedBy.Kind)
	}
	var kept []string
	for name := range a.Extra {
		kept = append(kept, name)
	}
	slices.Sort(kept)
	fmt.Fprintf(&b, "extra candidate? %s\n", strings.Join(kept, " "))
	return b.String()
}

// TestShapes: what a system's object becomes, what is kept, what is refused.
func TestShapes(t *testing.T) {
	a, err := txtar.ParseFile("testdata/systems/cases.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	for _, f := range a.Files {
		name, isCase := strings.CutSuffix(f.Name, ".json")
		if !isCase {
			continue
		}
		_, system, _ := strings.Cut(name, ".")
		t.Run(name, func(t *testing.T) {
			s, ok := FindSystem(system)
			if !ok {
				t.Fatal("no such system")
			}
			got, err := s.Record(f.Data, system)
			if bad, want := files[name+".bad"]; want {
				if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(bad)) {
					t.Errorf("refused with %v, want %s", err, bad)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if told(got) != files[name+".want"] {
				t.Errorf("got\n%swant\n%s", told(got), files[name+".want"])
			}
		})
	}
}

func samples(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("NOT TESTED: the vendors' samples are not here; set BONAFIDE_DATA to read them")
	}
	return dir
}

// TestSampleHints reads every webhook the named systems document: a kind, and
// the ids to ask for; or refused for the reason written here.
func TestSampleHints(t *testing.T) {
	dir := samples(t)
	want := map[string]string{ // system/file → kind application candidate, or "refused: …"
		"ashby/webhook_ping.json":                                              "ping",
		"ashby/webhook_candidateDelete.json":                                   "removed",
		"ashby/webhook_applicationSubmit.json":                                 "changed",
		"ashby/webhook_applicationUpdate.json":                                 "changed",
		"ashby/webhook_candidateHire.json":                                     "changed",
		"ashby/webhook_candidateStageChange.json":                              "changed",
		"ashby/webhook_interviewScheduleCreate.json":                           "other",
		"bamboohr/webhook_event_based_employee.updated.json":                   "other",
		"bamboohr/webhook_event_based_employee.updated.form.txt":               "other",
		"greenhouse/webhook_application_created.json":                          "changed",
		"greenhouse/webhook_application_deleted.json":                          "removed",
		"greenhouse/webhook_candidate_anonymized.json":                         "anonymised",
		"greenhouse/webhook_candidate_deleted.json":                            "removed",
		"greenhouse/webhook_candidate_hired.json":                              "changed",
		"greenhouse/webhook_candidate_prospect_rejected.json":                  "changed",
		"greenhouse/webhook_candidate_prospect_updated.json":                   "changed",
		"greenhouse/webhook_candidate_stage_change.json":                       "changed",
		"greenhouse/webhook_department_deleted.json":                           "other",
		"greenhouse/webhook_office_deleted.json":                               "other",
		"greenhouse/webhook_interview_deleted.json":                            "other",
		"greenhouse/webhook_offer_approved.json":                               "changed",
		"greenhouse/webhook_offer_created.json":                                "changed",
		"lever/webhook_candidateStageChange.json":                              "changed",
		"lever/webhook_test_candidateHired.json":                               "ping",
		"lever/webhook_candidateStageChange.doc-verbatim.txt":                  "refused: is not JSON",
		"personio/synthetic-person.created.json":                               "other",
		"recruitee/real-test_request.json":                                     "ping",
		"recruitee/synthetic-candidate_moved.json":                             "changed",
		"teamtailor/company_webhook_job.update.json":                           "other",
		"workable/synthetic-candidate_moved.json":                              "changed",
		"../ats/greenhouse/webhooks/candidate_events__candidate-merged_1.json": "merged",
	}
	for name, kind := range want {
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(filepath.Join(dir, "payloads", name))
			if err != nil {
				t.Fatal(err)
			}
			system, _, _ := strings.Cut(strings.TrimPrefix(name, "../ats/"), "/")
			d := &Delivery{Header: http.Header{}, Body: body}
			if strings.HasSuffix(name, "form.txt") {
				d.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			h, err := ReadHint(system, d)
			if why, refused := strings.CutPrefix(kind, "refused: "); refused {
				if err == nil || !strings.Contains(err.Error(), why) {
					t.Errorf("refused with %v, want %s", err, why)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if string(h.Kind) != kind {
				t.Errorf("%s is %s, want %s", h.Word, h.Kind, kind)
			}
			switch {
			case h.Kind == Changed || h.Kind == Removed:
				if h.Application == "" && h.Candidate == "" {
					t.Error("names nothing")
				}
			case h.Kind == Merged && (h.Into == "" || h.Candidate == "" || h.Into == h.Candidate):
				t.Errorf("a merge of %q into %q", h.Candidate, h.Into)
			case h.Kind == Anonymised && (h.Candidate == "" || len(h.Fields) == 0):
				t.Error("anonymises nothing")
			}
			if h.Whole {
				s, _ := FindSystem(system)
				a, err := s.Record(body, system)
				if err != nil {
					t.Fatalf("said to be whole, yet: %v", err)
				}
				if a.Source != system || a.ID == "" {
					t.Errorf("became %s", a.Name())
				}
			}
		})
	}
}

// TestSampleAnswers reads the documented answers of the APIs.
func TestSampleAnswers(t *testing.T) {
	dir := samples(t)
	for _, c := range []struct {
		system, file string
		people       int
		next         bool
	}{
		{"ashby", "payloads/ashby/api_application_info_response.json", 1, false},
		{"ashby", "payloads/ashby/api_candidate_info_response.json", 1, false},
		{"lever", "payloads/lever/api_opportunities.json", 1, true},
		{"greenhouse", "payloads/greenhouse/harvest_v1_get_list_candidates.json", 1, false},
		{"greenhouse", "ats/greenhouse/harvest/candidates__get-list-candidates_1.json", 1, false},
	} {
		t.Run(c.file, func(t *testing.T) {
			body, err := os.ReadFile(filepath.Join(dir, c.file))
			if err != nil {
				t.Fatal(err)
			}
			s, _ := FindSystem(c.system)
			p, err := s.Read(body, http.Header{})
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Items) < c.people || (p.Next != "") != c.next {
				t.Fatalf("%d items, next %q", len(p.Items), p.Next)
			}
			for _, raw := range p.Items {
				a, err := s.Record(raw, c.system)
				if err != nil {
					t.Fatal(err)
				}
				if application, candidate := s.Ident(a); application == "" && candidate == "" {
					t.Errorf("%s cannot be found again", a.Name())
				}
			}
		})
	}
}

// TestPreview: what may leave the house, and with whose signature.
func TestPreview(t *testing.T) {
	to := Target{Application: "a1", Candidate: "c1"}
	acc := &Account{Key: "k", User: "u1"}
	for _, c := range []struct {
		name, system string
		s            Status
		want         string // last path, or "refused"
	}{
		{"progress", "ashby", Status{Word: InProgress}, "/candidate.createNote"},
		{"own word", "ashby", Status{Word: "fraud"}, "refused"},
		{"one person", "ashby", Status{Word: Finished, Decided: &Decided{Adverse: true, By: "p1"}}, "refused"},
		{"the same twice", "ashby", Status{Word: Finished, Decided: &Decided{Adverse: true, By: "p1", Second: "p1"}}, "refused"},
		{"two people", "ashby", Status{Word: Finished, Decided: &Decided{Adverse: true, By: "p1", Second: "p2"}}, "/candidate.setFraudStatus"},
		{"nobody", "ashby", Status{Word: Finished, Decided: &Decided{}}, "refused"},
		{"too early", "ashby", Status{Word: InProgress, Decided: &Decided{By: "p1"}}, "refused"},
		{"cleared by one", "ashby", Status{Word: Finished, Decided: &Decided{By: "p1"}}, "/candidate.setFraudStatus"},
		{"nowhere", "personio", Status{Word: Finished}, "refused"},
		{"note", "lever", Status{Word: MoreAsked}, "/opportunities/a1/notes?perform_as=u1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			asks, err := Preview(c.system, acc, to, c.s)
			if c.want == "refused" {
				if err == nil {
					t.Errorf("would send %d requests", len(asks))
				}
				return
			}
			if err != nil || asks[len(asks)-1].Path != c.want {
				t.Fatalf("%v %v", asks, err)
			}
			for _, a := range asks[:1] {
				if strings.Contains(strings.ToLower(string(a.Body)), "fraud") {
					t.Error("a note says a word that is nobody's to say")
				}
			}
		})
	}
	// What has no decision slot never carries one.
	for _, s := range Systems {
		if s.Write == nil || s.Name == "ashby" {
			continue
		}
		asks, err := Preview(s.Name, acc, to, Status{Word: Finished, Decided: &Decided{Adverse: true, By: "p1", Second: "p2"}})
		if err != nil || len(asks) != 1 || strings.Contains(strings.ToLower(string(asks[0].Body)), "adverse") {
			t.Errorf("%s: %v %v", s.Name, asks, err)
		}
	}
}

// FuzzHint: no webhook breaks a reader, and what is whole becomes a record or is refused.
func FuzzHint(f *testing.F) {
	for i := range Systems {
		f.Add(uint8(i), []byte(`{"action":"update_candidate","payload":{"candidate":{"id":1,"first_name":"A","last_name":"B"}}}`))
		f.Add(uint8(i), []byte(`type=employee.updated&data[changedFields][0]=a`))
	}
	f.Fuzz(func(t *testing.T, i uint8, body []byte) {
		s := Systems[int(i)%len(Systems)]
		d := &Delivery{Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Event-Name": {"candidate.created"}}, Body: body}
		if h, err := ReadHint(s.Name, d); err == nil && s.One(h) != nil && strings.ContainsAny(s.One(h).Path, " \n") {
			t.Errorf("%s would ask for %q", s.Name, s.One(h).Path)
		}
		if a, err := s.Record(body, s.Name); err == nil && (a.ID == "" || a.Source == "") {
			t.Errorf("%s made a record without a name", s.Name)
		}
		_, _ = s.Read(body, http.Header{})
	})
}
