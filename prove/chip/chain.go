package chip

import "errors"

// maxCandidates bounds the signatures one document can make us check.
const maxCandidates = 24

// chain looks for the authority whose key signed the document signer's
// certificate: first those of its issuer's name, then those of the key it
// names (a state may rename its authority; the key is what signs). The country
// must be the same always: one state's authority cannot vouch for another's.
func (t *Trust) chain(x *certificate) (*authority, State, string) {
	if x.algorithmErr != nil {
		return nil, NotVerifiable, "the document signer's certificate is signed with " + x.algorithmErr.Error()
	}
	named, others := false, 0
	seen := map[*authority]bool{}
	var unsupported error
	var late *authority // signed it, but outside its validity: another certificate of the key may fit
	try := func(a *authority) bool {
		if seen[a] || len(seen) >= maxCandidates || a.subject.country != x.issuer.country || !a.mayIssue() {
			return false
		}
		seen[a] = true
		if a.keyErr != nil {
			unsupported = a.keyErr
			return false
		}
		err := x.signedWith(a.key)
		if err != nil && x.signedBy != "" && x.signedBy == a.keyID && a.subject.key == x.issuer.key {
			named = true
		}
		others++
		if err == nil && !a.covers(x) {
			late = a
			return false
		}
		return err == nil
	}
	// Those of the named key first: mostly the first signature decides.
	for _, pass := range [2]bool{true, false} {
		for _, a := range t.authority[x.issuer.key] {
			if (x.signedBy != "" && a.keyID == x.signedBy) == pass && try(a) {
				return t.found(a)
			}
		}
	}
	if x.signedBy != "" {
		for _, a := range t.byKeyID[x.signedBy] {
			if try(a) {
				return t.found(a)
			}
		}
	}
	switch {
	case late != nil:
		return t.found(late)
	case named:
		return nil, Failed, "the authority it names is in the lists, but did not sign the document signer's certificate"
	case unsupported != nil && errors.Is(unsupported, errUnsupported):
		return nil, NotVerifiable, "the issuing authority's key: " + unsupported.Error()
	case others > 0:
		return nil, NotVerifiable, "the lists hold this state's authority, but not the key that signed here; a newer or older list may"
	}
	return nil, NotVerifiable, "the lists given hold no certificate of this issuing authority; that says nothing against the document"
}

func (t *Trust) found(a *authority) (*authority, State, string) {
	return a, OK, "signed by " + a.subject.say + " (" + a.key.say() + ", valid " + day(a.from) + " to " + day(a.until) + "), from " + a.list
}

// covers reports whether the authority was valid when it made a certificate.
func (a *authority) covers(x *certificate) bool {
	return !x.from.Before(a.from) && !x.from.After(a.until)
}
