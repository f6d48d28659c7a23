package web

import (
	"bytes"
	"net/http"
	"strings"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/report"
)

type papersPage struct {
	Case, Short string // empty: the papers of the house
	Groups      []paperGroup
}

type paperGroup struct {
	Name   string
	Papers []paperLink
}

type paperLink struct{ Href, Title, Law, Opening string }

type paperPage struct {
	Doc  report.PaperDoc
	Href string
}

// papersShow lists the papers of the law; with a case, the drafts for
// authorities, those of the own country first.
func papersShow(v *visit) error {
	all, err := report.Papers()
	if err != nil {
		return err
	}
	p := papersPage{}
	link := func(x report.Paper, base string) paperLink {
		return paperLink{base + x.ID, x.Title.In(v.lang), x.Law, x.Opening.In(v.lang)}
	}
	if v.id() != "" {
		f, err := v.s.Desk.Draft(v, v.caller.Actor, v.id(), v.lang)
		if err != nil {
			return err
		}
		p.Case, p.Short = v.id(), short(v.id())
		g := paperGroup{Name: say(v.lang, "papers draft")}
		for _, x := range casework.DraftsFor(f.Country, all) {
			g.Papers = append(g.Papers, link(x, "/cases/"+v.id()+"/drafts/"))
		}
		p.Groups = []paperGroup{g}
		return v.show("papers_show", say(v.lang, "papers draft"), p)
	}
	for _, group := range report.PaperGroups {
		g := paperGroup{Name: say(v.lang, "papers "+group)}
		for _, x := range all {
			if x.Group == group {
				g.Papers = append(g.Papers, link(x, "/papers/"))
			}
		}
		p.Groups = append(p.Groups, g)
	}
	return v.show("papers_show", say(v.lang, "nav papers"), p)
}

// paperShow is one paper, filled; ?form=html or md gives it as a file.
func paperShow(v *visit) error {
	x, err := report.FindPaper(v.r.PathValue("paper"))
	if err != nil {
		return err
	}
	var f report.PaperFacts
	if v.id() != "" {
		f, err = v.s.Desk.Draft(v, v.caller.Actor, v.id(), v.lang)
	} else {
		f, err = v.s.Desk.Papers(v, v.caller.Actor)
	}
	if err != nil {
		return err
	}
	f.Checks, f.Lists, f.Program, f.May = v.s.Rules, v.s.Keeper.Lists(v.s.Now()), "bonafide "+v.s.Version, access.Table()
	d := x.Fill(f, v.lang)
	var b bytes.Buffer
	kind := ""
	switch v.r.URL.Query().Get("form") {
	case "html":
		kind, err = "text/html; charset=utf-8", d.WriteHTML(&b)
	case "md":
		kind, err = "text/markdown; charset=utf-8", d.WriteMarkdown(&b)
	default:
		return v.show("paper_show", d.Title, paperPage{d, v.r.URL.Path})
	}
	if err != nil {
		return err
	}
	ext := map[bool]string{true: ".html", false: ".md"}[strings.HasPrefix(kind, "text/html")]
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+x.ID+"-"+string(v.lang)+ext+`"`)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(b.Bytes())
	return errDone
}
