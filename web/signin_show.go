package web

import (
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/access"
	"bonafide/record"
)

// Signing in: by a link that works once, by a passkey, by the organisation's
// own sign-in. No password exists anywhere.

type signInPage struct {
	Token, To string
	Keys      bool
	Providers []string
	Gone      bool
}

func (v *visit) signInPage() signInPage {
	p := signInPage{Token: v.r.PathValue("token"), To: local(v.r.FormValue("to")), Keys: v.s.Door.Passes != nil}
	for tenant := range v.s.Door.OIDC {
		p.Providers = append(p.Providers, tenant)
	}
	return p
}

func signInShow(v *visit) error {
	if v.caller.ID != "" {
		return v.back("/")
	}
	return v.show("signin_show", say(v.lang, "sign in"), v.signInPage())
}

// signInLinkShow shows a page with one button: mail scanners open links, and a
// link that is only opened must not be used up.
func signInLinkShow(v *visit) error {
	return v.show("signin_show", say(v.lang, "sign in"), v.signInPage())
}

func signInLink(v *visit) error {
	_, cookie, err := v.s.Door.Redeem(v, v.r.PathValue("token"))
	if err != nil {
		if !access.IsNobody(err) {
			return err
		}
		p := v.signInPage()
		p.Token, p.Gone = "", true
		return v.showAs(http.StatusGone, "signin_show", say(v.lang, "sign in"), p)
	}
	http.SetCookie(v.w, cookie)
	return v.back("/")
}

func signOut(v *visit) error {
	cookie, err := v.s.Door.SignOut(v, v.caller)
	if err != nil {
		return err
	}
	http.SetCookie(v.w, cookie)
	return v.back("/sign-in")
}

// signInKeyBegin and signInKey are the two halves of a passkey, spoken to by
// desk.js in JSON, because browsers give passkeys to script only.
func signInKeyBegin(v *visit) error {
	if v.s.Door.Passes == nil {
		v.w.WriteHeader(http.StatusNotFound)
		return errDone
	}
	options, token, err := v.s.Door.BeginSignIn(v, v.r.FormValue("tenant"))
	if err != nil {
		return err
	}
	return v.json(struct {
		Options any    `json:"options"`
		Token   string `json:"token"`
	}{options, token})
}

func signInKey(v *visit) error {
	var in struct {
		Tenant string `json:"tenant"`
		Token  string `json:"token"`
		Answer []byte `json:"answer"`
	}
	if err := json.UnmarshalRead(v.r.Body, &in, json.RejectUnknownMembers(true)); err != nil {
		v.w.WriteHeader(http.StatusBadRequest)
		return errDone
	}
	_, cookie, err := v.s.Door.SignInByPasskey(v, in.Tenant, in.Token, in.Answer)
	if err != nil {
		v.w.WriteHeader(http.StatusUnauthorized)
		return errDone
	}
	http.SetCookie(v.w, cookie)
	v.w.WriteHeader(http.StatusNoContent)
	return errDone
}

func (v *visit) json(x any) error {
	v.w.Header().Set("Content-Type", "application/json")
	if err := json.MarshalWrite(v.w, x); err != nil {
		return err
	}
	return errDone
}

// local is an address within the desk, so that nobody is sent elsewhere after
// signing in.
func local(to string) string {
	if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.ContainsAny(to, "\\\r\n") && len(to) < 500 {
		return to
	}
	return "/"
}

func home(v *visit) error {
	switch {
	case v.caller.May(access.ListCases):
		return v.back("/queue")
	case v.caller.May(access.AddApplication):
		return v.back("/hand-in")
	case v.caller.May(access.ReadAudit):
		return v.back("/audit")
	}
	return v.back("/rules")
}

// again refuses what needs a sign-in of just now, and says how to get one.
func (v *visit) again() error {
	return &record.Error{Code: record.CodeRefused, Where: "session", Message: "this needs a sign-in of the last ten minutes: sign out, sign in, and try again"}
}
