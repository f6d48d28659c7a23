package match

import "sort"

// Change is one character of a zone that may have been misread.
type Change struct {
	Line, Column int // from 1, as the zone prints them
	From, To     byte
}

// Proposal is a zone as it may have been printed. It is a question to a person
// with the document in hand; nothing ever takes it for what was read.
type Proposal struct {
	Lines   []string
	Changes []Change
}

const maxProposals = 8

// Proposals says which look-alike characters, put right, would make every check
// digit hold and every date a date: first letters where only digits can stand
// and digits where only letters can, then up to two confusions in numbers,
// fewest first. None when all holds already or when no such reading does. More
// than one means that only the document can tell.
func (m *MRZ) Proposals() []Proposal {
	width := m.width()
	if width == 0 {
		return nil
	}
	fixed, sure := m.byPlace()
	if len(sure) == 0 && len(m.Faults()) == 0 {
		return nil
	}
	propose := func(data []byte) (p Proposal) {
		for i := range data {
			if data[i] != m.data[i] {
				p.Changes = append(p.Changes, Change{i/width + 1, i%width + 1, m.data[i], data[i]})
			}
		}
		for at := 0; at < len(data); at += width {
			p.Lines = append(p.Lines, string(data[at:at+width]))
		}
		return p
	}
	if holds(fixed, width) {
		return []Proposal{propose(fixed)}
	}
	var all []Proposal
	var open []int
	for at := range fixed {
		if m.mixed(at) && len(confused(fixed[at])) > 0 {
			open = append(open, at)
		}
	}
	try := func(places ...int) {
		data := append([]byte(nil), fixed...)
		var step func(i int)
		step = func(i int) {
			if i == len(places) {
				if holds(data, width) && len(all) < 4*maxProposals {
					all = append(all, propose(data))
				}
				return
			}
			was := data[places[i]]
			for _, c := range confused(was) {
				data[places[i]] = byte(c)
				step(i + 1)
			}
			data[places[i]] = was
		}
		step(0)
	}
	for _, a := range open {
		try(a)
	}
	if len(all) == 0 {
		for i, a := range open {
			for _, b := range open[i+1:] {
				try(a, b)
			}
		}
	}
	sort.SliceStable(all, func(i, k int) bool { return len(all[i].Changes) < len(all[k].Changes) })
	return all[:min(len(all), maxProposals)]
}

func (m *MRZ) width() int {
	switch m.Format {
	case "TD1":
		return 30
	case "TD2", "MRV-B", "FRA-ID":
		return 36
	case "TD3", "MRV-A":
		return 44
	}
	return 0
}

func holds(data []byte, width int) bool {
	var lines []string
	for at := 0; at < len(data); at += width {
		lines = append(lines, string(data[at:at+width]))
	}
	m, ok := ParseMRZ(lines)
	return ok && len(m.Faults()) == 0
}

// places says what may stand where (Doc 9303 parts 4 to 7): d digits only, a
// letters only, n letters and digits, by format and line.
func (m *MRZ) places() string {
	letters := func(n int) string { return repeat('a', n) }
	switch m.Format {
	case "TD1":
		return "aaaaa" + repeat('n', 25) + "ddddddd" + "a" + "ddddddd" + "aaa" + repeat('n', 11) + "d" + letters(30)
	case "TD2":
		return letters(36) + repeat('n', 9) + "n" + "aaa" + "ddddddd" + "a" + "ddddddd" + repeat('n', 7) + "d"
	case "TD3":
		return letters(44) + repeat('n', 9) + "d" + "aaa" + "ddddddd" + "a" + "ddddddd" + repeat('n', 14) + "dd"
	case "MRV-A":
		return letters(44) + repeat('n', 9) + "d" + "aaa" + "ddddddd" + "a" + "ddddddd" + repeat('n', 16)
	case "MRV-B":
		return letters(36) + repeat('n', 9) + "d" + "aaa" + "ddddddd" + "a" + "ddddddd" + repeat('n', 8)
	}
	return repeat('n', len(m.data))
}

func repeat(c byte, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = c
	}
	return string(b)
}

func (m *MRZ) mixed(at int) bool { return m.places()[at] == 'n' }

// byPlace puts right what the place alone decides, and says where. The document
// code's second character may be a digit with some issuers and is left alone.
func (m *MRZ) byPlace() (data []byte, at []int) {
	data = append([]byte(nil), m.data...)
	for i, kind := range m.places() {
		c := data[i]
		switch {
		case i == 1:
		case kind == 'd' && isLetter(c):
			if d := digitFor(c); d != 0 {
				data[i] = d
			}
		case kind == 'a' && isDigit(c):
			if l := letterFor(c); l != 0 {
				data[i] = l
			}
		}
		if data[i] != c {
			at = append(at, i)
		}
	}
	return data, at
}

// letterFor is the letter a digit is taken for, 0 if none.
func letterFor(c byte) byte {
	switch c {
	case '0':
		return 'O'
	case '1':
		return 'I'
	case '2':
		return 'Z'
	case '5':
		return 'S'
	case '6':
		return 'G'
	case '8':
		return 'B'
	}
	return 0
}

// confused are the characters one is read for where both kinds may stand.
func confused(c byte) string {
	switch c {
	case '0':
		return "OQD"
	case 'O':
		return "0QD"
	case 'Q', 'D':
		return "0O"
	case '1':
		return "IL7"
	case 'I', 'L':
		return "1"
	case '2':
		return "Z"
	case 'Z':
		return "2"
	case '5':
		return "S"
	case 'S':
		return "5"
	case '6':
		return "G"
	case 'G':
		return "6C"
	case 'C':
		return "G"
	case '8':
		return "B3"
	case 'B':
		return "8"
	case '3':
		return "8"
	case '7':
		return "1"
	}
	return ""
}
