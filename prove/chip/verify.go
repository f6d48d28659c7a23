package chip

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bonafide/match"
)

// Verify checks a document against trust at a time, part by part. asked is
// what the chip itself was asked and answered, nil when nothing. It never
// returns an error: what cannot be read is a part that failed.
func Verify(d Document, t *Trust, at time.Time, asked *Transcript) Report {
	r := Report{At: at.UTC(), Kind: "EF.SOD", Unwanted: d.Unwanted}
	v := verification{Report: &r, document: &d, trust: t}
	if v.read() {
		v.signature()
		v.hashes()
		v.chain()
		v.holder()
		v.own(asked)
	}
	r.conclude()
	if r.Verdict == Refused {
		r.Holder = nil // nobody should read on in what is not signed
	}
	return r
}

// verification is one document on its way through the parts.
type verification struct {
	*Report
	document  *Document
	trust     *Trust
	signed    *signedData
	object    *securityObject // nil for EF.CardSecurity
	signer    *certificate    // nil when no signature holds
	authority *authority
	zone      match.MRZ
	more      details
	faults    []string
	face      *Face
}

// read opens EF.SOD, and compares EF.COM, which nobody signs, with it.
func (v *verification) read() bool {
	body := v.document.sod
	if body[0] == tagSOD {
		f, rest, err := tlv(body)
		if err != nil || len(rest) > 0 {
			v.add(PartFiles, Failed, "EF.SOD cannot be read")
			return false
		}
		body = f.body
	}
	var err error
	if v.signed, err = readSignedData(body); err != nil {
		state := Failed
		if errors.Is(err, errUnsupported) {
			state = NotVerifiable
		}
		v.add(PartFiles, state, "EF.SOD: "+err.Error())
		v.add(PartSignature, NotDone, "")
		return false
	}
	switch v.signed.contentType {
	case oidSecurityObject:
		if v.object, err = readSecurityObject(v.signed.content); err != nil {
			v.add(PartFiles, Failed, "EF.SOD: "+err.Error())
			return false
		}
		v.LDSVersion = v.object.version
		for n := 1; n <= 16; n++ {
			if v.object.groups[n] != nil {
				v.Groups = append(v.Groups, n)
			}
		}
	case oidCardSecurity:
		v.Kind = "EF.CardSecurity"
		if _, err := only(v.signed.content, tagSet); err != nil {
			v.add(PartFiles, Failed, "EF.CardSecurity holds no protocols")
			return false
		}
	default:
		v.add(PartFiles, Failed, "EF.SOD signs content that is not a security object")
		return false
	}
	v.files()
	return true
}

func (v *verification) files() {
	if v.document.com == nil || v.object == nil {
		v.add(PartFiles, OK, "")
		return
	}
	announced, err := presence(v.document.com)
	if err != nil {
		v.add(PartFiles, Failed, "EF.COM cannot be read")
		return
	}
	var extra []int
	for _, n := range announced {
		if v.object.groups[n] == nil {
			extra = append(extra, n)
		}
	}
	if len(extra) > 0 {
		// EF.COM is not signed and old chips err in it; what counts is EF.SOD.
		v.add(PartFiles, OK, "EF.COM announces what EF.SOD does not sign: "+groupList(extra))
		return
	}
	v.add(PartFiles, OK, "")
}

func (v *verification) signature() {
	s, x, err := v.signed.verify()
	switch {
	case err == nil:
	case errors.Is(err, errUnsupported), err == errNoSigner:
		v.add(PartSignature, NotVerifiable, err.Error())
		return
	default:
		v.add(PartSignature, Failed, err.Error())
		return
	}
	v.signer, v.SignedAt = x, s.at
	v.Country, v.Signer, v.Algorithm = x.subject.country, x.subject.say, s.algorithm.say()+", "+x.key.say()
	if v.Country == "" {
		v.Country = x.issuer.country
	}
	v.add(PartSignature, OK, v.Algorithm)
}

