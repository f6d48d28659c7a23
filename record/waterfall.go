package record

// Waterfall is how one pair of identities was weighed: where the sum begins,
// what every shared kind of value adds, where it ends. All in bits: +1 doubles
// the odds that one operator stands behind both (log2; Fellegi and Sunter 1969).
// A name that differs has no step: it is expected to.
type Waterfall struct {
	With  string  `json:"with"`  // record name of the other
	Prior float64 `json:"prior"` // bits before anything is compared: how rare two records of one operator are here
	Steps []Step  `json:"steps"`
	Total float64 `json:"total"` // Prior and all that Steps keep
	// Decided is what a person said about the two: who, when, why. It stands
	// above the sum.
	Decided string `json:"decided,omitempty"`
}

// Step is what sharing one kind of value adds.
type Step struct {
	Kind    Kind    `json:"kind"`
	Family  Family  `json:"family"`
	Holders int     `json:"holders"`          // identities that have the value, both included
	Shared  int     `json:"shared,omitempty"` // texts and careers: how many sentences or items; else 0
	M       float64 `json:"m"`                // share of pairs of one operator that share such a value
	U       float64 `json:"u"`                // share of pairs of strangers that do
	Bits    float64 `json:"bits"`             // log2(M/U)
	Kept    float64 `json:"kept"`             // of Bits, after what the same family told already
	Excuse  Excuse  `json:"excuse,omitzero"`  // an honest reason, or this record held it first: then nothing is kept
	Part    bool    `json:"part,omitempty"`   // pictures: not the whole is shared, one is a part of the other, or both of a third
	Held    bool    `json:"held,omitempty"`   // only who controls the value can place it; else it may have been planted on the earlier of the two
	Value   uint64  `json:"-"`                // digest of the value
}

// Families counts the families that keep something above zero.
func (w *Waterfall) Families() int {
	var seen []Family
	for i := range w.Steps {
		s := &w.Steps[i]
		if s.Kept > 0 && !containsFamily(seen, s.Family) {
			seen = append(seen, s.Family)
		}
	}
	return len(seen)
}

func containsFamily(all []Family, f Family) bool {
	for _, x := range all {
		if x == f {
			return true
		}
	}
	return false
}
