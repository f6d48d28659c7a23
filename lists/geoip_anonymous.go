package lists

// MaxMind's databases of VPN, hosting, proxy and Tor addresses, under the
// customer's licence.
var geoipAnonymous = List{
	ID: "geoip_anonymous", Title: "Anonymous networks (MaxMind)", Publisher: "MaxMind", Licence: "GeoIP2 licence of the customer; no redistribution",
	Ext:     "mmdb",
	Cadence: Daily, Rows: Rows{1, 1073741824}, Kind: KindNetworks,
	Files: []string{"GeoIP2-Anonymous-IP*.mmdb", "GeoIP-Anonymous-Plus*.mmdb", "GeoIP-Residential-Proxy*.mmdb"},
	Note:  "residential proxies are often ordinary people's routers, used without their knowledge",
	parse: parseMMDB,
}
