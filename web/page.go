package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"

	"bonafide/access"
	"bonafide/record"
)

// visit is one request on its way to a page.
type visit struct {
	context.Context
	s      *Server
	w      http.ResponseWriter
	r      *http.Request
	caller access.Caller
	lang   record.Lang
}

const (
	mostForm   = 256 << 10
	pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; report-uri /reports"
)

func (s *Server) begin(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	if s.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// wrap finds out who asks and whether they may, and turns errors into pages.
func (s *Server) wrap(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.begin(w)
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				s.Log.Error("a page broke", "page", rt.pattern, "stack", string(debug.Stack()))
				s.sorry(w, r, http.StatusInternalServerError, nil)
			}
		}()
		v := &visit{Context: r.Context(), s: s, w: w, r: r, lang: langOf(r)}
		caller, err := s.Door.Who(r.Context(), r)
		switch {
		case err == nil && caller.Kind == record.ActorPerson:
			v.caller = caller
		case err != nil && !access.IsNobody(err):
			s.sorry(w, r, http.StatusServiceUnavailable, nil)
			return
		}
		if r.Method == http.MethodPost {
			most := int64(mostForm)
			if strings.HasSuffix(rt.pattern, "/hand-in") && rt.act != "" && v.caller.May(rt.act) {
				most = mostHandIn // files, for those who may hand them in
			}
			r.Body = http.MaxBytesReader(w, r.Body, most)
			if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/csp-report") && r.ParseForm() != nil {
				s.sorry(w, r, http.StatusBadRequest, &v.caller)
				return
			}
		}
		if rt.act != "" {
			if v.caller.ID == "" {
				s.toSignIn(w, r)
				return
			}
			if !v.caller.May(rt.act) {
				s.sorry(w, r, http.StatusForbidden, &v.caller)
				return
			}
		}
		if err := rt.do(v); err != nil {
			v.fail(err)
		}
	})
}

