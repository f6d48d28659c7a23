package lists

import (
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// stixObject is what we read of an object of a STIX 2.0 or 2.1 bundle.
type stixObject struct {
	Type       string `json:"type"`
	ID         string `json:"id"`
	Name       string `json:"name"`
	Pattern    string `json:"pattern"`
	Created    string `json:"created"`
	ValidFrom  string `json:"valid_from"`
	ValidUntil string `json:"valid_until"`
	CreatedBy  string `json:"created_by_ref"`
	Confidence *int   `json:"confidence"`
	Revoked    bool   `json:"revoked"`
}

// parseSTIX reads the indicators of a bundle: those comparisons of their
// patterns that say a value equals. A revoked indicator is left out.
func parseSTIX(name string, b []byte) (*content, error) {
	var bundle struct {
		Type    string           `json:"type"`
		Objects []jsontext.Value `json:"objects"`
	}
	if err := json.Unmarshal(b, &bundle); err != nil || bundle.Type != "bundle" {
		return nil, record.Invalid(name, "not a STIX bundle, or a truncated one")
	}
	c := &content{}
	names := map[string]string{}
	var found []stixObject
	for i, raw := range bundle.Objects {
		var o stixObject
		if json.Unmarshal(raw, &o) != nil {
			c.reject(i + 1)
			continue
		}
		switch {
		case o.Type == "identity":
			names[o.ID] = o.Name
		case o.Type == "indicator" && !o.Revoked:
			found = append(found, o)
		}
	}
	for i, o := range found {
		source := names[o.CreatedBy]
		confidence := ""
		if o.Confidence != nil {
			confidence = strconv.Itoa(*o.Confidence)
		}
		from := dayOfTime(o.ValidFrom)
		if from == "" {
			from = dayOfTime(o.Created)
		}
		pairs := stixPairs(o.Pattern)
		if len(pairs) == 0 && strings.TrimSpace(o.Pattern) == "" {
			c.reject(i + 1)
		}
		for _, p := range pairs {
			if !c.addIndicator(p[0], Indicator{Value: p[1], Confidence: confidence, Context: o.Name, Source: source, Published: from, Expires: dayOfTime(o.ValidUntil)}) {
				c.reject(i + 1)
			}
		}
	}
	return c.indicatorsOnly(name)
}

// stixPairs are the "object:property = 'value'" of a pattern in our types.
// Patterns with NOT or FOLLOWEDBY say more than equality and give nothing.
func stixPairs(pattern string) [][2]string {
	if strings.Contains(pattern, " NOT ") || strings.Contains(pattern, "FOLLOWEDBY") {
		return nil
	}
	var pairs [][2]string
	rest := pattern
	for {
		i := strings.IndexByte(rest, '\'')
		if i < 0 {
			return pairs
		}
		left := strings.TrimSpace(rest[:i])
		var value strings.Builder
		j := i + 1
		for ; j < len(rest) && rest[j] != '\''; j++ {
			if rest[j] == '\\' && j+1 < len(rest) {
				j++
			}
			value.WriteByte(rest[j])
		}
		if j >= len(rest) {
			return pairs
		}
		rest = rest[j+1:]
		left, equals := strings.CutSuffix(left, "=")
		left = strings.TrimSpace(left)
		if !equals || strings.HasSuffix(left, "!") {
			// A property in quotes, file:hashes.'SHA-256' = '…', goes on.
			if strings.HasSuffix(left, "hashes.") {
				if after, ok := strings.CutPrefix(strings.TrimSpace(rest), "="); ok {
					rest = "file:hashes =" + after
				}
			}
			continue
		}
		left = left[strings.LastIndexAny(left, "[( ")+1:]
		object, property, _ := strings.Cut(left, ":")
		switch {
		case object == "file":
			object = "hash"
		case object == "user-account":
			if property != "account_login" && property != "user_id" {
				continue
			}
			continue // a login without its service names nobody
		case property != "value" && property != "address":
			continue
		}
		pairs = append(pairs, [2]string{object, value.String()})
	}
}

// dayOfTime is the day of an RFC 3339 time, "" when it is none.
func dayOfTime(s string) record.Date {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 2000 || t.Year() > 2100 {
		return ""
	}
	return record.DateOf(t)
}
