package lists

// Oracle's own publication of the ranges its cloud customers use.
var oracleCloudRanges = List{
	ID: "oracle_cloud_ranges", Title: "Address ranges of Oracle Cloud", Publisher: "Oracle", Licence: "published for use, no licence named",
	Sources: []string{"https://docs.oracle.com/en-us/iaas/tools/public_ip_ranges.json"}, Ext: "json",
	Cadence: Weekly, Rows: Rows{200, 20000}, Kind: KindNetworks, Network: Cloud,
	Files: []string{"public_ip_ranges.json", "oracle_cloud_ranges.json"},
	parse: parseNetworks,
}
