package connect

import (
	"context"

	"bonafide/egress"
)

// Occasion is why the house asks somebody outside.
type Occasion = egress.Occasion

// Net opens a client for one occasion that speaks to these hosts and to no other.
// nil: egress is off.
type Net func(o Occasion, hosts []string) Caller

// Opener opens a client for these hosts and no other, of which keep writes every
// look-up down.
type Opener func(hosts []string, on Occasion, keep egress.Ledger) Caller

// bounded asks only what may be asked at that moment.
type bounded struct {
	net Caller
	may func() error
}

// Within is a client that asks may before every question.
func (o Opener) Within(hosts []string, on Occasion, may func() error, keep egress.Ledger) Caller {
	return bounded{net: o(hosts, on, keep), may: may}
}

// Call does one exchange.
func (b bounded) Call(ctx context.Context, c egress.Call) (egress.Reply, error) {
	if err := b.may(); err != nil {
		return egress.Reply{}, err
	}
	return b.net.Call(ctx, c)
}
