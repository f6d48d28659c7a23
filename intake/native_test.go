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

// fillEach calls at for every field of the record whose type is one of those
// wanted, with every list on the way holding one element.
func fillEach(v reflect.Value, path string, at func(v reflect.Value, path string)) {
	switch {
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillEach(v.Index(0), path+"[0]", at)
		v.SetZero()
	case v.Type() == reflect.TypeFor[time.Time](), v.Type() == reflect.TypeFor[record.Date](), v.Type() == fieldsType:
		at(v, path)
		v.SetZero()
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fillEach(v.Field(i), join(path, memberName(v.Type().Field(i))), at)
		}
	}
}

// Every Unknown map of the record must be noticed by the hand-written look.
func TestEveryUnknownIsSeen(t *testing.T) {
	var a record.Application
	places := 0
	fillEach(reflect.ValueOf(&a).Elem(), "", func(v reflect.Value, path string) {
		if v.Type() != fieldsType || path == "extra" {
			return
		}
		places++
		v.Set(reflect.ValueOf(record.Fields{"x": json.RawMessage("1")}))
		if !anyUnknown(&a) {
			t.Errorf("unknown members under %q are not looked at by anyUnknown", path)
		}
	})
	if places < 25 {
		t.Fatalf("only %d places for unknown members found; the walk is broken", places)
	}
}

// Every date and every time of the record must be checked, under its own path.
func TestEveryDateIsChecked(t *testing.T) {
	good := record.Application{ID: "1", Source: "s", ReceivedAt: fileDay}
	a := good
	places := 0
	fillEach(reflect.ValueOf(&a).Elem(), "", func(v reflect.Value, path string) {
		if v.Type() == fieldsType {
			return
		}
		places++
		a.ID, a.Source = good.ID, good.Source
		if path != "received_at" {
			a.ReceivedAt = good.ReceivedAt
		}
		if v.Type() == reflect.TypeFor[record.Date]() {
			v.SetString("2011-13")
		} else {
			v.Set(reflect.ValueOf(time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)))
		}
		if err := valid(&a); err == nil || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("a wrong date under %s: %v", path, err)
		}
	})
	if places < 20 {
		t.Fatalf("only %d dates found; the walk is broken", places)
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
