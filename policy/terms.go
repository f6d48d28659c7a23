package policy

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bonafide/record"
)

// Terms are what a tenant asks for, keeps and speaks: the part of the table that
// is not about findings. What a table leaves unsaid is as in the shipped one.
type Terms struct {
	Roles     []Role        `json:"roles"`
	Tiers     []Tier        `json:"tiers"` // T0 … T3, all four
	Answer    int           `json:"answer_days"`
	Keeps     []Keep        `json:"keeps"`
	Languages []record.Lang `json:"languages"` // the first where a person's own is not among them
}

// Role gives a role its tier, whatever the application says.
type Role struct {
	Name string `json:"name"` // its id or title
	Tier string `json:"tier"`
}

// Tier is what a role of a tier asks for, of everybody alike.
type Tier struct {
	ID     string             `json:"id"`
	Asks   []string           `json:"asks"`         // steps of a person's own page
	Offers []string           `json:"offers"`       // steps that nobody has to do
	Chain  []record.ChainLink `json:"chain"`        // links this tier needs; the others are not due
	Look   int                `json:"look_days"`    // until a person looks at a case in review
	Again  int                `json:"again_months"` // until identity is confirmed again; 0: on an event
}

// Keep is how long a class of record is kept, from what starts its clock.
type Keep struct {
	Class   string `json:"class"`
	Country string `json:"country,omitempty"` // of the tenant's law; empty: any
	Days    int    `json:"days"`
	Because string `json:"because"`
}

// Clone is a copy that can be changed.
func (t *Terms) Clone() Terms {
	c := *t
	c.Roles, c.Keeps, c.Languages, c.Tiers = slices.Clone(t.Roles), slices.Clone(t.Keeps), slices.Clone(t.Languages), slices.Clone(t.Tiers)
	for i := range c.Tiers {
		x := &c.Tiers[i]
		x.Asks, x.Offers, x.Chain = slices.Clone(x.Asks), slices.Clone(x.Offers), slices.Clone(x.Chain)
	}
	return c
}

// The steps of a person's own page, in the order in which they are shown.
const (
	StepMail      = "mail"
	StepPhone     = "phone"
	StepCode      = "code"
	StepReference = "reference"
	StepIdentity  = "identity"
	StepPayee     = "payee"
	StepDelivery  = "delivery"
)

// Steps are all of them.
var Steps = [...]string{StepMail, StepPhone, StepCode, StepReference, StepIdentity, StepPayee, StepDelivery}

// Tiers are the four, by what a role gives access to, never by a person.
var Tiers = [...]string{record.TierT0, record.TierT1, record.TierT2, record.TierT3}

// The classes of record with a clock of their own; the store says what starts each.
const (
	KeepRoutine     = "routine"     // a subject whose case nobody had to look at
	KeepApplication = "application" // the whole subject, once the case is finished
	KeepDocument    = "document"    // pictures of identity documents
	KeepClosedKeys  = "closed-keys" // minimal keys of an established misrepresentation
)

// KeepClasses are all of them.
var KeepClasses = [...]string{KeepRoutine, KeepApplication, KeepDocument, KeepClosedKeys}

const (
	mostRoles  = 500
	mostDays   = 3650 // of keeping; longer is an archive and needs another law
	mostLook   = 30
	mostMonths = 60
	mostAnswer = 90
	leastDays  = 2 // nobody is asked to answer within the day
)

const (
	roleLine     = "a role line reads \"role TIER NAME\": the id or the title of a role"
	tierLine     = "a tier line reads \"tier TIER asks STEP …\", \"… offers STEP …\", \"… chain LINK …\", \"… look N days\" or \"… again N months\"; \"none\" for nothing"
	keepLine     = "a keep line reads \"keep CLASS N days [in COUNTRY] because WORDS\"; the classes are routine, application, document and closed-keys"
	languageLine = "a language line reads \"languages LANGUAGE …\": en, de or pt, each once"
	answerLine   = "an answer line reads \"answer within N days\", 2 to 90"
)

