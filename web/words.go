package web

import (
	_ "embed"
	"fmt"
	"strings"

	"bonafide/record"
)

// words.tsv holds every phrase of the pages: key, English, German, Portuguese.
// The candidate may read every one of them; a test keeps it whole and neutral.
//
//go:embed words.tsv
var wordsFile string

var phrases = readWords(wordsFile + portalWords)

func readWords(file string) map[string]record.Text {
	all := map[string]record.Text{}
	for line := range strings.Lines(file) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) == 4 && f[0] != "" {
			all[f[0]] = record.Text{EN: f[1], DE: f[2], PT: f[3]}
		}
	}
	return all
}

// say is a phrase in a language, its verbs filled; one that does not exist
// shows its key in brackets, which a test keeps from happening.
func say(l record.Lang, key string, args ...any) string {
	t, ok := phrases[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	s := t.In(l)
	if len(args) > 0 {
		s = fmt.Sprintf(s, args...)
	}
	return s
}
