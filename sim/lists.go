package sim

import (
	"fmt"
	"strings"
)

// ListFile is a list that describes the reserved values of the populations, so
// that the checks that read lists have something to read.
type ListFile struct{ Name, Text string }

// Lists are the networks and mail domains of every population: the shared VPN
// exits, the country of each home network, free and disposable mail.
func Lists() []ListFile {
	w := newWorld(Options{})
	const head = "# as-of: 2026-11-20\n"
	var geo strings.Builder
	geo.WriteString(head + "start,end,country\n")
	for i, c := range w.countries {
		first := i << 11
		fmt.Fprintf(&geo, "2001:db8:%x::,2001:db8:%x:ffff:ffff:ffff:ffff:ffff,%s\n", first, first|0x7ff, c.code)
	}
	return []ListFile{
		{"disposable.txt", head + strings.Join(disposableHosts, "\n") + "\n"},
		{"free.txt", head + strings.Join(freeMail, "\n") + "\n"},
		{"vpn.txt", head + "203.0.113.0/25\n"},
		{"geo-country.csv", geo.String()},
	}
}
