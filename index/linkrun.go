package index

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"bonafide/link/model"
)

// LinkRun is a folder that remembers how far a linkage run got. A run with the same inputs and
// settings takes up there; anything else in the folder is an error, never a silent mixture.
type LinkRun struct{ dir string }

// OpenLinkRun opens or begins the folder. mark describes inputs and settings; it must be equal next time.
func OpenLinkRun(dir, mark string) (*LinkRun, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("index: resume folder: %w", err)
	}
	path := filepath.Join(dir, "run")
	old, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if err := os.WriteFile(path, []byte(mark), 0o600); err != nil {
			return nil, fmt.Errorf("index: resume folder: %w", err)
		}
	case err != nil:
		return nil, fmt.Errorf("index: resume folder: %w", err)
	case string(old) != mark:
		return nil, fmt.Errorf("index: the folder %s belongs to a run with other files or settings", dir)
	}
	return &LinkRun{dir: dir}, nil
}

// LoadModel returns the model trained before the interruption.
func (r *LinkRun) LoadModel() (*model.Model, bool) {
	f, err := os.Open(filepath.Join(r.dir, "model.json"))
	if err != nil {
		return nil, false
	}
	defer f.Close()
	m, err := model.ReadModel(f)
	return m, err == nil
}

// SaveModel keeps the trained model.
func (r *LinkRun) SaveModel(m *model.Model) error {
	return r.write("model.json", func(w *bufio.Writer) error { return m.Write(w) })
}

// LoadRule returns what rule k found.
func (r *LinkRun) LoadRule(k int) (model.RuleResult, bool) {
	var out model.RuleResult
	f, err := os.Open(filepath.Join(r.dir, fmt.Sprintf("rule-%02d", k)))
	if err != nil {
		return out, false
	}
	defer f.Close()
	err = gob.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(&out)
	return out, err == nil
}

// SaveRule keeps what rule k found.
func (r *LinkRun) SaveRule(k int, result model.RuleResult) error {
	return r.write(fmt.Sprintf("rule-%02d", k), func(w *bufio.Writer) error { return gob.NewEncoder(w).Encode(result) })
}

// write replaces a file in one step, so that an interruption leaves either the old or the new one.
func (r *LinkRun) write(name string, fill func(*bufio.Writer) error) error {
	f, err := os.CreateTemp(r.dir, ".new-")
	if err != nil {
		return fmt.Errorf("index: resume folder: %w", err)
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriterSize(f, 1<<20)
	err = fill(w)
	if err == nil {
		err = w.Flush()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(r.dir, name))
	}
	if err != nil {
		return fmt.Errorf("index: resume folder: %w", err)
	}
	return nil
}

// Remove deletes the folder's files when the run is finished and its results are written.
func (r *LinkRun) Remove() error {
	for _, pattern := range []string{"run", "model.json", "rule-*"} {
		names, err := filepath.Glob(filepath.Join(r.dir, pattern))
		if err != nil {
			return err
		}
		for _, n := range names {
			if err := os.Remove(n); err != nil {
				return fmt.Errorf("index: resume folder: %w", err)
			}
		}
	}
	os.Remove(r.dir) // only when nothing else is in it
	return nil
}
