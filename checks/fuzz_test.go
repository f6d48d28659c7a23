package checks

import (
	"testing"
	"time"

	"bonafide/record"
)

// FuzzText puts outside text where checks read free text, headers and names.
func FuzzText(f *testing.F) {
	f.Add("Developer (2006 - 2009)\n- Kubernetes\n15+ years of Flutter", "From: \"Ana Silva\" <ana@example.com>\r\n", "Silva & Costa Lda")
	f.Add("anos 12 1999 – heute", "from: <", "Петренко, О.")
	f.Add("\x00\xff", "", "a b")
	r, err := NewRunner(Catalogue())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, headers, name string) {
		a := &record.Application{ID: "1", Source: "example", ReceivedAt: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
			Person:     record.Person{Name: name, OtherNames: []string{text}, BirthDate: record.Date(text)},
			Emails:     []string{"ana@example.com", text},
			Phones:     []string{text},
			Resume:     record.Resume{Text: text, Skills: []string{text, name}, Work: []record.Work{{Title: text, Text: text, Organisation: name, Start: record.Date(name), End: "2009"}}},
			Documents:  []record.Document{{Name: name, Number: text, Issuer: name, Kind: "passport", MRZ: []string{text, name}, Issued: record.Date(text), Expires: record.Date(name)}},
			Payouts:    []record.Payout{{Kind: "iban", Value: text, Holder: name}, {Kind: "crypto", Value: name, Holder: text}},
			TaxIDs:     []record.TaxID{{Country: "IT", Value: text}, {Country: "DE", Value: name}},
			Messages:   []record.Message{{Headers: headers, Text: text}},
			History:    []record.Change{{Field: "payouts", Old: text, New: name}, {Field: "phones", Old: name, New: text}},
			Profiles:   []record.Profile{{Source: "linkedin", Name: text, Country: name, Work: []record.Work{{Organisation: text, Start: "2012"}}}},
			Contract:   record.Contract{Kind: "company", Party: text},
			References: []record.Reference{{Name: name, Email: text, Phone: name, Organisation: text, Text: text, ReplyIP: name}},
			Delivery:   record.Delivery{Name: name, Lines: []string{text}, City: name},
			Sessions:   []record.Session{{Kind: "apply", IP: text, Timezone: name, Device: text}},
			Answers:    []record.Answer{{Question: name, Text: text}},
		}
		for _, finding := range r.Run(&record.Subject{Application: a}, nil).Findings {
			if finding.Outcome == record.Failed {
				t.Fatalf("%s failed", finding.Check)
			}
		}
	})
}
