package casework

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// SavedFilter is a queue somebody made for themselves: a name and an address
// within the desk, which can be handed on.
type SavedFilter struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}

const mostFilters = 30

func filterName(who record.Actor) string { return "filters/" + who.ID }

// Filters are the actor's own, in the order in which they were made.
func (d *Desk) Filters(ctx context.Context, who record.Actor) (all []SavedFilter, err error) {
	err = d.Store.View(ctx, who, func(t *store.Tx) (err error) {
		all, _, err = filters(t, who)
		return err
	})
	return all, err
}

func filters(t *store.Tx, who record.Actor) (all []SavedFilter, version int64, err error) {
	s, err := t.Setting(filterName(who))
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	if json.Unmarshal(s.Value, &all) != nil {
		return nil, 0, &record.Error{Code: record.CodeInternal, Where: "filters", Message: "cannot be read"}
	}
	return all, s.Version, nil
}

// filterWords are what a filter may say; anything else in an address is left out.
var filterWords = []string{"view", "tier", "role", "cluster"}

// SaveFilter keeps a filter under a name; the same name again replaces it, and an
// empty query forgets it.
func (d *Desk) SaveFilter(ctx context.Context, who record.Actor, name, query string) error {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 60 {
		return record.Invalid("name", "is required, 60 bytes at most")
	}
	given, err := url.ParseQuery(query)
	if err != nil || len(query) > 500 {
		return record.Invalid("query", "is no address of a queue")
	}
	kept := url.Values{}
	for _, w := range filterWords {
		if v := given.Get(w); v != "" {
			kept.Set(w, v)
		}
	}
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		all, version, err := filters(t, who)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(f SavedFilter) bool { return f.Name == name })
		if query != "" {
			all = append(all, SavedFilter{name, kept.Encode()})
		}
		if len(all) > mostFilters {
			return &record.Error{Code: record.CodeRefused, Where: "filters", Message: "there are thirty already; remove one first"}
		}
		b, err := json.Marshal(all)
		if err != nil {
			return err
		}
		t.Did("filter.save", "person/"+who.ID, "")
		_, err = t.SaveSetting(filterName(who), version, b)
		return err
	})
}

// NextCase is the case after one in a queue, "" at its end. It opens nothing.
func (d *Desk) NextCase(ctx context.Context, who record.Actor, f Filter, id string) (next string, err error) {
	q := store.CaseFilter{Tier: f.Tier, Role: f.Role, Cluster: f.Cluster, States: f.States, Limit: 500}
	if f.Mine {
		q.Assignee = &who.ID
	}
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		page, _, err := t.Cases(q)
		if err != nil {
			return err
		}
		past := !slices.ContainsFunc(page, func(c record.Case) bool { return c.ID == id })
		for _, c := range page {
			if past && c.ID != id && mayRead(t, c) == nil {
				next = c.ID
				return nil
			}
			past = past || c.ID == id
		}
		return nil
	})
	return next, err
}
