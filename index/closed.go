package index

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/link"
	"bonafide/record"
)

// Closed is the store of closed cases: of somebody who was dismissed or refused for fraud it keeps what is needed to
// notice a return under another identity, and nothing else: digests under the customer's key with their kind, the day,
// the number of the case, and the day until which keeping it is lawful. No name, no record name, no value.
//
// One JSON object a line, so that a person can read what is kept and take a case out by deleting its line. The first line
// names the version and the key.
type Closed struct {
	cases  []closedCase
	values map[uint64][]int32
}

type closedCase struct {
	day, until record.Date
	profile    link.Profile
}

// closedLine is a case as it is written.
type closedLine struct {
	Case   string   `json:"case"`
	Day    string   `json:"day"`
	Until  string   `json:"until"`
	Who    []string `json:"who,omitempty"` // digests of the parts of the name: who applies again as the same person is no return under a new identity
	Born   string   `json:"born,omitempty"`
	Door   string   `json:"door,omitempty"` // home, so that people who live together are treated as such
	Flat   string   `json:"flat,omitempty"`
	Home   string   `json:"home,omitempty"`
	Agency string   `json:"agency,omitempty"`
	Keys   []string `json:"keys,omitempty"` // "device 0123456789abcdef"
	Texts  []string `json:"texts,omitempty"`
	Photos []string `json:"photos,omitempty"` // perceptual hashes
}

type closedHead struct {
	Version int    `json:"closed_cases"`
	Key     string `json:"key"`
}

const (
	closedVersion  = 1
	closedLineMax  = 1 << 20
	closedMost     = 1 << 20 // cases
	mirrorDistance = 3       // bits up to which a mirror image is one: link asks for no more
)

// ClosedHead is the first line of a store under a key.
func ClosedHead(tag uint64) []byte {
	return fmt.Appendf(nil, "{\"closed_cases\":%d,\"key\":%q}\n", closedVersion, tagWord(tag))
}

// ClosedLine is one case as a line.
func ClosedLine(name string, day, until record.Date, p *link.Profile) ([]byte, error) {
	l := lean(p)
	word := func(v uint64) string {
		if v == 0 {
			return ""
		}
		return fmt.Sprintf("%016x", v)
	}
	out := closedLine{Case: name, Day: string(day), Until: string(until), Born: word(l.Person.Day),
		Door: word(l.Door), Flat: word(l.Flat), Home: word(l.Home), Agency: word(l.Agency)}
	for _, t := range l.Person.Tokens {
		out.Who = append(out.Who, word(t))
	}
	for _, k := range l.Keys {
		out.Keys = append(out.Keys, k.Kind.String()+" "+word(k.Value))
	}
	for _, s := range l.Sentences {
		out.Texts = append(out.Texts, s.Kind.String()+" "+word(s.Value))
	}
	for _, ph := range l.Photos {
		if ph.Hash != 0 { // the long one is not kept: from it a small blurred picture could be drawn again
			out.Photos = append(out.Photos, ph.Kind.String()+" "+fmt.Sprintf("%016x", ph.Hash))
		}
	}
	if _, err := out.read(); err != nil {
		return nil, err
	}
	b, err := json.Marshal(out)
	return append(b, '\n'), err
}

// ReadClosed reads a store made under the key of that tag. An error names file and line.
func ReadClosed(r io.Reader, where string, tag uint64) (*Closed, error) {
	c := &Closed{values: map[uint64][]int32{}}
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 1<<16), closedLineMax)
	n := 0
	fail := func(message string) (*Closed, error) {
		return nil, record.Invalid(fmt.Sprintf("%s:%d", where, n), message)
	}
	for in.Scan() {
		n++
		if n == 1 {
			var h closedHead
			if err := json.Unmarshal(in.Bytes(), &h, json.RejectUnknownMembers(true)); err != nil || h.Version != closedVersion {
				return fail("does not begin as a store of closed cases of this version")
			}
			if h.Key != tagWord(tag) {
				return nil, &record.Error{Code: record.CodeRefused, Where: where, Message: "was made under another key: give the same --key"}
			}
			continue
		}
		if len(strings.TrimSpace(in.Text())) == 0 {
			continue
		}
		var l closedLine
		if err := json.Unmarshal(in.Bytes(), &l, json.RejectUnknownMembers(true)); err != nil {
			return fail("is not a closed case")
		}
		x, err := l.read()
		if err != nil {
			return fail(err.Error())
		}
		if len(c.cases) == closedMost {
			return fail("more closed cases than can be kept")
		}
		i := int32(len(c.cases))
		c.cases = append(c.cases, x)
		postingsOf(&x.profile, func(t int, v uint64) {
			if held := c.values[v]; t == tableKeys && v != 0 && (len(held) == 0 || held[len(held)-1] != i) {
				c.values[v] = append(held, i)
			}
		})
	}
	if in.Err() != nil {
		n++
		return fail("cannot be read, or is longer than a case may be")
	}
	if n == 0 {
		n = 1
		return fail("does not begin as a store of closed cases of this version")
	}
	return c, nil
}

