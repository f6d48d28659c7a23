package web

import (
	"net/http"
	"slices"
	"strings"

	"bonafide/record"
)

// singleKeys are the keys that act by themselves, in the order in which they are
// shown. A browser may give each of them to another letter or digit.
var singleKeys = []string{"j", "k", "o", "c", "x", "a", "1", "2", "3", "4", "e", "g", "n", "u", "/", "?"}

const keyLetters = "abcdefghijklmnopqrstuvwxyz0123456789/?."

// keyMap is what a browser has moved: pairs of the shipped key and its own. What
// is none is passed over.
func keyMap(r *http.Request) string {
	c, err := r.Cookie("keymap")
	if err != nil || !validMap(c.Value) {
		return ""
	}
	return c.Value
}

func validMap(pairs string) bool {
	if len(pairs)%2 != 0 || len(pairs) > 2*len(singleKeys) {
		return false
	}
	own := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		from, to := pairs[i:i+1], pairs[i+1:i+2]
		if !slices.Contains(singleKeys, from) || own[from] != "" || !strings.Contains(keyLetters, to) {
			return false
		}
		own[from] = to
	}
	taken := map[string]bool{}
	for _, k := range singleKeys {
		to := k
		if own[k] != "" {
			to = own[k]
		}
		if taken[to] {
			return false // one key cannot do two things
		}
		taken[to] = true
	}
	return true
}

// ownKey is a shipped key as a browser has it.
func ownKey(pairs, key string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i:i+1] == key {
			return pairs[i+1 : i+2]
		}
	}
	return key
}

// typedKeys reads the keys of a form; an empty field stays as it is shipped.
func typedKeys(value func(string) string) (pairs string, err error) {
	for i, k := range singleKeys {
		to := strings.ToLower(strings.TrimSpace(value("key-" + string(rune('a'+i)))))
		if to == "" || to == k {
			continue
		}
		if len(to) != 1 {
			return "", record.Invalid("keys", "one letter or digit each")
		}
		pairs += k + to
	}
	if !validMap(pairs) {
		return "", record.Invalid("keys", "letters and digits, and no key for two things")
	}
	return pairs, nil
}
