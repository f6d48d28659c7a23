package checks

import (
	"net/netip"
	"net/url"
	"strings"

	"bonafide/record"
)

// indicatorValue is one value of an application that published indicators can
// name, with its field and the family it belongs to.
type indicatorValue struct {
	typ, value, field string
	family            record.Family
}

// maxIndicatorValues bounds the work on one record.
const maxIndicatorValues = 400

// indicatorValues are the values that name one thing: never a name.
func indicatorValues(a *record.Application) (out []indicatorValue) {
	add := func(typ, value, field string, family record.Family) {
		if value != "" && len(out) < maxIndicatorValues {
			out = append(out, indicatorValue{typ, value, field, family})
		}
	}
	for i, m := range a.Emails {
		add("email", m, indexed("emails", i), record.Contact)
		if _, domain, ok := strings.Cut(m, "@"); ok {
			add("email-domain", domain, indexed("emails", i), record.Contact)
			add("domain", domain, indexed("emails", i), record.Contact)
		}
	}
	for i, p := range a.Phones {
		add("phone", p, indexed("phones", i), record.Contact)
	}
	for i, acc := range a.Accounts {
		if service, ok := indicatorServices[strings.ToLower(acc.Service)]; ok {
			add(service, acc.Handle, indexed("accounts", i), record.Contact)
		}
	}
	for i, raw := range a.URLs {
		add("url", raw, indexed("urls", i), record.CV)
		if host := hostOfPage(raw); host != "" {
			if service, ok := profileHosts[host]; ok {
				add(service, raw, indexed("urls", i), record.Contact)
			} else {
				add("domain", host, indexed("urls", i), record.CV)
			}
		}
	}
	for i, p := range a.Payouts {
		switch p.Kind {
		case "crypto":
			add("wallet", p.Value, indexed("payouts", i), record.Pay)
		case "iban":
			add("iban", p.Value, indexed("payouts", i), record.Pay)
		}
	}
	add("hash", a.Resume.SHA256, "resume.sha256", record.CV)
	for i, p := range a.Photos {
		add("hash", p.SHA256, indexed("photos", i), record.Ident)
	}
	seen := map[netip.Addr]bool{}
	for i, s := range a.Sessions {
		if ip, ok := publicAddr(s.IP); ok && !seen[ip] {
			seen[ip] = true
			add("ip", s.IP, sessionField(i, "ip"), record.Net)
		}
	}
	return out
}

var indicatorServices = map[string]string{"github": "github", "gitlab": "gitlab", "linkedin": "linkedin", "telegram": "telegram", "x": "x", "twitter": "x",
	"discord": "discord", "skype": "skype", "upwork": "upwork", "freelancer": "freelancer"}

// profileHosts are sites where everybody has a page: the handle counts there,
// the domain says nothing.
var profileHosts = map[string]string{"github.com": "github", "gitlab.com": "gitlab", "linkedin.com": "linkedin", "t.me": "telegram", "x.com": "x",
	"twitter.com": "x", "upwork.com": "upwork", "freelancer.com": "freelancer"}

func hostOfPage(raw string) string {
	if !strings.Contains(raw, "://") {
		raw = "https://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
