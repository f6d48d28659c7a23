package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// sharedFiles are files of the measuring data that stands beside the repository.
func sharedFiles(t *testing.T, folders ...string) (files []string) {
	t.Helper()
	root := os.Getenv("BONAFIDE_DATA")
	if root == "" {
		root = "../../../shared/data"
	}
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Skipf("NOT TESTED: the whole command over hostile and real files of %s; %s is not here (BONAFIDE_DATA names it)", folder, folder)
		}
	}
	return files
}

// TestAnyFile: whatever is handed over, the command ends with words and one of
// its codes. Every file that can be read in part loses nothing silently.
func TestAnyFile(t *testing.T) {
	out, rejects := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "rejects")
	codes := map[int]int{}
	for _, path := range sharedFiles(t, "hostile/json", "hostile/csv", "hostile/strings", "hostile/made", "payloads", "ats") {
		var said bytes.Buffer
		code := run([]string{"screen", "-q", "-f", "text", "-o", out, "--rejects", rejects, path}, io.Discard, &said)
		codes[code]++
		switch code {
		case 0:
		case exitFailed, exitRejected:
			if said.Len() == 0 || said.Len() > 4000 {
				t.Errorf("%s: code %d with %d bytes of reason", path, code, said.Len())
			}
		default:
			t.Errorf("%s: code %d: %s", path, code, said.String())
		}
	}
	if codes[0] == 0 || codes[exitFailed] == 0 || codes[exitRejected] == 0 {
		t.Errorf("codes %v: the files are too much alike to prove anything", codes)
	}
	t.Logf("files by exit code: %v", codes)
}

// TestAnyWords: strings that break programs, as name, résumé, contact and
// answer, come out of every format, and no line is lost.
func TestAnyWords(t *testing.T) {
	var words []string
	for _, path := range sharedFiles(t, "hostile/strings") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		words = append(words, strings.Split(strings.ToValidUTF8(string(text), "\uFFFD"), "\n")...)
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "in.jsonl")
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	n := 0
	for _, w := range words {
		if w = strings.ReplaceAll(w, "\x00", ""); w == "" {
			continue
		}
		n++
		if err := enc.Encode(map[string]any{
			"id": strconv.Itoa(n), "source": "words", "received_at": "2026-03-02T09:14:05Z", "person": map[string]any{"name": w, "address": map[string]any{"lines": []string{w}, "city": w}},
			"emails": []string{w}, "phones": []string{w}, "resume": map[string]any{"text": w + "\n" + w}, "answers": []map[string]string{{"question": w, "text": w}},
			"references": []map[string]string{{"name": w, "email": w}}, "role": map[string]any{"title": w}, "extra": map[string]any{"x": w},
		}); err != nil {
			t.Fatal(err)
		}
	}
	if n < 250 {
		t.Fatalf("only %d strings found", n)
	}
	if err := os.WriteFile(in, lines.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"jsonl", "text", "html", "csv"} {
		out := filepath.Join(dir, format)
		var said bytes.Buffer
		if code := run([]string{"screen", "-q", "-f", format, "-o", out, in}, io.Discard, &said); code != 0 {
			t.Errorf("%s: code %d: %s", format, code, said.String())
			continue
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if format == "jsonl" && bytes.Count(text, []byte("\n")) != n {
			t.Errorf("%d of %d lines came back", bytes.Count(text, []byte("\n")), n)
		}
		if format == "html" && bytes.Contains(text, []byte("<script>alert")) {
			t.Error("the page carries an applicant's script")
		}
		if i := bytes.IndexAny(text, "\x1b\x07\x08"); format == "text" && i >= 0 {
			t.Errorf("the terminal would obey %q", text[i:min(i+10, len(text))])
		}
	}
}
