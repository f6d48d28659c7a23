package lists

// Which system announces a network; it tells a carrier from a hoster.
var ipLocationAsn = List{
	ID: "ip_location_asn", Title: "Autonomous systems of networks", Publisher: "ip-location-db", Licence: "PDDL-1.0 (origin-asn), CC-BY-4.0 (asn)",
	Sources: []string{
		"https://github.com/sapics/ip-location-db/releases/download/latest/origin-asn-ipv4.csv",
		"https://github.com/sapics/ip-location-db/releases/download/latest/origin-asn-ipv6.csv",
	}, Ext: "csv",
	Cadence: Daily, Rows: Rows{50000, 5000000}, Kind: KindGeo,
	Files: []string{"asn-ipv?*.csv", "origin-asn-ipv?*.csv", "ip_location_asn.csv"},
	parse: parseRanges,
}
