package checks

import (
	"slices"
	"strings"

	"bonafide/lists"
	"bonafide/record"
)

// Programs that open a way into a computer from outside: developers use them every
// day to show a page or to reach a machine at home. Here only those on a work
// computer are named that nobody allowed, and they never count alone.
var epTunnels = Check{
	ID: "ep-tunnels",
	Title: record.Text{
		EN: "A tunnel into a work computer",
		DE: "Ein Tunnel in einen Arbeitsrechner",
		PT: "Um túnel para um computador de trabalho",
	},
	Text: record.Text{
		EN: "On a computer of the employer a tunnel program was seen (of an editor, ngrok, cloudflared, Tailscale, ZeroTier) that nobody approved. First see what your own rules allow.",
		DE: "Auf einem Rechner des Arbeitgebers wurde ein nicht freigegebenes Tunnelprogramm gesehen (eines Editors, ngrok, cloudflared, Tailscale, ZeroTier). Sehen Sie zuerst nach, was die eigenen Regeln erlauben.",
		PT: "Num computador do empregador foi visto um programa de túnel sem aprovação (de um editor, ngrok, cloudflared, Tailscale, ZeroTier). Veja primeiro o que as suas regras permitem.",
	},
	Stage:      []string{"employment"},
	Family:     record.Endpoint,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"tools", "computers"},
	Sources:    []string{"lolrmm", "sigma"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "developers who show a page or reach their own machines", DE: "Entwickler, die eine Seite zeigen oder eigene Rechner erreichen", PT: "programadores que mostram uma página ou acedem às suas máquinas"},
		{EN: "a network that the firm itself runs with such a program", DE: "ein Netz, das die Firma selbst damit betreibt", PT: "uma rede que a própria empresa opera com tal programa"},
	},
	Clears: []record.Text{
		{EN: "a rule or a named person that allows it", DE: "eine Regel oder ein namentlich genannter Mensch, der es erlaubt", PT: "uma regra ou uma pessoa identificada que o permite"},
	},
	Ask: record.Text{
		EN: "Please tell us what you use the program for, so that it can be allowed or replaced.",
		DE: "Bitte sagen Sie uns, wozu Sie das Programm nutzen, damit es erlaubt oder ersetzt werden kann.",
		PT: "Diga-nos, por favor, para que usa o programa, para que possa ser permitido ou substituído.",
	},
	Since:   "2024-01-01",
	Version: 1,
	run:     runEpTunnels,
}

var sayTunnel = record.Text{
	EN: "On the employer's computer a tunnel program was seen that nobody approved.",
	DE: "Auf dem Rechner des Arbeitgebers wurde ein nicht freigegebenes Tunnelprogramm gesehen.",
	PT: "No computador do empregador foi visto um programa de túnel sem aprovação.",
}

// tunnel is a program by its own names, as its maker documents them.
type tunnel struct {
	name    string
	files   []string
	domains []string
	words   []string // products and services
}

var tunnels = []tunnel{
	{"editor tunnel", []string{"code-tunnel.exe", "code-tunnel", "devtunnel.exe", "devtunnel"}, []string{"tunnels.api.visualstudio.com", "devtunnels.ms"}, []string{"dev tunnels", "code tunnel", "code-tunnel"}},
	{"ngrok", []string{"ngrok.exe", "ngrok"}, []string{"ngrok.com", "ngrok.io", "ngrok.app", "ngrok.dev", "ngrok-free.app", "ngrok-free.dev", "ngrok-agent.com"}, []string{"ngrok"}},
	{"cloudflared", []string{"cloudflared.exe", "cloudflared"}, []string{"argotunnel.com", "trycloudflare.com"}, []string{"cloudflared", "cloudflare tunnel"}},
	{"Tailscale", []string{"tailscale.exe", "tailscaled.exe", "tailscale-ipn.exe", "tailscale", "tailscaled"}, []string{"tailscale.com", "tailscale.io"}, []string{"tailscale"}},
	{"ZeroTier", []string{"zerotier-one.exe", "zerotier-one_x64.exe", "zerotier-one", "zerotier_desktop_ui.exe"}, []string{"zerotier.com"}, []string{"zerotier one", "zerotier-one", "zerotieroneservice"}},
}

func runEpTunnels(in *In) Answer {
	looked := false
	var evidence []record.Evidence
	for _, t := range traces(in) {
		looked = true
		if !t.managed || t.approved || len(evidence) >= 6 {
			continue
		}
		if name := tunnelOf(&t); name != "" {
			evidence = append(evidence, record.Evidence{Field: t.field, ComparedWith: name})
		}
	}
	switch {
	case !looked:
		return noData
	case evidence == nil:
		return allClear
	}
	return hit(observed(record.Supporting, sayTunnel, evidence...))
}

func tunnelOf(t *trace) string {
	value := strings.ToLower(strings.TrimSpace(t.value))
	for i := range tunnels {
		u := &tunnels[i]
		switch t.kind {
		case lists.TraceFile:
			if slices.Contains(u.files, value[strings.LastIndexAny(value, `/\`)+1:]) {
				return u.name
			}
		case lists.TraceDomain:
			if within(value, u.domains) {
				return u.name
			}
		default:
			if len(value) < 200 && (slices.Contains(u.words, value) || slices.Contains(u.words, versionTail.ReplaceAllString(value, ""))) {
				return u.name
			}
		}
	}
	return ""
}
