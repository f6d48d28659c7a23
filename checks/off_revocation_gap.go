package checks

import (
	"time"

	"bonafide/record"
)

// Access that was closed and still opened, or was forgotten. It says something about
// our own closing of doors; only its use after the closing is a fact about anybody.
var offRevocationGap = Check{
	ID: "off-revocation-gap",
	Title: record.Text{
		EN: "Access that works after it was closed",
		DE: "Zugang, der nach dem Schließen noch wirkt",
		PT: "Acesso que funciona depois de fechado",
	},
	Text: record.Text{
		EN: "A credential was used after it had been revoked, or was not revoked when the work ended. The first is a fact, the second a gap of our own.",
		DE: "Ein Zugang wurde benutzt, nachdem er entzogen war, oder beim Ende der Arbeit nicht entzogen. Das erste ist eine Tatsache, das zweite unsere eigene Lücke.",
		PT: "Uma credencial foi usada depois de revogada, ou não foi revogada no fim do trabalho. O primeiro é um facto, o segundo uma lacuna nossa.",
	},
	Stage:      []string{"offboarding"},
	Family:     record.Insider,
	Strength:   record.Conclusive,
	Reads:      []string{"departure"},
	Sources:    []string{"npa-joint-2026-09-18"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "clocks of two systems that differ", DE: "Uhren zweier Systeme, die voneinander abweichen", PT: "relógios de dois sistemas que diferem"},
		{EN: "a shared token that colleagues go on using", DE: "ein geteilter Schlüssel, den andere weiter benutzen", PT: "uma chave partilhada que colegas continuam a usar"},
	},
	Clears: []record.Text{
		{EN: "the credential closed again, with a proof that it no longer opens", DE: "der Zugang neu geschlossen, mit Beleg, dass er nichts mehr öffnet", PT: "a credencial fechada de novo, com prova de que já não abre"},
	},
	Ask: record.Text{
		EN: "Our own people close it again and test it; nobody is asked before we know who used it.",
		DE: "Unsere eigenen Leute schließen und prüfen ihn neu; niemand wird gefragt, bevor klar ist, wer ihn benutzte.",
		PT: "A nossa própria equipa volta a fechá-lo e testa-o; ninguém é questionado antes de sabermos quem o usou.",
	},
	Since:   "2020-01-01",
	Version: 2,
	run:     runOffRevocationGap,
}

var sayStillOpens = record.Text{
	EN: "A credential was used after it had been revoked.",
	DE: "Ein Zugang wurde benutzt, nachdem er entzogen war.",
	PT: "Uma credencial foi usada depois de revogada.",
}

var sayNotRevoked = record.Text{
	EN: "A credential was not revoked within a day of the end of the work.",
	DE: "Ein Zugang wurde nicht binnen eines Tages nach dem Ende der Arbeit entzogen.",
	PT: "Uma credencial não foi revogada até um dia depois do fim do trabalho.",
}

// clockSkew is what clocks of two systems may differ by.
const clockSkew = 5 * time.Minute

func runOffRevocationGap(in *In) Answer {
	if in.App.Departure == nil || len(in.App.Departure.Credentials) == 0 {
		return noData
	}
	d := in.App.Departure
	var found []record.Finding
	for i := range few(d.Credentials) {
		c := &d.Credentials[i]
		field := "departure." + indexed("credentials", i)
		switch {
		case !c.Revoked.IsZero() && c.LastUse.After(c.Revoked.Add(clockSkew)):
			found = append(found, observed(record.Conclusive, sayStillOpens, record.Evidence{Field: field + ".last_use", ComparedWith: field + ".revoked", AsOf: dayOf(c.LastUse)}))
		case d.At.IsZero():
		case c.Revoked.After(d.At.Add(24 * time.Hour)), c.Revoked.IsZero() && in.Asked.After(d.At.Add(24*time.Hour)):
			found = append(found, observed(record.Weak, sayNotRevoked, record.Evidence{Field: field + ".revoked", ComparedWith: "departure.at", AsOf: dayOf(c.Revoked)}))
		}
	}
	return hit(found...)
}
