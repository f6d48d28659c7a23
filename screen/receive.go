package screen

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"github.com/zeebo/xxh3"

	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
)

// Input is one source of applications: a reader that splits, and the same
// bytes again for the second pass.
type Input struct {
	Reader  *intake.Reader
	Bytes   func(file int) io.ReaderAt // decompressed; file numbers are those of Reader.Files
	Size    int64                      // bytes in all, 0 when unknown: for progress
	Earlier bool                       // links with the others, gets no result of its own
	Keys    *link.KeyFile              // instead of Reader: the keys of earlier inputs
}

// Reject is a line that could not be used.
type Reject struct {
	Where string // file:line
	Err   error
	Raw   []byte // the bytes as they came, nil when too many to keep
}

// position is where an application stands in its input.
type position struct {
	offset int64
	length uint32
	input  uint32
	file   uint32
	skip   bool // earlier input, or replaced by a later version
}

type received struct {
	inputs  []Input
	at      []position
	builder *link.Builder
	summary Summary
}

// batch is a run of lines on its way through a worker; batches are consumed in
// the order in which they were cut.
type batch struct {
	items    []intake.Item
	bytes    []byte // the raw bytes of all items, one after another
	raw      [][]byte
	profiles []link.Profile
	errs     []error
	digest   []uint64
	done     chan struct{}
}

const (
	batchItems = 128
	batchBytes = 2 << 20
)

