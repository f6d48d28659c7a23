package mail

import "strings"

// Received is what a mail server of ours said of a mail when it took it
// (Authentication-Results, RFC 8601): the topmost such field that bears the
// server's name. Anybody can write such a field, so only configured names count,
// and such servers must take foreign ones of their name out (RFC 8601 5).
type Received struct {
	Host string   `json:"host"`
	DKIM []string `json:"dkim,omitempty"` // domains that passed
	SPF  string   `json:"spf,omitempty"`  // domain that passed
}

func (m *message) received(hosts []string) *Received {
	for _, h := range m.all("authentication-results") {
		parts := strings.Split(withoutComments(h.value()), ";")
		id, _, _ := strings.Cut(strings.TrimSpace(parts[0]), " ")
		for _, host := range hosts {
			if host != "" && strings.EqualFold(id, host) {
				return resultsOf(host, parts[1:])
			}
		}
	}
	return nil
}

func resultsOf(host string, parts []string) *Received {
	r := &Received{Host: host}
	for _, p := range parts {
		words := strings.Fields(p)
		if len(words) == 0 || len(words) > 32 {
			continue
		}
		method, result, _ := strings.Cut(strings.ToLower(words[0]), "=")
		if result != "pass" {
			continue
		}
		for _, w := range words[1:] {
			key, value, _ := strings.Cut(w, "=")
			value = strings.ToLower(strings.Trim(value, `"`))
			_, domain, at := strings.Cut(value, "@")
			if !at {
				domain = value
			}
			switch {
			case method == "dkim" && key == "header.d" && len(r.DKIM) < 16:
				r.DKIM = append(r.DKIM, domain)
			case method == "spf" && key == "smtp.mailfrom":
				r.SPF = domain
			}
		}
	}
	return r
}

// withoutComments takes (comments) out, nested ones too.
func withoutComments(s string) string {
	var out strings.Builder
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && depth > 0:
			i++
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteByte(c)
		}
	}
	return out.String()
}
