package checks

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bonafide/record"
)

// everyday is an application as they come in: about 5 KB, nothing wrong with it.
func everyday() *record.Subject {
	var text strings.Builder
	text.WriteString("Senior developer with 12 years of experience in distributed systems.\n\nExperience\n")
	for y := 2014; y < 2026; y += 3 {
		fmt.Fprintf(&text, "\nDeveloper, Example %d GmbH (%d - %d)\n", y, y, y+3)
		for i := range 6 {
			fmt.Fprintf(&text, "- Built service number %d for billing in Go with PostgreSQL and Kafka, cut response times by %d percent for %d customers.\n", i, 10+i, 1000*(i+y))
		}
	}
	text.WriteString("\nSkills\nGo, PostgreSQL, Docker, Kubernetes, Terraform, Kafka\n")
	at := time.Date(2026, 3, 2, 9, 14, 5, 0, time.UTC)
	return &record.Subject{Application: &record.Application{
		ID: "1", Source: "example", ReceivedAt: at,
		Role: record.Role{ID: "r-17", Title: "Senior Go developer", Country: "DE", Remote: true, Tier: "T1"},
		Person: record.Person{Name: "Oleksandr Petrenko", OtherNames: []string{"Олександр Петренко"}, BirthDate: "1994-05-01", Nationality: "UA", Timezone: "Europe/Lisbon",
			Address: record.Address{Lines: []string{"Rua das Flores 12"}, City: "Porto", Postcode: "4050-262", Country: "PT"}, Languages: []string{"uk", "en"}},
		Emails: []string{"o.petrenko@example.com"}, Phones: []string{"+351912345678"},
		Accounts: []record.Account{{Service: "github", Handle: "opetrenko"}}, URLs: []string{"https://opetrenko.example.com"},
		Resume: record.Resume{Text: text.String(), File: "resume.pdf",
			Work: []record.Work{{Organisation: "Example 2014 GmbH", Title: "Developer", Start: "2014-03", End: "2017-02", Country: "DE", URL: "https://example.com"},
				{Organisation: "Sample Lda", Title: "Developer", Start: "2017-03", End: "2023-08", Country: "PT", URL: "https://sample.example"},
				{Organisation: "Acme Example", Title: "Senior Developer", Start: "2023-09", Country: "PT"}},
			Education: []record.Education{{Institution: "Example University", Degree: "BSc", Start: "2011", End: "2014"}},
			Skills:    []string{"go", "postgresql", "docker", "kubernetes", "terraform", "kafka", "linux", "grpc"}},
		Documents: []record.Document{{Kind: "passport", Issuer: "UTO", Number: "L898902C3", Name: "Oleksandr Petrenko", BirthDate: "1994-05-01", Issued: "2021-01-09", Expires: "2031-01-09",
			MRZ: []string{"P<UTOPETRENKO<<OLEKSANDR<<<<<<<<<<<<<<<<<<<<", "L898902C36UTO9405011M3101090ZE184226B<<<<<14"}, File: "passport.jpg", Method: "photo"}},
		References: []record.Reference{{Name: "Ana Silva", Email: "ana@sample.example", Phone: "+351912345679", Organisation: "Sample Lda", Relationship: "manager",
			RepliedAt: at.AddDate(0, 0, 2), ReplyIP: "203.0.113.9", Text: strings.Repeat("He was careful and kind, and his work held. ", 8)}},
		Sessions: []record.Session{{At: at, Kind: "apply", IP: "203.0.113.7", Timezone: "Europe/Lisbon", Device: "d41d8cd9"},
			{At: at.AddDate(0, 0, 7), Kind: "interview", IP: "203.0.113.7", Timezone: "Europe/Lisbon", Device: "d41d8cd9"}},
		Payouts:    []record.Payout{{Kind: "iban", Value: "PT50000201231234567890154", Holder: "Oleksandr Petrenko", Currency: "EUR", Since: "2026-04-01"}},
		Delivery:   record.Delivery{Name: "O. Petrenko", Lines: []string{"Rua das Flores 12"}, City: "Porto", Postcode: "4050-262", Country: "PT"},
		Photos:     []record.Photo{{File: "photo.jpg", PHash: "c3d2e1f0a5b49687"}},
		Interviews: []record.Interview{{At: at.AddDate(0, 0, 7), Kind: "video"}},
		Stage:      []record.Stage{{At: "2026-03-20", Name: "offer"}},
		TaxIDs:     []record.TaxID{{Country: "PT", Value: "299999998"}},
		Contract:   record.Contract{Kind: "person", Party: "Oleksandr Petrenko"},
		Answers:    []record.Answer{{Question: "q1", Text: strings.Repeat("I like small services with clear edges. ", 10)}},
		Profiles: []record.Profile{{Source: "linkedin", AsOf: "2026-02-20", Name: "Oleksandr Petrenko", Country: "PT",
			Work: []record.Work{{Organisation: "Sample Lda", Start: "2017-04", End: "2023-08"}, {Organisation: "Acme Example", Start: "2023-09"}}}},
	}, Links: []record.Link{{Kind: record.KindNetwork, Field: "sessions[0].ip", Others: []string{"example/2"}, Identities: 1, Population: 1000, Excuse: record.Crowd}}}
}

// TestEveryday: an ordinary application gives nothing that counts.
func TestEveryday(t *testing.T) {
	r, err := NewRunner(Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Run(everyday(), nil).Findings {
		if f.Outcome != record.Hit || f.Strength > record.Weak {
			t.Errorf("%s: %s %s: %s", f.Check, f.Outcome, f.Strength, f.Text.EN)
		}
	}
}

// BenchmarkAll is the cost of all checks for one application.
func BenchmarkAll(b *testing.B) {
	r, err := NewRunner(Catalogue())
	if err != nil {
		b.Fatal(err)
	}
	s := everyday()
	b.ReportAllocs()
	for b.Loop() {
		r.Run(s, nil)
	}
}

// BenchmarkEach shows which check costs what.
func BenchmarkEach(b *testing.B) {
	s := everyday()
	for _, c := range Catalogue() {
		r, err := NewRunner([]*Check{c})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Run(s, nil)
			}
		})
	}
}
