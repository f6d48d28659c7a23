package intake

import (
	"strconv"
	"strings"

	"bonafide/record"
)

// Greenhouse: candidates as its Harvest API and its webhooks write them
// (developers.greenhouse.io/harvest.html, /webhooks.html), and as its
// ingestion API takes them. One application is made of a candidate: the newest
// by applied_at; the candidate's other applications are kept in extra. The id
// is that of the application, "candidate-ID" for a candidate who has none.

type greenhouseCandidate struct {
	ID           loose                   `json:"id"`
	FirstName    loose                   `json:"first_name"`
	LastName     loose                   `json:"last_name"`
	Company      loose                   `json:"company"`
	Title        loose                   `json:"title"`
	CreatedAt    loose                   `json:"created_at"`
	Emails       []greenhouseValue       `json:"email_addresses"`
	IngestEmails []greenhouseValue       `json:"emails"`
	Phones       []greenhouseValue       `json:"phone_numbers"`
	Addresses    []greenhouseValue       `json:"addresses"`
	Websites     []greenhouseValue       `json:"website_addresses"`
	IngestSites  []greenhouseValue       `json:"websites"`
	Social       []greenhouseValue       `json:"social_media_addresses"`
	IngestSocial []greenhouseValue       `json:"social_media"`
	Educations   []greenhouseEducation   `json:"educations"`
	Employments  []greenhouseEmployment  `json:"employments"`
	Attachments  []greenhouseAttachment  `json:"attachments"`
	Applications []greenhouseApplication `json:"applications"`
	Unknown      record.Fields           `json:",embed"`
}

// greenhouseValue is an address with a type; the ingestion API names the same
// thing differently in each list.
type greenhouseValue struct {
	Value       loose         `json:"value"`
	Email       loose         `json:"email"`
	PhoneNumber loose         `json:"phone_number"`
	Address     loose         `json:"address"`
	URL         loose         `json:"url"`
	Unknown     record.Fields `json:",embed"`
}

func (v greenhouseValue) text() string {
	for _, l := range []loose{v.Value, v.Email, v.PhoneNumber, v.Address, v.URL} {
		if l != "" {
			return string(l)
		}
	}
	return ""
}

type greenhouseEducation struct {
	School     loose         `json:"school_name"`
	Degree     loose         `json:"degree"`
	Discipline loose         `json:"discipline"`
	Start      loose         `json:"start_date"`
	End        loose         `json:"end_date"`
	Unknown    record.Fields `json:",embed"`
}

type greenhouseEmployment struct {
	Company loose         `json:"company_name"`
	Title   loose         `json:"title"`
	Start   loose         `json:"start_date"`
	End     loose         `json:"end_date"`
	Unknown record.Fields `json:",embed"`
}

type greenhouseAttachment struct {
	Filename loose         `json:"filename"`
	Type     loose         `json:"type"`
	Unknown  record.Fields `json:",embed"`
}

type greenhouseJob struct {
	ID      loose         `json:"id"`
	Name    loose         `json:"name"`
	Unknown record.Fields `json:",embed"`
}

type greenhouseApplication struct {
	ID        loose                `json:"id"`
	AppliedAt loose                `json:"applied_at"`
	Candidate *greenhouseCandidate `json:"candidate"`
	Job       *greenhouseJob       `json:"job"`
	Jobs      []greenhouseJob      `json:"jobs"`
	Location  *struct {
		Address loose         `json:"address"`
		Unknown record.Fields `json:",embed"`
	} `json:"location"`
	Answers []struct {
		Question loose         `json:"question"`
		Answer   loose         `json:"answer"`
		Unknown  record.Fields `json:",embed"`
	} `json:"answers"`
	Attachments []greenhouseAttachment `json:"attachments"`
	Offer       *struct {
		SentAt   loose         `json:"sent_at"`
		StartsAt loose         `json:"starts_at"`
		Unknown  record.Fields `json:",embed"`
	} `json:"offer"`
	Unknown record.Fields `json:",embed"`
}

