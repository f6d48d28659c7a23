package store

import (
	"bytes"
	"crypto/sha256"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Subject is what may be known of a person's record without opening it.
type Subject struct {
	ID       string    `json:"id"`
	Version  int64     `json:"version"` // of the application; superseded ones are kept
	Result   int64     `json:"result"`  // of the newest result, 0 before the first
	Received time.Time `json:"received"`
	Created  time.Time `json:"created"`
	Changed  time.Time `json:"changed"`
}

// Saved says what SaveApplication did.
type Saved struct {
	Subject string
	Version int64
	New     bool // a subject that was not there
	Same    bool // the very same application was there already: nothing was written
}

// SaveApplication stores an application under its subject: one subject per
// (source, id). Sent again with other content it becomes the next version and
// the one before is kept; sent again unchanged nothing happens.
// A subject that was erased is not revived: refused.
func (t *Tx) SaveApplication(a *record.Application) (Saved, error) {
	plain, err := json.Marshal(a, json.Deterministic(true))
	if err != nil {
		return Saved{}, record.Invalid("application", "cannot be written as JSON")
	}
	return t.saveApplication(a.Source, a.ID, a.ReceivedAt, plain)
}

func (t *Tx) saveApplication(source, id string, received time.Time, plain []byte) (Saved, error) {
	if source == "" || id == "" {
		return Saved{}, record.Invalid("application", "source and id are required")
	}
	blind, err := t.Blind("record", source+"\x00"+id)
	if err != nil {
		return Saved{}, err
	}
	digest, err := t.Blind("content", string(sum(plain)))
	if err != nil {
		return Saved{}, err
	}
	var s Saved
	// Who was looked for in vain a moment ago is not looked for again: should another
	// be first, the unique index on blind says so, and the second run finds them.
	erased, looked := t.absent[string(blind)]
	found := false
	delete(t.absent, string(blind))
	if !looked {
		erased, found, err = t.lookFor(blind, &s)
	}
	switch {
	case err != nil:
		return Saved{}, err
	case found:
		var old []byte
		if err := t.one("application", "select digest from applications where tenant = $1 and subject = $2 and version = $3", []any{&old}, s.Subject, s.Version); err != nil {
			return Saved{}, err
		}
		if bytes.Equal(old, digest) {
			s.Same = true
			return s, nil
		}
		s.Version++
		err = t.put("update subjects set version = $3, received = $4, changed = $5 where tenant = $1 and id = $2", s.Subject, s.Version, micros(received), micros(t.now))
	case erased:
		return Saved{}, &record.Error{Code: record.CodeRefused, Where: "application", Message: "this record was erased; a new application needs a new id"}
	default:
		s = Saved{Subject: NewID(), Version: 1, New: true}
		if err := t.newSubjectKey(s.Subject); err != nil {
			return Saved{}, err
		}
		err = t.put("insert into subjects (tenant, id, blind, version, received, created, changed) values ($1,$2,$3,1,$4,$5,$5)",
			s.Subject, blind, micros(received), micros(t.now))
	}
	if err != nil {
		return Saved{}, err
	}
	sealed, err := t.seal(s.Subject, plain, "applications", strconv.FormatInt(s.Version, 10))
	if err != nil {
		return Saved{}, err
	}
	err = t.put("insert into applications (tenant, subject, version, digest, stored, sealed) values ($1,$2,$3,$4,$5,$6)",
		s.Subject, s.Version, digest, micros(t.now), sealed)
	return s, err
}

// lookFor finds a subject to write to, or that it was erased.
func (t *Tx) lookFor(blind []byte, s *Saved) (erased, found bool, err error) {
	err = t.each("select id, version, 0 from (select id, version from subjects where tenant = $1 and blind = $2"+t.lock()+") as found"+
		" union all select '', 0, 1 from erasures where tenant = $1 and blind = $2", func(row scan) error {
		var gone int64
		var x Saved
		err := row(&x.Subject, &x.Version, &gone)
		if gone == 1 {
			erased = true
		} else {
			*s, found = x, true
		}
		return err
	}, blind)
	return erased, found, err
}

func sum(b []byte) []byte {
	h := sha256.Sum256(b)
	return h[:]
}

// FindSubject is the id of the subject of a record.
func (t *Tx) FindSubject(source, id string) (subject string, err error) {
	blind, err := t.Blind("record", source+"\x00"+id)
	if err != nil {
		return "", err
	}
	erased := false
	err = t.each("select id from subjects where tenant = $1 and blind = $2 union all select '' from erasures where tenant = $1 and blind = $2", func(row scan) error {
		var id string
		err := row(&id)
		if id == "" {
			erased = true
		} else {
			subject = id
		}
		return err
	}, blind)
	if err == nil && subject == "" {
		if t.absent == nil {
			t.absent = map[string]bool{}
		}
		t.absent[string(blind)] = erased
		err = missing("subject")
	}
	return subject, err
}

// Subject is what may be known without opening it.
func (t *Tx) Subject(id string) (s Subject, err error) {
	s.ID = id
	var received, created, changed int64
	err = t.one("subject", "select version, result, received, created, changed from subjects where tenant = $1 and id = $2",
		[]any{&s.Version, &s.Result, &received, &created, &changed}, id)
	s.Received, s.Created, s.Changed = moment(received), moment(created), moment(changed)
	return s, err
}

// Subjects lists ids greater than after, in order.
func (t *Tx) Subjects(after string, limit int) ([]string, error) {
	return collect(t, "select id from subjects where tenant = $1 and id > $2 order by id limit $3", func(s scan) (id string, err error) {
		return id, s(&id)
	}, after, pageSize(limit))
}

// Application opens the newest application of a subject.
func (t *Tx) Application(subject string) (*record.Application, error) {
	s, err := t.Subject(subject)
	if err != nil {
		return nil, err
	}
	return t.ApplicationVersion(subject, s.Version)
}

// ApplicationVersion opens one version, counted from 1.
func (t *Tx) ApplicationVersion(subject string, version int64) (*record.Application, error) {
	var sealed []byte
	if err := t.one("application", "select sealed from applications where tenant = $1 and subject = $2 and version = $3", []any{&sealed}, subject, version); err != nil {
		return nil, err
	}
	a := new(record.Application)
	if err := t.openJSON(subject, sealed, a, "applications", strconv.FormatInt(version, 10)); err != nil {
		return nil, err
	}
	return a, nil
}

// SaveProfile keeps what linking needs of a subject, in the caller's own form.
func (t *Tx) SaveProfile(subject string, profile []byte) error {
	sealed, err := t.seal(subject, profile, "profiles", subject)
	if err != nil {
		return err
	}
	err = t.put("insert into profiles (tenant, subject, sealed) values ($1,$2,$3) on conflict (tenant, subject) do update set sealed = excluded.sealed", subject, sealed)
	return err
}

// Profiles opens the profiles of subjects; those without one are left out.
func (t *Tx) Profiles(subjects []string) (map[string][]byte, error) {
	all := make(map[string][]byte, len(subjects))
	for lo := 0; lo < len(subjects); lo += 200 {
		part := subjects[lo:min(lo+200, len(subjects))]
		var args []any
		type row struct {
			subject string
			sealed  []byte
		}
		rows, err := collect(t, "select subject, sealed from profiles where tenant = $1 and subject in ("+holes(&args, padded(part))+")", func(s scan) (r row, err error) {
			return r, s(&r.subject, &r.sealed)
		}, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if all[r.subject], err = t.open(r.subject, r.sealed, "profiles", r.subject); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}
