package intake

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"bonafide/record"
)

// The parts of a record that come after the application (record/after.go) are
// many and rare, so that they are walked by reflection, where the others are
// written out by hand because they are in every line.

// after are those parts of a that are there, by the name of their member.
func after(a *record.Application, each func(name string, part reflect.Value)) {
	has := len(a.Events) > 0 || len(a.Computers) > 0 || len(a.Confirmations) > 0 || len(a.Moments) > 0 || len(a.Reverifications) > 0 ||
		len(a.Code) > 0 || len(a.Platforms) > 0 || a.Agency != nil || len(a.Pages) > 0 || a.Departure != nil || len(a.Publications) > 0 || len(a.Proofs) > 0
	if !has {
		return
	}
	v := reflect.ValueOf(a).Elem()
	for _, i := range afterFields {
		each(memberName(v.Type().Field(i)), v.Field(i))
	}
}

// afterFields are the fields from Events to Proofs.
var afterFields = func() []int {
	t := reflect.TypeFor[record.Application]()
	var all []int
	for i := range t.NumField() {
		switch t.Field(i).Name {
		case "Events", "Computers", "Confirmations", "Moments", "Reverifications", "Code", "Platforms", "Agency", "Pages", "Departure", "Publications", "Proofs":
			all = append(all, i)
		}
	}
	return all
}()

// unknownUnder counts the members this version does not know.
func unknownUnder(v reflect.Value) int {
	n := 0
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			n = unknownUnder(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Struct {
			for i := range v.Len() {
				n += unknownUnder(v.Index(i))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			if f.Type() == fieldsType {
				n += f.Len()
			} else if v.Type() != timeType {
				n += unknownUnder(f)
			}
		}
	}
	return n
}

var (
	timeType = reflect.TypeFor[time.Time]()
	dateType = reflect.TypeFor[record.Date]()
)

// datesUnder checks every date and time below a part.
func (v *dateCheck) datesUnder(path string, x reflect.Value) {
	switch x.Kind() {
	case reflect.Pointer:
		if !x.IsNil() {
			v.datesUnder(path, x.Elem())
		}
	case reflect.Slice:
		if x.Type().Elem().Kind() == reflect.Struct {
			for i := range x.Len() {
				v.datesUnder(fmt.Sprintf("%s[%d]", path, i), x.Index(i))
			}
		}
	case reflect.Struct:
		for i := range x.NumField() {
			f, at := x.Field(i), x.Type().Field(i)
			if !at.IsExported() {
				continue
			}
			// A % of a member's name must not be read as a verb.
			name := strings.ReplaceAll(path+"."+memberName(at), "%", "%%")
			switch f.Type() {
			case timeType:
				if wrongTime(f.Interface().(time.Time)) {
					v.badTime(name)
				}
			case dateType:
				if wrong(f.Interface().(record.Date)) {
					v.bad(name)
				}
			default:
				v.datesUnder(path+"."+memberName(at), f)
			}
		}
	}
}
