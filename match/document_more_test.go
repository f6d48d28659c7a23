package match

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestZoneDates(t *testing.T) {
	const on = "2026-11-22"
	for short, want := range map[string][]string{
		"740812": {"1974-08-12"}, "261122": {"2026-11-22", "1926-11-22"}, "261123": {"1926-11-23"}, "100101": {"2010-01-01", "1910-01-01"},
		"740230": nil, "000229": {"2000-02-29"}, "7408<<": {"1974-08"}, "74<<<<": {"1974"}, "<<<<<<": nil, "7A0812": nil, "": nil, "741301": nil,
	} {
		if got := ZoneBirths(short, on); !slices.Equal(got, want) {
			t.Errorf("ZoneBirths(%q) = %v, want %v", short, got, want)
		}
	}
	for short, want := range map[string]string{"320415": "2032-04-15", "120415": "2012-04-15", "770101": "1977-01-01", "760101": "2076-01-01", "991231": "1999-12-31", "270229": "", "": ""} {
		if got := ZoneExpiry(short, on); got != want {
			t.Errorf("ZoneExpiry(%q) = %q, want %q", short, got, want)
		}
	}
}

func TestZoneSpelling(t *testing.T) {
	for name, want := range map[string]string{
		"Müller-Lüdenscheidt": "MUELLER<LUEDENSCHEIDT", "O’Brien": "OBRIEN", "D'Arc": "DARC", "Núñez": "NUNEZ", "Ørsted": "OERSTED", "Straße": "STRASSE",
		"Łukasz": "LUKASZ", "Олександр": "OLEKSANDR", "Щербак": "SHCHERBAK", "Þór": "THOR", "İbrahim": "IBRAHIM", "": "", "  A  B ": "A<B", "Nguyễn": "NGUYEN", "محمد": "MXHMD",
	} {
		got := ""
		if all := ZoneSpellings(name); len(all) > 0 {
			got = all[0]
		}
		if got != want {
			t.Errorf("ZoneSpellings(%q) = %q, want %q", name, got, want)
		}
	}
	if len(ZoneSpellings(strings.Repeat("ÄÖÜ", 60))) > 64 {
		t.Error("spellings are not bounded")
	}
}

func TestZonePrints(t *testing.T) {
	zone := func(surname, given string, cut bool) *MRZ { return &MRZ{Surname: surname, Given: given, NameCut: cut} }
	for _, c := range []struct {
		m    *MRZ
		name string
		want bool
	}{
		{zone("MUELLER", "JOERG", false), "Jörg Müller", true},
		{zone("MULLER", "JORG", false), "Jörg Müller", true},
		{zone("MUXXLLER", "JORG", false), "Jörg Müller", true},
		{zone("NUNEZ", "ANA", false), "Ana Núñez", true},
		{zone("ERIKSSON", "ANNA", false), "Anna Maria Eriksson", false},
		{zone("CACADOR DE ARAUJO", "ANDRE ESTEV", true), "André Estevão Caçador de Araújo", true},
		{zone("ERIKSSON", "ANNA", false), "Otto Eriksson", false},
		{zone("PETRENKO", "OLEKSANDR", false), "Олександр Петренко", true},
	} {
		if got := c.m.ZonePrints(c.name); got != c.want {
			t.Errorf("%s %s prints %s: %v", c.m.Given, c.m.Surname, c.name, got)
		}
	}
}

