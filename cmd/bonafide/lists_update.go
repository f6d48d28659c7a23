package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"bonafide/egress"
	"bonafide/lists"
	"bonafide/record"
)

// ListsUpdateCmd fetches lists. A list that cannot be fetched, is not the
// list, or has suddenly shrunken leaves the last good one in place; the
// command then says how old that is and exits with 1.
type ListsUpdateCmd struct {
	listsDir
	inTenant
	Lists   []string          `arg:"" optional:"" help:"Names of lists (lists show --known). Without any: those the folder has already, or, in a new folder, all whose licences let anybody use them."`
	From    map[string]string `placeholder:"LIST=URL" help:"Fetch a list from another address, such as a mirror in the house. Several parts are separated by spaces."`
	Taxii   map[string]string `placeholder:"NAME=FILE" help:"Fetch the indicators of a TAXII 2.1 collection as the list NAME; FILE is JSON: {\"collection\": \"https://…/collections/ID/\", \"user\": \"…\", \"password\": \"…\"}. With it alone only such lists are renewed."`
	Shrink  bool              `help:"Take a list even if it has lost rows or lies outside its usual size, after you have looked at it."`
	Private bool              `help:"Allow plain http and addresses within the house: for mirrors given with --from."`
	Host    []string          `placeholder:"HOST" help:"A further host that a publisher may send us on to."`
	Timeout time.Duration     `default:"5m" help:"Longest time for one file."`
	Idle    time.Duration     `default:"30s" help:"Longest time without a byte."`
	Log     bool              `help:"Print every look-up: host, address, status, bytes, time."`
}

// redirectHosts are where publishers send the reader of their files: GitHub to
// its stores of releases, OFAC to signed links in the cloud region of the US
// government.
var redirectHosts = map[string][]string{
	"github.com":                          {"objects.githubusercontent.com", "release-assets.githubusercontent.com"},
	"sanctionslistservice.ofac.treas.gov": {".s3.us-gov-west-1.amazonaws.com", ".s3-us-gov-west-1.amazonaws.com"},
	"lolrmm.io":                           {"www.lolrmm.io"},
}

// Run updates one list after the other.
func (c *ListsUpdateCmd) Run(out io.Writer) error {
	store, err := openListStore(c.Dir)
	if err != nil {
		return err
	}
	unlock, err := store.lock()
	if err != nil {
		return err
	}
	defer unlock()
	chosen, err := c.chosen(store)
	if err != nil {
		return err
	}
	keep, done, err := c.ledger(out)
	if err != nil {
		return err
	}
	defer done()
	client := egress.New(egress.Config{Hosts: c.hosts(chosen), Budget: 20*len(chosen) + 20, MaxBytes: maxList, Timeout: c.Timeout, Idle: c.Idle,
		Private: c.Private, Agent: "bonafide lists update"}, c.occasion(), keep)
	failed := 0
	for _, l := range chosen {
		said, err := c.one(client, store, l)
		if err != nil {
			failed++
			fmt.Fprintf(out, "%s: FAILED: %v; %s\n", l.ID, err, kept(store, l))
			continue
		}
		fmt.Fprintf(out, "%s: %s\n", l.ID, said)
	}
	more, err := c.taxii(store, out, keep)
	if err != nil {
		return err
	}
	if failed += more; failed > 0 {
		return exit{exitFailed, fmt.Sprintf("%d of %d lists could not be renewed", failed, len(chosen)+len(c.Taxii))}
	}
	return nil
}

