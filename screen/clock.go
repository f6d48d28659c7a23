package screen

import (
	"slices"
	"strings"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// fileKind is what a file is kept as. Pictures of identity documents are one
// kind, whichever of the record's documents they show: their clock is their own.
func fileKind(field string) string {
	if strings.HasPrefix(field, "documents[") {
		return "document"
	}
	return field
}

// documentClock starts the clock of the pictures of documents when a document has
// been checked: no copy is needed after that. It runs once; a picture that comes
// later starts it anew.
func (k *Keeper) documentClock(t *store.Tx, subject string, a *record.Application) error {
	if !slices.ContainsFunc(a.Proofs, func(p record.Assurance) bool { return p.Link == record.LinkDocument }) {
		return nil
	}
	files, err := t.Files(subject)
	if err != nil || !slices.ContainsFunc(files, func(f store.File) bool { return f.Kind == "document" }) {
		return err
	}
	running, err := t.Clocks(subject)
	if err != nil || slices.ContainsFunc(running, func(c store.Clock) bool { return c.Class == store.ClassDocument }) {
		return err
	}
	self, err := t.Self()
	if err != nil {
		return err
	}
	rules, err := k.rules(t)
	if err != nil {
		return err
	}
	profile := store.ProfileOf(self.Country)
	days, basis := profile.Days[store.ClassDocument], profile.Basis[store.ClassDocument]
	if own, said := rules.Keep(policy.KeepDocument, self.Country); said {
		days, basis = own.Days, own.Because
	}
	t.Did("clock.set", "subject/"+subject, "")
	return t.SetClock(subject, store.ClassDocument, t.Now(), days, basis)
}
