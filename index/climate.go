package index

import (
	"bytes"
	"errors"
	"path/filepath"

	"bonafide/link"
	"bonafide/record"
)

// spread puts the 48 bits that rows keep of a text where linking looks: it takes the first eight and the last forty.
func spread(v uint64) uint64 { return v&(0xff<<56) | v>>16&(1<<40-1) }

func (x *Index) keepClimate(c *link.Climate, l Learned) error {
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		return err
	}
	m := x.man
	m.Climate, m.Learned = m.name("climate"), &l
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

// readClimate reads what was learned; nil where another version learned it: then nothing is, until it is learned anew.
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
	if errors.Is(err, link.ErrClimateVersion) {
		return nil, nil
	}
	if record.CodeOf(err) == record.CodeInvalid && err != nil {
		return nil, damaged(path, "its climate cannot be read")
	}
	return c, err
}
