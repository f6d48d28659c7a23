package intake

import (
	"strings"
	"time"

	"golang.org/x/text/language"

	"bonafide/record"
)

// cell is one value of a table on its way into the record.
type cell struct {
	text   string
	column string // its name, for extra and for questions
	index  int    // which of several
	order  dayOrder
}

// put is where the paths of a table's columns lead. It reports false when the
// cell does not say what its column should: then it is kept in extra.
var put = map[string]func(a *record.Application, c cell) bool{
	"id":     func(a *record.Application, c cell) bool { a.ID = c.text; return true },
	"source": func(a *record.Application, c cell) bool { a.Source = c.text; return true },
	"received_at": func(a *record.Application, c cell) bool {
		a.ReceivedAt = timeOf(c.text, c.order)
		return !a.ReceivedAt.IsZero()
	},

	"role.id":    func(a *record.Application, c cell) bool { a.Role.ID = c.text; return true },
	"role.title": func(a *record.Application, c cell) bool { a.Role.Title = c.text; return true },
	"role.country": func(a *record.Application, c cell) bool {
		a.Role.Country = country(c.text)
		return a.Role.Country != ""
	},
	"role.remote": func(a *record.Application, c cell) bool {
		yes, known := truth(c.text)
		a.Role.Remote = yes
		return known
	},
	"role.tier": func(a *record.Application, c cell) bool { a.Role.Tier = strings.ToUpper(c.text); return true },

	"person.name":        func(a *record.Application, c cell) bool { a.Person.Name = c.text; return true },
	"person.first":       func(a *record.Application, c cell) bool { a.Person.Name = c.text + " " + a.Person.Name; return true },
	"person.last":        func(a *record.Application, c cell) bool { a.Person.Name += c.text; return true },
	"person.other_names": func(a *record.Application, c cell) bool { return each(c.text, ";|\n", &a.Person.OtherNames) },
	"person.birth_date":  func(a *record.Application, c cell) bool { return c.date(&a.Person.BirthDate) },
	"person.nationality": func(a *record.Application, c cell) bool {
		a.Person.Nationality = country(c.text)
		return a.Person.Nationality != ""
	},
	"person.address.lines": func(a *record.Application, c cell) bool {
		a.Person.Address.Lines = append(a.Person.Address.Lines, lined(c.text)...)
		return true
	},
	"person.address.house": func(a *record.Application, c cell) bool {
		if len(a.Person.Address.Lines) == 0 {
			return false
		}
		a.Person.Address.Lines[0] += " " + c.text
		return true
	},
	"person.address.city":     func(a *record.Application, c cell) bool { a.Person.Address.City = c.text; return true },
	"person.address.postcode": func(a *record.Application, c cell) bool { a.Person.Address.Postcode = c.text; return true },
	"person.address.country": func(a *record.Application, c cell) bool {
		a.Person.Address.Country = country(c.text)
		return a.Person.Address.Country != ""
	},
	"person.timezone": func(a *record.Application, c cell) bool { a.Person.Timezone = c.text; return true },
	"person.languages": func(a *record.Application, c cell) bool {
		known := true
		for _, part := range strings.FieldsFunc(c.text, anyOf(",;|/\n")) {
			if tag := languageTag(part); tag != "" {
				addOnce(&a.Person.Languages, tag)
			} else {
				known = false
			}
		}
		return known
	},

	"emails": func(a *record.Application, c cell) bool {
		for _, part := range strings.FieldsFunc(c.text, anyOf(",;|\n ")) {
			addEmail(a, part)
		}
		return true
	},
	"phones": func(a *record.Application, c cell) bool { return each(c.text, ",;|\n", &a.Phones) },
	"urls": func(a *record.Application, c cell) bool {
		for _, part := range strings.FieldsFunc(c.text, anyOf(",;|\n ")) {
			addURL(a, part)
		}
		return true
	},
	"accounts": func(a *record.Application, c cell) bool { return false },

	"resume.text": func(a *record.Application, c cell) bool {
		if isFileName(c.text) {
			a.Resume.File = c.text
		} else {
			a.Resume.Text = c.text
		}
		return true
	},
	"resume.file":   func(a *record.Application, c cell) bool { a.Resume.File = c.text; return true },
	"resume.sha256": func(a *record.Application, c cell) bool { a.Resume.SHA256 = c.text; return true },
	"resume.skills": func(a *record.Application, c cell) bool { return each(c.text, ",;|\n", &a.Resume.Skills) },
	"resume.work.organisation": func(a *record.Application, c cell) bool {
		nth(&a.Resume.Work, c.index).Organisation = c.text
		return true
	},
	"resume.work.title": func(a *record.Application, c cell) bool { nth(&a.Resume.Work, c.index).Title = c.text; return true },
	"resume.work.start": func(a *record.Application, c cell) bool { return c.date(&nth(&a.Resume.Work, c.index).Start) },
	"resume.work.end":   func(a *record.Application, c cell) bool { return c.date(&nth(&a.Resume.Work, c.index).End) },

	"documents.number": func(a *record.Application, c cell) bool { nth(&a.Documents, c.index).Number = c.text; return true },
	"documents.kind": func(a *record.Application, c cell) bool {
		nth(&a.Documents, c.index).Kind = documentKind(c.text)
		return true
	},
	"documents.issuer": func(a *record.Application, c cell) bool {
		nth(&a.Documents, c.index).Issuer = issuer(c.text)
		return true
	},
	"documents.birth_date": func(a *record.Application, c cell) bool { return c.date(&nth(&a.Documents, c.index).BirthDate) },
	"documents.issued":     func(a *record.Application, c cell) bool { return c.date(&nth(&a.Documents, c.index).Issued) },
	"documents.expires":    func(a *record.Application, c cell) bool { return c.date(&nth(&a.Documents, c.index).Expires) },
	"documents.name":       func(a *record.Application, c cell) bool { nth(&a.Documents, c.index).Name = c.text; return true },
	"documents.mrz":        func(a *record.Application, c cell) bool { nth(&a.Documents, c.index).MRZ = lined(c.text); return true },

	"payouts.iban":     payout("iban"),
	"payouts.paypal":   payout("paypal"),
	"payouts.payoneer": payout("payoneer"),
	"payouts.wise":     payout("wise"),
	"payouts.crypto":   payout("crypto"),
	"payouts.bank":     payout("bank"),
	"payouts.holder": func(a *record.Application, c cell) bool {
		if len(a.Payouts) == 0 {
			return false
		}
		a.Payouts[0].Holder = c.text
		return true
	},

	"references.name":  func(a *record.Application, c cell) bool { nth(&a.References, c.index).Name = c.text; return true },
	"references.email": func(a *record.Application, c cell) bool { nth(&a.References, c.index).Email = c.text; return true },
	"references.phone": func(a *record.Application, c cell) bool { nth(&a.References, c.index).Phone = c.text; return true },
	"references.organisation": func(a *record.Application, c cell) bool {
		nth(&a.References, c.index).Organisation = c.text
		return true
	},
	"references.relationship": func(a *record.Application, c cell) bool {
		nth(&a.References, c.index).Relationship = c.text
		return true
	},
	"references.text": func(a *record.Application, c cell) bool { nth(&a.References, c.index).Text = c.text; return true },

	"sessions.ip":         func(a *record.Application, c cell) bool { nth(&a.Sessions, c.index).IP = c.text; return true },
	"sessions.user_agent": func(a *record.Application, c cell) bool { nth(&a.Sessions, c.index).UserAgent = c.text; return true },
	"sessions.device":     func(a *record.Application, c cell) bool { nth(&a.Sessions, c.index).Device = c.text; return true },
	"sessions.timezone":   func(a *record.Application, c cell) bool { nth(&a.Sessions, c.index).Timezone = c.text; return true },

	"tax_ids": func(a *record.Application, c cell) bool {
		t := record.TaxID{Value: c.text}
		if strings.HasPrefix(foldColumn(c.column), "steuer") || foldColumn(c.column) == "idnr" {
			t.Country = "DE"
		}
		a.TaxIDs = append(a.TaxIDs, t)
		return true
	},
	"submitted_by.name": func(a *record.Application, c cell) bool {
		a.SubmittedBy = record.Submitter{Kind: "agency", Name: c.text}
		return true
	},
	"submitted_by.kind": func(a *record.Application, c cell) bool { a.SubmittedBy.Kind = strings.ToLower(c.text); return true },
	"referred_by": func(a *record.Application, c cell) bool {
		if !strings.Contains(c.text, "/") {
			return false // a name; a record is meant
		}
		a.ReferredBy = c.text
		return true
	},
	"delivery.name":     func(a *record.Application, c cell) bool { a.Delivery.Name = c.text; return true },
	"delivery.lines":    func(a *record.Application, c cell) bool { a.Delivery.Lines = lined(c.text); return true },
	"delivery.city":     func(a *record.Application, c cell) bool { a.Delivery.City = c.text; return true },
	"delivery.postcode": func(a *record.Application, c cell) bool { a.Delivery.Postcode = c.text; return true },
	"delivery.country": func(a *record.Application, c cell) bool {
		a.Delivery.Country = country(c.text)
		return a.Delivery.Country != ""
	},
	"photos.file":    func(a *record.Application, c cell) bool { nth(&a.Photos, c.index).File = c.text; return true },
	"photos.sha256":  func(a *record.Application, c cell) bool { nth(&a.Photos, c.index).SHA256 = c.text; return true },
	"photos.phash":   func(a *record.Application, c cell) bool { nth(&a.Photos, c.index).PHash = c.text; return true },
	"contract.party": func(a *record.Application, c cell) bool { a.Contract.Party = c.text; return true },
	"contract.kind":  func(a *record.Application, c cell) bool { a.Contract.Kind = strings.ToLower(c.text); return true },
	"answers":        func(a *record.Application, c cell) bool { addAnswer(a, c.column, c.text); return true },
}

