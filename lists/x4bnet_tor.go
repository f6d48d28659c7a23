package lists

// A daily copy of the Tor exits.
var x4bnetTor = List{
	ID: "x4bnet_tor", Title: "Tor exit addresses, as X4BNet keeps them", Publisher: "X4BNet", Licence: "MIT", Ships: true,
	Sources: []string{"https://raw.githubusercontent.com/X4BNet/lists_torexit/main/ipv4.txt"}, Ext: "txt",
	Cadence: Daily, Rows: Rows{500, 10000}, Kind: KindNetworks, Network: Tor,
	Files: []string{"x4bnet_torexit*.txt", "x4bnet_tor.txt"},
	parse: parseNetworks,
}
