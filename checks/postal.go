package checks

import (
	"slices"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// sameBuilding reports two addresses of one building; addresses that cannot be
// compared as buildings are compared as written.
func sameBuilding(a, b record.Address) bool {
	if a.Postcode == b.Postcode && a.City == b.City && a.Country == b.Country && len(a.Lines) > 0 && slices.Equal(a.Lines, b.Lines) {
		return true
	}
	ka, _, okA := match.AddressKey(a.Lines, a.City, a.Postcode, a.Country)
	kb, _, okB := match.AddressKey(b.Lines, b.City, b.Postcode, b.Country)
	if okA && okB {
		return ka == kb
	}
	return flat(a) != "" && flat(a) == flat(b)
}

func flat(a record.Address) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.Join(a.Lines, " ")+" "+a.Postcode+" "+a.City+" "+a.Country), " "))
}

// otherRegion reports addresses that are clearly not near each other: another
// country, or in the same one another beginning of the postcode (the first two
// characters name a region in most postal systems) together with another town.
// What is not known is taken to be near.
func otherRegion(a, b record.Address) bool {
	if a.Country != "" && b.Country != "" && !strings.EqualFold(a.Country, b.Country) {
		return true
	}
	if strings.EqualFold(strings.TrimSpace(a.City), strings.TrimSpace(b.City)) {
		return false
	}
	pa, pb := strings.TrimSpace(a.Postcode), strings.TrimSpace(b.Postcode)
	if len(pa) >= 4 && len(pb) >= 4 {
		return !strings.EqualFold(pa[:2], pb[:2])
	}
	return false
}
