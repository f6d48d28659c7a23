package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Samples of the systems themselves: what each must be recognised as, and how
// many applications and refusals come out.
func TestSamples(t *testing.T) {
	dir := sharedData(t, "payloads")
	for _, c := range []struct {
		file, format  string
		apps, refused int
	}{
		{"greenhouse/webhook_application_created.json", "greenhouse-webhook", 1, 0},
		{"greenhouse/webhook_candidate_hired.json", "greenhouse-webhook", 1, 0},
		{"greenhouse/webhook_candidate_stage_change.json", "greenhouse-webhook", 1, 0},
		{"greenhouse/webhook_candidate_prospect_updated.json", "greenhouse-webhook", 1, 0},
		{"greenhouse/webhook_candidate_prospect_rejected.json", "greenhouse-webhook", 1, 0},
		{"greenhouse/webhook_candidate_deleted.json", "greenhouse-webhook", 0, 1},
		{"greenhouse/webhook_candidate_anonymized.json", "greenhouse-webhook", 0, 1},
		{"greenhouse/webhook_offer_created.json", "greenhouse-webhook", 0, 1},
		{"greenhouse/harvest_v1_the_candidate_object.json", "greenhouse-candidate", 1, 0},
		{"greenhouse/harvest_v1_get_list_candidates.json", "greenhouse-candidate", 1, 0},
		{"greenhouse/harvest_v1_get_list_applications.json", "greenhouse-application", 0, 2},
		{"greenhouse/ingestion_post_candidates_3.json", "greenhouse-candidate", 1, 0},
		{"lever/api_opportunities.json", "lever", 1, 0},
		{"lever/webhook_candidateStageChange.json", "lever-webhook", 0, 1},
		{"lever/webhook_test_candidateHired.json", "lever-webhook", 0, 1},
		{"lever/webhook_candidateStageChange.doc-verbatim.txt", "lever-webhook", 0, 1},
		{"ashby/webhook_applicationSubmit.json", "ashby", 1, 0},
		{"ashby/webhook_applicationUpdate.json", "ashby", 1, 0},
		{"ashby/webhook_candidateHire.json", "ashby", 1, 0},
		{"ashby/webhook_candidateStageChange.json", "ashby", 1, 0},
		{"ashby/webhook_candidateDelete.json", "ashby-webhook", 0, 1},
		{"ashby/webhook_ping.json", "ashby-webhook", 0, 1},
		{"ashby/api_application_info_response.json", "ashby", 1, 0},
		{"ashby/api_candidate_info_response.json", "ashby", 1, 0},
		{"jsonresume/sample.resume.json", "json-resume", 1, 0},
		{"../resumes/jsonresume/new-grad.resume.json", "json-resume", 1, 0},
		{"../resumes/jsonresume/senior-engineer.resume.json", "json-resume", 1, 0},
		{"europass/synthetic-candidate.xml", "europass", 1, 0},
		{"upwork/synthetic-freelancerProfileByProfileKey.json", "upwork", 1, 0},
		{"telegram/synthetic-single_chat_result.json", "telegram", 1, 0},
		{"stripe/../checkr/webhook_envelope.json", "json", 0, 1},
	} {
		f, err := os.Open(filepath.Join(dir, c.file))
		if err != nil {
			t.Error(err)
			continue
		}
		r, err := Open(filepath.Base(c.file), f, Options{Received: fileDay})
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		apps, errs := readAll(t, r)
		f.Close()
		if r.Format() != c.format || len(apps) != c.apps || len(errs) != c.refused {
			t.Errorf("%s: %s, %d applications, refused %v; want %s, %d, %d", c.file, r.Format(), len(apps), errs, c.format, c.apps, c.refused)
		}
		for _, a := range apps {
			if a.Person.Name == "" || a.ReceivedAt.IsZero() || a.ID == "" {
				t.Errorf("%s: an application without name, id or time", c.file)
			}
		}
	}
}

// No sample of any system, ours to read or not, may crash the reader or give
// an application with nobody in it.
func TestEverySample(t *testing.T) {
	dir := sharedData(t, "payloads")
	seen := 0
	for _, file := range mustGlob(t, filepath.Join(dir, "*", "*")) {
		f, err := os.Open(file)
		if err != nil {
			continue
		}
		r, err := Open(filepath.Base(file), f, Options{Received: fileDay})
		if err == nil {
			apps, errs := readAll(t, r)
			seen += len(apps) + len(errs)
			for _, a := range apps {
				if a.Person.Name == "" && len(a.Emails)+len(a.Phones) == 0 && !strings.Contains(file, "iban") {
					t.Logf("%s read as %s gives an application without a person", file, r.Format())
				}
			}
		}
		f.Close()
	}
	if seen < 50 {
		t.Errorf("only %d items in all samples", seen)
	}
}
