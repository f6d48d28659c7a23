package checks

import (
	"fmt"
	"strings"

	"bonafide/record"
)

// mask copies what one check may read and nothing else.
type mask struct {
	fields   []func(to, from *record.Application)
	session  []func(to, from *record.Session)
	kinds    [record.Kinds]bool
	anyLinks bool
}

// fields are the paths a check may name in Reads. What section "rejected
// signals" of the catalogue forbids has no path: languages, keyboard, place of
// study, user agent. Nationality is there for one comparison only, with the
// person's own documents.
var fields = map[string]func(to, from *record.Application){
	"source":             func(to, from *record.Application) { to.Source = from.Source },
	"received_at":        func(to, from *record.Application) { to.ReceivedAt = from.ReceivedAt },
	"role":               func(to, from *record.Application) { to.Role = from.Role },
	"person.name":        func(to, from *record.Application) { to.Person.Name = from.Person.Name },
	"person.other_names": func(to, from *record.Application) { to.Person.OtherNames = from.Person.OtherNames },
	"person.birth_date":  func(to, from *record.Application) { to.Person.BirthDate = from.Person.BirthDate },
	"person.nationality": func(to, from *record.Application) { to.Person.Nationality = from.Person.Nationality },
	"person.address":     func(to, from *record.Application) { to.Person.Address = from.Person.Address },
	"person.timezone":    func(to, from *record.Application) { to.Person.Timezone = from.Person.Timezone },
	"emails":             func(to, from *record.Application) { to.Emails = from.Emails },
	"phones":             func(to, from *record.Application) { to.Phones = from.Phones },
	"accounts":           func(to, from *record.Application) { to.Accounts = from.Accounts },
	"urls":               func(to, from *record.Application) { to.URLs = from.URLs },
	"resume.text":        func(to, from *record.Application) { to.Resume.Text = from.Resume.Text },
	"resume.file": func(to, from *record.Application) {
		to.Resume.File, to.Resume.SHA256 = from.Resume.File, from.Resume.SHA256
	},
	"resume.work":   func(to, from *record.Application) { to.Resume.Work = from.Resume.Work },
	"resume.skills": func(to, from *record.Application) { to.Resume.Skills = from.Resume.Skills },
	// Dates only: where somebody studied is never looked at.
	"resume.education.dates": func(to, from *record.Application) {
		for _, e := range from.Resume.Education {
			to.Resume.Education = append(to.Resume.Education, record.Education{Start: e.Start, End: e.End})
		}
	},
	"documents":    func(to, from *record.Application) { to.Documents = from.Documents },
	"references":   func(to, from *record.Application) { to.References = from.References },
	"payouts":      func(to, from *record.Application) { to.Payouts = from.Payouts },
	"delivery":     func(to, from *record.Application) { to.Delivery = from.Delivery },
	"photos":       func(to, from *record.Application) { to.Photos = from.Photos },
	"interviews":   func(to, from *record.Application) { to.Interviews = from.Interviews },
	"submitted_by": func(to, from *record.Application) { to.SubmittedBy = from.SubmittedBy },
	"referred_by":  func(to, from *record.Application) { to.ReferredBy = from.ReferredBy },
	"stage":        func(to, from *record.Application) { to.Stage = from.Stage },
	"tax_ids":      func(to, from *record.Application) { to.TaxIDs = from.TaxIDs },
	"contract":     func(to, from *record.Application) { to.Contract = from.Contract },
	"answers":      func(to, from *record.Application) { to.Answers = from.Answers },
	"messages":     func(to, from *record.Application) { to.Messages = from.Messages },
	"history":      func(to, from *record.Application) { to.History = from.History },
	"profiles":     func(to, from *record.Application) { to.Profiles = from.Profiles },
	"requests":     func(to, from *record.Application) { to.Requests = from.Requests },
	"clearances":   func(to, from *record.Application) { to.Clearances = from.Clearances },
	"mail_facts":   func(to, from *record.Application) { to.MailFacts = from.MailFacts },
	"tools":        func(to, from *record.Application) { to.Tools = from.Tools },
	"files":        func(to, from *record.Application) { to.Files = from.Files },

	"events":          func(to, from *record.Application) { to.Events = from.Events },
	"computers":       func(to, from *record.Application) { to.Computers = from.Computers },
	"confirmations":   func(to, from *record.Application) { to.Confirmations = from.Confirmations },
	"moments":         func(to, from *record.Application) { to.Moments = from.Moments },
	"reverifications": func(to, from *record.Application) { to.Reverifications = from.Reverifications },
	"code":            func(to, from *record.Application) { to.Code = from.Code },
	"platforms":       func(to, from *record.Application) { to.Platforms = from.Platforms },
	"agency":          func(to, from *record.Application) { to.Agency = from.Agency },
	"pages":           func(to, from *record.Application) { to.Pages = from.Pages },
	"departure":       func(to, from *record.Application) { to.Departure = from.Departure },
	"publications":    func(to, from *record.Application) { to.Publications = from.Publications },
}

// sessionFields are the parts of a session a check may read.
var sessionFields = map[string]func(to, from *record.Session){
	"sessions.at":       func(to, from *record.Session) { to.At = from.At },
	"sessions.kind":     func(to, from *record.Session) { to.Kind = from.Kind },
	"sessions.ip":       func(to, from *record.Session) { to.IP = from.IP },
	"sessions.timezone": func(to, from *record.Session) { to.Timezone = from.Timezone },
	"sessions.device":   func(to, from *record.Session) { to.Device = from.Device },
}

func newMask(reads []string) (mask, error) {
	var m mask
	for _, path := range reads {
		if copyField, ok := fields[path]; ok {
			m.fields = append(m.fields, copyField)
			continue
		}
		if copyPart, ok := sessionFields[path]; ok {
			m.session = append(m.session, copyPart)
			continue
		}
		word, isLink := strings.CutPrefix(path, "links.")
		var k record.Kind
		if !isLink || k.UnmarshalText([]byte(word)) != nil || k == record.KindNone {
			return m, fmt.Errorf("reads an unknown field %q", path)
		}
		m.kinds[k], m.anyLinks = true, true
	}
	return m, nil
}

// applyTo copies what may be seen into an application that is used again from check
// to check: a million applications need not make sixty million copies.
func (m *mask) applyTo(to, from *record.Application) *record.Application {
	sessions := to.Sessions[:0]
	*to = record.Application{}
	for _, copyField := range m.fields {
		copyField(to, from)
	}
	if len(m.session) > 0 && len(from.Sessions) > 0 {
		for i := range from.Sessions {
			sessions = append(sessions, record.Session{})
			to.Sessions = sessions
			for _, copyPart := range m.session {
				copyPart(&to.Sessions[i], &from.Sessions[i])
			}
		}
	}
	return to
}

func (m *mask) links(all []record.Link) []record.Link {
	if !m.anyLinks {
		return nil
	}
	var mine []record.Link
	for i := range all {
		if m.kinds[all[i].Kind] {
			mine = append(mine, all[i])
		}
	}
	return mine
}
