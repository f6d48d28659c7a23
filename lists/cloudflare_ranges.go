package lists

// Cloudflare's proxies; its WARP and Zero Trust customers come out of
// neighbouring ranges.
var cloudflareRanges = List{
	ID: "cloudflare_ranges", Title: "Address ranges of Cloudflare", Publisher: "Cloudflare", Licence: "published for use, no licence named",
	Sources: []string{
		"https://www.cloudflare.com/ips-v4",
		"https://www.cloudflare.com/ips-v6",
	}, Ext: "txt",
	Cadence: Weekly, Rows: Rows{10, 2000}, Kind: KindNetworks, Network: Cloud,
	Files: []string{"cloudflare_ranges.txt"},
	Note:  "WARP and company gateways come out here",
	parse: parseNetworks,
}
