package report

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// Happening is one thing that was done about a case, for a terminal.
type Happening struct {
	At   time.Time
	Kind string // screened, asked, answered, refused, expired, note, task, done, proposed, approved …
	ID   string // what another command needs to go on with it
	By   string // id of an account
	Word string // the assessment, the finding, the state it is about
	Text string // outside words: shown on lines of their own, made harmless
	Due  time.Time
	Open bool
}

var happened = map[string]record.Text{
	"screened":  {EN: "screened", DE: "geprüft", PT: "analisado"},
	"asked":     {EN: "asked", DE: "gefragt", PT: "perguntado"},
	"answered":  {EN: "answered", DE: "beantwortet", PT: "respondido"},
	"refused":   {EN: "would rather not", DE: "möchte lieber nicht", PT: "prefere não responder"},
	"expired":   {EN: "the day passed without an answer", DE: "der Tag verging ohne Antwort", PT: "o prazo passou sem resposta"},
	"withdrawn": {EN: "taken back", DE: "zurückgenommen", PT: "retirado"},
	"note":      {EN: "note", DE: "Notiz", PT: "nota"},
	"task":      {EN: "to do", DE: "zu tun", PT: "por fazer"},
	"done":      {EN: "done", DE: "erledigt", PT: "feito"},
	"proposed":  {EN: "decision put forward", DE: "Entscheidung vorgelegt", PT: "decisão proposta"},
	"approved":  {EN: "decision in force", DE: "Entscheidung in Kraft", PT: "decisão em vigor"},
	"declined":  {EN: "decision declined", DE: "Entscheidung abgelehnt", PT: "decisão recusada"},
	"voided":    {EN: "decision void: the case changed", DE: "Entscheidung hinfällig: der Fall hat sich geändert", PT: "decisão sem efeito: o caso mudou"},
}

var (
	historyHead = record.Text{EN: "What was done", DE: "Was geschah", PT: "O que foi feito"}
	historyNone = record.Text{EN: "Nothing yet.", DE: "Noch nichts.", PT: "Ainda nada."}
	untilDay    = record.Text{EN: "by", DE: "bis", PT: "até"}
	stillOpen   = record.Text{EN: "open", DE: "offen", PT: "em aberto"}
)

// Timeline writes what was done on one axis, oldest first, times in UTC.
func Timeline(w io.Writer, all []Happening, o Options) error {
	o = o.defaults()
	out := bufio.NewWriter(w)
	p, l := newPen(out, o), o.Lang
	p.section(historyHead.In(l))
	slices.SortStableFunc(all, func(a, b Happening) int { return a.At.Compare(b.At) })
	if len(all) == 0 {
		p.line(normal, historyNone.In(l))
	}
	for _, h := range all {
		said := happened[h.Kind].In(l)
		if said == "" {
			said = h.Kind
		}
		for _, s := range []string{h.Word, h.By, h.ID} {
			if s != "" {
				said += " · " + plain(s)
			}
		}
		if !h.Due.IsZero() {
			said += " · " + untilDay.In(l) + " " + h.Due.UTC().Format(time.DateOnly)
		}
		tint := normal
		if h.Open {
			said, tint = said+" · "+stillOpen.In(l), asking
		}
		p.hang(h.At.UTC().Format("2006-01-02 15:04")+"  ", said, quiet, tint)
		for line := range strings.SplitSeq(h.Text, "\n") {
			if line = plain(line); line != "" {
				p.hang("                  ", line, quiet, normal)
			}
		}
	}
	return out.Flush()
}
