package web

import (
	"net/http"
	"time"

	"bonafide/access"
	"bonafide/record"
)

type invitePage struct {
	Token, Proof string
	Gone         bool
}

type againPage struct{ Sent bool }

const inviteCookie = "invite"

// inviteShow shows a page with one button. Opening it, as often as a scanner of
// mails likes, uses nothing up; the button works only in the browser that was
// shown the page, which a cookie says.
func inviteShow(g *guest) error {
	nonce := access.Secret()
	g.setCookie(inviteCookie, nonce, time.Hour)
	return g.show("portal_invite", say(g.lang, "p invite h"), invitePage{Token: g.r.PathValue("token"), Proof: access.Hash(nonce)})
}

func inviteUse(g *guest) error {
	c, err := g.r.Cookie(inviteCookie)
	if err != nil || access.Hash(c.Value) != g.field("proof") {
		return g.showAs(http.StatusBadRequest, "portal_invite", say(g.lang, "p invite h"), invitePage{Token: g.r.PathValue("token"), Proof: "", Gone: false})
	}
	cookie, err := g.s.Desk.AcceptInvite(g, g.r.PathValue("token"))
	if err != nil {
		if record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		return g.showAs(http.StatusGone, "portal_invite", say(g.lang, "p invite h"), invitePage{Gone: true})
	}
	g.setCookie(inviteCookie, "", -time.Second)
	g.setCookie(g.s.portalCookie(), cookie, 30*24*time.Hour)
	return g.back("/portal")
}

func againShow(g *guest) error {
	return g.show("portal_again", say(g.lang, "p again h"), againPage{})
}

// againSend answers the same whether an address is known or not, after the same
// work: a job looks for it.
func againSend(g *guest) error {
	p := g.s.Portal
	values, err := g.s.Keeper.KeysOf(g, p.Tenant, "mail", g.field("mail"))
	if err != nil && record.CodeOf(err) != record.CodeInvalid {
		return err
	}
	if err := g.s.Desk.AskAgain(g, p.Tenant, values, p.House); err != nil {
		return err
	}
	return g.show("portal_again", say(g.lang, "p again h"), againPage{Sent: true})
}
