package intake

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"bonafide/record"
)

// cells are the decoded cells of a row.
func (t *table) cells(raw []byte) ([]string, error) {
	text := string(raw)
	if !utf8.Valid(raw) {
		if t.utf8 {
			return nil, record.Invalid("", "not valid UTF-8")
		}
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, record.Invalid("", "neither UTF-8 nor Windows-1252")
		}
		text = string(decoded)
	} else if t.ansi && !ascii(raw) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		if err == nil {
			text = string(decoded)
		}
	}
	cells := splitCells(text, t.delimiter)
	if len(cells) > maxColumns {
		return nil, record.Invalid("", "more than "+strconv.Itoa(maxColumns)+" cells")
	}
	return cells, nil
}

// splitCells cuts a row into cells, at most one more than maxColumns. A quote inside an unquoted cell is a
// character; what follows a closing quote joins the cell.
func splitCells(row string, delimiter byte) []string {
	var cells []string
	for {
		if len(cells) > maxColumns {
			return cells
		}
		if row == "" || row[0] != '"' {
			i := strings.IndexByte(row, delimiter)
			if i < 0 {
				return append(cells, row)
			}
			cells, row = append(cells, row[:i]), row[i+1:]
			continue
		}
		var cell strings.Builder
		rest := row[1:]
		for {
			i := strings.IndexByte(rest, '"')
			if i < 0 {
				cell.WriteString(rest)
				return append(cells, cell.String())
			}
			cell.WriteString(rest[:i])
			rest = rest[i+1:]
			if rest == "" || rest[0] != '"' {
				break
			}
			cell.WriteByte('"')
			rest = rest[1:]
		}
		i := strings.IndexByte(rest, delimiter)
		if i < 0 {
			cell.WriteString(rest)
			return append(cells, cell.String())
		}
		cell.WriteString(rest[:i])
		cells, row = append(cells, cell.String()), rest[i+1:]
	}
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
