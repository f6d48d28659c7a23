package wallet

import "crypto/ecdh"

// Unpack is for tests outside the package: the claims of a presentation with its
// disclosures in place, unverified.
func Unpack(presentation string) (map[string]any, error) {
	d, err := parseSDJWT(presentation)
	if err != nil {
		return nil, err
	}
	return d.unpack()
}

// Agree is the key agreement of jwe.go with all its inputs given.
func Agree(own *ecdh.PrivateKey, epk map[string]any, enc, apu, apv string, bits int) ([]byte, error) {
	theirs, err := agreementKey(epk)
	if err != nil {
		return nil, err
	}
	shared, err := own.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	return deriveKey(shared, enc, []byte(apu), []byte(apv), bits), nil
}
