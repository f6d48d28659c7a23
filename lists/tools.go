package lists

import (
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"bonafide/record"
)

// Tool is one remote-access product and the traces by which it is known.
type Tool struct {
	Name     string
	Category string   // as the list says: RMM or RAT
	Files    []string // executables, base names in lower case; "name*.exe" is every one that begins so
	Domains  []string // a host is one of them or below one
	Services []string // service names in lower case
	Products []string // product names in lower case
}

// ToolHit is a tool that a trace belongs to.
type ToolHit struct {
	Tool string
	Use  record.ListUse
}

// Trace is the kind of a trace of a program.
type Trace string

// The kinds of traces.
const (
	TraceFile    Trace = "file"    // an executable, with or without its path
	TraceDomain  Trace = "domain"  // a host it talked to
	TraceService Trace = "service" // a service it installed
	TraceProduct Trace = "product" // a name in a software inventory
)

// everyday are programs that lists of remote-access tools name and that stand
// on ordinary developers' machines: they reach out, nobody reaches in.
var everyday = []string{"putty", "kitty", "winscp", "mremoteng", "mobaxterm", "securecrt", "syncthing", "solar-putty", "s3 browser", "terminals",
	"zoc", "smartty", "filezilla", "rclone", "royal ts", "remmina", "ninite", "yandex.disk", "koofr", "insync",
	"nvda (non-visual desktop access)"} // the screen reader: whoever needs it is not asked why

// generic are file names that say nothing of the product.
var generic = []string{"agent.exe", "client.exe", "server.exe", "service.exe", "setup.exe", "install.exe", "installer.exe", "update.exe",
	"updater.exe", "host.exe", "viewer.exe", "launcher.exe", "helper.exe", "connect.exe", "remote.exe", "uninstall.exe", "main.exe", "app.exe",
	"console.exe", "tray.exe", "monitor.exe", "ssh.exe", "sshd.exe", "powershell.exe", "cmd.exe", "msiexec.exe", "rundll32.exe", "java.exe",
	"python.exe", "node.exe", "perl.exe", "wperl.exe", "tar.exe", "7z.exe", "plink.exe", "nssm.exe", "osqueryi.exe", "tsh.exe", "nvda.exe", "mstsc.exe", "explorer.exe", "svchost.exe"}

// broad are domains that very many programs talk to.
var broad = []string{"google.com", "googleapis.com", "gstatic.com", "microsoft.com", "live.com", "office.com", "windows.net", "azure.com",
	"azureedge.net", "azurewebsites.net", "windowsupdate.com", "amazonaws.com", "cloudfront.net", "github.com", "githubusercontent.com",
	"akamaized.net", "akamai.net", "cloudflare.com", "apple.com", "dropbox.com", "sentry.io", "zoho.com", "cisco.com", "webex.com", "oracle.com"}

// toolIndex answers by trace. A trace that three or more products share says
// nothing about any of them and is left out.
type toolIndex struct {
	by   map[Trace]map[string][]int
	like []string // keys of files that are a beginning: "zabbix_agent*.exe"
	hits []ToolHit
}

func (x *toolIndex) with(s *Snapshot) *toolIndex {
	if x == nil {
		x = &toolIndex{by: map[Trace]map[string][]int{}}
	}
	for _, t := range s.content.tools {
		if slices.Contains(everyday, strings.ToLower(t.Name)) {
			continue
		}
		n := len(x.hits)
		x.hits = append(x.hits, ToolHit{t.Name, s.Use()})
		for trace, values := range map[Trace][]string{TraceFile: t.Files, TraceDomain: t.Domains, TraceService: t.Services, TraceProduct: t.Products} {
			if x.by[trace] == nil {
				x.by[trace] = map[string][]int{}
			}
			for _, v := range values {
				if strings.Contains(v, "*") && !slices.Contains(x.like, v) {
					x.like = append(x.like, v)
				}
				if at := x.by[trace][v]; !slices.Contains(at, n) {
					x.by[trace][v] = append(at, n)
				}
			}
		}
	}
	return x
}

