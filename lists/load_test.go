package lists

import (
	"fmt"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"
)

var runDay = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// TestCases loads the folders in testdata/*.txtar and asks them the questions
// in the archive's file "ask", one a line; "want" are the answers as an
// operator would read them.
func TestCases(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range archives {
		t.Run(filepath.Base(file), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fsys := fstest.MapFS{}
			var ask, want string
			for _, f := range ar.Files {
				switch f.Name {
				case "ask":
					ask = string(f.Data)
				case "want":
					want = string(f.Data)
				default:
					fsys[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			set, problems := Load(fsys, runDay)
			var got strings.Builder
			for _, p := range problems {
				fmt.Fprintln(&got, "problem", p)
			}
			for _, i := range set.Ignored() {
				fmt.Fprintf(&got, "ignored %s: %s\n", i.File, i.Why)
			}
			for _, s := range set.Snapshots() {
				fmt.Fprintf(&got, "list %s %s %s%s%s rows=%d as-of=%s from=%q stale=%v\n", s.Name, s.List.Kind, s.List.Network, s.List.Mail, s.List.Service, s.Rows, s.AsOf, s.From, s.Stale)
			}
			for line := range strings.Lines(ask) {
				fmt.Fprintf(&got, "%s → %s\n", strings.TrimSpace(line), answer(set, strings.Fields(line)))
			}
			if strings.TrimSpace(got.String()) != strings.TrimSpace(want) {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
}

// answer asks one question of a set.
func answer(s *Set, q []string) string {
	var out []string
	loaded := true
	switch q[0] {
	case "place":
		var places []Place
		places, loaded = s.Places(netip.MustParseAddr(q[1]))
		for _, p := range places {
			out = append(out, fmt.Sprintf("%s %g,%g AS%d %s", p.Country, p.Latitude, p.Longitude, p.ASN, p.Use.List))
		}
	case "network":
		var hits []NetworkHit
		hits, loaded = s.Networks(netip.MustParseAddr(q[1]))
		for _, h := range hits {
			out = append(out, strings.TrimSpace(string(h.Class)+" "+h.Service)+" in "+h.Use.List)
		}
	case "mail":
		var hits []MailHit
		hits, loaded = s.MailDomain(q[1])
		for _, h := range hits {
			out = append(out, string(h.Class)+" in "+h.Use.List)
		}
	case "mx":
		var hits []MailHit
		hits, loaded = s.Exchanger(q[1])
		for _, h := range hits {
			out = append(out, "throw-away in "+h.Use.List)
		}
	case "tool":
		var hits []ToolHit
		hits, loaded = s.Tool(Trace(q[1]), strings.Join(q[2:], " "))
		for _, h := range hits {
			out = append(out, h.Tool+" in "+h.Use.List)
		}
	case "indicator":
		var hits []IndicatorHit
		hits, loaded = s.Indicator(q[1], q[2])
		for _, h := range hits {
			out = append(out, strings.Join([]string{h.Type, h.Confidence, string(h.Published), string(h.Expires), h.Source, "in " + h.Use.List}, "|"))
		}
	case "device":
		d := Device{Bus: q[1], Vendor: q[2], Product: q[3]}
		if len(q) > 4 {
			d.Manufacturer = q[4]
		}
		for _, h := range s.Device(d) {
			out = append(out, fmt.Sprintf("%s exact=%v in %s", h.Name, h.Exact, h.Use.List))
		}
	}
	switch {
	case !loaded:
		return "no list"
	case len(out) == 0:
		return "nothing"
	}
	return strings.Join(out, "; ")
}

// TestNilSet answers every question with "no list".
func TestNilSet(t *testing.T) {
	var s *Set
	for _, q := range []string{"place 192.0.2.1", "network 192.0.2.1", "mail example.com", "mx mx.example.com", "tool file a.exe", "indicator email a@example.com"} {
		if got := answer(s, strings.Fields(q)); got != "no list" {
			t.Errorf("%s: %s", q, got)
		}
	}
	if s.HasNetworks(VPN) || s.HasMail(MailFree) || s.Uses() != nil || s.Snapshots() != nil {
		t.Error("a nil set holds something")
	}
}

// TestToolsLenient reads the JSON of tools in the shapes its members come in.
func TestToolsLenient(t *testing.T) {
	c, err := parseToolsJSON("rmm_tools.json", []byte(`[{"Name": "A", "Category": null, "Details": {"PEMetadata": [{"Filename": "aaaa.exe"}, 7, null], "InstallationPaths": null},
		"Artifacts": []}, {"Name": "B", "Details": null, "Artifacts": {"Network": {"Domains": "b.example"}, "EventLog": [{"ServiceName": null}]}}, {"Category": "RMM"}]`))
	if err == nil {
		t.Fatal("a third of the rows has no name, and no error")
	}
	c, err = parseToolsJSON("rmm_tools.json", []byte(`[{"Name": "A", "Category": null, "Details": {"PEMetadata": [{"Filename": "aaaa.exe"}, 7, null], "InstallationPaths": null},
		"Artifacts": []}, {"Name": "B", "Details": null, "Artifacts": {"Network": {"Domains": "b.example"}, "EventLog": [{"ServiceName": null}]}}]`))
	if err != nil || len(c.tools) != 2 || len(c.tools[0].Files) != 1 || len(c.tools[1].Domains) != 1 {
		t.Fatalf("%v %+v", err, c)
	}
}
