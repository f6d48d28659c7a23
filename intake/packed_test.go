package intake

import (
	"os"
	"strings"
	"testing"

	"bonafide/record"
)

// linkedInParts is an archive as LinkedIn hands it out, by its tables.
var linkedInParts = []Part{
	{"Profile.csv", "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n" +
		"Mira,Okonjo,Adeyemi,Rua das Flores 12,,Backend developer,Ledgers.,Software,4050-262,\"Porto, Portugal\",,\"[OTHER:https://github.com/mira-o]\",\n"},
	{"Positions.csv", "Company Name,Title,Description,Location,Started On,Finished On\n" +
		"Example GmbH,Developer,\"Moved the ledger,\nread the tapes\",\"Berlin, Germany\",Jan 2019,Jun 2021\nExample Lda,Lead,,Porto,Jul 2021,\n"},
	{"Education.csv", "School Name,Start Date,End Date,Notes,Degree Name,Activities\nUniversidade Exemplo,2012,2015,with honours,BSc Informatics,\n"},
	{"Skills.csv", "Name\nGo\nSQL\n"},
	{"Languages.csv", "Name,Proficiency\nPortuguese,Native or bilingual proficiency\n"},
	{"Email Addresses.csv", "Email Address,Confirmed,Primary,Updated On\nmira@example.com,Yes,Yes,1/1/24\n"},
	{"PhoneNumbers.csv", "Extension,Number,Type\n,+351 912 345 678,Mobile\n"},
	{"Recommendations_Received.csv", "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\nAna,Silva,Example GmbH,Manager,She was good.,\"07/21/09, 12:11 PM\",VISIBLE\n"},
	{"Certifications.csv", "Notes:\n\"about\"\n\nName,Url,Authority\nTides,,Harbour School\n"},
}

// TestLinkedIn: the tables of one archive become one record, nothing lost.
func TestLinkedIn(t *testing.T) {
	a, err := Packed(linkedInParts, "mira", Options{Received: fileDay})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "testdata/linkedin.want", show(t, a))
	for name, parts := range map[string][]Part{
		"Profile.csv: line 2: another number of cells than the header has": {{"Profile.csv", "First Name,Last Name\nMira,Okonjo,more\n"}},
		"Profile.csv: nobody is named in it":                               {{"Profile.csv", "First Name,Last Name\n"}},
		"no export we read":                                                {{"Other.csv", "a\n"}},
		"result.json: not what Telegram exports":                           {{"result.json", `{"id":"1"}`}},
	} {
		if _, err := Packed(parts, "x", Options{Received: fileDay}); err == nil || err.Error() != name {
			t.Errorf("want %q, got %v", name, err)
		}
	}
}

// TestLine: one JSON object of any system, as a line of an upload has it.
func TestLine(t *testing.T) {
	for _, file := range []string{"telegram/chat.json", "upwork/collected.json", "freelancer/user.json", "greenhouse/webhook.json", "json_resume/mira.resume.json"} {
		raw, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := Line(raw, Options{Received: fileDay})
		if err != nil || a.ID == "" || a.Source == "" || a.ReceivedAt.IsZero() {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := Line([]byte(strings.Repeat("[", 70)), Options{}); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("deep brackets: %v", err)
	}
	if _, err := Line([]byte(`{"id":"1"}`), Options{}); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("nobody's shape: %v", err)
	}
}

// FuzzPacked gives any text to every reader of a packed file.
func FuzzPacked(f *testing.F) {
	for i, p := range linkedInParts {
		f.Add(i, p.Text)
	}
	f.Add(0, "\"")
	f.Fuzz(func(t *testing.T, i int, text string) {
		name := linkedInParts[uint(i)%uint(len(linkedInParts))].Name
		_, _ = Packed([]Part{{"Profile.csv", "First Name\nMira\n"}, {name, text}}, "x", Options{Received: fileDay})
		_, _ = Packed([]Part{{"result.json", text}}, "x", Options{Received: fileDay})
		_, _ = ResumeText(text, "x", Options{Received: fileDay})
	})
}

// FuzzEuropass: no document of any kind ends the reader.
func FuzzEuropass(f *testing.F) {
	for _, file := range mustGlob(f, "testdata/europass/*.xml") {
		if text, err := os.ReadFile(file); err == nil {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := decodeEuropass(raw, given{id: "x", received: fileDay})
		if err == nil && a.ID == "" {
			t.Fatal("an application without an id")
		}
	})
}

// FuzzGitHubEvents: any list.
func FuzzGitHubEvents(f *testing.F) {
	if text, err := os.ReadFile("testdata/github/events.json"); err == nil {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, _ = decodeGitHubEvents(raw, given{id: "x", received: fileDay})
	})
}
