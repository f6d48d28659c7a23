package wallet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// SharedRoot is the folder of the shared data.
func SharedRoot() string {
	if root := os.Getenv("BONAFIDE_DATA"); root != "" {
		return root
	}
	return filepath.Join("..", "..", "..", "shared", "data")
}

// SharedData reads a file of the shared data, or skips loudly.
func SharedData(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(SharedRoot(), name))
	if err != nil {
		t.Skipf("NOT TESTED: %s is not at hand; set BONAFIDE_DATA to the folder of the published vectors", name)
	}
	return b
}

func sharedJSON(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(SharedData(t, name), into); err != nil {
		t.Fatal(err)
	}
}
