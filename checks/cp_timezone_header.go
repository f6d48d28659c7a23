package checks

import (
	"slices"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// A computer writes its clock's distance from Greenwich into every mail. When it keeps
// contradicting the place somebody says they write from, we ask. Not when the network or
// the session's clock is in the same place as the mail: that is a journey, told once.
var cpTimezoneHeader = Check{
	ID: "cp-timezone-header",
	Title: record.Text{
		EN: "Clock in mail headers contradicts the place",
		DE: "Uhr in den E-Mail-Kopfzeilen widerspricht dem Ort",
		PT: "Relógio nos cabeçalhos de e-mail contradiz o lugar",
	},
	Text: record.Text{
		EN: "The offsets in the Date field of three or more messages are in use neither in the claimed country nor in the claimed time zone.",
		DE: "Die Zeitabstände im Date-Feld von drei oder mehr Nachrichten gelten weder im angegebenen Land noch in der angegebenen Zeitzone.",
		PT: "Os desfasamentos no campo Date de três ou mais mensagens não vigoram no país nem no fuso horário indicados.",
	},
	Stage:      []string{"application", "reference"},
	Family:     record.Contact,
	Strength:   record.Supporting,
	Reads:      []string{"messages", "person.address", "person.timezone", "sessions.ip", "sessions.timezone", "sessions.at"},
	Sources:    []string{"seal-frameworks", "tzdata"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a journey", DE: "eine Reise", PT: "uma viagem"},
		{EN: "web mail that writes the time of its servers", DE: "Webmail, das die Zeit seiner Server schreibt", PT: "correio web que escreve a hora dos seus servidores"},
	},
	Clears: []record.Text{
		{EN: "a short dated explanation", DE: "eine kurze Erklärung mit Datum", PT: "uma breve explicação datada"},
	},
	Ask: record.Text{
		EN: "Please tell us where you have been writing from in these weeks.",
		DE: "Bitte sagen Sie uns, von wo Sie in diesen Wochen geschrieben haben.",
		PT: "Diga-nos, por favor, de onde escreveu nestas semanas.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpTimezoneHeader,
}

var sayHeaderClock = record.Text{
	EN: "The clock in %d messages stands at an offset that is not in use at the claimed place.",
	DE: "Die Uhr in %d Nachrichten steht auf einem Abstand, der am angegebenen Ort nicht gilt.",
	PT: "O relógio em %d mensagens tem um desfasamento que não vigora no lugar indicado.",
}

var sayHeaderClockOnce = record.Text{
	EN: "The clock in one message stands at an offset that is not in use at the claimed place.",
	DE: "Die Uhr in einer Nachricht steht auf einem Abstand, der am angegebenen Ort nicht gilt.",
	PT: "O relógio numa mensagem tem um desfasamento que não vigora no lugar indicado.",
}

var sayHeaderTravel = record.Text{
	EN: "Other clocks or networks of the same weeks tell the same story, as on a journey.",
	DE: "Andere Uhren oder Netze derselben Wochen erzählen dasselbe, wie auf einer Reise.",
	PT: "Outros relógios ou redes das mesmas semanas contam o mesmo, como numa viagem.",
}

// enoughMessages must contradict before it is more than a note.
const enoughMessages = 3

func runCpTimezoneHeader(in *In) Answer {
	home := strings.ToUpper(in.App.Person.Address.Country)
	var evidence []record.Evidence
	var asked []int
	looked, fitting, travel := false, false, false
	for i := range in.App.Messages {
		m := &in.App.Messages[i]
		offset, ok := match.MailOffset(m.Headers)
		if !ok || offset == 0 { // servers write Greenwich
			continue
		}
		at := m.At
		if at.IsZero() {
			at = in.Day
		}
		fits, known := match.OffsetFits(offset, home, at)
		zoneFits, zoneKnown := match.OffsetFitsZone(offset, in.App.Person.Timezone, at)
		if !known && !zoneKnown {
			continue
		}
		looked = true
		if fits || zoneFits {
			fitting = true
			continue
		}
		if !travel && !slices.Contains(asked, offset) {
			asked = append(asked, offset)
			travel = toldElsewhere(in, offset)
		}
		evidence = append(evidence, record.Evidence{Field: indexed("messages", i) + ".headers", ComparedWith: "person", AsOf: record.DateOf(at)})
	}
	if !looked {
		return noData
	}
	if len(evidence) == 0 {
		return allClear
	}
	f := observed(record.Weak, record.Plural(len(evidence), sayHeaderClockOnce, sayHeaderClock.Say(len(evidence))), evidence[:min(5, len(evidence))]...)
	switch {
	case fitting || travel:
		f.Lowered = sayHeaderTravel
	case len(evidence) >= enoughMessages:
		f.Strength = record.Supporting
	}
	return hit(f)
}

// toldElsewhere reports a session whose clock or network stands where the mail
// was written: the same story, which is weighed with the sessions.
func toldElsewhere(in *In, offset int) bool {
	for i := range in.App.Sessions {
		if fits, _ := match.OffsetFitsZone(offset, in.App.Sessions[i].Timezone, in.App.Sessions[i].At); fits {
			return true
		}
	}
	all, _, _ := spots(in)
	for i := range all {
		for _, p := range all[i].places {
			if fits, _ := match.OffsetFits(offset, p.Country, in.Day); fits {
				return true
			}
		}
	}
	return false
}
