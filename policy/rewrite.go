package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bonafide/record"
)

// Rewrite is a table with other terms and everything else as it was: comments,
// rules of weighing, the module line. It is what a form makes of the text, so that
// the text stays the one thing that is versioned. The number of the version is one
// higher. Whether it can be read, Parse says.
func Rewrite(text string, t *Terms) string {
	var out []string
	at := -1 // where the terms stood
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		words := strings.Fields(uncomment(line))
		switch {
		case len(words) == 2 && words[0] == "version":
			if n, err := strconv.Atoi(words[1]); err == nil {
				line = "version " + strconv.Itoa(n+1)
			}
		case len(words) > 0 && slices.Contains([]string{"role", "tier", "keep", "languages", "answer"}, words[0]):
			if at < 0 {
				at = len(out)
			}
			continue
		}
		// What stood between the terms leaves one empty line, not many.
		if line == "" && at >= 0 && at <= len(out) && len(out) > 0 && out[len(out)-1] == "" {
			continue
		}
		out = append(out, line)
	}
	if at < 0 {
		at = slices.IndexFunc(out, func(l string) bool { return strings.HasPrefix(l, "version ") }) + 1
	}
	lines := t.lines()
	if at > 0 && out[at-1] != "" {
		lines = append([]string{""}, lines...)
	}
	if at < len(out) && out[at] != "" {
		lines = append(lines, "")
	}
	return strings.Join(slices.Insert(out, at, lines...), "\n") + "\n"
}

// lines are the terms as the table writes them, every one said.
func (t *Terms) lines() (out []string) {
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	several := func(all []string) string {
		if len(all) == 0 {
			return "none"
		}
		return strings.Join(all, " ")
	}
	for _, r := range t.Roles {
		add("role %s %s", r.Tier, oneLine(r.Name))
	}
	for _, x := range t.Tiers {
		chain := make([]string, len(x.Chain))
		for i, l := range x.Chain {
			chain[i] = string(l)
		}
		add("tier %s asks  %s", x.ID, several(x.Asks))
		add("tier %s offers %s", x.ID, several(x.Offers))
		add("tier %s chain %s", x.ID, several(chain))
		add("tier %s look  %d days", x.ID, x.Look)
		if x.Again > 0 {
			add("tier %s again %d months", x.ID, x.Again)
		} else {
			add("tier %s again none", x.ID)
		}
	}
	out = append(out, "")
	for _, k := range t.Keeps {
		in := ""
		if k.Country != "" {
			in = " in " + k.Country
		}
		add("keep %s %d days%s because %s", k.Class, k.Days, in, oneLine(k.Because))
	}
	add("languages %s", strings.Join(langs(t.Languages), " "))
	add("answer within %d days", t.Answer)
	return out
}

// oneLine keeps what somebody typed from becoming a line of its own.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func langs(all []record.Lang) (out []string) {
	for _, l := range all {
		out = append(out, string(l))
	}
	return out
}
