package lists

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// headSize is how much of a file is looked at to recognise it.
const headSize = 4096

// maxFile bounds one list; the largest we know (a city database) is a tenth.
const maxFile = 1 << 30

// Load reads every list it recognises in a folder, by name and content. day is
// the day of the run: a list older than its cadence allows is stale on it.
// Problems with single files do not stop the others; they are returned.
//
// A manifest (lists.json) names the lists of its folder; what it does not name
// is recognised by path and first bytes, so that any folder of published lists
// can be given as it is. What is not recognised is passed over and listed by
// Set.Ignored.
func Load(fsys fs.FS, day time.Time) (*Set, []error) {
	l := &loader{fsys: fsys, day: day, manifests: map[string]Manifest{}}
	var files []string
	err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			l.problems = append(l.problems, record.Invalid(file, "cannot be read"))
			return nil
		case d.IsDir():
			if file != "." && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
		case d.Name() == ManifestName:
			dir := path.Dir(file)
			m, err := ReadManifest(fsys, dir)
			if err != nil {
				l.problems = append(l.problems, err)
			}
			l.manifests[dir] = m
		case !strings.HasPrefix(d.Name(), "."):
			files = append(files, file)
		}
		return nil
	})
	if err != nil {
		l.problems = append(l.problems, record.Invalid(".", "cannot be read"))
	}
	slices.Sort(files)
	for _, file := range files {
		l.file(file)
	}
	return newSet(l.snapshots, l.ignored), l.problems
}

// Ignored is a file that was passed over, and why.
type Ignored struct{ File, Why string }

type loader struct {
	fsys      fs.FS
	day       time.Time
	manifests map[string]Manifest
	snapshots []*Snapshot
	ignored   []Ignored
	problems  []error
}

func (l *loader) file(file string) {
	entry := l.entry(file)
	head, err := readHead(l.fsys, file)
	if err != nil {
		l.problems = append(l.problems, record.Invalid(file, "cannot be read"))
		return
	}
	switch {
	case entry != nil:
	case isBeside(file):
		l.ignored = append(l.ignored, Ignored{file, "a part of a list, read with its main file"})
		return
	case isStored(file):
		l.ignored = append(l.ignored, Ignored{file, "an earlier state of a list"})
		return
	}
	list, why := recognise(file, head)
	if entry != nil {
		list, why = entry.list(file, head, list)
	}
	if list == nil {
		l.ignored = append(l.ignored, Ignored{file, why})
		return
	}
	b, err := readFile(l.fsys, file, maxFile)
	if err != nil {
		l.problems = append(l.problems, err)
		return
	}
	var modified time.Time
	if info, err := fs.Stat(l.fsys, file); err == nil {
		modified = info.ModTime()
	}
	list = l.withBeside(list, file)
	s, err := Parse(list, file, b, modified, l.day)
	if errors.Is(err, errNothing) {
		l.ignored = append(l.ignored, Ignored{file, errNothing.Error()})
		return
	}
	if err != nil {
		l.problems = append(l.problems, err)
		return
	}
	if entry != nil {
		if entry.SHA256 != "" && !strings.EqualFold(entry.SHA256, s.SHA256) {
			l.problems = append(l.problems, record.Invalid(file, "its hash is not the one in the manifest; the list is not used"))
			return
		}
		if entry.Name != "" {
			s.Name = entry.Name
		}
		if entry.AsOf != "" {
			s.AsOf, s.From = entry.AsOf, "manifest"
			s.Stale = Stale(list.Cadence, s.AsOf, l.day)
		}
	}
	if s.Bad*100 > s.Rows { // a stray row in thousands is for lists show, not for every run
		l.problems = append(l.problems, record.Invalid(lineOf(file, s.content.badLine), "some rows were not understood and are left out; the first is here"))
	}
	l.keep(s)
}

