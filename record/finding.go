package record

// Strength is how much a finding establishes the fact it states. It is never
// a measure of a person.
type Strength uint8

// Strengths in rising order. Strength zero is not a strength: a link that is
// not counted at all.
const (
	NotCounted Strength = iota
	Weak                // shown, never counted
	Supporting          // counts only together with another family
	Strong              // rare among honest people; alone asks for more proof
	Conclusive          // the data establish a fact that two identities cannot honestly share
)

var strengthWords = [...]string{"", "weak", "supporting", "strong", "conclusive"}

func (s Strength) String() string { return strengthWords[s] }

// MarshalText writes the word.
func (s Strength) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word; an unknown word is an error.
func (s *Strength) UnmarshalText(b []byte) error {
	for i, w := range strengthWords {
		if string(b) == w {
			*s = Strength(i)
			return nil
		}
	}
	return Invalid("strength", "not a strength word")
}

// Lower is one class less, never below weak.
func (s Strength) Lower() Strength {
	if s > Weak {
		return s - 1
	}
	return s
}

// Outcome is what a check answered: six answers, never mixed.
type Outcome uint8

const (
	NoData        Outcome = iota // the record or a list does not hold what the check reads
	Clear                        // looked at, nothing found
	Hit                          // observed
	NotApplicable                // does not concern this application
	NotInForce                   // the check was not in force on the record's day
	Failed                       // the check itself broke; says nothing about the person
)

var outcomeWords = [...]string{"no-data", "clear", "hit", "not-applicable", "not-in-force", "failed"}

func (o Outcome) String() string { return outcomeWords[o] }

// MarshalText writes the word.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the word; an unknown word is an error.
func (o *Outcome) UnmarshalText(b []byte) error {
	for i, w := range outcomeWords {
		if string(b) == w {
			*o = Outcome(i)
			return nil
		}
	}
	return Invalid("outcome", "not an outcome word")
}

// Family is the kind of evidence a finding rests on.
type Family string

// The families, one set everywhere.
const (
	Ident         Family = "IDENT"
	Contact       Family = "CONTACT"
	Net           Family = "NET"
	CV            Family = "CV"
	Ref           Family = "REF"
	InterviewSeen Family = "INTERVIEW"
	Pay           Family = "PAY"
	Endpoint      Family = "ENDPOINT"
	Insider       Family = "INSIDER"
	Extort        Family = "EXTORT"
)

// Evidence is what was compared with what, from which source, on which day.
// It names fields and records, never their values.
type Evidence struct {
	Field        string `json:"field"`
	ComparedWith string `json:"compared_with"`
	List         string `json:"list"`
	AsOf         Date   `json:"as_of"`
}

// Finding is one check's observation. Texts are kept in all languages; the
// face that prints it chooses one.
type Finding struct {
	Check    string
	Version  int
	Outcome  Outcome
	Strength Strength
	Family   Family
	Text     Text
	Evidence []Evidence
	Innocent []Text
	Ask      Text
	Clears   []Text
	// Link is the chain link the finding questions, empty if none.
	Link ChainLink
	// Value groups findings that rest on one and the same value; findings of
	// one value never corroborate. It is a digest, never the value.
	Value uint64
	// ClearedBy names the assurance, or the person, that cleared the finding;
	// then it is shown and not counted.
	ClearedBy string
	// Content is a digest, in hex, of what was compared with what; it is the same
	// as long as both sides say the same. A finding that a person has cleared is
	// remembered by it. Empty: this kind of finding is not remembered.
	Content string
	// Lowered says why the strength is below what the check saw, e.g. a stale list.
	Lowered Text
}
