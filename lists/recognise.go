package lists

import (
	"bytes"
	"net/netip"
	"path"
	"slices"
	"strings"
)

// recognise says which list a file is, by its path and the first bytes of it;
// nil and a reason when it is none that we read.
func recognise(file string, head []byte) (*List, string) {
	for _, l := range Catalogue() {
		for _, pattern := range l.Files {
			if matchTail(pattern, file) {
				return l, ""
			}
		}
	}
	ext := strings.ToLower(path.Ext(file))
	text := false
	if (ext == ".xml" || ext == ".csv" || ext == ".json" || ext == ".txt") && isEntityFile(file, head) {
		return &List{ID: stemOf(file), Kind: KindEntities, Cadence: Daily, parse: parseEntityFile}, ""
	}
	switch ext {
	case ".mmdb":
		l := ownList(file, "geo", parseMMDB)
		l.Cadence = Weekly
		return l, ""
	case ".gz", ".zip", ".zst", ".xz", ".7z", ".bz2":
		return nil, "compressed; lists import unpacks gzip"
	case ".csv", ".tsv":
		if word, parse := tableOf(head); parse != nil {
			return ownList(file, word, parse), ""
		}
	case ".json":
		if word, parse := documentOf(head); parse != nil {
			return ownList(file, word, parse), ""
		}
	case ".txt", ".lst", ".list", ".conf", ".cidr", ".netset", ".ipset", ".zone", "":
		text = true
	default:
		return nil, "not a format of lists"
	}
	word, service := classOf(file)
	if word == "" {
		return nil, "its name says no class of list that is read"
	}
	if err := notAList(file, head); err != nil && (text || ext == ".csv" || ext == ".tsv" || bytes.HasPrefix(bytes.TrimSpace(head), []byte("<"))) {
		return ownList(file, word, nil), "" // Load says what stands there
	}
	what := wordsIn(head)
	if ext == ".json" && classes[word].kind == KindNetworks && isHosterJSON(head) {
		return ownList(file, word, parseCloudJSON), ""
	}
	if ext == ".json" {
		what = stringsIn(head)
		if what != "" && isWarninglist(head) && word == "vpn" {
			word = "datacenter" // MISP's VPN lists are lists of hosters
		}
	}
	switch {
	case what == "":
		return nil, "neither addresses nor domains"
	case word == "relay" && what == "domains":
		word = "relay-mail"
	}
	c := classes[word]
	if (c.kind == KindNetworks) != (what == "addresses") || c.kind == KindGeo {
		return nil, "holds " + what + ", which is not what its name says"
	}
	var parse parser
	switch {
	case ext == ".json" && isWarninglist(head):
		parse = parseWarninglist
	case ext == ".json":
		parse = parseStrings
	case c.kind == KindMX:
		parse = parseExchangers
	case c.kind == KindMail:
		parse = parseDomains
	default:
		parse = parsePrefixes(word == "watch")
	}
	l := ownList(file, word, parse)
	l.Service = service
	return l, ""
}

// ownList is a list that nobody but its folder knows; its name in evidence is
// the file's.
func ownList(file, word string, parse parser) *List {
	c := classes[word]
	return &List{ID: stemOf(file), Kind: c.kind, Network: c.network, Mail: c.mail, Cadence: c.cadence, parse: parse}
}

