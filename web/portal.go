package web

import (
	_ "embed"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"bonafide/access"
	"bonafide/record"
	"bonafide/screen"
)

// Portal is the other side of the desk: the page of the person a case is about.
// It has a cookie of its own, and a session of staff means nothing here. It shows
// what is asked and whether it arrived, in the same words to everybody, and never
// what came of it.
type Portal struct {
	Prover *screen.Prover
	Tenant string // whose public pages these are
	House  string // address under which people reach us, such as https://hiring.example
	Name   string // of the organisation, as people know it
	Mail   string // where a person answers; "" for none
	// Rates bound what one person, and one network, may hand in; nil: unbounded.
	Rates *access.Rates
	// Client is whose request it is, by their network address, where a proxy stands
	// in front; nil: whoever is connected.
	Client func(*http.Request) string
}

// portalWords holds the phrases of the portal, as words.tsv those of the desk.
//
//go:embed portal_words.tsv
var portalWords string

// guest is one request to the portal; who is empty on pages open to everybody.
type guest struct {
	*visit
	who    record.Actor
	cookie string
	langs  []record.Lang // that the tenant offers
}

type portalRoute struct {
	pattern string
	open    bool  // to everybody
	most    int64 // bytes of the body; mostForm when 0
	do      func(*guest) error
}

func portalRoutes() []portalRoute {
	return []portalRoute{
		{"GET /invite/{token}", true, 0, inviteShow},
		{"POST /invite/{token}", true, 0, inviteUse},
		{"GET /portal/again", true, 0, againShow},
		{"POST /portal/again", true, 0, againSend},
		{"GET /portal", false, 0, portalShow},
		{"GET /portal/steps/{step}", false, 0, stepShow},
		{"POST /portal/steps/{step}", false, 0, stepDo},
		{"POST /portal/requests/{id}", false, 0, requestAnswer},
		{"GET /portal/data", false, 0, dataShow},
		{"POST /portal/data", false, 0, dataCorrect},
		{"POST /portal/say", false, 0, portalSay},
		{"POST /portal/identity/wallet", false, 0, walletAsk},
		{"POST /portal/identity/chip", false, 0, chipBegin},
		{"POST /portal/identity/chip/question", false, 1 << 20, chipAsk},
		{"POST /portal/identity/chip/files", false, 14 << 20, chipTake},
		{"GET /portal/wallet/return", false, 0, walletReturn},
		{"GET /wallet/{id}", true, 0, walletRequest},
		{"POST /wallet/{id}", true, 0, walletRequest},
		{"POST /wallet/{id}/answer", true, 1 << 20, walletAnswer},
		{"GET /identity-report", true, 0, reportShow},
		{"POST /identity-report", true, 0, reportSend},
	}
}

func (s *Server) portalCookie() string {
	if s.Secure {
		return "__Host-candidate"
	}
	return "candidate"
}

// asGuest finds out whose page it is, and turns errors into pages.
func (s *Server) asGuest(rt portalRoute) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.begin(w)
		g := &guest{visit: &visit{Context: r.Context(), s: s, w: w, r: r, lang: langOf(r)}}
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				s.Log.Error("a page broke", "page", rt.pattern, "stack", string(debug.Stack()))
				_ = g.sorry(http.StatusInternalServerError, "sorry broken")
			}
		}()
		g.language()
		if c := r.CookiesNamed(s.portalCookie()); len(c) == 1 {
			who, err := s.Desk.Candidate(r.Context(), c[0].Value)
			switch {
			case err == nil:
				g.who, g.cookie = who, c[0].Value
			case record.CodeOf(err) != record.CodeNotFound:
				_ = g.sorry(http.StatusServiceUnavailable, "sorry unavailable")
				return
			}
		}
		if err := g.offered(); err != nil {
			_ = g.sorry(http.StatusServiceUnavailable, "sorry unavailable")
			return
		}
		if !rt.open && g.who.ID == "" {
			_ = g.showAs(http.StatusUnauthorized, "portal_again", say(g.lang, "p again h"), againPage{})
			return
		}
		if r.Method == http.MethodPost && !g.mayPost() {
			_ = g.sorry(http.StatusTooManyRequests, "p slow")
			return
		}
		if r.Method == http.MethodPost {
			most := rt.most
			if most == 0 {
				most = mostForm
			}
			r.Body = http.MaxBytesReader(w, r.Body, most)
			if rt.most == 0 && r.ParseForm() != nil {
				_ = g.sorry(http.StatusBadRequest, "sorry invalid")
				return
			}
		}
		if err := rt.do(g); err != nil {
			g.fail(err)
		}
	})
}

