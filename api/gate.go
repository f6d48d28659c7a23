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
//
// Waiting is for a burst. Where more come than can be done for long, a queue makes
// nobody served sooner and everybody served later: from the first who had to be
// turned away, until a while after the last, nobody is let in to wait, and who is
// let in takes as long as on any busy day.
type gate struct {
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
	longest time.Duration
	asking  atomic.Int64 // requests of whom it is not known yet who they are
	budget  atomic.Int64 // bytes of bodies that may still be held
	shed    atomic.Int64
	begun   time.Time
	last    atomic.Int64 // when somebody was turned away last, from begun
}

// strained is how long a gate remembers that it had to turn somebody away: as long
// as whoever was is asked to stay away.
const strained = time.Second

func newGate(atOnce, queue int, longest time.Duration, bytes int64) *gate {
	g := &gate{slots: make(chan struct{}, atOnce), queue: int64(queue), longest: longest, begun: time.Now().Add(-2 * strained)}
	g.budget.Store(bytes)
	return g
}

var busy = &fault{kind: "unavailable", detail: "More requests than this node can take; try again after the seconds in Retry-After.", header: [2]string{"Retry-After", "1"}}

// full says whether one more would have to be turned away. Whoever is still being
// asked who they are counts as one who will want a place.
func (g *gate) full() bool {
	over := g.asking.Load() + g.waiting.Load() + int64(len(g.slots)) - int64(cap(g.slots))
	switch {
	case over < 0:
		return false
	case over >= g.queue:
		return true
	}
	return time.Since(g.begun)-time.Duration(g.last.Load()) < strained
}

// away counts one who is told to come again.
func (g *gate) away() error {
	g.shed.Add(1)
	g.last.Store(int64(time.Since(g.begun)))
	return busy
}

// knock turns a request away before anything is done for it when the gate is
// full: to say no must cost next to nothing, else saying no is what keeps the node
// busy. Who is let in finds a place, or one to wait.
func (g *gate) knock() (known func(), err error) {
	if g.full() {
		return nil, g.away()
	}
	g.asking.Add(1)
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
		return g.away()
	}
	defer g.waiting.Add(-1)
	t := time.NewTimer(g.longest)
	defer t.Stop()
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-t.C:
		return g.away()
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
		return nil, done, g.away()
	}
	done = func() { g.budget.Add(n) }
	raw = make([]byte, n)
	if _, err := io.ReadFull(r.Body, raw); err != nil {
		done()
		return nil, func() {}, &fault{kind: "invalid", detail: "The body ended early or came too slowly.", header: [2]string{"Connection", "close"}}
	}
	return raw, done, nil
}
