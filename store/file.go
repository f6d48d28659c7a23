package store

import (
	"io"
	"time"

	"bonafide/record"
)

// File is what a person handed in: sealed, in parts, found again by its content.
// The original is never served; it leaves only in an evidence package.
type File struct {
	ID      string    `json:"id"`
	Subject string    `json:"subject"`
	Kind    string    `json:"kind"` // resume, document, photo, mail …
	Size    int64     `json:"size"` // bytes
	Stored  time.Time `json:"stored"`
	Name    string    `json:"name,omitempty"` // as the person called it; opened with the file
}

const (
	filePart = 256 << 10 // bytes of one part
	// FileMost is the largest file that is taken, in bytes.
	FileMost = 64 << 20
)

// SaveFile stores a file of a subject once: the same bytes again are the same
// file. Reads all of b before it writes.
func (t *Tx) SaveFile(subject, kind, name string, b []byte) (f File, again bool, err error) {
	if len(b) > FileMost {
		return f, false, record.Invalid("file", "larger than 64 MiB")
	}
	blind, err := t.Blind("file", string(sum(b)))
	if err != nil {
		return f, false, err
	}
	f = File{ID: NewID(), Subject: subject, Kind: kind, Size: int64(len(b)), Stored: t.now, Name: name}
	err = t.each("select id from files where tenant = $1 and subject = $2 and blind = $3", func(s scan) error {
		again = true
		return s(&f.ID)
	}, subject, blind)
	if err != nil || again {
		return f, again, err
	}
	sealed, err := t.seal(subject, []byte(name), "files", f.ID)
	if err != nil {
		return f, false, err
	}
	if _, err := t.exec("insert into files (tenant, id, subject, blind, kind, size, stored, sealed) values ($1,$2,$3,$4,$5,$6,$7,$8)",
		f.ID, subject, blind, kind, f.Size, micros(t.now), sealed); err != nil {
		return f, false, err
	}
	for part := int64(0); part*filePart < f.Size || part == 0; part++ {
		piece := b[part*filePart : min(f.Size, (part+1)*filePart)]
		if sealed, err = t.seal(subject, piece, "file_parts", f.ID+"/"+itoa(int(part))); err != nil {
			return f, false, err
		}
		if _, err := t.exec("insert into file_parts (tenant, file, subject, part, sealed) values ($1,$2,$3,$4,$5)", f.ID, subject, part, sealed); err != nil {
			return f, false, err
		}
	}
	return f, false, nil
}

// FileHead is one file with its name, without its bytes.
func (t *Tx) FileHead(id string) (f File, err error) {
	var stored int64
	var sealed []byte
	if err := t.one("file", "select subject, kind, size, stored, sealed from files where tenant = $1 and id = $2", []any{&f.Subject, &f.Kind, &f.Size, &stored, &sealed}, id); err != nil {
		return f, err
	}
	name, err := t.open(f.Subject, sealed, "files", id)
	f.ID, f.Stored, f.Name = id, moment(stored), string(name)
	return f, err
}

// SameFile gives the other subjects that handed in the same bytes.
func (t *Tx) SameFile(b []byte) ([]string, error) {
	blind, err := t.Blind("file", string(sum(b)))
	if err != nil {
		return nil, err
	}
	return collect(t, "select subject from files where tenant = $1 and blind = $2 order by subject", func(s scan) (id string, err error) {
		return id, s(&id)
	}, blind)
}

// Files lists the files of a subject, oldest first, with their names.
func (t *Tx) Files(subject string) ([]File, error) {
	type row struct {
		f      File
		sealed []byte
	}
	rows, err := collect(t, "select id, kind, size, stored, sealed from files where tenant = $1 and subject = $2 order by stored, id", func(s scan) (r row, err error) {
		var stored int64
		err = s(&r.f.ID, &r.f.Kind, &r.f.Size, &stored, &r.sealed)
		r.f.Subject, r.f.Stored = subject, moment(stored)
		return r, err
	}, subject)
	if err != nil {
		return nil, err
	}
	all := make([]File, len(rows))
	for i, r := range rows {
		name, err := t.open(subject, r.sealed, "files", r.f.ID)
		if err != nil {
			return nil, err
		}
		all[i] = r.f
		all[i].Name = string(name)
	}
	return all, nil
}

// WriteFile opens a file and writes its bytes to w.
func (t *Tx) WriteFile(id string, w io.Writer) error {
	var subject string
	if err := t.one("file", "select subject from files where tenant = $1 and id = $2", []any{&subject}, id); err != nil {
		return err
	}
	parts, err := t.count("select count(*) from file_parts where tenant = $1 and file = $2", id)
	if err != nil {
		return err
	}
	for part := range parts {
		var sealed []byte
		if err := t.one("file", "select sealed from file_parts where tenant = $1 and file = $2 and part = $3", []any{&sealed}, id, part); err != nil {
			return err
		}
		b, err := t.open(subject, sealed, "file_parts", id+"/"+itoa(int(part)))
		if err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}
