package lists

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// rangeKeys are the members under which hosting companies publish their
// prefixes, and dayKeys those under which they say of which day.
var (
	rangeKeys = map[string]bool{"ip_prefix": true, "ipv6_prefix": true, "ipv4Prefix": true, "ipv6Prefix": true, "addressPrefixes": true, "cidr": true, "cidrs": true,
		"prefix": true, "ipv4_cidrs": true, "ipv6_cidrs": true}
	dayKeys = map[string]bool{"createDate": true, "creationTime": true, "last_updated_timestamp": true}
)

// parseCloudJSON reads the JSON in which Amazon, Google, Microsoft, Oracle and
// others publish their ranges: whatever the nesting, the prefixes stand under
// members of a few names.
func parseCloudJSON(name string, b []byte) (*content, error) {
	c := &content{prefixes: &prefixes{services: []string{""}}}
	d := jsontext.NewDecoder(bytes.NewReader(b))
	var keys []string // member name per depth, "" in arrays: those of the array hold
	for n := 0; ; n++ {
		t, err := d.ReadToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || d.StackDepth() > 32 {
			return nil, record.Invalid(name, "not JSON, or truncated")
		}
		depth := d.StackDepth()
		kind := t.Kind()
		if kind == '}' || kind == ']' {
			continue
		}
		inside := depth
		if kind == '{' || kind == '[' {
			inside--
		}
		for len(keys) <= inside {
			keys = append(keys, "")
		}
		parent, length := d.StackIndex(inside)
		if kind == '"' && inside == depth && parent == '{' && length%2 == 1 {
			keys[inside] = t.String()
			continue
		}
		if parent == '[' {
			keys[inside] = keys[max(0, inside-1)]
		}
		if kind != '"' {
			continue
		}
		switch key := keys[inside]; {
		case rangeKeys[key]:
			if v := t.String(); c.prefixes.addWord(v, 0) {
				c.rows++
			} else if v != "" {
				c.reject(n + 1)
			}
		case dayKeys[key] && c.asOf == "":
			if v := t.String(); len(v) >= 10 {
				if day := record.Date(strings.ReplaceAll(v[:10], "/", "-")); day.Valid() {
					c.asOf = day
				}
			}
		}
	}
	return c, c.check(name)
}

// parseNetworks reads a network list in whichever of the formats it comes:
// lines, MISP warninglist, array of strings, a hoster's JSON.
func parseNetworks(name string, b []byte) (*content, error) {
	head := bytes.TrimSpace(b[:min(len(b), headSize)])
	switch {
	case bytes.HasPrefix(head, []byte("[")):
		return parseStrings(name, b)
	case bytes.HasPrefix(head, []byte("{")) && bytes.Contains(b[:min(len(b), 1<<16)], []byte(`"list"`)):
		return parseWarninglist(name, b)
	case bytes.HasPrefix(head, []byte("{")):
		return parseCloudJSON(name, b)
	}
	return parsePrefixes(false)(name, b)
}

// parseMail reads a mail list as lines, MISP warninglist or array of strings.
func parseMail(name string, b []byte) (*content, error) {
	switch head := bytes.TrimSpace(b[:min(len(b), headSize)]); {
	case bytes.HasPrefix(head, []byte("[")):
		return parseStrings(name, b)
	case bytes.HasPrefix(head, []byte("{")):
		return parseWarninglist(name, b)
	}
	return parseDomains(name, b)
}
