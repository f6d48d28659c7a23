package lists

// The wide list of a widely used package.
var freemailDisposable = List{
	ID: "freemail_disposable", Title: "Throw-away mail domains, as the freemail package keeps them", Publisher: "freemail", Licence: "ISC",
	Sources: []string{"https://raw.githubusercontent.com/willwhite/freemail/master/data/disposable.txt"}, Ext: "txt",
	Cadence: Monthly, Rows: Rows{20000, 1000000}, Kind: KindMail, Mail: MailDisposable,
	Files: []string{"freemail_disposable*.txt"},
	parse: parseMail,
}
