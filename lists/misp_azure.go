package lists

// Microsoft's own file has another address every week; MISP's copy has not.
var mispAzure = List{
	ID: "misp_azure", Title: "Address ranges of Microsoft Azure", Publisher: "MISP project", Licence: "CC0-1.0", Ships: true,
	Sources: []string{"https://raw.githubusercontent.com/MISP/misp-warninglists/main/lists/microsoft-azure/list.json"}, Ext: "json",
	Cadence: Weekly, Rows: Rows{1000, 200000}, Kind: KindNetworks, Network: Cloud,
	Files: []string{"misp-warninglists/microsoft-azure.json", "misp_azure.json"},
	Note:  "remote desktops of companies stand here",
	parse: parseWarninglist,
}
