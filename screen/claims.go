package screen

import (
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// addClaims puts what an export of a service says beside what they told us: a claim
// from another source, of the day it was handed in. What would link people by a
// value that anybody can type into a file is left. kept and left name Parts.
func addClaims(a, x *record.Application, now time.Time) (kept, left []string) {
	if x.Person.Name != "" || x.Person.Address.Country != "" || len(x.Resume.Work) > 0 {
		p := record.Profile{Source: x.Source, AsOf: record.DateOf(now), Name: x.Person.Name, Country: x.Person.Address.Country, Work: x.Resume.Work}
		a.Profiles = append(slices.DeleteFunc(slices.Clone(a.Profiles), func(have record.Profile) bool { return have.Source == p.Source }), p)
		kept = append(kept, "profile")
	}
	if len(a.Resume.Work) == 0 && strings.TrimSpace(a.Resume.Text) == "" && len(x.Resume.Work) > 0 && (x.Source == "json-resume" || x.Source == "europass") {
		a.Resume.Work, a.Resume.Education, a.Resume.Skills = x.Resume.Work, x.Resume.Education, x.Resume.Skills
		kept = append(kept, "resume")
	}
	same := func(service, handle, s, h string) bool {
		return strings.EqualFold(service, s) && (strings.EqualFold(handle, h) || handle == "" || h == "")
	}
	for _, c := range x.Code {
		a.Code = slices.Clone(a.Code)
		if i := slices.IndexFunc(a.Code, func(have record.CodeAccount) bool { return same(have.Service, have.Handle, c.Service, c.Handle) }); i >= 0 {
			a.Code[i] = together(a.Code[i], c)
		} else {
			a.Code = append(a.Code, c)
		}
		kept = append(kept, "code")
	}
	for _, p := range x.Platforms {
		a.Platforms = slices.Clone(a.Platforms)
		if i := slices.IndexFunc(a.Platforms, func(have record.PlatformAccount) bool { return same(have.Platform, have.Handle, p.Platform, p.Handle) }); i >= 0 {
			a.Platforms[i] = p
		} else {
			a.Platforms = append(a.Platforms, p)
		}
		kept = append(kept, "platforms")
	}
	if x.Agency != nil {
		a.Agency = x.Agency
		kept = append(kept, "agency")
	}
	for _, m := range x.Messages {
		if !slices.ContainsFunc(a.Messages, func(have record.Message) bool { return have.At.Equal(m.At) && have.Text == m.Text }) {
			a.Messages = append(a.Messages, m)
		}
		kept = append(kept, "messages")
	}
	if len(x.Emails)+len(x.Phones)+len(x.Accounts)+len(x.URLs)+len(x.Photos) > 0 {
		left = append(left, "contacts")
	}
	if len(x.Extra)+len(x.Unknown) > 0 {
		left = append(left, "other")
	}
	return slices.Compact(kept), left
}

// together is an account of which one export told this and another that: repositories
// come from one address of a forge and events from another.
func together(have, c record.CodeAccount) record.CodeAccount {
	c.Controlled = have.Controlled && strings.EqualFold(have.Handle, c.Handle)
	if len(c.Repositories) == 0 {
		c.Repositories = have.Repositories
	}
	if len(c.Contacts) == 0 {
		c.Contacts = have.Contacts
	}
	if c.Created == "" {
		c.Created = have.Created
	}
	return c
}
