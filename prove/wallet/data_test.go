package wallet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// sharedData reads a file of the shared data, or skips loudly.
func sharedData(t testing.TB, name string) []byte {
	t.Helper()
	root := os.Getenv("BONAFIDE_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Skipf("NOT TESTED: %s is not at hand; set BONAFIDE_DATA to the folder of the published vectors", name)
	}
	return b
}

func sharedJSON(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(sharedData(t, name), into); err != nil {
		t.Fatal(err)
	}
}
