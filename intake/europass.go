package intake

import (
	"cmp"
	"html"
	"regexp"
	"strings"

	"bonafide/record"
)

// Europass: the CV as the European platform exports it today (Candidate, schema
// 1.0 of europass.eu) and as it did until 2020 (SkillsPassport, version 3: see
// europass_old.go). The same document stands inside the PDF that the platform
// makes; the locked reader of files takes it out. It has no date of application.
// Pictures in it are not kept, attributes neither.

func decodeEuropass(raw []byte, c given) (*record.Application, error) {
	root, err := readXML(raw)
	if err != nil {
		return nil, err
	}
	a := &record.Application{ID: c.id, Source: c.sourceOr("europass"), ReceivedAt: c.received}
	switch root.name {
	case "Candidate":
		europassPerson(a, root.find("CandidatePerson"))
		europassProfiles(a, root.all("CandidateProfile"))
	case "SkillsPassport", "Europass":
		oldEuropass(a, root.find("LearnerInfo"))
	default:
		return nil, record.Invalid("", "XML, but no Europass CV")
	}
	root.rest("", func(path, text string) { keepText(a, path, text) })
	return a, tidy(a)
}

func europassPerson(a *record.Application, p *element) {
	a.Person.Name = strings.TrimSpace(p.take("PersonName", "GivenName") + " " + p.take("PersonName", "FamilyName"))
	putDate(a, &a.Person.BirthDate, "CandidatePerson.BirthDate", loose(p.take("BirthDate")), anyOrder)
	a.Person.Nationality = europassCountry(a, "CandidatePerson.NationalityCode", p.take("NationalityCode"))
	for _, l := range p.all("PrimaryLanguageCode") {
		europassLanguage(a, "CandidatePerson.PrimaryLanguageCode", l)
	}
	for _, c := range p.all("Communication") {
		channel, value := strings.ToLower(c.take("ChannelCode")), c.take("URI")
		switch {
		case channel == "email":
			addEmail(a, value)
		case channel == "telephone" || c.find("DialNumber").text != "":
			number := c.take("AreaDialing") + c.take("DialNumber")
			if code := strings.TrimLeft(c.take("CountryDialing"), "+0"); code != "" {
				number = "+" + code + " " + number
			}
			addPhone(a, number)
		default:
			addURL(a, value)
		}
		if where := c.find("Address"); len(where.kids) > 0 && a.Person.Address.IsZero() {
			for _, l := range where.all("AddressLine") {
				a.Person.Address.Lines = append(a.Person.Address.Lines, l.take())
			}
			if street := strings.TrimSpace(where.take("StreetName") + " " + where.take("BuildingNumber")); street != "" {
				a.Person.Address.Lines = append(a.Person.Address.Lines, street)
			}
			a.Person.Address.City, a.Person.Address.Postcode = where.take("CityName"), where.take("PostalCode")
			a.Person.Address.Country = europassCountry(a, "Communication.Address.CountryCode", where.take("CountryCode"))
		}
	}
}

// europassProfiles: a CV in several languages is several profiles of one career;
// the first is read, the others' texts are kept with what is not read.
func europassProfiles(a *record.Application, all []*element) {
	if len(all) == 0 {
		return
	}
	p := all[0]
	var text textBuilder
	text.line(plainHTML(p.take("ExecutiveSummary")))
	for _, e := range p.all("EmploymentHistory", "EmployerHistory") {
		positions := e.all("PositionHistory")
		if len(positions) == 0 {
			positions = []*element{e}
		}
		for _, h := range positions {
			w := record.Work{Organisation: e.take("OrganizationName"), Title: h.take("PositionTitle"), Text: plainHTML(h.take("Description"))}
			where := e.find("OrganizationContact", "Communication", "Address")
			w.Country = europassCountry(a, "EmployerHistory.CountryCode", where.take("CountryCode"))
			europassSpan(a, &w.Start, &w.End, "EmployerHistory.", cmp.Or(nonEmpty(h.find("EmploymentPeriod")), e.find("EmploymentPeriod")))
			h.find("CurrentIndicator").read = true
			a.Resume.Work = append(a.Resume.Work, w)
			text.line(w.Title)
			text.line(w.Organisation)
			text.line(w.Text)
		}
	}
	for _, e := range p.all("EducationHistory", "EducationOrganizationAttendance") {
		s := record.Education{Institution: e.take("OrganizationName"), Degree: cmp.Or(e.take("EducationDegree", "DegreeName"), e.take("ProgramName"))}
		s.Country = europassCountry(a, "Education.CountryCode", e.take("OrganizationContact", "Communication", "Address", "CountryCode"))
		europassSpan(a, &s.Start, &s.End, "EducationOrganizationAttendance.", e.find("AttendancePeriod"))
		a.Resume.Education = append(a.Resume.Education, s)
	}
	for _, q := range p.all("PersonQualifications", "PersonCompetency") {
		if id := q.find("CompetencyID"); strings.EqualFold(q.take("TaxonomyID"), "language") {
			europassLanguage(a, "PersonCompetency.CompetencyID", id)
		} else {
			addOnce(&a.Resume.Skills, q.take("CompetencyName"))
		}
	}
	a.Resume.Text = text.String()
}

func nonEmpty(e *element) *element {
	if e.name == "" {
		return nil
	}
	return e
}

func europassSpan(a *record.Application, start, end *record.Date, path string, p *element) {
	from, to := p.take("StartDate", "FormattedDateTime"), p.take("EndDate", "FormattedDateTime")
	if p.take("CurrentIndicator") == "true" {
		to = ""
	}
	putSpan(a, start, end, path, [2]string{"StartDate", "EndDate"}, loose(from), loose(to), anyOrder)
}

// europassCountry: codes as the Union writes them, EL for Greece.
func europassCountry(a *record.Application, path, code string) string {
	if strings.EqualFold(code, "EL") {
		return "GR"
	}
	c := country(code)
	if c == "" {
		keepText(a, path, code)
	}
	return c
}

func europassLanguage(a *record.Application, path string, e *element) {
	code := e.take()
	if tag := cmp.Or(languageTag(code), threeLetters(code)); tag != "" {
		addOnce(&a.Person.Languages, tag)
	} else {
		keepText(a, path, code)
	}
}

var (
	breakTag = regexp.MustCompile(`(?i)<(?:br|/p|/li|/div|/ul|/ol)[^>]{0,80}>`)
	anyTag   = regexp.MustCompile(`<[^>]{0,400}>`)
)

// plainHTML is the text of a piece of HTML, which the forms of the platform write.
func plainHTML(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	s = anyTag.ReplaceAllString(breakTag.ReplaceAllString(s, "\n"), "")
	var b textBuilder
	for _, line := range strings.Split(html.UnescapeString(s), "\n") {
		b.line(line)
	}
	return b.String()
}
