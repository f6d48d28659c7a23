package store

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"bonafide/record"
)

// Keys is the key file: the key-encrypting keys, newest first, and the key that
// signs the heads of the audit. It is kept apart from the database and from its
// backups: whoever holds only one of the two reads nothing.
//
// One line a key: "kek ID BASE64" or "audit PRIVATE+KEY+…" (a note signer).
type Keys struct {
	path string
	sign string

	mu   sync.RWMutex
	keks []kek
}

type kek struct {
	id  string
	key []byte // 32 bytes
}

const keysMost = 64 << 10 // bytes of a key file

// NewKeys makes fresh keys that are kept nowhere: for tests, and for CreateKeys.
func NewKeys() (*Keys, error) {
	k := new(Keys)
	k.addKEK()
	secret, _, err := note.GenerateKey(rand.Reader, "bonafide")
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "keys", Message: "the audit key cannot be made", Err: err}
	}
	k.sign = secret
	return k, nil
}

func (k *Keys) addKEK() {
	key := make([]byte, 32)
	rand.Read(key)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keks = append([]kek{{NewID()[:8], key}}, k.keks...)
}

// newest is the key that new keys are sealed with.
func (k *Keys) newest() kek {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.keks[0]
}

// CreateKeys makes a key file with mode 0600; one that exists is never touched.
func CreateKeys(path string) (*Keys, error) {
	k, err := NewKeys()
	if err != nil {
		return nil, err
	}
	k.path = path
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, keyFileError(path, "cannot be made", err)
	}
	_, err = f.Write(k.text())
	if err := errors.Join(err, f.Sync(), f.Close(), syncDir(filepath.Dir(path))); err != nil {
		return nil, keyFileError(path, "cannot be written", err)
	}
	return k, nil
}

// OpenKeys reads a key file. One that others may read is refused.
func OpenKeys(path string) (*Keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, keyFileError(path, "cannot be read", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, &record.Error{Code: record.CodeRefused, Where: path, Message: "others may read this key file: chmod 600 it, and think about who has"}
	}
	if info.Size() > keysMost {
		return nil, record.Invalid(path, "too long for a key file")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, keyFileError(path, "cannot be read", err)
	}
	k, err := ParseKeys(b)
	if err != nil {
		return nil, err
	}
	k.path = path
	return k, nil
}

// ParseKeys reads the text of a key file. Its errors name lines, never keys.
func ParseKeys(b []byte) (*Keys, error) {
	k := new(Keys)
	for i, line := range strings.Split(string(b), "\n") {
		fields := strings.Fields(line)
		bad := func(what string) error { return record.Invalid(fmt.Sprintf("key file:%d", i+1), what) }
		switch {
		case len(fields) == 0 || strings.HasPrefix(line, "#"):
		case fields[0] == "kek" && len(fields) == 3:
			key, err := base64.StdEncoding.DecodeString(fields[2])
			if err != nil || len(key) != 32 {
				return nil, bad("a key is 32 bytes in base64")
			}
			k.keks = append(k.keks, kek{fields[1], key})
		case fields[0] == "audit" && len(fields) == 2:
			if _, err := note.NewSigner(fields[1]); err != nil {
				return nil, bad("not a signing key")
			}
			k.sign = fields[1]
		default:
			return nil, bad("neither kek nor audit")
		}
	}
	if len(k.keks) == 0 || k.sign == "" {
		return nil, record.Invalid("key file", "a kek line or the audit line is missing")
	}
	return k, nil
}

func (k *Keys) text() []byte {
	var b bytes.Buffer
	b.WriteString("# bonafide keys. Keep a copy offline, apart from the backups: without this file nothing can be read.\n")
	k.mu.RLock()
	defer k.mu.RUnlock()
	for _, one := range k.keks {
		fmt.Fprintf(&b, "kek %s %s\n", one.id, base64.StdEncoding.EncodeToString(one.key))
	}
	fmt.Fprintf(&b, "audit %s\n", k.sign)
	return b.Bytes()
}

// save replaces the file whole.
func (k *Keys) save() error {
	if k.path == "" {
		return nil
	}
	f, err := os.OpenFile(k.path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return keyFileError(k.path, "cannot be written", err)
	}
	_, err = f.Write(k.text())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return keyFileError(k.path, "cannot be written", err)
	}
	if err := errors.Join(os.Rename(k.path+".part", k.path), syncDir(filepath.Dir(k.path))); err != nil {
		return keyFileError(k.path, "cannot be replaced", err)
	}
	return nil
}

// kek finds a key; one that another process has made since is read from the file.
func (k *Keys) kek(id string) []byte {
	if key := k.known(id); key != nil || k.path == "" {
		return key
	}
	again, err := OpenKeys(k.path)
	if err != nil || again.sign != k.sign {
		return nil
	}
	k.mu.Lock()
	k.keks = again.keks
	k.mu.Unlock()
	return k.known(id)
}

func (k *Keys) known(id string) []byte {
	k.mu.RLock()
	defer k.mu.RUnlock()
	for _, one := range k.keks {
		if one.id == id {
			return one.key
		}
	}
	return nil
}

// Signer signs the heads of the audit.
func (k *Keys) Signer() (note.Signer, error) {
	s, err := note.NewSigner(k.sign)
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "keys", Message: "the audit key cannot be used"}
	}
	return s, nil
}

// VerifierKey is the public half of the audit key, one line: what an auditor
// needs to verify, offline, on another machine.
func (k *Keys) VerifierKey() (string, error) {
	return verifierOf(k.sign)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func keyFileError(path, what string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &record.Error{Code: record.CodeUnavailable, Where: path, Message: what, Err: err}
}
