package checks

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"bonafide/lists"
)

// listsOf loads the lists an archive carries for a case: files under lists/
// for every case, under NAME.lists/ for that case alone. A case whose name
// contains "no-data" gets those under its own name only.
func listsOf(t *testing.T, ar *txtar.Archive, name string) *lists.Set {
	t.Helper()
	var own txtar.Archive
	for _, f := range ar.Files {
		for _, dir := range []string{"lists/", name + ".lists/"} {
			if file, ok := strings.CutPrefix(f.Name, dir); ok && !(dir == "lists/" && strings.Contains(name, "no-data")) {
				own.Files = append(own.Files, txtar.File{Name: file, Data: f.Data})
			}
		}
	}
	if len(own.Files) == 0 {
		return nil
	}
	fsys, err := txtar.FS(&own)
	if err != nil {
		t.Fatal(err)
	}
	set, problems := lists.Load(fsys.(fs.FS), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	for _, p := range problems {
		t.Fatal(p)
	}
	return set
}
