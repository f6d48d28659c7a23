package wallet

import (
	"bytes"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// docTypeMDL is the mobile driving licence (ISO 18013-5).
const docTypeMDL = "org.iso.18013.5.1.mDL"

// mdoc is one document of a DeviceResponse (ISO 18013-5 section 8.3.2.1.2.2).
type mdoc struct {
	docType    string
	items      map[string][]cbor.RawMessage // namespace → IssuerSignedItemBytes as they came
	issuerAuth *cose
	mso        *securityObject
	msoError   error
	deviceNS   cbor.RawMessage // DeviceNameSpacesBytes as they came
	signature  cbor.RawMessage
	mac        cbor.RawMessage
}

// securityObject is the Mobile Security Object (section 9.1.2.4): what the
// issuer signed.
type securityObject struct {
	Version         string                       `cbor:"version"`
	DigestAlgorithm string                       `cbor:"digestAlgorithm"`
	ValueDigests    map[string]map[uint64][]byte `cbor:"valueDigests"`
	DeviceKeyInfo   struct {
		DeviceKey cbor.RawMessage `cbor:"deviceKey"`
	} `cbor:"deviceKeyInfo"`
	DocType      string `cbor:"docType"`
	ValidityInfo struct {
		Signed     cbor.RawTag `cbor:"signed"`
		ValidFrom  cbor.RawTag `cbor:"validFrom"`
		ValidUntil cbor.RawTag `cbor:"validUntil"`
	} `cbor:"validityInfo"`
	Status cbor.RawMessage `cbor:"status"`
}

// parseDeviceResponse reads the documents of a DeviceResponse.
func parseDeviceResponse(b []byte) ([]*mdoc, error) {
	var in struct {
		Version   string            `cbor:"version"`
		Documents []cbor.RawMessage `cbor:"documents"`
		Status    *uint64           `cbor:"status"`
	}
	if err := uncbor(b, &in); err != nil {
		return nil, err
	}
	if in.Version != "1.0" && in.Version != "1.1" {
		return nil, errors.New("this version of a device response is not known")
	}
	if in.Status == nil || *in.Status != 0 {
		return nil, errors.New("the wallet reports that it could not answer")
	}
	if len(in.Documents) == 0 || len(in.Documents) > 10 {
		return nil, errors.New("no document, or too many")
	}
	var docs []*mdoc
	for _, one := range in.Documents {
		d, err := parseMdoc(one)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

func parseMdoc(b []byte) (*mdoc, error) {
	var in struct {
		DocType      string `cbor:"docType"`
		IssuerSigned struct {
			NameSpaces map[string][]cbor.RawMessage `cbor:"nameSpaces"`
			IssuerAuth cbor.RawMessage              `cbor:"issuerAuth"`
		} `cbor:"issuerSigned"`
		DeviceSigned struct {
			NameSpaces cbor.RawMessage `cbor:"nameSpaces"`
			DeviceAuth struct {
				Signature cbor.RawMessage `cbor:"deviceSignature"`
				Mac       cbor.RawMessage `cbor:"deviceMac"`
			} `cbor:"deviceAuth"`
		} `cbor:"deviceSigned"`
	}
	if err := uncbor(b, &in); err != nil {
		return nil, err
	}
	d := &mdoc{docType: in.DocType, items: in.IssuerSigned.NameSpaces, deviceNS: in.DeviceSigned.NameSpaces,
		signature: in.DeviceSigned.DeviceAuth.Signature, mac: in.DeviceSigned.DeviceAuth.Mac}
	var err error
	if d.issuerAuth, err = parseCOSE(in.IssuerSigned.IssuerAuth, 18); err != nil {
		return nil, fmt.Errorf("the issuer's signature: %w", err)
	}
	if d.issuerAuth.payload == nil {
		return nil, errors.New("the issuer's signature has no content")
	}
	mso, err := inner(d.issuerAuth.payload)
	if err != nil {
		return nil, errors.New("the security object is not embedded CBOR")
	}
	d.mso = &securityObject{}
	if err := uncbor(mso, d.mso); err != nil {
		return nil, fmt.Errorf("the security object: %w", err)
	}
	return d, nil
}

func moment(t cbor.RawTag) (time.Time, error) {
	var s string
	if t.Number != 0 || uncbor(t.Content, &s) != nil {
		return time.Time{}, errors.New("not a tagged date")
	}
	return time.Parse(time.RFC3339, s)
}

// readMdoc verifies one mdoc presentation: base64url of a DeviceResponse
// (OpenID4VP 1.0, B.2.5). Some wallets put all documents of an answer into each
// response; of the type that was asked for there must be exactly one.
func (v *verification) readMdoc(r *Report, presentation string) {
	raw, err := unbase64(presentation)
	if err != nil {
		r.say(PartStructure, Failed, err.Error())
		return
	}
	docs, err := parseDeviceResponse(raw)
	if err != nil {
		r.say(PartStructure, Failed, err.Error())
		return
	}
	if len(docs) > 1 {
		docs = slices.DeleteFunc(docs, func(d *mdoc) bool { return d.docType != v.query.Meta.DoctypeValue })
	}
	if len(docs) != 1 {
		r.say(PartStructure, Failed, "not exactly one document of the type that was asked for")
		return
	}
	r.say(PartStructure, OK, "")
	v.document(r, docs[0])
}

// document fills the report of one document.
func (v *verification) document(r *Report, d *mdoc) {
	r.Type = d.mso.DocType
	signed := v.mdocTimes(r, d)
	v.chain(r, d.issuerAuth.x5chain, FormatMdoc, d.mso.DocType, signed, func(k *publicKey) error {
		return d.issuerAuth.verify(k.key, d.issuerAuth.payload)
	})
	switch {
	case d.docType != d.mso.DocType:
		r.say(PartType, Failed, "the document and its security object name different types")
	case d.mso.DocType != v.query.Meta.DoctypeValue:
		r.say(PartType, Failed, "a document of another type was asked for")
	case d.mso.Version != "1.0" && d.mso.Version != "1.1":
		r.say(PartType, NotVerifiable, "this version of a security object is not known")
	default:
		r.say(PartType, OK, "")
	}
	claims, err := d.elements()
	if err != nil {
		r.say(PartDisclosures, Failed, err.Error())
	} else {
		r.say(PartDisclosures, OK, "")
	}
	v.device(r, d)
	v.mdocStatus(r, d.mso.Status)
	if claims != nil {
		v.claims(r, claims)
	}
}

func (v *verification) mdocTimes(r *Report, d *mdoc) (signed time.Time) {
	signed, err1 := moment(d.mso.ValidityInfo.Signed)
	from, err2 := moment(d.mso.ValidityInfo.ValidFrom)
	until, err3 := moment(d.mso.ValidityInfo.ValidUntil)
	if errors.Join(err1, err2, err3) != nil {
		r.say(PartValidity, Failed, "a date is no date")
		return time.Time{}
	}
	r.Issued, r.Expires = &signed, &until
	switch {
	case signed.After(v.At.Add(v.Skew)) || from.After(v.At.Add(v.Skew)):
		r.say(PartValidity, Failed, "not valid yet")
	case !until.After(v.At.Add(-v.Skew)):
		r.say(PartValidity, Failed, "expired")
	case until.Before(from) || from.Before(signed.Add(-v.Skew)):
		r.say(PartValidity, Failed, "the dates contradict each other")
	default:
		r.say(PartValidity, OK, "")
	}
	return signed
}

var mdocHashes = map[string]crypto.Hash{"SHA-256": crypto.SHA256, "SHA-384": crypto.SHA384, "SHA-512": crypto.SHA512}

// elements gives namespace → element → value of the items whose digest the
// issuer signed; one item without its digest spoils all.
func (d *mdoc) elements() (map[string]any, error) {
	h, ok := mdocHashes[d.mso.DigestAlgorithm]
	if !ok {
		return nil, errors.New("the digest algorithm is not supported")
	}
	out := map[string]any{}
	for _, ns := range sortedKeys(d.items) {
		digests := d.mso.ValueDigests[ns]
		values := map[string]any{}
		for _, raw := range d.items[ns] {
			var item struct {
				DigestID   *uint64         `cbor:"digestID"`
				Random     []byte          `cbor:"random"`
				Identifier string          `cbor:"elementIdentifier"`
				Value      cbor.RawMessage `cbor:"elementValue"`
			}
			in, err := inner(raw)
			if err != nil || uncbor(in, &item) != nil || item.DigestID == nil || item.Identifier == "" {
				return nil, errors.New("an element is not well-formed")
			}
			if want := digests[*item.DigestID]; want == nil || !bytes.Equal(want, digest(h, raw)) {
				return nil, errors.New("an element is not what the issuer signed")
			}
			if _, twice := values[item.Identifier]; twice {
				return nil, errors.New("an element stands there twice")
			}
			var value any
			if err := uncbor(item.Value, &value); err != nil {
				return nil, errors.New("the value of an element is not well-formed")
			}
			if values[item.Identifier], err = plain(value, 0); err != nil {
				return nil, err
			}
		}
		out[ns] = values
	}
	return out, nil
}

// plain turns a CBOR value into the JSON kinds of tree.go: bytes become
// base64url, tagged dates their text.
func plain(v any, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errCBOR
	}
	switch v := v.(type) {
	case nil, bool, string:
		return v, nil
	case uint64:
		return number(fmt.Sprint(v)), nil
	case int64:
		return number(fmt.Sprint(v)), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errors.New("an element holds no number")
		}
		return number(strconv.FormatFloat(v, 'g', -1, 64)), nil
	case []byte:
		return base64.RawURLEncoding.EncodeToString(v), nil
	case cbor.Tag:
		return plain(v.Content, depth+1)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			var err error
			if out[i], err = plain(v[i], depth+1); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[any]any:
		out := make(map[string]any, len(v))
		for k, one := range v {
			name := fmt.Sprint(k)
			if _, twice := out[name]; twice {
				return nil, errCBOR
			}
			p, err := plain(one, depth+1)
			if err != nil {
				return nil, err
			}
			out[name] = p
		}
		return out, nil
	}
	return nil, errors.New("an element holds a kind of value that is not known")
}

// device checks the device authentication (ISO 18013-5 section 9.1.3): the key
// in the security object signed, or authenticated, this very session.
func (v *verification) device(r *Report, d *mdoc) {
	key, err := parseCOSEKey(d.mso.DeviceKeyInfo.DeviceKey)
	if err != nil {
		r.say(PartHolder, Failed, "the key of the device: "+err.Error())
		return
	}
	r.HolderKey = base64url(thumbprint(key))
	transcript := v.session.transcript()
	if len(d.deviceNS) == 0 || len(transcript) == 0 {
		r.say(PartHolder, Failed, "the device signed nothing")
		return
	}
	if _, err := inner(d.deviceNS); err != nil {
		r.say(PartHolder, Failed, "what the device signed is not embedded CBOR")
		return
	}
	// #6.24(bstr .cbor ["DeviceAuthentication", SessionTranscript, DocType, DeviceNameSpacesBytes])
	content := encoded(embedded(encoded([]any{"DeviceAuthentication", cbor.RawMessage(transcript), d.mso.DocType, d.deviceNS})))
	switch {
	case len(d.signature) > 0 && len(d.mac) > 0:
		err = errors.New("both a signature and an authentication code")
	case len(d.signature) > 0:
		err = d.deviceSignature(key, content)
	case len(d.mac) > 0:
		if v.session.readerKey == nil {
			r.say(PartHolder, NotVerifiable, "an authentication code needs a reader's key, and this session has none")
			return
		}
		err = d.deviceMAC(key, v.session.readerKey, transcript, content)
	default:
		err = errors.New("the device signed nothing")
	}
	if err != nil {
		r.say(PartHolder, Failed, "the device: "+err.Error())
		r.say(PartNonce, Failed, "made for another request, or altered")
		r.say(PartAudience, Failed, "made for another verifier, or altered")
		return
	}
	// One signature covers nonce, client id and response address together.
	r.say(PartHolder, OK, "")
	r.say(PartNonce, OK, "")
	r.say(PartAudience, OK, "")
}

func (d *mdoc) deviceSignature(key crypto.PublicKey, content []byte) error {
	c, err := parseCOSE(d.signature, 18)
	if err != nil {
		return err
	}
	// The content is detached (section 9.1.3.6); some wallets repeat it.
	if c.payload != nil && !bytes.Equal(c.payload, content) {
		return errors.New("signed something else")
	}
	return c.verify(key, content)
}

// deviceMAC: section 9.1.3.5, the key agreed between device and reader.
func (d *mdoc) deviceMAC(key crypto.PublicKey, reader *ecdh.PrivateKey, transcript, content []byte) error {
	c, err := parseCOSE(d.mac, 17)
	if err != nil {
		return err
	}
	if c.payload != nil && !bytes.Equal(c.payload, content) {
		return errors.New("authenticated something else")
	}
	k, ok := key.(*ecdsa.PublicKey)
	if !ok {
		return errors.New("the key does not fit an authentication code")
	}
	public, err := k.ECDH()
	if err != nil {
		return errors.New("the key does not fit an authentication code")
	}
	shared, err := reader.ECDH(public)
	if err != nil {
		return errors.New("the keys are of different curves")
	}
	salt := sha256.Sum256(encoded(embedded(transcript)))
	mac, err := hkdf.Key(sha256.New, shared, salt[:], "EMacKey", 32)
	if err != nil {
		return err
	}
	return c.verifyMAC(mac, content)
}

func (v *verification) mdocStatus(r *Report, b cbor.RawMessage) {
	if len(b) == 0 {
		v.status(r, nil)
		return
	}
	var any any
	if uncbor(b, &any) != nil {
		v.status(r, false)
		return
	}
	p, err := plain(any, 0)
	if err != nil {
		v.status(r, false)
		return
	}
	v.status(r, p)
}
