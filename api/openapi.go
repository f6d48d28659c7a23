package api

import (
	"encoding"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"bonafide/record"
)

// OpenAPI is the contract, OpenAPI 3.1 in YAML, printed from the table of
// routes and the types they take and give.
func OpenAPI() []byte {
	s := &schemas{named: map[string]node{}}
	paths := map[string]node{}
	var order []string
	for _, rt := range Routes() {
		if _, seen := paths[rt.Path]; !seen {
			order = append(order, rt.Path)
			paths[rt.Path] = node{}
		}
		paths[rt.Path] = append(paths[rt.Path], pair{strings.ToLower(rt.Method), s.operation(rt)})
	}
	all := node{}
	for _, p := range order {
		all = append(all, pair{p, paths[p]})
	}
	problem := s.of(reflect.TypeFor[Problem]())
	names := make([]string, 0, len(s.named))
	for n := range s.named {
		names = append(names, n)
	}
	slices.Sort(names)
	components := node{}
	for _, n := range names {
		components = append(components, pair{n, s.named[n]})
	}
	doc := node{
		{"openapi", "3.1.0"},
		{"jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"},
		{"info", node{
			{"title", "bonafide"},
			{"version", "1"},
			{"summary", "Is this remote hire one real, verified human being?"},
			{"description", "Applications and events in, findings and cases out. Software observes and proposes; people decide: no call of this contract scores, ranks or rejects anybody. Fields may be added to answers; commands are read strictly. docs/api.md says how to begin."},
			{"license", node{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}},
		}},
		{"servers", []any{node{{"url", "/"}}}},
		{"security", []any{node{{"key", []any{}}}, node{{"session", []any{}}}}},
		{"paths", all},
		{"components", node{
			{"securitySchemes", node{
				{"key", node{{"type", "http"}, {"scheme", "bearer"}, {"description", "An API key: bf_<id>_<secret>."}}},
				{"session", node{{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-bonafide"}, {"description", "A person, signed in."}}},
			}},
			{"parameters", node{{"IfNoneMatch", node{
				{"name", "If-None-Match"}, {"in", "header"}, {"description", "An ETag of this address: 304 without a body when nothing has changed. It is logged as a reading."}, {"schema", node{{"type", "string"}}},
			}}}},
			{"headers", node{{"ETag", node{
				{"description", "Strong: it changes whenever a byte of the answer does. If-Match of a change takes it."}, {"schema", node{{"type", "string"}}},
			}}}},
			{"responses", node{{"NotModified", node{
				{"description", "Not Modified"}, {"headers", node{{"ETag", node{{"$ref", "#/components/headers/ETag"}}}}},
			}}, {"Problem", node{
				{"description", "What went wrong, without a value of the request (RFC 9457)."},
				{"headers", node{{"X-Request-Id", node{{"schema", node{{"type", "string"}}}}}}},
				{"content", node{{problemMedia, node{{"schema", problem}}}}},
			}}}},
			{"schemas", components},
		}},
	}
	var b strings.Builder
	b.WriteString("# Printed from api/routes.go by `go test ./api -update`; do not edit.\n")
	writeYAML(&b, doc, 0)
	return []byte(b.String())
}

// node is an object whose members keep their order.
type (
	node []pair
	pair struct {
		name  string
		value any
	}
)

type schemas struct{ named map[string]node }

func (s *schemas) operation(rt Route) node {
	op := node{{"operationId", operationID(rt)}, {"summary", rt.Summary}}
	if rt.Text != "" {
		op = append(op, pair{"description", rt.Text})
	}
	if rt.Open {
		op = append(op, pair{"security", []any{}})
	} else {
		op = append(op, pair{"x-act", string(rt.Act)})
	}
	var params []any
	add := func(in, name, text string, required bool, schema node) {
		p := node{{"name", name}, {"in", in}, {"description", text}}
		if required {
			p = append(p, pair{"required", true})
		}
		params = append(params, append(p, pair{"schema", schema}))
	}
	for _, part := range strings.Split(rt.Path, "/") {
		if strings.HasPrefix(part, "{") {
			add("path", strings.Trim(part, "{}"), "A random id.", true, node{{"type", "string"}, {"maxLength", 64}})
		}
	}
	for _, q := range rt.Query {
		schema := node{{"type", "string"}}
		if q.Number {
			schema = node{{"type", "integer"}, {"minimum", 0}}
		}
		if q.Enum != nil {
			schema = append(schema, pair{"enum", anys(q.Enum)})
		}
		add("query", q.Name, q.Text, q.Required, schema)
	}
	if rt.Once != onceNo {
		add("header", "Idempotency-Key", "Random; the same for every repeat of this request. The answer of the first is given again.", rt.Once == onceRequired, node{{"type", "string"}, {"maxLength", 200}})
	}
	if rt.Condition != "" {
		add("header", "If-Match", "The ETag of GET "+rt.Condition+". Without it 428; when that has changed since, 412 and no effect.", true, node{{"type", "string"}})
	}
	if rt.tagged() {
		params = append(params, node{{"$ref", "#/components/parameters/IfNoneMatch"}})
	}
	if params != nil {
		op = append(op, pair{"parameters", params})
	}
	if rt.takesBody() {
		schema := node{{"type", "string"}}
		if rt.In != nil {
			schema = s.of(reflect.TypeOf(rt.In))
		}
		op = append(op, pair{"requestBody", node{{"required", true}, {"content", node{{rt.inMedia(), node{{"schema", schema}}}}}}})
	}
	success := node{{"description", http.StatusText(rt.status())}}
	if rt.tagged() {
		success = append(success, pair{"headers", node{{"ETag", node{{"$ref", "#/components/headers/ETag"}}}}})
	}
	if rt.Out != nil {
		schema := node{{"type", "string"}}
		if t := reflect.TypeOf(rt.Out); t.Kind() != reflect.String {
			schema = s.of(t)
		}
		success = append(success, pair{"content", node{{rt.outMedia(), node{{"schema", schema}}}}})
	}
	responses := node{{strconv.Itoa(rt.status()), success}}
	if rt.tagged() {
		responses = append(responses, pair{"304", node{{"$ref", "#/components/responses/NotModified"}}})
	}
	responses = append(responses, pair{"default", node{{"$ref", "#/components/responses/Problem"}}})
	return append(op, pair{"responses", responses})
}

// operationID is the method and the nouns of the path: "postApplications".
func operationID(rt Route) string {
	id := strings.ToLower(rt.Method)
	for _, part := range strings.FieldsFunc(strings.TrimPrefix(rt.Path, "/v1"), func(r rune) bool { return r == '/' || r == '.' || r == '-' }) {
		if strings.HasPrefix(part, "{") {
			part = "one"
		}
		id += strings.ToUpper(part[:1]) + part[1:]
	}
	return id
}

var textual = reflect.TypeFor[encoding.TextMarshaler]()

// of is the schema of a type; structs get a name.
func (s *schemas) of(t reflect.Type) node {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return node{{"type", "string"}, {"format", "date-time"}}
	case t == reflect.TypeFor[record.Date]():
		return node{{"type", "string"}, {"pattern", `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`}}
	case t.Implements(textual):
		return node{{"type", "string"}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.String:
		return node{{"type", "string"}}
	case reflect.Bool:
		return node{{"type", "boolean"}}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return node{{"type", "integer"}}
	case reflect.Float32, reflect.Float64:
		return node{{"type", "number"}}
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return node{} // a JSON value as it is
		}
		return node{{"type", "array"}, {"items", s.of(t.Elem())}}
	case reflect.Map:
		if t.Elem().Kind() == reflect.Slice && t.Elem().Elem().Kind() == reflect.Uint8 {
			return node{{"type", "object"}}
		}
		return node{{"type", "object"}, {"additionalProperties", s.of(t.Elem())}}
	case reflect.Struct:
		name := t.Name()
		if p := t.PkgPath(); !strings.HasSuffix(p, "/api") {
			name = strings.ToUpper(p[strings.LastIndexByte(p, '/')+1:][:1]) + p[strings.LastIndexByte(p, '/')+2:] + name
		}
		if _, done := s.named[name]; !done {
			s.named[name] = node{}
			s.named[name] = s.object(t)
		}
		return node{{"$ref", "#/components/schemas/" + name}}
	}
	return node{}
}

func (s *schemas) object(t reflect.Type) node {
	props, open := node{}, false
	var required []any
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for f := range t.Fields() {
			name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
			if strings.Contains(","+rest+",", ",embed,") || f.Anonymous && name == "" {
				if f.Type.Kind() == reflect.Struct {
					walk(f.Type)
				} else {
					open = true
				}
				continue
			}
			if name == "" || name == "-" || !f.IsExported() {
				continue
			}
			props = append(props, pair{name, s.field(f)})
			if f.Tag.Get("required") == "true" || !strings.Contains(rest, "omit") && f.Tag.Get("optional") == "" {
				required = append(required, name)
			}
		}
	}
	walk(t)
	out := node{{"type", "object"}, {"properties", props}}
	if required != nil {
		out = append(out, pair{"required", required})
	}
	switch {
	case open:
		out = append(out, pair{"additionalProperties", true}) // kept verbatim
	case t.Implements(reflect.TypeFor[command]()):
		out = append(out, pair{"additionalProperties", false})
	}
	return out
}

// command marks the types of commands: what they do not name is refused.
type command interface{ isCommand() }

func (s *schemas) field(f reflect.StructField) node {
	schema := s.of(f.Type)
	target := &schema
	if words := f.Tag.Get("enum"); words != "" {
		e := pair{"enum", anys(strings.Split(words, ","))}
		if f.Type.Kind() == reflect.Slice {
			for i := range schema {
				if schema[i].name == "items" {
					schema[i].value = append(schema[i].value.(node), e)
				}
			}
		} else {
			*target = append(*target, e)
		}
	}
	if n, err := strconv.Atoi(f.Tag.Get("max")); err == nil {
		switch f.Type.Kind() {
		case reflect.String:
			schema = append(schema, pair{"maxLength", n})
		case reflect.Slice:
			schema = append(schema, pair{"maxItems", n})
		case reflect.Int, reflect.Int64:
			schema = append(schema, pair{"minimum", 0}, pair{"maximum", n})
		}
	}
	if doc := f.Tag.Get("doc"); doc != "" {
		schema = append(schema, pair{"description", doc})
	}
	return schema
}

func anys[T any](in []T) []any {
	out := make([]any, len(in))
	for i, v := range in {
		out[i] = v
	}
	return out
}

// writeYAML writes the few kinds of value above. Strings are quoted as JSON
// does, which YAML reads alike.
func writeYAML(b *strings.Builder, v any, indent int) {
	pad := strings.Repeat("  ", indent)
	switch v := v.(type) {
	case node:
		for _, p := range v {
			b.WriteString(pad + key(p.name) + ":")
			writeMember(b, p.value, indent)
		}
	case []any:
		for _, x := range v {
			switch x := x.(type) {
			case node:
				var inner strings.Builder
				writeYAML(&inner, x, indent+1)
				b.WriteString(pad + "- " + strings.TrimPrefix(inner.String(), pad+"  "))
			default:
				b.WriteString(pad + "- " + scalar(x) + "\n")
			}
		}
	}
}

func writeMember(b *strings.Builder, v any, indent int) {
	switch x := v.(type) {
	case node:
		if len(x) == 0 {
			b.WriteString(" {}\n")
			return
		}
	case []any:
		if len(x) == 0 {
			b.WriteString(" []\n")
			return
		}
	default:
		b.WriteString(" " + scalar(v) + "\n")
		return
	}
	b.WriteByte('\n')
	writeYAML(b, v, indent+1)
}

func key(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-' {
			return strconv.Quote(s)
		}
	}
	return s
}

func scalar(v any) string {
	if s, ok := v.(string); ok {
		return strconv.Quote(s)
	}
	return fmt.Sprint(v)
}
