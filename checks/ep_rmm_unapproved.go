package checks

import (
	"bonafide/lists"
	"bonafide/record"
)

// On a computer that the employer manages, somebody installed a program with which another
// person can work on it from elsewhere, and nobody noted why. Often that is a helpdesk, a
// supplier, or software that helps a person with a disability: a ticket settles it. On the
// person's own computer it is their own business and only shown.
var epRmmUnapproved = Check{
	ID: "ep-rmm-unapproved",
	Title: record.Text{
		EN: "Remote-access tool that nobody approved",
		DE: "Fernzugriffsprogramm ohne Freigabe",
		PT: "Programa de acesso remoto sem aprovação",
	},
	Text: record.Text{
		EN: "A trace of a listed remote-access tool was seen on a computer, and no approval stands beside it.",
		DE: "Auf einem Rechner wurde die Spur eines gelisteten Fernzugriffsprogramms gesehen, und keine Freigabe steht dabei.",
		PT: "Num computador foi visto o vestígio de um programa de acesso remoto listado, sem aprovação registada.",
	},
	Stage:      []string{"onboarding", "employment"},
	Family:     record.Endpoint,
	Strength:   record.Strong,
	Link:       record.LinkDevice,
	Reads:      []string{"tools"},
	Sources:    []string{"lolrmm", "mandiant-2024-09-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a session of the helpdesk or of a supplier", DE: "eine Sitzung des Helpdesks oder eines Dienstleisters", PT: "uma sessão do serviço de assistência ou de um fornecedor"},
		{EN: "screen sharing that helps a person with a disability", DE: "Bildschirmfreigabe, die einem Menschen mit Behinderung hilft", PT: "partilha de ecrã que ajuda uma pessoa com deficiência"},
		{EN: "a program that came with other software", DE: "ein Programm, das mit anderer Software kam", PT: "um programa que veio com outro software"},
	},
	Clears: []record.Text{
		{EN: "a ticket or a named person that allowed it", DE: "ein Ticket oder ein namentlich genannter Mensch, der es erlaubt hat", PT: "um pedido registado ou uma pessoa identificada que o autorizou"},
	},
	Ask: record.Text{
		EN: "Please tell us who installed the program and what for; if nobody needs it, it is removed.",
		DE: "Bitte sagen Sie uns, wer das Programm wozu installiert hat; braucht es niemand, wird es entfernt.",
		PT: "Diga-nos, por favor, quem instalou o programa e para quê; se ninguém precisar dele, será removido.",
	},
	Since:   "2024-01-01",
	Version: 1,
	run:     runEpRmmUnapproved,
}

var sayToolManaged = record.Text{
	EN: "On the employer's computer a remote-access tool was seen that nobody approved.",
	DE: "Auf dem Rechner des Arbeitgebers wurde ein Fernzugriffsprogramm ohne Freigabe gesehen.",
	PT: "No computador do empregador foi visto um programa de acesso remoto sem aprovação.",
}

var sayToolContacted = record.Text{
	EN: "The employer's computer spoke to a host of a remote-access tool that nobody approved.",
	DE: "Der Rechner des Arbeitgebers sprach mit einem Server eines nicht freigegebenen Fernzugriffsprogramms.",
	PT: "O computador do empregador comunicou com um servidor de um programa de acesso remoto sem aprovação.",
}

var sayToolOwn = record.Text{
	EN: "On a computer that is not the employer's a remote-access tool was seen; that is the person's own business.",
	DE: "Auf einem Rechner, der nicht dem Arbeitgeber gehört, wurde ein Fernzugriffsprogramm gesehen; das ist Sache der Person.",
	PT: "Num computador que não é do empregador foi visto um programa de acesso remoto; isso diz respeito apenas à pessoa.",
}

func runEpRmmUnapproved(in *In) Answer {
	if len(in.App.Tools) == 0 {
		return noData
	}
	var installed, contacted, own []record.Evidence
	for i := range in.App.Tools {
		t := &in.App.Tools[i]
		hits, loaded := in.Lists.Tool(lists.Trace(t.Kind), t.Value)
		if !loaded {
			return noData
		}
		if t.Approved != "" || len(hits) == 0 {
			continue
		}
		to := &installed
		switch {
		case !t.Managed:
			to = &own
		case lists.Trace(t.Kind) == lists.TraceDomain:
			to = &contacted
		}
		if len(*to) < 5 {
			in.use(hits[0].Use)
			e := record.Evidence{Field: indexed("tools", i), ComparedWith: hits[0].Tool, List: hits[0].Use.List, AsOf: hits[0].Use.AsOf}
			*to = append(*to, e)
		}
	}
	var found []record.Finding
	if installed != nil {
		found = append(found, observed(record.Strong, sayToolManaged, installed...))
	}
	if contacted != nil {
		found = append(found, observed(record.Supporting, sayToolContacted, contacted...))
	}
	if own != nil {
		found = append(found, observed(record.Weak, sayToolOwn, own...))
	}
	return hit(found...)
}
