package index

import (
	"math"
	"slices"
)

// warm is what one question fetches ahead. Each look-up waits for memory three or four times, one wait after the other; taken
// together, step by step, the waits of fifty look-ups pass at once. Only the order of reading changes, no answer.
type warm struct {
	values []uint64 // of keys and texts, each once
	words  [][]byte // of every value, its bucket in every segment
	sum    uint64   // of what was touched, so that it is
}

// of is the buckets of one value, one for each segment.
func (w *warm) of(value, segs int) [][]byte { return w.words[value*segs : (value+1)*segs] }

// touch reads one byte of each line of memory at the beginning of some bytes, up to so many.
func (w *warm) touch(b []byte, most int) {
	const line = 64
	for i := 0; i < min(len(b), most); i += line {
		w.sum += uint64(b[i])
	}
}

// lookAhead fetches the buckets of all values, in the order in which they are asked.
func (a *asking) lookAhead() error {
	w, segs := &a.warm, a.x.segs
	add := func(v uint64) {
		if !slices.Contains(w.values, v) {
			w.values = append(w.values, v)
		}
	}
	w.values = make([]uint64, 0, len(a.p.Keys)+len(a.p.Sentences))
	for i := range a.p.Keys {
		add(a.p.Keys[i].Value)
	}
	for i := range a.p.Sentences {
		add(a.p.Sentences[i].Value)
	}
	w.words = make([][]byte, 0, len(w.values)*len(segs))
	for _, v := range w.values {
		for _, s := range segs {
			words, err := s.bucket(tableKeys, bucketOf(v))
			if err != nil {
				return err
			}
			w.words = append(w.words, words)
		}
	}
	for i, v := range w.values {
		for _, words := range w.of(i, len(segs)) {
			n := len(words) / 8
			at, off := about(n, wordOf(v, 0)), int(math.Sqrt(float64(n)))/2 // a digest stands that far from there
			w.touch(words[8*max(at-off, 0):8*min(at+off, n)], len(words))
		}
	}
	a.x.mu.RLock()
	defer a.x.mu.RUnlock()
	if keys := &a.x.delta.keys; len(keys.slots) > 0 {
		for _, v := range w.values {
			w.sum += uint64(keys.slots[keys.firstSlot(v&valueMask)].count)
		}
	}
	return nil
}

// rowsOf fetches the rows of all candidates.
func (a *asking) rowsOf(ids []uint32) ([][]byte, error) {
	rows := make([][]byte, len(ids))
	for i, id := range ids {
		b, err := a.x.rowOf(id)
		if err != nil {
			return nil, err
		}
		rows[i] = b
	}
	const most = 768 // most rows are shorter
	for _, b := range rows {
		a.warm.touch(b, most)
	}
	return rows, nil
}
