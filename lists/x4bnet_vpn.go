package lists

// Networks that VPN services rent or announce, made daily from their systems
// and server lists.
var x4bnetVpn = List{
	ID: "x4bnet_vpn", Title: "VPN networks", Publisher: "X4BNet", Licence: "MIT", Ships: true,
	Sources: []string{
		"https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output/vpn/ipv4.txt",
		"https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output/vpn/ipv6.txt",
	}, Ext: "txt",
	Cadence: Daily, Rows: Rows{2000, 200000}, Kind: KindNetworks, Network: VPN,
	Files: []string{"x4bnet/vpn_ipv?.txt", "x4bnet_vpn.txt", "x4bnet_vpn_ipv?.txt"},
	parse: parseNetworks,
}
