package index

import (
	"bytes"
	"path/filepath"

	"bonafide/link"
	"bonafide/record"
)

// learnMost is how many records a climate is learned from at once: about four gigabytes of memory while it is.
const learnMost = 1_000_000

// Learn looks at all records together, as screening them would, and keeps what that teaches (link.Climate): operator
// questions are answered by it from then on, whatever comes in later, until Learn is called again. learned is false where the
// index holds too few or too many records for it; then questions are followed pair by pair.
func (x *Index) Learn() (learned bool, err error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.readOnly {
		return false, forReading()
	}
	if x.live < 2 || x.live > learnMost {
		return false, nil
	}
	g, _, err := x.buildAll()
	if err != nil {
		return false, err
	}
	return true, x.keepClimate(g.Climate())
}

// buildAll links all records, in the order of their numbers.
func (x *Index) buildAll() (g *link.Graph, names []string, err error) {
	b := link.NewBuilder()
	b.UsePersona(x.Persona)
	for id := uint32(0); id < x.delta.to(); id++ {
		row, err := x.rowOf(id)
		if err != nil {
			return nil, nil, err
		}
		if len(row) == 0 || x.dead.has(id) {
			continue
		}
		p, ok := readRow(row)
		if !ok {
			return nil, nil, damaged(x.dir, "a row cannot be read")
		}
		for i := range p.Sentences {
			p.Sentences[i].Value = spread(p.Sentences[i].Value)
		}
		if _, err := b.Add(p); err != nil {
			return nil, nil, err
		}
		names = append(names, p.Name)
	}
	return b.Build(), names, nil
}

// spread puts the 48 bits that rows keep of a text where linking looks: it takes the first eight and the last forty.
func spread(v uint64) uint64 { return v&(0xff<<56) | v>>16&(1<<40-1) }

func (x *Index) keepClimate(c *link.Climate) error {
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		return err
	}
	m := x.man
	m.Climate = m.name("climate")
	w, err := newSealed(filepath.Join(x.dir, m.Climate), holdsClimate)
	if err != nil {
		return err
	}
	w.Write(b.Bytes())
	if err := w.Finish(); err != nil {
		return err
	}
	if err := x.commit(m, x.dead.list(0, 0)); err != nil {
		return err
	}
	x.files.Lock()
	defer x.files.Unlock()
	x.climate = c
	return nil
}

func readClimate(path string) (*link.Climate, error) {
	s, err := openSealed(path, holdsClimate)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	b, err := s.view(0, s.size)
	if err != nil {
		return nil, err
	}
	c, err := link.ReadClimate(bytes.NewReader(b))
	if record.CodeOf(err) == record.CodeInvalid && err != nil {
		return nil, damaged(path, "its climate cannot be read")
	}
	return c, err
}
