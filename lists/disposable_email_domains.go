package lists

// The best kept public list of services that give out mailboxes for minutes.
var disposableEmailDomains = List{
	ID: "disposable_email_domains", Title: "Throw-away mail domains", Publisher: "disposable-email-domains project", Licence: "CC0-1.0", Ships: true,
	Sources: []string{"https://raw.githubusercontent.com/disposable-email-domains/disposable-email-domains/main/disposable_email_blocklist.conf"}, Ext: "txt",
	Cadence: Daily, Rows: Rows{3000, 100000}, Kind: KindMail, Mail: MailDisposable,
	Files: []string{"disposable_email_blocklist.conf", "disposable_email_domains.txt"},
	Note:  "names some forwarding services that are not throw-away; our own table of relays goes before it",
	parse: parseMail,
}
