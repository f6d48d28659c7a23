package wallet

import (
	"crypto/x509"
	"errors"
	"strconv"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// readVICAL reads a verified issuer certificate authority list (ISO 18013-5 annex
// C.1.7), the form in which the authorities of mobile driving licences are
// published: a COSE_Sign1 over provider, dates and certificates with the document
// types each is good for.
//
// The signature must fit the certificate that came with it; SignedBy then holds
// that certificate's fingerprint. Whether this is the provider's, only who fetched
// the list can know, as with a file of PEM certificates.
func (t *TrustList) readVICAL(b []byte) error {
	c, err := parseCOSE(b, 18)
	if err != nil {
		return err
	}
	if len(c.x5chain) == 0 || c.payload == nil {
		return errors.New("a VICAL without its signer's certificate, or without content")
	}
	signer, err := x509.ParseCertificate(c.x5chain[0])
	if err != nil {
		return errors.New("the certificate of the VICAL's signer cannot be read")
	}
	if err := c.verify(signer.PublicKey, c.payload); err != nil {
		return err
	}
	t.SignedBy = hashHex(signer.Raw)
	var in struct {
		Provider   string      `cbor:"vicalProvider"`
		Date       cbor.RawTag `cbor:"date"`
		IssueID    uint64      `cbor:"vicalIssueID"`
		NextUpdate cbor.RawTag `cbor:"nextUpdate"`
		Infos      []struct {
			Certificate []byte   `cbor:"certificate"`
			DocTypes    []string `cbor:"docType"`
		} `cbor:"certificateInfos"`
	}
	if err := uncbor(c.payload, &in); err != nil {
		return err
	}
	t.Name, t.Version = in.Provider, strconv.FormatUint(in.IssueID, 10)
	if in.IssueID == 0 {
		t.Version = ""
	}
	if t.Issued, err = moment(in.Date); err != nil {
		return errors.New("the date of the VICAL is no date")
	}
	if in.NextUpdate.Content != nil {
		if t.NextUpdate, err = moment(in.NextUpdate); err != nil {
			return errors.New("the next date of the VICAL is no date")
		}
	}
	if t.NextUpdate.IsZero() {
		// A list that promises no next edition still cannot tell for ever who was
		// taken off it.
		t.NextUpdate = t.Issued.Add(90 * 24 * time.Hour)
	}
	for _, info := range in.Infos {
		if len(info.DocTypes) == 0 {
			return errors.New("a certificate of the VICAL is listed for no document")
		}
		t.add(anchor{formats: []string{FormatMdoc}, types: info.DocTypes}, info.Certificate)
	}
	return nil
}
