package lists

import (
	"strings"

	"bonafide/record"
)

// parseExchangers reads host names of mail exchangers that serve throw-away
// mail, one a line or in the first column of a CSV. Large providers and
// privacy services stand in public tables of this kind because everybody uses
// them; they are left out.
func parseExchangers(name string, b []byte) (*content, error) {
	c := &content{}
	for n, line := range lines(b) {
		if c.rows+c.bad >= maxRows {
			return nil, record.Invalid(lineOf(name, n), "more rows than a list has")
		}
		word := cellsOf(line)[0]
		d, ok := domainOf(word)
		if !ok {
			if n == 1 || strings.EqualFold(word, "mx") || strings.EqualFold(word, "host") {
				continue
			}
			c.reject(n)
			continue
		}
		c.rows++
		if !respectable(d) {
			c.exchangers = append(c.exchangers, d)
		}
	}
	return c, c.check(name)
}

// respectableExchangers run mail for a large part of all people and companies,
// or guard privacy for a living.
var respectableExchangers = []string{"google.com", "googlemail.com", "outlook.com", "protection.outlook.com", "microsoft.com", "yahoodns.net", "icloud.com",
	"apple.com", "protonmail.ch", "proton.me", "simplelogin.co", "anonaddy.me", "addy.io", "duck.com", "mozmail.com", "fastmail.com", "messagingengine.com",
	"zoho.com", "zoho.eu", "gandi.net", "ovh.net", "ionos.com", "ionos.de", "kundenserver.de", "strato.de", "hostinger.com", "registrar-servers.com",
	"privateemail.com", "secureserver.net", "mailbox.org", "tuta.io", "tutanota.de", "posteo.de", "gmx.net", "web.de", "yandex.net", "yandex.ru", "mail.ru",
	"qq.com", "163.com", "netease.com", "naver.com", "daum.net", "amazonaws.com", "mxhichina.com", "improvmx.com", "forwardemail.net", "cloudflare.net", "migadu.com", "infomaniak.ch"}

func respectable(host string) bool {
	for _, d := range respectableExchangers {
		if host == d || strings.HasSuffix(host, "."+d) {
			return true
		}
	}
	return false
}
