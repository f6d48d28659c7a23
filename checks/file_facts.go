package checks

import (
	"fmt"
	"slices"
	"strings"

	"bonafide/record"
)

// filesOf are the facts of the files that belong to a field ("resume",
// "documents"), with the path at which each stands.
func filesOf(in *In, field string, each func(path string, f *record.FileFacts)) (n int) {
	for i := range in.App.Files {
		f := &in.App.Files[i]
		if f.Field == field || strings.HasPrefix(f.Field, field+"[") {
			n++
			each(fmt.Sprintf("files[%d]", i), f)
		}
	}
	return n
}

// editors are programs made to change what a picture shows, by words of the
// name they leave (own collection, from the makers' documentation). Scanner
// apps, cameras, viewers, messengers and developers of raw pictures do not
// stand here: people use them to hand a picture in.
var editors = []string{
	"photoshop", "gimp", "affinity photo", "affinity designer", "pixelmator", "photopea", "paint.net", "corel photo", "coreldraw", "paintshop",
	"krita", "inkscape", "illustrator", "canva", "picsart", "fotor", "pixlr", "befunky", "faceapp", "facetune",
}

// generators are programs that invent a picture, and the marks they leave.
var generators = []string{
	"generated (", "stable diffusion", "midjourney", "dall-e", "dall·e", "firefly", "comfyui", "automatic1111", "novelai", "invokeai", "leonardo.ai",
}

func madeBy(software []string, words []string) bool {
	return slices.ContainsFunc(software, func(s string) bool {
		s = strings.ToLower(s)
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
	})
}

// workbench is a name that a computer or program gives when nobody has named
// the user: it says nothing about a person.
var workbench = []string{
	"user", "admin", "administrator", "owner", "microsoft office user", "office", "windows user", "home", "pc", "laptop", "test", "guest", "default",
	"python-docx", "apache poi", "unknown", "anonymous", "author", "benutzer", "utilizador", "usuario", "utente", "utilisateur", "student", "hp", "dell", "lenovo", "acer", "asus",
	"microsoft", "google", "canva", "libreoffice", "openoffice", "resume", "cv", "template", "europass", "un-named",
}

// namesSomebody: the word looks like the full name of a person.
func namesSomebody(s string) bool {
	if !fullName(s) || strings.Count(strings.TrimSpace(s), " ") > 3 || strings.ContainsAny(s, "()[]{}&+,;:!?*#=") {
		return false
	}
	for _, w := range strings.Fields(strings.ToLower(s)) {
		if slices.Contains(workbench, strings.Trim(w, ".")) {
			return false
		}
	}
	return !slices.Contains(workbench, strings.ToLower(strings.TrimSpace(s)))
}
