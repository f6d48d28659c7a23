package lists

// The list of a widely used package.
var freemailFree = List{
	ID: "freemail_free", Title: "Free mail domains, as the freemail package keeps them", Publisher: "freemail", Licence: "ISC",
	Sources: []string{"https://raw.githubusercontent.com/willwhite/freemail/master/data/free.txt"}, Ext: "txt",
	Cadence: Monthly, Rows: Rows{2000, 100000}, Kind: KindMail, Mail: MailFree,
	Files: []string{"freemail_free.txt"},
	parse: parseMail,
}
