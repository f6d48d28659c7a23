package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bonafide/lists"
	"bonafide/record"
)

// listStore is the folder of lists that updates write: files named by their
// hash and one manifest. A list changes by writing its new files and then
// replacing the manifest in one step; the state before is kept beside.
type listStore struct {
	dir string
	m   lists.Manifest
}

func openListStore(dir string) (*listStore, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: dir, Message: "the folder cannot be made"}
	}
	m, err := lists.ReadManifest(os.DirFS(dir), ".")
	if err != nil {
		return nil, err
	}
	return &listStore{dir, m}, nil
}

// lock keeps two updates from writing one folder at once.
func (s *listStore) lock() (unlock func(), err error) {
	file := filepath.Join(s.dir, ".lock")
	for range 2 {
		f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err == nil {
			f.Close()
			return func() { os.Remove(file) }, nil
		}
		info, statErr := os.Stat(file)
		if statErr != nil || time.Since(info.ModTime()) < time.Hour {
			break
		}
		os.Remove(file) // left by an update that was killed
	}
	return nil, &record.Error{Code: record.CodeConflict, Where: file, Message: "another update is writing this folder"}
}

// part is one fetched or imported file of a list, parsed.
type part struct {
	snapshot *lists.Snapshot
	body     []byte
	from     lists.Provenance
	modified time.Time
}

// entries are the manifest's entries of a list.
func (s *listStore) entries(id string) (out []lists.Entry) {
	for _, e := range s.m.Lists {
		if e.Name == id {
			out = append(out, e)
		}
	}
	return out
}

// rows are those of the last good state.
func (s *listStore) rows(id string) (n int) {
	for _, e := range s.entries(id) {
		n += e.Rows
	}
	return n
}

// body reads a stored file back if it is still what the manifest says.
func (s *listStore) body(e lists.Entry) ([]byte, bool) {
	b, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(e.File)))
	return b, err == nil && e.SHA256 != "" && hashOf(b) == e.SHA256
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// files are the paths of a list's present state.
func (s *listStore) files(id string) (out []string) {
	for _, e := range s.entries(id) {
		out = append(out, filepath.Join(s.dir, filepath.FromSlash(e.File)))
	}
	return out
}

// before are the paths of the state that the last update replaced.
func (s *listStore) before(id string) (out []string) {
	now := s.files(id)
	all, _ := filepath.Glob(filepath.Join(s.dir, id+"@*"))
	for _, f := range all {
		if !slices.Contains(now, f) {
			out = append(out, f)
		}
	}
	return out
}

// replace makes parts the present state of a list. name is the list in
// evidence, class the manifest's class of a list of one's own.
func (s *listStore) replace(name, class string, parts []part) error {
	was := s.files(name)
	older := s.before(name)
	var fresh []lists.Entry
	for _, p := range parts {
		l := p.snapshot.List
		file := lists.StoredName(name, p.snapshot.SHA256, extOf(l, p.snapshot.File))
		if err := s.write(file, p.body); err != nil {
			return err
		}
		e := lists.Entry{File: file, Name: name, Class: class, Publisher: l.Publisher, Licence: l.Licence, AsOf: p.snapshot.AsOf, SHA256: p.snapshot.SHA256,
			Rows: p.snapshot.Rows, Retrieved: today().Format(time.RFC3339), From: []lists.Provenance{p.from}}
		if class == "" {
			e.Publisher, e.Licence = "", "" // the catalogue knows
		} else {
			e.Service = l.Service
		}
		fresh = append(fresh, e)
	}
	s.m.Lists = slices.DeleteFunc(s.m.Lists, func(e lists.Entry) bool { return e.Name == name })
	s.m.Lists = append(s.m.Lists, fresh...)
	if err := s.save(); err != nil {
		return err
	}
	now := s.files(name)
	changed := slices.ContainsFunc(was, func(f string) bool { return !slices.Contains(now, f) })
	for _, f := range older { // two states are kept, not all
		if changed && !slices.Contains(now, f) {
			os.Remove(f)
		}
	}
	return nil
}

// confirm notes that the publisher still has what we have.
func (s *listStore) confirm(id string) error {
	for i := range s.m.Lists {
		if s.m.Lists[i].Name == id {
			s.m.Lists[i].Retrieved = today().Format(time.RFC3339)
		}
	}
	return s.save()
}

func (s *listStore) save() error {
	slices.SortFunc(s.m.Lists, func(a, b lists.Entry) int { return strings.Compare(a.Name+"\x00"+a.File, b.Name+"\x00"+b.File) })
	b, err := s.m.Bytes()
	if err != nil {
		return err
	}
	return s.write(lists.ManifestName, append(b, '\n'))
}

// write replaces a file of the folder in one step.
func (s *listStore) write(name string, b []byte) error {
	failed := &record.Error{Code: record.CodeUnavailable, Where: filepath.Join(s.dir, name), Message: "cannot be written; the last good lists are as they were"}
	f, err := os.CreateTemp(s.dir, ".new-*")
	if err != nil {
		return failed
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(s.dir, name))
	}
	if err != nil {
		return failed
	}
	if d, err := os.Open(s.dir); err == nil { // the name too must survive a power cut
		d.Sync()
		d.Close()
	}
	return nil
}

func extOf(l *lists.List, file string) string {
	if ext := strings.TrimPrefix(filepath.Ext(file), "."); ext != "" && len(ext) <= 5 {
		return strings.ToLower(ext)
	}
	return l.Ext
}

// maxList bounds a list that is read from a file, unpacked.
const maxList = 1 << 30

// readList reads a file, unpacking gzip; a truncated one is an error.
func readList(file string) ([]byte, time.Time, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, time.Time{}, &record.Error{Code: record.CodeNotFound, Where: file, Message: "cannot be opened"}
	}
	defer f.Close()
	var modified time.Time
	if info, err := f.Stat(); err == nil {
		if info.IsDir() {
			return nil, modified, record.Invalid(file, "a folder; give its files")
		}
		modified = info.ModTime()
	}
	b, err := io.ReadAll(io.LimitReader(f, maxList+1))
	if err != nil {
		return nil, modified, record.Invalid(file, "cannot be read to its end")
	}
	if bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, modified, record.Invalid(file, "damaged gzip")
		}
		if b, err = io.ReadAll(io.LimitReader(z, maxList+1)); err != nil {
			return nil, modified, record.Invalid(file, "truncated or damaged gzip")
		}
	}
	if len(b) > maxList {
		return nil, modified, record.Invalid(file, "larger than a list can be")
	}
	return b, modified, nil
}
