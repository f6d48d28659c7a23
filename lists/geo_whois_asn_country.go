package lists

// The country is that of the registration, which for a hoster or a carrier may
// be far from the person.
var geoWhoisAsnCountry = List{
	ID: "geo_whois_asn_country", Title: "Countries of networks, from registries and routes", Publisher: "ip-location-db", Licence: "CC0-1.0 (PDDL)", Ships: true,
	Ext:     "csv",
	Cadence: Daily, Rows: Rows{100000, 5000000}, Kind: KindGeo,
	Files: []string{"geo-whois-asn-country-ipv?*.csv", "geo_whois_asn_country.csv"},
	Note:  "no longer published since 2026-06-18; user_country has taken its place",
	parse: parseRanges,
}
