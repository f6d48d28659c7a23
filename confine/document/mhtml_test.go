package document

import (
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"testing"
)

// madeMHTML is a page as a browser saves it in one file.
func madeMHTML(page string, pictures ...string) string {
	var q strings.Builder
	w := quotedprintable.NewWriter(&q)
	_, _ = w.Write([]byte(page))
	_ = w.Close()
	var b strings.Builder
	b.WriteString("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://portfolio.example/mira\r\nSubject: Mira\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----B--x----\"\r\n\r\n\r\n")
	fmt.Fprintf(&b, "------B--x----\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://portfolio.example/mira\r\n\r\n%s\r\n", q.String())
	for i, p := range pictures {
		fmt.Fprintf(&b, "------B--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://portfolio.example/%d.png\r\n\r\n%s\r\n", i, base64.StdEncoding.EncodeToString([]byte(p)))
	}
	b.WriteString("------B--x----\r\nContent-Type: text/html\r\n\r\n<html><body>a frame of somebody else</body></html>\r\n------B--x------\r\n")
	return b.String()
}

// TestMHTML: a page in one file reads as the same page saved alone, with the
// pictures beside it, whatever its name; a mail that is built alike stays a mail.
func TestMHTML(t *testing.T) {
	page := strings.Replace(madePage("Mira é", 3, "a"), "<!-- saved from url=(0027)https://portfolio.example/ -->\n", "", 1)
	alone, _ := Read([]byte(page), "html")
	file := madeMHTML(page, strings.Repeat("b", leastPicture), "small")
	for _, ext := range []string{"", "mhtml", "mht"} {
		r, _ := Read([]byte(file), ext)
		r.Tidy()
		if r.Verdict != Accepted || r.Kind != HTML || !r.Sound() || r.Page == nil {
			t.Fatalf("%q: %+v", ext, r)
		}
		if r.Page.Skeleton != alone.Page.Skeleton || r.Page.Address != "https://portfolio.example/mira" || len(r.Page.Assets) != 2 || r.Page.Assets[0] != alone.Page.Assets[0] {
			t.Errorf("%q: %+v, alone %+v", ext, r.Page, alone.Page)
		}
		if !strings.Contains(r.Text, "I am Mira é & friends.") || strings.Contains(r.Text, "frame") {
			t.Errorf("%q: %q", ext, r.Text)
		}
	}
	mail := strings.NewReplacer("From: <Saved by Blink>", "From: mira@mail.example", "Snapshot-Content-Location: https://portfolio.example/mira\r\n", "").Replace(file)
	if r, _ := Read([]byte(mail), ""); r.Kind != EML {
		t.Errorf("a mail is taken for %q", r.Kind)
	}
	for name, bad := range map[string]string{
		"no page":     strings.ReplaceAll(file, "text/html;", "text/css;")[:strings.Index(file, "Content-Type: image")],
		"no boundary": strings.Replace(file, "boundary=", "x=", 1),
		"too large":   madeMHTML("<html><body>" + strings.Repeat("word ", maxPart/5+10) + "</body></html>"),
	} {
		if r, _ := Read([]byte(bad), "mhtml"); r.Verdict != Refused || r.Detail == "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if r, _ := Read([]byte(file[:len(file)-200]), "mhtml"); r.Verdict != Accepted || !has(r.Flags, FlagMalformed) {
		t.Errorf("cut off: %s %v", r.Verdict, r.Flags)
	}
	if r, _ := Read([]byte(madeMHTML(page, make([]string, maxParts+5)...)), "mhtml"); !has(r.Flags, FlagPartial) {
		t.Errorf("many parts: %v", r.Flags)
	}
}

func FuzzMHTML(f *testing.F) {
	f.Add([]byte(madeMHTML(madePage("Mira", 2, "a"), "p")))
	f.Add([]byte("Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<html>"))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzed(t, b, "mhtml") })
}
