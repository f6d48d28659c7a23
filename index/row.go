package index

import (
	"encoding/binary"
	"math"
	"slices"

	"bonafide/link"
	"bonafide/record"
)

// A row is what the index keeps of one subject: enough to weigh it against another and to look up its neighbours.
// It holds digests, the record's name and a time; no name of a person, no address, no number.

// mostSentences bounds what is kept of one text: its smallest digests, so that equal texts keep the same ones.
const mostSentences = 64

// rowRoom is what most rows take, in bytes.
const rowRoom = 1024

// lean takes from a profile what the index does not keep: names, the second family of text digests (a reworded
// sentence is then found with its likeness as probability; a copied one always), and all but 48 bits of the first.
func lean(p *link.Profile) link.Profile {
	var out link.Profile
	leanTo(p, &out)
	return out
}

// leanTo is lean into the room of another profile.
func leanTo(p, out *link.Profile) {
	keys, sentences := out.Keys[:0], out.Sentences[:0]
	*out = *p
	out.Person = link.Person{Tokens: p.Person.Tokens, Day: p.Person.Day}
	out.Referees, out.Earlier, out.Live = nil, false, p.Live[:min(len(p.Live), 255)]
	keys = append(keys, p.Keys[:min(len(p.Keys), 1<<12)]...)
	slices.SortFunc(keys, compareKeys)
	out.Keys = keys
	out.Photos = p.Photos[:min(len(p.Photos), 256)]
	var room [96]uint64
	texts := room[:0] // kind and value in one word
	for i := range p.Sentences {
		if s := &p.Sentences[i]; !s.Second {
			texts = append(texts, uint64(s.Kind)<<48|s.Value>>16)
		}
	}
	slices.Sort(texts)
	n := 0
	for i, t := range texts {
		if i > 0 && t == texts[i-1] {
			continue
		}
		if n++; i == 0 || texts[i-1]>>48 != t>>48 {
			n = 1
		}
		if n <= mostSentences {
			sentences = append(sentences, link.Sentence{Value: t << 16, Kind: record.Kind(t >> 48)})
		}
	}
	out.Sentences = sentences
}

func compareKeys(x, y link.Key) int {
	switch {
	case x.Kind != y.Kind:
		return int(x.Kind) - int(y.Kind)
	case x.Value < y.Value:
		return -1
	case x.Value > y.Value:
		return 1
	case x.Index != y.Index:
		return int(x.Index) - int(y.Index)
	}
	return int(x.Flags) - int(y.Flags)
}

// scalars are the single digests of a row, in the order in which they are written.
func scalars(p *link.Profile) [8]*uint64 {
	return [8]*uint64{&p.Self, &p.Door, &p.Flat, &p.Home, &p.Before, &p.Agency, &p.Referrer, &p.Person.Day}
}

// appendRow writes a lean profile.
//
//	name length, name · time · which scalars (bits) and proven · scalars · parts of the name · keys · texts by kind · live interviews · photos
func appendRow(b []byte, p *link.Profile) []byte {
	le := binary.LittleEndian
	b = binary.AppendUvarint(b, uint64(len(p.Name)))
	b = append(b, p.Name...)
	b = binary.AppendVarint(b, p.At)
	mask := uint16(0)
	for i, v := range scalars(p) {
		if *v != 0 {
			mask |= 1 << i
		}
	}
	if p.Proven {
		mask |= 1 << 15
	}
	b = le.AppendUint16(b, mask)
	for _, v := range scalars(p) {
		if *v != 0 {
			b = le.AppendUint64(b, *v)
		}
	}
	tokens := p.Person.Tokens[:min(len(p.Person.Tokens), 255)]
	b = append(b, byte(len(tokens)))
	for _, t := range tokens {
		b = le.AppendUint64(b, t)
	}
	b = binary.AppendUvarint(b, uint64(len(p.Keys)))
	for _, k := range p.Keys {
		b = le.AppendUint64(b, k.Value)
		kind := byte(k.Kind)
		if k.Space != 0 {
			kind |= 0x40
		}
		if k.Flags != 0 {
			kind |= 0x80
		}
		b = append(b, kind, k.Index)
		if k.Flags != 0 {
			b = append(b, k.Flags)
		}
		if k.Space != 0 {
			b = le.AppendUint32(le.AppendUint32(b, k.Group), math.Float32bits(k.Space))
		}
	}
	for lo := 0; lo < len(p.Sentences); {
		hi := lo + 1
		for hi < len(p.Sentences) && p.Sentences[hi].Kind == p.Sentences[lo].Kind {
			hi++
		}
		b = append(b, byte(p.Sentences[lo].Kind), byte(hi-lo))
		for _, s := range p.Sentences[lo:hi] {
			b = append(b, byte(s.Value>>16), byte(s.Value>>24), byte(s.Value>>32), byte(s.Value>>40), byte(s.Value>>48), byte(s.Value>>56))
		}
		lo = hi
	}
	b = append(b, 0, byte(len(p.Live)))
	for _, v := range p.Live {
		b = le.AppendUint64(le.AppendUint64(b, uint64(v.At)), v.Place)
	}
	b = append(b, byte(min(len(p.Photos), 255)))
	for _, ph := range p.Photos[:min(len(p.Photos), 255)] {
		b = le.AppendUint64(b, ph.Hash)
		kind := byte(ph.Kind)
		if ph.PDQ != (link.Photo{}).PDQ {
			kind |= 0x80
		}
		if len(ph.Views) > 0 {
			kind |= 0x40
		}
		b = append(b, kind, ph.Index)
		if kind&0x80 != 0 {
			b = appendPDQ(b, ph.PDQ)
		}
		if kind&0x40 != 0 {
			b = append(b, byte(min(len(ph.Views), 255)))
			for _, v := range ph.Views[:min(len(ph.Views), 255)] {
				b = appendPDQ(b, v)
			}
		}
	}
	return b
}

