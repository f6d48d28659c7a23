package chip

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"
)

// certificate is an X.509 certificate (RFC 5280) with what ICAO Doc 9303-12
// makes of it. Certificates of states have flaws that a strict reader stumbles
// over; what no chain rests on is read as far as it goes.
type certificate struct {
	raw, signed     []byte
	algorithm       algorithm
	algorithmErr    error
	signature       []byte
	serial          string // bytes of the number
	issuer, subject distinguished
	from, until     time.Time
	key             *publicKey
	keyErr          error
	keyID, signedBy string // subject and authority key identifier
	usage           byte   // first byte of KeyUsage: 0x04 is keyCertSign, 0x80 digitalSignature
	hasUsage        bool
	ca, hasCA       bool
	keyUntil        time.Time // end of private key usage, zero when not said
	documentTypes   []string
	selfIssued      bool
	crls            []string // where the issuer says that its revocation lists lie
}

const maxCertificate = 16 << 10

// readCertificate reads one certificate. An unknown algorithm or curve is no
// error here: it stands in algorithmErr and keyErr.
func readCertificate(raw []byte) (*certificate, error) {
	if len(raw) > maxCertificate {
		return nil, fmt.Errorf("a certificate above %d bytes", maxCertificate)
	}
	tbs, alg, signature, err := readSigned(raw)
	if err != nil {
		return nil, err
	}
	out := &certificate{raw: raw, signed: tbs.raw, signature: signature}
	if err := out.body(tbs.inside(), alg); err != nil {
		return nil, err
	}
	return out, nil
}

// readSigned cuts a certificate or a list of revoked ones into what is signed, the
// algorithm and the signature (RFC 5280 4.1.1 and 5.1.1).
func readSigned(raw []byte) (tbs, algorithm element, signature []byte, err error) {
	outer, err := only(raw, tagSequence)
	if err != nil {
		return tbs, algorithm, nil, err
	}
	c := outer.inside()
	if tbs, err = c.take(tagSequence); err != nil {
		return tbs, algorithm, nil, err
	}
	if algorithm, err = c.take(tagSequence); err != nil {
		return tbs, algorithm, nil, err
	}
	bits, err := c.take(tagBits)
	if err != nil || !c.empty() {
		return tbs, algorithm, nil, errDER
	}
	signature, err = bits.bits()
	return tbs, algorithm, signature, err
}

func (x *certificate) body(c *cursor, outer element) error {
	if _, _, err := c.optional(0xa0); err != nil { // version
		return err
	}
	serial, err := c.take(tagInteger)
	if err != nil {
		return err
	}
	x.serial = string(serial.body)
	alg, err := c.take(tagSequence)
	if err != nil {
		return err
	}
	// RFC 5280 4.1.1.2: both say the same, or one is a later hand's.
	x.algorithm, x.algorithmErr = signatureAlgorithm(alg)
	if again, err := signatureAlgorithm(outer); again != x.algorithm || (err == nil) != (x.algorithmErr == nil) {
		return errors.New("two different signature algorithms")
	}
	issuer, err := c.take(tagSequence)
	if err != nil {
		return err
	}
	if x.issuer, err = readName(issuer); err != nil {
		return err
	}
	span, err := c.take(tagSequence)
	if err != nil {
		return err
	}
	if x.from, x.until, err = readSpan(span); err != nil {
		return err
	}
	subject, err := c.take(tagSequence)
	if err != nil {
		return err
	}
	if x.subject, err = readName(subject); err != nil {
		return err
	}
	x.selfIssued = x.issuer.key == x.subject.key
	spki, err := c.take(tagSequence)
	if err != nil {
		return err
	}
	x.key, x.keyErr = readKey(spki)
	for _, tag := range []byte{0x81, 0x82} { // unique ids, obsolete
		if _, _, err := c.optional(tag); err != nil {
			return err
		}
	}
	extensions, has, err := c.optional(0xa3)
	if err != nil || !c.empty() {
		return errDER
	}
	if !has {
		return nil
	}
	list, err := only(extensions.body, tagSequence)
	if err != nil {
		return err
	}
	return eachExtension(list, x.extension)
}

func readSpan(e element) (from, until time.Time, err error) {
	c := e.inside()
	for _, to := range []*time.Time{&from, &until} {
		t, err := c.next()
		if err != nil {
			return from, until, err
		}
		if *to, err = t.time(); err != nil {
			return from, until, err
		}
	}
	if !c.empty() {
		err = errDER
	}
	return from, until, err
}