// Tool is every tool a trace belongs to; ok is false when no list of tools is
// loaded.
func (s *Set) Tool(trace Trace, value string) (hits []ToolHit, ok bool) {
	if s == nil || s.tools == nil {
		return nil, false
	}
	value = strings.ToLower(strings.TrimSpace(value))
	switch trace {
	case TraceFile:
		if i := strings.LastIndexAny(value, `/\`); i >= 0 {
			value = value[i+1:]
		}
		hits = s.tools.of(trace, value)
		for _, like := range s.tools.like {
			begins, ends, _ := strings.Cut(like, "*")
			if len(hits) == 0 && len(value) >= len(begins)+len(ends) && strings.HasPrefix(value, begins) && strings.HasSuffix(value, ends) {
				hits = s.tools.of(trace, like)
			}
		}
	case TraceDomain:
		value, _, _ = strings.Cut(strings.TrimSuffix(plainDomain(value), "."), ":")
		for part := value; part != ""; _, part, _ = strings.Cut(part, ".") {
			for _, h := range s.tools.of(trace, part) {
				if !slices.Contains(hits, h) {
					hits = append(hits, h)
				}
			}
		}
	default:
		hits = s.tools.of(trace, value)
	}
	return hits, true
}

func (x *toolIndex) of(trace Trace, value string) []ToolHit {
	at := x.by[trace][value]
	names := map[string]bool{}
	var hits []ToolHit
	for _, n := range at {
		names[strings.ToLower(strings.Join(strings.Fields(x.hits[n].Tool), ""))] = true
		hits = append(hits, x.hits[n])
	}
	if len(names) >= 3 {
		return nil
	}
	return hits
}

// leastBeginning is how much of a name a pattern must say: "zabbix_agent*.exe".
const leastBeginning = 8

// file adds an executable's name, unless it says nothing; of patterns those that
// leave out the end of a name, where versions stand.
func (t *Tool) file(s string) {
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	s = strings.ToLower(strings.TrimSpace(s))
	if begins, ends, pattern := strings.Cut(s, "*"); pattern && (ends != ".exe" || len(begins) < leastBeginning || strings.Contains(begins, ".")) {
		return
	}
	if len(s) < 6 || !strings.Contains(s, ".") || strings.ContainsAny(s, "?%[]{}<>") || slices.Contains(generic, s) || slices.Contains(t.Files, s) {
		return
	}
	switch s[strings.LastIndexByte(s, '.'):] {
	case ".exe", ".app", ".dmg", ".msi", ".apk", ".deb", ".rpm", ".pkg", ".appimage", ".scr", ".jar":
		t.Files = append(t.Files, s)
	}
}

// left adds an executable that a tool leaves behind, where its name is of the tool's
// own: what else lies in such a folder is an archiver, an interpreter, or the screen
// reader that a blind colleague works with.
func (t *Tool) left(path string) {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, strings.ToLower(s))
	}
	const shared = 6
	name := letters(path[strings.LastIndexAny(path, `/\`)+1:])
	if len(name) >= shared && strings.Contains(letters(t.Name), name[:shared]) {
		t.file(path)
	}
}

// domain adds a host or the fixed end of a pattern ("*.x.org",
// "relay-[a-f0-9]{8}.net.x.org:443"), unless that is a domain of everybody.
func (t *Tool) domain(s string) {
	s = strings.ToLower(strings.TrimSpace(s))
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	if i := strings.LastIndexByte(s, ':'); i >= 0 && isNumber(s[i+1:]) {
		s = s[:i]
	}
	pattern := false
	if i := strings.LastIndexAny(s, "*?[]{}()+\\<>"); i >= 0 {
		pattern = true
		_, s, _ = strings.Cut(s[i+1:], ".")
	}
	d, ok := domainOf(s)
	if !ok || slices.Contains(broad, d) {
		return
	}
	base, err := publicsuffix.EffectiveTLDPlusOne(d)
	if err != nil || pattern && slices.Contains(broad, base) || slices.Contains(t.Domains, d) {
		return
	}
	t.Domains = append(t.Domains, d)
}

// join adds the tools of another part of the same list.
func (s *Snapshot) join(part *Snapshot) {
	s.content.tools = append(s.content.tools, part.content.tools...)
	s.Rows += part.Rows
	s.Size += part.Size
	s.Bad += part.Bad
	s.SHA256 = hashOf([]byte(s.SHA256 + part.SHA256))
	if part.AsOf > s.AsOf { // the newest part says how far the list reaches
		s.AsOf, s.From, s.Stale = part.AsOf, part.From, part.Stale
	}
}
