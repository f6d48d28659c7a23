package casework

import (
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// SystemSaid is one thing that the applicant tracking system itself has noted about
// an application, in its words. No check reads it and nothing is weighed by it; it
// is shown to people as what it is, somebody else's note.
type SystemSaid struct {
	At                                 time.Time
	Category, Name, Description, Value string
}

// mostSaid of one record are shown.
const mostSaid = 50

// Said reads what Ashby noted (candidate.listFraudChecks), which stands in the record
// as it came. asked is false where it was never asked; why says that it was not given.
func Said(a *record.Application) (all []SystemSaid, why string, asked bool) {
	raw, asked := a.Extra["fraudChecks"]
	if !asked {
		return nil, "", false
	}
	if json.Unmarshal([]byte(raw), &why) == nil {
		return nil, why, true
	}
	var checks []struct {
		CreatedAt time.Time `json:"createdAt"`
		Signals   []struct {
			Category    string `json:"category"`
			Name        string `json:"name"`
			Description string `json:"description"`
			Value       string `json:"value"`
		} `json:"fraudSignals"`
	}
	if json.Unmarshal([]byte(raw), &checks) != nil {
		return nil, "of another shape than is read here; it stands in the record", true
	}
	for _, c := range checks {
		for _, s := range c.Signals {
			if len(all) == mostSaid {
				return all, "", true
			}
			all = append(all, SystemSaid{c.CreatedAt, cutTo(s.Category), cutTo(s.Name), cutTo(s.Description), cutTo(s.Value)})
		}
	}
	return all, "", true
}

// cutTo keeps a word of another system from filling the page.
func cutTo(s string) string {
	const most = 300
	for i := range s {
		if i >= most {
			return s[:i] + "…"
		}
	}
	return s
}
