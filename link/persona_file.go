package link

import (
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// PersonaVersion is the version of the file. It is raised when the meaning of a
// level changes, because what was learned for other levels would then be wrong.
const PersonaVersion = 1

// personaFile is a Persona as a small readable file: one line a comparison,
// kinds and levels by name, so that it can be read, argued about and edited.
type personaFile struct {
	Persona     int                 `json:"persona"` // PersonaVersion
	Mates       float64             `json:"mates"`
	Discount    float64             `json:"discount"`
	Comparisons []personaComparison `json:"comparisons"`
}

type personaComparison struct {
	Kind      record.Kind `json:"kind"`
	Level     string      `json:"level"`
	M         float64     `json:"m"`
	Strangers float64     `json:"strangers"`
}

var levelNames = [Levels]string{"two holders", "up to five", "up to twelve", "up to sixty", "one postal address"}

// LevelName says what a level of a kind is: hardly ever shared kinds have one
// level, whatever the holders.
func LevelName(k record.Kind, level int) string {
	if hard(k) && level == 0 {
		return "any number of holders"
	}
	return levelNames[level]
}

// Write writes the model.
func (p *Persona) Write(w io.Writer) error {
	f := personaFile{Persona: PersonaVersion, Mates: p.Mates, Discount: p.Discount}
	for k := range p.Kinds {
		for l, c := range p.Kinds[k] {
			if c.M > 0 {
				f.Comparisons = append(f.Comparisons, personaComparison{record.Kind(k), LevelName(record.Kind(k), l), c.M, c.Strangers})
			}
		}
	}
	return json.MarshalWrite(w, f, jsontext.WithIndent("  "), json.FormatNilSliceAsNull(false))
}

const personaMost = 1 << 20 // bytes

// IsPersona reports whether a file begins as a persona model does.
func IsPersona(head []byte) bool {
	return strings.HasPrefix(strings.Join(strings.Fields(string(head[:min(len(head), 64)])), ""), `{"persona":`)
}

// ReadPersona reads and checks a model of at most one MiB. A kind or level that
// is not known, a number that cannot be right, a comparison given twice are errors.
func ReadPersona(r io.Reader) (*Persona, error) {
	bad := func(what string) error { return record.Invalid("persona model", what) }
	var f personaFile
	if err := json.UnmarshalRead(io.LimitReader(r, personaMost), &f, json.RejectUnknownMembers(true)); err != nil {
		return nil, bad("is not a persona model: persona, mates, discount and comparisons of kind, level, m and strangers")
	}
	switch {
	case f.Persona != PersonaVersion:
		return nil, bad("is of another version")
	case !(f.Mates >= leastMates && f.Mates <= mostMates):
		return nil, bad("mates must lie between 0.001 and 1")
	case !(f.Discount >= 0 && f.Discount <= 1):
		return nil, bad("discount must lie between 0 and 1")
	case len(f.Comparisons) == 0:
		return nil, bad("has no comparisons")
	}
	p := &Persona{Mates: f.Mates, Discount: f.Discount}
	shipped := ShippedPersona()
	for _, c := range f.Comparisons {
		level := -1
		for l := range Levels {
			if shipped.Kinds[c.Kind][l].M > 0 && c.Level == LevelName(c.Kind, l) {
				level = l
			}
		}
		switch {
		case level < 0:
			return nil, bad("a comparison names a kind or level that is not compared")
		case !(c.M > 0 && c.M < 1):
			return nil, bad("m must lie between 0 and 1")
		case !(c.Strangers > 0 && c.Strangers < 1e6):
			return nil, bad("strangers must be above 0")
		case p.Kinds[c.Kind][level].M > 0:
			return nil, bad("a comparison stands there twice")
		}
		p.Kinds[c.Kind][level] = Comparison{c.M, c.Strangers}
	}
	return p, nil
}

// UsePersona weighs by a given model in place of learning one: what yesterday's
// run taught, or what was agreed with a works council.
func (b *Builder) UsePersona(p *Persona) { b.persona = p }