type greenhouseEvent struct {
	Action  loose `json:"action"`
	Payload struct {
		Application *greenhouseApplication `json:"application"`
		Candidate   *greenhouseCandidate   `json:"candidate"`
		Unknown     record.Fields          `json:",embed"`
	} `json:"payload"`
	Unknown record.Fields `json:",embed"`
}

func greenhouseCandidateKnows(n names) bool {
	return n.has("first_name", "last_name") &&
		n.any("email_addresses", "phone_numbers", "application_ids", "applications", "social_media_addresses", "emails", "employments")
}

func greenhouseWebhookKnows(n names) bool { return n.has("action", "payload") }

// greenhouseApplicationKnows: an application of the Harvest API comes without
// its candidate; there is nobody in it to look at.
func greenhouseApplicationKnows(n names) bool { return n.has("candidate_id", "applied_at", "jobs") }

func decodeGreenhouseCandidate(raw []byte, c given) (*record.Application, error) {
	var g greenhouseCandidate
	if err := decodeShape(raw, &g); err != nil {
		return nil, err
	}
	return g.application(c), nil
}

func decodeGreenhouseApplication([]byte, given) (*record.Application, error) {
	return nil, record.Invalid("candidate", "an application without its candidate: export the candidates, which bring their applications")
}

func decodeGreenhouseWebhook(raw []byte, c given) (*record.Application, error) {
	var e greenhouseEvent
	if err := decodeShape(raw, &e); err != nil {
		return nil, err
	}
	var a *record.Application
	switch p := &e.Payload; {
	case p.Application != nil && p.Application.Candidate != nil:
		g := p.Application.Candidate
		p.Application.Candidate = nil
		g.Applications = []greenhouseApplication{*p.Application}
		a = g.application(c)
	case p.Candidate != nil:
		a = p.Candidate.application(c)
	default:
		return nil, record.Invalid("payload", "an event that carries no application and no candidate")
	}
	keepText(a, "action", string(e.Action))
	e.Payload.Application, e.Payload.Candidate = nil, nil
	keepRest(a, "", &e)
	return a, nil
}

func (g *greenhouseCandidate) application(c given) *record.Application {
	a := &record.Application{Source: c.sourceOr("greenhouse"), ID: "candidate-" + string(g.ID)}
	if g.ID == "" {
		a.ID = c.id
	}
	a.Person.Name = strings.TrimSpace(string(g.FirstName) + " " + string(g.LastName))
	for _, v := range append(g.Emails, g.IngestEmails...) {
		addEmail(a, v.text())
	}
	for _, v := range g.Phones {
		addPhone(a, v.text())
	}
	for i, v := range g.Addresses {
		if text := v.text(); len(a.Person.Address.Lines) == 0 {
			a.Person.Address.Lines = lined(text)
		} else {
			keepText(a, "candidate.addresses["+strconv.Itoa(i)+"].value", text)
		}
	}
	for _, list := range [][]greenhouseValue{g.Websites, g.IngestSites, g.Social, g.IngestSocial} {
		for _, v := range list {
			addURL(a, v.text())
		}
	}
	for i, e := range g.Employments {
		w := record.Work{Organisation: string(e.Company), Title: string(e.Title)}
		at := "candidate.employments[" + strconv.Itoa(i) + "]."
		putSpan(a, &w.Start, &w.End, at, [2]string{"start_date", "end_date"}, e.Start, e.End, monthFirst)
		a.Resume.Work = append(a.Resume.Work, w)
	}
	switch { // the present employer, when no career is given; else what the header said
	case g.Company == "" && g.Title == "":
	case len(g.Employments) == 0 && g.Company != "":
		a.Resume.Work = []record.Work{{Organisation: string(g.Company), Title: string(g.Title)}}
	default:
		keepText(a, "candidate.company", string(g.Company))
		keepText(a, "candidate.title", string(g.Title))
	}
	for i, e := range g.Educations {
		s := record.Education{Institution: string(e.School), Degree: strings.TrimSpace(string(e.Degree) + " " + string(e.Discipline))}
		at := "candidate.educations[" + strconv.Itoa(i) + "]."
		putSpan(a, &s.Start, &s.End, at, [2]string{"start_date", "end_date"}, e.Start, e.End, monthFirst)
		a.Resume.Education = append(a.Resume.Education, s)
	}
	greenhouseFiles(a, "candidate.attachments", g.Attachments)
	newest := g.newest()
	for i := range g.Applications {
		if i == newest {
			g.Applications[i].into(a)
		} else {
			other, at := &g.Applications[i], "candidate.applications["+strconv.Itoa(i)+"]."
			keepText(a, at+"id", string(other.ID))
			keepText(a, at+"applied_at", string(other.AppliedAt))
			for n, j := range other.Jobs {
				keepText(a, at+"jobs["+strconv.Itoa(n)+"].id", string(j.ID))
				keepText(a, at+"jobs["+strconv.Itoa(n)+"].name", string(j.Name))
			}
			for n, answer := range other.Answers {
				keepText(a, at+"answers["+strconv.Itoa(n)+"].question", string(answer.Question))
				keepText(a, at+"answers["+strconv.Itoa(n)+"].answer", string(answer.Answer))
			}
			greenhouseFiles(a, at+"attachments", other.Attachments)
		}
	}
	if newest >= 0 {
		a.ReceivedAt = c.firstTime(g.Applications[newest].AppliedAt, g.CreatedAt)
		keepText(a, "candidate.id", string(g.ID))
		keepText(a, "candidate.created_at", string(g.CreatedAt))
	} else {
		a.ReceivedAt = c.firstTime(g.CreatedAt)
	}
	keepRest(a, "candidate", g)
	return a
}

