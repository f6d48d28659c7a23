package lists

// The country of the system that announces a network.
var iptoasnCountry = List{
	ID: "iptoasn_country", Title: "Countries of networks, from routes", Publisher: "iptoasn", Licence: "PDDL-1.0", Ships: true,
	Sources: []string{"https://github.com/sapics/ip-location-db/releases/download/latest/iptoasn-country.mmdb"}, Ext: "mmdb",
	Cadence: Daily, Rows: Rows{100000, 10000000}, Kind: KindGeo,
	Files: []string{"iptoasn-country*.mmdb", "iptoasn-country*.csv", "iptoasn_country.mmdb"},
	parse: parseGeo,
}