func (v *verification) hashes() {
	if v.object == nil {
		v.add(PartHashes, OK, "EF.CardSecurity signs its content itself")
		return
	}
	var wrong, unsigned []int
	for n, b := range v.document.groups {
		switch want := v.object.groups[n]; {
		case b == nil:
		case want == nil:
			unsigned = append(unsigned, n)
		case !bytes.Equal(digest(v.object.hash, b), want):
			wrong = append(wrong, n)
		default:
			v.Checked = append(v.Checked, n)
		}
	}
	switch {
	case len(wrong) > 0:
		v.add(PartHashes, Failed, groupList(wrong)+": not what was signed")
	case len(v.Checked) == 0:
		v.add(PartHashes, NotDone, "no signed data group was given; the signature alone says nothing of a person")
	default:
		detail := groupList(v.Checked) + " as signed, " + v.object.hash.String()
		if len(unsigned) > 0 { // test chips have such; whoever adds one gains nothing, for it is not read
			detail += "; " + groupList(unsigned) + ": nobody signed it, so it is not read"
		}
		v.add(PartHashes, OK, detail)
	}
}

func (v *verification) chain() {
	if v.signer == nil {
		v.add(PartChain, NotDone, "no signature holds")
		return
	}
	x := v.signer
	a, state, detail := v.trust.chain(x)
	switch {
	case x.hasUsage && (x.usage&0xc0 == 0 || x.usage&0x04 != 0), !x.hasUsage && x.ca:
		state, detail = Failed, "the certificate that signed is not one for signing documents"
	case state == OK:
		v.authority, v.Authority, v.List = a, a.subject.say, v.trust.dated(a.list)
	}
	v.add(PartChain, state, detail)
	if state == OK {
		if v.CRLURIs = x.crls; len(x.crls) == 0 {
			v.CRLURIs = a.crls // link certificates and early signers leave it to the authority
		}
		state, detail = v.trust.revocation(x, v.At)
		v.add(PartRevocation, state, detail)
	} else {
		v.add(PartRevocation, NotDone, "")
	}
}

// dated is the name of a list with the day it was signed.
func (t *Trust) dated(name string) string {
	for _, l := range t.lists {
		if l.Name == name && !l.Signed.IsZero() {
			return name + " of " + day(l.Signed)
		}
	}
	return name
}

// holder reads what is in the data groups whose hashes hold.
func (v *verification) holder() {
	has := func(n int) bool { return slices.Contains(v.Checked, n) }
	if v.object == nil || v.Part(PartHashes) != OK {
		v.validity()
		return
	}
	if has(1) {
		zone, err := readZone(v.document.groups[1])
		if err != nil {
			v.faults = append(v.faults, "DG1: "+err.Error())
		} else {
			v.zone = zone
		}
	}
	if has(2) {
		var err error
		if v.face, err = readFace(v.document.groups[2]); err != nil {
			v.faults = append(v.faults, "DG2: "+err.Error())
		}
	}
	if has(11) && v.more.person(v.document.groups[11]) != nil {
		v.faults = append(v.faults, "DG11 cannot be read")
	}
	if has(12) && v.more.document(v.document.groups[12]) != nil {
		v.faults = append(v.faults, "DG12 cannot be read")
	}
	if len(v.faults) > 0 {
		// Signed and yet unreadable: the issuer's flaw, or our reader's.
		v.add("contents", NotVerifiable, strings.Join(v.faults, "; "))
	}
	if z := &v.zone; z.Format != "" {
		birth := z.Birth
		if v.more.birth != "" {
			birth = v.more.birth
		}
		v.Holder = &Holder{Name: strings.TrimSpace(z.Given + " " + z.Surname), NameOnChip: v.more.name, BirthDate: birth, Number: z.Number, Issuer: z.Issuer,
			Nationality: z.Nationality, Kind: z.Kind, Expires: z.Expires, Issued: v.more.issued, Portrait: v.face, ZoneFaults: z.Faults()}
		v.issuer()
	}
	v.validity()
}

