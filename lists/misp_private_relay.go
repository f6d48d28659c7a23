package lists

// A copy of Apple's list under a free licence. It is an allow-list.
var mispPrivateRelay = List{
	ID: "misp_private_relay", Title: "Egress addresses of iCloud Private Relay, as MISP keeps them", Publisher: "MISP project", Licence: "CC0-1.0", Ships: true,
	Sources: []string{"https://raw.githubusercontent.com/MISP/misp-warninglists/main/lists/icloud-private-relay/list.json"}, Ext: "json",
	Cadence: Weekly, Rows: Rows{2000, 2000000}, Kind: KindNetworks, Network: Relay,
	Files: []string{"misp-warninglists/icloud-private-relay.json", "misp_private_relay.json"},
	Note:  "an allow-list",
	parse: parseWarninglist,
}
