package main

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"bonafide/link"
	"bonafide/match"
	"bonafide/record"
)

// population is a town as it is linked, with its truth.
type population struct {
	builder *link.Builder
	person  []int32 // by subject: the honest human being, -1 for personas
	life    []uint32
	lives   []string // what is going on in a life
}

// textMost is from how many holders on a sentence is a stock phrase: link/pairs.go, dfMost.
const textMost = 40

// read fills a builder from a folder. Values that one record alone has are counted and left out, as are sentences that say
// nothing because one has them or very many; with all, everything is added as it is.
func read(dir string, records int, all, pictures bool) (*population, error) {
	p := &population{builder: link.NewBuilder()}
	keys, err := p.keys(dir, all)
	if err != nil {
		return nil, err
	}
	texts, err := texts(dir, all)
	if err != nil {
		return nil, err
	}
	photos, err := rowsOf(dir, "photos", photoSize)
	if err != nil {
		return nil, err
	}
	if !pictures {
		photos = nil
	}
	f, err := os.Open(filepath.Join(dir, "people"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{r: bufio.NewReaderSize(f, 1<<20), once: map[string]string{}}
	named := map[string]uint32{}
	for n := range uint32(records) {
		a, person, life := r.profile()
		if r.err != nil {
			return nil, r.err
		}
		names := false
		for _, k := range keys.of(n) {
			a.Keys = append(a.Keys, k.Key)
			names = names || k.Kind == record.KindReferee
		}
		if !names {
			a.Referees = nil // compared only with who really holds a contact
		}
		for _, s := range texts.of(n) {
			a.Sentences = append(a.Sentences, link.Sentence{Value: s.value, Kind: record.Kind(s.kind), Second: s.second})
		}
		for ; len(photos) > 0 && le.Uint32(photos[40:]) == n; photos = photos[photoSize:] {
			h := link.Photo{Hash: le.Uint64(photos), Kind: record.Kind(photos[44]), Index: photos[45]}
			for w := range h.PDQ {
				h.PDQ[w] = le.Uint64(photos[8+8*w:])
			}
			a.Photos = append(a.Photos, h)
		}
		if _, err := p.builder.Add(a); err != nil {
			return nil, err
		}
		at, ok := named[life]
		if !ok {
			at = uint32(len(p.lives))
			named[life], p.lives = at, append(p.lives, life)
		}
		p.person, p.life = append(p.person, int32(person)), append(p.life, at)
	}
	return p, nil
}

func rowsOf(dir, name string, size int) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err == nil && len(b)%size != 0 {
		err = errors.New("a file of the town is cut off")
	}
	return b, err
}

// heaps are rows by subject, a million subjects a heap, so that what was read can be forgotten.
type heaps[T interface{ whose() uint32 }] [][]T

func (h *heaps[T]) add(some ...T) {
	for _, x := range some {
		at := int(x.whose() >> 20)
		for len(*h) <= at {
			*h = append(*h, nil)
		}
		(*h)[at] = append((*h)[at], x)
	}
}

func (h heaps[T]) sort() heaps[T] {
	for _, heap := range h {
		slices.SortFunc(heap, func(x, y T) int { return cmp.Compare(x.whose(), y.whose()) })
	}
	return h
}

// of takes the rows of a subject; subjects are asked for in their order.
func (h heaps[T]) of(subject uint32) []T {
	at := int(subject >> 20)
	if at >= len(h) {
		return nil
	}
	n := 0
	for n < len(h[at]) && h[at][n].whose() == subject {
		n++
	}
	mine := h[at][:n]
	if h[at] = h[at][n:]; len(h[at]) == 0 {
		h[at] = nil
	}
	return mine
}

// counts are how often values occur, up to 255: never too few, seldom too many.
type counts []uint8

func count(b []byte, size int, value func(row []byte) uint64) counts {
	c := make(counts, 1<<max(10, bits.Len(uint(4*len(b)/size))))
	for ; len(b) > 0; b = b[size:] {
		if at := &c[value(b)>>4&uint64(len(c)-1)]; *at < math.MaxUint8 {
			*at++
		}
	}
	return c
}

func (c counts) of(value uint64) uint8 { return c[value>>4&uint64(len(c)-1)] }

type keyed struct {
	link.Key
	subject uint32
}

func (k keyed) whose() uint32 { return k.subject }

// keys are the values that several have, by subject.
func (p *population) keys(dir string, all bool) (kept heaps[keyed], err error) {
	for part := range parts {
		b, err := rowsOf(dir, "keys-"+strconv.Itoa(part), keyBytes)
		if err != nil {
			return nil, err
		}
		times := count(b, keyBytes, func(row []byte) uint64 { return le.Uint64(row) })
		var here []keyed
		for ; len(b) > 0; b = b[keyBytes:] {
			k := keyed{link.Key{Value: le.Uint64(b), Kind: record.Kind(b[12]), Index: b[13], Flags: b[14], Group: le.Uint32(b[16:]),
				Space: math.Float32frombits(le.Uint32(b[20:]))}, le.Uint32(b[8:])}
			if all || times.of(k.Value) > 1 {
				here = append(here, k)
			} else {
				p.builder.Alone(k.Key)
			}
		}
		slices.SortFunc(here, func(x, y keyed) int {
			return cmp.Or(cmp.Compare(x.Value, y.Value), cmp.Compare(x.subject, y.subject), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Index, y.Index))
		})
		for lo := 0; lo < len(here); {
			hi := lo + 1
			for hi < len(here) && here[hi].Value == here[lo].Value {
				hi++
			}
			if all || here[hi-1].subject != here[lo].subject {
				kept.add(here[lo:hi]...)
			} else {
				p.builder.Alone(here[lo].Key)
			}
			lo = hi
		}
	}
	return kept.sort(), nil
}

