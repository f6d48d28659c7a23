package main

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/confine"
	"bonafide/confine/document"
	"bonafide/intake"
	"bonafide/record"
	"bonafide/screen"
)

// Résumé files and archives are taken apart in the locked process only; what
// comes out of it is an application of our own format, which is then read like
// any other input, twice.

// packed reports whether a file is one of those.
func packed(head []byte) bool {
	return bytes.HasPrefix(head, []byte("%PDF-")) || bytes.HasPrefix(head, []byte("PK\x03\x04"))
}

// unpack reads one such file and writes it down as a line of our own format.
func (o *openInputs) unpack(name string, in io.Reader, received time.Time) ([]byte, error) {
	if o.worker == nil {
		w, err := confine.New(confine.Options{})
		if err != nil {
			return nil, err
		}
		o.worker = w
	}
	r, err := o.worker.Read(context.Background(), in, filepath.Base(name))
	if err != nil {
		return nil, err
	}
	if r.Verdict != document.Accepted {
		return nil, record.Invalid(name, r.Reason+": "+r.Detail)
	}
	base := filepath.Base(name)
	id := base[:len(base)-len(filepath.Ext(base))]
	options := intake.Options{Source: o.options.Source, Received: received}
	a, err := screen.Unpacked(r, base, options, id)
	if err != nil {
		return nil, within(name, err)
	}
	line, err := json.Marshal(a)
	return append(line, '\n'), err
}

// within names the file in an error about what stands in it.
func within(name string, err error) error {
	e, is := err.(*record.Error)
	if !is {
		return err
	}
	message := e.Message
	if e.Where != "" {
		message = e.Where + ": " + message
	}
	return record.Invalid(name, message)
}

// unpackedFS is a folder in which résumé files and archives read as what they
// hold; each is taken apart once.
type unpackedFS struct {
	fs.FS
	o    *openInputs
	name string
	done map[string][]byte
}

func (u *unpackedFS) Open(name string) (fs.File, error) {
	f, err := u.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return f, err
	}
	line, known := u.done[name]
	if !known {
		head := make([]byte, 8)
		n, _ := io.ReadFull(f, head)
		f.Close()
		if f, err = u.FS.Open(name); err != nil || !packed(head[:n]) {
			return f, err
		}
		if line, err = u.o.unpack(filepath.Join(u.name, name), f, info.ModTime().UTC().Truncate(time.Second)); err != nil {
			f.Close()
			return nil, err
		}
		u.done[name] = line
	}
	return &unpackedFile{f, bytes.NewReader(line)}, nil
}

// unpackedFile is what a file holds, under the name and the time of the file.
type unpackedFile struct {
	fs.File
	in *bytes.Reader
}

func (f *unpackedFile) Read(b []byte) (int, error) { return f.in.Read(b) }
