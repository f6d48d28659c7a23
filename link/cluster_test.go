package link

import (
	"testing"

	"bonafide/record"
)

// TestOneResume: a stolen résumé brings its career along, and joins no two operators who both stole it; a referee beside it is
// another story.
func TestOneResume(t *testing.T) {
	text, career := tie{kind: record.KindResumeText}, tie{kind: record.KindCareer}
	for _, c := range []struct {
		of   []tie
		want bool
	}{
		{[]tie{text, career}, true},
		{[]tie{text}, false},
		{[]tie{career}, false},
		{[]tie{text, career, {kind: record.KindReferee}}, false},
	} {
		if got := oneResume(c.of); got != c.want {
			t.Errorf("%d ties: %v", len(c.of), got)
		}
	}
	// Two groups of three, each held by a device, and one thin edge between them.
	group := func(a, b, c uint32) []pairEdge { return []pairEdge{{a, b, 2}, {b, c, 2}, {a, c, 2}} }
	edges := append(append(group(1, 2, 3), group(4, 5, 6)...), pairEdge{3, 4, 1})
	if cut := bridges(edges); !cut[6] || cut[0] || cut[5] {
		t.Errorf("cut: %v", cut)
	}
}
