package lists

import (
	"encoding/csv"
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// dataDir is the folder of real lists; they are not part of this repository.
func dataDir(t testing.TB, part string) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	dir = filepath.Join(dir, part)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("NOT TESTED: real published lists: no folder %s (set BONAFIDE_DATA)", dir)
	}
	return dir
}

var realDay = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func loadReal(t testing.TB, part string) *Set {
	t.Helper()
	set, _ := Load(os.DirFS(dataDir(t, part)), realDay)
	return set
}

// TestRealWholeTree gives a folder in which lists stand among thousands of
// unrelated files: no file may pass for a list it is not.
func TestRealWholeTree(t *testing.T) {
	start := time.Now()
	set, problems := Load(os.DirFS(dataDir(t, ".")), realDay)
	t.Logf("%d lists, %d other files, %d problems in %v", len(set.Snapshots()), len(set.Ignored()), len(problems), time.Since(start))
	for _, s := range set.Snapshots() {
		top, _, _ := strings.Cut(s.File, "/")
		if s.List.Kind == KindEntities {
			continue // their own cases
		}
		if !slices.Contains([]string{"ip-intel", "email-domains", "remote-tools", "dprk-indicators"}, top) && !strings.HasPrefix(s.File, "payloads/stix_taxii/") {
			t.Errorf("%s passes for a list of %s", s.File, s.List.Kind)
		}
	}
	if got := len(set.Snapshots()); got < 50 {
		t.Errorf("only %d lists", got)
	}
	for _, p := range problems {
		if !strings.Contains(p.Error(), "bad-data") && !strings.Contains(p.Error(), "mmdb/format") {
			t.Log(p)
		}
	}
}

// TestRealNetworks asks for addresses whose kind is known.
func TestRealNetworks(t *testing.T) {
	set := loadReal(t, "ip-intel")
	for _, c := range []struct {
		addr string
		want []NetworkClass
		not  []NetworkClass
	}{
		{"1.12.0.1", []NetworkClass{Datacenter}, []NetworkClass{VPN}},           // Tencent: in MISP's "vpn-ipv4", no VPN
		{"185.220.101.1", []NetworkClass{Tor}, nil},                             // a Tor exit for years
		{"23.159.216.3", []NetworkClass{VPN}, nil},                              // Mullvad
		{"198.18.0.1", nil, []NetworkClass{VPN, Datacenter, Tor, Cloud, Relay}}, // nobody's
		{"81.2.69.10", []NetworkClass{VPN, Datacenter, Proxy, Tor}, nil},        // MaxMind's test database
	} {
		hits, ok := set.Networks(netip.MustParseAddr(c.addr))
		if !ok {
			t.Fatal("no network list")
		}
		has := func(class NetworkClass) bool {
			return slices.ContainsFunc(hits, func(h NetworkHit) bool { return h.Class == class })
		}
		for _, w := range c.want {
			if !has(w) {
				t.Errorf("%s: not %s: %v", c.addr, w, hits)
			}
		}
		for _, w := range c.not {
			if has(w) {
				t.Errorf("%s: %s: %v", c.addr, w, hits)
			}
		}
	}
}

