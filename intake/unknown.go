package intake

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"bonafide/record"
)

// anyUnknown reports whether any part of a holds members this version does not
// know. Written out by hand: it runs for every line, and almost always says no.
// A test walks the record by reflection and fails when a part is missing here.
func anyUnknown(a *record.Application) bool {
	if len(a.Unknown)+len(a.Role.Unknown)+len(a.Person.Unknown)+len(a.Person.Address.Unknown)+len(a.Resume.Unknown)+
		len(a.Delivery.Unknown)+len(a.SubmittedBy.Unknown)+len(a.Contract.Unknown) > 0 {
		return true
	}
	n := 0
	for i := range a.Accounts {
		n += len(a.Accounts[i].Unknown)
	}
	for i := range a.Resume.Work {
		n += len(a.Resume.Work[i].Unknown)
	}
	for i := range a.Resume.Education {
		n += len(a.Resume.Education[i].Unknown)
	}
	for i := range a.Documents {
		n += len(a.Documents[i].Unknown) + len(a.Documents[i].Address.Unknown)
	}
	for i := range a.References {
		n += len(a.References[i].Unknown) + len(a.References[i].DomainFacts.Unknown)
	}
	for i := range a.Sessions {
		n += len(a.Sessions[i].Unknown)
	}
	for i := range a.Payouts {
		n += len(a.Payouts[i].Unknown)
	}
	for i := range a.Photos {
		n += len(a.Photos[i].Unknown)
	}
	for i := range a.Interviews {
		n += len(a.Interviews[i].Unknown)
	}
	for i := range a.Stage {
		n += len(a.Stage[i].Unknown)
	}
	for i := range a.TaxIDs {
		n += len(a.TaxIDs[i].Unknown)
	}
	for i := range a.Answers {
		n += len(a.Answers[i].Unknown)
	}
	for i := range a.Messages {
		n += len(a.Messages[i].Unknown)
	}
	for i := range a.History {
		n += len(a.History[i].Unknown)
	}
	for i := range a.Profiles {
		n += len(a.Profiles[i].Unknown)
		for j := range a.Profiles[i].Work {
			n += len(a.Profiles[i].Work[j].Unknown)
		}
	}
	for i := range a.Requests {
		n += len(a.Requests[i].Unknown)
	}
	for i := range a.Clearances {
		n += len(a.Clearances[i].Unknown)
	}
	for i := range a.MailFacts {
		n += len(a.MailFacts[i].Unknown)
	}
	for i := range a.Tools {
		n += len(a.Tools[i].Unknown)
	}
	for i := range a.Files {
		n += len(a.Files[i].Unknown)
	}
	after(a, func(_ string, part reflect.Value) { n += unknownUnder(part) })
	return n > 0
}

var fieldsType = reflect.TypeFor[record.Fields]()

// part is a field of a struct that may hold unknown members, or is their map.
type part struct {
	index   int
	name    string
	unknown bool
}

// partsOf are the parts of a struct type, in the order of its fields.
func partsOf(t reflect.Type) []part {
	var parts []part
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Type == fieldsType && f.Name == "Unknown" {
			parts = append(parts, part{index: i, unknown: true})
			continue
		}
		inner := f.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if f.IsExported() && inner.Kind() == reflect.Struct && inner.PkgPath() != "time" {
			parts = append(parts, part{index: i, name: memberName(f)})
		}
	}
	return parts
}

// recordParts are the parts of the record's own types, worked out once: a
// sender who adds one member of his own to every line must not cost dear.
var recordParts = func() map[reflect.Type][]part {
	all := map[reflect.Type][]part{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if _, seen := all[t]; seen {
			return
		}
		all[t] = partsOf(t)
		for _, p := range all[t] {
			if !p.unknown {
				walk(t.Field(p.index).Type)
			}
		}
	}
	walk(reflect.TypeFor[record.Application]())
	return all
}()

// eachUnknown calls see for every Unknown map below v that holds something,
// with the path of its parent and the struct it belongs to, and empties it.
// Order: the order of the fields, so that results do not depend on chance.
func eachUnknown(v reflect.Value, path string, see func(path string, in reflect.Type, f record.Fields) error) error {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return eachUnknown(v.Elem(), path, see)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := eachUnknown(v.Index(i), path+"["+strconv.Itoa(i)+"]", see); err != nil {
				return err
			}
		}
	case reflect.Struct:
		parts, ready := recordParts[v.Type()]
		if !ready {
			parts = partsOf(v.Type())
		}
		for _, p := range parts {
			if f := v.Field(p.index); !p.unknown {
				if err := eachUnknown(f, join(path, p.name), see); err != nil {
					return err
				}
			} else if f.Len() > 0 {
				if err := see(path, v.Type(), f.Interface().(record.Fields)); err != nil {
					return err
				}
				f.SetZero()
			}
		}
	}
	return nil
}

// memberName is the JSON name of a struct field.
func memberName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func join(path, name string) string {
	if path == "" || name == "" {
		return path + name
	}
	return path + "." + name
}

// keepUnknown moves members nobody knows to extra, under their path. A name
// that differs from a known one only in case is refused: two readers of the
// line would disagree about what it says.
func keepUnknown(a *record.Application) error {
	return eachUnknown(reflect.ValueOf(a), "", func(path string, in reflect.Type, f record.Fields) error {
		for name := range f {
			for i := range in.NumField() {
				if known := memberName(in.Field(i)); len(known) == len(name) && known != "" && strings.EqualFold(known, name) {
					return record.Invalid(join(path, known), "a member name that differs from this one only in upper and lower case")
				}
			}
		}
		keep(a, path, f)
		return nil
	})
}

// keep puts f under path into extra. What stands there already stays; the
// newcomer then gets the path "$.…", or a number behind it.
func keep(a *record.Application, path string, f record.Fields) {
	for name, value := range f {
		keepOne(a, join(path, name), value)
	}
}

func keepOne(a *record.Application, path string, value json.RawMessage) {
	if a.Extra == nil {
		a.Extra = make(record.Fields)
	}
	at := path
	for n := 0; ; n++ {
		if _, taken := a.Extra[at]; !taken {
			a.Extra[at] = value
			return
		}
		if at = "$." + path; n > 0 {
			at = path + "#" + strconv.Itoa(len(a.Extra)+n)
		}
	}
}
