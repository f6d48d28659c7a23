package store

import (
	"time"

	"bonafide/record"
)

// LinkKey is one value of a subject as linking sees it: a digest under the
// tenant's key, its kind and which of the field's values it is.
type LinkKey struct {
	Value uint64
	Kind  record.Kind
	Place uint8
}

// OfPart stands in Place beside the number of the field where the value is of a part of a picture.
const OfPart = 0x80

// Holder is a subject that holds a key.
type Holder struct {
	LinkKey
	Subject string
	At      time.Time // received
}

// SaveLinkKeys replaces the keys of a subject.
func (t *Tx) SaveLinkKeys(subject string, received time.Time, keys []LinkKey) error {
	if err := t.put("delete from link_keys where tenant = $1 and subject = $2", subject); err != nil {
		return err
	}
	rows := make([][]any, len(keys))
	for i, k := range keys {
		rows[i] = []any{int64(k.Value), subject, int64(k.Kind), int64(k.Place), micros(received)}
	}
	return t.many("insert into link_keys (tenant, key, subject, kind, place, at) values ", " on conflict (tenant, key, subject, kind, place) do nothing", 6, rows)
}

// Holders gives who holds any of the values, at most most per value, smallest
// subject first.
func (t *Tx) Holders(values []uint64, most int) ([]Holder, error) {
	var all []Holder
	// One seek each: a hub never costs more than its share.
	err := t.eachOf("select key, kind, place, subject, at from link_keys where tenant = $1 and key = $2 order by subject, kind, place limit $3",
		valuesUpTo(values, most), func(_ int, row scan) error {
			h, err := readHolder(row)
			all = append(all, h)
			return err
		})
	return all, err
}

func valuesUpTo(values []uint64, most int) [][]any {
	all := make([][]any, len(values))
	for i, v := range values {
		all[i] = []any{int64(v), int64(most)}
	}
	return all
}

// LinkKeys are the keys of one subject.
func (t *Tx) LinkKeys(subject string) ([]Holder, error) {
	return collect(t, "select key, kind, place, subject, at from link_keys where tenant = $1 and subject = $2 order by key, kind, place", readHolder, subject)
}

func readHolder(s scan) (h Holder, err error) {
	var key, kind, place, at int64
	err = s(&key, &kind, &place, &h.Subject, &at)
	h.Value, h.Kind, h.Place, h.At = uint64(key), record.Kind(kind), uint8(place), moment(at)
	return h, err
}

// HolderCount says how many subjects hold each value, counting up to most.
func (t *Tx) HolderCount(values []uint64, most int) (map[uint64]int, error) {
	all := make(map[uint64]int, len(values))
	err := t.eachOf("select count(*) from (select distinct subject from link_keys where tenant = $1 and key = $2 limit $3) as held",
		valuesUpTo(values, most), func(i int, row scan) error {
			var n int64
			err := row(&n)
			all[values[i]] = int(n)
			return err
		})
	return all, err
}

// Population is how many subjects the tenant has.
func (t *Tx) Population() (int, error) {
	n, err := t.count("select count(*) from subjects where tenant = $1")
	return int(n), err
}

// Edge is a link between two subjects, without the value that is shared.
type Edge struct {
	Subject  string          `json:"subject"`
	Other    string          `json:"other"`
	Kind     record.Kind     `json:"kind"`
	Strength record.Strength `json:"strength"`
	At       time.Time       `json:"at"`
}

// SaveEdges replaces the edges that lead from a subject.
func (t *Tx) SaveEdges(subject string, edges []Edge) error {
	if err := t.put("delete from edges where tenant = $1 and subject = $2", subject); err != nil {
		return err
	}
	rows := make([][]any, len(edges))
	for i, e := range edges {
		rows[i] = []any{subject, e.Other, int64(e.Kind), int64(e.Strength), micros(t.now)}
	}
	return t.many("insert into edges (tenant, subject, other, kind, strength, at) values ",
		" on conflict (tenant, subject, other, kind) do nothing", 6, rows)
}

// Edges gives the edges from and to a subject.
func (t *Tx) Edges(subject string) ([]Edge, error) {
	return collect(t, "select subject, other, kind, strength, at from edges where tenant = $1 and (subject = $2 or other = $2) order by subject, other, kind", func(s scan) (e Edge, err error) {
		var kind, strength, at int64
		err = s(&e.Subject, &e.Other, &kind, &strength, &at)
		e.Kind, e.Strength, e.At = record.Kind(kind), record.Strength(strength), moment(at)
		return e, err
	}, subject)
}
