package chip

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// List is one file that was given to trust, with what it says of its own age.
type List struct {
	Name         string    `json:"name"`
	Kind         string    `json:"kind"` // master list, certificate, revocation list, several in PEM or LDIF
	SHA256       string    `json:"sha256"`
	Signed       time.Time `json:"signed,omitzero"` // when its publisher signed it
	Signer       string    `json:"signer,omitempty"`
	Doubt        string    `json:"doubt,omitempty"` // why its own signature could not be checked
	Certificates int       `json:"certificates,omitempty"`
	Unread       int       `json:"unread,omitempty"` // certificates that could not be read
	Unusable     int       `json:"unusable,omitempty"`
	Revocations  int       `json:"revocations,omitempty"`
}

// Trust is what an operator trusts: certificates of signing authorities (CSCA)
// and revocation lists. Who gives a list vouches for where it came from; a
// master list's own signature is checked all the same.
type Trust struct {
	lists     []List
	known     map[[32]byte]bool
	authority map[string][]*authority // by the key of its name
	byKeyID   map[string][]*authority
	revoked   map[string][]*revocations // by the key of its issuer
}

// authority is a CSCA certificate and the list it came from.
type authority struct {
	*certificate
	list string
}

// NewTrust trusts nobody.
func NewTrust() *Trust {
	return &Trust{known: map[[32]byte]bool{}, authority: map[string][]*authority{}, byKeyID: map[string][]*authority{}, revoked: map[string][]*revocations{}}
}

// Lists are the files added, in order.
func (t *Trust) Lists() []List { return t.lists }

// Certificates counts different ones.
func (t *Trust) Certificates() int { return len(t.known) }

const (
	maxList         = 64 << 20
	maxCertificates = 100_000
)

// Add reads a file of any kind that states publish: a master list (CMS of
// ICAO Doc 9303-12 section 9), a certificate or revocation list in DER or PEM, or
// LDIF as the ICAO directory hands it out. Nothing is added when it returns an error.
func (t *Trust) Add(name string, b []byte) error {
	if len(b) > maxList {
		return record.Invalid(name, "a list above 64 MB")
	}
	sum := sha256.Sum256(b)
	l := List{Name: name, SHA256: hex.EncodeToString(sum[:])}
	in := &intake{list: &l}
	var err error
	switch {
	case bytes.HasPrefix(b, []byte{tagSequence}):
		err = in.der(b)
	case bytes.Contains(b[:min(len(b), 1<<16)], []byte("-----BEGIN ")):
		err = in.pem(b)
	case bytes.Contains(b[:min(len(b), 1<<16)], []byte("dn:")):
		err = in.ldif(b)
	default:
		err = errors.New("neither DER, PEM nor LDIF")
	}
	if err == nil && len(in.certificates)+len(in.revocations) == 0 {
		err = errors.New("holds neither a certificate nor a revocation list")
	}
	if err == nil && len(t.known)+len(in.certificates) > maxCertificates {
		err = errors.New("too many certificates")
	}
	if err != nil {
		return &record.Error{Code: record.CodeInvalid, Where: name, Message: "no list of trust", Err: err}
	}
	for _, x := range in.certificates {
		t.put(&authority{x, name})
	}
	for _, r := range in.revocations {
		r.list = name
		t.revoked[r.issuer.key] = append(t.revoked[r.issuer.key], r)
	}
	t.lists = append(t.lists, l)
	return nil
}

// WithRevocations is this trust and one more revocation list. What was fetched
// for a document can take trust away and never give any: a file that holds a
// certificate is refused. until is when the list is to be renewed, zero when it
// does not say. The list's own signature is checked where it is used.
func (t *Trust) WithRevocations(name string, b []byte) (with *Trust, until time.Time, err error) {
	next := NewTrust()
	if err := next.Add(name, b); err != nil {
		return nil, until, err
	}
	if len(next.known) > 0 {
		return nil, until, record.Invalid(name, "is no revocation list")
	}
	all := *t
	all.lists = append(slices.Clone(t.lists), next.lists...)
	all.revoked = maps.Clone(t.revoked)
	for key, lists := range next.revoked {
		all.revoked[key] = append(slices.Clone(t.revoked[key]), lists...)
		for _, r := range lists {
			if until.IsZero() || !r.next.IsZero() && r.next.Before(until) {
				until = r.next
			}
		}
	}
	return &all, until, nil
}

func (t *Trust) put(a *authority) {
	if id := a.sum(); !t.known[id] {
		t.known[id] = true
		t.authority[a.subject.key] = append(t.authority[a.subject.key], a)
		if a.keyID != "" {
			t.byKeyID[a.keyID] = append(t.byKeyID[a.keyID], a)
		}
	}
}

// intake gathers what one file holds before any of it is trusted.
type intake struct {
	list         *List
	certificates []*certificate
	revocations  []*revocations
}

