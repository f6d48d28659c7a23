package chip

import (
	"bytes"
	"crypto"
	"errors"
	"fmt"
	"time"
)

// signedData is CMS SignedData (RFC 5652 5) with its content inside.
type signedData struct {
	contentType  string
	content      []byte
	certificates []*certificate // those that can be read
	brought      int            // certificates inside, read or not
	signers      []signer
}

// signer is SignerInfo.
type signer struct {
	issuer     distinguished
	serial     string
	keyID      string
	byKeyID    bool
	hash       crypto.Hash
	algorithm  algorithm
	attributes []byte // as they are signed: a SET; nil when there are none
	digest     []byte
	at         time.Time // signing time the signer claims, zero when not said
	signature  []byte
}

const oidSignedData = "1.2.840.113549.1.7.2"

// readSignedData reads ContentInfo with SignedData of version 3, DER only:
// 9303-10 asks for both.
func readSignedData(raw []byte) (*signedData, error) {
	outer, err := only(raw, tagSequence)
	if err != nil {
		return nil, err
	}
	c := outer.inside()
	kind, err := c.take(tagOID)
	if err != nil {
		return nil, err
	}
	if oid, err := kind.oid(); err != nil || oid != oidSignedData {
		return nil, errors.New("not signed data")
	}
	explicit, err := c.take(0xa0)
	if err != nil || !c.empty() {
		return nil, errDER
	}
	seq, err := only(explicit.body, tagSequence)
	if err != nil {
		return nil, err
	}
	c = seq.inside()
	version, err := c.take(tagInteger)
	if err != nil {
		return nil, err
	}
	if v, err := version.small(); err != nil || v != 3 {
		return nil, errors.New("signed data of a version other than 3")
	}
	announced, err := c.take(tagSet)
	if err != nil {
		return nil, err
	}
	out := &signedData{}
	if err := out.readContent(c); err != nil {
		return nil, err
	}
	if set, ok, err := c.optional(0xa0); err != nil {
		return nil, err
	} else if ok {
		for in := set.inside(); !in.empty(); {
			e, err := in.take(tagSequence)
			if err != nil {
				return nil, err
			}
			if out.brought++; out.brought > 16 {
				return nil, errors.New("more than 16 certificates")
			}
			if x, err := readCertificate(e.raw); err == nil {
				out.certificates = append(out.certificates, x)
			}
		}
	}
	if _, _, err := c.optional(0xa1); err != nil { // CRLs inside are not looked at: theirs come from lists
		return nil, err
	}
	signers, err := c.take(tagSet)
	if err != nil || !c.empty() {
		return nil, errDER
	}
	for in := signers.inside(); !in.empty(); {
		e, err := in.take(tagSequence)
		if err != nil {
			return nil, err
		}
		s, err := readSigner(e, out.contentType)
		if err != nil {
			return nil, fmt.Errorf("signer: %w", err)
		}
		if !announces(announced, s.hash) {
			return nil, errors.New("the signer's hash is not announced")
		}
		if out.signers = append(out.signers, s); len(out.signers) > 4 {
			return nil, errors.New("more than 4 signers")
		}
	}
	if len(out.signers) == 0 {
		return nil, errors.New("nobody signed")
	}
	return out, nil
}

func announces(set element, h crypto.Hash) bool {
	for in := set.inside(); !in.empty(); {
		e, err := in.take(tagSequence)
		if err != nil {
			return false
		}
		if got, err := hashAlgorithm(e); err == nil && got == h {
			return true
		}
	}
	return false
}

func (d *signedData) readContent(c *cursor) error {
	seq, err := c.take(tagSequence)
	if err != nil {
		return err
	}
	in := seq.inside()
	if d.contentType, err = in.oid(); err != nil {
		return err
	}
	explicit, err := in.take(0xa0)
	if err != nil || !in.empty() {
		return errDER
	}
	octets, err := only(explicit.body, tagOctets)
	d.content = octets.body
	return err
}