// chosen are the lists to fetch.
func (c *ListsUpdateCmd) chosen(store *listStore) (out []*lists.List, err error) {
	names := c.Lists
	if len(c.Taxii) > 0 && len(c.Lists)+len(c.From) == 0 {
		return nil, nil
	}
	for name := range c.From {
		if len(c.Lists) == 0 {
			names = append(names, name)
		} else if !slices.Contains(c.Lists, name) {
			return nil, &record.Error{Code: record.CodeRefused, Where: name, Message: "--from names a list that is not to be updated"}
		}
	}
	if len(names) == 0 {
		for _, e := range store.m.Lists {
			if !slices.Contains(names, e.Name) && len(c.sources(lists.Find(e.Name))) > 0 {
				names = append(names, e.Name)
			}
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		for _, l := range lists.Catalogue() {
			if l.Ships && len(l.Sources) > 0 {
				out = append(out, l)
			}
		}
		return out, nil
	}
	for _, name := range slices.Compact(names) {
		l := lists.Find(name)
		if l == nil {
			return nil, &record.Error{Code: record.CodeRefused, Where: name, Message: "not a list we know; lists show --known names them"}
		}
		if len(c.sources(l)) == 0 {
			return nil, &record.Error{Code: record.CodeRefused, Where: name, Message: "not fetched by us (" + l.Licence + "); lists import takes its file, --from a mirror"}
		}
		out = append(out, l)
	}
	return out, nil
}

func (c *ListsUpdateCmd) sources(l *lists.List) []string {
	if l == nil {
		return nil
	}
	if from := c.From[l.ID]; from != "" {
		return strings.Fields(from)
	}
	return l.Sources
}

func (c *ListsUpdateCmd) hosts(chosen []*lists.List) (hosts []string) {
	hosts = append(hosts, c.Host...)
	for _, l := range chosen {
		for _, s := range c.sources(l) {
			if u, err := url.Parse(s); err == nil {
				hosts = append(hosts, u.Hostname())
				hosts = append(hosts, redirectHosts[u.Hostname()]...)
			}
		}
	}
	return hosts
}

// one renews one list, or says why not.
func (c *ListsUpdateCmd) one(client *egress.Client, store *listStore, l *lists.List) (string, error) {
	sources := c.sources(l)
	was := store.entries(l.ID)
	var parts []part
	same := 0
	for _, source := range sources {
		req := egress.Request{URL: source}
		var old []byte
		var stored lists.Entry
		for _, e := range was {
			if len(e.From) == 1 && e.From[0].URL == source {
				if b, good := store.body(e); good {
					old, stored = b, e
					req.ETag, req.LastModified = e.From[0].ETag, e.From[0].LastModified
				}
			}
		}
		got, err := client.Fetch(context.Background(), req)
		if err != nil {
			return "", err
		}
		p := part{body: got.Body, from: lists.Provenance{URL: source, ETag: got.ETag, LastModified: got.LastModified}}
		if got.NotModified {
			p.body, p.from = old, stored.From[0]
			same++
		}
		p.modified = today()
		if t, err := http.ParseTime(p.from.LastModified); err == nil {
			p.modified = t
		}
		if p.snapshot, err = lists.Parse(l, fileName(l, source), p.body, p.modified, today()); err != nil {
			return "", err
		}
		parts = append(parts, p)
	}
	if same == len(sources) && len(was) == len(parts) {
		return fmt.Sprintf("unchanged, %s", stateOf(parts)), store.confirm(l.ID)
	}
	if err := c.believe(store, l, parts); err != nil {
		return "", err
	}
	return stateOf(parts), store.replace(l.ID, "", parts)
}

// believe compares a new state with the last good one.
func (c *ListsUpdateCmd) believe(store *listStore, l *lists.List, parts []part) error {
	rows, newest := 0, record.Date("")
	for _, p := range parts {
		rows += p.snapshot.Rows
		if p.snapshot.From == "list" {
			newest = max(newest, p.snapshot.AsOf)
		}
	}
	if c.Shrink {
		return nil
	}
	if err := l.Believable(rows, store.rows(l.ID)); err != nil {
		return err
	}
	// A list that dates itself must not go back in time: an old copy is how a
	// name is made to disappear.
	for _, e := range store.entries(l.ID) {
		if b, good := store.body(e); good && newest != "" && e.AsOf > newest {
			if old, err := lists.Parse(l, e.File, b, time.Time{}, today()); err == nil && old.From == "list" && old.AsOf > newest {
				return record.Invalid(l.ID, fmt.Sprintf("of %s, older than the last good one of %s", newest, old.AsOf))
			}
		}
	}
	return nil
}

func stateOf(parts []part) string {
	rows, bad, asOf := 0, 0, record.Date("")
	for _, p := range parts {
		rows += p.snapshot.Rows
		bad += p.snapshot.Bad
		if asOf == "" || p.snapshot.AsOf < asOf {
			asOf = p.snapshot.AsOf
		}
	}
	s := fmt.Sprintf("%d rows of %s", rows, orDash(string(asOf)))
	if bad > 0 {
		s += fmt.Sprintf(", %d not understood", bad)
	}
	return s
}

// kept says what is there in place of the list that could not be renewed.
func kept(store *listStore, l *lists.List) string {
	was := store.entries(l.ID)
	if len(was) == 0 {
		return "there is no earlier one"
	}
	_, end, ok := was[0].AsOf.Span()
	if !ok {
		return "kept the last good one, its age is not known"
	}
	stale := ""
	if lists.Stale(l.Cadence, was[0].AsOf, today()) {
		stale = ", stale"
	}
	return fmt.Sprintf("kept the one of %s (%d days old%s)", was[0].AsOf, max(0, int(today().Sub(end).Hours()/24)), stale)
}

// fileName is the name under which a fetched part is parsed and stored.
func fileName(l *lists.List, source string) string {
	ext := "." + l.Ext
	if l.Ext == "" {
		ext = ".txt"
	}
	if u, err := url.Parse(source); err == nil {
		if e := path.Ext(u.Path); len(e) > 1 && len(e) <= 5 && e != ".conf" {
			ext = strings.ToLower(e)
		}
	}
	return l.ID + ext
}
