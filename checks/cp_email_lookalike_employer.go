package checks

import (
	"slices"

	"bonafide/match"
	"bonafide/record"
)

// Somebody who wants to pass for a member of a company takes a domain that looks like
// the company's. Compared are only the applicant's own mail domain and the web
// addresses of the employers the applicant names; the same name under another ending
// is how companies spread over countries and is shown, not counted.
var cpEmailLookalikeEmployer = Check{
	ID: "cp-email-lookalike-employer",
	Title: record.Text{
		EN: "Mail domain that imitates an employer",
		DE: "E-Mail-Domain, die einem Arbeitgeber nachgebildet ist",
		PT: "Domínio de e-mail que imita um empregador",
	},
	Text: record.Text{
		EN: "The domain of the mail address looks like the domain of an employer named in the résumé and is another one: a letter changed, a word added, another ending.",
		DE: "Die Domain der E-Mail-Adresse sieht aus wie die eines Arbeitgebers im Lebenslauf und ist eine andere: ein Buchstabe anders, ein Wort mehr, eine andere Endung.",
		PT: "O domínio do endereço de e-mail parece o de um empregador do currículo e é outro: uma letra diferente, uma palavra a mais, outra terminação.",
	},
	Stage:      []string{"application", "reference"},
	Family:     record.Contact,
	Strength:   record.Strong,
	Reads:      []string{"emails", "resume.work"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a company that was renamed or has several domains", DE: "eine Firma, die umbenannt wurde oder mehrere Domains hat", PT: "uma empresa que mudou de nome ou tem vários domínios"},
		{EN: "a national subsidiary", DE: "eine Landesgesellschaft", PT: "uma filial nacional"},
	},
	Clears: []record.Text{
		{EN: "the employer confirms the domain, reached through its switchboard", DE: "der Arbeitgeber bestätigt die Domain, erreicht über seine Zentrale", PT: "o empregador confirma o domínio, contactado através da sua central"},
	},
	Ask: record.Text{
		EN: "We ask the employer, through a number we find ourselves, whether the domain is theirs.",
		DE: "Wir fragen den Arbeitgeber über eine selbst gefundene Nummer, ob die Domain seine ist.",
		PT: "Perguntamos ao empregador, através de um número que nós próprios encontramos, se o domínio é seu.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpEmailLookalikeEmployer,
}

var sayLookalike = record.Text{
	EN: "The mail domain looks like that of an employer in the résumé and is another one.",
	DE: "Die E-Mail-Domain sieht aus wie die eines Arbeitgebers im Lebenslauf und ist eine andere.",
	PT: "O domínio de e-mail parece o de um empregador do currículo e é outro.",
}

var sayOtherEnding = record.Text{
	EN: "The mail domain is that of an employer in the résumé under another ending, as national companies have.",
	DE: "Die E-Mail-Domain ist die eines Arbeitgebers im Lebenslauf mit anderer Endung, wie bei Landesgesellschaften.",
	PT: "O domínio de e-mail é o de um empregador do currículo com outra terminação, como têm as filiais nacionais.",
}

func runCpEmailLookalikeEmployer(in *In) Answer {
	if len(in.App.Emails) == 0 || !slices.ContainsFunc(in.App.Resume.Work, func(w record.Work) bool { return w.URL != "" }) {
		return noData
	}
	var found []record.Finding
	for i, mail := range few(in.App.Emails) {
		domain, ok := match.MailDomain(mail)
		if !ok {
			continue
		}
		like, at := likeEmployer(domain, in.App.Resume.Work)
		if like == match.Unlike {
			continue
		}
		f := observed(record.Strong, sayLookalike, record.Evidence{Field: indexed("emails", i), ComparedWith: indexed("resume.work", at) + ".url"})
		if like == match.OtherEnding {
			f.Strength, f.Text = record.Weak, sayOtherEnding
		}
		f.Value = digest(domain)
		found = append(found, f)
	}
	return hit(found...)
}

// likeEmployer is how a domain looks like that of one of the employers; a
// domain that is an employer's own imitates none.
func likeEmployer(domain string, work []record.Work) (like match.Likeness, at int) {
	mine, ok := match.Registrable(domain)
	if !ok {
		return match.Unlike, 0
	}
	for i := range few(work) {
		host, ok := match.HostOf(work[i].URL)
		if !ok {
			continue
		}
		if theirs, ok := match.Registrable(host); ok && theirs == mine {
			return match.Unlike, 0
		}
		if l := match.Lookalike(domain, host); l != match.Unlike && (like == match.Unlike || like == match.OtherEnding) {
			like, at = l, i
		}
	}
	return like, at
}
