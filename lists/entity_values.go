package lists

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"bonafide/record"
)

var months = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

const maxYears = 12 // a wider range of birth years says nothing

// listDates reads the ways lists write a date of birth: 1963-07-28, 28 Jul
// 1963, Jul 1963, 1963, circa 1963, 1929 to 1930, between 1958 and 1963,
// 28/07/1963 (day first, 00 for unknown), 28.7.1963. Nothing on nonsense.
func listDates(s string) []record.Date {
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) > 60 {
		return nil
	}
	for _, cut := range []string{"circa-", "circa ", "c. ", "approximately ", "about ", "between ", "dob "} {
		s = strings.TrimPrefix(s, cut)
	}
	for _, sep := range []string{" to ", " and ", "-to-"} {
		if a, b, ok := strings.Cut(s, sep); ok {
			from, to := yearOf(a), yearOf(b)
			if from == 0 || to < from || to-from > maxYears {
				return nil
			}
			var out []record.Date
			for y := from; y <= to; y++ {
				out = append(out, record.Date(strconv.Itoa(y)))
			}
			return out
		}
	}
	if d := oneDate(s); d != "" {
		return []record.Date{d}
	}
	return nil
}

func yearOf(s string) int {
	d := oneDate(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "circa ")))
	if len(d) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(string(d[:4]))
	return y
}

func oneDate(s string) record.Date {
	if d := record.Date(s); d.Valid() {
		return d
	}
	if len(s) > 10 && s[4] == '-' && record.Date(s[:10]).Valid() {
		return record.Date(s[:10])
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' || r == '.' || r == ',' || r == '-' })
	if len(parts) > 3 || len(parts) == 0 {
		return ""
	}
	y, err := strconv.Atoi(parts[len(parts)-1])
	if err != nil || y < 1000 || y > 2999 {
		return ""
	}
	d := pad(y, 4)
	month, day := 0, 0
	if len(parts) >= 2 {
		m := parts[len(parts)-2]
		if len(m) >= 3 {
			month = months[m[:3]]
		} else {
			month, _ = strconv.Atoi(m)
		}
	}
	if len(parts) == 3 {
		day, _ = strconv.Atoi(parts[0])
	}
	if month >= 1 && month <= 12 {
		d += "-" + pad(month, 2)
		if full := d + "-" + pad(day, 2); day >= 1 && record.Date(full).Valid() {
			d = full
		}
	}
	if !record.Date(d).Valid() {
		return ""
	}
	return record.Date(d)
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

// countryCode reads a country as lists write it: a code of two letters or an
// English name. "" when it is neither.
func countryCode(s string) string {
	s = strings.TrimSpace(s)
	if len(s) == 2 {
		s = strings.ToUpper(s)
		if r, err := language.ParseRegion(s); err == nil && r.IsCountry() {
			return s
		}
		return ""
	}
	return countryByName[plainCountry(s)]
}

func plainCountry(s string) string {
	s = strings.ToLower(s)
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	s = strings.NewReplacer(",", " ", ".", "", "’", "'", "&", "and").Replace(s)
	return strings.Join(strings.Fields(strings.TrimPrefix(s, "the ")), " ")
}

// countryByName: the English names of CLDR, and the ways sanctions lists and
// the UN write some of them.
var countryByName = makeCountryNames()

func makeCountryNames() map[string]string {
	m := map[string]string{
		"korea north": "KP", "north korea": "KP", "democratic people's republic of korea": "KP", "dprk": "KP", "korea south": "KR", "south korea": "KR", "republic of korea": "KR",
		"russian federation": "RU", "syrian arab republic": "SY", "iran islamic republic of": "IR", "burma": "MM", "congo democratic republic of the": "CD", "democratic republic of the congo": "CD", "congo republic of the": "CG", "republic of the congo": "CG",
		"united republic of tanzania": "TZ", "republic of moldova": "MD", "viet nam": "VN", "lao people's democratic republic": "LA", "libyan arab jamahiriya": "LY", "state of libya": "LY", "cote d'ivoire": "CI", "côte d'ivoire": "CI", "ivory coast": "CI",
		"united kingdom of great britain and northern ireland": "GB", "united states of america": "US", "usa": "US", "uk": "GB", "uae": "AE", "west bank": "PS", "gaza": "PS", "palestinian": "PS", "state of palestine": "PS", "palestinian territories": "PS", "occupied palestinian territories": "PS",
		"hong kong": "HK", "macau": "MO", "macao": "MO", "turkey": "TR", "türkiye": "TR", "turkiye": "TR", "czech republic": "CZ", "macedonia": "MK", "the former yugoslav republic of macedonia": "MK", "swaziland": "SZ", "cape verde": "CV", "gambia the": "GM", "bahamas the": "BS",
		"venezuela bolivarian republic of": "VE", "bolivarian republic of venezuela": "VE", "plurinational state of bolivia": "BO", "brunei darussalam": "BN", "micronesia federated states of": "FM", "holy see": "VA", "taiwan province of china": "TW", "people's republic of china": "CN", "bosnia-herzegovina": "BA", "kosovo": "XK",
	}
	names := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			r, err := language.ParseRegion(code)
			if err != nil || !r.IsCountry() || r.String() != code {
				continue
			}
			if n := plainCountry(names.Name(r)); n != "" {
				if _, own := m[n]; !own {
					m[n] = code
				}
			}
		}
	}
	return m
}