func appendPDQ(b []byte, h [4]uint64) []byte {
	for _, w := range h {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	return b
}

// rowReader takes a row apart; after the first thing that does not fit it gives zeros and says so.
type rowReader struct {
	b   []byte
	bad bool
}

func (r *rowReader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *rowReader) u8() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *rowReader) u64() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *rowReader) pdq() (h [4]uint64) {
	for w := range h {
		h[w] = r.u64()
	}
	return h
}

func (r *rowReader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.take(len(r.b) + 1)
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *rowReader) varint() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.take(len(r.b) + 1)
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *rowReader) kind(b byte) record.Kind {
	if int(b) >= record.Kinds {
		r.bad = true
		return 0
	}
	return record.Kind(b)
}

// readRow reads what appendRow wrote; ok is false for bytes that are no row.
func readRow(b []byte) (p link.Profile, ok bool) {
	ok = readRowTo(b, &p)
	return p, ok
}

// readRowTo is readRow into the room of another profile.
func readRowTo(b []byte, p *link.Profile) (ok bool) { return readRowOf(b, p, nil) }

// readRowOf is readRowTo with only those keys and texts that are in a set, or all when there is none.
func readRowOf(b []byte, p *link.Profile, of *valueSet) (ok bool) {
	r := rowReader{b: b}
	*p = link.Profile{Keys: p.Keys[:0], Sentences: p.Sentences[:0], Photos: p.Photos[:0], Live: p.Live[:0], Person: link.Person{Tokens: p.Person.Tokens[:0]}}
	p.Name = string(r.take(int(min(r.uvarint(), 1<<20))))
	p.At = r.varint()
	mask := uint16(0)
	if m := r.take(2); m != nil {
		mask = binary.LittleEndian.Uint16(m)
	}
	for i, v := range scalars(p) {
		if mask&(1<<i) != 0 {
			*v = r.u64()
		}
	}
	p.Proven = mask&(1<<15) != 0
	for range r.u8() {
		p.Person.Tokens = append(p.Person.Tokens, r.u64())
	}
	for range min(r.uvarint(), uint64(len(r.b)/10)) {
		k := link.Key{Value: r.u64()}
		kind := r.u8()
		k.Kind, k.Index = r.kind(kind&0x3f), r.u8()
		if kind&0x80 != 0 {
			k.Flags = r.u8()
		}
		if kind&0x40 != 0 {
			w := r.u64()
			k.Group, k.Space = uint32(w), math.Float32frombits(uint32(w>>32))
		}
		if of.has(k.Value) {
			p.Keys = append(p.Keys, k)
		}
	}
	for {
		kind := r.kind(r.u8())
		if kind == record.KindNone || r.bad {
			break
		}
		for all := r.take(6 * int(r.u8())); len(all) >= 6; all = all[6:] {
			v := uint64(binary.LittleEndian.Uint32(all))<<16 | uint64(binary.LittleEndian.Uint16(all[4:]))<<48
			if of.has(v) {
				p.Sentences = append(p.Sentences, link.Sentence{Value: v, Kind: kind})
			}
		}
	}
	for range r.u8() {
		p.Live = append(p.Live, link.Live{At: int64(r.u64()), Place: r.u64()})
	}
	for range r.u8() {
		ph := link.Photo{Hash: r.u64()}
		kind := r.u8()
		ph.Kind, ph.Index = r.kind(kind&0x3f), r.u8()
		if kind&0x80 != 0 {
			ph.PDQ = r.pdq()
		}
		if kind&0x40 != 0 {
			for range r.u8() {
				ph.Views = append(ph.Views, r.pdq())
			}
		}
		p.Photos = append(p.Photos, ph)
	}
	return !r.bad && len(r.b) == 0
}

