package lists

// The project's own list of the addresses Tor comes out of at this hour.
var torExits = List{
	ID: "tor_exits", Title: "Tor exit addresses", Publisher: "Tor Project", Licence: "facts, free use", Ships: true,
	Sources: []string{"https://check.torproject.org/torbulkexitlist"}, Ext: "txt",
	Cadence: Hourly, Rows: Rows{500, 10000}, Kind: KindNetworks, Network: Tor,
	Files: []string{"torbulkexitlist", "torbulkexitlist.txt", "tor_exits.txt"},
	Note:  "journalists and people in censored countries use it",
	parse: parseNetworks,
}
