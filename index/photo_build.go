package index

import (
	"cmp"
	"encoding/binary"
	"io"
	"slices"

	"bonafide/record"
)

// writePhotos writes the pictures of the subjects of a segment and the parts of them, the same bytes whatever the order they
// came in. It sorts both where they stand (40 bytes each).
func writePhotos(path string, from, to uint32, rows, parts []photoRow) error {
	if max(len(rows), len(parts)) > photosAtMost {
		return &record.Error{Code: record.CodeInvalid, Where: "photo index", Message: "more pictures than one file may hold"}
	}
	w, err := newSealed(path, holdsPhotos)
	if err != nil {
		return err
	}
	w.Meta[metaFrom], w.Meta[metaTo] = uint64(from), uint64(to)
	for i, rows := range [][]photoRow{rows, parts} {
		rows, first := sortPhotos(rows)
		w.Meta[metaHashes+2*i], w.Meta[metaPosted+2*i] = uint64(len(first)), uint64(len(rows))
		if err := putPhotos(w, rows, first); err != nil {
			w.Abandon()
			return cannot(path, "written", err)
		}
	}
	return w.Finish()
}

// sortPhotos orders them, takes out what is there twice and gives where the subjects of each different hash begin.
func sortPhotos(rows []photoRow) (sorted []photoRow, first []uint32) {
	slices.SortFunc(rows, func(x, y photoRow) int {
		return cmp.Or(compareHashes(&x.hash, &y.hash), cmp.Compare(x.subject, y.subject))
	})
	rows = slices.Compact(rows)
	for i := range rows {
		if i == 0 || rows[i].hash != rows[i-1].hash {
			first = append(first, uint32(i))
		}
	}
	return rows, first
}

func putPhotos(w io.Writer, rows []photoRow, first []uint32) error {
	out := &photoWords{w: w}
	for _, i := range first {
		for _, word := range rows[i].hash {
			out.put(word, 8)
		}
	}
	for _, i := range first {
		out.put(uint64(i), 4)
	}
	out.put(uint64(len(rows)), 4)
	for i := range rows {
		out.put(uint64(rows[i].subject), 4)
	}
	if len(first) > photoFlat {
		putSlots(out, rows, first)
	}
	return out.flush()
}

// putSlots writes, slot by slot, which hashes stand in which bucket.
func putSlots(out *photoWords, rows []photoRow, first []uint32) {
	all := make([][photoSlots]uint16, len(first))
	for id, i := range first {
		all[id] = rows[i].hash.halves()
	}
	starts, next := make([]uint32, slotCodes+1), make([]uint32, slotCodes)
	halves, numbers := make([]uint16, len(first)), make([]uint32, len(first))
	for s := range photoSlots {
		starts := starts[:codesOf(s)+1]
		clear(starts)
		for id := range all {
			starts[int(codeOf(s, all[id][s]))+1]++
		}
		for c := range len(starts) - 1 {
			starts[c+1] += starts[c]
		}
		copy(next, starts[:len(starts)-1])
		for id := range all {
			at := &next[codeOf(s, all[id][s])]
			halves[*at], numbers[*at] = all[id][otherHalf(s)], uint32(id)
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
