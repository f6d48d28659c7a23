package screen

import (
	"encoding/binary"
	"testing"
)

// FuzzChipFiles: what the locked child is given is cut into files that lie within
// it, whatever the lengths say, and reading them ends well.
func FuzzChipFiles(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1, 0x60, 0, 0, 0, 2, 0x77, 0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff})
	f.Add(append(binary.BigEndian.AppendUint32(nil, 6), 0x61, 4, 0x5f, 0x1f, 1, 'P'))
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		for _, x := range ChipFiles(b) {
			n += 4 + len(x.Bytes)
		}
		if n > len(b) {
			t.Fatalf("%d bytes of files in %d", n, len(b))
		}
		if err := TryChip(b); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzNote: the answers of forges, and the head of a mail, name an owner or a
// request, or nothing.
func FuzzNote(f *testing.F) {
	f.Add([]byte(`{"owner": {"login": "ana"}, "files": {"a": {"content": "words"}}}`))
	f.Add([]byte(`{"title": "words", "author": {"username": "ana"}}`))
	f.Add([]byte("In-Reply-To: <ref-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@hiring.example>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, x := range forges {
			if owner, _, ok := x.read(b); ok && owner == "" {
				t.Fatal("an account without a name")
			}
		}
		if m := replyTo.FindSubmatch(b); m != nil && len(m[2]) != 52 {
			t.Fatalf("%q", m[2])
		}
	})
}
