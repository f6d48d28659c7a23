package intake

import (
	"encoding/json"
	"sort"
	"strings"

	"bonafide/record"
)

// Ashby: applications and candidates as its API and webhooks write them
// (developers.ashbyhq.com): {"action","data":{"application"}},
// {"success","results"}, or the object itself. Its own fraud status is kept in
// extra and judged by nobody here.

type ashbyContact struct {
	Value   loose         `json:"value"`
	Unknown record.Fields `json:",embed"`
}

type ashbyFile struct {
	Name    loose         `json:"name"`
	Unknown record.Fields `json:",embed"`
}

type ashbyCandidate struct {
	ID        loose          `json:"id"`
	Name      loose          `json:"name"`
	Email     *ashbyContact  `json:"primaryEmailAddress"`
	Emails    []ashbyContact `json:"emailAddresses"`
	Phone     *ashbyContact  `json:"primaryPhoneNumber"`
	Phones    []ashbyContact `json:"phoneNumbers"`
	CreatedAt loose          `json:"createdAt"`
	Timezone  loose          `json:"timezone"`
	Position  loose          `json:"position"`
	Company   loose          `json:"company"`
	Social    []struct {
		URL     loose         `json:"url"`
		Type    loose         `json:"type"`
		Unknown record.Fields `json:",embed"`
	} `json:"socialLinks"`
	Location *struct {
		Summary    loose `json:"locationSummary"`
		Components []struct {
			Type loose `json:"type"`
			Name loose `json:"name"`
		} `json:"locationComponents"`
		Unknown record.Fields `json:",embed"`
	} `json:"location"`
	Resume  *ashbyFile    `json:"resumeFileHandle"`
	Unknown record.Fields `json:",embed"`
}

type ashbyApplication struct {
	ID        loose           `json:"id"`
	CreatedAt loose           `json:"createdAt"`
	Candidate *ashbyCandidate `json:"candidate"`
	Job       *struct {
		ID      loose         `json:"id"`
		Title   loose         `json:"title"`
		Unknown record.Fields `json:",embed"`
	} `json:"job"`
	ClientIP  loose       `json:"submitterClientIp"`
	UserAgent loose       `json:"submitterUserAgent"`
	Forms     []ashbyForm `json:"applicationFormSubmissions"`
	Resume    *ashbyFile  `json:"resumeFileHandle"`
	Source    *struct {
		Title      loose `json:"title"`
		SourceType *struct {
			Title loose `json:"title"`
		} `json:"sourceType"`
		Unknown record.Fields `json:",embed"`
	} `json:"source"`
	Unknown record.Fields `json:",embed"`
}

type ashbyForm struct {
	Definition struct {
		Sections []struct {
			Fields []struct {
				Field struct {
					Path  loose `json:"path"`
					Title loose `json:"title"`
				} `json:"field"`
			} `json:"fields"`
		} `json:"sections"`
	} `json:"formDefinition"`
	Values  map[string]json.RawMessage `json:"submittedValues"`
	Unknown record.Fields              `json:",embed"`
}

// ashbyEnvelope is a webhook or the answer of the API to one question.
type ashbyEnvelope struct {
	Action  loose           `json:"action"`
	Data    json.RawMessage `json:"data"`
	Results json.RawMessage `json:"results"`
}

func ashbyKnows(n names) bool {
	for _, under := range []string{"", "results.", "data.application.", "data.candidate."} {
		if n.any(under+"primaryEmailAddress", under+"primaryPhoneNumber", under+"currentInterviewStage", under+"applicationIds",
			under+"submitterClientIp", under+"profileUrl") && n.has(under+"id") {
			return true
		}
	}
	return false
}

func ashbyWebhookKnows(n names) bool { return n.has("action", "data") }

func decodeAshbyWebhook([]byte, given) (*record.Application, error) {
	return nil, record.Invalid("data", "an event that carries no application and no candidate")
}

func decodeAshby(raw []byte, c given) (*record.Application, error) {
	n := topNames(raw)
	var e ashbyEnvelope
	if n.any("data", "results") {
		if err := decodeShape(raw, &e); err != nil {
			return nil, err
		}
		raw = e.Results
		if len(e.Data) > 0 {
			var data struct {
				Application json.RawMessage `json:"application"`
				Candidate   json.RawMessage `json:"candidate"`
			}
			if err := decodeShape(e.Data, &data); err != nil {
				return nil, err
			}
			if raw = data.Application; len(raw) == 0 {
				raw = data.Candidate
			}
		}
		n = topNames(raw)
	}
	var p ashbyApplication
	if n.any("candidate", "currentInterviewStage") {
		if err := decodeShape(raw, &p); err != nil {
			return nil, err
		}
	} else {
		p.Candidate = new(ashbyCandidate)
		if err := decodeShape(raw, p.Candidate); err != nil {
			return nil, err
		}
	}
	a := p.application(c)
	if e.Action != "" {
		keepText(a, "action", string(e.Action))
	}
	return a, nil
}

