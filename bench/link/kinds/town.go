package main

import (
	"bufio"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"bonafide/link"
	"bonafide/sim"
)

// A town of ten million does not fit in memory as profiles. It is kept in a folder: what is one record's in one file, its
// values in parts by their first bits, so that each part holds every holder of its values.

const (
	parts     = 16
	keyBytes  = 24
	textBytes = 16
	photoSize = 48
)

// rows are records of one size that begin with a value or a picture and name their subject at a fixed place.
type rows struct {
	name string
	size int
	at   int // of the subject
	file *os.File
	w    *bufio.Writer
}

func newRows(dir, name string, size, at int) (*rows, error) {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	return &rows{name, size, at, f, bufio.NewWriterSize(f, 1<<18)}, nil
}

// add writes rows whose subjects are counted from base.
func (r *rows) add(b []byte, base uint32) error {
	for at := r.at; r.size > 0 && at < len(b); at += r.size {
		binary.LittleEndian.PutUint32(b[at:], base+binary.LittleEndian.Uint32(b[at:]))
	}
	_, err := r.w.Write(b)
	return err
}

func (r *rows) close() error {
	if err := r.w.Flush(); err != nil {
		return err
	}
	return r.file.Close()
}

// The files of a folder, in the order of piece.
func files(dir string) (all []*rows, err error) {
	add := func(name string, size, at int) {
		if err == nil {
			var r *rows
			r, err = newRows(dir, name, size, at)
			all = append(all, r)
		}
	}
	add("people", 0, 0)
	add("photos", photoSize, 40)
	for i := range parts {
		add("keys-"+strconv.Itoa(i), keyBytes, 8)
	}
	for i := range parts {
		add("texts-"+strconv.Itoa(i), textBytes, 8)
	}
	return all, err
}

const (
	piecePeople = iota
	piecePhotos
	pieceKeys
	pieceTexts = pieceKeys + parts
	pieces     = pieceTexts + parts
)

// piece is one town of the simulation as it goes to the files, subjects counted from its first.
type piece struct {
	bytes   [pieces][]byte
	records uint32
}

// invent writes a population to a folder and returns how many records it has.
func invent(dir string, o sim.Options) (records int, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return 0, err
	}
	all, err := files(dir)
	if err != nil {
		return 0, err
	}
	keyer := link.NewKeyer(nil, false)
	err = sim.Towns(o, func(town []sim.Invented) (*piece, error) {
		p, k := &piece{}, keyer.Fork()
		for i := range town {
			profile := k.Profile(town[i].Application)
			p.add(&profile, &town[i].Truth)
		}
		return p, nil
	}, func(p *piece) error {
		for i, r := range all {
			if err := r.add(p.bytes[i], uint32(records)); err != nil {
				return err
			}
		}
		records += int(p.records)
		return nil
	})
	for _, r := range all {
		if e := r.close(); err == nil {
			err = e
		}
	}
	return records, err
}

var le = binary.LittleEndian

func (p *piece) add(a *link.Profile, t *sim.Truth) {
	n := p.records
	p.records++
	for _, k := range a.Keys {
		b := &p.bytes[pieceKeys+k.Value>>60]
		*b = le.AppendUint32(le.AppendUint64(*b, k.Value), n)
		*b = append(*b, uint8(k.Kind), k.Index, k.Flags, 0)
		*b = le.AppendUint32(le.AppendUint32(*b, k.Group), math.Float32bits(k.Space))
	}
	for _, s := range a.Sentences {
		b := &p.bytes[pieceTexts+s.Value>>60]
		second := uint8(0)
		if s.Second {
			second = 1
		}
		*b = append(le.AppendUint32(le.AppendUint64(*b, s.Value), n), uint8(s.Kind), second, 0, 0)
	}
	for _, h := range a.Photos {
		b := &p.bytes[piecePhotos]
		*b = le.AppendUint64(*b, h.Hash)
		for _, w := range h.PDQ {
			*b = le.AppendUint64(*b, w)
		}
		*b = append(le.AppendUint32(*b, n), uint8(h.Kind), h.Index, 0, 0)
	}
	b := &p.bytes[piecePeople]
	for _, v := range [...]uint64{a.Door, a.Flat, a.Home, a.Before, a.Agency, a.Self, a.Referrer, uint64(a.At)} {
		*b = le.AppendUint64(*b, v)
	}
	person := int64(-1)
	if t.Cell == "" {
		person, _ = strconv.ParseInt(strings.TrimPrefix(t.Person, "p"), 10, 64)
	}
	*b = binary.AppendVarint(*b, person)
	proven := uint8(0)
	if a.Proven {
		proven = 1
	}
	*b = append(*b, proven)
	for _, s := range [...]string{a.Name, t.Kind, a.Person.Name, a.Person.Birth} {
		*b = appendString(*b, s)
	}
	for _, list := range [...][]string{a.Person.Others, a.Referees} {
		*b = binary.AppendUvarint(*b, uint64(len(list)))
		for _, s := range list {
			*b = appendString(*b, s)
		}
	}
	*b = binary.AppendUvarint(*b, uint64(len(a.Live)))
	for _, l := range a.Live {
		*b = le.AppendUint64(le.AppendUint64(*b, uint64(l.At)), l.Place)
	}
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}