// TestProposals: what a camera got wrong is proposed, and nothing is changed.
func TestProposals(t *testing.T) {
	const name, data = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
	for _, c := range []struct {
		name, lines string
		want        string // data line of the only proposal, "" for none, "?" for several or none
	}{
		{"all holds", name + data, ""},
		{"I for 1", name + "L898902C36UTO7408122FI204159ZE184226B<<<<<10", data},
		{"letters in dates and digits, digits in names", "P<UT0ERIK55ON<<ANNA<MAR1A<<<<<<<<<<<<<<<<<<<" + "L898902C36UTO740BIZZF12041S9ZE184226B<<<<<1O", data},
		{"B for 8 in the number", name + "L89B902C36UTO7408122F1204159ZE184226B<<<<<10", data},
		{"two confusions", name + "LB9B902C36UTO7408122F1204159ZE184226B<<<<<10", "?"},
		{"a date that was altered", name + "L898902C36UTO7508122F1204159ZE184226B<<<<<10", ""},
	} {
		m, ok := ParseMRZ([]string{c.lines})
		if !ok {
			t.Fatalf("%s: not read", c.name)
		}
		before := string(m.data)
		all := m.Proposals()
		if string(m.data) != before {
			t.Errorf("%s: the zone itself was changed", c.name)
		}
		for _, p := range all {
			fixed, ok := ParseMRZ(p.Lines)
			if !ok || len(fixed.Faults()) > 0 || len(p.Changes) == 0 {
				t.Errorf("%s: proposes %v, which does not hold", c.name, p.Lines)
			}
			for _, ch := range p.Changes {
				if p.Lines[ch.Line-1][ch.Column-1] != ch.To || before[(ch.Line-1)*44+ch.Column-1] != ch.From {
					t.Errorf("%s: change %+v is not where it says", c.name, ch)
				}
			}
		}
		switch {
		case c.want == "?":
		case c.want == "" && len(all) > 0:
			t.Errorf("%s: proposes %v", c.name, all)
		case c.want != "" && (len(all) == 0 || !slices.ContainsFunc(all, func(p Proposal) bool { return p.Lines[1] == c.want && p.Lines[0] == name })):
			t.Errorf("%s: proposes %+v", c.name, all)
		}
	}
}

// TestMRZNotes: oddities that check digits do not see.
func TestMRZNotes(t *testing.T) {
	m, _ := ParseMRZ([]string{"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"})
	if got := m.Notes("2026-11-22"); !slices.Equal(got, []string{NoteExpired}) {
		t.Errorf("notes %v", got)
	}
	m.Issuer, m.Expires = "QQQ", "320415"
	if got := m.Notes("2026-11-22"); !slices.Equal(got, []string{NoteIssuer}) {
		t.Errorf("notes %v", got)
	}
}

// TestMRZPublishedProposals: of the published zones a camera misread, those that
// have one right reading get it; tampered ones whose change no camera makes get none of
// the original's silently.
func TestMRZPublishedProposals(t *testing.T) {
	f, err := os.Open(filepath.Join(dataDir(), "mrtd", "mrz", "mrz.jsonl"))
	if err != nil {
		t.Skip("NOT TESTED: proposals for misread published zones (mrtd/mrz/mrz.jsonl is not there; set BONAFIDE_DATA)")
	}
	defer f.Close()
	read := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		var v struct {
			ID, Kind string
			Lines    []string
			AllOK    bool `json:"all_checks_ok"`
		}
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		m, ok := ParseMRZ(v.Lines)
		if !ok {
			continue
		}
		read++
		all := m.Proposals()
		t.Logf("%s %s: holds %v, %d proposals", v.ID, v.Kind, len(m.Faults()) == 0, len(all))
		if v.Kind == "specimen" && len(all) > 0 {
			t.Errorf("%s: a zone that holds got proposals %v", v.ID, all)
		}
		for _, p := range all {
			if fixed, ok := ParseMRZ(p.Lines); !ok || len(fixed.Faults()) > 0 {
				t.Errorf("%s: proposal does not hold", v.ID)
			}
		}
	}
	if read < 20 {
		t.Errorf("only %d zones", read)
	}
}

func FuzzZoneLetters(f *testing.F) {
	f.Add("Jörg Müller", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7508122F1204159ZE184226B<<<<<10")
	f.Add("محمد", strings.Repeat("0", 90))
	f.Fuzz(func(t *testing.T, name, zone string) {
		for _, s := range ZoneSpellings(name) {
			if strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ<") != "" {
				t.Fatalf("%q is no spelling of a zone", s)
			}
		}
		m, ok := ParseMRZ([]string{zone})
		if !ok {
			return
		}
		m.ZonePrints(name)
		m.Notes("2026-11-22")
		for _, p := range m.Proposals() {
			if fixed, ok := ParseMRZ(p.Lines); !ok || len(fixed.Faults()) > 0 || len(p.Changes) == 0 {
				t.Fatalf("proposal does not hold: %v", p.Lines)
			}
		}
	})
}