// term reads one line that is not about findings; what is wrong with it, or "".
// ours is false for a line of another kind.
func (p *Policy) term(words []string) (wrong string, ours bool) {
	switch words[0] {
	case "role":
		return p.roleTerm(words), true
	case "tier":
		return p.tierTerm(words), true
	case "keep":
		return p.keepTerm(words), true
	case "languages":
		return p.languageTerm(words[1:]), true
	case "answer":
		if len(words) != 4 || words[1] != "within" || words[3] != "days" || !number(words[2], leastDays, mostAnswer, &p.Answer) || p.once("answer") {
			return answerLine, true
		}
		return "", true
	}
	return "", false
}

// once notes that a line was said, and whether it had been before.
func (p *Policy) once(what string) (before bool) {
	before = p.said[what]
	p.said[what] = true
	return before
}

func (p *Policy) roleTerm(words []string) string {
	name := strings.Join(words[min(2, len(words)):], " ")
	switch {
	case len(words) < 3 || !slices.Contains(Tiers[:], words[1]) || len(name) > 200:
		return roleLine
	case len(p.Roles) == mostRoles:
		return "more than 500 roles"
	case slices.ContainsFunc(p.Roles, func(r Role) bool { return strings.EqualFold(r.Name, name) }):
		return "a role has one tier, and this one stands above already"
	}
	p.Roles = append(p.Roles, Role{name, words[1]})
	return ""
}

func (p *Policy) tierTerm(words []string) string {
	i := -1
	if len(words) > 3 {
		i = slices.Index(Tiers[:], words[1])
	}
	if i < 0 {
		return tierLine
	}
	if p.once(words[1] + " " + words[2]) {
		return "this was said of the tier already"
	}
	t, rest := &p.Tiers[i], words[3:]
	if rest[0] == "none" && len(rest) == 1 {
		rest = nil
	}
	switch words[2] {
	case "asks", "offers":
		for _, s := range rest {
			switch {
			case !slices.Contains(Steps[:], s):
				return "the steps are " + strings.Join(Steps[:], ", ")
			case s == StepCode && words[2] == "asks":
				return "an account with a code forge is only ever offered: not everybody has one"
			}
		}
		if words[2] == "asks" {
			t.Asks = inOrder(Steps[:], rest)
		} else {
			t.Offers = inOrder(Steps[:], rest)
		}
	case "chain":
		var links []string
		for _, l := range record.ChainLinks {
			links = append(links, string(l))
		}
		for _, l := range rest {
			if !slices.Contains(links, l) {
				return "the links of the chain are " + strings.Join(links, ", ")
			}
		}
		t.Chain = nil
		for _, l := range inOrder(links, rest) {
			t.Chain = append(t.Chain, record.ChainLink(l))
		}
	case "look":
		if len(rest) != 2 || rest[1] != "days" || !number(rest[0], 1, mostLook, &t.Look) {
			return "a person looks within \"look N days\", 1 to 30"
		}
	case "again":
		t.Again = 0
		if len(rest) != 0 && (len(rest) != 2 || rest[1] != "months" || !number(rest[0], 1, mostMonths, &t.Again)) {
			return "identity is confirmed again after \"again N months\", 1 to 60, or \"again none\""
		}
	default:
		return tierLine
	}
	return ""
}

func (p *Policy) keepTerm(words []string) string {
	if len(words) < 6 || !slices.Contains(KeepClasses[:], words[1]) || words[3] != "days" {
		return keepLine
	}
	k := Keep{Class: words[1]}
	if !number(words[2], 0, mostDays, &k.Days) {
		return "kept from 0 to 3650 days"
	}
	rest := words[4:]
	if rest[0] == "in" {
		if k.Country = rest[1]; len(k.Country) != 2 || strings.Trim(k.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return "the country of a keep line is two capital letters (ISO 3166-1), or EU"
		}
		rest = rest[2:]
	}
	if len(rest) < 2 || rest[0] != "because" {
		return "a number of days has a reason: \"because\" and the words that people will read"
	}
	if k.Because = strings.Join(rest[1:], " "); len(k.Because) > 300 {
		return "the reason is 300 bytes at most"
	}
	if p.once("keep " + k.Class + " " + k.Country) {
		return "this class has its days for this country already"
	}
	p.Keeps = append(p.Keeps, k)
	return ""
}

