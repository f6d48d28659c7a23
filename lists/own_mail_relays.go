package lists

import "bonafide/record"

// ownMailRelaysDay is when the table below was last looked through.
const ownMailRelaysDay record.Date = "2026-11-01"

// ownMailRelays are forwarding services that keep an address for as long as
// its owner wants it. Lists of throw-away domains often name them; a person
// who guards a mailbox is not one who throws it away, so this table of our own
// always goes along with such lists. Facts from the services' own pages.
func ownMailRelays() *Snapshot {
	return &Snapshot{
		List: &List{ID: "own_mail_relays", Title: "Mail relays for privacy", Publisher: "bonafide", Licence: "Apache-2.0", Kind: KindMail,
			Mail: MailRelay, Cadence: Yearly},
		Name: "own_mail_relays", AsOf: ownMailRelaysDay, From: "list",
		content: &content{domains: []string{
			"privaterelay.appleid.com",         // Hide My Email
			"mozmail.com", "relay.firefox.com", // Firefox Relay
			"duck.com",                                                                                         // DuckDuckGo Email Protection
			"simplelogin.com", "simplelogin.co", "simplelogin.io", "simplelogin.fr", "aleeas.com", "slmail.me", // SimpleLogin
			"slmails.com", "silomails.com", "8shield.net", "8alias.com", "dralias.com",
			"passmail.net", "passmail.com", "passinbox.com", "passfwd.com", // Proton Pass
			"addy.io", "anonaddy.com", "anonaddy.me", // addy.io
			"alias.startmail.com", "relay.startmail.com",
			"users.noreply.github.com", // GitHub's private addresses
		}},
	}
}
