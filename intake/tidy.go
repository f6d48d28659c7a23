package intake

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// tidy brings contacts into the record's form and then checks what every
// application must fulfil. A telephone number becomes E.164 where its country
// is clear; what was written stays in extra.
func tidy(a *record.Application) error {
	for i, e := range a.Emails {
		if t := strings.TrimSpace(e); t != e {
			a.Emails[i] = t
		}
	}
	region := ""
	for i, p := range a.Phones {
		if plain(p) {
			continue
		}
		if region == "" {
			region = phoneRegion(a)
		}
		if e164, ok := match.Phone(p, region); ok && e164 != p {
			keepText(a, "phones["+strconv.Itoa(i)+"]", p)
			a.Phones[i] = e164
		}
	}
	return valid(a)
}

// plain reports whether p is a plus sign and digits: nothing to tidy.
func plain(p string) bool {
	for i := 0; i < len(p); i++ {
		if c := p[i]; (c < '0' || c > '9') && (c != '+' || i > 0) {
			return false
		}
	}
	return p == "" || p[0] == '+'
}

// phoneRegion is the country a number without country code was written in: the
// applicant's own, else that of a role on site. A remote role says nothing.
func phoneRegion(a *record.Application) string {
	if c := a.Person.Address.Country; c != "" {
		return c
	}
	if !a.Role.Remote {
		return a.Role.Country
	}
	return ""
}

// keepText puts a text under path into extra, unless it says nothing.
func keepText(a *record.Application, path, s string) {
	if s == "" {
		return
	}
	if b, err := json.Marshal(s); err == nil {
		keepOne(a, path, b)
	}
}

// addEmail, addPhone and addURL add a value unless it is empty or there.
func addEmail(a *record.Application, s string) { addOnce(&a.Emails, strings.TrimSpace(s)) }

func addPhone(a *record.Application, s string) { addOnce(&a.Phones, strings.TrimSpace(s)) }

// addURL adds a link, and the account when it is a page of a service whose
// addresses carry the handle.
func addURL(a *record.Application, s string) {
	s = strings.TrimSpace(s)
	addOnce(&a.URLs, s)
	if account, ok := accountOf(s); ok {
		addAccount(a, account.Service, account.Handle)
	}
}

func addAccount(a *record.Application, service, handle string) {
	service = strings.ToLower(strings.TrimSpace(service))
	handle = strings.TrimPrefix(strings.TrimSpace(handle), "@")
	if service == "" || handle == "" {
		return
	}
	for _, have := range a.Accounts[:min(len(a.Accounts), maxCompared)] {
		if have.Service == service && strings.EqualFold(have.Handle, handle) {
			return
		}
	}
	a.Accounts = append(a.Accounts, record.Account{Service: service, Handle: handle})
}

// maxCompared bounds how many values of a list a new one is compared with: no
// person has so many, and a hostile file must not cost the square of its size.
const maxCompared = 200

func addOnce(list *[]string, s string) {
	if s == "" {
		return
	}
	for _, have := range (*list)[:min(len(*list), maxCompared)] {
		if have == s {
			return
		}
	}
	*list = append(*list, s)
}

// profileHosts are services whose profile addresses are host/…/handle: how
// many path elements stand in front of the handle, and which one must.
var profileHosts = map[string]struct{ service, before string }{
	"github.com": {"github", ""}, "gitlab.com": {"gitlab", ""}, "bitbucket.org": {"bitbucket", ""},
	"linkedin.com": {"linkedin", "in"}, "t.me": {"telegram", ""}, "telegram.me": {"telegram", ""},
	"twitter.com": {"twitter", ""}, "x.com": {"twitter", ""}, "upwork.com": {"upwork", "freelancers"},
	"freelancer.com": {"freelancer", "u"}, "stackoverflow.com": {"stackoverflow", "users"},
	"medium.com": {"medium", ""}, "dev.to": {"dev.to", ""}, "facebook.com": {"facebook", ""},
	"instagram.com": {"instagram", ""}, "xing.com": {"xing", "profile"}, "keybase.io": {"keybase", ""},
	"kaggle.com": {"kaggle", ""}, "npmjs.com": {"npm", "~"}, "hackerrank.com": {"hackerrank", "profile"},
}

// accountOf reads the handle out of the address of a profile page.
func accountOf(s string) (record.Account, bool) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || len(s) > 2048 {
		return record.Account{}, false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if parts := strings.Split(host, "."); len(parts) == 3 && parts[1] == "linkedin" {
		host = "linkedin.com" // country subdomains
	}
	site, ok := profileHosts[host]
	if !ok {
		return record.Account{}, false
	}
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if site.before != "" {
		if len(parts) < 2 || parts[0] != site.before {
			return record.Account{}, false
		}
		parts = parts[1:]
	} else if len(parts) != 1 {
		return record.Account{}, false // a page of somebody, not the person's own
	}
	handle := strings.TrimPrefix(parts[0], "@")
	return record.Account{Service: site.service, Handle: handle}, handle != ""
}