// receive reads every input once: each line is decoded, its keys are kept and
// its text forgotten. Memory grows with keys, not with text.
func (s *Screen) receive(ctx context.Context, inputs []Input) (*received, error) {
	r := &received{inputs: inputs, builder: link.NewBuilder()}
	versions := map[uint64]version{}
	for i := range inputs {
		if inputs[i].Keys != nil {
			n, err := inputs[i].Keys.AddTo(r.builder)
			if err != nil {
				return nil, err
			}
			for range n {
				r.at = append(r.at, position{skip: true})
			}
			r.summary.Earlier += n
			for name, at := range inputs[i].Keys.Records() {
				v := version{subject: uint32(len(r.at) - n), at: at, earlier: true}
				n--
				if id, old, again := versionOf(versions, name); !again || v.stands(old) {
					r.drop(old, again)
					versions[id] = v
				} else {
					r.drop(v, true)
				}
			}
			continue
		}
		if err := s.receiveOne(ctx, r, i, versions); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (s *Screen) receiveOne(ctx context.Context, r *received, input int, versions map[uint64]version) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	in := &r.inputs[input]
	work := make(chan *batch)
	ordered := make(chan *batch, 4*runtime.GOMAXPROCS(0))
	readErr := make(chan error, 1)
	go func() {
		defer close(work)
		defer close(ordered)
		readErr <- cut(ctx, in.Reader, work, ordered)
	}()
	for range runtime.GOMAXPROCS(0) {
		go func() {
			keyer := s.Keyer.Fork()
			for b := range work {
				b.decode(in.Reader, keyer)
				close(b.done)
			}
		}()
	}
	for b := range ordered {
		<-b.done
		for i := range b.items {
			if err := s.keep(r, input, b, i, versions); err != nil {
				return err
			}
		}
		if n := len(b.items); n > 0 {
			s.progress("read", b.items[n-1].Offset+b.items[n-1].Length, in.Size)
			if s.Received != nil {
				s.Received(r.builder.Len())
			}
		}
		b.free()
	}
	return <-readErr
}

// cut splits an input into batches.
func cut(ctx context.Context, r *intake.Reader, work, ordered chan<- *batch) error {
	send := func(b *batch) bool {
		select {
		case ordered <- b:
		case <-ctx.Done():
			return false
		}
		select {
		case work <- b:
		case <-ctx.Done():
			return false
		}
		return true
	}
	b := newBatch()
	for {
		it, err := r.Next()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err == nil {
			b.bytes = append(b.bytes, it.Raw...)
			b.items = append(b.items, it)
		}
		if err != nil || len(b.items) == batchItems || len(b.bytes) > batchBytes {
			b.slice()
			if len(b.items) > 0 && !send(b) {
				return ctx.Err()
			}
			if err != nil {
				return nil
			}
			b = newBatch()
		}
	}
}

// spare keeps the buffers of finished batches: the lines of a million
// applications pass through a few megabytes.
var spare = sync.Pool{New: func() any { return new([]byte) }}

func newBatch() *batch {
	return &batch{done: make(chan struct{}), bytes: (*spare.Get().(*[]byte))[:0]}
}

// slice points every item at its bytes, once the buffer no longer moves.
func (b *batch) slice() {
	at := 0
	for i := range b.items {
		n := len(b.items[i].Raw)
		b.items[i].Raw = b.bytes[at : at+n : at+n]
		b.raw = append(b.raw, b.items[i].Raw)
		at += n
	}
}

// free gives the buffer back; nothing may hold the raw bytes any more.
func (b *batch) free() {
	if cap(b.bytes) <= 4*batchBytes {
		buf := b.bytes
		spare.Put(&buf)
	}
	b.bytes, b.raw, b.items = nil, nil, nil
}

func (b *batch) decode(r *intake.Reader, k *link.Keyer) {
	n := len(b.items)
	b.profiles, b.errs, b.digest = make([]link.Profile, n), make([]error, n), make([]uint64, n)
	for i, it := range b.items {
		if it.Problem != nil {
			b.errs[i] = it.Problem
			continue
		}
		a, err := r.Decode(b.raw[i], it)
		if err != nil {
			b.errs[i] = err
			continue
		}
		b.profiles[i], b.digest[i] = k.Profile(a), xxh3.Hash(b.raw[i])
	}
}

// version is which line stands for a record.
type version struct {
	subject uint32
	at      int64
	digest  uint64
	earlier bool // of an earlier input, which asks for no result
	where   string
}

func versionOf(versions map[uint64]version, name string) (id uint64, v version, known bool) {
	id = xxh3.HashString(name)
	v, known = versions[id]
	return id, v, known
}

// stands reports whether v replaces another version of its record: a line
// that asks for a result before one of an earlier input, then the newest.
func (v version) stands(before version) bool {
	switch {
	case v.earlier != before.earlier:
		return before.earlier
	case v.at != before.at:
		return v.at > before.at
	}
	return v.digest > before.digest
}

// drop takes a version out again: it links with nobody and gets no result.
func (r *received) drop(v version, known bool) {
	if !known {
		return
	}
	if v.earlier {
		r.summary.Earlier--
	} else {
		r.summary.Records--
	}
	r.at[v.subject].skip = true
	r.builder.Drop(v.subject)
}

// raw reads again what was received.
func (r *received) raw(subject uint32) []byte {
	at := r.at[subject]
	b := make([]byte, at.length)
	n, _ := r.inputs[at.input].Bytes(int(at.file)).ReadAt(b, at.offset)
	return b[:n]
}

// keep adds one decoded line. Of several lines for one record the newest
// stands, whatever their order; the others are rejected, not lost. An earlier
// input may hold the record too: it then has nothing to say that is not here.
func (s *Screen) keep(r *received, input int, b *batch, i int, versions map[uint64]version) error {
	it, in := b.items[i], &r.inputs[input]
	if b.errs[i] != nil {
		return s.reject(r, Reject{it.Where, b.errs[i], b.raw[i]})
	}
	p := &b.profiles[i]
	p.Earlier = in.Earlier
	v := version{at: p.At, digest: b.digest[i], earlier: in.Earlier, where: it.Where}
	id, old, again := versionOf(versions, p.Name)
	if again && !v.stands(old) {
		if v.earlier {
			return nil
		}
		return s.reject(r, Reject{it.Where, record.Invalid("id", "the record stands in "+old.where+" already"), b.raw[i]})
	}
	n, err := r.builder.Add(*p)
	if err != nil {
		return err
	}
	if s.Keep != nil && !in.Earlier {
		if err := s.Keep(p); err != nil {
			return err
		}
	}
	r.at = append(r.at, position{offset: it.Offset, length: uint32(it.Length), input: uint32(input), file: uint32(it.File), skip: in.Earlier})
	if in.Earlier {
		r.summary.Earlier++
	} else {
		r.summary.Records++
	}
	v.subject = n
	versions[id] = v
	r.drop(old, again)
	if again && !old.earlier {
		return s.reject(r, Reject{old.where, record.Invalid("id", "a newer version of the record stands in "+it.Where), r.raw(old.subject)})
	}
	return nil
}

func (s *Screen) reject(r *received, x Reject) error {
	r.summary.Rejected++
	if s.Rejected == nil {
		return nil
	}
	return s.Rejected(x)
}
