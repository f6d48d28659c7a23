package connect

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/intake"
	"bonafide/record"
)

// tree is a JSON value that is looked into by paths; what is not there is empty.
type tree struct{ v any }

func (t tree) at(path string) tree {
	if path == "" {
		return t
	}
	for _, name := range strings.Split(path, ".") {
		m, ok := t.v.(map[string]any)
		if !ok {
			return tree{}
		}
		t = tree{m[name]}
	}
	return t
}

// text is a text, a number or a truth value as text.
func (t tree) text(path string) string {
	switch v := t.at(path).v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

func (t tree) list(path string) []any {
	l, _ := t.at(path).v.([]any)
	return l
}

func (t tree) has(path string) bool { return t.at(path).v != nil }

// first is the first text that is there.
func (t tree) first(paths ...string) string {
	for _, p := range paths {
		if s := t.text(p); s != "" {
			return s
		}
	}
	return ""
}

func (t tree) texts(path string) (all []string) {
	for _, v := range t.list(path) {
		if s := (tree{v}).text(""); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// field is one line of a shape: where a value stands at the provider, and where
// it goes in the record. [] is every member of a list.
type field struct{ from, to string }

// shape is how one provider's object becomes a record. It is data: the table of
// coverage in docs/connectors.md is made of it.
type shape struct {
	source string
	roots  []string // paths below which the object may stand; the first that is there
	fields []field
}

// record makes an application. What no line names is kept in extra under its
// path; a value that does not fit its field is kept there too.
func (s *shape) record(raw []byte, source string) (*record.Application, error) {
	whole, err := from(s.source, raw)
	if err != nil {
		return nil, err
	}
	root := tree{}
	for _, r := range append(slices.Clone(s.roots), "") {
		if _, ok := whole.at(r).v.(map[string]any); ok {
			root = whole.at(r)
			break
		}
	}
	if root.v == nil {
		return nil, record.Invalid(s.source, "is no object")
	}
	if source == "" {
		source = s.source
	}
	a := &record.Application{Source: source}
	used := map[string]bool{}
	for _, f := range s.fields {
		for _, leaf := range root.leaves(f.from) {
			used[leaf.path] = put(a, numbered(f.to, leaf.index), leaf.value) || used[leaf.path]
		}
	}
	if a.ID == "" {
		return nil, record.Invalid(s.source, "the object has no id")
	}
	if len(a.ID) > intake.MaxName {
		return nil, record.Invalid(s.source, "the id is longer than 200 bytes")
	}
	if a.Person.Name == "" && len(a.Emails) == 0 && len(a.Phones) == 0 {
		return nil, record.Invalid(s.source, "holds nobody: neither a name nor an address")
	}
	a.Person.Name = strings.TrimSpace(a.Person.Name)
	rest(root.v, "", used, func(path string, v any) {
		b, err := json.Marshal(v, json.Deterministic(true))
		if err != nil {
			return
		}
		if a.Extra == nil {
			a.Extra = record.Fields{}
		}
		a.Extra[path] = []byte(b)
	})
	return a, nil
}

type leaf struct {
	path, value string
	index       int
}

// leaves are the texts at a path.
func (t tree) leaves(path string) []leaf {
	list, below, many := strings.Cut(path, "[]")
	if !many {
		if s := t.text(path); s != "" {
			return []leaf{{path, s, 0}}
		}
		return nil
	}
	below = strings.TrimPrefix(below, ".")
	var all []leaf
	for i, v := range t.list(list) {
		if i >= 64 {
			break
		}
		if s := (tree{v}).text(below); s != "" {
			p := list + "[" + strconv.Itoa(i) + "]"
			if below != "" {
				p += "." + below
			}
			all = append(all, leaf{p, s, i})
		}
	}
	return all
}

func numbered(path string, i int) string {
	return strings.Replace(path, "[]", "["+strconv.Itoa(i)+"]", 1)
}

// put sets one field of the record; false when the value does not fit.
func put(a *record.Application, to, text string) bool {
	path, i := to, 0
	if open := strings.IndexByte(to, '['); open >= 0 {
		shut := strings.IndexByte(to, ']')
		i, _ = strconv.Atoi(to[open+1 : shut])
		path = to[:open] + to[shut+1:]
	}
	switch path {
	case "id":
		a.ID = text
	case "id:candidate":
		if a.ID == "" {
			a.ID = "candidate-" + text
		}
		return false // and kept, for the way back
	case "person.name":
		if a.Person.Name == "" {
			a.Person.Name = text
		}
	case "person.name+":
		a.Person.Name = strings.TrimSpace(a.Person.Name + " " + text)
	case "received_at":
		t := instant(text)
		if t.IsZero() {
			day, err := time.Parse(time.DateOnly, text)
			if err != nil {
				return false
			}
			t = day.UTC()
		}
		if a.ReceivedAt.IsZero() {
			a.ReceivedAt = t
		}
	case "emails":
		if !slices.Contains(a.Emails, text) {
			a.Emails = append(a.Emails, text)
		}
	case "phones":
		if !slices.Contains(a.Phones, text) {
			a.Phones = append(a.Phones, text)
		}
	case "urls":
		if !slices.Contains(a.URLs, text) {
			a.URLs = append(a.URLs, text)
		}
	case "resume.skills":
		a.Resume.Skills = append(a.Resume.Skills, text)
	case "resume.work.text":
		spread(&a.Resume.Work, i).Text = text
	case "resume.education.institution":
		spread(&a.Resume.Education, i).Institution = text
	case "resume.education.degree":
		e := spread(&a.Resume.Education, i)
		e.Degree = strings.TrimSpace(e.Degree + " " + text)
	case "resume.education.start":
		return day(&spread(&a.Resume.Education, i).Start, text)
	case "resume.education.end":
		return day(&spread(&a.Resume.Education, i).End, text)
	case "resume.work.start":
		return day(&spread(&a.Resume.Work, i).Start, text)
	case "resume.work.end":
		return day(&spread(&a.Resume.Work, i).End, text)
	case "answers.question":
		spread(&a.Answers, i).Question = text
	case "answers.text":
		spread(&a.Answers, i).Text = text
	case "sessions.ip":
		spread(&a.Sessions, i).IP = text
		a.Sessions[i].Kind, a.Sessions[i].At = "apply", a.ReceivedAt
	case "submitted_by.kind":
		switch strings.ToLower(text) {
		case "agency", "recruiting agency":
			a.SubmittedBy.Kind = "agency"
		case "referral", "referrer", "employee referral":
			a.SubmittedBy.Kind = "referrer"
		}
		return false // the provider's own word is kept
	default:
		return intake.Put(a, to, text) == nil
	}
	return true
}

// spread is the i-th member of a list, which grows to have it.
func spread[T any](list *[]T, i int) *T {
	for len(*list) <= i {
		var zero T
		*list = append(*list, zero)
	}
	return &(*list)[i]
}

// day takes YYYY, YYYY-MM and YYYY-MM-DD, also at the head of a time.
func day(to *record.Date, text string) bool {
	if len(text) > 10 && text[10] == 'T' {
		text = text[:10]
	}
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if len(text) == len(layout) {
			if _, err := time.Parse(layout, text); err == nil {
				*to = record.Date(text)
				return true
			}
		}
	}
	return false
}

// rest hands out what was not used, in the order of names; what says nothing is
// left out.
func rest(v any, path string, used map[string]bool, keep func(string, any)) {
	switch x := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(x))
		for n := range x {
			names = append(names, n)
		}
		slices.Sort(names)
		for _, n := range names {
			p := n
			if path != "" {
				p = path + "." + n
			}
			rest(x[n], p, used, keep)
		}
	case []any:
		for i, y := range x {
			rest(y, path+"["+strconv.Itoa(i)+"]", used, keep)
		}
	case nil:
	case string:
		if x != "" && !used[path] {
			keep(path, x)
		}
	default:
		if !used[path] {
			keep(path, x)
		}
	}
}
