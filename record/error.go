package record

import "errors"

// Code sorts errors for people and machines: six, no more.
type Code string

// The six codes.
const (
	CodeInvalid     Code = "invalid"
	CodeNotFound    Code = "not found"
	CodeConflict    Code = "conflict"
	CodeRefused     Code = "refused"
	CodeUnavailable Code = "unavailable"
	CodeInternal    Code = "internal"
)

// Error is an error of the house. Message never holds a personal value: it
// names places and kinds.
type Error struct {
	Code    Code
	Where   string // "file.jsonl:17", "documents[0].mrz"
	Message string
	Err     error
}

func (e *Error) Error() string {
	s := e.Message
	if e.Where != "" {
		s = e.Where + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Invalid is an error about bytes that came in.
func Invalid(where, message string) *Error {
	return &Error{Code: CodeInvalid, Where: where, Message: message}
}

// CodeOf is the code of the first house error in err's chain, internal otherwise.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}
