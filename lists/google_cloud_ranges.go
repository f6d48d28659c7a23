package lists

// Google's own publication of the ranges its cloud customers use.
var googleCloudRanges = List{
	ID: "google_cloud_ranges", Title: "Address ranges of Google Cloud", Publisher: "Google", Licence: "published for use, no licence named",
	Sources: []string{"https://www.gstatic.com/ipranges/cloud.json"}, Ext: "json",
	Cadence: Daily, Rows: Rows{300, 50000}, Kind: KindNetworks, Network: Cloud,
	Files: []string{"google_cloud_ranges.json"},
	parse: parseNetworks,
}
