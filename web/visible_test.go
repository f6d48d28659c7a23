package web

import (
	"strings"
	"testing"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"Ana\u202egnp.exe": "Ana·gnp.exe", "a\u200bb\ufeffc\u00add": "a·b·c·d", "\x00\x1b[31m": "··[31m", "\u2028": "·",
		"می\u200cخواهم": "می\u200cخواهم", "क्\u200dष": "क्\u200dष", "Müller, São João\n\tÅ": "Müller, São João\n\tÅ", "Nguyễn": "Nguyễn", "👩\u200d💻": "👩\u200d💻",
		"Z" + strings.Repeat("\u0351", 40) + "a\u0351": "Z" + strings.Repeat("\u0351", 4) + "a\u0351",
	} {
		if got := string(visible([]byte(in))); got != want {
			t.Errorf("%+q became %+q", in, got)
		}
	}
}
