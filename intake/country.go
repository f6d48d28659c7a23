package intake

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// country is the ISO 3166-1 alpha-2 code of a country named by its code or by
// its name in English, German, Portuguese, Spanish, French or in its own
// words; "" when it is none of these. The names are CLDR's.
func country(s string) string {
	s = strings.TrimSpace(s)
	if len(s) == 2 {
		up := strings.ToUpper(s)
		if up == "UK" {
			return "GB"
		}
		if r, err := language.ParseRegion(up); err == nil && r.IsCountry() {
			return r.String()
		}
		return ""
	}
	return countryNames()[strings.ToLower(s)]
}

// countryNames is built on first use: most inputs never need it.
var countryNames = sync.OnceValue(func() map[string]string {
	all := map[string]string{"usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "america": "US",
		"england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "uk": "GB", "holland": "NL",
		"vereinigtes königreich": "GB", "eua": "US", "estados unidos da américa": "US", "czech republic": "CZ",
		"deutschland": "DE", "south korea": "KR", "north korea": "KP", "ivory coast": "CI", "cape verde": "CV",
		"turkey": "TR", "burma": "MM", "swaziland": "SZ", "macedonia": "MK", "hong kong": "HK", "macau": "MO"}
	english := display.English.Regions()
	namers := []display.Namer{english, display.German.Regions(), display.Portuguese.Regions(),
		display.EuropeanPortuguese.Regions(), display.Spanish.Regions(), display.French.Regions()}
	for x := 'A'; x <= 'Z'; x++ {
		for y := 'A'; y <= 'Z'; y++ {
			r, err := language.ParseRegion(string([]rune{x, y}))
			if err != nil || !r.IsCountry() || r.Canonicalize() != r {
				continue
			}
			for _, namer := range namers {
				if name := strings.ToLower(namer.Name(r)); name != "" && all[name] == "" {
					all[name] = r.String()
				}
			}
		}
	}
	return all
})

// lastCountry is the country a place ends with: "Porto, Portugal", "New York,
// NY, USA". A bare two-letter end is not trusted: states look the same.
func lastCountry(place string) string {
	i := strings.LastIndexByte(place, ',')
	end := strings.TrimSpace(place[i+1:])
	if len(end) == 2 {
		return ""
	}
	return country(end)
}

// languageTag is the BCP 47 tag of a language named by its tag or by its name
// in English, German, Portuguese or in its own words; "" when unknown.
func languageTag(s string) string {
	s = strings.TrimSpace(s)
	if tag := languageNames()[strings.ToLower(s)]; tag != "" {
		return tag
	}
	if len(s) == 2 || len(s) > 2 && s[2] == '-' {
		if t, err := language.Parse(s); err == nil {
			return t.String()
		}
	}
	return ""
}

var languageNames = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	namers := []display.Namer{display.English.Languages(), display.German.Languages(), display.Portuguese.Languages(),
		display.EuropeanPortuguese.Languages()}
	for _, t := range display.Supported.Tags() {
		base, _ := t.Base()
		tag := language.Make(base.String())
		for _, name := range []string{namers[0].Name(tag), namers[1].Name(tag), namers[2].Name(tag), namers[3].Name(tag), display.Self.Name(tag)} {
			if name = strings.ToLower(name); name != "" && all[name] == "" {
				all[name] = base.String()
			}
		}
	}
	return all
})