// toSignIn sends somebody who is not signed in to where one signs in, and back;
// whoever sent a form finds it again.
func (s *Server) toSignIn(w http.ResponseWriter, r *http.Request) {
	if len(r.PostForm) > 0 {
		s.signedOut(w, r)
		return
	}
	to := "/sign-in"
	if r.Method == http.MethodGet && r.URL.Path != "/" {
		to += "?to=" + url.QueryEscape(r.URL.RequestURI())
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// statuses is the one table from the house's errors to pages.
var statuses = map[record.Code]int{
	record.CodeInvalid: http.StatusBadRequest, record.CodeNotFound: http.StatusNotFound, record.CodeConflict: http.StatusConflict,
	record.CodeRefused: http.StatusForbidden, record.CodeUnavailable: http.StatusServiceUnavailable, record.CodeInternal: http.StatusInternalServerError,
}

// fail shows what went wrong, what is safe and what to do. The house's own
// messages name no personal value and may be shown; others are not.
func (v *visit) fail(err error) {
	if errors.Is(err, errDone) {
		return
	}
	status := statuses[record.CodeOf(err)]
	var own *record.Error
	detail := ""
	if errors.As(err, &own) && own.Code != record.CodeInternal {
		detail = own.Message
	} else {
		v.s.Log.Error("a page failed", "path", v.r.Pattern, "code", string(record.CodeOf(err)))
	}
	v.s.sorryWith(v.w, v.r, status, &v.caller, detail)
}

func (s *Server) sorry(w http.ResponseWriter, r *http.Request, status int, c *access.Caller) {
	s.sorryWith(w, r, status, c, "")
}

func (s *Server) sorryWith(w http.ResponseWriter, r *http.Request, status int, c *access.Caller, detail string) {
	v := &visit{Context: r.Context(), s: s, w: w, r: r, lang: langOf(r)}
	if c != nil {
		v.caller = *c
	}
	key := map[int]string{400: "sorry invalid", 403: "sorry refused", 404: "sorry missing", 409: "sorry conflict", 503: "sorry unavailable"}[status]
	if key == "" {
		key = "sorry broken"
	}
	if err := v.showAs(status, "sorry_show", say(v.lang, key), sorryPage{say(v.lang, key), detail, words(sentForm(r))}); err != nil {
		s.Log.Error("the page of an error broke", "status", status)
	}
}

// sorryPage says what went wrong, and what the person had typed by then.
type sorryPage struct {
	What, Detail string
	Typed        []string
}

// errDone says that the answer is written.
var errDone = errors.New("answered")

// head is what every page is framed with.
type head struct {
	Title, Lang, Theme string
	Who, Initials      string
	Nav                []navItem
	Path               string
	Example            bool
	Tour               *tourView
	Version            string
	Keys               bool
	KeyMap             string // keys this browser has moved
	Page               any
	v                  *visit
}

type navItem struct {
	Path, Name string
	Current    bool
}

// nav are the parts of the desk, each shown to whoever may go there.
var nav = []struct {
	path, key string
	act       access.Act
}{
	{"/queue", "nav queue", access.ListCases}, {"/hand-in", "nav hand-in", access.AddApplication}, {"/search", "nav search", access.SearchValue}, {"/rules", "nav rules", access.ReadRules},
	{"/policy", "nav policy", access.ReadRules}, {"/statistics", "nav statistics", access.ReadStatistics}, {"/papers", "nav papers", access.ReadPapers}, {"/connectors", "nav connectors", access.ReadConnectors}, {"/audit", "nav audit", access.ReadAudit}, {"/settings", "nav settings", access.ReadMe},
}

// show writes a page.
func (v *visit) show(name, title string, page any) error {
	return v.showAs(http.StatusOK, name, title, page)
}

func (v *visit) showAs(status int, name, title string, page any) error {
	h := head{
		Title: title, Lang: string(v.lang), Theme: themeOf(v.r), Path: v.r.URL.Path, Example: v.s.Example, Version: v.s.Version,
		Keys: keysOn(v.r), KeyMap: keyMap(v.r), Page: page, v: v,
	}
	if v.lang == record.PT {
		h.Lang = "pt-PT"
	}
	if v.caller.ID != "" {
		h.Who, h.Initials = v.caller.ID, strings.ToUpper(v.caller.ID[:min(2, len(v.caller.ID))])
		for _, n := range nav {
			if v.caller.May(n.act) {
				h.Nav = append(h.Nav, navItem{n.path, say(v.lang, n.key), strings.HasPrefix(h.Path, n.path)})
			}
		}
	}
	h.Tour = v.tour()
	return v.write(status, h, "top", name+".tmpl", "foot")
}

// write writes a page of several templates.
func (v *visit) write(status int, h any, names ...string) error {
	t := v.s.pages[v.lang]
	var b bytes.Buffer
	for _, name := range names {
		if err := t.ExecuteTemplate(&b, name, h); err != nil {
			return err
		}
	}
	page := visible(b.Bytes())
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
	if strings.Contains(v.r.Header.Get("Accept-Encoding"), "gzip") {
		v.w.Header().Set("Content-Encoding", "gzip")
		v.w.WriteHeader(status)
		z := gzip.NewWriter(v.w)
		_, _ = z.Write(page)
		return z.Close()
	}
	v.w.WriteHeader(status)
	_, _ = v.w.Write(page)
	return nil
}

// parsePages parses every template, once for each language.
func parsePages(a *assets) (map[record.Lang]*template.Template, error) {
	all := map[record.Lang]*template.Template{}
	for _, l := range record.Langs {
		t, err := template.New("pages").Funcs(template.FuncMap{
			"say":   func(key string, args ...any) string { return say(l, key, args...) },
			"in":    func(t record.Text) string { return t.In(l) },
			"asset": a.path,
			"list":  func(all ...any) []any { return all },
			"pair":  func(a, b any) pair { return pair{a, b} },
		}).ParseFS(templates, "*.tmpl")
		if err != nil {
			return nil, err
		}
		all[l] = t
	}
	return all, nil
}

// pair hands two things to a template that takes one.
type pair struct{ A, B any }

// back sends the browser to a page after something was done, so that a reload
// does nothing twice.
func (v *visit) back(format string, args ...any) error {
	http.Redirect(v.w, v.r, fmt.Sprintf(format, args...), http.StatusSeeOther)
	return nil
}

// langOf is the language of the setting, else of the browser, else English.
func langOf(r *http.Request) record.Lang {
	asked := r.Header.Get("Accept-Language")
	if c, err := r.Cookie("lang"); err == nil {
		asked = c.Value
	}
	for part := range strings.SplitSeq(asked, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if l, ours := record.LangOf(tag); ours {
			return l
		}
	}
	return record.EN
}

func themeOf(r *http.Request) string {
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}

// keysOn: single keys can be switched off (WCAG 2.1.4).
func keysOn(r *http.Request) bool {
	c, err := r.Cookie("keys")
	return err != nil || c.Value != "off"
}
