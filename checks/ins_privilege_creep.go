package checks

import (
	"bonafide/record"
)

// Somebody adds people, keys or publishers, or asks for more rights, in their first
// weeks and without a ticket. Leads do that every day, so that after the first ninety
// days it is only shown.
var insPrivilegeCreep = Check{
	ID: "ins-privilege-creep",
	Title: record.Text{
		EN: "People or keys added early and without a ticket",
		DE: "Früh und ohne Ticket Menschen oder Schlüssel hinzugefügt",
		PT: "Pessoas ou chaves adicionadas cedo e sem pedido registado",
	},
	Text: record.Text{
		EN: "In the first ninety days somebody added members, keys or published packages, or asked for administrator's rights, without a ticket. Later it is only shown.",
		DE: "In den ersten neunzig Tagen wurden ohne Ticket Mitglieder oder Schlüssel hinzugefügt, Pakete veröffentlicht oder Administratorrechte erbeten. Später wird es nur gezeigt.",
		PT: "Nos primeiros noventa dias foram adicionados membros ou chaves, publicados pacotes ou pedidos direitos de administrador, sem pedido registado. Depois é apenas mostrado.",
	},
	Stage:      []string{"employment"},
	Family:     record.Insider,
	Strength:   record.Strong,
	Reads:      []string{"events", "stage"},
	Sources:    []string{"seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "leads and platform teams, whose work it is", DE: "Leitungen und Plattformteams, deren Arbeit das ist", PT: "chefias e equipas de plataforma, cujo trabalho é esse"},
		{EN: "a ticket in another system", DE: "ein Ticket in einem anderen System", PT: "um pedido noutro sistema"},
	},
	Clears: []record.Text{
		{EN: "a ticket or a named person that asked for it", DE: "ein Ticket oder ein namentlich genannter Mensch, der darum bat", PT: "um pedido registado ou uma pessoa identificada que o solicitou"},
	},
	Ask: record.Text{
		EN: "Please name the ticket or the person that asked for this; what nobody needs is taken back.",
		DE: "Bitte nennen Sie das Ticket oder die Person, die darum bat; was niemand braucht, wird zurückgenommen.",
		PT: "Indique, por favor, o pedido ou a pessoa que o solicitou; o que ninguém precisar será retirado.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runInsPrivilegeCreep,
}

var sayAdded = record.Text{
	EN: "People, keys or publications were added %d times without a ticket.",
	DE: "%d-mal wurden ohne Ticket Menschen, Schlüssel oder Veröffentlichungen hinzugefügt.",
	PT: "Foram adicionadas %d vezes pessoas, chaves ou publicações sem pedido registado.",
}

var sayAskedRights = record.Text{
	EN: "Administrator's rights were asked for %d times without a ticket.",
	DE: "%d-mal wurden ohne Ticket Administratorrechte erbeten.",
	PT: "Foram pedidos %d vezes direitos de administrador sem pedido registado.",
}

var sayAfterFirst = record.Text{
	EN: "Not counted: after the first ninety days, or the first day of work is not known.",
	DE: "Nicht gezählt: nach den ersten neunzig Tagen, oder der erste Arbeitstag ist nicht bekannt.",
	PT: "Não contado: depois dos primeiros noventa dias, ou o primeiro dia de trabalho não é conhecido.",
}

// provisionalDays are those in which access is provisional.
const provisionalDays = 90

func runInsPrivilegeCreep(in *In) Answer {
	if len(in.App.Events) == 0 {
		return noData
	}
	from, _, known := startDay(in.App.Stage).Span()
	var added, asked [2][]record.Evidence // early, later
	for i := range in.App.Events {
		e := &in.App.Events[i]
		if e.Allowed != "" || e.Outcome == "failure" || e.Client == "service" {
			continue
		}
		when := 1
		if known && e.At.Before(from.AddDate(0, 0, provisionalDays)) {
			when = 0
		}
		switch e.Kind {
		case "member-added", "key-added", "publish":
			added[when] = append(added[when], event(in, i, e.Kind))
		case "admin-asked":
			asked[when] = append(asked[when], event(in, i, e.Kind))
		}
	}
	var found []record.Finding
	add := func(s record.Strength, text record.Text, evidence []record.Evidence, late bool) {
		if len(evidence) == 0 {
			return
		}
		f := observed(s, text.Say(len(evidence)), evidence[:min(5, len(evidence))]...)
		if late {
			f.Strength, f.Lowered = record.Weak, sayAfterFirst
		}
		found = append(found, f)
	}
	add(record.Strong, sayAdded, added[0], false)
	add(record.Supporting, sayAskedRights, asked[0], false)
	add(record.Strong, sayAdded, added[1], true)
	return hit(found...)
}
