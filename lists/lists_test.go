package lists

import (
	"net/netip"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bonafide/record"
)

// TestCatalogue: every list says everything, and its stored file is recognised
// as itself.
func TestCatalogue(t *testing.T) {
	last := ""
	for _, l := range Catalogue() {
		t.Run(l.ID, func(t *testing.T) {
			if l.ID <= last {
				t.Errorf("stands after %s", last)
			}
			last = l.ID
			if l.Title == "" || l.Publisher == "" || l.Licence == "" || l.Cadence == "" || l.Kind == "" || l.parse == nil || l.Rows.Min < 1 || l.Rows.Max < l.Rows.Min || len(l.Files) == 0 {
				t.Error("something is missing")
			}
			if l.Kind == KindMail && l.Mail == "" || l.Kind == KindNetworks && l.Network == "" && l.ID != "geoip_anonymous" {
				t.Error("no class")
			}
			if l.Ships && strings.Contains(l.Licence, "NC") || len(l.Sources) == 0 && l.Note == "" && l.Kind != KindEntities {
				t.Error("licence or source does not fit")
			}
			for _, s := range l.Sources {
				if !strings.HasPrefix(s, "https://") {
					t.Errorf("%s is not fetched safely", s)
				}
			}
			for _, pattern := range l.Files {
				if _, err := path.Match(pattern, ""); err != nil {
					t.Errorf("%s: %v", pattern, err)
				}
				file := strings.NewReplacer("*", "x", "?", "4").Replace(pattern)
				if got, why := recognise("some/folder/"+file, nil); got == nil || got.ID != l.ID {
					t.Errorf("%s is taken for %v (%s)", file, got, why)
				}
			}
		})
	}
}

// TestBelievable refuses what is too small, too large or suddenly smaller.
func TestBelievable(t *testing.T) {
	l := &List{ID: "x", Rows: Rows{100, 1000}}
	for _, c := range []struct {
		rows, before int
		ok           bool
	}{{100, 0, true}, {99, 0, false}, {1000, 0, true}, {1001, 0, false}, {400, 600, true}, {399, 600, false}, {900, 300, true}} {
		if err := l.Believable(c.rows, c.before); (err == nil) != c.ok {
			t.Errorf("%d after %d: %v", c.rows, c.before, err)
		}
	}
	own := &List{ID: "own"}
	if own.Believable(3, 29) != nil || own.Believable(3, 0) != nil {
		t.Error("a small list of one's own may change as it likes")
	}
}

// TestStale counts from the end of the day a list stands for.
func TestStale(t *testing.T) {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		cadence Cadence
		asOf    record.Date
		stale   bool
	}{{Daily, "2026-02-20", false}, {Daily, "2026-02-15", false}, {Daily, "2026-02-14", true}, {Hourly, "2026-02-01", true}, {Weekly, "2026-02-01", false},
		{Weekly, "2026-01", false}, {Weekly, "2025-12", true}, {Monthly, "2025-12", false}, {Yearly, "2024", true}, {Yearly, "2025", false}, {Daily, "", true}, {Daily, "nonsense", true}, {Daily, "2027-01-01", false}} {
		if got := Stale(c.cadence, c.asOf, day); got != c.stale {
			t.Errorf("%s of %q: stale is %v", c.cadence, c.asOf, got)
		}
	}
}

// TestDays finds the day in names and comments.
func TestDays(t *testing.T) {
	for text, want := range map[string]record.Date{"as-of: 2026-02-20": "2026-02-20", "tor_2024-02": "2024-02", "x-20260820-y": "2026-08-20", "1234567890": "", "v4 2026": "", "2026-13-01": "", "list@3fa9c1d2e4b5": ""} {
		if got := dayIn(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := dayInside([]byte("\xef\xbb\xbf# made by x, 2025-01-02\n# as-of: 2026-02-20\n1.2.3.4\n# 2020-01-01")); got != "2026-02-20" {
		t.Errorf("inside: %q", got)
	}
}

// TestRangesAgree compares the flattened tables with asking every prefix in
// turn, over random nested and overlapping prefixes of both families.
func TestRangesAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type row struct {
			p    netip.Prefix
			list int
		}
		var rows []row
		p := []*prefixes{{services: []string{""}}, {services: []string{""}}, {services: []string{""}}}
		n := rapid.IntRange(1, 40).Draw(t, "n")
		for range n {
			list := rapid.IntRange(0, 2).Draw(t, "list")
			var a netip.Addr
			bits := 0
			if rapid.Bool().Draw(t, "six") {
				a = netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, 15: byte(rapid.IntRange(0, 255).Draw(t, "low"))})
				bits = rapid.IntRange(118, 128).Draw(t, "bits")
			} else {
				a = netip.AddrFrom4([4]byte{203, 0, 113, byte(rapid.IntRange(0, 255).Draw(t, "d"))})
				bits = rapid.IntRange(24, 32).Draw(t, "bits")
			}
			x := netip.PrefixFrom(a, bits).Masked()
			if !p[list].addPrefix(x, 0) {
				t.Fatal(x)
			}
			rows = append(rows, row{x, list})
		}
		var snaps []*Snapshot
		for i, pp := range p {
			name := string(rune('a' + i))
			snaps = append(snaps, &Snapshot{Name: name, List: &List{ID: name, Kind: KindNetworks, Network: VPN}, content: &content{prefixes: pp, rows: 1}})
		}
		set := newSet(snaps, nil)
		for range 64 {
			r := rapid.SampledFrom(rows).Draw(t, "near")
			a := r.p.Addr()
			switch rapid.IntRange(0, 3).Draw(t, "at") {
			case 1:
				a = lastOf(r.p)
			case 2:
				a = lastOf(r.p).Next()
			case 3:
				a = a.Prev()
			}
			if !a.IsValid() {
				continue
			}
			var want []string
			for _, r := range rows {
				if name := string(rune('a' + r.list)); r.p.Contains(a) && !slices.Contains(want, name) {
					want = append(want, name)
				}
			}
			slices.Sort(want)
			hits, _ := set.Networks(a)
			var got []string
			for _, h := range hits {
				got = append(got, h.Use.List)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %v, want %v of %v", a, got, want, rows)
			}
		}
	})
}

// TestNarrowest compares a table of nested ranges with the most precise row.
func TestNarrowest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &prefixes{}
		var rows []netip.Prefix
		for i := range rapid.IntRange(1, 30).Draw(t, "n") {
			x := netip.PrefixFrom(netip.AddrFrom4([4]byte{203, 0, 113, byte(rapid.IntRange(0, 255).Draw(t, "d"))}), rapid.IntRange(22, 32).Draw(t, "bits")).Masked()
			if slices.Contains(rows, x) {
				continue
			}
			rows = append(rows, x)
			p.addRange(x.Addr(), lastOf(x), uint32(i), false)
		}
		r := build(p.four, p.six, newNarrowest)
		for d := range 256 {
			a := netip.AddrFrom4([4]byte{203, 0, 113, byte(d)})
			best := netip.Prefix{}
			for _, x := range rows {
				if x.Contains(a) && (!best.IsValid() || x.Bits() > best.Bits()) {
					best = x
				}
			}
			got, ok := r.find(a)
			if ok != best.IsValid() {
				t.Fatalf("%s: found is %v", a, ok)
			}
			if ok {
				want := slices.IndexFunc(p.four, func(s span[ip4]) bool { return s.val == got })
				if w := p.four[want]; addr4(w.from) != best.Addr() || addr4(w.to) != lastOf(best) {
					t.Fatalf("%s: %v, want %s", a, w, best)
				}
			}
		}
	})
}