func (l *closedLine) read() (c closedCase, err error) {
	bad := func(field string) {
		if err == nil {
			err = record.Invalid("", field+" is not as it should be")
		}
	}
	digest := func(field, s string) uint64 {
		if s == "" {
			return 0
		}
		v, e := strconv.ParseUint(s, 16, 64)
		if e != nil || len(s) != 16 {
			bad(field)
		}
		return v
	}
	kinded := func(field, s string) (k record.Kind, v uint64) {
		word, hex, ok := strings.Cut(s, " ")
		if !ok || hex == "" || k.UnmarshalText([]byte(word)) != nil || k == record.KindNone {
			bad(field)
			return 0, 0
		}
		return k, digest(field, hex)
	}
	if l.Case == "" || len(l.Case) > 200 || strings.ContainsFunc(l.Case, func(r rune) bool { return r < ' ' }) {
		bad("case")
	}
	c.day, c.until = record.Date(l.Day), record.Date(l.Until)
	if _, _, ok := c.day.Span(); !ok {
		bad("day")
	}
	if _, _, ok := c.until.Span(); !ok {
		bad("until")
	}
	p := &c.profile
	p.Name, p.Door, p.Flat, p.Home, p.Agency = l.Case, digest("door", l.Door), digest("flat", l.Flat), digest("home", l.Home), digest("agency", l.Agency)
	p.Person.Day = digest("born", l.Born)
	for _, w := range l.Who {
		p.Person.Tokens = append(p.Person.Tokens, digest("who", w))
	}
	for _, s := range l.Keys {
		k, v := kinded("keys", s)
		p.Keys = append(p.Keys, link.Key{Kind: k, Value: v})
	}
	for _, s := range l.Texts {
		k, v := kinded("texts", s)
		p.Sentences = append(p.Sentences, link.Sentence{Kind: k, Value: v & valueMask})
	}
	for _, s := range l.Photos {
		k, v := kinded("photos", s)
		p.Photos = append(p.Photos, link.Photo{Kind: k, Hash: v})
	}
	slices.SortFunc(p.Sentences, func(x, y link.Sentence) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Value, y.Value))
	})
	return c, err
}

// Cases is how many cases are kept.
func (c *Closed) Cases() int { return len(c.cases) }

// Match compares an application with every case that may still be kept on its day. The first link says that was done:
// no case agrees when its Identities is 0. Agreement counts when two families speak for it that do not come from living
// together, or one number that belongs to a person; the same person under the same name is no return.
func (c *Closed) Match(p *link.Profile, day record.Date) record.Link {
	out := record.Link{Kind: record.KindClosed, Population: len(c.cases), Shared: 1}
	l := lean(p)
	pop := &link.Population{Records: max(1000, len(c.cases)), Holders: func(uint64) int { return 2 }}
	type match struct {
		c        *closedCase
		strength record.Strength
		excuse   record.Excuse
		families int
	}
	var found []match
	for _, i := range c.near(&l) {
		x := &c.cases[i]
		if before(x.until, day) {
			continue
		}
		q := x.profile
		q.At = l.At // no time is kept but the day: nothing is concluded from who was first
		w := pop.Weigh(&l, &q)
		if w.Same {
			continue
		}
		if s, e, n := returned(w.Steps); s > 0 || e != record.NoExcuse {
			found = append(found, match{x, s, e, n})
		}
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.c.profile.Name, b.c.profile.Name))
	})
	for i, f := range found {
		if i == 0 {
			out.Strength, out.Excuse, out.AsOf, out.Shared = f.strength, f.excuse, f.c.day, max(1, f.families)
			out.Corroborated = f.families > 1
		}
		if f.strength == out.Strength {
			out.Identities++
			if len(out.Others) < 5 {
				out.Others = append(out.Others, f.c.profile.Name)
			}
		}
	}
	return out
}

// near gives the cases that share any value, or look like a picture.
func (c *Closed) near(p *link.Profile) []int32 {
	var all []int32
	postingsOf(p, func(t int, v uint64) {
		if t == tableKeys {
			all = append(all, c.values[v]...)
		}
	})
	for _, ph := range p.Photos {
		for i := range c.cases {
			for _, q := range c.cases[i].profile.Photos {
				d := q.Hash ^ ph.Hash
				if q.Kind == ph.Kind && (bits.OnesCount64(d) <= photoDistance || bits.OnesCount64(d^0x5555555555555555) <= mirrorDistance || bits.OnesCount64(d^0xaaaaaaaaaaaaaaaa) <= mirrorDistance) {
					all = append(all, int32(i))
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// returned says what the shared kinds come to. Homes, networks, neighbouring numbers, employers and referees are shared by
// honest people every day and count for nothing here; a single sentence neither.
func returned(steps []record.Step) (record.Strength, record.Excuse, int) {
	families := map[record.Family]bool{}
	personal, held, excuse := false, false, record.NoExcuse
	for _, s := range steps {
		switch s.Kind {
		case record.KindAddress, record.KindNetwork, record.KindPhoneBlock, record.KindMailPattern, record.KindReferee, record.KindRefereeSelf,
			record.KindReplyOrigin, record.KindCareer, record.KindReferral:
			continue
		case record.KindResumeText, record.KindAnswerText, record.KindReferenceText:
			if s.Shared < 2 {
				continue
			}
		case record.KindDocument, record.KindTaxID, record.KindPhoto, record.KindDocumentImage, record.KindWallet, record.KindPayout:
			personal = personal || s.Excuse == record.NoExcuse
		}
		if s.Excuse != record.NoExcuse {
			excuse = s.Excuse
			continue
		}
		families[s.Family] = true
		held = held || s.Held
	}
	switch {
	case len(families) >= 2 && held:
		return record.Strong, record.NoExcuse, len(families)
	case len(families) >= 2 || personal:
		return record.Supporting, record.NoExcuse, len(families)
	case len(families) == 0:
		return 0, excuse, 0
	}
	return 0, record.NoExcuse, len(families)
}

// before compares the ends of two dates.
func before(x, y record.Date) bool {
	_, a, ok := x.Span()
	_, b, also := y.Span()
	return ok && also && a.Before(b)
}