func readSigner(e element, contentType string) (s signer, err error) {
	c := e.inside()
	version, err := c.take(tagInteger)
	if err != nil {
		return s, err
	}
	v, err := version.small()
	if err != nil {
		return s, err
	}
	id, err := c.next()
	if err != nil {
		return s, err
	}
	switch {
	case v != 1 && v != 3: // which of the two goes with which name (5.3) is often mistaken, and signed by nobody
		return s, errors.New("a signer of a version other than 1 and 3")
	case id.tag == 0x80:
		s.keyID, s.byKeyID = string(id.body), true
	case id.tag == tagSequence:
		in := id.inside()
		name, err := in.take(tagSequence)
		if err != nil {
			return s, err
		}
		if s.issuer, err = readName(name); err != nil {
			return s, err
		}
		serial, err := in.take(tagInteger)
		if err != nil || !in.empty() {
			return s, errDER
		}
		s.serial = string(serial.body)
	default:
		return s, errors.New("a signer without a name")
	}
	alg, err := c.take(tagSequence)
	if err != nil {
		return s, err
	}
	if s.hash, err = hashAlgorithm(alg); err != nil {
		return s, err
	}
	if attributes, ok, err := c.optional(0xa0); err != nil {
		return s, err
	} else if ok {
		// Signed is the SET, not the implicit tag it stands under (5.4).
		s.attributes = append([]byte{tagSet}, attributes.raw[1:]...)
		if err := s.readAttributes(attributes, contentType); err != nil {
			return s, err
		}
	}
	if alg, err = c.take(tagSequence); err != nil {
		return s, err
	}
	if s.algorithm, err = signatureAlgorithm(alg); err != nil {
		return s, err
	}
	if s.algorithm.hash == 0 {
		s.algorithm.hash = s.hash
	}
	sig, err := c.take(tagOctets)
	if err != nil {
		return s, err
	}
	s.signature = sig.body
	if _, _, err := c.optional(0xa1); err != nil || !c.empty() {
		return s, errDER
	}
	return s, nil
}

const oidContentType, oidMessageDigest, oidSigningTime = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"

func (s *signer) readAttributes(set element, contentType string) error {
	seen := map[string]bool{}
	for c := set.inside(); !c.empty(); {
		e, err := c.take(tagSequence)
		if err != nil {
			return err
		}
		in := e.inside()
		oid, err := in.oid()
		if err != nil {
			return err
		}
		values, err := in.take(tagSet)
		if err != nil || !in.empty() {
			return errDER
		}
		if seen[oid] {
			return errors.New("an attribute stands twice")
		}
		seen[oid] = true
		if oid != oidContentType && oid != oidMessageDigest && oid != oidSigningTime {
			continue
		}
		in = values.inside()
		v, err := in.next()
		if err != nil || !in.empty() {
			return errDER
		}
		switch oid {
		case oidContentType:
			if got, err := v.oid(); err != nil || got != contentType {
				return errors.New("signed for another type of content")
			}
		case oidMessageDigest:
			if v.tag != tagOctets {
				return errDER
			}
			s.digest = v.body
		case oidSigningTime:
			if s.at, err = v.time(); err != nil {
				return err
			}
		}
	}
	if !seen[oidContentType] || !seen[oidMessageDigest] {
		return errors.New("signed attributes without type or digest of the content")
	}
	return nil
}

// errNoSigner: the certificate of the signer is not inside.
var errNoSigner = errors.New("the signer's certificate is not inside")

// errOtherSigner: certificates are inside, but not that of who is said to have signed.
var errOtherSigner = errors.New("the signer names another certificate than the one inside, or it cannot be read")

// verify returns the first signer whose signature holds, and its certificate.
// Nothing is said yet of who that is.
func (d *signedData) verify() (*signer, *certificate, error) {
	first := errNoSigner
	if d.brought > 0 {
		first = errOtherSigner
	}
	for i := range d.signers {
		s := &d.signers[i]
		for _, x := range d.certificates {
			if s.byKeyID && (x.keyID == "" || x.keyID != s.keyID) || !s.byKeyID && (x.issuer.letters != s.issuer.letters || x.serial != s.serial) {
				continue
			}
			err := s.verify(d.content, x)
			if err == nil {
				return s, x, nil
			}
			if first == errOtherSigner {
				first = err // that signer's own fault says more
			}
		}
	}
	return nil, nil, first
}

func (s *signer) verify(content []byte, x *certificate) error {
	if x.keyErr != nil {
		return fmt.Errorf("the signer's key: %w", x.keyErr)
	}
	if s.attributes == nil {
		// Then the content itself is signed. A SET here could be somebody's signed
		// attributes shown as content (RFC 8933), so only a SEQUENCE is taken.
		if len(content) == 0 || content[0] != tagSequence {
			return errors.New("no signed attributes")
		}
		return s.algorithm.verify(x.key, content, s.signature)
	}
	if !bytes.Equal(digest(s.hash, content), s.digest) {
		return errors.New("the content is not the one that was signed")
	}
	return s.algorithm.verify(x.key, s.attributes, s.signature)
}
