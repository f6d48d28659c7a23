package lists

// Catalogue is every published list that is known here, in alphabetical order
// of id: the one place that repeats the fact that a list exists. A file that
// matches none of them is still read when its name or content says what it is.
func Catalogue() []*List {
	return []*List{
		&applePrivateRelay,
		&awsRanges,
		&cloudflareRanges,
		&disposableEmailDomains,
		&euFSF,
		&freeEmailDomains,
		&freemailDisposable,
		&freemailFree,
		&geoWhoisAsnCountry,
		&geoipAnonymous,
		&geolite2,
		&googleCloudRanges,
		&ipLocationAsn,
		&iptoasnCountry,
		&ivoloDisposable,
		&lolrmm,
		&mispAzure,
		&mispDisposable,
		&mispPrivateRelay,
		&mispVpnIpv4,
		&mispVpnIpv6,
		&openSanctions,
		&oracleCloudRanges,
		&torExits,
		&ukSanctions,
		&unSC,
		&usOFACConsolidated,
		&usOFACSDN,
		&usOFACWallets,
		&userCountry,
		&x4bnetDatacenter,
		&x4bnetTor,
		&x4bnetVpn,
	}
}

// Find is the list with an id, nil if there is none.
func Find(id string) *List {
	for _, l := range Catalogue() {
		if l.ID == id {
			return l
		}
	}
	return nil
}
