package checks

import (
	"fmt"
	"slices"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// A page the applicant named as their own, or the sender's line of their own mail,
// bears somebody else's full name. Married names and pen names do that; so it is
// strong only where a page is kept under one's own name and nothing of it agrees.
var cvContactOnOtherName = Check{
	ID: "cv-contact-on-other-name",
	Title: record.Text{
		EN: "Own profile or mailbox bears another name",
		DE: "Eigenes Profil oder Postfach trägt einen anderen Namen",
		PT: "Perfil ou caixa de correio próprios com outro nome",
	},
	Text: record.Text{
		EN: "A profile that the person named as their own, or the sender's name of a mail from their own address, is another person's full name.",
		DE: "Ein als eigenes genanntes Profil oder der Absendername einer Nachricht von der eigenen Adresse ist der volle Name einer anderen Person.",
		PT: "Um perfil indicado como próprio, ou o nome do remetente de uma mensagem do próprio endereço, é o nome completo de outra pessoa.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Strong,
	Reads:      []string{"person.name", "person.other_names", "documents", "emails", "profiles", "messages"},
	Sources:    []string{"mandiant-2024-09-23", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "a name before or after a marriage or a change of name", DE: "ein Name vor oder nach einer Heirat oder Namensänderung", PT: "um nome antes ou depois de um casamento ou de uma mudança de nome"},
		{EN: "a pen name, a mailbox of the family", DE: "ein Künstlername, ein Postfach der Familie", PT: "um pseudónimo, uma caixa de correio da família"},
	},
	Clears: []record.Text{
		{EN: "the person shows the profile in their own hands", DE: "die Person zeigt, dass sie das Profil selbst führt", PT: "a pessoa mostra que gere o perfil"},
		{EN: "a document with the former name", DE: "ein Dokument mit dem früheren Namen", PT: "um documento com o nome anterior"},
	},
	Ask: record.Text{
		EN: "The page you named bears another name. Is it yours, and may we know how the names belong together?",
		DE: "Die genannte Seite trägt einen anderen Namen. Ist es Ihre, und wie gehören die Namen zusammen?",
		PT: "A página que indicou tem outro nome. É sua, e como se relacionam os nomes?",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvContactOnOtherName,
}

var sayProfileOther = record.Text{
	EN: "A profile that the person named bears another person's full name.",
	DE: "Ein von der Person genanntes Profil trägt den vollen Namen einer anderen Person.",
	PT: "Um perfil indicado pela pessoa tem o nome completo de outra pessoa.",
}

var sayProfilePart = record.Text{
	EN: "A profile that the person named bears a name of which only a part agrees, as after a marriage.",
	DE: "Ein von der Person genanntes Profil trägt einen Namen, der nur zum Teil übereinstimmt, wie nach einer Heirat.",
	PT: "Um perfil indicado pela pessoa tem um nome que só coincide em parte, como depois de um casamento.",
}

var saySenderOther = record.Text{
	EN: "A mail from the person's own address bears another person's full name.",
	DE: "Eine Nachricht von der eigenen Adresse trägt den vollen Namen einer anderen Person.",
	PT: "Uma mensagem do próprio endereço tem o nome completo de outra pessoa.",
}

func runCvContactOnOtherName(in *In) Answer {
	own := ownNames(in.App)
	if len(own) == 0 {
		return noData
	}
	var found []record.Finding
	compared := false
	names := own
	other := func(n string) nameMatch {
		got := compareName(names, n)
		if got > nameAgrees && len(in.App.Documents) > 0 && len(names) == len(own) {
			names = append(names, documentNames(in.App)...)
			got = compareName(names, n)
		}
		return got
	}
	for i := range in.App.Profiles[:min(len(in.App.Profiles), 10)] {
		p := &in.App.Profiles[i]
		if p.Name == "" {
			continue
		}
		compared = true
		if !fullName(p.Name) {
			continue
		}
		where := record.Evidence{Field: fmt.Sprintf("profiles[%d].name", i), ComparedWith: "person.name", AsOf: p.AsOf}
		switch other(p.Name) {
		case nameGiven, nameFamily:
			found = append(found, observed(record.Weak, sayProfilePart, where))
		case nameOther:
			strength := record.Supporting
			if underOwnName(p.Source) {
				strength = record.Strong
			}
			found = append(found, observed(strength, sayProfileOther, where))
		}
	}
	for i := range in.App.Messages[:min(len(in.App.Messages), 20)] {
		sender, address := senderOf(in.App.Messages[i].Headers)
		if sender == "" || !slices.ContainsFunc(in.App.Emails, func(e string) bool { return strings.EqualFold(e, address) }) {
			continue
		}
		compared = true
		if fullName(sender) && !match.Firm(sender) && other(sender) == nameOther {
			found = append(found, observed(record.Supporting, saySenderOther, record.Evidence{Field: fmt.Sprintf("messages[%d].headers", i), ComparedWith: "person.name"}))
			break
		}
	}
	if !compared {
		return noData
	}
	return hit(found...)
}

// underOwnName lists services on which people appear under their own names.
func underOwnName(source string) bool {
	switch strings.ToLower(source) {
	case "linkedin", "xing", "upwork", "freelancer", "fiverr", "toptal", "indeed":
		return true
	}
	return false
}
