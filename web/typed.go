package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"bonafide/casework"
	"bonafide/record"
)

// What somebody typed is not lost when a page cannot take it: because they were
// signed out meanwhile, or because something changed while they wrote.

// asShown makes an act depend on the state that the page showed it was sent from,
// whose mark the form carries; a form without one is from no page of today.
func (v *visit) asShown() context.Context {
	return casework.OnlyIf(v, []string{v.r.PostFormValue("mark")})
}

// changedMeanwhile says that an act was not done because the page was shown before
// somebody else's.
func changedMeanwhile(err error) bool {
	var own *record.Error
	return errors.As(err, &own) && own.Where == casework.Condition
}

// typedView is a field of a form as it was sent.
type typedView struct{ Name, Value string }

// sentForm are the fields of a form that was posted by a page of ours; another
// site's never come this far.
func sentForm(r *http.Request) (all []typedView) {
	if r.Method != http.MethodPost {
		return nil
	}
	for name, values := range r.PostForm {
		for _, value := range values {
			all = append(all, typedView{name, value})
		}
	}
	slices.SortFunc(all, func(a, b typedView) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// words are those of the fields that hold words of a person: values that the
// pages give to themselves have no space in them.
func words(all []typedView) (typed []string) {
	for _, f := range all {
		if strings.ContainsAny(strings.TrimSpace(f.Value), " \n") {
			typed = append(typed, f.Value)
		}
	}
	return typed
}

type outPage struct {
	To    string
	Sent  []typedView
	Words []string
}

// signedOut answers a form of somebody whose session is over: nothing was done,
// the words are there, and go out again once they have signed in.
func (s *Server) signedOut(w http.ResponseWriter, r *http.Request) {
	v := &visit{Context: r.Context(), s: s, w: w, r: r, lang: langOf(r)}
	sent := sentForm(r)
	if err := v.showAs(http.StatusUnauthorized, "signed_out", say(v.lang, "signed out"), outPage{r.URL.Path, sent, words(sent)}); err != nil {
		s.Log.Error("the page for who is signed out broke", "code", string(record.CodeOf(err)))
	}
}
