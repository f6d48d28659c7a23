package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bonafide/record"
	"bonafide/store"
)

// Leaver is a case with a run sheet whose inventory reached some of the files
// that a sample holds. It says who could, not who did: somebody else with the
// same files looks the same. Listed by id, not by how many.
type Leaver struct {
	Case  string
	State record.CaseState
	Of    int      // paths asked about
	Had   int      // paths their inventory reached
	By    []string // kinds and names of the ways in, as the inventory has them
}

// sheetName is the mark that a case has a run sheet, so that they can be found.
func sheetName(caseID string) string { return "offboarding/" + caseID }

const (
	mostPaths  = 2_000
	mostSheets = 5_000
)

// Leavers says whose inventories reached the files of a sample: a repository,
// registry, pipeline or secret whose name is a part of the path. paths are those
// of the index of our own files. Sealed cases of other circles stay out.
func (d *Desk) Leavers(ctx context.Context, who record.Actor, caseID string, paths []string) (all []Leaver, err error) {
	if len(paths) == 0 || len(paths) > mostPaths {
		return nil, record.Invalid("paths", "one to two thousand, one a line")
	}
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		all = nil
		c, err := staffCase(t, caseID, "leavers.read")
		if err != nil {
			return err
		}
		names, err := t.SettingNames("offboarding/")
		if err != nil {
			return err
		}
		for _, n := range names[:min(len(names), mostSheets)] {
			x, err := t.Case(strings.TrimPrefix(n, "offboarding/"))
			if record.CodeOf(err) == record.CodeNotFound && err != nil {
				continue // erased
			}
			if err != nil {
				return err
			}
			if mayRead(t, x) != nil {
				continue
			}
			o, err := offboarding(t, &x)
			if err != nil {
				return err
			}
			if l := reached(&o, paths); l.Had > 0 {
				l.Case, l.State = x.ID, x.State
				all = append(all, l)
				t.Did("offboarding.read", "case/"+x.ID, x.ID, "inventory")
			}
		}
		slices.SortFunc(all, func(a, b Leaver) int { return cmp.Compare(a.Case, b.Case) })
		t.Did("leavers.read", "case/"+c.ID, c.ID, "inventory")
		return nil
	})
	return all, err
}

func reached(o *Offboarding, paths []string) Leaver {
	l := Leaver{Of: len(paths)}
	used := map[string]bool{}
	for _, p := range paths {
		parts := strings.Split(strings.ToLower(strings.Trim(p, "/")), "/")
		had := false
		for _, a := range o.Access {
			if !slices.Contains([]string{"repository", "registry", "pipeline", "secret"}, a.Kind) || a.Name == "" {
				continue
			}
			// "team/billing" of the inventory is billing of the checkout.
			name := strings.ToLower(strings.TrimSuffix(a.Name[strings.LastIndexByte(a.Name, '/')+1:], ".git"))
			if slices.Contains(parts[:max(0, len(parts)-1)], name) {
				had, used[a.Kind+" "+a.Name] = true, true
			}
		}
		if had {
			l.Had++
		}
	}
	for u := range used {
		l.By = append(l.By, u)
	}
	slices.Sort(l.By)
	return l
}
