package wallet

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"
)

// decrypt opens a compact JWE (RFC 7516) made for our ephemeral key: ECDH-ES with
// direct agreement on P-256 (RFC 7518 section 4.6), A128GCM or A256GCM, as HAIP
// demands. Nothing else is understood, compression least of all.
func decrypt(token string, key *ecdh.PrivateKey, kid string) ([]byte, error) {
	if len(token) > maxToken {
		return nil, errors.New("the answer is too long")
	}
	parts := strings.Split(token, ".")
	if len(parts) != 5 {
		return nil, errors.New("the answer has not five parts")
	}
	var raw [5][]byte
	for i, p := range parts {
		var err error
		if raw[i], err = unbase64(p); err != nil {
			return nil, errors.New("the answer is not base64url")
		}
	}
	head, err := object(raw[0])
	if err != nil {
		return nil, errors.New("the header of the answer is not a strict JSON object")
	}
	if head["alg"] != "ECDH-ES" {
		return nil, errors.New("the answer is encrypted in another way than ECDH-ES")
	}
	enc := stringOf(head["enc"])
	bits := map[string]int{"A128GCM": 128, "A256GCM": 256}[enc]
	if bits == 0 {
		return nil, errors.New("the answer is encrypted with another algorithm than A128GCM and A256GCM")
	}
	if head["crit"] != nil || head["zip"] != nil {
		return nil, errors.New("the header of the answer demands an extension that is not known")
	}
	if k, there := head["kid"]; there && k != kid {
		return nil, errors.New("the answer is encrypted to another key")
	}
	if len(raw[1]) != 0 || len(raw[2]) != 12 || len(raw[4]) != 16 {
		return nil, errors.New("a part of the answer has the wrong length")
	}
	epk, _ := head["epk"].(map[string]any)
	theirs, err := agreementKey(epk)
	if err != nil {
		return nil, err
	}
	shared, err := key.ECDH(theirs)
	if err != nil {
		return nil, errors.New("the keys are of different curves")
	}
	apu, err1 := unbase64(stringOf(head["apu"]))
	apv, err2 := unbase64(stringOf(head["apv"]))
	if err1 != nil || err2 != nil {
		return nil, errors.New("the header of the answer is not base64url")
	}
	block, err := aes.NewCipher(deriveKey(shared, enc, apu, apv, bits))
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, raw[2], append(raw[3], raw[4]...), []byte(parts[0]))
	if err != nil {
		return nil, errors.New("the answer cannot be decrypted with the key of this request")
	}
	return plain, nil
}

func agreementKey(m map[string]any) (*ecdh.PublicKey, error) {
	k, err := parseJWK(m)
	if err != nil {
		return nil, errors.New("the ephemeral key of the answer is not well-formed")
	}
	e, ok := k.key.(interface {
		ECDH() (*ecdh.PublicKey, error)
	})
	if !ok {
		return nil, errors.New("the ephemeral key of the answer is of another kind")
	}
	return e.ECDH()
}

// deriveKey is the Concat KDF of NIST SP 800-56A with SHA-256 (RFC 7518 section
// 4.6.2); one round gives enough for both key lengths.
func deriveKey(shared []byte, enc string, apu, apv []byte, bits int) []byte {
	h := sha256.New()
	word := func(n int) { h.Write(binary.BigEndian.AppendUint32(nil, uint32(n))) }
	word(1)
	h.Write(shared)
	for _, part := range [][]byte{[]byte(enc), apu, apv} {
		word(len(part))
		h.Write(part)
	}
	word(bits)
	return h.Sum(nil)[:bits/8]
}
