package index

import (
	"fmt"
	"testing"

	"bonafide/link"
	"bonafide/record"
)

// TestEditsInACircle: a record that goes round through three mailboxes and telephones, over flushes and merges, is found by
// what it has now and by nothing it had before, and opened again says the same.
func TestEditsInACircle(t *testing.T) {
	k := link.NewKeyer(testKey, true)
	version := func(i int) link.Profile {
		a := &record.Application{Source: "x", ID: "round"}
		a.Person.Name = "Rita Modelo"
		a.ReceivedAt = a.ReceivedAt.AddDate(2000, 0, i)
		a.Emails = []string{fmt.Sprintf("box%d@example.org", i%3)}
		a.Phones = []string{fmt.Sprintf("+4930%07d", 1_234_567*(1+i%3))}
		return k.Profile(a)
	}
	stranger := func(box int) link.Profile {
		a := &record.Application{Source: "x", ID: fmt.Sprint("stranger", box)}
		a.Person.Name = "Igor Vorlage"
		a.ReceivedAt = a.ReceivedAt.AddDate(2010, 0, 0)
		a.Emails = []string{fmt.Sprintf("box%d@example.org", box)}
		return k.Profile(a)
	}
	x := create(t)
	check := func(when string, now int) {
		t.Helper()
		if x.Records() != 1 {
			t.Fatalf("%s: %d records", when, x.Records())
		}
		for box := range 3 {
			p := stranger(box)
			a, err := x.Who(&p)
			if err != nil {
				t.Fatal(err)
			}
			if found := len(a.Links) == 1; found != (box == now) {
				t.Errorf("%s: mailbox %d, where it has %d now: %+v", when, box, now, a.Links)
			}
		}
	}
	for i := range 100 {
		fill(t, x, []link.Profile{version(i)})
		if i%7 == 6 {
			if err := x.Flush(); err != nil {
				t.Fatal(err)
			}
			check(fmt.Sprint("version ", i), i%3)
		}
	}
	if err := x.Merge(); err != nil {
		t.Fatal(err)
	}
	check("merged", 99%3)
	dir := x.dir
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	var err error
	if x, err = Open(dir, tag, false); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	check("opened again", 99%3)
}
