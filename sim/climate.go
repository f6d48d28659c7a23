package sim

// climate is in what one population differs from the next as a whole: what a
// platform asks for, how people there write, what is common among them. It is
// drawn from the seed, so that measuring on several seeds is measuring on
// several populations and not on one with other dice.
type climate struct {
	documents, payouts, photos, taxes float64 // who has given one early on
	simple                            float64 // share of plain short lines in résumés, which strangers share by chance
	answers                           float64 // per question
	happenings                        []float64
	groups                            []float64
}

func drawClimate(seed uint64) climate {
	d := roll(seed, "climate", 0)
	in := func(lo, hi float64) float64 { return lo + (hi-lo)*d.Float64() }
	c := climate{documents: in(0.4, 0.9), payouts: in(0.4, 0.9), photos: in(0.3, 0.9), taxes: in(0.15, 0.6), simple: in(0, 0.4), answers: in(0.15, 0.6)}
	for _, h := range happenings {
		c.happenings = append(c.happenings, h.rate*in(0.6, 1.6))
	}
	for _, g := range groupKinds {
		share := g.share
		if g.join != nil {
			share *= in(0.6, 1.6)
		}
		c.groups = append(c.groups, share/g.mean())
	}
	return c
}
