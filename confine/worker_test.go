package confine

import (
	"bytes"
	"context"
	"os"
	"strconv"
	"testing"

	"bonafide/confine/document"
)

// TestMain lets this test program be the locked child, as bonafide worker is.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "worker" {
		os.Exit(child(attack))
	}
	if len(os.Args) == 5 && os.Args[1] == "worker" && os.Args[2] == "page" {
		n, _ := strconv.Atoi(os.Args[3])
		os.Exit(ChildPage(n, os.Args[4]))
	}
	os.Exit(m.Run())
}

func worker(t testing.TB) *Worker {
	t.Helper()
	if raced {
		t.Skip("NOT TESTED: locked children; the race detector needs more addresses than a child may have")
	}
	w, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func readFile(t testing.TB, w *Worker, b []byte, name string) *Result {
	t.Helper()
	r, err := w.Read(context.Background(), bytes.NewReader(b), name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestLocks: on Linux every lock holds, or the test says which does not.
func TestLocks(t *testing.T) {
	report, err := worker(t).Locks(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("held: %v", report.Held)
	if len(report.Missing) > 0 {
		t.Errorf("missing on this machine: %v", report.Missing)
	}
}

func TestRead(t *testing.T) {
	r := readFile(t, worker(t), []byte("Zuzana Vzor\nDeveloper\n"), "cv.txt")
	if r.Verdict != document.Accepted || r.Kind != document.Text || r.Text != "Zuzana Vzor\nDeveloper\n" {
		t.Errorf("%+v", r)
	}
}
