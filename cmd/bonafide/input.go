package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bonafide/confine"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
	"bonafide/screen"
)

// openInputs opens what the command line names: files, folders, "-" for
// standard input. Compressed input and standard input are unpacked to a file
// without a name that only this process can read.
type openInputs struct {
	options intake.Options
	keyer   *link.Keyer
	closers []io.Closer
	worker  *confine.Worker // for résumé files and archives; nil until one comes
}

func (o *openInputs) Close() {
	for _, c := range o.closers {
		c.Close()
	}
}

func (o *openInputs) open(path string) (screen.Input, error) {
	name := path
	f := os.Stdin
	if path == "-" {
		name = "standard input"
	} else {
		info, err := os.Stat(path)
		if err != nil {
			return screen.Input{}, notThere(path, err)
		}
		if info.IsDir() {
			return o.folder(path)
		}
		if f, err = os.Open(path); err != nil {
			return screen.Input{}, notThere(path, err)
		}
		o.closers = append(o.closers, f)
	}
	file, size, err := o.seekable(name, f)
	if err != nil {
		return screen.Input{}, err
	}
	head := make([]byte, 32)
	n, _ := file.ReadAt(head, 0)
	if link.IsKeyFile(head[:n]) {
		keys, err := link.ReadKeys(io.NewSectionReader(file, 0, size), o.keyer)
		return screen.Input{Keys: keys, Earlier: true}, err
	}
	options := o.options
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		options.Received = info.ModTime().UTC().Truncate(time.Second)
	} else {
		options.Received = time.Now().UTC().Truncate(time.Second)
	}
	if packed(head[:n]) {
		line, err := o.unpack(name, io.NewSectionReader(file, 0, size), options.Received)
		if err != nil {
			return screen.Input{}, err
		}
		r, err := intake.Open(filepath.Base(name), bytes.NewReader(line), options)
		return screen.Input{Reader: r, Size: int64(len(line)), Bytes: func(int) io.ReaderAt { return bytes.NewReader(line) }}, err
	}
	r, err := intake.Open(filepath.Base(name), io.NewSectionReader(file, 0, size), options)
	if err != nil {
		return screen.Input{}, err
	}
	return screen.Input{Reader: r, Size: size, Bytes: func(int) io.ReaderAt { return file }}, nil
}

// seekable gives a file that can be read twice.
func (o *openInputs) seekable(name string, f *os.File) (*os.File, int64, error) {
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		head := make([]byte, 512)
		n, _ := f.ReadAt(head, 0)
		if _, packed, err := intake.Decompress(bytes.NewReader(head[:n])); err != nil || !packed {
			return f, info.Size(), nil
		}
	}
	plain, _, err := intake.Decompress(f)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", name, err)
	}
	spool, err := os.CreateTemp("", "bonafide-*")
	if err != nil {
		return nil, 0, &record.Error{Code: record.CodeUnavailable, Message: "no room to unpack the input: set TMPDIR to a folder with space", Err: bare(err)}
	}
	o.closers = append(o.closers, spool)
	if err := os.Remove(spool.Name()); err != nil {
		return nil, 0, &record.Error{Code: record.CodeUnavailable, Message: "the unpacked input could not be made private", Err: bare(err)}
	}
	size, err := io.Copy(spool, plain)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", name, err)
	}
	return spool, size, nil
}

func (o *openInputs) folder(path string) (screen.Input, error) {
	in := &unpackedFS{FS: os.DirFS(path), o: o, name: filepath.Base(path), done: map[string][]byte{}}
	r, err := intake.OpenDir(filepath.Base(path), in, o.options)
	if err != nil {
		return screen.Input{}, err
	}
	files := r.Files()
	return screen.Input{Reader: r, Bytes: func(i int) io.ReaderAt {
		if line := in.done[files[i]]; line != nil {
			return bytes.NewReader(line)
		}
		return folderFile(filepath.Join(path, files[i]))
	}}, nil
}

// folderFile opens a file for each read: a folder may hold more files than a
// process may keep open.
type folderFile string

func (p folderFile) ReadAt(b []byte, at int64) (int, error) {
	f, err := os.Open(string(p))
	if err != nil {
		return 0, bare(err)
	}
	defer f.Close()
	return f.ReadAt(b, at)
}

// openResults opens a results file, packed or not; "-" is standard input. The
// second result closes it.
func openResults(path string) (io.Reader, func() error, error) {
	in, err := openOne(path)
	if err != nil {
		return nil, nil, err
	}
	plain, _, err := intake.Decompress(in)
	if err != nil {
		in.Close()
		return nil, nil, err
	}
	return plain, in.Close, nil
}

// openOne opens a file as it is; "-" is standard input, which is not closed.
func openOne(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(os.Stdin), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, notThere(path, err)
	}
	return f, nil
}

func notThere(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &record.Error{Code: record.CodeNotFound, Where: path, Message: "there is no such file or folder"}
	}
	return &record.Error{Code: record.CodeUnavailable, Where: path, Message: "cannot be opened", Err: bare(err)}
}

// bare drops the path from an error of the file system; it is said once.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