// issuer compares the state in the zone with the signer's (9303-12, 7.1.1).
func (v *verification) issuer() {
	if v.signer == nil {
		return
	}
	country := v.Country
	if own := map[string]string{"KS": "XK", "UK": "GB"}[country]; own != "" {
		country = own // codes that two states put into certificates
	}
	same, known := match.SameIssuer(v.zone.Issuer, country)
	switch {
	case !known:
		v.add(PartIssuer, NotVerifiable, "the issuer in the zone is no state, or the signer's certificate names none")
	case !same:
		v.add(PartIssuer, Failed, "the zone names another state than the certificate that signed")
	default:
		v.add(PartIssuer, OK, v.zone.Issuer)
	}
}

// validity: the signer's certificate when it signed, its authority when it
// certified, signer and document at the given time.
func (v *verification) validity() {
	if v.signer == nil {
		v.add(PartValidity, NotDone, "")
		return
	}
	x, at := v.signer, v.At
	var past []string
	if a := v.authority; a != nil && !a.covers(x) {
		past = append(past, "the signer was certified on "+day(x.from)+", outside its authority's validity")
	}
	if s := v.SignedAt; !s.IsZero() {
		if day(s) < day(x.from) || s.After(x.until) || !x.keyUntil.IsZero() && day(s) > day(x.keyUntil) {
			past = append(past, "signed on "+day(s)+", outside the signer's validity")
		}
		if day(s) > day(at) {
			past = append(past, "signed after the given time")
		}
	}
	if at.Before(x.from) {
		past = append(past, "the signer's certificate is not valid before "+day(x.from))
	}
	if at.After(x.until) {
		past = append(past, "the signer's certificate ended on "+day(x.until))
	}
	if e := match.ZoneExpiry(v.zone.Expires, day(at)); e != "" && e < day(at)[:len(e)] {
		past = append(past, "the document expired on "+e)
	}
	if len(past) > 0 {
		v.add(PartValidity, Failed, strings.Join(past, "; "))
		return
	}
	detail := "signer's certificate from " + day(x.from) + " to " + day(x.until)
	if !v.SignedAt.IsZero() {
		detail = "signed on " + day(v.SignedAt) + "; " + detail
	}
	v.add(PartValidity, OK, detail)
}

// own says whether the chip itself answered: by signing (DG15), or by agreeing on
// a key (DG14). Each part stands for itself.
func (v *verification) own(t *Transcript) {
	if t == nil {
		t = &Transcript{}
	}
	has := func(n int) bool { return slices.Contains(v.Checked, n) }
	offers := func(n int) bool { return v.object == nil || v.object.groups[n] != nil }
	switch asked := t.Challenge != nil || t.Response != nil; {
	case asked && !has(15):
		v.add(PartActive, NotVerifiable, "DG15, which holds the chip's key, was not given or does not hold")
	case asked:
		state, detail := v.document.active(t)
		v.add(PartActive, state, detail)
	case !offers(15):
		v.add(PartActive, NotDone, "the chip does not offer it")
	default:
		v.add(PartActive, NotDone, "the chip was not asked; files can be copied from one phone to another")
	}
	switch asked := t.Agreement != nil; {
	case asked && !has(14):
		v.add(PartChip, NotVerifiable, "DG14, which holds the chip's key, was not given or does not hold")
	case asked:
		state, detail := v.document.agreed(t.Agreement, t.Answer)
		v.add(PartChip, state, detail)
	case !offers(14):
		v.add(PartChip, NotDone, "the chip does not offer it")
	case !has(14):
		v.add(PartChip, NotDone, "DG14 was not given")
	default:
		v.add(PartChip, NotDone, "the chip was not asked")
	}
}

func groupList(n []int) string {
	var s []string
	for _, k := range n {
		s = append(s, fmt.Sprintf("DG%d", k))
	}
	return strings.Join(s, ", ")
}
