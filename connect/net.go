package connect

import (
	"context"

	"bonafide/egress"
)

// Occasion is why the house asks somebody outside: noun.verb as the audit writes
// it, by which connector, concerning whom.
type Occasion struct {
	Tenant  string
	Act     string
	By      string // name of the connector
	Subject string // id; "" where it concerns nobody in particular
}

// Net opens a client for one occasion that speaks to these hosts and to no other.
// nil: egress is off.
type Net func(o Occasion, hosts []string) Caller

// Opener opens a client for these hosts and no other; note hears of every look-up.
type Opener func(hosts []string, note func(Lookup)) Caller

// Lookup is the record of one look-up.
type Lookup = egress.Lookup

// recorded asks only what may be asked and hands out no answer whose look-up
// could not be written down: who cannot keep the record does not ask.
type recorded struct {
	net  Caller
	may  func() error
	keep func(Lookup) error
	seen []Lookup
}

// Recorded is a client of which every look-up is kept. It is not for several
// goroutines at once.
func (o Opener) Recorded(hosts []string, may func() error, keep func(Lookup) error) Caller {
	r := &recorded{may: may, keep: keep}
	r.net = o(hosts, func(l Lookup) { r.seen = append(r.seen, l) })
	return r
}

// Call does one exchange.
func (r *recorded) Call(ctx context.Context, c egress.Call) (egress.Reply, error) {
	if err := r.may(); err != nil {
		return egress.Reply{}, err
	}
	reply, err := r.net.Call(ctx, c)
	for _, l := range r.seen {
		if e := r.keep(l); e != nil {
			r.seen = nil
			return egress.Reply{}, e
		}
	}
	r.seen = r.seen[:0]
	return reply, err
}
