package lists

// MaxMind's databases of places and systems, under the customer's licence.
var geolite2 = List{
	ID: "geolite2", Title: "Places and systems of networks (MaxMind)", Publisher: "MaxMind", Licence: "GeoLite2 or GeoIP2 licence of the customer; no redistribution",
	Ext:     "mmdb",
	Cadence: Weekly, Rows: Rows{1, 1073741824}, Kind: KindGeo,
	Files: []string{"GeoLite2-*.mmdb", "GeoIP2-City*.mmdb", "GeoIP2-Country*.mmdb", "GeoIP2-ISP*.mmdb", "GeoIP2-Enterprise*.mmdb"},
	Note:  "needs the customer's own licence key: fetched with MaxMind's tool, imported here",
	parse: parseMMDB,
}
