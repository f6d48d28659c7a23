package confine

import (
	"testing"

	"bonafide/confine/document"
)

// TestFacts: what checks see is what the file said, the largest picture first.
func TestFacts(t *testing.T) {
	r := Result{SHA256: "ab"}
	r.Kind, r.Flags = document.PDF, []string{document.FlagHidden}
	r.Metadata = document.Metadata{Author: "Petr Vzor", Software: []string{"Maker"}, Revisions: 2, DocumentID: "uuid:1"}
	r.Images = []document.Image{{Width: 10, Height: 10, Quality: document.Quality{Sharpness: 1}}, {Width: 800, Height: 600, Software: []string{"GIMP", "Maker"}, Quality: document.Quality{Sharpness: 90, JPEG: 80}}}
	f := r.Facts("documents[0]")
	if f.Field != "documents[0]" || f.Kind != "pdf" || f.SHA256 != "ab" || f.Author != "Petr Vzor" || f.Revisions != 2 || f.DocumentID != "uuid:1" ||
		len(f.Software) != 2 || f.Width != 800 || f.Sharpness != 90 || f.JPEG != 80 || len(f.Flags) != 1 {
		t.Errorf("%+v", f)
	}
}