// mayPost bounds what one person, or one address that is nobody's, hands in.
func (g *guest) mayPost() bool {
	rates := g.s.Portal.Rates
	if rates == nil {
		return true
	}
	name := g.who.ID
	if name == "" {
		if name = g.r.RemoteAddr; g.s.Portal.Client != nil {
			name = g.s.Portal.Client(g.r)
		} else if at := strings.LastIndexByte(name, ':'); at > 0 {
			name = name[:at]
		}
	}
	_, ok := rates.Take(name, g.s.Now())
	return ok
}

// language takes the language that was asked for by a link, and keeps it.
func (g *guest) language() {
	for _, l := range record.Langs {
		if g.r.URL.Query().Get("lang") == string(l) {
			g.lang = l
			http.SetCookie(g.w, &http.Cookie{Name: "lang", Value: string(l), Path: "/", MaxAge: 365 * 24 * 3600, Secure: g.s.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
		}
	}
}

// offered keeps to the languages that the tenant's rules offer.
func (g *guest) offered() error {
	who := g.who
	if who.ID == "" {
		who = record.Machine(g.s.Portal.Tenant)
	}
	rules, err := g.s.Desk.Terms(g, who)
	if err == nil {
		g.langs, g.lang = rules.Languages, rules.Speak(g.lang)
	}
	return err
}

// portalHead is what every page of the portal is framed with.
type portalHead struct {
	Title, Lang, Name, Mail string
	In                      bool // somebody's own page
	Langs                   []langLink
	Page                    any
}

type langLink struct {
	Lang, Name string
	Now        bool
}

func (g *guest) show(name, title string, page any) error {
	return g.showAs(http.StatusOK, name, title, page)
}

func (g *guest) showAs(status int, name, title string, page any) error {
	p := g.s.Portal
	h := portalHead{Title: title, Lang: string(g.lang), Name: p.Name, Mail: p.Mail, In: g.who.ID != "", Page: page}
	if g.lang == record.PT {
		h.Lang = "pt-PT"
	}
	for _, l := range g.langs {
		h.Langs = append(h.Langs, langLink{string(l), strings.ToUpper(string(l)), l == g.lang})
	}
	return g.write(status, h, "portal top", name+".tmpl", "portal foot")
}

func (g *guest) sorry(status int, key string) error {
	return g.showAs(status, "portal_sorry", say(g.lang, key), say(g.lang, key))
}

// fail says what went wrong in words that are the same for everybody: never the
// error's own, which may be about what was handed in.
func (g *guest) fail(err error) {
	if err == errDone {
		return
	}
	status := statuses[record.CodeOf(err)]
	key := map[int]string{400: "p unread", 403: "p too much", 404: "sorry missing", 409: "p not now", 503: "sorry unavailable"}[status]
	if key == "" {
		status, key = http.StatusInternalServerError, "sorry broken"
		g.s.Log.Error("a page of the portal failed", "path", g.r.Pattern, "code", string(record.CodeOf(err)))
	}
	if err := g.sorry(status, key); err != nil {
		g.s.Log.Error("the page of an error broke", "status", status)
	}
}

func (g *guest) setCookie(name, value string, age time.Duration) {
	http.SetCookie(g.w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(age / time.Second), Secure: g.s.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// field is a form's value, trimmed and bounded.
func (g *guest) field(name string) string {
	v := strings.TrimSpace(g.r.PostFormValue(name))
	if len(v) > 4000 {
		v = strings.ToValidUTF8(v[:4000], "")
	}
	return v
}
