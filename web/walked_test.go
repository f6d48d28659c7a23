package web

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unwalked are addresses that are no pages, that every story begins with, or that
// need a file, which the example has not; handin.mjs walks how far one is.
var unwalked = []string{"/{$}", "/live", "/static/{name}", "/sign-in/{token}", "/files/{id}", "/files/{id}/picture", "/operators/{id}/graph", "/cases/{id}/indicators/{form}", "/hand-in/{id}"}

// A page that nobody walks is not looked at: every address of the desk stands in
// the story that goes through its pages.
func TestEveryPageIsWalked(t *testing.T) {
	source, err := os.ReadFile("../report/browser/stories/pages.mjs")
	ok(t, err)
	var paths []string
	for _, m := range regexp.MustCompile("[\"`](/[^\"`? ]*)").FindAllStringSubmatch(string(source), -1) {
		paths = append(paths, m[1])
	}
	for _, r := range (&Server{}).routes() {
		pattern, is := strings.CutPrefix(r.pattern, "GET ")
		if !is || slices.Contains(unwalked, pattern) {
			continue
		}
		as := regexp.MustCompile("^" + regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(pattern), `[^/]+`) + "$")
		if !slices.ContainsFunc(paths, as.MatchString) {
			t.Errorf("%s is walked by no story: add it to report/browser/stories/pages.mjs", pattern)
		}
	}
}