// newest is the index of the application made last, the greater id where the
// times agree; -1 when there is none.
func (g *greenhouseCandidate) newest() int {
	best := -1
	for i := range g.Applications {
		if best < 0 || g.Applications[i].later(&g.Applications[best]) {
			best = i
		}
	}
	return best
}

func (g *greenhouseApplication) later(than *greenhouseApplication) bool {
	mine, other := moment(g.AppliedAt), moment(than.AppliedAt)
	if !mine.Equal(other) {
		return mine.After(other)
	}
	return len(g.ID) > len(than.ID) || len(g.ID) == len(than.ID) && g.ID > than.ID
}

// into adds what the application says to that of its candidate.
func (g *greenhouseApplication) into(a *record.Application) {
	if g.ID != "" {
		a.ID = string(g.ID)
	}
	jobs := g.Jobs
	if len(jobs) == 0 && g.Job != nil {
		jobs = []greenhouseJob{*g.Job}
	}
	if len(jobs) > 0 {
		a.Role.ID, a.Role.Title = string(jobs[0].ID), string(jobs[0].Name)
		for i, j := range jobs[1:] {
			at := "application.jobs[" + strconv.Itoa(i+1) + "]."
			keepText(a, at+"id", string(j.ID))
			keepText(a, at+"name", string(j.Name))
		}
	}
	for _, answer := range g.Answers {
		addAnswer(a, string(answer.Question), string(answer.Answer))
	}
	if g.Location != nil {
		keepText(a, "application.location.address", string(g.Location.Address))
		a.Person.Address.Country = lastCountry(string(g.Location.Address))
	}
	greenhouseFiles(a, "application.attachments", g.Attachments)
	if g.Offer != nil {
		greenhouseStage(a, g.Offer.SentAt, "offer")
		greenhouseStage(a, g.Offer.StartsAt, "employment")
	}
	keepRest(a, "application", g)
}

func greenhouseStage(a *record.Application, when loose, name string) {
	s := record.Stage{Name: name}
	putDate(a, &s.At, "application.offer", when, monthFirst)
	if s.At != "" {
		a.Stage = append(a.Stage, s)
	}
}

func greenhouseFiles(a *record.Application, path string, files []greenhouseAttachment) {
	for i, f := range files {
		if f.Type == "resume" && a.Resume.File == "" {
			a.Resume.File = string(f.Filename)
			continue
		}
		at := path + "[" + strconv.Itoa(i) + "]."
		keepText(a, at+"filename", string(f.Filename))
		keepText(a, at+"type", string(f.Type))
	}
}

// lined cuts an address into its lines.
func lined(s string) []string {
	var lines []string
	for _, l := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}
