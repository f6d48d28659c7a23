package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bonafide/lists"
	"bonafide/record"
)

// ListsImportCmd takes lists from files: the offline way, with the same checks.
type ListsImportCmd struct {
	listsDir
	Files  []string `arg:"" help:"Files of lists, plain or gzip, or release packs (zip). Files of one list are taken together."`
	As     string   `help:"What the files are: a name of lists show --known, or a class: vpn datacenter tor proxy relay cloud watch disposable free relay-mail mx geo asn tools devices indicators entities."`
	Name   string   `help:"Name of a list of your own in evidence (default: the file's)."`
	Shrink bool     `help:"Take a list even if it has lost rows or lies outside its usual size."`
}

// Run imports the files, grouped by list.
func (c *ListsImportCmd) Run(out io.Writer) error {
	store, err := openListStore(c.Dir)
	if err != nil {
		return err
	}
	unlock, err := store.lock()
	if err != nil {
		return err
	}
	defer unlock()
	groups := map[string][]part{}
	var order []string
	for _, file := range c.Files {
		found, err := c.parts(file)
		if err != nil {
			return err
		}
		for _, p := range found {
			if groups[p.snapshot.Name] == nil {
				order = append(order, p.snapshot.Name)
			}
			groups[p.snapshot.Name] = append(groups[p.snapshot.Name], p)
		}
	}
	failed := 0
	for _, name := range order {
		parts := groups[name]
		l := parts[0].snapshot.List
		rows := 0
		for _, p := range parts {
			rows += p.snapshot.Rows
		}
		if err := l.Believable(rows, store.rows(name)); err != nil && !c.Shrink {
			failed++
			fmt.Fprintf(out, "%s: FAILED: %v; %s\n", name, err, kept(store, &lists.List{ID: name, Cadence: l.Cadence}))
			continue
		}
		if err := store.replace(name, c.class(l), parts); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %s\n", name, stateOf(parts))
	}
	if failed > 0 {
		return exit{exitFailed, fmt.Sprintf("%d of %d lists were not taken", failed, len(order))}
	}
	return nil
}

// class is the manifest's word for a list that the catalogue does not have.
func (c *ListsImportCmd) class(l *lists.List) string {
	if lists.Find(l.ID) != nil {
		return ""
	}
	return lists.ClassOf(l)
}

func (c *ListsImportCmd) parts(file string) ([]part, error) {
	if strings.EqualFold(filepath.Ext(file), ".zip") {
		return readPack(file)
	}
	s, err := parseFile(file, c.As)
	if err != nil {
		return nil, err
	}
	b, modified, err := readList(file)
	if err != nil {
		return nil, err
	}
	if lists.Find(s.List.ID) == nil {
		if c.Name != "" {
			s.Name = c.Name
		}
		if lists.ClassOf(s.List) == "" {
			return nil, record.Invalid(filepath.Base(file), "this kind of list is taken only under a name of lists show --known; --as says which")
		}
	}
	if !nameIsPlain(s.Name) {
		return nil, record.Invalid(filepath.Base(file), "the name of the list needs letters, digits, - and _ only; --name gives it one")
	}
	return []part{{snapshot: s, body: b, modified: modified, from: lists.Provenance{URL: "file:" + filepath.Base(file)}}}, nil
}

func nameIsPlain(s string) bool {
	return s != "" && len(s) <= 100 && s[0] != '.' && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789-_.") == ""
}

// Limits of a pack: what is really unpacked counts, not what its directory says.
const (
	maxPackFiles = 500
	maxPack      = 2 << 30
)

// readPack reads a release pack: a zip with a manifest whose hashes must hold.
// Only what the manifest names is read, and only lists of the catalogue.
func readPack(file string) ([]part, error) {
	name := filepath.Base(file)
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, record.Invalid(name, "not a zip file, or a damaged one")
	}
	defer z.Close()
	if len(z.File) > maxPackFiles {
		return nil, record.Invalid(name, "more files than a pack has")
	}
	files := map[string]*zip.File{}
	for _, f := range z.File {
		if files[f.Name] != nil {
			return nil, record.Invalid(name, "two files of one name")
		}
		files[f.Name] = f
	}
	left := int64(maxPack)
	read := func(f *zip.File) ([]byte, error) {
		r, err := f.Open()
		if err != nil {
			return nil, record.Invalid(name, "a damaged file inside")
		}
		defer r.Close()
		b, err := io.ReadAll(io.LimitReader(r, left+1))
		if left -= int64(len(b)); err != nil || left < 0 {
			return nil, record.Invalid(name, "a damaged or too large file inside")
		}
		return b, nil
	}
	if files[lists.ManifestName] == nil {
		return nil, record.Invalid(name, "no "+lists.ManifestName+" inside: not a pack of lists")
	}
	b, err := read(files[lists.ManifestName])
	if err != nil {
		return nil, err
	}
	m, err := lists.ParseManifest(name, b)
	if err != nil {
		return nil, err
	}
	var parts []part
	for _, e := range m.Lists {
		l, f := lists.Find(e.Name), files[e.File]
		if l == nil || f == nil || e.SHA256 == "" {
			return nil, record.Invalid(name, "its manifest names a list that is not known, not inside or has no hash")
		}
		if b, err = read(f); err != nil {
			return nil, err
		}
		if hashOf(b) != e.SHA256 {
			return nil, record.Invalid(name, e.Name+" is not what the manifest's hash says")
		}
		s, err := lists.Parse(l, e.File, b, time.Time{}, today())
		if err != nil {
			return nil, err
		}
		s.AsOf = e.AsOf
		p := part{snapshot: s, body: b}
		if len(e.From) == 1 {
			p.from = e.From[0]
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// ListsPackCmd writes a release pack.
type ListsPackCmd struct {
	listsDir
	Out string `arg:"" type:"path" help:"The zip file to write."`
}

// Run packs those lists of the folder whose licences let us hand them on.
func (c *ListsPackCmd) Run(out io.Writer) error {
	store, err := openListStore(c.Dir)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	var m lists.Manifest
	add := func(name string, b []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	}
	for _, e := range store.m.Lists {
		l := lists.Find(e.Name)
		b, good := store.body(e)
		if l == nil || !l.Ships || !good || slices.ContainsFunc(m.Lists, func(o lists.Entry) bool { return o.File == e.File }) {
			continue
		}
		e.Licence, e.Publisher = l.Licence, l.Publisher
		m.Lists = append(m.Lists, e)
		if err := add(e.File, b); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s of %s (%s)\n", e.Name, orDash(string(e.AsOf)), l.Licence)
	}
	if len(m.Lists) == 0 {
		return &record.Error{Code: record.CodeNotFound, Where: c.Dir, Message: "no list in it may be handed on"}
	}
	b, err := m.Bytes()
	if err != nil {
		return err
	}
	if err := add(lists.ManifestName, b); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(c.Out, buf.Bytes(), 0o644)
}