func (in *intake) der(b []byte) error {
	seq, err := only(b, tagSequence)
	if err != nil {
		return err
	}
	if c := seq.inside(); c.peek() == tagOID {
		return in.masterList(b)
	}
	if x, err := readCertificate(b); err == nil {
		in.kind("certificate")
		in.certificate(x)
		return nil
	}
	r, err := readRevocations(b)
	if err != nil {
		return errors.New("neither a certificate, a revocation list nor a master list")
	}
	in.kind("revocation list")
	in.list.Revocations += len(r.serials)
	in.list.Signed = r.from
	in.revocations = append(in.revocations, r)
	return nil
}

func (in *intake) kind(k string) {
	if in.list.Kind == "" {
		in.list.Kind = k
	}
}

func (in *intake) certificate(x *certificate) {
	in.list.Certificates++
	if x.keyErr != nil || x.algorithmErr != nil {
		in.list.Unusable++
	}
	in.certificates = append(in.certificates, x)
}

const oidMasterList = "2.23.136.1.1.2"

// masterList reads CscaMasterList. Its signature must hold under a certificate
// that is inside; that this is the publisher's is for who gives us the file.
func (in *intake) masterList(b []byte) error {
	d, err := readSignedData(b)
	if err != nil {
		return err
	}
	if d.contentType != oidMasterList {
		return errors.New("signed data, but no master list")
	}
	in.kind("master list")
	switch s, x, err := d.verify(); {
	case err == nil:
		in.list.Signer = x.subject.say
		if s.at.After(in.list.Signed) {
			in.list.Signed = s.at
		}
	case errors.Is(err, errUnsupported), err == errNoSigner, err == errOtherSigner:
		in.list.Doubt = err.Error() // nothing is known against it; whoever gives it vouches
	default:
		return fmt.Errorf("the list's own signature: %w", err)
	}
	seq, err := only(d.content, tagSequence)
	if err != nil {
		return err
	}
	c := seq.inside()
	version, err := c.take(tagInteger)
	if err != nil {
		return err
	}
	if v, err := version.small(); err != nil || v != 0 {
		return errors.New("a master list of a version other than 0")
	}
	set, err := c.take(tagSet)
	if err != nil || !c.empty() {
		return errDER
	}
	for c = set.inside(); !c.empty(); {
		e, err := c.next()
		if err != nil {
			return err
		}
		x, err := readCertificate(e.raw)
		if err != nil {
			in.list.Unread++
			continue
		}
		in.certificate(x)
		if len(in.certificates) > maxCertificates {
			return errors.New("too many certificates")
		}
	}
	return nil
}

func (in *intake) pem(b []byte) error {
	for {
		block, rest := pem.Decode(b)
		if block == nil {
			return nil
		}
		b = rest
		if block.Type != "CERTIFICATE" && block.Type != "X509 CRL" && block.Type != "CMS" && block.Type != "PKCS7" {
			continue
		}
		if err := in.der(block.Bytes); err != nil {
			return err
		}
	}
}

// ldif reads the attributes of the ICAO directory that hold trust, in base64 and
// folded (RFC 2849). Certificates of document signers, which stand there too,
// are not authorities and are passed over.
func (in *intake) ldif(b []byte) error {
	in.kind("LDIF")
	var name string
	var value strings.Builder
	flush := func() error {
		defer func() { name = ""; value.Reset() }()
		attribute, _, _ := strings.Cut(strings.ToLower(name), ";")
		switch attribute {
		case "pkdmasterlistcontent", "cscamasterlistdata", "cacertificate", "certificaterevocationlist", "usercertificate":
		default:
			return nil
		}
		der, err := base64.StdEncoding.DecodeString(value.String())
		if err != nil {
			return errors.New("an entry that is not base64")
		}
		if attribute == "usercertificate" {
			if x, err := readCertificate(der); err != nil || !x.ca {
				return nil
			}
		}
		// One bad entry of a directory does not take the others with it.
		one := &intake{list: &List{Kind: "LDIF", Signed: in.list.Signed, Signer: in.list.Signer}}
		if one.der(der) != nil {
			in.list.Unread++
			return nil
		}
		in.certificates, in.revocations = append(in.certificates, one.certificates...), append(in.revocations, one.revocations...)
		in.list.Certificates += one.list.Certificates
		in.list.Unread += one.list.Unread
		in.list.Unusable += one.list.Unusable
		in.list.Revocations += one.list.Revocations
		in.list.Signed = one.list.Signed
		return nil
	}
	for len(b) > 0 {
		var line []byte
		line, b, _ = bytes.Cut(b, []byte("\n"))
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(line) > 0 && line[0] == ' ' {
			if name != "" {
				value.Write(line[1:])
			}
			continue
		}
		if err := flush(); err != nil {
			return err
		}
		if key, v, ok := bytes.Cut(line, []byte("::")); ok && len(key) < 64 && !bytes.ContainsAny(key, ": #") {
			name = string(key)
			value.Write(bytes.TrimSpace(v))
		}
	}
	return flush()
}
