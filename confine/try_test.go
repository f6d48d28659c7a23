package confine

import (
	"context"
	"testing"
	"time"

	"bonafide/confine/document"
)

// Of a child that goes first only its end is believed.
func TestTry(t *testing.T) {
	for _, c := range []struct {
		script, want string
	}{{"exit 0", ""}, {"exit 1", document.ReasonReaderFailed}, {"while :; do :; done", document.ReasonLimit}, {"exit 3", document.ReasonLimit}} {
		w, err := New(Options{Command: []string{"/bin/sh", "-c", c.script}, Timeout: 700 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		got, err := w.Try(context.Background(), "chip", []byte("bytes"))
		if err != nil || got != c.want {
			t.Errorf("%s: %q %v", c.script, got, err)
		}
	}
	w, err := New(Options{Command: []string{"/bin/sh", "-c", "exit 0"}})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := w.Try(context.Background(), "chip", make([]byte, document.MaxFile+1)); err != nil || got != document.ReasonLimit {
		t.Errorf("too large: %q %v", got, err)
	}
}
