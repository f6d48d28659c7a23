package lists

// Networks of hosters. That an address is housed there says nothing about a VPN
// and less about a person.
var x4bnetDatacenter = List{
	ID: "x4bnet_datacenter", Title: "Hosting networks", Publisher: "X4BNet", Licence: "MIT", Ships: true,
	Sources: []string{
		"https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output/datacenter/ipv4.txt",
		"https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output/datacenter/ipv6.txt",
	}, Ext: "txt",
	Cadence: Daily, Rows: Rows{10000, 500000}, Kind: KindNetworks, Network: Datacenter,
	Files: []string{"x4bnet/datacenter_ipv?.txt", "x4bnet_datacenter.txt", "x4bnet_datacenter_ipv?.txt"},
	Note:  "company gateways stand here too; not proof of a VPN",
	parse: parseNetworks,
}
