package model

import (
	"slices"
	"sync"
)

// Blocking bounds. A block is split by the rule's second key above maxBlock records; what is
// still larger is compared only with its next neighbours, and the report says how often that happened.
const (
	maxBlock  = 400
	neighbour = 20
)

// BlockNote tells what one rule did.
type BlockNote struct {
	Rule   string
	Pairs  int64
	Split  int64 // oversized blocks split by the second key
	Capped int64 // blocks compared only with near neighbours
	Kept   int64 // pairs at or over the threshold first found by this rule
}

type keyed struct {
	key uint64
	row uint32
}

const parts256 = 256

// blocks sorts the records of rows by the rule's key and calls visit for every
// block of two or more, in two workers. Blocks arrive in no fixed order; visit gets the number of the worker
// and of the partition so that results can be put in order.
func (r *ruleKey) blocks(f *Frame, rows []uint32, visit func(worker, partition int, block []keyed)) {
	n := f.rows
	if rows != nil {
		n = len(rows)
	}
	rowAt := func(i int) uint32 {
		if rows != nil {
			return rows[i]
		}
		return uint32(i)
	}
	// Sorting needs 24 bytes a record. Under a memory bound the keys are taken in several passes, each over a
	// range of them: making keys again is cheaper than writing them to disk and reading them back.
	passes := 1
	if f.blockBytes > 0 {
		passes = min(parts256, 1+int(int64(n)*24/f.blockBytes))
	}
	keys := make([]uint64, n)
	for pass := range passes {
		r.blockPass(f, keys, rowAt, pass*parts256/passes, (pass+1)*parts256/passes, visit)
	}
}

// blockPass handles the keys whose top byte lies in [first, last).
func (r *ruleKey) blockPass(f *Frame, keys []uint64, rowAt func(int) uint32, first, last int, visit func(worker, partition int, block []keyed)) {
	n := len(keys)
	const workers = 2
	var counts [workers][parts256]int
	half := (n + workers - 1) / workers
	each(workers, func(w int) {
		for i := w * half; i < min(n, (w+1)*half); i++ {
			k := r.of(f.Row(rowAt(i)))
			if p := int(k >> 56); p < first || p >= last {
				k = 0
			}
			keys[i] = k
			if k != 0 {
				counts[w][k>>56]++
			}
		}
	})
	var starts [workers][parts256]int
	var bounds [parts256 + 1]int
	at := 0
	for p := range parts256 {
		bounds[p] = at
		for w := range workers {
			starts[w][p] = at
			at += counts[w][p]
		}
	}
	bounds[parts256] = at
	sorted := make([]keyed, at)
	each(workers, func(w int) {
		for i := w * half; i < min(n, (w+1)*half); i++ {
			if k := keys[i]; k != 0 {
				sorted[starts[w][k>>56]] = keyed{k, rowAt(i)}
				starts[w][k>>56]++
			}
		}
	})
	next := make(chan int, parts256)
	for p := range parts256 {
		next <- p
	}
	close(next)
	each(workers, func(w int) {
		var swap []keyed
		for p := range next {
			part := sorted[bounds[p]:bounds[p+1]]
			if cap(swap) < len(part) {
				swap = make([]keyed, len(part)+len(part)/4)
			}
			sortKeyed(part, swap[:len(part)])
			for i := 0; i < len(part); {
				j := i + 1
				for j < len(part) && part[j].key == part[i].key {
					j++
				}
				if j > i+1 {
					visit(w, p, part[i:j])
				}
				i = j
			}
		}
	})
}

func each(workers int, do func(w int)) {
	var wg sync.WaitGroup
	for w := 1; w < workers; w++ {
		wg.Add(1)
		go func() { defer wg.Done(); do(w) }()
	}
	do(0)
	wg.Wait()
}

// sortKeyed sorts by key; records of one key keep their order. Keys are well mixed, so radix
// steps over as many high bits as the length asks for leave almost nothing to do for the insertion pass.
func sortKeyed(a, swap []keyed) {
	if len(a) < 64 {
		insertionSort(a)
		return
	}
	bitsNeeded := 1
	for 1<<bitsNeeded < len(a)*4 {
		bitsNeeded++
	}
	// The top 8 bits are equal within a partition: start below them.
	low := 56 - bitsNeeded
	from, to := a, swap
	for shift := low; shift < 56; shift += 8 {
		width := min(8, 56-shift)
		var count [257]int
		mask := uint64(1)<<width - 1
		for i := range from {
			count[from[i].key>>shift&mask+1]++
		}
		for i := 1; i < 257; i++ {
			count[i] += count[i-1]
		}
		for i := range from {
			d := from[i].key >> shift & mask
			to[count[d]] = from[i]
			count[d]++
		}
		from, to = to, from
	}
	if &from[0] != &a[0] {
		copy(a, from)
	}
	insertionSort(a)
}

func insertionSort(a []keyed) {
	for i := 1; i < len(a); i++ {
		x := a[i]
		j := i
		for j > 0 && a[j-1].key > x.key {
			a[j] = a[j-1]
			j--
		}
		a[j] = x
	}
}

// walk calls pair for every pair a block stands for, splitting and capping large ones.
func (r *ruleKey) walk(f *Frame, block []keyed, note *BlockNote, pair func(a, b uint32)) {
	if len(block) <= maxBlock {
		for i := range block {
			for j := i + 1; j < len(block); j++ {
				pair(block[i].row, block[j].row)
			}
		}
		return
	}
	note.Split++
	sub := make([]keyed, len(block))
	for i, k := range block {
		key := uint64(0)
		if r.split != nil {
			key = uint64(r.split.of(f.Row(k.row)))
		}
		sub[i] = keyed{key, k.row}
	}
	slices.SortStableFunc(sub, func(x, y keyed) int {
		if x.key < y.key {
			return -1
		} else if x.key > y.key {
			return 1
		}
		return 0
	})
	for i := 0; i < len(sub); {
		j := i + 1
		for j < len(sub) && sub[j].key == sub[i].key {
			j++
		}
		part := sub[i:j]
		if len(part) <= maxBlock && (sub[i].key != 0 || r.split == nil) {
			for x := range part {
				for y := x + 1; y < len(part); y++ {
					pair(part[x].row, part[y].row)
				}
			}
		} else {
			note.Capped++
			for x := range part {
				for y := x + 1; y < min(len(part), x+1+neighbour); y++ {
					pair(part[x].row, part[y].row)
				}
			}
		}
		i = j
	}
}
