package lists

// Apple publishes the addresses from which its customers' browsing comes out. It
// is an allow-list: a hit takes the edge off every other network list.
var applePrivateRelay = List{
	ID: "apple_private_relay", Title: "Egress addresses of iCloud Private Relay", Publisher: "Apple", Licence: "published for use, no licence named",
	Sources: []string{"https://mask-api.icloud.com/egress-ip-ranges.csv"}, Ext: "csv",
	Cadence: Weekly, Rows: Rows{10000, 2000000}, Kind: KindNetworks, Network: Relay,
	Files: []string{"egress-ip-ranges.csv", "apple_private_relay.csv"},
	Note:  "an allow-list: these addresses serve ordinary people",
	parse: parsePrefixes(false),
}
