package checks

import (
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/lists"
	"bonafide/record"
)

func sharedData(t *testing.T, parts ...string) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	path := filepath.Join(append([]string{dir}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("NOT TESTED: %s is not there (set BONAFIDE_DATA); no real tools or monitors were looked at", path)
	}
	return path
}

// cleanInventory is an ordinary developer's computer.
var cleanInventory = []record.ToolSeen{
	{Kind: "file", Value: `C:\Program Files\Git\bin\git.exe`}, {Kind: "file", Value: `C:\Program Files\Go\bin\go.exe`}, {Kind: "file", Value: "/usr/bin/ssh"},
	{Kind: "file", Value: `C:\Windows\System32\svchost.exe`}, {Kind: "file", Value: `C:\Program Files\PuTTY\putty.exe`}, {Kind: "file", Value: "WinSCP.exe"},
	{Kind: "file", Value: "Code.exe"}, {Kind: "file", Value: "nvda.exe"}, {Kind: "file", Value: "tar.exe"}, {Kind: "file", Value: "plink.exe"}, {Kind: "file", Value: "7z.exe"}, {Kind: "file", Value: "tsh.exe"},
	{Kind: "file", Value: "perl.exe"}, {Kind: "file", Value: "mstsc.exe"}, {Kind: "file", Value: "mRemoteNG.exe"}, {Kind: "file", Value: "Insync.exe"}, {Kind: "file", Value: "royalts.exe"}, {Kind: "file", Value: "chrome.exe"}, {Kind: "file", Value: "firefox"}, {Kind: "file", Value: "docker"}, {Kind: "file", Value: "node.exe"},
	{Kind: "file", Value: "python3"}, {Kind: "file", Value: "idea64.exe"}, {Kind: "file", Value: "slack.exe"}, {Kind: "file", Value: "OUTLOOK.EXE"}, {Kind: "file", Value: "explorer.exe"},
	{Kind: "service", Value: "Spooler"}, {Kind: "service", Value: "sshd"}, {Kind: "service", Value: "docker"}, {Kind: "service", Value: "WinDefend"},
	{Kind: "product", Value: "Go Programming Language"}, {Kind: "product", Value: "Mozilla Firefox"}, {Kind: "product", Value: "Git"}, {Kind: "product", Value: "Visual Studio Code"}, {Kind: "product", Value: "PostgreSQL 17"},
	{Kind: "domain", Value: "github.com"}, {Kind: "domain", Value: "go.dev"}, {Kind: "domain", Value: "www.npmjs.com"}, {Kind: "domain", Value: "update.code.visualstudio.com"}, {Kind: "domain", Value: "login.microsoftonline.com"},
}

// TestRealToolInventories: of every documented tool a computer that holds it is
// found by ep-rmm-unapproved, and a developer's computer holds none.
func TestRealToolInventories(t *testing.T) {
	dir := sharedData(t, "remote-tools", "lolrmm", "yaml")
	set, problems := lists.Load(os.DirFS(filepath.Dir(filepath.Dir(dir))), time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	if set == nil {
		t.Fatal(problems)
	}
	answer := func(c *Check, tools []record.ToolSeen) Answer {
		for i := range tools {
			tools[i].Managed = true
		}
		return answerOf(c, &In{App: &record.Application{Tools: tools}, Lists: set, Day: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	}
	for _, c := range []*Check{&epRmmUnapproved, &epRmmMultipleVendors, &epTunnels} {
		if got := answer(c, slices.Clone(cleanInventory)); got.Outcome != record.Clear {
			t.Errorf("%s on a developer's own programs:\n%s", c.ID, read(got))
		}
	}
	tools, documented, found := 0, 0, 0
	var missed []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		tools++
		traces := documentedTraces(string(text))
		if len(traces) == 0 {
			return nil
		}
		documented++
		if answer(&epRmmUnapproved, append(traces, slices.Clone(cleanInventory)...)).Outcome == record.Hit {
			found++
		} else {
			missed = append(missed, d.Name())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tools, %d with executables, found on %d computers; not found: %s", tools, documented, found, strings.Join(missed, " "))
	if documented < 150 || !slices.Equal(missed, told) {
		t.Errorf("of %d documented tools %v are not found; meant to be left out are %v", documented, missed, told)
	}
}

// told are the tools that are left out on purpose, each with its reason in docs/lists.md:
// they reach out from a developer's machine, nobody reaches in by them; one is what
// blind people read the screen with.
var told = []string{"insync.yaml", "mremoteng.yaml", "mstsc.yaml", "nvda.yaml", "royal_ts.yaml"}

// documentedTraces are the executables and services that a tool's file names, read
// without the reader that is tested. A name that leaves out the version gets one.
func documentedTraces(text string) (traces []record.ToolSeen) {
	for line := range strings.Lines(text) {
		word := strings.Trim(strings.TrimSpace(line), `-'" `)
		if service, is := strings.CutPrefix(word, "ServiceName:"); is && strings.TrimSpace(service) != "" {
			traces = append(traces, record.ToolSeen{Kind: "service", Value: strings.Trim(strings.TrimSpace(service), `'"`)})
		}
		if begins, ends, is := strings.Cut(word, "*"); is && ends == ".exe" && len(begins) > 7 && !strings.ContainsAny(begins, `:\/`) {
			word = begins + "2" + ends
		}
		word = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(word, "Filename:"), "File:"))
		word = strings.Trim(word, `'"`)
		if strings.HasSuffix(strings.ToLower(word), ".exe") && !strings.ContainsAny(word, "*?<>%[") && len(word) < 200 {
			traces = append(traces, record.ToolSeen{Kind: "file", Value: word})
		}
	}
	return traces
}

// TestRealMonitors: every published identification of an IP-KVM's monitor is one.
func TestRealMonitors(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedData(t, "remote-tools", "kvm", "edid"), "*.hex"))
	if err != nil || len(files) == 0 {
		t.Fatal("no monitors")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := hex.DecodeString(strings.Join(strings.Fields(string(text)), ""))
		if err != nil || len(b) < 128 {
			t.Fatalf("%s is no EDID", file)
		}
		m := int(b[8])<<8 | int(b[9])
		d := record.Display{Maker: string([]byte{byte(m>>10&31) + 64, byte(m>>5&31) + 64, byte(m&31) + 64}), Product: hex.EncodeToString([]byte{b[11], b[10]})}
		app := &record.Application{Computers: []record.Computer{{Managed: true, Displays: []record.Display{d}}}}
		if got := answerOf(&epIpkvmEdid, &In{App: app}); got.Outcome != record.Hit || got.Findings[0].Strength != record.Strong {
			t.Errorf("%s (%s %s): %s", filepath.Base(file), d.Maker, d.Product, read(got))
		}
	}
}