type said struct {
	value   uint64
	subject uint32
	kind    uint8
	second  bool
}

func (s said) whose() uint32 { return s.subject }

func saidIn(row []byte) said { return said{le.Uint64(row), le.Uint32(row[8:]), row[12], row[13] == 1} }

// mixed tells sentences of one kind and family from all others.
func (s said) mixed() uint64 {
	family := uint64(s.kind) << 1
	if s.second {
		family |= 1
	}
	return match.Mix(s.alike() ^ family<<56)
}

// alike is by how much of a value sentences are compared: link/build.go keeps forty bits of it beside the first eight.
func (s said) alike() uint64 { return s.value>>56<<40 | s.value&(1<<40-1) }

// texts are the sentences that several have and not too many, by subject.
func texts(dir string, all bool) (kept heaps[said], err error) {
	for part := range parts {
		b, err := rowsOf(dir, "texts-"+strconv.Itoa(part), textBytes)
		if err != nil {
			return nil, err
		}
		times := count(b, textBytes, func(row []byte) uint64 { return saidIn(row).mixed() })
		very := map[uint64]int{} // those that are counted to the full, one by one
		for row := b; len(row) > 0; row = row[textBytes:] {
			if v := saidIn(row).mixed(); times.of(v) == math.MaxUint8 {
				very[v]++
			}
		}
		var here []said
		for ; len(b) > 0; b = b[textBytes:] {
			x := saidIn(b)
			if n := times.of(x.mixed()); all || n > 1 && (n < math.MaxUint8 || very[x.mixed()] < math.MaxUint8) {
				here = append(here, x)
			}
		}
		slices.SortFunc(here, func(x, y said) int {
			if x.second != y.second {
				if x.second {
					return 1
				}
				return -1
			}
			return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.alike(), y.alike()), cmp.Compare(x.subject, y.subject))
		})
		for lo := 0; lo < len(here); {
			hi, holders := lo+1, 1
			for ; hi < len(here) && here[hi].alike() == here[lo].alike() && here[hi].kind == here[lo].kind && here[hi].second == here[lo].second; hi++ {
				if here[hi].subject != here[hi-1].subject {
					holders++
				}
			}
			if all || holders > 1 && holders <= textMost {
				kept.add(here[lo:hi]...)
			}
			lo = hi
		}
	}
	return kept.sort(), nil
}

// reader reads the file of people.
type reader struct {
	r    *bufio.Reader
	once map[string]string
	err  error
	buf  []byte
}

func (r *reader) word() uint64 {
	var b [8]byte
	if _, err := io.ReadFull(r.r, b[:]); err != nil && r.err == nil {
		r.err = err
	}
	return le.Uint64(b[:])
}

func (r *reader) count() uint64 {
	n, err := binary.ReadUvarint(r.r)
	if err != nil && r.err == nil {
		r.err = err
	}
	return min(n, 1<<16)
}

func (r *reader) text() string { return string(r.bytes()) }

// bytes are good until the next are read.
func (r *reader) bytes() []byte {
	r.buf = slices.Grow(r.buf[:0], 1<<16)[:r.count()]
	if _, err := io.ReadFull(r.r, r.buf); err != nil && r.err == nil {
		r.err = err
	}
	return r.buf
}

// again is a string that many have, kept once.
func (r *reader) again() string {
	b := r.bytes()
	s, ok := r.once[string(b)]
	if !ok {
		s = string(b)
		r.once[s] = s
	}
	return s
}

func (r *reader) list() (all []string) {
	for range r.count() {
		all = append(all, r.text())
	}
	return all
}

func (r *reader) profile() (a link.Profile, person int64, life string) {
	for _, v := range [...]*uint64{&a.Door, &a.Flat, &a.Home, &a.Before, &a.Agency, &a.Self, &a.Referrer} {
		*v = r.word()
	}
	a.At = int64(r.word())
	person, err := binary.ReadVarint(r.r)
	if err != nil && r.err == nil {
		r.err = err
	}
	proven, err := r.r.ReadByte()
	if err != nil && r.err == nil {
		r.err = err
	}
	a.Proven = proven == 1
	a.Name, life, a.Person.Name, a.Person.Birth = r.text(), r.again(), r.text(), r.again()
	a.Person.Others, a.Referees = r.list(), r.list()
	for range r.count() {
		a.Live = append(a.Live, link.Live{At: int64(r.word()), Place: r.word()})
	}
	return a, person, life
}