func stemOf(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// matchTail matches a pattern of n elements with the last n of a path.
func matchTail(pattern, file string) bool {
	for n := strings.Count(pattern, "/"); ; n-- {
		i := strings.LastIndexByte(file, '/')
		if n == 0 {
			ok, _ := path.Match(path.Base(pattern), file[i+1:])
			return ok
		}
		for range n { // the last n+1 elements
			if i < 0 {
				return false
			}
			i = strings.LastIndexByte(file[:i], '/')
		}
		ok, _ := path.Match(pattern, file[i+1:])
		return ok
	}
}

// services are the names of VPN services as files are called after them.
var services = map[string]string{
	"mullvad": "Mullvad", "mullvadvpn": "Mullvad", "pia": "Private Internet Access", "privateinternetaccess": "Private Internet Access",
	"protonvpn": "Proton VPN", "nordvpn": "NordVPN", "expressvpn": "ExpressVPN", "astrill": "Astrill", "astrillvpn": "Astrill",
	"surfshark": "Surfshark", "windscribe": "Windscribe", "ivpn": "IVPN", "cyberghost": "CyberGhost", "purevpn": "PureVPN",
	"tunnelbear": "TunnelBear", "hidemyass": "HMA", "airvpn": "AirVPN", "vyprvpn": "VyprVPN", "torguard": "TorGuard",
}

// words of file and folder names that say a class; the first row that has one
// of them decides.
var nameWords = []struct {
	class string
	words []string
}{
	{"watch", []string{"watch", "watchlist"}},
	{"disposable", []string{"disposable", "burner", "throwaway", "trashmail", "tempmail", "temporary"}},
	{"tor", []string{"tor", "torexit", "torbulkexitlist", "onionoo"}},
	{"relay", []string{"relay", "relays", "privaterelay", "icloud"}},
	{"datacenter", []string{"datacenter", "datacentre", "datacenters", "hosting", "hosters"}},
	{"cloud", []string{"cloud", "clouds", "amazon", "aws", "google", "gcp", "azure", "microsoft", "oracle", "oci", "digitalocean",
		"linode", "vultr", "cloudflare", "ovh", "hetzner", "alibaba", "tencent", "github", "openai"}},
	{"vpn", []string{"vpn", "vpns"}},
	{"proxy", []string{"proxy", "proxies", "socks", "residential"}},
	{"free", []string{"free", "freemail", "webmail"}},
}

// parts of words that say a class, for names written in one: part, class.
var namePart = [][2]string{{"disposable", "disposable"}, {"tempmail", "disposable"}, {"datacenter", "datacenter"}, {"privaterelay", "relay"},
	{"torexit", "tor"}, {"vpn", "vpn"}, {"proxies", "proxy"}}

// classOf reads a class, and the one service a list is about, out of a path:
// the file's own name first, then the folders' from the inside out.
func classOf(file string) (class, service string) {
	parts := strings.Split(strings.ToLower(file), "/")
	parts[len(parts)-1] = strings.ToLower(stemOf(file))
	for i := len(parts) - 1; i >= max(0, len(parts)-3); i-- {
		words := strings.FieldsFunc(parts[i], func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
		if slices.Contains(words, "mx") || slices.Contains(words, "mxs") {
			return "mx", ""
		}
		if slices.Contains(words, "apple") && slices.Contains(words, "proxy") {
			return "relay", ""
		}
		if slices.Contains(words, "asn") {
			return "", "" // numbers of systems, not addresses
		}
		for _, w := range words {
			if s := services[w]; s != "" {
				return "vpn", s
			}
		}
		for _, row := range nameWords {
			for _, w := range words {
				if slices.Contains(row.words, w) {
					return row.class, ""
				}
			}
		}
		if i == len(parts)-1 { // "vpnlist", "disposabledomains"
			for _, part := range namePart {
				if strings.Contains(parts[i], part[0]) {
					return part[1], ""
				}
			}
		}
	}
	return "", ""
}

// wordsIn says what the first rows of a text hold: "addresses", "domains" or
// neither.
func wordsIn(head []byte) string {
	addresses, domains, all := 0, 0, 0
	for _, line := range lines(wholeLines(head)) {
		if isTorNote(line) {
			continue
		}
		cells := cellsOf(strings.TrimPrefix(line, "ExitAddress "))
		label := 0
		if headerOf(cells, &label) {
			addresses++
			all++
			continue
		}
		word, _, _ := strings.Cut(cells[0], " ")
		switch {
		case isAddress(word):
			addresses++
		default:
			if _, ok := domainOf(word); ok {
				domains++
			}
		}
		all++
	}
	return majority(addresses, domains, all)
}

func majority(addresses, domains, all int) string {
	switch {
	case all > 0 && addresses*2 > all:
		return "addresses"
	case all > 0 && domains*2 > all:
		return "domains"
	}
	return ""
}

// stringsIn says what the strings of a JSON array hold, looking at the head only.
func stringsIn(head []byte) string {
	addresses, domains, all := 0, 0, 0
	_, list, ok := bytes.Cut(head, []byte("["))
	for ok {
		var between, word []byte
		if between, list, ok = bytes.Cut(list, []byte(`"`)); !ok || bytes.IndexByte(between, ']') >= 0 {
			break
		}
		if word, list, ok = bytes.Cut(list, []byte(`"`)); !ok {
			break
		}
		if isAddress(string(word)) {
			addresses++
		} else if _, is := domainOf(string(word)); is {
			domains++
		}
		all++
	}
	return majority(addresses, domains, all)
}

func isWarninglist(head []byte) bool {
	head = bytes.TrimSpace(head)
	return bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte(`"list"`)) &&
		(bytes.Contains(head, []byte(`"description"`)) || bytes.Contains(head, []byte(`"matching_attributes"`)))
}

// isHosterJSON recognises the members under which hosters publish ranges.
func isHosterJSON(head []byte) bool {
	for key := range rangeKeys {
		if bytes.Contains(head, []byte(`"`+key+`"`)) {
			return true
		}
	}
	return false
}

func isAddress(s string) bool {
	if strings.IndexByte(s, '/') > 0 {
		_, err := netip.ParsePrefix(s)
		return err == nil
	}
	s, _, _ = strings.Cut(s, "-")
	_, err := netip.ParseAddr(s)
	return err == nil
}

// wholeLines drops the last, probably cut line of a full head.
func wholeLines(head []byte) []byte {
	if len(head) < headSize {
		return head
	}
	if i := bytes.LastIndexByte(head, '\n'); i > 0 {
		return head[:i]
	}
	return head
}

// tableOf recognises a CSV by its first row.
func tableOf(head []byte) (string, parser) {
	for _, line := range lines(wholeLines(head)) {
		row := cellsOf(line)
		if c, ok := columnsOf(row); ok {
			return map[bool]string{true: "geo", false: "asn"}[c.country >= 0], parseRanges
		}
		if isIndicatorHeader(row) {
			return "indicators", parseIndicatorCSV
		}
		if isDeviceHeader(row) {
			return "devices", parseDeviceCSV
		}
		if c, ok := columnsFrom(row); ok {
			return map[bool]string{true: "geo", false: "asn"}[c.country >= 0], parseRanges
		}
		break
	}
	return "", nil
}

// documentOf recognises a JSON document of threat intelligence by its head.
func documentOf(head []byte) (string, parser) {
	squeezed := bytes.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, head)
	switch {
	case bytes.HasPrefix(squeezed, []byte(`{"type":"bundle"`)), bytes.HasPrefix(squeezed, []byte("{")) && bytes.Contains(squeezed, []byte(`"type":"bundle"`)):
		return "indicators", parseSTIX
	case bytes.HasPrefix(squeezed, []byte(`{"Event":{`)), bytes.HasPrefix(squeezed, []byte(`{"response":[{"Event"`)), bytes.HasPrefix(squeezed, []byte(`[{"Event":{`)):
		return "indicators", parseMISPEvents
	case bytes.HasPrefix(squeezed, []byte(`[{"Name":`)) && bytes.Contains(squeezed, []byte(`"Category":`)):
		return "tools", parseToolsJSON
	}
	return "", nil
}
