package access

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rates bounds how often each caller may come: one bucket a name, the least
// recently seen forgotten when there are too many. It is one node's; what must
// hold over all nodes (sign-in) is counted in the store.
type Rates struct {
	mu    sync.Mutex
	every rate.Limit
	burst int
	most  int
	at    map[string]*list.Element
	order *list.List // front: seen last
}

type bucket struct {
	name    string
	limiter *rate.Limiter
}

// NewRates allows perSecond requests a name on average and burst at once, and
// remembers most names.
func NewRates(perSecond float64, burst, most int) *Rates {
	return &Rates{every: rate.Limit(perSecond), burst: burst, most: most, at: map[string]*list.Element{}, order: list.New()}
}

// Take takes one request of a name; when there is none left it says how long to wait.
func (r *Rates) Take(name string, now time.Time) (wait time.Duration, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.at[name]
	if e == nil {
		if r.order.Len() >= r.most {
			last := r.order.Back()
			delete(r.at, last.Value.(*bucket).name)
			r.order.Remove(last)
		}
		e = r.order.PushFront(&bucket{name, rate.NewLimiter(r.every, r.burst)})
		r.at[name] = e
	} else {
		r.order.MoveToFront(e)
	}
	b := e.Value.(*bucket).limiter
	if b.AllowN(now, 1) {
		return 0, true
	}
	v := b.ReserveN(now, 1)
	wait = v.DelayFrom(now)
	v.CancelAt(now)
	return wait, false
}
