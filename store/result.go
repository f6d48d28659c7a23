package store

import (
	"strconv"
	"time"

	"bonafide/record"
)

// ResultHead is one screening of a subject, without what it found.
type ResultHead struct {
	Version     int64             `json:"version"`
	Application int64             `json:"application"` // version of the application that was screened
	Assessment  record.Assessment `json:"assessment"`
	Stored      time.Time         `json:"stored"`
}

// SaveResult stores what a screening came to; earlier results are kept.
func (t *Tx) SaveResult(subject string, application int64, r *record.Result) (version int64, err error) {
	s, err := t.Subject(subject)
	if err != nil {
		return 0, err
	}
	version = s.Result + 1
	sealed, err := t.sealJSON(subject, r, "results", strconv.FormatInt(version, 10))
	if err != nil {
		return 0, err
	}
	if err := t.put("insert into results (tenant, subject, version, application, assessment, stored, sealed) values ($1,$2,$3,$4,$5,$6,$7)",
		subject, version, application, string(r.Assessment), micros(t.now), sealed); err != nil {
		return 0, err
	}
	err = t.put("update subjects set result = $3, changed = $4 where tenant = $1 and id = $2", subject, version, micros(t.now))
	return version, err
}

// Result opens the newest result of a subject: its findings, its links, its chain.
func (t *Tx) Result(subject string) (*record.Result, error) {
	s, err := t.Subject(subject)
	if err != nil {
		return nil, err
	}
	return t.ResultVersion(subject, s.Result)
}

// ResultVersion opens one result, counted from 1.
func (t *Tx) ResultVersion(subject string, version int64) (*record.Result, error) {
	var sealed []byte
	if err := t.one("result", "select sealed from results where tenant = $1 and subject = $2 and version = $3", []any{&sealed}, subject, version); err != nil {
		return nil, err
	}
	r := new(record.Result)
	if err := t.openJSON(subject, sealed, r, "results", strconv.FormatInt(version, 10)); err != nil {
		return nil, err
	}
	return r, nil
}

// Results lists the screenings of a subject, newest first.
func (t *Tx) Results(subject string) ([]ResultHead, error) {
	return collect(t, "select version, application, assessment, stored from results where tenant = $1 and subject = $2 order by version desc", func(s scan) (h ResultHead, err error) {
		var at int64
		err = s(&h.Version, &h.Application, &h.Assessment, &at)
		h.Stored = moment(at)
		return h, err
	}, subject)
}
