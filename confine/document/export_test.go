package document

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// madeExport writes an archive of name, text, name, text, …
func madeExport(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestExport: of an archive only the person's own tables are unpacked.
func TestExport(t *testing.T) {
	profile := "First Name,Last Name\nMira,Okonjo\n"
	for _, c := range []struct {
		name, verdict, reason, parts string
		zip                          []byte
	}{
		{"an export", Accepted, "", "profile.csv positions.csv", madeExport(t, "Export/Positions.csv", "Title\nLead\n", "Export/Profile.csv", profile, "Export/Connections.csv", "First Name\nAna\n", "Export/messages.csv", "x\n")},
		{"a chat", Accepted, "", "result.json", madeExport(t, "ChatExport/result.json", `{"messages":[]}`, "ChatExport/photos/1.jpg", "x")},
		{"no export", Refused, ReasonType, "", madeExport(t, "a.txt", "x")},
		{"two profiles", Refused, ReasonAmbiguous, "", madeExport(t, "a/Profile.csv", profile, "b/Profile.csv", profile)},
		{"no text", Refused, ReasonMalformed, "", madeExport(t, "Profile.csv", "a\x00b")},
		{"too long", Refused, ReasonLimit, "", madeExport(t, "Profile.csv", profile, "Skills.csv", strings.Repeat("Go\n", maxPart/3+1))},
	} {
		r, _ := Read(c.zip, "zip")
		r.Tidy()
		var names []string
		for _, p := range r.Parts {
			names = append(names, p.Name)
		}
		if r.Verdict != c.verdict || r.Reason != c.reason || strings.Join(names, " ") != c.parts || !r.Sound() {
			t.Errorf("%s: %s %s %v", c.name, r.Verdict, r.Reason, names)
		}
	}
	r := accepted(Export)
	r.Parts = []Part{{"of my own.txt", ""}}
	if r.Sound() {
		t.Error("a part with a name that is not of the list is believed")
	}
}

// TestEuropassPDF: the document inside leaves as a part, any other file does not.
func TestEuropassPDF(t *testing.T) {
	xml := `<?xml version="1.0"?><Candidate xmlns="http://www.europass.eu/1.0"><CandidatePerson/></Candidate>`
	for text, want := range map[string]int{xml: 1, "MZ": 0, "<other/>": 0} {
		r, _ := Read(madePDF("BT /F1 12 Tf 72 700 Td (Mira) Tj ET", "", "", stream("/Type /EmbeddedFile /Filter /FlateDecode", packed(text))), "pdf")
		if len(r.Parts) != want || want > 0 && (r.Parts[0].Name != europassPart || r.Parts[0].Text != xml) {
			t.Errorf("%.20s: %+v", text, r.Parts)
		}
	}
}
