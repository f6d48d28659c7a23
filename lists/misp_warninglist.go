package lists

import (
	"strconv"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// warninglist is the JSON that MISP warninglists come in. Version is the day
// as a number, 20260820.
type warninglist struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Type        string   `json:"type"` // cidr, hostname, string, substring, regex
	Version     int64    `json:"version"`
	List        []string `json:"list"`
}

// parseWarninglist reads a MISP warninglist of networks or domains.
func parseWarninglist(name string, b []byte) (*content, error) {
	var w warninglist
	if err := json.Unmarshal(b, &w); err != nil {
		return nil, record.Invalid(name, "not a MISP warninglist, or a truncated one")
	}
	c := &content{asOf: compactDay(strconv.FormatInt(w.Version, 10))}
	c.fill(w.List)
	return c, c.check(name)
}

// parseStrings reads a JSON array of addresses or domains.
func parseStrings(name string, b []byte) (*content, error) {
	var list []string
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, record.Invalid(name, "not a JSON array of strings, or a truncated one")
	}
	c := &content{}
	c.fill(list)
	return c, c.check(name)
}

// fill sorts values into prefixes and domains; the first that can be read
// decides which of the two the list is about.
func (c *content) fill(list []string) {
	p := &prefixes{services: []string{""}}
	for i, v := range list {
		if len(c.domains) == 0 && p.addWord(v, 0) {
			c.rows++
			continue
		}
		if d, ok := domainOf(v); ok && len(p.four)+len(p.six) == 0 {
			c.domains = append(c.domains, d)
			c.rows++
			continue
		}
		c.reject(i + 1)
	}
	if len(p.four)+len(p.six) > 0 {
		c.prefixes = p
	}
}

// compactDay reads 20260820.
func compactDay(s string) record.Date {
	if len(s) != 8 {
		return ""
	}
	d := record.Date(s[:4] + "-" + s[4:6] + "-" + s[6:])
	if !d.Valid() || d < "2000" || d > "2100" {
		return ""
	}
	return d
}
