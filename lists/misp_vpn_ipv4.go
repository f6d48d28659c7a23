package lists

// The name says VPN, the rows are X4BNet's networks of hosters. It is read as
// what it holds.
var mispVpnIpv4 = List{
	ID: "misp_vpn_ipv4", Title: "Networks of hosters and VPN vendors, IPv4", Publisher: "MISP project", Licence: "CC0-1.0", Ships: true,
	Sources: []string{"https://raw.githubusercontent.com/MISP/misp-warninglists/main/lists/vpn-ipv4/list.json"}, Ext: "json",
	Cadence: Weekly, Rows: Rows{2000, 500000}, Kind: KindNetworks, Network: Datacenter,
	Files: []string{"misp-warninglists/vpn-ipv4.json", "lists/vpn-ipv4/list.json", "misp_vpn_ipv4.json"},
	Note:  "called VPN, holds X4BNet's hosting networks, whole clouds among them: a hit is no proof of a VPN",
	parse: parseWarninglist,
}
