package screen

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/egress"
)

// rootHost is where the IANA says which registry answers for which ending (RFC
// 9224). On a tenant's allow-list it stands for the registries that are named there:
// each is asked for the day on which a domain was registered, and for nothing else.
const rootHost = "data.iana.org"

const rdapMost = 1 << 20 // bytes of a registry's answer

// readRegistries finds the server for a domain's ending; "" when none answers.
func readRegistries(b []byte, domain string, plain bool) string {
	var root struct {
		Services [][][]string `json:"services"`
	}
	if json.Unmarshal(b, &root) != nil {
		return ""
	}
	best, server := 0, ""
	for _, s := range root.Services {
		if len(s) != 2 {
			continue
		}
		for _, ending := range s[0] {
			ending = strings.ToLower(ending)
			if len(ending) <= best || !strings.HasSuffix(domain, "."+ending) {
				continue
			}
			for _, u := range s[1] {
				if at, err := url.Parse(u); err == nil && (at.Scheme == "https" || plain) && at.Host != "" && at.User == nil && at.RawQuery == "" {
					best, server = len(ending), strings.TrimSuffix(u, "/")+"/"
					break
				}
			}
		}
	}
	return server
}

// readRegistered reads the day of registration from a registry's answer about a
// domain (RFC 9083, 4.5). A domain that was let go and taken again counts from then.
// Contacts that stand there are not read.
func readRegistered(b []byte, domain string) (at time.Time, ok bool) {
	var d struct {
		Name   string `json:"ldhName"`
		Events []struct {
			Action string `json:"eventAction"`
			Date   string `json:"eventDate"`
		} `json:"events"`
	}
	if json.Unmarshal(b, &d) != nil || d.Name != "" && !strings.EqualFold(strings.TrimSuffix(d.Name, "."), domain) {
		return at, false
	}
	for _, e := range d.Events {
		if e.Action != "registration" && e.Action != "reregistration" {
			continue
		}
		when, err := time.Parse(time.RFC3339, e.Date)
		if err != nil {
			if when, err = time.Parse(time.DateOnly, e.Date); err != nil {
				continue
			}
		}
		if when.Year() > 1984 && when.After(at) { // before the first domain it is a mistake
			at, ok = when.UTC(), true
		}
	}
	return at, ok
}

// Registered is the day on which a domain was registered, and whose registry said
// so. Not known is no answer, and says nothing.
func (l *Lookups) Registered(ctx context.Context, on egress.Occasion, domain string) (at time.Time, host string, ok bool) {
	base := l.Root
	if base == "" {
		base = "https://" + rootHost
	}
	first, err := url.Parse(base)
	if err != nil {
		return at, "", false
	}
	root := l.get(ctx, on, []string{first.Hostname()}, "registries", base+"/rdap/dns.json", "", func(b []byte) (time.Time, error) {
		return l.Now().Add(24 * time.Hour), nil
	})
	server := readRegistries(root.body, domain, l.Plain)
	u, err := url.Parse(server)
	if server == "" || err != nil {
		return at, "", false
	}
	host = strings.ToLower(u.Hostname())
	answer, err := l.Net(on, []string{host}).Fetch(ctx, egress.Request{URL: server + "domain/" + url.PathEscape(domain), Accept: "application/rdap+json", MaxBytes: rdapMost})
	if err != nil {
		return at, host, false
	}
	at, ok = readRegistered(answer.Body, domain)
	return at, host, ok
}
