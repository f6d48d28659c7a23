package index

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/zeebo/xxh3"

	"bonafide/record"
)

// The manifest names the files that are the index. It is replaced in one step, after everything it names is on disk:
// whatever happens in between, either the old state stands or the new one. Files it does not name are leftovers.
type manifest struct {
	Version  int      `json:"version"`
	Key      string   `json:"key"`  // tag of the customer's key
	Next     int      `json:"next"` // number of the next file
	From     uint32   `json:"from"` // number of the first subject of the log
	Segments []string `json:"segments"`
	Dead     string   `json:"dead,omitempty"`    // subjects of segments that were deleted or replaced
	Climate  string   `json:"climate,omitempty"` // what all records taught about weighing
	Learned  *Learned `json:"learned,omitempty"` // when that was, and from how many
	Log      string   `json:"log"`
}

const (
	manifestName    = "MANIFEST"
	manifestVersion = 3
	manifestMost    = 1 << 20
)

func readManifest(dir string) (m manifest, err error) {
	path := filepath.Join(dir, manifestName)
	b, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return m, &record.Error{Code: record.CodeNotFound, Where: dir, Message: "is no index; make one with: bonafide index build"}
		}
		return m, cannot(path, "read", err)
	}
	text, sum, ok := strings.Cut(strings.TrimSuffix(string(b), "\n"), "\n")
	if !ok || len(b) > manifestMost || sum != fmt.Sprintf("%016x", xxh3.HashString(text)) {
		return m, damaged(path, "it does not fit its checksum")
	}
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return m, damaged(path, "it cannot be read")
	}
	if m.Version != manifestVersion {
		return m, &record.Error{Code: record.CodeRefused, Where: dir, Message: fmt.Sprintf("is an index of version %d, this program reads version %d; make it again with: bonafide index build", m.Version, manifestVersion)}
	}
	return m, nil
}

func (m *manifest) write(dir string) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, manifestName)
	f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return cannot(path, "written", err)
	}
	_, err = fmt.Fprintf(f, "%s\n%016x\n", text, xxh3.Hash(text))
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	if err != nil {
		return cannot(path, "written", err)
	}
	return syncDir(dir)
}

// leftovers removes what a crash left behind: files of ours that the manifest does not name.
func (m *manifest) leftovers(dir string) {
	keep := map[string]bool{manifestName: true, lockName: true, m.Log: true, m.Dead: true, m.Climate: true}
	for _, name := range filesOf(m.Segments) {
		keep[name] = true
	}
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		name := f.Name()
		ours := strings.HasPrefix(name, "segment-") || strings.HasPrefix(name, "log-") || strings.HasPrefix(name, "dead-") || strings.HasPrefix(name, "climate-") || name == manifestName+".part"
		if ours && !keep[name] {
			os.Remove(filepath.Join(dir, name))
		}
	}
}

// name numbers a new file.
func (m *manifest) name(kind string) string {
	m.Next++
	return fmt.Sprintf("%s-%08d", kind, m.Next)
}

// The set of the dead is a sealed file of numbers of subjects.
func writeDead(path string, ids []uint32) error {
	w, err := newSealed(path, holdsDead)
	if err != nil {
		return err
	}
	b := make([]byte, 0, 4*len(ids))
	for _, id := range ids {
		b = binary.LittleEndian.AppendUint32(b, id)
	}
	w.Write(b)
	return w.Finish()
}

func readDead(path string) (d dead, err error) {
	s, err := openSealed(path, holdsDead)
	if err != nil {
		return d, err
	}
	defer s.Close()
	b, err := s.view(0, s.size)
	if err != nil {
		return d, err
	}
	for ; len(b) >= 4; b = b[4:] {
		d.add(binary.LittleEndian.Uint32(b))
	}
	return d, nil
}
