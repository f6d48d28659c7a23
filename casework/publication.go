package casework

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// PublicationSources are who can have seen something of ours in the open.
var PublicationSources = []string{"person", "monitoring", "decoy"}

const mostPublications = 64

// Publish writes down where something of ours was found in the open. The address is
// kept and never fetched; of what stood there only its digest and what it is like.
func Publish(a *record.Application, p record.Publication, who string, now time.Time) error {
	p.Where = strings.TrimSpace(p.Where)
	u, err := url.Parse(p.Where)
	switch {
	case p.Where == "" || len(p.Where) > 2_000 || err != nil || u.Host == "" || !slices.Contains([]string{"http", "https"}, u.Scheme):
		return record.Invalid("where", "is an address that begins with https:// or http://")
	case !slices.Contains(PublicationSources, p.Source):
		return record.Invalid("source", "is one of "+strings.Join(PublicationSources, ", "))
	case p.Seen.IsZero() || p.Seen.After(now.Add(clockSkew)):
		return record.Invalid("seen", "is no time that has come")
	case p.SHA256 != "" && !digest(p.SHA256):
		return record.Invalid("sha256", "is 64 digits and letters a to f")
	case p.Earlier != "" && !p.Earlier.Valid():
		return record.Invalid("earlier", "is a day, a month or a year")
	case len(a.Publications) >= mostPublications:
		return record.Invalid("where", "64 at most; open another case for more")
	case slices.ContainsFunc(a.Publications, func(x record.Publication) bool { return x.Where == p.Where && x.SHA256 == p.SHA256 }):
		return &record.Error{Code: record.CodeConflict, Where: "where", Message: "this stands there already"}
	}
	p.By = who
	a.Publications = append(slices.Clone(a.Publications), p)
	return nil
}

func digest(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}
