package store

import (
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"

	"github.com/go-json-experiment/json"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/mod/sumdb/note"

	"bonafide/record"
)

// Sealing: XChaCha20-Poly1305, whose nonces of 192 bits may be random for ever.
// Every sealed value is bound to its place by the additional data, so that a
// row copied elsewhere does not open. A key of 256 random bits per subject is
// sealed by the key of the tenant, and that by a key of the key file. The
// standard construction is enough here: a tink keyset would keep in files of
// its own what must stand in the rows and go with them.

const (
	keySize = chacha20poly1305.KeySize
	sealed1 = 1 // first byte of everything sealed: the construction
)

var errSeal = &record.Error{Code: record.CodeInternal, Where: "seal", Message: "a sealed value does not open: another key, another place, or altered"}

func newKey() []byte {
	k := make([]byte, keySize)
	rand.Read(k)
	return k
}

func sealWith(key, plain []byte, place ...string) []byte {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil { // only a key of the wrong length: not from outside
		return nil
	}
	out := make([]byte, 1+aead.NonceSize(), 1+aead.NonceSize()+len(plain)+aead.Overhead())
	out[0] = sealed1
	rand.Read(out[1:])
	return aead.Seal(out, out[1:], plain, placed(place))
}

func openWith(key, sealed []byte, place ...string) ([]byte, error) {
	var aead cipher.AEAD
	var err error
	if aead, err = chacha20poly1305.NewX(key); err != nil || len(sealed) < 1+aead.NonceSize() || sealed[0] != sealed1 {
		return nil, errSeal
	}
	n := 1 + aead.NonceSize()
	plain, err := aead.Open(nil, sealed[1:n], sealed[n:], placed(place))
	if err != nil {
		return nil, errSeal
	}
	return plain, nil
}

// placed writes where a value belongs, without two ways to read it.
func placed(place []string) []byte {
	var b []byte
	for _, p := range place {
		b = binary.AppendUvarint(b, uint64(len(p)))
		b = append(b, p...)
	}
	return b
}

func mac(key []byte, place ...string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(placed(place))
	return m.Sum(nil)
}

// tenantKeys are a tenant's opened keys: seal wraps the subjects' keys and what
// belongs to no subject, blind makes the tokens of equality search and may
// never change.
type tenantKeys struct {
	version int64
	seals   map[int64][]byte // by version
	blind   []byte
}

func (k *tenantKeys) seal() []byte { return k.seals[k.version] }

// tenantKeys opens the keys of the transaction's tenant.
func (t *Tx) tenantKeys() (*tenantKeys, error) {
	t.store.mu.RLock()
	k := t.store.tenants[t.tenant]
	t.store.mu.RUnlock()
	if k != nil {
		return k, nil
	}
	k = &tenantKeys{seals: map[int64][]byte{}}
	type row struct {
		version      int64
		purpose, kek string
		wrapped      []byte
	}
	rows, err := collect(t, "select version, purpose, kek, wrapped from tenant_keys where tenant = $1 order by version", func(s scan) (r row, err error) {
		return r, s(&r.version, &r.purpose, &r.kek, &r.wrapped)
	})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		key := t.store.keys.kek(r.kek)
		if key == nil {
			return nil, &record.Error{Code: record.CodeUnavailable, Where: "keys", Message: "the key file does not hold key " + r.kek + ", which this tenant's keys are sealed with"}
		}
		plain, err := openWith(key, r.wrapped, "tenant_keys", t.tenant, r.purpose)
		if err != nil {
			return nil, err
		}
		if r.purpose == "blind" {
			k.blind = plain
			continue
		}
		k.seals[r.version], k.version = plain, r.version
	}
	if k.blind == nil || k.seals[k.version] == nil {
		return nil, missing("tenant")
	}
	t.store.mu.Lock()
	t.store.tenants[t.tenant] = k
	t.store.mu.Unlock()
	return k, nil
}

// subjectKey is the key of a subject; after erasure there is none.
func (t *Tx) subjectKey(subject string) ([]byte, error) {
	if k := t.keys[subject]; k != nil {
		return k, nil
	}
	var version int64
	var wrapped []byte
	if err := t.one("subject", "select version, wrapped from subject_keys where tenant = $1 and subject = $2", []any{&version, &wrapped}, subject); err != nil {
		return nil, err
	}
	wrapping, err := t.sealKey(version)
	if err != nil {
		return nil, err
	}
	key, err := openWith(wrapping, wrapped, "subject_keys", t.tenant, subject)
	if err != nil {
		return nil, err
	}
	t.remember(subject, key)
	return key, nil
}

