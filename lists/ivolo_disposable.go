package lists

// A far wider list, seldom pruned.
var ivoloDisposable = List{
	ID: "ivolo_disposable", Title: "Throw-away mail domains, wide", Publisher: "ivolo", Licence: "MIT", Ships: true,
	Sources: []string{
		"https://raw.githubusercontent.com/ivolo/disposable-email-domains/master/index.json",
		"https://raw.githubusercontent.com/ivolo/disposable-email-domains/master/wildcard.json",
	}, Ext: "txt",
	Cadence: Weekly, Rows: Rows{50000, 1000000}, Kind: KindMail, Mail: MailDisposable,
	Files: []string{"ivolo_index*.json", "ivolo_wildcard*.json", "ivolo_disposable.txt"},
	Note:  "wide and seldom pruned: some domains have had other owners since",
	parse: parseMail,
}
