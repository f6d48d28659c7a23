package screen

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
)

// judge reads every application again, with its links, and gives its result to
// out in input order. Work is spread over all cores; out is called by one.
func (s *Screen) judge(ctx context.Context, r *received, g *link.Graph, out func(*record.Result) error) (Summary, error) {
	type part struct {
		from, to int
		results  []*record.Result
		err      error
		done     chan struct{}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	work := make(chan *part)
	ordered := make(chan *part, 4*runtime.GOMAXPROCS(0))
	go func() {
		defer close(work)
		defer close(ordered)
		for from := 0; from < len(r.at); from += batchItems {
			p := &part{from: from, to: min(from+batchItems, len(r.at)), done: make(chan struct{})}
			select {
			case ordered <- p:
			case <-ctx.Done():
				return
			}
			select {
			case work <- p:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range runtime.GOMAXPROCS(0) {
		go func() {
			var buf []byte
			for p := range work {
				for i := p.from; i < p.to && p.err == nil; i++ {
					if !r.at[i].skip {
						var res *record.Result
						if res, buf, p.err = s.judgeOne(r, g, i, buf); p.err == nil {
							p.results = append(p.results, res)
						}
					}
				}
				close(p.done)
			}
		}()
	}
	sum := r.summary
	sum.People, sum.MergeQuestions, sum.Persona = g.People(), g.MergeQuestions(), g.Persona()
	for p := range ordered {
		<-p.done
		if p.err != nil {
			return sum, p.err
		}
		for _, res := range p.results {
			for _, u := range res.Lists {
				if !slices.Contains(sum.Lists, u) {
					sum.Lists = append(sum.Lists, u)
				}
			}
			if err := out(res); err != nil {
				return sum, err
			}
		}
		s.progress("check", int64(p.to), int64(len(r.at)))
	}
	slices.SortFunc(sum.Lists, func(a, b record.ListUse) int { return strings.Compare(a.List, b.List) })
	return sum, ctx.Err()
}

func (s *Screen) judgeOne(r *received, g *link.Graph, i int, buf []byte) (*record.Result, []byte, error) {
	at := r.at[i]
	in := &r.inputs[at.input]
	if cap(buf) < int(at.length) {
		buf = make([]byte, at.length+at.length/4)
	}
	raw := buf[:at.length]
	if n, err := in.Bytes(int(at.file)).ReadAt(raw, at.offset); n < len(raw) {
		return nil, buf, &record.Error{Code: record.CodeUnavailable, Message: "the input changed while it was read; run again on a file that stays as it is", Err: err}
	}
	a, err := in.Reader.Decode(raw, intake.Item{Offset: at.offset, Length: int64(at.length), File: int(at.file), Raw: raw})
	if err != nil {
		return nil, buf, fmt.Errorf("the input changed while it was read: %w", err)
	}
	res := s.assess(a, g.Links(uint32(i)), g.Cluster(uint32(i)))
	res.Waterfalls = g.Waterfalls(uint32(i))
	return res, buf, nil
}
