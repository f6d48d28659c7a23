package intake

import (
	"bufio"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"bonafide/record"
)

// OpenDir reads a folder: résumés as text, one a file, and files of the other
// formats as Open would. Files come in the order of their names, folders below
// are walked, names that begin with a dot and what is no regular file are left
// alone. A file that cannot be read is an item with a Problem.
//
// The id of a résumé is the name of its file. Its received_at is o.Received;
// when that is zero, the time the file was last changed.
func OpenDir(name string, fsys fs.FS, o Options) (*Reader, error) {
	if o.MaxLine <= 0 {
		o.MaxLine = DefaultMaxLine
	}
	d := &folder{name: strings.TrimSuffix(name, "/"), fsys: fsys, o: o, in: bufio.NewReaderSize(nil, window)}
	err := fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && p == ".":
			return err
		case err != nil:
			d.files = append(d.files, p) // reported when it is its turn
			return fs.SkipDir
		case p != "." && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.Type().IsRegular():
			d.files = append(d.files, p)
		}
		return nil
	})
	if err != nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: name, Message: "reading the folder"}
	}
	d.ids = idsOf(d.files)
	d.decoders = make([]func([]byte, Item) (*record.Application, error), len(d.files))
	return &Reader{format: "folder", o: o, split: d, decode: d.decode, files: d.files}, nil
}

// idsOf are the names of the files without extension, with it where two would
// be equal.
func idsOf(files []string) []string {
	count := map[string]int{}
	ids := make([]string, len(files))
	for i, p := range files {
		ids[i] = path.Join(path.Dir(p), baseName(p))
		count[ids[i]]++
	}
	for i, p := range files {
		if count[ids[i]] > 1 {
			ids[i] = p
		}
	}
	return ids
}

// folder is the splitter over the files of a folder.
type folder struct {
	name     string
	fsys     fs.FS
	o        Options
	files    []string
	ids      []string
	in       *bufio.Reader
	at       int // index of the next file
	open     io.Closer
	now      *Reader
	decoders []func([]byte, Item) (*record.Application, error)
}

func (d *folder) next() (Item, error) {
	for {
		if d.now == nil {
			if d.at == len(d.files) {
				return Item{}, io.EOF
			}
			d.at++
			if problem, size := d.begin(d.at - 1); problem != nil {
				return Item{Where: path.Join(d.name, d.files[d.at-1]), Length: size, File: d.at - 1, Problem: problem}, nil
			}
		}
		it, err := d.now.Next()
		it.File = d.at - 1
		if err == nil {
			return it, nil
		}
		where := path.Join(d.name, d.files[d.at-1])
		d.now.split, d.now = nil, nil // its decode function lives on, its buffers must not
		d.open.Close()
		if err != io.EOF {
			return Item{Where: where, File: d.at - 1, Problem: record.Invalid(where, "the file cannot be read to its end")}, nil
		}
	}
}

// begin opens file i.
func (d *folder) begin(i int) (problem error, size int64) {
	where := path.Join(d.name, d.files[i])
	f, err := d.fsys.Open(d.files[i])
	if record.CodeOf(err) == record.CodeInvalid && err != nil {
		return err, 0 // whoever opens took it apart, and says why not
	}
	if err != nil {
		return record.Invalid(where, "the file cannot be opened"), 0
	}
	o := d.o
	if info, err := f.Stat(); err == nil {
		size = info.Size()
		if o.Received.IsZero() && info.ModTime().After(time.Unix(0, 0)) {
			o.Received = info.ModTime().UTC().Truncate(time.Second)
		}
	}
	d.in.Reset(f)
	r, err := begin(where, d.ids[i], d.in, o)
	if err != nil {
		f.Close()
		if record.CodeOf(err) != record.CodeInvalid {
			err = record.Invalid(where, "the file cannot be read")
		}
		return err, size
	}
	d.now, d.open, d.decoders[i] = r, f, r.decode
	return nil, size
}

func (d *folder) decode(raw []byte, it Item) (*record.Application, error) {
	if it.File < 0 || it.File >= len(d.decoders) || d.decoders[it.File] == nil {
		return nil, record.Invalid(it.Where, "not a file of this folder that has been read")
	}
	return d.decoders[it.File](raw, it)
}
