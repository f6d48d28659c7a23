package web

import (
	"strings"

	"bonafide/casework"
	"bonafide/record"
)

// publicView is a place where something of ours was found in the open.
type publicView struct{ Where, Said, Path, When string }

// demandPage shows the page with what was found in the open.
func (v *visit) demandPage(p *demandPage) error {
	a, err := v.s.Desk.Given(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	for i := range a.Publications {
		x := &a.Publications[i]
		said := say(v.lang, "public "+map[string]string{"same": "same", "none": "unlike", "": "uncompared"}[x.Match])
		if x.Match == "like" {
			said = say(v.lang, "public like", x.Share)
		}
		if x.Open || x.Earlier != "" {
			said += " · " + say(v.lang, "public before")
		}
		p.Public = append(p.Public, publicView{x.Where, said, x.Path, say(v.lang, "public "+x.Source) + " · " + moment(x.Seen) + " · " + short(x.By)})
	}
	return v.show("demand_show", say(v.lang, "demand"), *p)
}

// publish writes down one more. A browser sends other line ends than a file has. What stood there is compared, and forgotten but
// for its digest; the address is never fetched.
func (v *visit) publish() error {
	f := v.r.PostFormValue
	now := v.s.Now().UTC()
	p := record.Publication{Seen: now, Where: f("where"), Source: f("source"), SHA256: strings.ToLower(strings.TrimSpace(f("sha256"))), Open: f("open") != "", Earlier: record.Date(strings.TrimSpace(f("earlier")))}
	if err := v.s.Keeper.Publication(v, &p, []byte(strings.ReplaceAll(f("text"), "\r\n", "\n"))); err != nil {
		return err
	}
	if err := v.amend("publication.add", func(a *record.Application) error { return casework.Publish(a, p, v.caller.ID, now) }); err != nil {
		return err
	}
	return v.back("/cases/%s/demand", v.id())
}
