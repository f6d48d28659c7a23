package lists

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// fuzzList feeds a parser with seeds and whatever comes of them; it must
// answer with rows or an error, and what it read must be askable.
func fuzzList(f *testing.F, file string, l *List, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
		f.Add([]byte(s[:len(s)/2]))
	}
	f.Add([]byte("<!DOCTYPE html><html></html>"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Parse(l, file, b, time.Time{}, runDay)
		if err != nil {
			return
		}
		if s.Rows == 0 && s.content.geo == nil && s.content.asn == nil && s.content.network == nil {
			t.Error("no rows and no error")
		}
		s.RowMap()
		set := newSet([]*Snapshot{s}, nil)
		for _, a := range []string{"203.0.113.1", "2001:db8::1", "0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"} {
			set.Networks(netip.MustParseAddr(a))
			set.Places(netip.MustParseAddr(a))
			set.System(netip.MustParseAddr(a))
		}
		set.MailDomain("a.b.example.co.uk")
		set.Exchanger("mx.example.com")
		set.Tool(TraceFile, "anydesk.exe")
		set.Tool(TraceDomain, "a.b.c.example.com")
		for _, typ := range IndicatorTypes {
			set.Indicator(typ, "someone@example.com")
			set.Indicator(typ, "203.0.113.1")
		}
	})
}

func FuzzPrefixes(f *testing.F) {
	fuzzList(f, "watch.csv", &List{ID: "watch", Kind: KindNetworks, Network: Watch, parse: parsePrefixes(true)},
		"network,operator\n203.0.113.0/24,Example\n2001:db8::/32;x\n198.51.100.1-198.51.100.9\nExitAddress 203.0.113.1 2026-01-01\n", "0.0.0.0-255.255.255.255\n::ffff:0:0/96\n")
}

func FuzzRanges(f *testing.F) {
	fuzzList(f, "geo.csv", &List{ID: "geo", Kind: KindGeo, parse: parseRanges},
		"203.0.113.0,203.0.113.255,PT,38.7,-9.1\n2001:db8::,2001:db8::ffff,DE\n", "start,end,asn,name\n0,4294967295,AS64496,\"a \"\"b\"\"\"\n", "network,country\n203.0.113.0/24,PT\n",
		"0.0.0.0,255.255.255.255,PT\n203.0.113.0,203.0.113.9,DE\n::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,FR\n")
}

func FuzzDomains(f *testing.F) {
	fuzzList(f, "disposable.txt", &List{ID: "disposable", Kind: KindMail, Mail: MailDisposable, parse: parseMail},
		"# as-of: 2026-01-01\nthrowaway.example\n*.Müll.example\n@x.example\n", `["a.example", "b.example"]`)
}

func FuzzWarninglist(f *testing.F) {
	fuzzList(f, "vpn-ipv4.json", &List{ID: "misp", Kind: KindNetworks, Network: Datacenter, parse: parseNetworks},
		`{"name":"x","description":"","list":["203.0.113.0/24","2001:db8::/32"],"version":20260820,"type":"cidr"}`)
}

func FuzzCloudJSON(f *testing.F) {
	fuzzList(f, "ranges.json", &List{ID: "cloud", Kind: KindNetworks, Network: Cloud, parse: parseCloudJSON},
		`{"createDate":"2026-08-21-01-02-03","prefixes":[{"ip_prefix":"203.0.113.0/24"}],"ipv6_prefixes":[{"ipv6_prefix":"2001:db8::/32"}]}`,
		`{"values":[{"properties":{"addressPrefixes":["203.0.113.0/24","2001:db8::/32"]}}]}`, `{"regions":[{"cidrs":[{"cidr":"203.0.113.0/24","tags":["a"]}]}]}`)
}

func FuzzMMDB(f *testing.F) {
	dir := filepath.Join("..", "..", "shared", "data", "ip-intel", "mmdb")
	for _, pattern := range []string{"maxmind-test/*.mmdb", "bad-data/*/*.mmdb", "format/*.mmdb"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, file := range files {
			if b, err := os.ReadFile(file); err == nil && len(b) < 1<<16 {
				f.Add(b)
			}
		}
	}
	fuzzList(f, "geo.mmdb", &List{ID: "geo", Kind: KindGeo, parse: parseMMDB}, "\xab\xcd\xefMaxMind.com")
}

func FuzzIndicatorCSV(f *testing.F) {
	fuzzList(f, "indicators.csv", &List{ID: "indicators", Kind: KindIndicators, parse: parseIndicatorCSV},
		"type,value,confidence,source,published,expires\nemail,a[@]b[.]example,vendor,x,2026-01-01,\nip,203.0.113.0/28,50,\"a, b\",2026,2027\nurl,hxxps://x[.]example/a?b,,,,\n")
}

func FuzzSTIX(f *testing.F) {
	fuzzList(f, "bundle.json", &List{ID: "stix", Kind: KindIndicators, parse: parseSTIX},
		`{"type":"bundle","id":"bundle--1","objects":[{"type":"identity","id":"i","name":"Lab"},{"type":"indicator","created_by_ref":"i","confidence":80,`+
			`"pattern":"[email-addr:value = 'a@b.example' OR file:hashes.'SHA-256' = 'ab'] AND [ipv4-addr:value = '203.0.113.1']","valid_from":"2026-01-01T00:00:00Z"}]}`)
}

