package lists

// The country of the people behind a network rather than of its registration.
var userCountry = List{
	ID: "user_country", Title: "Countries of networks, of those who use them", Publisher: "ip-location-db", Licence: "PDDL-1.0", Ships: true,
	Sources: []string{
		"https://github.com/sapics/ip-location-db/releases/download/latest/user-country-ipv4.csv",
		"https://github.com/sapics/ip-location-db/releases/download/latest/user-country-ipv6.csv",
	}, Ext: "csv",
	Cadence: Daily, Rows: Rows{100000, 5000000}, Kind: KindGeo,
	Files: []string{"user-country-ipv?*.csv", "user-country*.mmdb"},
	parse: parseGeo,
}
