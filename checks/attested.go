package checks

import (
	"strconv"
	"strings"
	"time"

	"bonafide/record"
)

// What people recorded about people: confirmations by third parties and live
// moments. A negative word of one person about another counts one class less
// until a second person agrees.

// twoPeople reports whether two different named people stand behind a record.
func twoPeople(by, second string) bool {
	by, second = strings.TrimSpace(by), strings.TrimSpace(second)
	return by != "" && second != "" && !strings.EqualFold(by, second)
}

var sayOnePerson = record.Text{
	EN: "No second named person has agreed yet: one class less.",
	DE: "Noch hat keine zweite namentlich genannte Person zugestimmt: eine Stufe weniger.",
	PT: "Ainda nenhuma segunda pessoa identificada concordou: uma classe a menos.",
}

// attested lowers a finding that rests on the word of one person alone.
func attested(f record.Finding, agreed bool) record.Finding {
	if !agreed {
		f.Strength, f.Lowered = f.Strength.Lower(), sayOnePerson
	}
	return f
}

// independent reports whether the way to a third party was found without the
// candidate's help.
func independent(from string) bool {
	switch from {
	case "switchboard", "directory", "issuer", "reviewer":
		return true
	}
	return false
}

// confirmation is the evidence of one confirmation: what was asked about.
func confirmation(in *In, i int) record.Evidence {
	c := &in.App.Confirmations[i]
	return record.Evidence{Field: indexed("confirmations", i), ComparedWith: c.About, AsOf: dayOf(c.At)}
}

// unlessConfirmed lowers a finding about confirmation i when another one, reached
// independently, says yes to the same claim.
func unlessConfirmed(in *In, i int, f record.Finding) record.Finding {
	c := &in.App.Confirmations[i]
	for j := range few(in.App.Confirmations) {
		o := &in.App.Confirmations[j]
		if j != i && o.Kind == c.Kind && o.About == c.About && o.Outcome == "confirmed" && independent(o.ContactFrom) {
			f.Strength, f.Lowered = record.Weak, sayConfirmedElsewhere
			break
		}
	}
	return f
}

var sayConfirmedElsewhere = record.Text{
	EN: "Not counted: somebody else who was reached independently confirmed the same claim.",
	DE: "Nicht gezählt: Eine andere, unabhängig erreichte Stelle hat dieselbe Angabe bestätigt.",
	PT: "Não contado: outra entidade, contactada de forma independente, confirmou a mesma indicação.",
}

// claimed is the position in a list that a path such as "resume.work[2]" names.
func claimed(path, list string, n int) (int, bool) {
	rest, ok := strings.CutPrefix(path, list+"[")
	if !ok {
		return 0, false
	}
	number, _, ok := strings.Cut(rest, "]")
	i, err := strconv.Atoi(number)
	return i, ok && err == nil && i >= 0 && i < n
}

// momentField is the evidence of one part of a live moment.
func momentField(in *In, i int, part string) record.Evidence {
	return record.Evidence{Field: indexed("moments", i) + "." + part, AsOf: dayOf(in.App.Moments[i].At)}
}

// momentValue groups what was seen in one moment: two findings of one look at
// one person never corroborate each other.
func momentValue(m *record.Moment) uint64 {
	return digest("moment\n" + m.Kind + "\n" + m.At.UTC().Format(time.RFC3339))
}

// dayOf is a day, or nothing where none was given.
func dayOf(t time.Time) record.Date {
	if t.IsZero() {
		return ""
	}
	return record.DateOf(t)
}
