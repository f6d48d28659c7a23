package casework

import (
	"encoding/base64"
	"strconv"

	"bonafide/record"
)

// A cursor over numbered lines of one job or one audit. It is no secret which
// line comes next there, only opaque, so that its form may change.
func writeNumber(n int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte("n" + strconv.FormatInt(n, 10)))
}

func readNumber(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 2 || len(b) > 24 || b[0] != 'n' {
		return 0, record.Invalid("after", "is no cursor of this list")
	}
	n, err := strconv.ParseInt(string(b[1:]), 10, 64)
	if err != nil || n < 0 {
		return 0, record.Invalid("after", "is no cursor of this list")
	}
	return n, nil
}
