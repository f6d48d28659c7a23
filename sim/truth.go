package sim

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"bonafide/record"
)

// truths is a truth file in memory: one small row a record, every word once.
type truths struct {
	byRecord map[string]int32
	rows     []truthRow
	words    map[string]int32
	names    []string // by number
}

type truthRow struct {
	person, cell, kind, country int32 // numbers of names; cell 0 for honest people
	seen                        bool
	flagged, review             bool
	cluster                     int32
}

const maxTruthField = 512

// readTruth reads a truth file: CSV with the columns record, person, cell,
// kind and country in any order; others are skipped. A record named twice, a
// missing column or an empty record is an error with its line.
func readTruth(r io.Reader) (*truths, error) {
	rows := csv.NewReader(r)
	rows.ReuseRecord = true
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("read truth: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	for _, need := range truthHeader {
		if _, ok := at[need]; !ok {
			return nil, record.Invalid("truth:1", "has no column "+need)
		}
	}
	t := &truths{byRecord: map[string]int32{}, words: map[string]int32{"": 0}, names: []string{""}}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read truth: %w", err)
		}
		line, _ := rows.FieldPos(0)
		where := fmt.Sprintf("truth:%d", line)
		for _, f := range row {
			if len(f) > maxTruthField {
				return nil, record.Invalid(where, "a field is too long")
			}
		}
		name := row[at["record"]]
		if name == "" {
			return nil, record.Invalid(where, "names no record")
		}
		if _, twice := t.byRecord[name]; twice {
			return nil, record.Invalid(where, "names a record a second time")
		}
		t.byRecord[strings.Clone(name)] = int32(len(t.rows))
		t.rows = append(t.rows, truthRow{person: t.word(row[at["person"]]), cell: t.word(row[at["cell"]]), kind: t.word(row[at["kind"]]), country: t.word(row[at["country"]])})
	}
}

// word is the number of a word.
func (t *truths) word(s string) int32 {
	n, ok := t.words[s]
	if !ok {
		n = int32(len(t.names))
		s = strings.Clone(s)
		t.words[s] = n
		t.names = append(t.names, s)
	}
	return n
}

// kinds splits the kinds of a row: several look-alikes are joined by "+".
func splitKinds(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '+' || r == '|' || r == ';' })
}
