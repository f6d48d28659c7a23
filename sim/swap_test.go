package sim

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// TestSwapMovesLabelsOnly: the two populations are equal once everything that
// is a name, a nationality or a language is taken out.
func TestSwapMovesLabelsOnly(t *testing.T) {
	plain, before := small(t, nil)
	swapped, after := small(t, func(o *Options) { o.Swap = true })
	var left, right []*record.Application
	each(t, plain, func(_ int, a *record.Application) { left = append(left, a) })
	each(t, swapped, func(_ int, a *record.Application) { right = append(right, a) })
	if len(left) != len(right) {
		t.Fatalf("%d and %d records", len(left), len(right))
	}
	moved := 0
	for i := range left {
		if before[i].Record != after[i].Record || before[i].Person != after[i].Person || before[i].Cell != after[i].Cell || before[i].Kind != after[i].Kind {
			t.Fatalf("the truth of %s changed: %v, %v", before[i].Record, before[i], after[i])
		}
		if left[i].Person.Name != right[i].Person.Name {
			moved++
			if before[i].Cell != "" {
				t.Errorf("%s is an operator's and was renamed", before[i].Record)
			}
		}
		for _, d := range right[i].Documents {
			line := d.MRZ[1]
			if before[i].Cell == "" && !strings.Contains(before[i].Kind, "slip") && (line[9] != checkDigit(line[:9]) || line[43] != checkDigit(line[:10]+line[13:20]+line[21:43])) {
				t.Errorf("%s: check digits of the swapped document", before[i].Record)
			}
		}
		a, b := unlabelled(t, left[i]), unlabelled(t, right[i])
		if !bytes.Equal(a, b) {
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			t.Fatalf("%s differs in more than labels:\n…%s\n…%s", before[i].Record, a[max(0, at-80):min(len(a), at+80)], b[max(0, at-80):min(len(b), at+80)])
		}
	}
	if moved < len(left)*3/4 {
		t.Errorf("only %d of %d names moved", moved, len(left))
	}
}

// unlabelled is the record without names, nationality and languages.
func unlabelled(t *testing.T, a *record.Application) []byte {
	a.Person.Name, a.Person.OtherNames, a.Person.Nationality, a.Person.Languages = "", nil, "", nil
	for i := range a.Sessions {
		a.Sessions[i].Languages = nil
	}
	for i := range a.Documents {
		d := &a.Documents[i]
		d.Name = ""
		d.MRZ = []string{d.MRZ[1][:10] + d.MRZ[1][13:]}
	}
	for i := range a.Payouts {
		a.Payouts[i].Holder = ""
	}
	if a.Contract.Kind == "company" {
		a.Contract.Party = ""
	}
	a.Delivery.Name = ""
	for i := range a.References {
		a.References[i].Name = ""
	}
	for i := range a.Profiles {
		a.Profiles[i].Name = ""
	}
	_, text, _ := strings.Cut(a.Resume.Text, "\n")
	before, rest, _ := strings.Cut(text, "\nLanguages: ")
	_, rest, _ = strings.Cut(rest, "\n")
	a.Resume.Text = before + rest
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
