package checks

import "bonafide/record"

// Somebody joined, or shared a screen, under another person's name or account.
// A borrowed laptop does that too; an answer clears it up.
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
	EN: "Another name was shown on the person's side of the conversation.",
	DE: "Auf der Seite der Person erschien im Gespräch ein anderer Name.",
	PT: "Do lado da pessoa surgiu outro nome na conversa.",
}

func runIntDisplayIdentitySlip(in *In) Answer {
	if len(in.App.Interviews) == 0 {
		return noData
	}
	shown := noted(in, "other_name_shown")
	if len(shown) == 0 {
		return allClear
	}
	return hit(observed(record.Strong, sayOtherName, shown...))
}