func FuzzMISPEvents(f *testing.F) {
	fuzzList(f, "event.json", &List{ID: "misp", Kind: KindIndicators, parse: parseMISPEvents},
		`{"Event":{"info":"x","date":"2026-01-01","Orgc":{"name":"Lab"},"Attribute":[{"type":"email-src","value":"a@b.example","timestamp":"1767225600"},`+
			`{"type":"domain|ip","value":"x.example|203.0.113.1","deleted":false}],"Object":[{"Attribute":[{"type":"btc","value":"bc1qexampleexampleexample"}]}]}}`,
		`{"response":[{"Event":{"Attribute":[]}}]}`, `[{"Event":{}}]`)
}

func FuzzTools(f *testing.F) {
	seed := `[{"Name":"Example Desk","Category":"RMM","Details":{"PEMetadata":[{"Filename":"a.exe"}],"InstallationPaths":"C:\\x\\y.exe"},"Artifacts":{"Network":[{"Domains":["*.example.com"]}],"EventLog":null}}]`
	fuzzList(f, "rmm_tools.json", &lolrmm, seed)
}

func FuzzToolYAML(f *testing.F) {
	fuzzList(f, "lolrmm/yaml/x.yaml", &lolrmm, "Name: Example\nDetails:\n    PEMetadata:\n        - Filename: example.exe\n    InstallationPaths:\n        - C:\\a\\b.exe\nArtifacts:\n    Network:\n        - Domains:\n              - '*.example.com'\n")
}

func FuzzDevices(f *testing.F) {
	fuzzList(f, "devices.csv", &List{ID: "devices", Kind: KindDevices, parse: parseDeviceCSV},
		"device,bus,vendor,product,manufacturer_string,product_string,serial_string,note\nX,usb,1d6b,0104,Maker,,,generic-ids\n")
}

func FuzzExchangers(f *testing.F) {
	fuzzList(f, "mx.csv", &List{ID: "mx", Kind: KindMX, parse: parseExchangers}, "mx,count\nmx.throwaway.example,17\naspmx.l.google.com,9\n")
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(`{"lists":[{"file":"a.txt","class":"vpn","as_of":"2026-01-01","sha256":"00"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := ParseManifest("lists.json", b)
		if err != nil {
			return
		}
		if _, err := m.Bytes(); err != nil {
			t.Error(err)
		}
		Load(fstest.MapFS{"lists.json": {Data: b}, "a.txt": {Data: []byte("203.0.113.0/24\n")}}, runDay)
	})
}

// FuzzRecognise gives a file any name and head.
func FuzzRecognise(f *testing.F) {
	f.Add("vpn/x4bnet/vpn_ipv4.txt", []byte("203.0.113.0/24\n"))
	f.Add("a@0123456789ab.json", []byte(`{"type": "bundle"`))
	f.Add("sanctions/x.csv", []byte("name,dob\n"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		if strings.Contains(name, "\x00") {
			return
		}
		if l, why := recognise(name, b[:min(len(b), headSize)]); l == nil && why == "" {
			t.Error("neither a list nor a reason")
		}
	})
}

// TestHostile gives every hostile file to every parser, under a name that says
// it is such a list: errors only, in little time, none with a value in it.
func TestHostile(t *testing.T) {
	dir := dataDir(t, "hostile")
	parsers := map[string]*List{
		"vpn.txt": {ID: "vpn", Kind: KindNetworks, parse: parseNetworks}, "geo.csv": {ID: "geo", Kind: KindGeo, parse: parseRanges},
		"disposable.txt": {ID: "disposable", Kind: KindMail, parse: parseMail}, "geo.mmdb": {ID: "mmdb", Kind: KindGeo, parse: parseMMDB},
		"indicators.csv": {ID: "indicators", Kind: KindIndicators, parse: parseIndicatorCSV}, "stix.json": {ID: "stix", Kind: KindIndicators, parse: parseSTIX},
		"misp.json": {ID: "misp", Kind: KindIndicators, parse: parseMISPEvents}, "rmm_tools.json": &lolrmm, "cloud.json": {ID: "cloud", Kind: KindNetworks, parse: parseCloudJSON},
		"devices.csv": {ID: "devices", Kind: KindDevices, parse: parseDeviceCSV}, "sanctions.xml": {ID: "sanctions", Kind: KindEntities, parse: parseEntityFile},
	}
	files, tried := 0, 0
	for _, part := range []string{"xml", "json", "csv", "zip", "made/xml", "made/json", "made/csv", "made/archive", "strings", "gofuzz/json", "gofuzz/csv", "gofuzz/xml", "gofuzz/zip", "gofuzz/gzip"} {
		err := filepath.WalkDir(filepath.Join(dir, part), func(file string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil
			}
			b, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			files++
			for name, l := range parsers {
				start := time.Now()
				s, err := Parse(l, name, b, time.Time{}, runDay)
				tried++
				if took := time.Since(start); took > 2*time.Second {
					t.Errorf("%s as %s took %v", file, name, took)
				}
				if err == nil {
					t.Logf("%s passes for %s with %d rows", file, name, s.Rows)
				} else if len(err.Error()) > 300 {
					t.Errorf("%s as %s: a long error, with values in it?", file, name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 100 {
		t.Errorf("only %d hostile files", files)
	}
	t.Logf("%d files, %d tries", files, tried)
}
