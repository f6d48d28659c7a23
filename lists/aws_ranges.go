package lists

// Amazon's own publication of its ranges. Companies route their people through
// such clouds: hosting is not hiding.
var awsRanges = List{
	ID: "aws_ranges", Title: "Address ranges of Amazon Web Services", Publisher: "Amazon", Licence: "published for use, no licence named",
	Sources: []string{"https://ip-ranges.amazonaws.com/ip-ranges.json"}, Ext: "json",
	Cadence: Daily, Rows: Rows{3000, 200000}, Kind: KindNetworks, Network: Cloud,
	Files: []string{"ip-ranges.json", "aws_ranges.json"},
	Note:  "company gateways and remote desktops stand here too",
	parse: parseNetworks,
}
