package checks

import (
	"slices"
	"time"

	"bonafide/record"
)

// For days on end no pause of three hours, as when people work in shifts on one
// account. Only times are looked at, never what was done. Services, telephones and
// nights on call are left out.
var netContinuousSession = Check{
	ID: "net-continuous-session",
	Title: record.Text{
		EN: "No pause of a human length",
		DE: "Keine Pause von menschlicher Länge",
		PT: "Nenhuma pausa de duração humana",
	},
	Text: record.Text{
		EN: "For three days or more the account was never quiet for three hours. For one day it is only shown. Services, telephones and approved nights are left out.",
		DE: "Drei Tage oder länger war das Konto nie drei Stunden still. Bei einem Tag wird es nur gezeigt. Dienste, Telefone und erlaubte Nächte bleiben außen vor.",
		PT: "Durante três dias ou mais a conta nunca esteve três horas em silêncio. Num só dia é apenas mostrado. Serviços, telefones e noites autorizadas ficam de fora.",
	},
	Stage:      []string{"employment"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"events", "sessions.at"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "nights on call, or an incident", DE: "Bereitschaft in der Nacht oder ein Störfall", PT: "noites de prevenção, ou um incidente"},
		{EN: "programs that work under the person's account", DE: "Programme, die unter dem Konto der Person arbeiten", PT: "programas que trabalham com a conta da pessoa"},
		{EN: "a small child, or a sleepless time", DE: "ein kleines Kind oder eine schlaflose Zeit", PT: "uma criança pequena, ou uma época sem sono"},
	},
	Clears: []record.Text{
		{EN: "the on-call plan, or the program that acted is named", DE: "der Bereitschaftsplan, oder das handelnde Programm ist benannt", PT: "a escala de prevenção, ou o programa que agiu é identificado"},
	},
	Ask: record.Text{
		EN: "Please tell us which programs act under your account, and whether you were on call.",
		DE: "Bitte sagen Sie uns, welche Programme unter Ihrem Konto handeln und ob Sie Bereitschaft hatten.",
		PT: "Diga-nos, por favor, que programas agem com a sua conta e se esteve de prevenção.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runNetContinuousSession,
}

var sayNoPause = record.Text{
	EN: "For %d hours the account was never quiet for three hours.",
	DE: "%d Stunden lang war das Konto nie drei Stunden still.",
	PT: "Durante %d horas a conta nunca esteve três horas em silêncio.",
}

const (
	humanPause   = 3 * time.Hour
	pauseShown   = 24 * time.Hour
	pauseCounted = 72 * time.Hour
	pauseEvents  = 30 // fewer say nothing of a day and night
)

func runNetContinuousSession(in *In) Answer {
	type moment struct {
		at    time.Time
		where record.Evidence
	}
	var all []moment
	for i := range in.App.Events {
		if e := &in.App.Events[i]; !e.At.IsZero() && byPerson(e) && e.Allowed == "" && e.Kind != "api-call" && e.Kind != "revoked" {
			all = append(all, moment{e.At, event(in, i, "")})
		}
	}
	if len(all) < pauseEvents {
		return noData
	}
	for i := range in.App.Sessions {
		if s := &in.App.Sessions[i]; !s.At.IsZero() {
			all = append(all, moment{s.At, record.Evidence{Field: sessionField(i, "at"), AsOf: dayOf(s.At)}})
		}
	}
	slices.SortStableFunc(all, func(a, b moment) int { return a.at.Compare(b.at) })
	var longest time.Duration
	var from, to int
	for start, i := 0, 1; i <= len(all); i++ {
		if i < len(all) && all[i].at.Sub(all[i-1].at) < humanPause {
			continue
		}
		if run := all[i-1].at.Sub(all[start].at); run > longest && i-start >= pauseEvents {
			longest, from, to = run, start, i-1
		}
		start = i
	}
	if longest < pauseShown {
		return allClear
	}
	strength := record.Weak
	if longest >= pauseCounted {
		strength = record.Supporting
	}
	return hit(observed(strength, sayNoPause.Say(int(longest.Hours())), all[from].where, all[to].where))
}
