package checks

import (
	"slices"

	"bonafide/record"
)

// The firm's code or files went to somebody's own account, or were made public.
// Much of that is allowed, and open-source work is meant to be public: what a named
// person or a rule permits is left out.
var insCopyToPersonal = Check{
	ID: "ins-copy-to-personal",
	Title: record.Text{
		EN: "Work copied to a private place",
		DE: "Arbeit an einen privaten Ort kopiert",
		PT: "Trabalho copiado para um lugar privado",
	},
	Text: record.Text{
		EN: "Code or files of the employer were pushed, forked, shared or uploaded to a private account or made public, and nobody allowed it.",
		DE: "Code oder Dateien des Arbeitgebers wurden ohne Erlaubnis in ein privates Konto geschoben, geteilt, hochgeladen oder öffentlich gemacht.",
		PT: "Código ou ficheiros do empregador foram enviados, partilhados ou carregados para uma conta privada ou tornados públicos, sem autorização.",
	},
	Stage:      []string{"employment", "offboarding"},
	Family:     record.Insider,
	Strength:   record.Strong,
	Reads:      []string{"events"},
	Sources:    []string{"fbi-psa-2025-01-23", "secureworks-2024-10"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "open-source work, and forks that are permitted", DE: "Open-Source-Arbeit und erlaubte Forks", PT: "trabalho de código aberto e forks permitidos"},
		{EN: "a private file of the person's own on a work computer", DE: "eine eigene private Datei auf dem Arbeitsrechner", PT: "um ficheiro pessoal no computador de trabalho"},
	},
	Clears: []record.Text{
		{EN: "a rule, a ticket or a named person that allowed it", DE: "eine Regel, ein Ticket oder ein namentlich genannter Mensch, der es erlaubt hat", PT: "uma regra, um pedido ou uma pessoa identificada que o autorizou"},
		{EN: "the copy is shown to be deleted or to be the person's own", DE: "die Kopie ist nachweislich gelöscht oder die eigene", PT: "a cópia está comprovadamente apagada ou é da própria pessoa"},
	},
	Ask: record.Text{
		EN: "Please tell us what was copied and why; if work needs it elsewhere, we find an allowed way.",
		DE: "Bitte sagen Sie uns, was warum kopiert wurde; wenn die Arbeit es braucht, finden wir einen erlaubten Weg.",
		PT: "Diga-nos, por favor, o que foi copiado e porquê; se o trabalho o exigir, encontramos uma via permitida.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runInsCopyToPersonal,
}

var sayCopied = record.Text{
	EN: "Work went to a private account or was made public %d times without a note of who allowed it.",
	DE: "Arbeit ging %d-mal in ein privates Konto oder wurde öffentlich, ohne Vermerk, wer es erlaubt hat.",
	PT: "Trabalho foi para uma conta privada ou tornado público %d vezes, sem nota de quem o autorizou.",
}

func runInsCopyToPersonal(in *In) Answer {
	looked := false
	var evidence []record.Evidence
	n := 0
	for i := range in.App.Events {
		e := &in.App.Events[i]
		moves := slices.Contains([]string{"push", "fork", "share", "download", "clone"}, e.Kind)
		if !moves && e.Kind != "made-public" {
			continue
		}
		looked = true
		if e.Allowed != "" || e.Outcome == "failure" || moves && e.To != "personal" && e.To != "public" {
			continue
		}
		if n++; len(evidence) < 6 {
			evidence = append(evidence, event(in, i, e.Kind))
		}
	}
	switch {
	case !looked:
		return noData
	case n == 0:
		return allClear
	}
	return hit(observed(record.Strong, sayCopied.Say(n), evidence...))
}