// TestRealKP is the trap of the country code KP: of the ranges that tables
// place there one is announced from there; the answer for the others is none.
func TestRealKP(t *testing.T) {
	set := loadReal(t, "ip-intel")
	f, err := os.Open(filepath.Join(dataDir(t, "dprk-indicators"), "kp_geolocated_ranges.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 5 {
		t.Fatal("ranges", err)
	}
	for _, row := range rows[1:] {
		places, _ := set.Places(netip.MustParseAddr(row[0]))
		for _, p := range places {
			if p.Country == "KP" && row[5] != "dprk" {
				t.Errorf("%s of %s is placed in KP by %s", row[0], row[3], p.Use.List)
			}
		}
	}
}

// TestRealMaxMind compares the databases with the JSON they were made from.
func TestRealMaxMind(t *testing.T) {
	dir := filepath.Join(dataDir(t, "ip-intel"), "mmdb", "maxmind-test")
	for _, name := range []string{"GeoIP2-City-Test", "GeoLite2-City-Test", "GeoLite2-Country-Test", "GeoLite2-ASN-Test", "GeoIP2-Anonymous-IP-Test", "GeoIP-Residential-Proxy-Test"} {
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(dir, name+".mmdb"))
			if err != nil {
				t.Fatal(err)
			}
			c, err := parseMMDB(name, b)
			if err != nil {
				t.Fatal(err)
			}
			b, err = os.ReadFile(filepath.Join(dir, name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var truth []map[string]map[string]any
			if err := json.Unmarshal(b, &truth); err != nil {
				t.Fatal(err)
			}
			// Nested networks answer with the narrowest: keep the last word for each address.
			rows := map[string]map[string]any{}
			var order []netip.Prefix
			for _, entry := range truth {
				for network, row := range entry {
					p := netip.MustParsePrefix(network)
					if p.Addr().Is6() && strings.HasPrefix(network, "::") && p.Bits() >= 96 {
						b := p.Addr().As16()
						p = netip.PrefixFrom(netip.AddrFrom4([4]byte(b[12:])), p.Bits()-96)
					}
					rows[p.String()] = row
					order = append(order, p)
				}
			}
			checked := 0
			for _, p := range order {
				if slices.ContainsFunc(order, func(o netip.Prefix) bool { return o.Bits() > p.Bits() && o.Contains(p.Addr()) }) {
					continue
				}
				row := rows[p.String()]
				a := p.Addr()
				switch {
				case c.geo != nil:
					country, _ := row["country"].(map[string]any)
					want, _ := country["iso_code"].(string)
					got, _ := c.geo.place(a)
					if got.Country != want && want != "" {
						t.Errorf("%s: %s, want %s", p, got.Country, want)
					}
					if loc, ok := row["location"].(map[string]any); ok && want != "" {
						if lat, _ := loc["latitude"].(float64); got.Latitude != lat {
							t.Errorf("%s: latitude %v, want %v", p, got.Latitude, lat)
						}
					}
				case c.asn != nil:
					want, _ := row["autonomous_system_number"].(float64)
					if got, _ := c.asn.asn(a); float64(got) != want {
						t.Errorf("%s: AS%d, want AS%v", p, got, want)
					}
				default:
					hits, _ := c.network.holds(a)
					for key, class := range map[string]NetworkClass{"is_anonymous_vpn": VPN, "is_hosting_provider": Datacenter, "is_tor_exit_node": Tor, "is_public_proxy": Proxy, "anonymizer_confidence": Proxy} {
						if row[key] != nil && row[key] != false && !slices.ContainsFunc(hits, func(h NetworkHit) bool { return h.Class == class }) {
							t.Errorf("%s: %s, got %v", p, key, hits)
						}
					}
				}
				checked++
			}
			if checked < 10 {
				t.Errorf("only %d networks compared", checked)
			}
		})
	}
}

// TestRealMail asks for domains whose class is known.
func TestRealMail(t *testing.T) {
	set := loadReal(t, "email-domains")
	class := func(domain string) (out []MailClass) {
		hits, _ := set.MailDomain(domain)
		for _, h := range hits {
			if !slices.Contains(out, h.Class) {
				out = append(out, h.Class)
			}
		}
		return out
	}
	for domain, want := range map[string]MailClass{"mailinator.com": MailDisposable, "gmail.com": MailFree, "duck.com": MailRelay, "mozmail.com": MailRelay} {
		if !slices.Contains(class(domain), want) {
			t.Errorf("%s: %v, want %s", domain, class(domain), want)
		}
	}
	for _, domain := range []string{"gmail.com", "outlook.com", "gmx.de", "sapo.pt", "proton.me", "example.com", "co.uk"} {
		if slices.Contains(class(domain), MailDisposable) {
			t.Errorf("%s is called disposable", domain)
		}
	}
}

// TestRealTools asks for traces of known tools, and for everyday programs.
func TestRealTools(t *testing.T) {
	set := loadReal(t, "remote-tools")
	for _, q := range []struct {
		trace Trace
		value string
		want  string
	}{
		{TraceFile, `C:\Program Files (x86)\AnyDesk\AnyDesk.exe`, "AnyDesk"},
		{TraceDomain, "relay-0a1b2c3d.net.anydesk.com", "AnyDesk"},
		{TraceService, "AnyDesk Service", "AnyDesk"},
		{TraceFile, "TeamViewer.exe", "TeamViewer"},
		{TraceFile, "putty.exe", ""},
		{TraceFile, "setup.exe", ""},
		{TraceDomain, "www.google.com", ""},
		{TraceDomain, "github.com", ""},
		{TraceFile, "chrome.exe", ""},
	} {
		hits, ok := set.Tool(q.trace, q.value)
		if !ok {
			t.Fatal("no list of tools")
		}
		if q.want == "" && len(hits) > 0 || q.want != "" && !slices.ContainsFunc(hits, func(h ToolHit) bool { return strings.Contains(h.Tool, q.want) }) {
			t.Errorf("%s: %v, want %q", q.value, hits, q.want)
		}
	}
}
