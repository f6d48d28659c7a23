package lists

import (
	"strings"

	"bonafide/record"
)

// ParkingDay is when the table below was last looked through.
const ParkingDay record.Date = "2026-11-22"

// parking are the names of name servers on which nothing stands but domains that
// wait for a buyer or for advertisements. From the services' own set-up pages and
// from MISP's list of parking name servers (CC0), without those of it that also
// serve ordinary customers of a registrar or a host: who leaves a domain there is
// no different from anybody else (name.com, one.com, markmonitor.com, hostinger's
// dns-parking.com, GoDaddy's domaincontrol.com).
var parking = map[string]string{
	"sedoparking.com":       "Sedo",
	"bodis.com":             "Bodis",
	"parkingcrew.net":       "ParkingCrew",
	"above.com":             "Above.com",
	"parklogic.com":         "ParkLogic",
	"cashparking.com":       "GoDaddy CashParking",
	"afternic.com":          "Afternic",
	"smartname.com":         "SmartName",
	"fabulous.com":          "Fabulous",
	"dsredirection.com":     "Team Internet",
	"dsredirects.com":       "Team Internet",
	"rentondc.com":          "Team Internet",
	"redmonddc.com":         "Team Internet",
	"dan.com":               "Dan.com",
	"undeveloped.com":       "Dan.com",
	"park.do":               "Dan.com",
	"brandbucket.com":       "BrandBucket",
	"domainmarket.com":      "DomainMarket",
	"perfectdomain.com":     "PerfectDomain",
	"namefind.com":          "NameFind",
	"parking-page.net":      "Above.com",
	"ztomy.com":             "Skenzo",
	"voodoo.com":            "Voodoo",
	"sonexo.com":            "Sonexo",
	"domainrecover.com":     "Domain Recover",
	"expireddnsmanager.com": "expired domains of a registrar",
	"parking.namecheap.com": "Namecheap, parking only",
}

// Parked names the service on whose name servers a domain waits for a buyer:
// all of them must be of one that does nothing else.
func Parked(servers []string) (service string, parked bool) {
	for _, s := range servers {
		s = strings.TrimSuffix(strings.ToLower(s), ".")
		found := ""
		for at := s; at != "" && found == ""; {
			found = parking[at]
			_, at, _ = strings.Cut(at, ".")
		}
		if found == "" {
			return "", false
		}
		service = found
	}
	return service, service != ""
}
