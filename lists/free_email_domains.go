package lists

// Services where anybody gets a mailbox for nothing. It tells a company's own
// domain from another; it is never held against an applicant.
var freeEmailDomains = List{
	ID: "free_email_domains", Title: "Free mail domains", Publisher: "Kikobeats, after HubSpot", Licence: "MIT", Ships: true,
	Sources: []string{"https://raw.githubusercontent.com/Kikobeats/free-email-domains/master/domains.json"}, Ext: "json",
	Cadence: Monthly, Rows: Rows{2000, 100000}, Kind: KindMail, Mail: MailFree,
	Files: []string{"kikobeats_free-email-domains.json", "free_email_domains.json"},
	Note:  "free mail is what most applicants use: never a finding by itself",
	parse: parseMail,
}
