package web

import (
	"net/url"
	"strings"

	"bonafide/record"
	"bonafide/report"
)

type auditPage struct {
	Rows []auditRow
	Next string
}

type auditRow struct{ Seq, When, Actor, Act, Object, Fields string }

// auditShow is the audit, oldest first: who did or read what. Reading it is an
// entry too.
func auditShow(v *visit) error {
	q := v.r.URL.Query()
	all, next, err := v.s.Desk.Entries(v, v.caller.Actor, q.Get("object"), q.Get("after"), 100)
	if err != nil {
		return err
	}
	p := auditPage{}
	for _, e := range all {
		p.Rows = append(p.Rows, auditRow{
			Seq: report.Figures(v.lang, int(e.Seq)), When: e.At.UTC().Format("2006-01-02 15:04:05"), Actor: string(e.Actor.Kind) + " " + short(e.Actor.ID),
			Act: e.Act + done(e), Object: e.Object, Fields: strings.Join(e.Fields, ", "),
		})
	}
	if next != "" {
		p.Next = "/audit?" + url.Values{"object": {q.Get("object")}, "after": {next}}.Encode()
	}
	return v.show("audit_show", say(v.lang, "nav audit"), p)
}

func done(e record.Entry) string {
	if e.Done {
		return ""
	}
	return " ✗"
}
