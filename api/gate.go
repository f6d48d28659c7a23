package api

import (
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// gate lets so many requests work at once and so many wait a moment; the rest
// are told at once to come again. Bodies share a budget of bytes, so that slow
// or many senders cannot fill the memory.
type gate struct {
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
	longest time.Duration
	asking  atomic.Int64 // requests of whom it is not known yet who they are
	budget  atomic.Int64 // bytes of bodies that may still be held
	shed    atomic.Int64
}

func newGate(atOnce, queue int, longest time.Duration, bytes int64) *gate {
	g := &gate{slots: make(chan struct{}, atOnce), queue: int64(queue), longest: longest}
	g.budget.Store(bytes)
	return g
}

var busy = &fault{kind: "unavailable", detail: "More requests than this node can take; try again after the seconds in Retry-After.", header: [2]string{"Retry-After", "1"}}

// knock turns a request away before anything is done for it, when all places are
// taken and enough are waiting, or too many are being asked who they are: to say
// no must cost next to nothing, else saying no is what keeps the node busy.
func (g *gate) knock() (known func(), err error) {
	if len(g.slots) == cap(g.slots) && g.waiting.Load() >= g.queue {
		g.shed.Add(1)
		return nil, busy
	}
	if g.asking.Add(1) > 2*int64(cap(g.slots)) {
		g.asking.Add(-1)
		g.shed.Add(1)
		return nil, busy
	}
	return sync.OnceFunc(func() { g.asking.Add(-1) }), nil
}

// enter waits for a slot, never longer than the gate's moment.
func (g *gate) enter(ctx context.Context) error {
	select {
	case g.slots <- struct{}{}:
		return nil
	default:
	}
	if g.waiting.Add(1) > g.queue {
		g.waiting.Add(-1)
		g.shed.Add(1)
		return busy
	}
	defer g.waiting.Add(-1)
	t := time.NewTimer(g.longest)
	defer t.Stop()
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-t.C:
		g.shed.Add(1)
		return busy
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) leave() { <-g.slots }

// body reads a whole body of at most most bytes out of the shared budget. The
// caller calls done when it no longer needs the bytes. A body must say its
// length: what is chunked is not taken, which leaves nothing for two parsers to
// see differently.
func (g *gate) body(r *http.Request, most int64) (raw []byte, done func(), err error) {
	done = func() {}
	if len(r.TransferEncoding) > 0 || r.ContentLength < 0 {
		return nil, done, &fault{kind: "length", detail: "Send Content-Length; chunked bodies are not taken.", header: [2]string{"Connection", "close"}}
	}
	n := r.ContentLength
	if n > most {
		return nil, done, &fault{kind: "too-large", detail: "The body is larger than this takes.", header: [2]string{"Connection", "close"}}
	}
	if g.budget.Add(-n) < 0 {
		g.budget.Add(n)
		g.shed.Add(1)
		return nil, done, busy
	}
	done = func() { g.budget.Add(n) }
	raw = make([]byte, n)
	if _, err := io.ReadFull(r.Body, raw); err != nil {
		done()
		return nil, func() {}, &fault{kind: "invalid", detail: "The body ended early or came too slowly.", header: [2]string{"Connection", "close"}}
	}
	return raw, done, nil
}
