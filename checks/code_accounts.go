package checks

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bonafide/record"
)

// What the checks of code accounts share. Bounds keep a record with a million
// commits from costing more than a second.
const (
	maxRepositories = 500
	maxCommits      = 20_000 // of one repository
)

// ownRepositories are those that are no declared fork, with their place.
func ownRepositories(a *record.CodeAccount) func(yield func(int, *record.Repository) bool) {
	return func(yield func(int, *record.Repository) bool) {
		for i := range a.Repositories[:min(len(a.Repositories), maxRepositories)] {
			if r := &a.Repositories[i]; !r.Fork && !yield(i, r) {
				return
			}
		}
	}
}

// commitsOf are the commits of a list that carry a believable time, oldest first.
func commitsOf(all []record.Commit) []*record.Commit {
	var some []*record.Commit
	for i := range all[:min(len(all), maxCommits)] {
		if c := &all[i]; c.At.Year() >= 1990 {
			some = append(some, c)
		}
	}
	slices.SortStableFunc(some, func(a, b *record.Commit) int { return a.At.Compare(b.At) })
	return some
}

// allCommits are those of every own repository of an account, oldest first.
func allCommits(a *record.CodeAccount) []*record.Commit {
	var all []*record.Commit
	for _, r := range ownRepositories(a) {
		all = append(all, commitsOf(r.Commits)...)
	}
	slices.SortStableFunc(all, func(a, b *record.Commit) int { return a.At.Compare(b.At) })
	return all
}

// repositoryField is where a repository stands in the record.
func repositoryField(account, repository int) string {
	return indexed("code", account) + "." + indexed("repositories", repository)
}

// foldWord compares what people type: without case and outer space.
func foldWord(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// sameAuthor: one name or one address. Who is not named is nobody else.
func sameAuthor(a, b *record.Commit) bool {
	name, mail := foldWord(a.Author), foldWord(a.Email)
	other, otherMail := foldWord(b.Author), foldWord(b.Email)
	return name != "" && name == other || mail != "" && mail == otherMail ||
		cmp.Or(name, mail) == "" || cmp.Or(other, otherMail) == ""
}

// yearsAfter is the moment whole years after t.
func yearsAfter(t time.Time, years int) time.Time { return t.AddDate(years, 0, 0) }
