// Package report gives one result its faces: lines for machines (jsonl, csv),
// a page of text for a terminal, one self-contained HTML page, and one case
// told in full. It holds the words of those faces in three languages.
//
// It never judges, never orders people by anything but time, and never prints
// a number about a person. It reads no clock: the day comes in with the Run.
//
// To add a face: a file with a type that is a Sink, one line in New.
package report

import (
	"io"

	"bonafide/record"
)

// Sink takes the results of a run, one by one in input order, then the run
// itself. A sink may keep a result until Close, so the caller must not change
// it after handing it over. Result and Close are called from one goroutine.
type Sink interface {
	Result(*record.Result) error
	Close(Run) error
}

// Run is what is known when the last result has been handed over.
type Run struct {
	Files          []string // inputs, as the user named them
	Records        int      // applications screened
	Rejected       int      // lines that could not be read
	MergeQuestions int      // records that say the same identity applied before
	Earlier        int      // records of earlier inputs that were linked against
	Policy         string   // "shipped, version 1"
	Lists          []record.ListUse
	MissingLists   []string // lists that checks asked for and nobody gave
	Version        string   // of bonafide
	Day            record.Date
	Problems       []string // of the machine, in words without personal values
}

// Options say how a face is drawn. Zero means the default everywhere.
type Options struct {
	Lang           record.Lang
	Width          int  // terminal columns; 0 is not a terminal
	Color          bool // text: escape sequences for colour
	HTMLRoutineMax int  // html: routine rows listed (2,000)
	HTMLCaseMax    int  // html: cases shown in full (5,000)
	TextCaseMax    int  // text: cases shown (200)
}

func (o Options) defaults() Options {
	if o.Lang == "" {
		o.Lang = record.EN
	}
	for field, otherwise := range map[*int]int{&o.HTMLRoutineMax: 2000, &o.HTMLCaseMax: 5000, &o.TextCaseMax: 200} {
		if *field == 0 {
			*field = otherwise
		}
	}
	return o
}

// Formats are the words New knows.
var Formats = [...]string{"text", "jsonl", "html", "csv"}

// New opens a face that writes to w. An unknown format is an invalid error.
func New(format string, w io.Writer, o Options) (Sink, error) {
	o = o.defaults()
	switch format {
	case "jsonl":
		return newLines(w, o), nil
	case "csv":
		return newRows(w), nil
	case "text":
		return newText(w, o), nil
	case "html":
		return newPage(w, o), nil
	}
	return nil, record.Invalid("format", "is one of text, jsonl, html, csv")
}
