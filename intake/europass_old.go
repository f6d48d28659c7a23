package intake

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"

	"bonafide/record"
)

// oldEuropass reads a CV of version 3, as the platform wrote it until 2020: dates
// are attributes (year="2011" month="--03" day="---01").
func oldEuropass(a *record.Application, l *element) {
	who := l.find("Identification")
	a.Person.Name = strings.TrimSpace(who.take("PersonName", "FirstName") + " " + who.take("PersonName", "Surname"))
	contact := who.find("ContactInfo")
	where := contact.find("Address", "Contact")
	a.Person.Address = record.Address{Lines: lined(where.take("AddressLine")), City: where.take("Municipality"), Postcode: where.take("PostalCode"),
		Country: europassCountry(a, "ContactInfo.Country.Code", where.take("Country", "Code"))}
	where.find("Country", "Label").read = true
	addEmail(a, contact.take("Email", "Contact"))
	for _, t := range contact.all("TelephoneList", "Telephone") {
		addPhone(a, t.take("Contact"))
	}
	for _, w := range contact.all("WebsiteList", "Website") {
		addURL(a, w.take("Contact"))
	}
	a.Person.BirthDate = oldDate(who.find("Demographics", "Birthdate"))
	for _, n := range who.all("Demographics", "NationalityList", "Nationality")[:min(1, len(who.all("Demographics", "NationalityList", "Nationality")))] {
		a.Person.Nationality = europassCountry(a, "Nationality.Code", n.take("Code"))
	}
	var text textBuilder
	text.line(plainHTML(l.take("Headline", "Description", "Label")))
	for _, e := range l.all("WorkExperienceList", "WorkExperience") {
		w := record.Work{Organisation: e.take("Employer", "Name"), Title: e.take("Position", "Label"), Text: plainHTML(e.take("Activities"))}
		address := e.find("Employer", "ContactInfo", "Address", "Contact")
		w.Country = europassCountry(a, "Employer.Country.Code", address.take("Country", "Code"))
		oldSpan(a, &w.Start, &w.End, e.find("Period"))
		a.Resume.Work = append(a.Resume.Work, w)
		text.line(w.Title)
		text.line(w.Organisation)
		text.line(w.Text)
	}
	for _, e := range l.all("EducationList", "Education") {
		s := record.Education{Institution: e.take("Organisation", "Name"), Degree: e.take("Title")}
		s.Country = europassCountry(a, "Organisation.Country.Code", e.take("Organisation", "ContactInfo", "Address", "Contact", "Country", "Code"))
		oldSpan(a, &s.Start, &s.End, e.find("Period"))
		a.Resume.Education = append(a.Resume.Education, s)
	}
	tongues := l.find("Skills", "Linguistic")
	for _, t := range append(tongues.all("MotherTongueList", "MotherTongue"), tongues.all("ForeignLanguageList", "ForeignLanguage")...) {
		europassLanguage(a, "Linguistic.Code", t.find("Description", "Code"))
	}
	a.Resume.Text = text.String()
}

// oldSpan: a period without a readable end that does not say it lasts stays undated.
func oldSpan(a *record.Application, start, end *record.Date, p *element) {
	from, to := oldDate(p.find("From")), oldDate(p.find("To"))
	if to == "" && p.take("Current") != "true" {
		keepText(a, "Period.From", string(from))
		from = ""
	}
	*start, *end = from, to
}

func oldDate(e *element) record.Date {
	year, month, day := e.attrs["year"], strings.Trim(e.attrs["month"], "-"), strings.Trim(e.attrs["day"], "-")
	for _, d := range []string{year + "-" + month + "-" + day, year + "-" + month, year} {
		if x := record.Date(d); x.Valid() && !wrong(x) {
			return x
		}
	}
	return ""
}

// threeLetters is the tag of a language named by its three letters (ISO 639-2).
func threeLetters(code string) string {
	if len(code) != 3 {
		return ""
	}
	b, err := language.ParseBase(cmp.Or(bibliographic(code), code))
	if err != nil {
		return ""
	}
	return b.String()
}

// bibliographic codes are the older ones of ISO 639-2/B.
func bibliographic(code string) string {
	switch strings.ToLower(code) {
	case "ger":
		return "deu"
	case "fre":
		return "fra"
	case "gre":
		return "ell"
	case "dut":
		return "nld"
	case "cze":
		return "ces"
	case "rum":
		return "ron"
	case "slo":
		return "slk"
	case "chi":
		return "zho"
	}
	return ""
}