func (t *Tx) remember(subject string, key []byte) {
	if t.keys == nil {
		t.keys = map[string][]byte{}
	}
	t.keys[subject] = key
}

// newSubjectKey gives a new subject its key.
func (t *Tx) newSubjectKey(subject string) error {
	k, err := t.tenantKeys()
	if err != nil {
		return err
	}
	key := newKey()
	t.remember(subject, key)
	err = t.put("insert into subject_keys (tenant, subject, version, wrapped, created) values ($1,$2,$3,$4,$5)",
		subject, k.version, sealWith(k.seal(), key, "subject_keys", t.tenant, subject), micros(t.now))
	return err
}

// seal seals a value of a subject for one place: table, id.
func (t *Tx) seal(subject string, plain []byte, table, id string) ([]byte, error) {
	key, err := t.subjectKey(subject)
	if err != nil {
		return nil, err
	}
	return sealWith(key, plain, t.tenant, table, id), nil
}

// open opens a value of a subject. It counts as reading that person's data: the
// transaction must hold an entry that says so.
func (t *Tx) open(subject string, sealed []byte, table, id string) ([]byte, error) {
	if t.readOnly {
		return nil, &record.Error{Code: record.CodeInternal, Where: "store", Message: "a view opens nothing sealed: reading a person's data needs an entry"}
	}
	key, err := t.subjectKey(subject)
	if err != nil {
		return nil, err
	}
	t.opened++
	return openWith(key, sealed, t.tenant, table, id)
}

// sealHouse and openHouse are for what belongs to the tenant and to no subject:
// staff, secrets of settings, stored answers.
func (t *Tx) sealHouse(plain []byte, table, id string) ([]byte, error) {
	k, err := t.tenantKeys()
	if err != nil {
		return nil, err
	}
	var version [8]byte
	binary.BigEndian.PutUint64(version[:], uint64(k.version))
	return append(version[:], sealWith(k.seal(), plain, t.tenant, table, id)...), nil
}

func (t *Tx) openHouse(sealed []byte, table, id string) ([]byte, error) {
	if len(sealed) < 8 {
		return nil, errSeal
	}
	key, err := t.sealKey(int64(binary.BigEndian.Uint64(sealed)))
	if err != nil {
		return nil, err
	}
	return openWith(key, sealed[8:], t.tenant, table, id)
}

// sealed and opened JSON of the house's own nouns.
func (t *Tx) sealJSON(subject string, v any, table, id string) ([]byte, error) {
	b, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: table, Message: "cannot be written as JSON"}
	}
	return t.seal(subject, b, table, id)
}

func (t *Tx) openJSON(subject string, sealed []byte, v any, table, id string) error {
	b, err := t.open(subject, sealed, table, id)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return &record.Error{Code: record.CodeInternal, Where: table, Message: "does not read back as it was written"}
	}
	return nil
}

// Blind is the token of a value for equality search: an HMAC under the tenant's
// own key, 128 bits. kind keeps equal values of different kinds apart. The
// caller brings value into its canonical form first.
func (t *Tx) Blind(kind, value string) ([]byte, error) {
	k, err := t.tenantKeys()
	if err != nil {
		return nil, err
	}
	return mac(k.blind, "blind", kind, value)[:16], nil
}

// Commitment is what an audit entry may hold of personal values: an HMAC under
// a key that goes when the subject is erased, in hex of 64 letters.
func (t *Tx) Commitment(subject string, payload []byte) (string, error) {
	key, err := t.subjectKey(subject)
	if err != nil {
		return "", err
	}
	return hexOf(mac(key, "commitment", string(payload))), nil
}

// LinkKey is the tenant's key for linking digests (link.NewKeyer), derived and
// stable for the life of the tenant.
func (t *Tx) LinkKey() ([]byte, error) {
	k, err := t.tenantKeys()
	if err != nil {
		return nil, err
	}
	return mac(k.blind, "link"), nil
}

// verifierOf is the public half of a note signing key.
func verifierOf(secret string) (string, error) {
	parts := strings.SplitN(secret, "+", 5) // PRIVATE+KEY+name+hash+data
	bad := &record.Error{Code: record.CodeInternal, Where: "keys", Message: "the audit key cannot be used"}
	if len(parts) != 5 {
		return "", bad
	}
	data, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(data) != 1+ed25519.SeedSize {
		return "", bad
	}
	public := ed25519.NewKeyFromSeed(data[1:]).Public().(ed25519.PublicKey)
	key, err := note.NewEd25519VerifierKey(parts[2], public)
	if err != nil {
		return "", bad
	}
	return key, nil
}
