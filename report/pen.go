package report

import (
	"io"
	"strings"

	"bonafide/record"
)

// pen writes lines for a terminal: wrapped at its width, in the two inks of
// the house when colour is wanted. Umber means still to be answered, verdigris
// confirmed; words say the same, so nothing is lost without colour.
type pen struct {
	w      io.Writer
	width  int
	color  bool
	indent string
}

type ink int

const (
	normal ink = iota
	strong
	quiet
	asking // umber
	sure   // verdigris
	fault  // of the machine, never of a person
)

var inks = [...]string{normal: "", strong: "\x1b[1m", quiet: "\x1b[2m", asking: "\x1b[38;5;172m", sure: "\x1b[38;5;37m", fault: "\x1b[38;5;124m"}

// Lines longer than this are hard to read however wide the terminal is.
const longestLine = 96

func newPen(w io.Writer, o Options) *pen {
	p := &pen{w: w, width: o.Width, color: o.Color}
	if p.width <= 0 {
		p.width = 80
	}
	p.width = min(max(p.width, 24), longestLine)
	return p
}

func (p *pen) paint(i ink, s string) string {
	if !p.color || i == normal || s == "" {
		return s
	}
	return inks[i] + s + "\x1b[0m"
}

// put writes one line. What is not to be broken has served by now.
func (p *pen) put(s string) {
	io.WriteString(p.w, strings.ReplaceAll(strings.TrimRight(s, " "), "\u00a0", " ")+"\n")
}

func (p *pen) gap() { p.put("") }

func (p *pen) rule() { p.put(p.paint(quiet, strings.Repeat("─", p.width))) }

// line writes s, wrapped; leading spaces indent all its lines.
func (p *pen) line(i ink, s string) {
	lead := len(s) - len(strings.TrimLeft(s, " "))
	p.hang(s[:lead], s[lead:], i, i)
}

// hang writes a head and, beside it, a wrapped body. A head that leaves no
// room stands alone above.
func (p *pen) hang(head, body string, headInk, bodyInk ink) {
	w := columnsOf(head)
	if p.width-w < 20 && w > 4 {
		p.put(p.paint(headInk, head))
		head, w = "    ", 4
	}
	for n, l := range wrap(body, p.width-w) {
		if n > 0 {
			head = strings.Repeat(" ", w)
		}
		p.put(p.paint(headInk, head) + p.paint(bodyInk, l))
	}
}

func (p *pen) section(head string) {
	p.gap()
	p.rule()
	p.line(strong, head)
	p.gap()
}

func pad(s string, width int) string {
	if n := width - columnsOf(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}

// mark is the shape that stands beside a strength's word.
func mark(s record.Strength) string {
	switch s {
	case record.Conclusive:
		return "■"
	case record.Strong:
		return "◆"
	case record.Supporting:
		return "◐"
	}
	return "○"
}

func tone(s record.Strength) ink {
	switch {
	case s >= record.Strong:
		return asking
	case s == record.Supporting:
		return normal
	}
	return quiet
}