// putter is the way into the record for a path, nil when there is none.
func putter(path string) func(a *record.Application, c cell) bool {
	if service, ok := strings.CutPrefix(path, "accounts."); ok && service != "" {
		return func(a *record.Application, c cell) bool {
			if account, ok := accountOf(c.text); ok && strings.ContainsAny(c.text, "/.") {
				addOnce(&a.URLs, c.text)
				addAccount(a, account.Service, account.Handle)
				return true
			}
			if strings.ContainsAny(c.text, "/ ") {
				addOnce(&a.URLs, c.text)
				return true
			}
			addAccount(a, service, c.text)
			return true
		}
	}
	if path == "accounts" {
		return nil
	}
	return put[path]
}

func (c cell) date(to *record.Date) bool {
	if toThisDay(c.text) {
		return true
	}
	d := day(c.text, c.order)
	if d == "" || wrong(d) && !endless(d) {
		return false
	}
	*to = d
	return true
}

// timeOf reads a time of a table: what moment reads, and a date as people
// write it with or without a time of day behind it (then in UTC).
func timeOf(s string, order dayOrder) time.Time {
	s = strings.TrimSpace(s)
	if t := moment(loose(s)); !t.IsZero() {
		return t
	}
	clock := time.Duration(0)
	if i := strings.IndexByte(s, ':'); i > 0 {
		space := strings.LastIndexAny(s[:i], " T")
		if space < 0 {
			return time.Time{}
		}
		var of time.Time
		var err error
		end := strings.TrimSuffix(strings.TrimSpace(s[space+1:]), " Uhr")
		for _, layout := range []string{"15:04:05", "15:04", "3:04:05 PM", "3:04 PM", "15:04:05Z07:00"} {
			if of, err = time.Parse(layout, end); err == nil {
				break
			}
		}
		if err != nil {
			return time.Time{}
		}
		clock = of.Sub(of.Truncate(24 * time.Hour))
		s = strings.TrimRight(s[:space], " ,")
	}
	from, _, ok := day(s, order).Span()
	if !ok {
		return time.Time{}
	}
	return from.Add(clock)
}

