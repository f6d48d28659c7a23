package chip

import (
	"errors"
	"time"
)

// revocations is a certificate revocation list (RFC 5280 5).
type revocations struct {
	issuer       distinguished
	from, next   time.Time // this update and the next, the second zero when not said
	serials      map[string]time.Time
	signed       []byte
	algorithm    algorithm
	algorithmErr error
	signature    []byte
	signedBy     string
	list         string
}

const maxRevocations = 2_000_000

// readRevocations reads one list. Its signature is checked where it is used,
// against the authority that would be its issuer.
func readRevocations(raw []byte) (*revocations, error) {
	tbs, outerAlg, signature, err := readSigned(raw)
	if err != nil {
		return nil, err
	}
	r := &revocations{signed: tbs.raw, signature: signature, serials: map[string]time.Time{}}
	c := tbs.inside()
	if _, _, err := c.optional(tagInteger); err != nil { // version
		return nil, err
	}
	alg, err := c.take(tagSequence)
	if err != nil || string(alg.raw) != string(outerAlg.raw) {
		return nil, errDER
	}
	r.algorithm, r.algorithmErr = signatureAlgorithm(alg)
	name, err := c.take(tagSequence)
	if err != nil {
		return nil, err
	}
	if r.issuer, err = readName(name); err != nil {
		return nil, err
	}
	e, err := c.next()
	if err != nil {
		return nil, err
	}
	if r.from, err = e.time(); err != nil {
		return nil, err
	}
	if tag := c.peek(); tag == tagUTCTime || tag == tagGeneralTime {
		if e, err = c.next(); err != nil {
			return nil, err
		}
		if r.next, err = e.time(); err != nil {
			return nil, err
		}
	}
	if set, ok, err := c.optional(tagSequence); err != nil {
		return nil, err
	} else if ok {
		for in := set.inside(); !in.empty(); {
			entry, err := in.take(tagSequence)
			if err != nil {
				return nil, err
			}
			ec := entry.inside()
			serial, err := ec.take(tagInteger)
			if err != nil {
				return nil, err
			}
			when, err := ec.next()
			if err != nil {
				return nil, err
			}
			at, err := when.time()
			if err != nil {
				return nil, err
			}
			if r.serials[string(serial.body)] = at; len(r.serials) > maxRevocations {
				return nil, errors.New("too many revocations")
			}
		}
	}
	extensions, has, err := c.optional(0xa0)
	if err != nil || !c.empty() {
		return nil, errDER
	}
	if has {
		list, err := only(extensions.body, tagSequence)
		if err != nil {
			return nil, err
		}
		unknown := false
		err = eachExtension(list, func(oid string, critical bool, value []byte) {
			switch oid {
			case "2.5.29.35":
				if e, err := only(value, tagSequence); err == nil {
					if id, ok, err := e.inside().optional(0x80); ok && err == nil {
						r.signedBy = string(id.body)
					}
				}
			case "2.5.29.20", "2.5.29.18": // number, other names
			default:
				unknown = unknown || critical
			}
		})
		if err != nil {
			return nil, err
		}
		if unknown {
			return nil, errors.New("a revocation list for a part of the certificates only")
		}
	}
	return r, nil
}

// by reports whether one of the authorities of its name signed this list.
func (r *revocations) by(t *Trust) bool {
	if r.algorithmErr != nil {
		return false
	}
	for _, a := range t.authority[r.issuer.key] {
		if a.key == nil || a.hasUsage && a.usage&0x02 == 0 { // cRLSign
			continue
		}
		if r.algorithm.verify(a.key, r.signed, r.signature) == nil {
			return true
		}
	}
	return false
}

// revocation is what the lists say of a certificate at a time.
func (t *Trust) revocation(x *certificate, at time.Time) (State, string) {
	state, detail := NotVerifiable, "no revocation list of this issuer was given"
	for _, r := range t.revoked[x.issuer.key] {
		if !r.by(t) {
			if state == NotVerifiable {
				detail = "a revocation list of this issuer was given, but none of the authorities in the lists signed it"
			}
			continue
		}
		if on, listed := r.serials[x.serial]; listed {
			return Failed, "the document signer's certificate was revoked on " + day(on) + " (" + r.list + ")"
		}
		switch {
		case !r.next.IsZero() && at.After(r.next):
			if state == NotVerifiable {
				detail = "the revocation list was to be renewed on " + day(r.next) + "; give a newer one"
			}
		default:
			state, detail = OK, "not on the revocation list of "+day(r.from)+" ("+r.list+")"
		}
	}
	return state, detail
}

func day(t time.Time) string { return t.Format("2006-01-02") }
