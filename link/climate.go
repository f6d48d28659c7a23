package link

import (
	"io"
	"math"

	"github.com/go-json-experiment/json"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"bonafide/record"
)

// Climate is what one Build learned of a whole population: how many there are, what operators and strangers share here, what
// chance makes. A few records weighed under it (Builder.UseClimate) are judged as they are among everybody, so that an index
// can answer for one applicant what screening everybody says. It holds rates and counts, nothing of anybody.
type Climate struct {
	Version   int
	People    int // identities
	Questions int // operator questions
	Photos    int
	Persona   *Persona
	Group     GroupClimate
	Rate      map[uint32]float64 // by stratum (Key.Group): strangers who share a value by chance, where that is not nobody
	Blocks    map[uint32]float64 // by stratum of numbers: how many people there are for a block
	Common    [record.Kinds]float64
	Daily     [record.Kinds]bool
	Homes     [record.Kinds]int    // up to how many of one home share a kind as families do
	Halls     [record.Kinds]bool   // kinds that residences share
	Vain      [record.Kinds]uint16 // stories that come with a kind of daily life too often to corroborate it
	Texts     [streams]TextClimate
}

// GroupClimate is the model of who belongs to a question, by sign.
type GroupClimate struct {
	M, Strangers, Together []float64
	Hidden, Blocks         float64
}

// TextClimate is from how many shared sentences on two have more in common than strangers here.
type TextClimate struct {
	MostWriters int                // of a sentence that counts
	Need        [len(rarities)]int // by rarity
	Single      [len(rarities)]bool
}

// ClimateVersion is raised when the meaning of a number changes.
const ClimateVersion = 3

// UseClimate weighs by what a whole population taught in place of learning from what was added.
func (b *Builder) UseClimate(c *Climate) { b.climate = c }

// Climate is what this build learned, or was given.
func (g *Graph) Climate() *Climate { return g.climate }

// keepClimate notes what was learned. clustered is whether questions were looked for.
func (e *evaluation) keepClimate() {
	c := e.b.climate
	if c == nil {
		c = &e.learned
		c.Version, c.People, c.Questions, c.Photos, c.Persona = ClimateVersion, len(e.g.firstSeen), len(e.sizes()), len(e.b.photos), e.persona
		c.Common, c.Daily, c.Homes, c.Halls, c.Vain, c.Texts = e.common, e.daily, e.homes, e.halls, e.vain, e.b.textClimate
		c.Rate, c.Blocks = map[uint32]float64{}, map[uint32]float64{}
		numbers := e.b.strataOf(record.KindPhoneBlock)
		for group, n := range e.b.strata {
			if r := e.rate[n]; r > 0 {
				c.Rate[group] = r
			}
			if numbers[n] && e.density[n]*math.Exp2(float64(e.b.space[n])) >= blockFrom { // fewer never have a block together
				c.Blocks[group] = e.density[n]
			}
		}
		if m := e.group; m != nil {
			c.Group = GroupClimate{m.m[:], m.strangers[:], m.together[:], m.hidden, m.blocks}
		}
	}
	e.g.climate = c
}

// takeClimate is measure where a climate is given.
func (e *evaluation) takeClimate(c *Climate) {
	e.common, e.daily, e.homes, e.halls, e.vain = c.Common, c.Daily, c.Homes, c.Halls, c.Vain
	for group, n := range e.b.strata {
		e.rate[n], e.density[n] = c.Rate[group], c.Blocks[group]
	}
}

// groupOf is the model of who belongs to a question, as a climate has it.
func (c *Climate) groupOf() *groupModel {
	g := &groupModel{hidden: c.Group.Hidden, blocks: c.Group.Blocks, people: float64(c.People)}
	copy(g.m[:], c.Group.M)
	copy(g.strangers[:], c.Group.Strangers)
	copy(g.together[:], c.Group.Together)
	return g
}

// people is how many identities the population has.
func (e *evaluation) people() int {
	if c := e.b.climate; c != nil {
		return c.People
	}
	return len(e.g.firstSeen)
}

const climateMost = 32 << 20 // bytes

// Write writes a climate.
func (c *Climate) Write(w io.Writer) error { return json.MarshalWrite(w, c) }

// ErrClimateVersion says that a climate was learned by a version that understood its numbers otherwise: learn anew.
var ErrClimateVersion = record.Invalid("climate", "is of another version")

// ReadClimate reads a climate; one of another version is ErrClimateVersion.
func ReadClimate(r io.Reader) (*Climate, error) {
	var c Climate
	if err := json.UnmarshalRead(io.LimitReader(r, climateMost), &c, json.RejectUnknownMembers(true),
		jsonv1.UnmarshalArrayFromAnyLength(true)); err != nil { // kinds that came later have taught nothing yet
		return nil, record.Invalid("climate", "cannot be read")
	}
	if c.Version != ClimateVersion {
		return nil, ErrClimateVersion
	}
	if c.Persona == nil || c.People < 0 ||
		len(c.Group.M) == 0 || len(c.Group.M) > groupSigns || len(c.Group.Strangers) != len(c.Group.M) || len(c.Group.Together) != len(c.Group.M) {
		return nil, record.Invalid("climate", "is not whole")
	}
	return &c, nil
}
