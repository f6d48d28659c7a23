package web

import (
	"net/http"
	"slices"

	"bonafide/access"
)

type settingsPage struct {
	Lang, Theme, Keys string
	Saved             bool
	Passkeys          bool
	Webhooks          bool // may say where messages go
	Map               []keyView
}

// keyView is one single key: the name of its field, as it is shipped, as this
// browser has it.
type keyView struct{ Field, Key, Own string }

func settingsShow(v *visit) error {
	p := settingsPage{Lang: string(v.lang), Theme: themeOf(v.r), Keys: "on", Saved: v.r.URL.Query().Get("saved") != "", Passkeys: v.s.Door.Passes != nil,
		Webhooks: v.caller.May(access.ManageWebhooks)}
	if !keysOn(v.r) {
		p.Keys = "off"
	}
	pairs := keyMap(v.r)
	for i, k := range singleKeys {
		p.Map = append(p.Map, keyView{"key-" + string(rune('a'+i)), k, ownKey(pairs, k)})
	}
	return v.show("settings_show", say(v.lang, "nav settings"), p)
}

// settingsSave keeps what this browser is to show; nothing about a person.
func settingsSave(v *visit) error {
	pairs, err := typedKeys(v.r.PostFormValue)
	if err != nil {
		return err
	}
	if pairs != keyMap(v.r) {
		http.SetCookie(v.w, &http.Cookie{Name: "keymap", Value: pairs, Path: "/", MaxAge: 365 * 24 * 3600, Secure: v.s.Secure, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	}
	for name, allowed := range map[string][]string{"lang": {"en", "de", "pt"}, "theme": {"", "light", "dark"}, "keys": {"on", "off"}} {
		if x := v.r.PostFormValue(name); slices.Contains(allowed, x) {
			http.SetCookie(v.w, &http.Cookie{Name: name, Value: x, Path: "/", MaxAge: 365 * 24 * 3600, Secure: v.s.Secure, HttpOnly: true, SameSite: http.SameSiteStrictMode})
		}
	}
	return v.back("/settings?saved=yes")
}
