package lists

// The country is that of the registration, which for a hoster or a carrier may
// be far from the person.
var geoWhoisAsnCountry = List{
	ID: "geo_whois_asn_country", Title: "Countries of networks, from registries and routes", Publisher: "ip-location-db", Licence: "CC0-1.0 (PDDL)", Ships: true,
	Sources: []string{
		"https://github.com/sapics/ip-location-db/releases/download/latest/geo-whois-asn-country-ipv4.csv",
		"https://github.com/sapics/ip-location-db/releases/download/latest/geo-whois-asn-country-ipv6.csv",
	}, Ext: "csv",
	Cadence: Daily, Rows: Rows{100000, 5000000}, Kind: KindGeo,
	Files: []string{"geo-whois-asn-country-ipv?*.csv", "geo_whois_asn_country.csv"},
	Note:  "the country a network is registered in; its npm copy is deprecated",
	parse: parseRanges,
}
