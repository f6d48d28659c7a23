package api

import (
	"bytes"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "print api/openapi.yaml anew")

// TestContractIsFresh: what is committed is what the table of routes says.
func TestContractIsFresh(t *testing.T) {
	want := OpenAPI()
	if *update {
		if err := os.WriteFile("openapi.yaml", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("api/openapi.yaml is stale; print it with: go test ./api -run Contract -update")
	}
}
