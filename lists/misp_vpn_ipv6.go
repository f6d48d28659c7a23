package lists

// The IPv6 half of a list that says VPN and holds hosters.
var mispVpnIpv6 = List{
	ID: "misp_vpn_ipv6", Title: "Networks of hosters and VPN vendors, IPv6", Publisher: "MISP project", Licence: "CC0-1.0", Ships: true,
	Sources: []string{"https://raw.githubusercontent.com/MISP/misp-warninglists/main/lists/vpn-ipv6/list.json"}, Ext: "json",
	Cadence: Weekly, Rows: Rows{200, 200000}, Kind: KindNetworks, Network: Datacenter,
	Files: []string{"misp-warninglists/vpn-ipv6.json", "lists/vpn-ipv6/list.json", "misp_vpn_ipv6.json"},
	Note:  "as misp_vpn_ipv4: hosting networks",
	parse: parseWarninglist,
}
