package house_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tracked are the files of the repository; without git, those on disk.
func tracked(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("git", "ls-files", "-z").Output()
	if err != nil {
		t.Skip("NOT TESTED: words of all files; this is no git checkout")
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

// TestNoPathOfOneMachine: the house stands anywhere, so no file names a place
// on the machine where it was written.
func TestNoPathOfOneMachine(t *testing.T) {
	places := regexp.MustCompile(`/(?:work|home|Users|root)/[a-zA-Z.]|/tmp/[a-z]`)
	for _, path := range tracked(t) {
		switch filepath.Ext(path) {
		case ".go", ".md", ".sh", ".mk", ".txtar", ".json", ".mjs", ".tmpl", ".css", ".policy", "":
		default:
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			continue // taken away and not yet committed
		}
		for n, line := range bytes.Split(text, []byte("\n")) {
			if m := places.Find(line); m != nil && !bytes.Contains(line, []byte("http")) && path != "house_words_test.go" {
				t.Errorf("%s:%d names %s…", path, n+1, m)
			}
		}
	}
}

// TestEveryCommandHasAStory: what can be typed stands in a user story.
func TestEveryCommandHasAStory(t *testing.T) {
	var stories []byte
	files, _ := filepath.Glob("cmd/bonafide/testdata/script/*.txtar")
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		stories = append(stories, text...)
	}
	source, err := os.ReadFile("cmd/bonafide/main.go")
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile("(?m)^\t([A-Z][a-zA-Z]+) +\\S+ +`cmd:").FindAllSubmatch(source, -1)
	if len(commands) < 8 {
		t.Fatalf("only %d commands found in main.go", len(commands))
	}
	for _, m := range commands {
		name := strings.ToLower(string(m[1]))
		if !bytes.Contains(stories, []byte("bonafide "+name)) {
			t.Errorf("no story in cmd/bonafide/testdata/script runs bonafide %s", name)
		}
	}
	for _, flag := range []string{"--format", "--out|-o ", "--lang", "--lists", "--against", "--keys-out", "--key ", "--policy", "--map", "--source", "--rejects", "--fail-on", "--as-of", "-q "} {
		if !regexp.MustCompile(`bonafide screen.*(?:` + flag + `)`).Match(stories) {
			t.Errorf("no story uses bonafide screen %s", flag)
		}
	}
}

// TestMapIsWhole: every room stands on the map of README.md, and every room on
// the map exists.
func TestMapIsWhole(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(readme), "## The map")
	onMap := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^    ([a-z]+)/`).FindAllStringSubmatch(text, -1) {
		onMap[m[1]] = true
		if _, err := os.Stat(m[1]); err != nil {
			t.Errorf("README.md shows a room %s/ that does not exist", m[1])
		}
	}
	for _, path := range tracked(t) {
		if room, _, inside := strings.Cut(path, "/"); inside && !strings.HasPrefix(room, ".") && !onMap[room] {
			t.Errorf("README.md does not show the room %s/ (%s)", room, path)
			onMap[room] = true
		}
	}
}
