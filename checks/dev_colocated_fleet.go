package checks

import (
	"bonafide/record"
)

// Work computers of people who do not live together stood behind one line day after
// day. Couples, flat-shares and co-working spaces do the same, and an office always:
// whoever lives together is left out, and so is every day at a place that was declared.
var devColocatedFleet = Check{
	ID: "dev-colocated-fleet",
	Title: record.Text{
		EN: "Work computers of different people behind one line",
		DE: "Arbeitsrechner verschiedener Menschen hinter einem Anschluss",
		PT: "Computadores de trabalho de pessoas diferentes na mesma ligação",
	},
	Text: record.Text{
		EN: "On five days or more the work computer was behind the same public address or router as work computers of others who do not live at the same address. Days at a declared place are left out.",
		DE: "An fünf oder mehr Tagen war der Arbeitsrechner hinter derselben öffentlichen Adresse oder demselben Router wie Arbeitsrechner anderer, die nicht unter derselben Anschrift wohnen. Tage an einem angegebenen Ort bleiben außer Betracht.",
		PT: "Em cinco dias ou mais o computador de trabalho esteve atrás do mesmo endereço público ou router que computadores de trabalho de outras pessoas que não vivem na mesma morada. Os dias num local declarado não contam.",
	},
	Stage:      []string{"employment"},
	Family:     record.Net,
	Strength:   record.Strong,
	Link:       record.LinkDevice,
	Reads:      []string{"computers", "links.premises"},
	Sources:    []string{"mandiant-2024-09-23"},
	LegalBasis: []string{"gdpr-6-1-b"},
	FalsePositives: []record.Text{
		{EN: "a couple or a flat-share whose address is not entered", DE: "ein Paar oder eine Wohngemeinschaft, deren Anschrift nicht eingetragen ist", PT: "um casal ou uma casa partilhada cuja morada não está registada"},
		{EN: "a co-working space or an office that nobody declared", DE: "ein Coworking-Raum oder Büro, das niemand angegeben hat", PT: "um espaço de coworking ou escritório que ninguém declarou"},
		{EN: "a mobile or community network with one address for many", DE: "ein Mobilfunk- oder Gemeinschaftsnetz mit einer Adresse für viele", PT: "uma rede móvel ou comunitária com um endereço para muitas pessoas"},
	},
	Clears: []record.Text{
		{EN: "the shared place is declared, and each person was met there or elsewhere", DE: "der gemeinsame Ort ist angegeben, und jede Person wurde dort oder anderswo getroffen", PT: "o local comum é declarado e cada pessoa foi encontrada ali ou noutro lugar"},
	},
	Ask: record.Text{
		EN: "Please tell us where you work from and with whom you share the place; declaring it is enough in most cases.",
		DE: "Bitte sagen Sie uns, von wo Sie arbeiten und mit wem Sie den Ort teilen; meist genügt diese Angabe.",
		PT: "Diga-nos, por favor, de onde trabalha e com quem partilha o local; na maioria dos casos basta declará-lo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDevColocatedFleet,
}

var sayColocated = [2]record.Text{
	{EN: "On %d days the work computer was behind one line with the work computer of another person.", DE: "An %d Tagen war der Arbeitsrechner mit dem Arbeitsrechner einer anderen Person hinter einem Anschluss.", PT: "Em %d dias o computador de trabalho esteve na mesma ligação que o de outra pessoa."},
	{EN: "On up to %d days the work computer was behind one line with work computers of %d other people.", DE: "An bis zu %d Tagen war der Arbeitsrechner mit Arbeitsrechnern von %d anderen Menschen hinter einem Anschluss.", PT: "Em até %d dias o computador de trabalho esteve na mesma ligação que os de %d outras pessoas."},
}

// fleetDays is how many days must be known before the answer can be clear.
const fleetDays = 5

func runDevColocatedFleet(in *In) Answer {
	days := map[record.Date]bool{}
	for i := range few(in.App.Computers) {
		c := &in.App.Computers[i]
		for j := range c.Places {
			if p := &c.Places[j]; c.Managed && (p.IP != "" || c.Gateway != "") {
				days[p.Day] = true
			}
		}
	}
	if len(days) < fleetDays {
		return noData
	}
	var found []record.Finding
	for i := range in.Links {
		l := &in.Links[i]
		if l.Kind != record.KindPremises {
			continue
		}
		text := sayColocated[0].Say(l.Shared)
		if l.Identities != 1 {
			text = sayColocated[1].Say(l.Shared, l.Identities)
		}
		found = append(found, sharedFinding(l, text))
	}
	return hit(found...)
}
