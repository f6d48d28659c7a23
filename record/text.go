package record

import (
	"fmt"
	"slices"
	"strings"
)

// Lang is a language the house speaks.
type Lang string

// The three languages of every text a person may read.
const (
	EN Lang = "en"
	DE Lang = "de"
	PT Lang = "pt"
)

// LangOf is the language of a tag such as de-AT (BCP 47), if the house speaks it.
func LangOf(tag string) (Lang, bool) {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	l := Lang(base)
	return l, slices.Contains(Langs[:], l)
}

// Langs lists them in the order in which they are printed.
var Langs = [...]Lang{EN, DE, PT}

// Text is one sentence in the three languages. DE falls back to EN, PT to EN.
type Text struct{ EN, DE, PT string }

// In is the text in a language.
func (t Text) In(l Lang) string {
	switch {
	case l == DE && t.DE != "":
		return t.DE
	case l == PT && t.PT != "":
		return t.PT
	}
	return t.EN
}

// Say fills the verbs of all three languages with the same values. The values
// must be counts, dates, ids or words of the house: never a personal value.
// An argument may itself be a Text; it is put in by language.
func (t Text) Say(args ...any) Text {
	put := func(l Lang, format string) string {
		if format == "" {
			return ""
		}
		said := make([]any, len(args))
		for i, a := range args {
			if inner, ok := a.(Text); ok {
				a = inner.In(l)
			}
			said[i] = a
		}
		return fmt.Sprintf(format, said...)
	}
	return Text{put(EN, t.EN), put(DE, t.DE), put(PT, t.PT)}
}

// Plural picks one or many by n.
func Plural(n int, one, many Text) Text {
	if n == 1 {
		return one
	}
	return many
}
