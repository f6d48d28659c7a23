package checks

import (
	"strings"

	"bonafide/record"
)

// We looked for a named employer in registers and on its own ground. Small firms,
// firms abroad, trade names and firms long gone are hard to find: that alone is only
// shown. A register that says the firm did not exist at the claimed time is more.
var cvEmployerUnverifiable = Check{
	ID: "cv-employer-unverifiable",
	Title: record.Text{
		EN: "A named employer could not be found",
		DE: "Ein genannter Arbeitgeber war nicht zu finden",
		PT: "Um empregador indicado não foi encontrado",
	},
	Text: record.Text{
		EN: "A named employer is in no register, or by the register's dates did not exist during the claimed time. A telephone that nobody picks up is only shown.",
		DE: "Ein genannter Arbeitgeber steht in keinem Register oder bestand nach dessen Daten in der angegebenen Zeit nicht. Ein Telefon, an das niemand geht, wird nur gezeigt.",
		PT: "Um empregador indicado não consta de nenhum registo, ou segundo as datas do registo não existia no período indicado. Um telefone que ninguém atende é apenas mostrado.",
	},
	Stage:      []string{"application", "reference"},
	Family:     record.CV,
	Strength:   record.Strong,
	Reads:      []string{"confirmations", "resume.work", "references"},
	Sources:    []string{"sentinellabs-2024-11", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "small firms, and firms in countries whose registers are closed", DE: "kleine Firmen und solche in Ländern mit geschlossenen Registern", PT: "pequenas empresas, e em países com registos fechados"},
		{EN: "a trade name, or a firm that changed its legal form", DE: "ein Handelsname oder eine Firma, die ihre Rechtsform gewechselt hat", PT: "um nome comercial, ou uma empresa que mudou de forma jurídica"},
		{EN: "a firm that no longer exists", DE: "eine Firma, die es nicht mehr gibt", PT: "uma empresa que já não existe"},
	},
	Clears: []record.Text{
		{EN: "a tax or social-insurance record, contract or payslip of that time, with amounts blacked out", DE: "Steuer- oder Versicherungsnachweis, Vertrag oder Lohnzettel der Zeit, mit geschwärzten Beträgen", PT: "registo fiscal ou da segurança social, contrato ou recibo da época, com valores ocultados"},
		{EN: "the employer reached through its own number", DE: "der über seine eigene Nummer erreichte Arbeitgeber", PT: "o empregador contactado pelo seu próprio número"},
	},
	Ask: record.Text{
		EN: "Please tell us the firm's full legal name, or show one paper of that time.",
		DE: "Bitte nennen Sie uns den vollen rechtlichen Namen der Firma oder zeigen Sie ein Papier aus der Zeit.",
		PT: "Diga-nos, por favor, a designação legal completa da empresa, ou mostre um documento da época.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvEmployerUnverifiable,
}

var sayFirmAbsent = record.Text{
	EN: "A named employer is not in the register that was asked.",
	DE: "Ein genannter Arbeitgeber steht nicht im befragten Register.",
	PT: "Um empregador indicado não consta do registo consultado.",
}

var sayFirmUnreached = record.Text{
	EN: "A named employer could not be reached.",
	DE: "Ein genannter Arbeitgeber war nicht zu erreichen.",
	PT: "Não foi possível contactar um empregador indicado.",
}

var sayFirmGone = record.Text{
	EN: "By the register the employer was dissolved before the claimed work began.",
	DE: "Nach dem Register war der Arbeitgeber aufgelöst, bevor die angegebene Arbeit begann.",
	PT: "Segundo o registo, o empregador foi dissolvido antes de o trabalho indicado começar.",
}

var sayFirmNotYet = record.Text{
	EN: "By the register the employer was founded after the claimed work had ended.",
	DE: "Nach dem Register wurde der Arbeitgeber gegründet, nachdem die angegebene Arbeit geendet hatte.",
	PT: "Segundo o registo, o empregador foi fundado depois de o trabalho indicado terminar.",
}

func runCvEmployerUnverifiable(in *In) Answer {
	looked := false
	var found []record.Finding
	for i := range few(in.App.Confirmations) {
		c := &in.App.Confirmations[i]
		if c.Kind != "employment" {
			continue
		}
		strength, text := record.NotCounted, record.Text{}
		w, hasWork := claimed(c.About, "resume.work", len(in.App.Resume.Work))
		switch {
		case c.Outcome == "confirmed" || c.Outcome == "partly" || c.Outcome == "denied" || c.Outcome == "refused-to-say":
			looked = true // it exists: somebody answered
			continue
		case hasWork && before(c.Dissolved, in.App.Resume.Work[w].Start):
			strength, text = record.Strong, sayFirmGone
		case hasWork && before(in.App.Resume.Work[w].End, c.Founded):
			strength, text = record.Strong, sayFirmNotYet
		case c.Registered != nil && !*c.Registered:
			strength, text = record.Supporting, sayFirmAbsent
		case c.Registered != nil:
			looked = true
			continue
		case c.Outcome == "no-record" || c.Outcome == "unreachable":
			strength, text = record.Weak, sayFirmUnreached
		default:
			continue
		}
		looked = true
		if hasWork && repliedFrom(in, in.App.Resume.Work[w].Organisation) {
			continue
		}
		f := observed(strength, text, confirmation(in, i))
		f.Value = digest("employment\n" + c.About)
		found = append(found, unlessConfirmed(in, i, f))
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

// before reports whether all that a may mean lies before all that b may mean.
func before(a, b record.Date) bool {
	_, to, ok := a.Span()
	from, _, also := b.Span()
	return ok && also && !to.After(from)
}

// repliedFrom: a referee of this employer was reached independently and replied.
func repliedFrom(in *In, organisation string) bool {
	for i := range few(in.App.References) {
		r := &in.App.References[i]
		if !r.RepliedAt.IsZero() && independent(r.ContactFrom) && organisation != "" && strings.EqualFold(strings.TrimSpace(r.Organisation), strings.TrimSpace(organisation)) {
			return true
		}
	}
	return false
}