// eachExtension walks over Extensions (RFC 5280 4.1). Of one that stands twice
// the first is read: both are under the signature.
func eachExtension(list element, read func(oid string, critical bool, value []byte)) error {
	seen := map[string]bool{}
	for c := list.inside(); !c.empty(); {
		e, err := c.take(tagSequence)
		if err != nil {
			return err
		}
		in := e.inside()
		oid, err := in.oid()
		if err != nil {
			return err
		}
		critical, _, err := in.optional(tagBoolean)
		if err != nil {
			return err
		}
		value, err := in.take(tagOctets)
		if err != nil || !in.empty() {
			return errDER
		}
		if seen[oid] {
			continue
		}
		seen[oid] = true
		read(oid, len(critical.body) == 1 && critical.body[0] != 0, value.body)
	}
	return nil
}

func (x *certificate) extension(oid string, _ bool, value []byte) {
	switch oid {
	case "2.5.29.14":
		if e, err := only(value, tagOctets); err == nil {
			x.keyID = string(e.body)
		}
	case "2.5.29.35":
		if e, err := only(value, tagSequence); err == nil {
			if id, ok, err := e.inside().optional(0x80); ok && err == nil {
				x.signedBy = string(id.body)
			}
		}
	case "2.5.29.15":
		if e, err := only(value, tagBits); err == nil && len(e.body) >= 2 {
			x.usage, x.hasUsage = e.body[1], true
		}
	case "2.5.29.19":
		if e, err := only(value, tagSequence); err == nil {
			flag, ok, err := e.inside().optional(tagBoolean)
			x.hasCA, x.ca = true, ok && err == nil && len(flag.body) == 1 && flag.body[0] != 0
		}
	case "2.5.29.31":
		x.crls = crlAddresses(value)
	case "2.5.29.16": // PrivateKeyUsagePeriod: [1] is the end
		if e, err := only(value, tagSequence); err == nil {
			c := e.inside()
			c.optional(0x80)
			if end, ok, err := c.optional(0x81); ok && err == nil {
				end.tag = tagGeneralTime
				x.keyUntil, _ = end.time()
			}
		}
	case "2.23.136.1.1.6.2": // DocumentTypeList: version, set of codes
		if e, err := only(value, tagSequence); err == nil {
			c := e.inside()
			c.next()
			if set, err := c.take(tagSet); err == nil {
				for in := set.inside(); !in.empty() && len(x.documentTypes) < 32; {
					t, err := in.next()
					if err != nil {
						break
					}
					x.documentTypes = append(x.documentTypes, decodeText(t))
				}
			}
		}
	}
}

// crlAddresses reads CRLDistributionPoints (RFC 5280 4.2.1.13): the addresses of
// whole lists, four at most.
func crlAddresses(value []byte) (all []string) {
	list, err := only(value, tagSequence)
	if err != nil {
		return nil
	}
	for c := list.inside(); !c.empty(); {
		point, err := c.take(tagSequence)
		if err != nil {
			return all
		}
		in := point.inside()
		name, ok, err := in.optional(0xa0)
		if err != nil || !ok {
			continue
		}
		full, ok, err := name.inside().optional(0xa0)
		if err != nil || !ok {
			continue
		}
		for names := full.inside(); !names.empty(); {
			one, err := names.next()
			if err != nil {
				break
			}
			if one.tag == 0x86 && len(one.body) < 512 && len(all) < 4 {
				all = append(all, string(one.body))
			}
		}
	}
	return all
}

// mayIssue reports whether this certificate's key may sign certificates, as far
// as it says anything about that. Link certificates of several states call
// themselves no authority in one extension and signers of certificates in the
// other: the second decides where it is there.
func (x *certificate) mayIssue() bool {
	if x.hasUsage {
		return x.usage&0x04 != 0
	}
	return !x.hasCA || x.ca
}

// signedWith checks that key made this certificate's signature.
func (x *certificate) signedWith(k *publicKey) error {
	if x.algorithmErr != nil {
		return x.algorithmErr
	}
	return x.algorithm.verify(k, x.signed, x.signature)
}

func (x *certificate) sum() [32]byte { return sha256.Sum256(x.raw) }
