package intake

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	jsonv2 "github.com/go-json-experiment/json"

	"bonafide/record"
)

// longLine is an application of the size a real one has: 5–6 KB.
func longLine(n int) string {
	a := record.Application{
		ID: fmt.Sprint(100000 + n), Source: "sim", ReceivedAt: time.Date(2026, 3, 2, 9, 14, 5, 0, time.UTC),
		Role: record.Role{ID: "r-17", Title: "Senior developer", Country: "DE", Remote: true, Tier: "T1"},
		Person: record.Person{Name: "Mira Okonjo", BirthDate: "1994-05-01", Address: record.Address{
			Lines: []string{"Rua das Flores 12"}, City: "Porto", Postcode: "4050-262", Country: "PT"},
			Timezone: "Europe/Lisbon", Languages: []string{"uk", "en"}},
		Emails: []string{"mira@example.com"}, Phones: []string{"+351912345678"},
		Accounts: []record.Account{{Service: "github", Handle: "mirao"}},
		Resume: record.Resume{Text: strings.Repeat("Built the payment gateway of a web shop in Go and kept it running. ", 60),
			Work: []record.Work{
				{Organisation: "Example GmbH", Title: "Developer", Start: "2021-03", End: "2024-08", Country: "DE"},
				{Organisation: "Example Ltd", Title: "Developer", Start: "2017-03", End: "2021-02", Country: "GB"},
			},
			Education: []record.Education{{Institution: "Example University", Degree: "BSc", Start: "2011", End: "2015"}},
			Skills:    []string{"go", "sql", "linux"}},
		Documents:  []record.Document{{Kind: "passport", Issuer: "UTO", Number: "L898902C3", BirthDate: "1994-05-01", Expires: "2031-01-09"}},
		References: []record.Reference{{Name: "Ana Silva", Email: "ana@example.com", RepliedAt: time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)}},
		Sessions: []record.Session{{At: time.Date(2026, 3, 2, 9, 13, 11, 0, time.UTC), Kind: "apply", IP: "203.0.113.7",
			Timezone: "Europe/Lisbon", Languages: []string{"uk-UA"}, UserAgent: "Mozilla/5.0", Device: "d41d8cd9"}},
		Payouts: []record.Payout{{Kind: "iban", Value: "PT50000000000000000000000", Holder: "Mira Okonjo", Since: "2026-04-01"}},
	}
	b, err := jsonv2.Marshal(a)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func BenchmarkNative(b *testing.B) {
	line := []byte(longLine(1))
	if _, err := decodeNative(line, given{}); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeNative(line, given{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestEveryUnknownIsSeen(t *testing.T) {
	// every Unknown map of the record, filled one at a time, must be noticed
	var paths int
	var fill func(v reflect.Value, path string, probe func())
	fill = func(v reflect.Value, path string, probe func()) {
		switch v.Kind() {
		case reflect.Slice:
			if v.Type().Elem().Kind() == reflect.Struct {
				v.Set(reflect.MakeSlice(v.Type(), 1, 1))
				fill(v.Index(0), path+"[0]", probe)
				v.SetZero()
			}
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[time.Time]() {
				return
			}
			for i := range v.NumField() {
				f := v.Type().Field(i)
				if f.Name == "Unknown" {
					v.Field(i).Set(reflect.ValueOf(record.Fields{"x": json.RawMessage("1")}))
					paths++
					probe()
					v.Field(i).SetZero()
					continue
				}
				fill(v.Field(i), join(path, memberName(f)), probe)
			}
		}
	}
	var a record.Application
	fill(reflect.ValueOf(&a).Elem(), "", func() {
		if !anyUnknown(&a) {
			t.Error("an Unknown map of the record is not looked at by anyUnknown")
		}
	})
	if paths < 25 {
		t.Fatalf("only %d places for unknown members found; the walk is broken", paths)
	}
}

func readAll(t testing.TB, r *Reader) (apps []*record.Application, errs []error) {
	t.Helper()
	for {
		it, err := r.Next()
		if err == io.EOF {
			return apps, errs
		}
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.Decode(it.Raw, it)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		apps = append(apps, a)
	}
}

// BenchmarkNativeUnknown is a sender with two members of his own on every line.
func BenchmarkNativeUnknown(b *testing.B) {
	line := []byte(strings.Replace(longLine(1), `"role":{`, `"campaign":"spring","role":{"team":"x",`, 1))
	a, err := decodeNative(line, given{})
	if err != nil || len(a.Extra) != 2 {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeNative(line, given{}); err != nil {
			b.Fatal(err)
		}
	}
}
