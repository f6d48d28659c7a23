package match

import (
	"testing"
	"time"
	_ "time/tzdata" // the truth the table is held against
)

var winter, summer = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC), time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)

// Every zone of the table stands where the time zone database puts it, at any
// time since 2020.
func TestZoneTable(t *testing.T) {
	z := clocks()
	if len(z.all) < 400 || len(z.byCountry) < 240 {
		t.Fatalf("%d zones, %d countries", len(z.all), len(z.byCountry))
	}
	for name, i := range z.byName {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for day := time.Date(2020, 1, 3, 12, 0, 0, 0, time.UTC); day.Year() < 2027; day = day.AddDate(0, 0, 9) {
			_, s := day.In(loc).Zone()
			if !z.all[i].at(s/60, day) {
				t.Errorf("%s on %s: %d minutes", name, day.Format(time.DateOnly), s/60)
				break
			}
		}
	}
}

func TestClockFits(t *testing.T) {
	for _, c := range []struct {
		zone, country string
		day           time.Time
		fits, known   bool
	}{
		{"Europe/Lisbon", "PT", winter, true, true},
		{"Europe/London", "PT", summer, true, true}, // same time, other name
		{"Europe/London", "DE", winter, false, true},
		{"Europe/London", "DE", summer, false, true}, // one hour apart all year
		{"Europe/London", "DE", time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC), false, true},
		{"Europe/Kiev", "UA", winter, true, true},
		{"Asia/Calcutta", "IN", winter, true, true},
		{"US/Eastern", "US", winter, true, true},
		{"America/New_York", "BO", summer, true, true},
		{"America/New_York", "BO", winter, false, true},
		{"Asia/Shanghai", "US", winter, false, true},
		{"UTC", "PT", winter, false, false},
		{"Etc/GMT+3", "PT", winter, false, false},
		{"Europe/Lisbon", "", winter, false, false},
		{"", "PT", winter, false, false},
	} {
		if fits, known := ClockFits(c.zone, c.country, c.day); fits != c.fits || known != c.known {
			t.Errorf("%s in %q on %s: %v, %v", c.zone, c.country, c.day.Format(time.DateOnly), fits, known)
		}
	}
}

func TestMailOffset(t *testing.T) {
	for in, want := range map[string]int{
		"From: a\r\nDate: Mon, 2 Mar 2026 09:14:05 +0800\r\nTo: b": 480,
		"date: Mon, 2 Mar 2026 09:14:05 -0330 (NDT)":               -210,
		"Date: Mon, 2 Mar 2026 09:14:05 -0000":                     1,
		"Date: Mon, 2 Mar 2026 09:14:05 GMT":                       1,
		"Date: +9999":                                              1,
		"Date: Mon, 2 Mar 2026 09:14:05 +0000":                     0,
		"":                                                         1,
	} {
		got, ok := MailOffset(in)
		if ok != (want != 1) || ok && got != want {
			t.Errorf("%q: %d, %v", in, got, ok)
		}
	}
}

func FuzzMailOffset(f *testing.F) {
	f.Add("Date: Mon, 2 Mar 2026 09:14:05 +0800")
	f.Add("Date:\n(\x00 +1 2 3")
	f.Fuzz(func(t *testing.T, s string) {
		if m, ok := MailOffset(s); ok && (m > 14*60 || m < -14*60) {
			t.Error(m)
		}
	})
}
