package lists

// A weekly copy of the disposable-email-domains list.
var mispDisposable = List{
	ID: "misp_disposable", Title: "Throw-away mail domains, as MISP keeps them", Publisher: "MISP project", Licence: "CC0-1.0", Ships: true,
	Sources: []string{"https://raw.githubusercontent.com/MISP/misp-warninglists/main/lists/disposable-email/list.json"}, Ext: "json",
	Cadence: Weekly, Rows: Rows{3000, 500000}, Kind: KindMail, Mail: MailDisposable,
	Files: []string{"misp-warninglists/disposable-email.json", "misp_disposable.json"},
	parse: parseWarninglist,
}
