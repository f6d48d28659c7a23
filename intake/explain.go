package intake

import (
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// explain turns a JSON error into one that says field and kind, and never a
// value: the decoder's own words quote what it read. shape is the type that
// was being read.
func explain(err error, raw []byte, shape reflect.Type) error {
	known := membersOf(shape)
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		path := fieldPath(string(syntax.JSONPointer), known)
		switch {
		case errors.Is(err, jsontext.ErrDuplicateName):
			return record.Invalid(path, "a member is given twice")
		case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
			return record.Invalid(path, "not complete JSON: it breaks off")
		case strings.Contains(syntax.Err.Error(), "UTF-8"):
			return record.Invalid(path, "not valid UTF-8")
		case strings.Contains(syntax.Err.Error(), "surrogate"):
			return record.Invalid(path, "half of a surrogate pair")
		case strings.Contains(syntax.Err.Error(), "depth"):
			return record.Invalid(path, "nested deeper than 64 levels")
		}
		if deep(raw) {
			return record.Invalid(path, "nested deeper than 64 levels")
		}
		return record.Invalid(path, "not valid JSON")
	}
	var meaning *json.SemanticError
	if errors.As(err, &meaning) {
		path := fieldPath(string(meaning.JSONPointer), known)
		wanted := wantedKind(meaning.GoType)
		if found := kindWord(meaning.JSONKind); found != "" && found != wanted {
			return record.Invalid(path, found+" where "+wanted+" belongs")
		}
		return record.Invalid(path, "not "+wanted)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return record.Invalid("", "not complete JSON: it breaks off")
	}
	return record.Invalid("", "not valid JSON")
}

func kindWord(k jsontext.Kind) string {
	switch k {
	case '"':
		return "text"
	case '0':
		return "a number"
	case 't', 'f':
		return "true or false"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 'n':
		return "null"
	}
	return ""
}

func wantedKind(t reflect.Type) string {
	if t == nil {
		return "another kind of value"
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.PkgPath() == "time" {
		return "a time as in RFC 3339 (2026-03-02T09:14:05Z)"
	}
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Slice:
		return "a list"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "a number"
	}
	return "another kind of value"
}

// membersOf are the member names of a type and the types below it. Only these
// may stand in a message: any other name is the sender's own text.
func membersOf(t reflect.Type) map[string]bool {
	all := map[string]bool{}
	seen := map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(t.Elem())
		case reflect.Struct:
			if seen[t] {
				return
			}
			seen[t] = true
			for i := range t.NumField() {
				if name := memberName(t.Field(i)); name != "" {
					all[name] = true
				}
				if t.Field(i).IsExported() {
					walk(t.Field(i).Type)
				}
			}
		}
	}
	walk(t)
	return all
}

// fieldPath turns a JSON pointer into a path of the record, "documents[0].mrz".
// It stops before the first name that is not ours.
func fieldPath(pointer string, known map[string]bool) string {
	path := ""
	for _, part := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		switch {
		case part == "":
			return path
		case isNumber(part):
			path += "[" + part + "]"
		case known[part]:
			path = join(path, part)
		default:
			return join(path, "(a member that is not ours)")
		}
	}
	return path
}

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0 && len(s) < 10
}
