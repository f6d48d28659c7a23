package connect

import (
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

var personaWords = map[string]Outcome{
	"created": Running, "started": Running, "pending": Running, "transitioned": Running,
	"completed": Inconclusive, // finished by the candidate, not yet decided
	"approved":  Passed, "declined": Failed, "failed": Inconclusive, "needs_review": NeedsReview, "marked-for-review": NeedsReview, "expired": Expired,
}

// readPersona reads an inquiry's event or the inquiry itself (JSON:API). The
// customer chooses how keys are written, so reference-id, reference_id and
// referenceId are the same.
func readPersona(body []byte) ([]IdentityResult, error) {
	var w struct {
		Data struct {
			Type       string         `json:"type"`
			Attributes jsontext.Value `json:"attributes"`
		} `json:"data"`
	}
	if err := lenient("persona", body, &w); err != nil {
		return nil, err
	}
	inquiry := body
	if w.Data.Type == "event" {
		a := inflected(w.Data.Attributes)
		inquiry = a["payload"]
		if !strings.HasPrefix(a.text("name"), "inquiry.") {
			return nil, record.Invalid("persona", "is no event of an inquiry; subscribe to inquiry.*")
		}
	}
	var q struct {
		Data struct {
			Type       string         `json:"type"`
			ID         string         `json:"id"`
			Attributes jsontext.Value `json:"attributes"`
		} `json:"data"`
	}
	if err := lenient("persona", inquiry, &q); err != nil {
		return nil, err
	}
	if q.Data.Type != "inquiry" {
		return nil, record.Invalid("persona", "holds no inquiry")
	}
	a := inflected(q.Data.Attributes)
	r := IdentityResult{ID: q.Data.ID, Subject: a.text("referenceid"), Kind: "session"}
	for _, k := range []string{"decisionedat", "completedat", "createdat"} {
		if r.CheckedAt = instant(a.text(k)); !r.CheckedAt.IsZero() {
			break
		}
	}
	r.outcome(personaWords, a.text("status"))
	return []IdentityResult{r}, nil
}

// members of an object whose keys are written in one of several ways.
type members map[string]jsontext.Value

// inflected folds keys: lower case, without - and _.
func inflected(v jsontext.Value) members {
	var raw map[string]jsontext.Value
	if json.Unmarshal(v, &raw) != nil {
		return nil
	}
	m := make(members, len(raw))
	for k, x := range raw {
		m[strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(k))] = x
	}
	return m
}

func (m members) text(k string) string {
	var s loose
	if json.Unmarshal(m[k], &s) != nil {
		return ""
	}
	return string(s)
}