// withBeside reads the files that continue a CSV list.
func (l *loader) withBeside(list *List, file string) *List {
	if len(list.Beside) == 0 || !strings.EqualFold(path.Ext(file), ".csv") {
		return list
	}
	var beside [][]byte
	found := false
	for _, name := range list.Beside {
		b, err := readFile(l.fsys, path.Join(path.Dir(file), name), maxFile)
		if err != nil {
			b = nil
		}
		found = found || b != nil
		beside = append(beside, b)
	}
	if !found {
		return list
	}
	own := *list
	own.parse = func(name string, b []byte) (*content, error) { return parseEntityFiles(name, b, beside) }
	return &own
}

// isBeside reports a file that is only a part of a list: read with its main
// file, or useless without it.
func isBeside(file string) bool {
	base := strings.ToLower(path.Base(file))
	for _, list := range Catalogue() {
		if slices.Contains(list.Beside, base) {
			return true
		}
	}
	return base == "add.csv" || base == "cons_add.csv"
}

// keep joins the parts of a list of many small files and keeps names apart
// that two lists share.
func (l *loader) keep(s *Snapshot) {
	for _, other := range l.snapshots {
		if other.Name != s.Name {
			continue
		}
		if other.List.ID == s.List.ID && s.List.Kind == KindTools {
			other.join(s)
			return
		}
		if other.List != s.List && other.List.ID == s.List.ID && path.Dir(other.File) != path.Dir(s.File) {
			s.Name = path.Base(path.Dir(s.File)) + "/" + s.Name
			break
		}
	}
	l.snapshots = append(l.snapshots, s)
}

// entry is what a manifest next to or above the file says of it.
func (l *loader) entry(file string) *Entry {
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		if m, ok := l.manifests[dir]; ok {
			for i := range m.Lists {
				if path.Join(dir, m.Lists[i].File) == file {
					return &m.Lists[i]
				}
			}
		}
		if dir == "." {
			return nil
		}
	}
}

// Recognise says which list a file is. as is an id of the catalogue or a class
// of a manifest; "" leaves it to the file's path and first bytes. nil comes
// with the reason.
func Recognise(file, as string, head []byte) (*List, string) {
	if known := Find(as); known != nil {
		return known, ""
	}
	if as == "" {
		return recognise(file, head)
	}
	if _, ok := classes[as]; !ok {
		return nil, "neither a list of the catalogue nor a class"
	}
	if as == "entities" {
		return ownList(file, as, parseEntityFile), ""
	}
	// The class renames the file: "list.txt" of class vpn is "vpn.txt".
	word := strings.TrimSuffix(as, "-mail")
	l, _ := recognise(word+path.Ext(file), head)
	if l == nil {
		return ownList(file, as, nil), ""
	}
	own := *l
	own.ID = stemOf(file)
	return &own, ""
}

// list is the list that a manifest says a file is; found is what the file
// itself looks like.
func (e *Entry) list(file string, head []byte, found *List) (*List, string) {
	l := found
	if Find(e.Name) != nil {
		l, _ = Recognise(file, e.Name, head)
	} else if e.Class != "" {
		l, _ = Recognise(file, e.Class, head)
	}
	if l == nil {
		return nil, "the manifest does not say its class"
	}
	own := *l
	if e.Service != "" {
		own.Service = e.Service
	}
	if e.Publisher != "" {
		own.Publisher = e.Publisher
	}
	if e.Licence != "" {
		own.Licence = e.Licence
	}
	if e.Cadence != "" {
		own.Cadence = e.Cadence
	}
	return &own, ""
}

func readHead(fsys fs.FS, file string) ([]byte, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return head[:n], nil
}

// readFile reads a whole file of at most limit bytes.
func readFile(fsys fs.FS, file string, limit int64) ([]byte, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, record.Invalid(file, "cannot be read")
	}
	defer f.Close()
	var b []byte
	if info, err := f.Stat(); err == nil && info.Size() > 0 && info.Size() <= limit {
		b = make([]byte, 0, info.Size()+1)
	}
	for {
		if len(b) == cap(b) {
			b = slices.Grow(b, max(4096, len(b)/2))
		}
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if int64(len(b)) > limit {
			return nil, record.Invalid(file, "larger than a list can be")
		}
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil {
			return nil, record.Invalid(file, "cannot be read to its end")
		}
	}
}