func truth(s string) (yes, known bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "y", "1", "x", "ja", "j", "wahr", "sim", "s", "verdadeiro", "remote", "remoto", "100%", "full":
		return true, true
	case "false", "no", "n", "0", "nein", "falsch", "não", "nao", "falso", "onsite", "on-site", "vor ort", "presencial", "-":
		return false, true
	}
	return false, false
}

// nth is the element i of a list, which grows to hold it.
func nth[T any](list *[]T, i int) *T {
	for len(*list) <= i {
		var zero T
		*list = append(*list, zero)
	}
	return &(*list)[i]
}

func payout(kind string) func(a *record.Application, c cell) bool {
	return func(a *record.Application, c cell) bool {
		a.Payouts = append(a.Payouts, record.Payout{Kind: kind, Value: c.text})
		return true
	}
}

func each(text, separators string, list *[]string) bool {
	for _, part := range strings.FieldsFunc(text, anyOf(separators)) {
		addOnce(list, strings.TrimSpace(part))
	}
	return true
}

func anyOf(set string) func(rune) bool {
	return func(r rune) bool { return strings.ContainsRune(set, r) }
}

// isFileName tells the name or address of a file from the text of a résumé.
func isFileName(s string) bool {
	if len(s) > 300 || strings.ContainsAny(s, "\n") {
		return false
	}
	low := strings.ToLower(s)
	for _, ext := range []string{".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt"} {
		if strings.HasSuffix(low, ext) {
			return true
		}
	}
	return strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://")
}

func documentKind(s string) string {
	switch foldColumn(s) {
	case "passport", "reisepass", "pass", "passaporte":
		return "passport"
	case "idcard", "identitycard", "nationalid", "id", "personalausweis", "ausweis", "cartaodecidadao", "bilhetedeidentidade":
		return "id-card"
	case "residencepermit", "aufenthaltstitel", "tituloderesidencia", "autorizacaoderesidencia":
		return "residence-permit"
	case "drivinglicence", "driverslicense", "drivinglicense", "fuhrerschein", "cartadeconducao":
		return "driving-licence"
	}
	return strings.ToLower(strings.TrimSpace(s))
}

// issuer is the alpha-3 code of a document's issuer, or the text as it stands.
func issuer(s string) string {
	if c := country(s); c != "" {
		if r, err := language.ParseRegion(c); err == nil {
			return r.ISO3()
		}
	}
	return strings.ToUpper(strings.TrimSpace(s))
}

// addAnswer adds an answer, and the account when it is the address of a profile.
func addAnswer(a *record.Application, question, text string) {
	a.Answers = append(a.Answers, record.Answer{Question: question, Text: text})
	if !strings.ContainsAny(text, " \n") && strings.ContainsAny(text, "./") {
		if _, ok := accountOf(text); ok {
			addURL(a, text)
		}
	}
}
