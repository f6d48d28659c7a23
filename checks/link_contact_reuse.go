package checks

import "bonafide/record"

// A phone number, mailbox or handle answers to one person. When applications
// under different names carry the same one, somebody speaks for several people:
// a household, an agency, a number that was given out again, or one operator.
var linkContactReuse = Check{
	ID: "link-contact-reuse",
	Title: record.Text{
		EN: "Contact shared by different applicants",
		DE: "Kontakt, den verschiedene Bewerbungen nennen",
		PT: "Contacto partilhado por candidaturas diferentes",
	},
	Text: record.Text{
		EN: "A phone number, mail address or handle stands on applications under different names.",
		DE: "Eine Telefonnummer, E-Mail-Adresse oder ein Benutzername steht auf Bewerbungen unter verschiedenen Namen.",
		PT: "Um número de telefone, endereço de e-mail ou nome de utilizador consta de candidaturas com nomes diferentes.",
	},
	Stage:      []string{"application"},
	Family:     FamilyOfValue,
	Strength:   record.Strong,
	Reads:      []string{"links.phone", "links.email", "links.handle"},
	Sources:    []string{"fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a shared household phone", DE: "ein gemeinsames Telefon im Haushalt", PT: "um telefone partilhado no agregado familiar"},
		{EN: "a number that the carrier gave to somebody else", DE: "eine Nummer, die der Anbieter neu vergeben hat", PT: "um número que a operadora atribuiu a outra pessoa"},
		{EN: "an agency that gives its own contact", DE: "eine Agentur, die ihren eigenen Kontakt angibt", PT: "uma agência que indica o seu próprio contacto"},
	},
	Clears: []record.Text{
		{EN: "a code answered on a contact held in the person's own name", DE: "ein Code, beantwortet über einen Kontakt auf den eigenen Namen", PT: "um código respondido através de um contacto em nome próprio"},
	},
	Ask: record.Text{
		EN: "Please confirm your own phone number by a code. We ask everyone in this role.",
		DE: "Bitte bestätigen Sie Ihre eigene Telefonnummer durch einen Code. Wir bitten alle in dieser Rolle darum.",
		PT: "Confirme, por favor, o seu número de telefone através de um código. Pedimos o mesmo a todas as pessoas nesta função.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkContactReuse,
}

var sayContactShared = map[record.Kind][2]record.Text{
	record.KindPhone: {
		{EN: "The phone number is also on an application under another name.", DE: "Die Telefonnummer steht auch in einer Bewerbung unter anderem Namen.", PT: "O número de telefone consta também de uma candidatura com outro nome."},
		{EN: "The phone number is also on %d applications under other names.", DE: "Die Telefonnummer steht auch in %d Bewerbungen unter anderen Namen.", PT: "O número de telefone consta também de %d candidaturas com outros nomes."},
	},
	record.KindEmail: {
		{EN: "The mail address is also on an application under another name.", DE: "Die E-Mail-Adresse steht auch in einer Bewerbung unter anderem Namen.", PT: "O endereço de e-mail consta também de uma candidatura com outro nome."},
		{EN: "The mail address is also on %d applications under other names.", DE: "Die E-Mail-Adresse steht auch in %d Bewerbungen unter anderen Namen.", PT: "O endereço de e-mail consta também de %d candidaturas com outros nomes."},
	},
	record.KindHandle: {
		{EN: "The account handle is also on an application under another name.", DE: "Der Benutzername steht auch in einer Bewerbung unter anderem Namen.", PT: "O nome de utilizador consta também de uma candidatura com outro nome."},
		{EN: "The account handle is also on %d applications under other names.", DE: "Der Benutzername steht auch in %d Bewerbungen unter anderen Namen.", PT: "O nome de utilizador consta também de %d candidaturas com outros nomes."},
	},
}

func runLinkContactReuse(in *In) Answer {
	return sharedValues(in, sayContactShared)
}
