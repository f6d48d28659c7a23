package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"strings"
)

// lower is base32 without padding, in small letters and digits: it survives
// double clicks, mail and shells.
var lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Secret is 256 random bits as 52 signs.
func Secret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	return lower.EncodeToString(b[:])
}

const secretLength = 52

// Hash is what is kept of a secret of 256 random bits: its SHA-256 in hex. Such
// a secret cannot be guessed, so a slow hash would only slow down every request.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// matches compares a secret with a kept hash in constant time.
func matches(secret, hash string) bool {
	return subtle.ConstantTimeCompare([]byte(Hash(secret)), []byte(hash)) == 1
}

// KeyPrefix begins every key, so that scanners of source code know it.
const KeyPrefix = "bf_"

// FormKey is a key as its owner gets it, once: bf_<id>_<secret>.
func FormKey(id, secret string) string { return KeyPrefix + id + "_" + secret }

// SplitKey reads a key apart. It says nothing about whether the key exists.
func SplitKey(key string) (id, secret string, ok bool) {
	rest, ok := strings.CutPrefix(key, KeyPrefix)
	if !ok || len(rest) > 256 {
		return "", "", false
	}
	id, secret, ok = strings.Cut(rest, "_")
	return id, secret, ok && plainWord(id) && plainWord(secret) && len(secret) == secretLength
}

// plainWord says whether s holds only small letters, digits and dots.
func plainWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '-' {
			return false
		}
	}
	return s != ""
}
