package link

import "bonafide/record"

// alone counts values that one profile has and nobody else: they link nothing, but say how common sharing is.
type alone struct {
	single   [record.Kinds]float64
	carriers map[uint32]float64 // by stratum
	blocks   map[uint32]bool    // strata of blocks of numbers
}

// Alone counts a value that nobody else has, in place of adding it: nine of ten
// values are such, and whoever can tell, because profiles lie sorted on disk, needs
// not keep them in memory. Of a value that one profile has as several kinds the
// first kind, and of that the first index, stands for all. Nothing else changes.
func (b *Builder) Alone(k Key) {
	if b.alone.carriers == nil {
		b.alone.carriers, b.alone.blocks = map[uint32]float64{}, map[uint32]bool{}
	}
	n := b.stratum(&k)
	b.alone.single[k.Kind]++
	b.alone.carriers[n]++
	if k.Kind == record.KindPhoneBlock {
		b.alone.blocks[n] = true
	}
}
