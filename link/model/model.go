// Package model is the linkage engine for any table of people: columns become
// coded fields, fields are compared in levels, levels carry Fellegi–Sunter
// weights learnt without labels (I. Fellegi, A. Sunter, "A Theory for Record
// Linkage", JASA 1969), blocking rules propose pairs, and pairs become clusters.
//
// It never opens a file, a socket or a clock, never prints, and never reads a
// truth column: labels enter only through Measure. Scratch space beyond memory
// is asked for through the Scratch interface.
//
// To add a kind of value: name it in kind.go, give it a normal form in
// normal.go, levels in compare.go and key parts in part.go.
package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// Version of the model file. It is raised when the meaning of a level changes,
// because weights learnt for other levels would then be wrong.
const Version = 1

// Model is all that was learnt: small, readable, and enough to link again
// without training. Probabilities are per pair of distinct records.
type Model struct {
	Version int     `json:"version"`
	Rows    int     `json:"rows"`   // rows it was trained on
	Lambda  float64 `json:"lambda"` // chance that two random records are one person
	// Within and Across refine Lambda by whether both records come from one source; 0 means: use Lambda.
	Within float64 `json:"lambda_within,omitempty"`
	Across float64 `json:"lambda_across,omitempty"`
	// HouseholdCap is the most that family name and address fields may add together, in bits.
	HouseholdCap float64      `json:"household_cap"`
	Fields       []FieldModel `json:"fields"`
	Rules        []Rule       `json:"rules"`
	Notes        []string     `json:"notes,omitempty"` // what was decided about the columns, in words
}

// FieldModel is one compared field.
type FieldModel struct {
	Field
	TermFrequency bool    `json:"term_frequency"` // an agreement on a rare value counts more
	Levels        []Level `json:"levels"`
}

// Level is one outcome of comparing two values.
type Level struct {
	Name string  `json:"name"`
	M    float64 `json:"m"` // chance of this level when both records are one person
	U    float64 `json:"u"` // chance of this level when they are two
	// OneName is u among people who share a given or a family name, Namesakes among people who share all names
	// that are known; only e-mail fields have them, because addresses are made of names.
	OneName   float64 `json:"u_one_name,omitempty"`
	Namesakes float64 `json:"u_namesakes,omitempty"`
}

// Weight is the evidence of the level in bits.
func (l Level) Weight() float64 { return math.Log2(l.M / l.U) }

// Write stores the model as indented JSON.
func (m *Model) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(m)
}

// ReadModel reads and checks a model file of at most 4 MiB.
func ReadModel(r io.Reader) (*Model, error) {
	d := json.NewDecoder(io.LimitReader(r, 4<<20))
	d.DisallowUnknownFields()
	var m Model
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("model: not a model file: %w", err)
	}
	if err := m.Check(); err != nil {
		return nil, err
	}
	return &m, nil
}

// Check says what in a model cannot be right.
func (m *Model) Check() error {
	if m.Version != Version {
		return fmt.Errorf("model: version %d, this program reads version %d", m.Version, Version)
	}
	if !(m.Lambda >= minLambda && m.Lambda <= maxLambda) {
		return fmt.Errorf("model: lambda must lie between %g and %g", minLambda, maxLambda)
	}
	if len(m.Fields) == 0 {
		return errors.New("model: no fields")
	}
	if len(m.Fields) > MaxFields {
		return fmt.Errorf("model: %d fields, at most %d", len(m.Fields), MaxFields)
	}
	for _, f := range m.Fields {
		if len(f.Inputs) == 0 {
			return fmt.Errorf("model: field %q reads no column", f.Name)
		}
		if len(f.Levels) != len(f.Kind.levels()) {
			return fmt.Errorf("model: field %q has %d levels, kind %s has %d", f.Name, len(f.Levels), f.Kind, len(f.Kind.levels()))
		}
		for _, l := range f.Levels {
			if !(l.M > 0 && l.M <= 1) || !(l.U > 0 && l.U <= 1) || !(l.OneName >= 0 && l.OneName <= 1) || (l.OneName > 0) != (l.Namesakes > 0) || l.Namesakes < 0 {
				return fmt.Errorf("model: field %q, level %q: m and u must lie in (0, 1]", f.Name, l.Name)
			}
		}
	}
	for i, r := range m.Rules {
		if len(r.Parts) == 0 {
			return fmt.Errorf("model: rule %d has no parts", i+1)
		}
		for _, p := range r.Parts {
			if m.field(p.Field) < 0 {
				return fmt.Errorf("model: rule %d blocks on %q, which is no field", i+1, p.Field)
			}
			if !p.Take.known() {
				return fmt.Errorf("model: rule %d takes %q of %q: unknown", i+1, p.Take, p.Field)
			}
		}
	}
	return nil
}

func (m *Model) field(name string) int {
	for i, f := range m.Fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}
