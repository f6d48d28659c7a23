package screen

import (
	"testing"
	"time"

	"bonafide/lists"
)

const rootOfRegistries = `{"version":"1.0","services":[[["example","org"],["http://plain.registry.example/","https://rdap.registry.example/v1/"]],[["co.example"],["https://co.registry.example"]],[["broken"]],[["x"],["https://user@x.example/"]]]}`

func TestRegistries(t *testing.T) {
	for domain, want := range map[string]string{
		"firm.example": "https://rdap.registry.example/v1/", "firm.co.example": "https://co.registry.example/", "firm.ORG": "", "firm.test": "", "example": "", "a.x": "", "a.broken": "",
	} {
		if got := readRegistries([]byte(rootOfRegistries), domain, false); got != want {
			t.Errorf("%s: %q, want %q", domain, got, want)
		}
	}
	if readRegistries([]byte("<html>"), "firm.example", false) != "" {
		t.Error("a page names a registry")
	}
}

func TestRegisteredDay(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{`{"ldhName":"FIRM.EXAMPLE","events":[{"eventAction":"registration","eventDate":"2012-04-05T06:07:08Z"},{"eventAction":"expiration","eventDate":"2030-04-05T06:07:08Z"}]}`, "2012-04-05"},
		{`{"events":[{"eventAction":"registration","eventDate":"2012-04-05T06:07:08Z"},{"eventAction":"reregistration","eventDate":"2026-01-02T00:00:00+01:00"}]}`, "2026-01-01"},
		{`{"events":[{"eventAction":"registration","eventDate":"2012-04-05"}]}`, "2012-04-05"},
		{`{"ldhName":"other.example","events":[{"eventAction":"registration","eventDate":"2012-04-05T06:07:08Z"}]}`, ""},
		{`{"events":[{"eventAction":"last changed","eventDate":"2012-04-05T06:07:08Z"}]}`, ""},
		{`{"events":[{"eventAction":"registration","eventDate":"1970-01-01T00:00:00Z"}]}`, ""},
		{`{"errorCode":404}`, ""}, {``, ""}, {`[]`, ""},
	} {
		at, ok := readRegistered([]byte(c.body), "firm.example")
		if got := at.Format(time.DateOnly); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s: %s %v", c.body, got, ok)
		}
	}
}

// TestParked: all name servers must be of a service that does nothing else.
func TestParked(t *testing.T) {
	for _, c := range []struct {
		servers []string
		want    bool
	}{
		{[]string{"ns1.sedoparking.com", "ns2.sedoparking.com"}, true}, {[]string{"NS1.BODIS.COM."}, true},
		{[]string{"ns1.sedoparking.com", "ns1.host.example"}, false}, {nil, false}, {[]string{"notsedoparking.com"}, false},
		{[]string{"ns31.domaincontrol.com", "ns32.domaincontrol.com"}, false}, {[]string{"ns1.dns-parking.com"}, false}, {[]string{"ns1.name.com"}, false},
	} {
		if _, got := lists.Parked(c.servers); got != c.want {
			t.Errorf("%v: %v", c.servers, got)
		}
	}
}

func FuzzRegistry(f *testing.F) {
	f.Add([]byte(rootOfRegistries), "firm.example")
	f.Add([]byte(`{"events":[{"eventAction":"registration","eventDate":"2012-04-05T06:07:08Z"}]}`), "firm.example")
	f.Fuzz(func(t *testing.T, b []byte, domain string) {
		if s := readRegistries(b, domain, false); s != "" && (len(s) < 9 || s[:8] != "https://") {
			t.Fatalf("%q", s)
		}
		if at, ok := readRegistered(b, domain); ok && at.Year() <= 1984 {
			t.Fatal(at)
		}
	})
}
