package api

import (
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// deepest is how far a body may nest; the decoder itself would go to 10,000.
const deepest = 64

// decode reads a command: one value, duplicate and unknown members refused,
// names in their exact case, valid UTF-8, nothing after it. The error names the
// member and the kind of fault, never a value.
func decode(raw []byte, to any) error {
	if record.Deeper(raw, deepest) {
		return record.Invalid("body", "nested deeper than 64 levels")
	}
	err := json.Unmarshal(raw, to, json.RejectUnknownMembers(true))
	if err == nil {
		return limits(reflect.ValueOf(to).Elem(), "")
	}
	var semantic *json.SemanticError
	if errors.As(err, &semantic) {
		where := pointer(string(semantic.JSONPointer), to)
		switch {
		case errors.Is(err, json.ErrUnknownName):
			return record.Invalid(where, "holds a member this does not take")
		case semantic.GoType != nil && semantic.GoType.Kind() == reflect.Struct && semantic.JSONKind != '{' && semantic.GoType.NumField() > 0 && semantic.GoType.PkgPath() != "time":
			return record.Invalid(where, "is not an object")
		}
		return record.Invalid(where, "has the wrong type or form")
	}
	if errors.Is(err, jsontext.ErrDuplicateName) {
		return record.Invalid("body", "a member stands twice")
	}
	return record.Invalid("body", "is not well-formed JSON in UTF-8")
}

// pointer is the place of a fault, as far as we named it ourselves: an unknown
// member may itself be a personal value.
func pointer(p string, to any) string {
	known := memberNames(reflect.TypeOf(to), map[string]bool{}, 0)
	var b strings.Builder
	for _, part := range strings.Split(strings.TrimPrefix(p, "/"), "/") {
		if n, err := strconv.Atoi(part); err == nil && n >= 0 && n < 1<<20 {
			b.WriteString("[" + part + "]")
			continue
		}
		if !known[part] {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	if b.Len() == 0 {
		return "body"
	}
	return b.String()
}

func memberNames(t reflect.Type, into map[string]bool, depth int) map[string]bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || depth > 6 {
		return into
	}
	for f := range t.Fields() {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			into[name] = true
			memberNames(f.Type, into, depth+1)
		}
	}
	return into
}

// limits holds a command to the tags of its fields, the same that the printed
// schema shows: required, max, enum.
func limits(v reflect.Value, path string) error {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return limits(v.Elem(), path)
	case reflect.Slice:
		for i := range v.Len() {
			if err := limits(v.Index(i), path+"["+strconv.Itoa(i)+"]"); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" || name == "-" {
				continue
			}
			where := name
			if path != "" {
				where = path + "." + name
			}
			if err := limit(v.Field(i), f.Tag, where); err != nil {
				return err
			}
			if err := limits(v.Field(i), where); err != nil {
				return err
			}
		}
	}
	return nil
}

func limit(v reflect.Value, tag reflect.StructTag, where string) error {
	if v.IsZero() {
		if tag.Get("required") == "true" {
			return record.Invalid(where, "missing")
		}
		return nil
	}
	if most, err := strconv.Atoi(tag.Get("max")); err == nil {
		switch v.Kind() {
		case reflect.String:
			if len([]rune(v.String())) > most {
				return record.Invalid(where, "longer than "+tag.Get("max")+" characters")
			}
		case reflect.Slice:
			if v.Len() > most {
				return record.Invalid(where, "more than "+tag.Get("max")+" of them")
			}
		case reflect.Int, reflect.Int64:
			if v.Int() > int64(most) || v.Int() < 0 {
				return record.Invalid(where, "not between 0 and "+tag.Get("max"))
			}
		}
	}
	if words := tag.Get("enum"); words != "" {
		each := []reflect.Value{v}
		if v.Kind() == reflect.Slice {
			each = each[:0]
			for i := range v.Len() {
				each = append(each, v.Index(i))
			}
		}
		for _, x := range each {
			if x.Kind() == reflect.String && !strings.Contains(","+words+",", ","+x.String()+",") {
				return record.Invalid(where, "is none of "+strings.ReplaceAll(words, ",", ", "))
			}
		}
	}
	return nil
}
