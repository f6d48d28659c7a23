package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"bonafide/match/name"
)

// comparePairs answers row by row, in order.
func comparePairs(path string, out io.Writer) error {
	f, err := openNames(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 64<<10)
	if head, _ := in.Peek(3); string(head) == "\ufeff" {
		in.Discard(3)
	}
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return exit{exitFailed, path + ": not a CSV"}
	}
	col := columnsOf(head)
	if !col.has("name1") || !col.has("name2") {
		return exit{exitFailed, path + ": the columns name1 and name2 are needed"}
	}
	w := csv.NewWriter(out)
	w.Write(append(append([]string{}, head...), "strength", "similarity", "reasons"))
	for line := 2; ; line++ {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			w.Flush()
			return exit{exitFailed, fmt.Sprintf("%s:%d: not well-formed CSV", path, line)}
		}
		schema := schemaOf(col.get(row, "schema"))
		a, b := name.Parse(col.get(row, "name1"), schema), name.Parse(col.get(row, "name2"), schema)
		if schema == name.Unspecified && a.Schema() != b.Schema() {
			a, b = name.Parse(col.get(row, "name1"), name.Organisation), name.Parse(col.get(row, "name2"), name.Organisation)
		}
		res := name.Compare(a, b, name.Qualifiers{BirthDates: textDates(col.get(row, "date1"))}, name.Qualifiers{BirthDates: textDates(col.get(row, "date2"))})
		w.Write(append(widen(row, len(head)), string(res.Strength), fmt.Sprintf("%.4f", res.Similarity), strings.Join(res.Reasons, "; ")))
	}
	w.Flush()
	return w.Error()
}
