package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"slices"

	"bonafide/record"
)

// PhotoBuilder gathers hashes in memory (40 bytes each) and writes the index over them, the same bytes whatever the order
// they came in. To take people out: AddAll with a rule, then Write.
type PhotoBuilder struct {
	shape PhotoShape
	rows  []photoRow
}

// NewPhotoBuilder begins an index of one kind of hash. room is how many are expected.
func NewPhotoBuilder(shape PhotoShape, room int) *PhotoBuilder {
	return &PhotoBuilder{shape: shape, rows: make([]photoRow, 0, room)}
}

// Add says that a subject has a photo of this hash. Photos too even to be compared must not be added (match/photo: Good).
func (b *PhotoBuilder) Add(hash PhotoHash, subject uint32) {
	b.rows = append(b.rows, photoRow{b.shape.cut(hash), subject})
}

// AddAll adds what an index holds, without the subjects to leave out (nil: nobody).
func (b *PhotoBuilder) AddAll(p *Photos, leaveOut func(subject uint32) bool) error {
	if p.shape != b.shape {
		return &record.Error{Code: record.CodeInvalid, Where: "photo index", Message: "holds another kind of hash"}
	}
	keep := func(h PhotoHash, s uint32) {
		if leaveOut == nil || !leaveOut(s) {
			b.Add(h, s)
		}
	}
	for id := range uint32(p.n) {
		h, err := p.hash(id)
		if err != nil {
			return err
		}
		lo, hi, err := p.postings(id)
		if err != nil {
			return err
		}
		subjects, err := p.from.view(p.subjectsAt()+4*lo, 4*(hi-lo))
		if err != nil {
			return err
		}
		for ; len(subjects) > 0; subjects = subjects[4:] {
			keep(h, binary.LittleEndian.Uint32(subjects))
		}
	}
	p.mu.RLock()
	defer p.mu.RUnlock()
	for _, r := range p.delta {
		keep(r.hash, r.subject)
	}
	return nil
}

// Write writes the index beside path and renames it. The builder is empty afterwards.
func (b *PhotoBuilder) Write(path string) error {
	p, hashes := b.ordered()
	w, err := newSealed(path, holdsPhotos)
	if err != nil {
		return err
	}
	w.Meta[0], w.Meta[1], w.Meta[2] = uint64(p.shape), p.n, p.posted
	if err := b.payload(w, p, hashes); err != nil {
		w.Abandon()
		return cannot(path, "written", err)
	}
	b.rows = nil
	return w.Finish()
}

// Memory makes the index without a file. The builder is empty afterwards.
func (b *PhotoBuilder) Memory() (*Photos, error) {
	p, hashes := b.ordered()
	buf := bytes.NewBuffer(make([]byte, 0, p.slotAt(p.shape.slots())))
	if err := b.payload(buf, p, hashes); err != nil {
		return nil, err
	}
	b.rows = nil
	p.from = inMemory(buf.Bytes())
	return p, nil
}

// ordered sorts the rows and finds the different hashes: for each the row where its subjects begin.
func (b *PhotoBuilder) ordered() (*Photos, []uint32) {
	slices.SortFunc(b.rows, func(x, y photoRow) int {
		for w := range x.hash {
			if x.hash[w] != y.hash[w] {
				return cmp.Compare(x.hash[w], y.hash[w])
			}
		}
		return cmp.Compare(x.subject, y.subject)
	})
	b.rows = slices.Compact(b.rows)
	var first []uint32
	for i := range b.rows {
		if i == 0 || b.rows[i].hash != b.rows[i-1].hash {
			first = append(first, uint32(i))
		}
	}
	return &Photos{shape: b.shape, n: uint64(len(first)), posted: uint64(len(b.rows))}, first
}

func (b *PhotoBuilder) payload(w io.Writer, p *Photos, first []uint32) error {
	if p.posted > photosAtMost {
		return &record.Error{Code: record.CodeInvalid, Where: "photo index", Message: "more hashes than one file may hold"}
	}
	out := &photoWords{w: w}
	for _, i := range first {
		for _, word := range b.rows[i].hash[:b.shape] {
			out.put(word, 8)
		}
	}
	for _, i := range first {
		out.put(uint64(i), 4)
	}
	out.put(p.posted, 4)
	for i := range b.rows {
		out.put(uint64(b.rows[i].subject), 4)
	}
	starts := make([]uint32, slotCodes+1)
	next := make([]uint32, slotCodes)
	halves := make([]uint16, p.n)
	numbers := make([]uint32, p.n)
	for s := range p.shape.slots() {
		clear(starts)
		for _, i := range first {
			starts[int(slotOf(&b.rows[i].hash, s))+1]++
		}
		for c := range slotCodes {
			starts[c+1] += starts[c]
		}
		copy(next, starts)
		for id, i := range first {
			h := &b.rows[i].hash
			at := &next[slotOf(h, s)]
			halves[*at], numbers[*at] = slotOf(h, s^1), uint32(id)
			*at++
		}
		for _, x := range starts {
			out.put(uint64(x), 4)
		}
		for _, x := range halves {
			out.put(uint64(x), 2)
		}
		for _, x := range numbers {
			out.put(uint64(x), 4)
		}
	}
	return out.flush()
}

// photoWords writes little-endian numbers in large pieces and remembers the first error.
type photoWords struct {
	w   io.Writer
	buf []byte
	err error
}

func (o *photoWords) put(x uint64, size int) {
	switch size {
	case 2:
		o.buf = binary.LittleEndian.AppendUint16(o.buf, uint16(x))
	case 4:
		o.buf = binary.LittleEndian.AppendUint32(o.buf, uint32(x))
	default:
		o.buf = binary.LittleEndian.AppendUint64(o.buf, x)
	}
	if len(o.buf) >= 1<<16 {
		o.flush()
	}
}

func (o *photoWords) flush() error {
	if o.err == nil {
		_, o.err = o.w.Write(o.buf)
	}
	o.buf = o.buf[:0]
	return o.err
}