func (p *ashbyApplication) application(c given) *record.Application {
	a := &record.Application{ID: string(p.ID), Source: c.sourceOr("ashby"), ReceivedAt: c.firstTime(p.CreatedAt)}
	if p.Job != nil {
		a.Role.ID, a.Role.Title = string(p.Job.ID), string(p.Job.Title)
	}
	if p.ClientIP != "" || p.UserAgent != "" {
		a.Sessions = []record.Session{{At: moment(p.CreatedAt), Kind: "apply", IP: string(p.ClientIP), UserAgent: string(p.UserAgent)}}
	}
	if p.Candidate != nil {
		p.Candidate.into(a, c)
	}
	if p.Resume != nil && p.Resume.Name != "" {
		a.Resume.File = string(p.Resume.Name)
	}
	if s := p.Source; s != nil {
		keepText(a, "source.title", string(s.Title))
		if s.SourceType != nil {
			keepText(a, "source.sourceType", string(s.SourceType.Title))
			switch strings.ToLower(string(s.SourceType.Title)) {
			case "agency":
				a.SubmittedBy.Kind = "agency"
			case "referral":
				a.SubmittedBy.Kind = "referrer"
			case "inbound":
				a.SubmittedBy.Kind = "self"
			}
		}
	}
	for i := range p.Forms {
		p.Forms[i].into(a)
	}
	keepRest(a, "", p)
	return a
}

func (k *ashbyCandidate) into(a *record.Application, c given) {
	if a.ID == "" && k.ID != "" {
		a.ID = "candidate-" + string(k.ID)
	} else {
		keepText(a, "candidate.id", string(k.ID))
	}
	if a.ReceivedAt.IsZero() || a.ReceivedAt.Equal(c.received) {
		a.ReceivedAt = c.firstTime(k.CreatedAt)
	}
	a.Person.Name, a.Person.Timezone = string(k.Name), string(k.Timezone)
	if k.Email != nil {
		addEmail(a, string(k.Email.Value))
	}
	for _, e := range k.Emails {
		addEmail(a, string(e.Value))
	}
	if k.Phone != nil {
		addPhone(a, string(k.Phone.Value))
	}
	for _, p := range k.Phones {
		addPhone(a, string(p.Value))
	}
	for _, s := range k.Social {
		addURL(a, string(s.URL))
	}
	if k.Company != "" {
		a.Resume.Work = []record.Work{{Organisation: string(k.Company), Title: string(k.Position)}}
	} else if k.Position != "" {
		keepText(a, "candidate.position", string(k.Position))
	}
	if k.Resume != nil {
		a.Resume.File = string(k.Resume.Name)
	}
	if l := k.Location; l != nil {
		keepText(a, "candidate.location", string(l.Summary))
		for _, part := range l.Components {
			switch part.Type {
			case "Country":
				a.Person.Address.Country = country(string(part.Name))
			case "City":
				a.Person.Address.City = string(part.Name)
			}
		}
	}
	keepRest(a, "candidate", k)
}

// into adds the answers of a form, in the order of the form, then the rest by name.
func (f *ashbyForm) into(a *record.Application) {
	said := map[string]bool{}
	add := func(path, title string) {
		value, ok := f.Values[path]
		if !ok || said[path] {
			return
		}
		said[path] = true
		var text loose
		if decodeShape(value, &text) != nil || text == "" {
			text = loose(value)
		}
		switch path {
		case "_systemfield_name", "_systemfield_email", "_systemfield_phone", "_systemfield_resume":
			keepText(a, "application."+path, string(text))
		default:
			addAnswer(a, title, string(text))
		}
	}
	for _, s := range f.Definition.Sections {
		for _, field := range s.Fields {
			add(string(field.Field.Path), string(field.Field.Title))
		}
	}
	rest := make([]string, 0, len(f.Values))
	for path := range f.Values {
		rest = append(rest, path)
	}
	sort.Strings(rest)
	for _, path := range rest {
		add(path, path)
	}
}
