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

// TestCopiedPartsLate: what only a copied résumé joins is parted again where both sides have grown to three, and stays where
// anything else holds the two, where one side is smaller, and in every other question.
func TestCopiedPartsLate(t *testing.T) {
	sides := func(between record.Kind, second ...uint32) []tie {
		ties := []tie{{a: 0, b: 1, kind: record.KindDevice}, {a: 0, b: 2, kind: record.KindDevice}, {a: 1, b: 2, kind: record.KindDevice},
			{a: 2, b: 3, kind: between}}
		for _, x := range second {
			ties = append(ties, tie{a: 3, b: x, kind: record.KindNetwork})
		}
		return append(ties, tie{a: 7, b: 8, kind: record.KindResumeText}) // a question of two beside
	}
	for _, c := range []struct {
		what string
		ties []tie
		one  bool
	}{
		{"text alone", sides(record.KindResumeText, 4, 5), false},
		{"a career alone", sides(record.KindCareer, 4, 5), false},
		{"a picture", sides(record.KindPhoto, 4, 5), true},
		{"two on one side", sides(record.KindResumeText, 4), true},
	} {
		e := &evaluation{g: &Graph{firstSeen: map[uint32]int64{}}, ties: c.ties}
		one := newSets(10)
		for _, x := range c.ties {
			one.union(x.a, x.b)
			e.g.firstSeen[x.a], e.g.firstSeen[x.b] = 0, 0
		}
		one, _ = e.partCopied(one)
		if got := one.find(0) == one.find(4); got != c.one || one.find(0) != one.find(2) || one.find(3) != one.find(4) || one.find(7) != one.find(8) {
			t.Errorf("%s: one question: %v, sets %v", c.what, got, one.up)
		}
	}
}
