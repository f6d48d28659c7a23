package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"bonafide/record"
)

// LinkedIn: the archive of tables in which it hands somebody their own data. Read
// are the tables about the person; who they know and what others wrote to them
// (Connections, Messages, Invitations, …) is never unpacked: those are other
// people's. The id is the name of the archive, the date the caller's.

// linkedInTables are the members of an archive that are read; the locked reader
// of files unpacks these and no others.
var linkedInTables = map[string]func(*record.Application, linkedInRow){
	"profile.csv":                  linkedInProfile,
	"profile summary.csv":          func(a *record.Application, r linkedInRow) { a.Resume.Text += r.take("Profile Summary") },
	"positions.csv":                linkedInPosition,
	"education.csv":                linkedInSchool,
	"skills.csv":                   func(a *record.Application, r linkedInRow) { addOnce(&a.Resume.Skills, r.take("Name")) },
	"languages.csv":                linkedInLanguage,
	"email addresses.csv":          func(a *record.Application, r linkedInRow) { addEmail(a, r.take("Email Address")) },
	"phonenumbers.csv":             func(a *record.Application, r linkedInRow) { addPhone(a, r.take("Number")) },
	"whatsapp phone numbers.csv":   func(a *record.Application, r linkedInRow) { addPhone(a, r.take("Number")) },
	"recommendations_received.csv": linkedInReferee,
	"certifications.csv":           nil, // kept in extra as it stands
	"projects.csv":                 nil,
}

// linkedInRow is one row by the names of its columns; what is taken is gone.
type linkedInRow map[string]string

func (r linkedInRow) take(column string) string {
	v := r[column]
	delete(r, column)
	return strings.TrimSpace(v)
}

// mostRows bounds one table.
const mostRows = 5_000

func decodeLinkedIn(parts []Part, c given) (*record.Application, error) {
	a := &record.Application{ID: c.id, Source: c.sourceOr("linkedin"), ReceivedAt: c.received}
	for _, name := range []string{"profile.csv", "profile summary.csv", "positions.csv", "education.csv", "skills.csv", "languages.csv", "email addresses.csv",
		"phonenumbers.csv", "whatsapp phone numbers.csv", "recommendations_received.csv", "certifications.csv", "projects.csv"} {
		for _, p := range parts {
			if strings.ToLower(p.Name) == name {
				if err := linkedInTable(a, p, linkedInTables[name]); err != nil {
					return nil, at(p.Name, err)
				}
			}
		}
	}
	if a.Person.Name == "" && len(a.Emails) == 0 {
		return nil, record.Invalid("Profile.csv", "nobody is named in it")
	}
	var text textBuilder
	text.line(a.Resume.Text)
	for i := range a.Resume.Work {
		w := &a.Resume.Work[i]
		text.line(w.Title)
		text.line(w.Organisation)
		text.line(w.Text)
	}
	a.Resume.Text = text.String()
	return a, tidy(a)
}

// linkedInTable reads one table; some begin with notes before their header.
func linkedInTable(a *record.Application, p Part, row func(*record.Application, linkedInRow)) error {
	text := strings.TrimPrefix(p.Text, "\ufeff")
	if strings.HasPrefix(text, "Notes:") {
		if _, after, found := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n"); found {
			text = after
		}
	}
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if err == io.EOF {
		return nil
	}
	for n := 0; err == nil; n++ {
		var cells []string
		if cells, err = in.Read(); err != nil {
			break
		}
		line, _ := in.FieldPos(0)
		if n == mostRows {
			keepText(a, p.Name, "rows beyond the bound were not read")
			return nil
		}
		if len(cells) != len(header) {
			return record.Invalid("line "+strconv.Itoa(line), "another number of cells than the header has")
		}
		r := linkedInRow{}
		for i, c := range cells {
			r[strings.TrimSpace(header[i])] = c
		}
		if row != nil {
			row(a, r)
		}
		for _, column := range header {
			keepText(a, p.Name+"["+strconv.Itoa(n)+"]."+strings.TrimSpace(column), r.take(strings.TrimSpace(column)))
		}
	}
	if err == io.EOF {
		return nil
	}
	line := 1
	if p := (*csv.ParseError)(nil); errors.As(err, &p) {
		line = p.Line
	}
	return record.Invalid("line "+strconv.Itoa(line), "not a table of the kind the archive has")
}

func linkedInProfile(a *record.Application, r linkedInRow) {
	a.Person.Name = strings.TrimSpace(r.take("First Name") + " " + r.take("Last Name"))
	if maiden := r.take("Maiden Name"); maiden != "" {
		addOnce(&a.Person.OtherNames, maiden)
	}
	putDate(a, &a.Person.BirthDate, "Profile.csv.Birth Date", loose(r.take("Birth Date")), anyOrder)
	place := r.take("Geo Location")
	a.Person.Address = record.Address{Lines: lined(r.take("Address")), Postcode: r.take("Zip Code"), Country: lastCountry(place)}
	keepText(a, "Profile.csv.Geo Location", place)
	var text textBuilder
	text.line(r.take("Headline"))
	text.line(r.take("Summary"))
	a.Resume.Text = text.String()
	for _, site := range bracketed(r.take("Websites")) {
		_, address, labelled := strings.Cut(site, ":")
		if labelled && !strings.HasPrefix(address, "//") {
			site = address
		}
		addURL(a, site)
	}
	for _, handle := range bracketed(r.take("Twitter Handles")) {
		addAccount(a, "twitter", handle)
	}
}

// bracketed are the values of a cell such as "[PERSONAL:https://a.example,OTHER:https://b.example]".
func bracketed(cell string) []string {
	return strings.FieldsFunc(strings.Trim(cell, "[]"), func(r rune) bool { return r == ',' || r == ' ' })
}

func linkedInPosition(a *record.Application, r linkedInRow) {
	w := record.Work{Organisation: r.take("Company Name"), Title: r.take("Title"), Text: r.take("Description")}
	place := r.take("Location")
	w.Country = lastCountry(place)
	at := "Positions.csv[" + strconv.Itoa(len(a.Resume.Work)) + "]."
	keepText(a, at+"Location", place)
	putSpan(a, &w.Start, &w.End, at, [2]string{"Started On", "Finished On"}, loose(r.take("Started On")), loose(r.take("Finished On")), anyOrder)
	a.Resume.Work = append(a.Resume.Work, w)
}

func linkedInSchool(a *record.Application, r linkedInRow) {
	s := record.Education{Institution: r.take("School Name"), Degree: r.take("Degree Name")}
	putSpan(a, &s.Start, &s.End, "Education.csv["+strconv.Itoa(len(a.Resume.Education))+"].", [2]string{"Start Date", "End Date"}, loose(r.take("Start Date")), loose(r.take("End Date")), anyOrder)
	a.Resume.Education = append(a.Resume.Education, s)
}

func linkedInLanguage(a *record.Application, r linkedInRow) {
	name := r.take("Name")
	if tag := languageTag(name); tag != "" {
		addOnce(&a.Person.Languages, tag)
	} else {
		keepText(a, "Languages.csv.Name", name)
	}
}

func linkedInReferee(a *record.Application, r linkedInRow) {
	a.References = append(a.References, record.Reference{Name: strings.TrimSpace(r.take("First Name") + " " + r.take("Last Name")),
		Organisation: r.take("Company"), Relationship: r.take("Job Title"), Text: r.take("Text")})
}
