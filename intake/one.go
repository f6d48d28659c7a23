package intake

import "bonafide/record"

// Application reads one application of our own format, as a line of a file
// would be read: strictly, with unknown members kept under extra. source stands
// in when it names none. The error names the field, never a value.
func Application(raw []byte, source string) (*record.Application, error) {
	if len(raw) > DefaultMaxLine {
		return nil, record.Invalid("body", "longer than 16 MiB")
	}
	if deep(raw) {
		return nil, record.Invalid("body", "nested deeper than 64 levels")
	}
	return decodeNative(raw, given{source: source})
}
