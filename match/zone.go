package match

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// zone is the clock of a place.
type zone struct {
	country  string // ISO 3166-1 alpha-2
	jan, jul int16  // minutes east of UTC
	also     []int16
}

type zones struct {
	byName    map[string]int32
	byCountry map[string][]int32
	all       []zone
}

// clocks reads the table once: 418 zones, 250 countries.
var clocks = sync.OnceValue(func() *zones {
	z := &zones{byName: map[string]int32{}, byCountry: map[string][]int32{}}
	for line := range strings.Lines(strings.TrimSpace(zoneTable)) {
		f := strings.Fields(line)
		jan, _ := strconv.Atoi(f[0])
		july, others, _ := strings.Cut(f[1], "/")
		jul, _ := strconv.Atoi(july)
		var also []int16
		for o := range strings.SplitSeq(others, ",") {
			if n, err := strconv.Atoi(o); err == nil {
				also = append(also, int16(n))
			}
		}
		for _, part := range f[2:] {
			country, names, _ := strings.Cut(part, ":")
			for name := range strings.SplitSeq(names, ",") {
				i := int32(len(z.all))
				z.all = append(z.all, zone{country, int16(jan), int16(jul), also})
				z.byName[name] = i
				z.byCountry[country] = append(z.byCountry[country], i)
			}
		}
	}
	for line := range strings.Lines(strings.TrimSpace(zoneAliases)) {
		f := strings.Fields(line)
		if i, ok := z.byName[f[0]]; ok {
			for _, old := range f[1:] {
				z.byName[old] = i
			}
		}
	}
	return z
})

// at is whether the zone can stand at an offset on a day. In the months in
// which clocks change somewhere both the January and the July offset can.
func (z *zone) at(minutes int, day time.Time) bool {
	m := int16(minutes)
	if int(m) != minutes {
		return false
	}
	jan, jul := seasons(day)
	return jan && z.jan == m || jul && z.jul == m || slices.Contains(z.also, m)
}

func seasons(day time.Time) (jan, jul bool) {
	switch day.UTC().Month() {
	case time.December, time.January, time.February:
		return true, false
	case time.May, time.June, time.July, time.August:
		return false, true
	}
	return true, true
}

// fits is whether two zones can show the same time on a day. In a month of
// change it takes the two that change together (both in January's or both in
// July's offset) and, because the days differ by continent, the mixed pair
// only across a difference in how they change.
func (z *zone) fits(o *zone, day time.Time) bool {
	jan, jul := seasons(day)
	if jan && z.jan == o.jan || jul && z.jul == o.jul {
		return true
	}
	if jan && jul && (z.jul-z.jan) != (o.jul-o.jan) && (z.jan == o.jul || z.jul == o.jan) {
		return true
	}
	for _, m := range z.also {
		if o.at(int(m), day) {
			return true
		}
	}
	for _, m := range o.also {
		if z.at(int(m), day) {
			return true
		}
	}
	return false
}

// ClockFits reports whether a computer set to an IANA zone shows the time of a
// country (ISO 3166-1 alpha-2) on a day. known is false when the zone is no
// place's or the country has none.
func ClockFits(name, country string, day time.Time) (fits, known bool) {
	z := clocks()
	i, ok := z.byName[name]
	there := z.byCountry[country]
	if !ok || len(there) == 0 {
		return false, false
	}
	mine := &z.all[i]
	if mine.country == country {
		return true, true
	}
	for _, j := range there {
		if mine.fits(&z.all[j], day) {
			return true, true
		}
	}
	return false, true
}

// ClocksFit reports whether two IANA zones show the same time on a day.
func ClocksFit(a, b string, day time.Time) (fits, known bool) {
	z := clocks()
	i, okA := z.byName[a]
	j, okB := z.byName[b]
	if !okA || !okB {
		return false, false
	}
	return i == j || z.all[i].fits(&z.all[j], day), true
}

// OffsetFits reports whether an offset (minutes east of UTC) is in use in a
// country on a day.
func OffsetFits(minutes int, country string, day time.Time) (fits, known bool) {
	z := clocks()
	there := z.byCountry[country]
	for _, j := range there {
		if z.all[j].at(minutes, day) {
			return true, true
		}
	}
	return false, len(there) > 0
}

// OffsetFitsZone reports whether an offset is a zone's on a day.
func OffsetFitsZone(minutes int, name string, day time.Time) (fits, known bool) {
	z := clocks()
	i, ok := z.byName[name]
	return ok && z.all[i].at(minutes, day), ok
}

// MailOffset is the offset (minutes east of UTC) in the Date field of mail
// headers (RFC 5322, section 3.3). ok is false without one, and for "-0000",
// which says that the sender's clock is not told.
func MailOffset(headers string) (minutes int, ok bool) {
	for n := 0; headers != "" && n < 500; n++ {
		var line string
		line, headers, _ = strings.Cut(headers, "\n")
		if len(line) > 5 && len(line) < 200 && strings.EqualFold(line[:5], "date:") {
			return dateOffset(line[5:])
		}
	}
	return 0, false
}

func dateOffset(s string) (int, bool) {
	if i := strings.IndexByte(s, '('); i >= 0 { // a comment: "(CET)"
		s = s[:i]
	}
	f := strings.Fields(s)
	if len(f) < 4 {
		return 0, false
	}
	last := f[len(f)-1]
	if len(last) != 5 || last[0] != '+' && last[0] != '-' || last == "-0000" {
		return 0, false
	}
	for i := 1; i < 5; i++ {
		if last[i] < '0' || last[i] > '9' {
			return 0, false
		}
	}
	m := (int(last[1]-'0')*10+int(last[2]-'0'))*60 + int(last[3]-'0')*10 + int(last[4]-'0')
	if m > 14*60 || last[3] > '5' {
		return 0, false
	}
	if last[0] == '-' {
		m = -m
	}
	return m, true
}
