package checks

import "bonafide/record"

// Somebody joined, or shared a screen, under another person's name or account.
// A borrowed laptop or a nickname does that once; again and again, or with
// somebody else answering, it asks for a meeting of another kind.
var intDisplayIdentitySlip = Check{
	ID: "int-display-identity-slip",
	Title: record.Text{
		EN: "Another name shown in the conversation",
		DE: "Im Gespräch erschien ein anderer Name",
		PT: "Surgiu outro nome na conversa",
	},
	Text: record.Text{
		EN: "Interviewers noted that the person joined, or showed a screen, under another name, account or mailbox.",
		DE: "Interviewende haben vermerkt, dass die Person unter einem anderen Namen, Konto oder Postfach beitrat oder einen Bildschirm zeigte.",
		PT: "As pessoas entrevistadoras anotaram que a pessoa entrou, ou mostrou um ecrã, com outro nome, conta ou caixa de correio.",
	},
	Stage:      []string{"interview", "employment"},
	Family:     record.InterviewSeen,
	Strength:   record.Strong,
	Link:       record.LinkCall,
	Reads:      []string{"interviews"},
	Sources:    []string{"seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a device of the family or of an earlier employer", DE: "ein Gerät der Familie oder eines früheren Arbeitgebers", PT: "um dispositivo da família ou de um empregador anterior"},
		{EN: "a nickname, or a name from before a change", DE: "ein Spitzname oder ein früherer Name", PT: "uma alcunha ou um nome anterior"},
	},
	Clears: []record.Text{
		{EN: "the person explains whose account it was, and it fits", DE: "die Person erklärt, wessen Konto es war, und es passt", PT: "a pessoa explica de quem era a conta e faz sentido"},
	},
	Ask: record.Text{
		EN: "In our conversation another name appeared on your side. Whose account was that?",
		DE: "In unserem Gespräch erschien auf Ihrer Seite ein anderer Name. Wessen Konto war das?",
		PT: "Na nossa conversa surgiu outro nome do seu lado. De quem era essa conta?",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runIntDisplayIdentitySlip,
}

var sayOtherName = record.Text{
	EN: "Another name was shown on the person's side of one conversation.",
	DE: "Auf der Seite der Person erschien in einem Gespräch ein anderer Name.",
	PT: "Do lado da pessoa surgiu outro nome numa conversa.",
}

var sayOtherNames = record.Text{
	EN: "Another name was shown on the person's side of %d conversations.",
	DE: "Auf der Seite der Person erschien in %d Gesprächen ein anderer Name.",
	PT: "Do lado da pessoa surgiu outro nome em %d conversas.",
}

var sayOtherPerson = record.Text{
	EN: "Another name was shown on the person's side, and somebody else seemed to answer or the document was not shown.",
	DE: "Auf der Seite der Person erschien ein anderer Name, und jemand anderes schien zu antworten, oder das Dokument wurde nicht gezeigt.",
	PT: "Do lado da pessoa surgiu outro nome, e outra pessoa parecia responder ou o documento não foi mostrado.",
}

func runIntDisplayIdentitySlip(in *In) Answer {
	if len(in.App.Interviews) == 0 {
		return noData
	}
	shown := noted(in, "other_name_shown")
	beside := append(noted(in, "other_person_answers"), noted(in, "document_not_shown")...)
	switch n := len(shown); {
	case n == 0:
		return allClear
	case len(beside) > 0:
		return hit(observed(record.Strong, sayOtherPerson, append(shown, beside...)...))
	case n > 1:
		return hit(observed(record.Strong, sayOtherNames.Say(n), shown...))
	}
	return hit(observed(record.Supporting, sayOtherName, shown...))
}
