package web

import (
	"net/url"
	"strings"
	"testing"

	"bonafide/record"
)

// Keys move, swap and come back; one key never does two things, and a cookie that
// somebody wrote by hand does nothing.
func TestKeyMap(t *testing.T) {
	for pairs, valid := range map[string]bool{
		"": true, "jh": true, "jkkj": true, "jk": false, "j": false, "zz": false, "jhjl": false, "jhkh": false, "j<": false, "jé": false,
		strings.Repeat("jh", 40): false,
	} {
		if validMap(pairs) != valid {
			t.Errorf("%q: %v", pairs, !valid)
		}
	}
	if ownKey("jkkj", "k") != "j" || ownKey("jh", "o") != "o" {
		t.Error("a key is not where it was moved")
	}
}

func TestKeysInSettings(t *testing.T) {
	w := newWorld(t)
	b := w.browser(record.RoleReviewer)
	b.post("/settings", url.Values{"key-a": {"k"}}, 400) // j where k is
	b.post("/settings", url.Values{"key-a": {"hh"}}, 400)
	if page := b.post("/settings", url.Values{"key-a": {"H"}}, 200); !strings.Contains(page, `data-keymap="jh"`) || !strings.Contains(page, `name="key-a" value="h"`) {
		t.Error("the key has not moved")
	}
	if page := b.post("/settings", url.Values{"key-a": {""}}, 200); strings.Contains(page, "data-keymap") {
		t.Error("the key did not come back")
	}
}
