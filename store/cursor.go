package store

import "time"

// Cursor is how far something has come that goes on by itself, sealed. Unlike a
// setting it has one version: it is written after every page.
type Cursor struct {
	Name  string
	At    time.Time // when it was written
	Value []byte
}

// Cursor reads one, or not found.
func (t *Tx) Cursor(name string) (c Cursor, err error) {
	var at int64
	var sealed []byte
	c.Name = name
	if err := t.one("cursor", "select at, sealed from cursors where tenant = $1 and name = $2", []any{&at, &sealed}, name); err != nil {
		return c, err
	}
	c.At = moment(at)
	c.Value, err = t.openHouse(sealed, "cursors", name)
	return c, err
}

// SaveCursor writes one, in the transaction of what was read up to it.
func (t *Tx) SaveCursor(name string, value []byte) error {
	sealed, err := t.sealHouse(value, "cursors", name)
	if err != nil {
		return err
	}
	_, err = t.exec("insert into cursors (tenant, name, at, sealed) values ($1,$2,$3,$4) on conflict (tenant, name) do update set at = excluded.at, sealed = excluded.sealed", name, micros(t.now), sealed)
	return err
}

// ForgetCursor removes one, where there is one.
func (t *Tx) ForgetCursor(name string) error {
	return t.put("delete from cursors where tenant = $1 and name = $2", name)
}