// valueSet is the values of one profile, by the 48 bits that are kept everywhere. The nil set has all values.
type valueSet struct {
	slots []uint64
	zero  bool
}

var noValues = &valueSet{slots: make([]uint64, 1)}

func valuesOf(p *link.Profile) *valueSet {
	n := 64
	for n < 4*(len(p.Keys)+len(p.Sentences)) {
		n *= 2
	}
	s := &valueSet{slots: make([]uint64, n)}
	for i := range p.Keys {
		s.add(p.Keys[i].Value)
	}
	for i := range p.Sentences {
		s.add(p.Sentences[i].Value)
	}
	return s
}

func (s *valueSet) add(v uint64) {
	if v &= valueMask; v == 0 {
		s.zero = true
		return
	}
	i := s.first(v)
	for s.slots[i] != 0 && s.slots[i] != v {
		i = (i + 1) & (len(s.slots) - 1)
	}
	s.slots[i] = v
}

func (s *valueSet) first(v uint64) int { return int(v*0x9e3779b97f4a7c15>>40) & (len(s.slots) - 1) }

func (s *valueSet) has(v uint64) bool {
	if s == nil {
		return true
	}
	if v &= valueMask; v == 0 {
		return s.zero
	}
	i := s.first(v)
	for s.slots[i] != 0 {
		if s.slots[i] == v {
			return true
		}
		i = (i + 1) & (len(s.slots) - 1)
	}
	return false
}

// postingsOf gives every value by which a profile is found, table by table.
func postingsOf(p *link.Profile, add func(table int, value uint64)) {
	add(tableKeys, p.Self)
	if p.Door != 0 {
		add(tableKeys, p.Door)
	}
	for i := range p.Keys {
		add(tableKeys, p.Keys[i].Value)
	}
	for i := range p.Sentences {
		add(tableKeys, p.Sentences[i].Value)
	}
	for i := range p.Photos {
		if p.Photos[i].Hash == 0 {
			continue // has the long hash only
		}
		for t := 1; t < tables; t++ {
			add(t, photoValue(t, p.Photos[i].Hash))
		}
	}
}

// photoValue turns the block of a table to the front.
func photoValue(t int, hash uint64) uint64 {
	n := 16 * (t - 1)
	return hash<<n | hash>>(64-n)
}

// rowWriter writes the rows of a range of subjects, in order; a subject that is gone has an empty row.
type rowWriter struct {
	w      *sealedWriter
	starts []uint64
	live   uint64
}

func newRowWriter(path string, from, to uint32) (*rowWriter, error) {
	w, err := newSealed(path, holdsRows)
	if err != nil {
		return nil, err
	}
	w.Meta[metaFrom], w.Meta[metaTo] = uint64(from), uint64(to)
	return &rowWriter{w: w, starts: make([]uint64, 0, to-from+1)}, nil
}

func (r *rowWriter) add(row []byte) error {
	r.starts = append(r.starts, r.w.at)
	if len(row) > 0 {
		r.live++
	}
	_, err := r.w.Write(row)
	return err
}

func (r *rowWriter) finish() error {
	r.starts = append(r.starts, r.w.at)
	b := make([]byte, 0, 8*len(r.starts))
	for _, s := range r.starts {
		b = binary.LittleEndian.AppendUint64(b, s)
	}
	r.w.Meta[metaLive] = r.live
	r.w.Write(b)
	return r.w.Finish()
}

// row is the bytes of a subject's row; empty when it is gone.
func (s *segment) row(id uint32) ([]byte, error) {
	if id < s.from() || id >= s.to() {
		return nil, damaged(s.rows.path, "a subject is asked for that it does not hold")
	}
	starts := s.rows.size - 8*uint64(s.to()-s.from()+1)
	d, err := s.rows.view(starts+8*uint64(id-s.from()), 16)
	if err != nil {
		return nil, err
	}
	lo, hi := binary.LittleEndian.Uint64(d), binary.LittleEndian.Uint64(d[8:])
	if lo > hi || hi > starts {
		return nil, damaged(s.rows.path, "its table of starts makes no sense")
	}
	return s.rows.view(lo, hi-lo)
}
