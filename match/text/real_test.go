package text

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Real lines of real résumés, of 8 to 34 words: every one that is no list leaves a fingerprint, different ones share hardly any,
// and a section made of another person's lines is found. One changed word takes the fingerprints of half a short line away:
// there whole sentences compared by MinHash, as link does, see more, and fingerprints see what crosses sentences.
func TestRealBullets(t *testing.T) {
	root := os.Getenv("BONAFIDE_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(root, "resumes", "it_resume_bullets.jsonl"))
	if err != nil {
		t.Skip("NOT TESTED: resumes/it_resume_bullets.jsonl is absent, so fingerprints were not tried on lines that people wrote")
	}
	defer f.Close()
	var lines []string
	for s := bufio.NewScanner(f); s.Scan(); {
		var row struct{ Text string }
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, row.Text)
	}
	if len(lines) < 100 {
		t.Fatalf("only %d lines", len(lines))
	}
	var r Reader
	seen := map[uint64]int{}
	silent, meet := 0, 0
	for i, l := range lines {
		all := All(r.Sections("- " + l))
		if len(all) == 0 && len(r.words) >= fingerprintWords { // lists of skills have no words left
			silent++
		}
		for _, x := range all {
			if j, ok := seen[x]; ok && j != i {
				meet++
			}
			seen[x] = i
		}
	}
	t.Logf("%d lines, %d fingerprints; %d lines of ten words and more left none; %d common to different lines", len(lines), len(seen), silent, meet)
	if silent > 0 || meet*50 > len(seen) {
		t.Errorf("%d lines left no fingerprint, %d fingerprints of %d are common to different lines", silent, meet, len(seen))
	}
	long := slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return len(strings.Fields(l)) < 14 })
	tried, exact, touched := 0, 0, 0
	for i := 0; i+4 <= len(long); i += 4 {
		var copied []string
		for k, l := range long[i : i+4] {
			w := strings.Fields(l)
			w[(k*3+1)%len(w)] = "otherwise"
			copied = append(copied, strings.Join(w, " "))
		}
		mine := r.Sections("Acme Ltd\n- " + strings.Join(long[i:i+4], "\n- "))
		passages := func(theirs []string) (n int) {
			all := All(r.Sections("Other Corp\n- " + long[(i+40)%len(long)] + "\n- " + strings.Join(theirs, "\n- ")))
			for _, c := range Containment(mine, all, func(uint64) int { return 2 }, RareMost) {
				n += c.Passages
			}
			return n
		}
		tried++
		if passages(long[i:i+4]) >= 3 {
			exact++
		}
		if passages(copied) >= 2 {
			touched++
		}
	}
	t.Logf("of %d sections: copied as they are %d found by three passages, with a word changed in each line %d by two", tried, exact, touched)
	if tried < 10 || exact < tried-1 || touched*10 < tried*8 {
		t.Errorf("of %d sections %d and %d were found", tried, exact, touched)
	}
}