func (p *Policy) languageTerm(words []string) string {
	if len(words) == 0 || p.once("languages") {
		return languageLine
	}
	for _, w := range words {
		l := record.Lang(w)
		if !slices.Contains(record.Langs[:], l) || slices.Contains(p.Languages, l) {
			return languageLine
		}
		p.Languages = append(p.Languages, l)
	}
	return ""
}

// number reads a whole number within bounds.
func number(s string, least, most int, to *int) bool {
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most || s != strconv.Itoa(n) {
		return false
	}
	*to = n
	return true
}

func inOrder(all, some []string) (out []string) {
	for _, s := range all {
		if slices.Contains(some, s) {
			out = append(out, s)
		}
	}
	return out
}

// fill takes what the table left unsaid from the shipped one.
func (p *Policy) fill(from *Terms) {
	for i := range p.Tiers {
		t, f := &p.Tiers[i], &from.Tiers[i]
		for what, take := range map[string]func(){
			"asks": func() { t.Asks = f.Asks }, "offers": func() { t.Offers = f.Offers }, "chain": func() { t.Chain = f.Chain },
			"look": func() { t.Look = f.Look }, "again": func() { t.Again = f.Again },
		} {
			if !p.said[t.ID+" "+what] {
				take()
			}
		}
		t.Offers = slices.DeleteFunc(slices.Clone(t.Offers), func(s string) bool { return slices.Contains(t.Asks, s) })
	}
	if p.Answer == 0 {
		p.Answer = from.Answer
	}
	if len(p.Languages) == 0 {
		p.Languages = from.Languages
	}
}

// Tier is what a tier asks for. A role of which no tier is known is T1: the
// ordinary one.
func (t *Terms) Tier(id string) Tier {
	for _, x := range t.Tiers {
		if x.ID == id {
			return x
		}
	}
	return t.Tiers[slices.Index(Tiers[:], record.TierT1)]
}

// TierOf is the tier of a role: what the table says of it, else what the
// application says.
func (t *Terms) TierOf(r *record.Role) string {
	for _, x := range t.Roles {
		if strings.EqualFold(x.Name, r.ID) || strings.EqualFold(x.Name, r.Title) {
			return x.Tier
		}
	}
	return r.Tier
}

// AgainBy is when identity is confirmed again after it was at last: announced in
// the contract, by the tier. "" where only an event asks for it.
func (t *Terms) AgainBy(tier string, last time.Time) record.Date {
	if n := t.Tier(tier).Again; n > 0 {
		return record.DateOf(last.AddDate(0, n, 0))
	}
	return ""
}

// ProofUntil is until when a proof of identity holds: two years where the tier
// asks for it only on an event, since no proof holds for ever.
func (t *Terms) ProofUntil(tier string, at time.Time) record.Date {
	return cmp.Or(t.AgainBy(tier, at), record.DateOf(at.AddDate(2, 0, 0)))
}

// Keep is what the table says of a class under a country's law, that of the
// country before that of any. false: nothing, the country's own profile holds.
func (t *Terms) Keep(class, country string) (Keep, bool) {
	for _, c := range [2]string{country, ""} {
		for _, k := range t.Keeps {
			if k.Class == class && k.Country == c {
				return k, true
			}
		}
	}
	return Keep{}, false
}

// Speak is the language in which somebody is spoken to: theirs where it is
// offered, else the first.
func (t *Terms) Speak(l record.Lang) record.Lang {
	if slices.Contains(t.Languages, l) || len(t.Languages) == 0 {
		return l
	}
	return t.Languages[0]
}
