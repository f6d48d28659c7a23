package web

import (
	"net/http"
	"slices"
)

type settingsPage struct {
	Lang, Theme, Keys string
	Saved             bool
	Passkeys          bool
}

func settingsShow(v *visit) error {
	p := settingsPage{Lang: string(v.lang), Theme: themeOf(v.r), Keys: "on", Saved: v.r.URL.Query().Get("saved") != "", Passkeys: v.s.Door.Passes != nil}
	if !keysOn(v.r) {
		p.Keys = "off"
	}
	return v.show("settings_show", say(v.lang, "nav settings"), p)
}

// settingsSave keeps what this browser is to show; nothing about a person.
func settingsSave(v *visit) error {
	for name, allowed := range map[string][]string{"lang": {"en", "de", "pt"}, "theme": {"", "light", "dark"}, "keys": {"on", "off"}} {
		if x := v.r.PostFormValue(name); slices.Contains(allowed, x) {
			http.SetCookie(v.w, &http.Cookie{Name: name, Value: x, Path: "/", MaxAge: 365 * 24 * 3600, Secure: v.s.Secure, HttpOnly: true, SameSite: http.SameSiteStrictMode})
		}
	}
	return v.back("/settings?saved=yes")
}
