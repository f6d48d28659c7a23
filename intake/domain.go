package intake

import "bonafide/match"

// MailDomain is the domain of a mail address as it is looked up, and the part of it
// that somebody registered; ok is false when there is none.
func MailDomain(address string) (domain, registered string, ok bool) {
	if domain, ok = match.MailDomain(address); !ok {
		return "", "", false
	}
	if registered, ok = match.Registrable(domain); !ok {
		registered = domain
	}
	return domain, registered, true
}
