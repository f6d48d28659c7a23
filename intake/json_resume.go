package intake

import (
	"strconv"
	"strings"

	"bonafide/record"
)

// JSON Resume 1.x (jsonresume.org/schema). It has neither an id nor a date of
// application: the id is the name of the file, the date the caller's.

type jsonResume struct {
	Basics struct {
		Name     loose `json:"name"`
		Label    loose `json:"label"`
		Email    loose `json:"email"`
		Phone    loose `json:"phone"`
		URL      loose `json:"url"`
		Website  loose `json:"website"` // before 1.0
		Summary  loose `json:"summary"`
		Location struct {
			Address    loose         `json:"address"`
			PostalCode loose         `json:"postalCode"`
			City       loose         `json:"city"`
			Country    loose         `json:"countryCode"`
			Unknown    record.Fields `json:",embed"`
		} `json:"location"`
		Profiles []struct {
			Network  loose         `json:"network"`
			Username loose         `json:"username"`
			URL      loose         `json:"url"`
			Unknown  record.Fields `json:",embed"`
		} `json:"profiles"`
		Unknown record.Fields `json:",embed"`
	} `json:"basics"`
	Work      []jsonResumeWork `json:"work"`
	Education []struct {
		Institution loose         `json:"institution"`
		Area        loose         `json:"area"`
		StudyType   loose         `json:"studyType"`
		Start       loose         `json:"startDate"`
		End         loose         `json:"endDate"`
		Unknown     record.Fields `json:",embed"`
	} `json:"education"`
	Skills []struct {
		Name     loose         `json:"name"`
		Keywords []loose       `json:"keywords"`
		Unknown  record.Fields `json:",embed"`
	} `json:"skills"`
	Projects []struct {
		Name        loose         `json:"name"`
		Description loose         `json:"description"`
		Highlights  []loose       `json:"highlights"`
		Unknown     record.Fields `json:",embed"`
	} `json:"projects"`
	Languages []struct {
		Language loose         `json:"language"`
		Unknown  record.Fields `json:",embed"`
	} `json:"languages"`
	References []struct {
		Name      loose         `json:"name"`
		Reference loose         `json:"reference"`
		Unknown   record.Fields `json:",embed"`
	} `json:"references"`
	Unknown record.Fields `json:",embed"`
}

type jsonResumeWork struct {
	Name       loose         `json:"name"`
	Company    loose         `json:"company"` // before 1.0
	Position   loose         `json:"position"`
	URL        loose         `json:"url"`
	Website    loose         `json:"website"` // before 1.0
	Start      loose         `json:"startDate"`
	End        loose         `json:"endDate"`
	Summary    loose         `json:"summary"`
	Highlights []loose       `json:"highlights"`
	Location   loose         `json:"location"`
	Unknown    record.Fields `json:",embed"`
}

func jsonResumeKnows(n names) bool {
	return n.has("basics") && n.any("basics.name", "basics.email", "work", "education", "skills")
}

func decodeJSONResume(raw []byte, c given) (*record.Application, error) {
	var j jsonResume
	if err := decodeShape(raw, &j); err != nil {
		return nil, err
	}
	a := &record.Application{ID: c.id, Source: c.sourceOr("json-resume"), ReceivedAt: c.received}
	b := &j.Basics
	a.Person.Name = string(b.Name)
	where := &b.Location
	a.Person.Address = record.Address{Lines: lined(string(where.Address)), City: string(where.City), Postcode: string(where.PostalCode),
		Country: country(string(where.Country))}
	if where.Country != "" && a.Person.Address.Country == "" {
		keepText(a, "basics.location.countryCode", string(where.Country))
	}
	addEmail(a, string(b.Email))
	addPhone(a, string(b.Phone))
	addURL(a, string(b.URL))
	addURL(a, string(b.Website))
	for _, p := range b.Profiles {
		addAccount(a, string(p.Network), string(p.Username))
		addURL(a, string(p.URL))
	}
	var text textBuilder
	text.line(string(b.Label))
	text.line(string(b.Summary))
	for i, w := range j.Work {
		at := "work[" + strconv.Itoa(i) + "]."
		p := record.Work{Organisation: string(w.Name + w.Company), Title: string(w.Position), URL: string(w.URL + w.Website),
			Country: lastCountry(string(w.Location))}
		putSpan(a, &p.Start, &p.End, at, [2]string{"startDate", "endDate"}, w.Start, w.End, anyOrder)
		if w.Location != "" {
			keepText(a, at+"location", string(w.Location))
		}
		var own textBuilder
		own.line(string(w.Summary))
		for _, h := range w.Highlights {
			own.line(string(h))
		}
		p.Text = own.String()
		a.Resume.Work = append(a.Resume.Work, p)
		text.line(p.Title)
		text.line(p.Organisation)
		text.line(p.Text)
	}
	for i, e := range j.Education {
		at := "education[" + strconv.Itoa(i) + "]."
		s := record.Education{Institution: string(e.Institution), Degree: strings.TrimSpace(string(e.StudyType) + " " + string(e.Area))}
		putSpan(a, &s.Start, &s.End, at, [2]string{"startDate", "endDate"}, e.Start, e.End, anyOrder)
		a.Resume.Education = append(a.Resume.Education, s)
	}
	for _, p := range j.Projects {
		text.line(string(p.Name))
		text.line(string(p.Description))
		for _, h := range p.Highlights {
			text.line(string(h))
		}
	}
	for _, s := range j.Skills {
		addOnce(&a.Resume.Skills, string(s.Name))
		for _, k := range s.Keywords {
			addOnce(&a.Resume.Skills, string(k))
		}
	}
	for i, l := range j.Languages {
		if tag := languageTag(string(l.Language)); tag != "" {
			addOnce(&a.Person.Languages, tag)
		} else if l.Language != "" {
			keepText(a, "languages["+strconv.Itoa(i)+"].language", string(l.Language))
		}
	}
	for _, r := range j.References {
		a.References = append(a.References, record.Reference{Name: string(r.Name), Text: string(r.Reference)})
	}
	a.Resume.Text = text.String()
	keepRest(a, "", &j)
	return a, nil
}

// textBuilder joins paragraphs that say something.
type textBuilder struct{ strings.Builder }

func (t *textBuilder) line(s string) {
	if s = strings.TrimSpace(s); s != "" {
		if t.Len() > 0 {
			t.WriteByte('\n')
		}
		t.WriteString(s)
	}
}
