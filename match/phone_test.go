package match

import (
	"testing"

	"github.com/nyaruka/phonenumbers"
)

func TestPhone(t *testing.T) {
	for _, c := range []struct{ in, region, want string }{
		{"+351912345678", "", "+351912345678"},
		{"+351 912 345 678", "", "+351912345678"},
		{"00351912345678", "", "+351912345678"},
		{"912 345 678", "PT", "+351912345678"},
		{"912 345 678", "", ""},
		{"tel:+49-30-23125-000", "", "+493023125000"},
		{"+49 (0) 30 23125 000", "", "+493023125000"},
		{"+49 030 23125 000", "", "+493023125000"},
		{"030 23125000", "de", "+493023125000"},
		{"+44 (0)20 7946 0958", "", "+442079460958"},
		{"+39 06 1234 5678", "", "+390612345678"},
		{"(202) 555-0143", "US", "+12025550143"},
		{"+1 (202) 555-0143", "", "+12025550143"},
		{"+1 202 555 0143 ext. 5", "", "+12025550143"},
		{"+12", "", ""}, {"", "DE", ""}, {"call me", "DE", ""}, {"+0123456789", "", ""},
		{"+1234567890123456789", "", ""},
	} {
		if got, ok := Phone(c.in, c.region); got != c.want || ok != (c.want != "") {
			t.Errorf("Phone(%q, %q) = %q, %v; want %q", c.in, c.region, got, ok, c.want)
		}
	}
}

// Every calling code the numbering plans know is read as they read it.
func TestCallingCode(t *testing.T) {
	for region := range phonenumbers.GetSupportedRegions() {
		n := phonenumbers.GetExampleNumber(region)
		if n == nil {
			t.Errorf("%s: no example", region)
			continue
		}
		e := phonenumbers.Format(n, phonenumbers.E164)
		if code, _ := callingCode(e); code != int(n.GetCountryCode()) {
			t.Errorf("%s: calling code %d, want %d", region, code, n.GetCountryCode())
		}
		if got, ok := Phone("+"+e[1:3]+" "+e[3:], ""); !ok || got != e {
			t.Errorf("%s: %q, %v", region, got, ok)
		}
	}
}

// MayBeVoIP lets through every number its plan calls VoIP or personal, and
// keeps the library from being asked about most others.
func TestMayBeVoIP(t *testing.T) {
	asked, of := 0, 0
	for region := range phonenumbers.GetSupportedRegions() {
		for _, kind := range []phonenumbers.PhoneNumberType{phonenumbers.VOIP, phonenumbers.PERSONAL_NUMBER, phonenumbers.MOBILE, phonenumbers.FIXED_LINE} {
			n := phonenumbers.GetExampleNumberForType(region, kind)
			if n == nil || n.GetCountryCode() == 1 {
				continue
			}
			e := phonenumbers.Format(n, phonenumbers.E164)
			may := MayBeVoIP(e)
			if got, _ := PhonePlan(e); (got == PhoneVoIP || got == PhonePersonal) && !may {
				t.Errorf("%s: %s is %s", region, e, got)
			}
			if kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE {
				of++
				if may {
					asked++
				}
			}
		}
	}
	if asked*10 > of {
		t.Errorf("the library is asked for %d of %d mobile and fixed numbers", asked, of)
	}
}

func FuzzPhone(f *testing.F) {
	for _, s := range []string{"+351 912 345 678", "030/23125-000", "00 1 202 555 0143", "+49 (0) 30", "٠١٢٣", "+\xff"} {
		f.Add(s, "DE")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, s, region string) {
		e, ok := Phone(s, region)
		if !ok {
			return
		}
		if again, ok := Phone(e, ""); !ok || again != e {
			t.Errorf("%q becomes %q, %v", e, again, ok)
		}
		PhoneCountries(e)
	})
}
