package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"bonafide/index"
	"bonafide/record"
)

// IndexLearnCmd is `bonafide index learn`.
type IndexLearnCmd struct {
	Dir string `arg:"" type:"existingdir" help:"The index."`
	indexKey
}

// Help is printed below the flags.
func (IndexLearnCmd) Help() string {
	return `Example:

  bonafide index learn people.index --key link.key

All records are linked together once, and rates and counts are kept of what operators and
strangers share here, nothing of anybody. bonafide who tells operator questions by them from
then on. What was learned stays as it is while records come in: bonafide who and bonafide
index verify say from when it is and how much has come in since. Until the command ends,
and if it is stopped, what was learned before stands; whoever asks meanwhile is answered.

Memory: three gigabytes for a million records, and about one for each million more.`
}

// Run learns.
func (c *IndexLearnCmd) Run(stdout io.Writer) (err error) {
	k, err := c.keyer()
	if err != nil {
		return err
	}
	x, err := openIndex(c.Dir, k, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	const spare = 30 // percent: memory is what learning from millions wants most
	defer debug.SetGCPercent(debug.SetGCPercent(spare))
	begin := time.Now()
	learned, err := x.Learn(begin, index.LearnMost, func(what string, done, of int) {
		if of > 0 {
			what = fmt.Sprintf("%s: %d of %d", what, done, of)
		}
		fmt.Fprintf(os.Stderr, "%4.0f s  %s\n", time.Since(begin).Seconds(), what)
	})
	switch {
	case err != nil:
		return err
	case !learned:
		return &record.Error{Code: record.CodeRefused, Where: c.Dir, Message: fmt.Sprintf("holds %s: it can be learned from 2 to %d", counted(x.Records(), "record"), index.LearnMost)}
	}
	l, _ := x.Learned()
	fmt.Fprintf(stdout, "learned from %s: %s\n", counted(l.Records, "record"), counted(l.Questions, "operator question"))
	return nil
}

// weighedBy says how old what an index has learned is, and how much has come in since.
func weighedBy(x *index.Index) string {
	l, there := x.Learned()
	if !there {
		return "nothing learned of all records: operator questions are followed pair by pair until bonafide index learn"
	}
	when := dayOf(l.At)
	if l.At == 0 {
		when = "a day that was not noted"
	}
	s := fmt.Sprintf("operator questions by what %s taught on %s", counted(l.Records, "record"), when)
	switch n := x.Records(); {
	case n > l.Records:
		s += fmt.Sprintf("; %d more by now, %.0f %%", n-l.Records, 100*float64(n-l.Records)/float64(max(l.Records, 1)))
	case n < l.Records:
		s += fmt.Sprintf("; %d fewer by now, %.0f %%", l.Records-n, 100*float64(l.Records-n)/float64(l.Records))
	}
	if n := float64(x.Records()); n > learnAnew*float64(l.Records) || n*learnAnew < float64(l.Records) {
		s += "; learn anew with: bonafide index learn"
	}
	return s
}

// learnAnew is by which factor a population must have changed for it to be said that one should learn anew.
const learnAnew = 1.25
