package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"bonafide/lists"
	"bonafide/record"
)

// ListsCmd keeps the folder of lists that screening reads.
type ListsCmd struct {
	Update ListsUpdateCmd `cmd:"" help:"Fetch lists from their publishers; keeps the last good one when that fails."`
	Import ListsImportCmd `cmd:"" help:"Take lists from files or a release pack, with the same checks and no network."`
	Show   ListsShowCmd   `cmd:"" help:"Show the lists of a folder: day, age, rows, hash; or all lists that are known."`
	Diff   ListsDiffCmd   `cmd:"" help:"Say what was added, changed and removed between two states of a list."`
	Search ListsSearchCmd `cmd:"" help:"Look a value up: address, mail address, domain, tool, wallet, name."`
	Pack   ListsPackCmd   `cmd:"" help:"Write the lists whose licences allow it into one dated pack for lists import."`
}

type listsDir struct {
	Dir string `short:"d" default:"bonafide-lists" placeholder:"DIR" env:"BONAFIDE_LISTS" help:"Folder of lists (default: bonafide-lists)."`
}

func today() time.Time { return time.Now().UTC() }

// load reads the folder as screening does.
func (d listsDir) load() (*lists.Set, []error, error) {
	if info, err := os.Stat(d.Dir); err != nil || !info.IsDir() {
		return nil, nil, &record.Error{Code: record.CodeNotFound, Where: d.Dir, Message: "no such folder of lists; bonafide lists update makes it"}
	}
	set, problems := lists.Load(os.DirFS(d.Dir), today())
	return set, problems, nil
}

// ListsShowCmd prints what a folder holds.
type ListsShowCmd struct {
	listsDir
	Known   bool `help:"All lists that are known, with licence and address, whether they are there or not."`
	Ignored bool `help:"Also the files that are no lists, and why."`
	JSON    bool `help:"One JSON object a list."`
}

// Run prints the table.
func (c *ListsShowCmd) Run(out io.Writer) error {
	if c.Known {
		return showKnown(out)
	}
	set, problems, err := c.load()
	if err != nil {
		return err
	}
	if c.JSON {
		for _, s := range set.Snapshots() {
			b, err := json.Marshal(map[string]any{"list": s.Name, "file": s.File, "kind": classOf(s.List), "publisher": s.List.Publisher, "licence": s.List.Licence,
				"as_of": s.AsOf, "as_of_from": s.From, "stale": s.Stale, "rows": s.Rows, "not_understood": s.Bad, "sha256": s.SHA256, "bytes": s.Size})
			if err != nil {
				return err
			}
			fmt.Fprintln(out, string(b))
		}
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "LIST\tABOUT\tAS OF\tAGE\tROWS\tSHA-256\tLICENCE")
	for _, s := range set.Snapshots() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\t%s\n", s.Name, classOf(s.List), orDash(string(s.AsOf)), ageOf(s), s.Rows, s.SHA256[:12], orDash(s.List.Licence))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%d lists, %d other files", len(set.Snapshots()), len(set.Ignored()))
	if !c.Ignored && len(set.Ignored()) > 0 {
		fmt.Fprint(out, " (--ignored shows them)")
	}
	fmt.Fprintln(out)
	if c.Ignored {
		for _, i := range set.Ignored() {
			fmt.Fprintf(out, "  %s: %s\n", i.File, i.Why)
		}
	}
	for _, p := range problems {
		fmt.Fprintln(out, "problem:", p)
	}
	return nil
}

func showKnown(out io.Writer) error {
	for _, l := range lists.Catalogue() {
		ships := ""
		if l.Ships {
			ships = ", may stand in a pack"
		}
		fmt.Fprintf(out, "%s: %s (%s)\n  %s · %s%s · %s, stale after %d days\n", l.ID, l.Title, classOf(l), l.Publisher, l.Licence, ships, l.Cadence, int(l.Cadence.Tolerance().Hours()/24))
		for _, s := range l.Sources {
			fmt.Fprintln(out, "  "+s)
		}
		if len(l.Sources) == 0 {
			fmt.Fprintln(out, "  not fetched by us: bonafide lists import")
		}
		if l.Note != "" {
			fmt.Fprintln(out, "  mind: "+l.Note)
		}
	}
	return nil
}

// classOf is the short word for what a list is about.
func classOf(l *lists.List) string {
	switch {
	case l.Kind == lists.KindNetworks && l.Network != "":
		return strings.TrimSpace(string(l.Network) + " " + l.Service)
	case l.Kind == lists.KindMail:
		return "mail " + string(l.Mail)
	}
	return string(l.Kind)
}

func ageOf(s *lists.Snapshot) string {
	_, end, ok := s.AsOf.Span()
	if !ok {
		return "unknown: counts as stale"
	}
	age := fmt.Sprintf("%d days", max(0, int(today().Sub(end).Hours()/24)))
	if s.Stale {
		age += ", stale"
	}
	return age
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// ListsDiffCmd compares two states of a list.
type ListsDiffCmd struct {
	listsDir
	A   string `arg:"" help:"A file, or the name of a list in the folder."`
	B   string `arg:"" optional:"" help:"A file. Without it, the state of the list before its last update is compared with the present one."`
	All bool   `help:"Every row, not only the first ten of each kind."`
}

// Run prints the difference.
func (c *ListsDiffCmd) Run(out io.Writer) error {
	a, b := []string{c.A}, []string{c.B}
	if c.B == "" {
		store, err := openListStore(c.Dir)
		if err != nil {
			return err
		}
		if a, b = store.before(c.A), store.files(c.A); len(a) == 0 || len(b) == 0 {
			return &record.Error{Code: record.CodeNotFound, Where: c.A, Message: "no earlier state of it is kept"}
		}
	}
	was, err := rowsOf(a)
	if err != nil {
		return err
	}
	is, err := rowsOf(b)
	if err != nil {
		return err
	}
	d := lists.Compare(was, is)
	fmt.Fprintf(out, "%d rows before, %d now: %d added, %d changed, %d removed\n", len(was), len(is), len(d.Added), len(d.Changed), len(d.Removed))
	for _, part := range []struct {
		sign string
		rows []string
	}{{"+", d.Added}, {"~", d.Changed}, {"-", d.Removed}} {
		for i, row := range part.rows {
			if i == 10 && !c.All {
				fmt.Fprintf(out, "%s … %d more (--all shows them)\n", part.sign, len(part.rows)-i)
				break
			}
			fmt.Fprintln(out, part.sign, plain(row))
		}
	}
	return nil
}

// plain takes control characters out of words that others wrote.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)
}

// rowsOf reads the rows of a list out of its files.
func rowsOf(files []string) (map[string]lists.Row, error) {
	rows := map[string]lists.Row{}
	for _, file := range files {
		s, err := parseFile(file, "")
		if err != nil {
			return nil, err
		}
		part := s.RowMap()
		if part == nil {
			return nil, &record.Error{Code: record.CodeRefused, Where: filepath.Base(file), Message: "rows of a database cannot be compared"}
		}
		for k, v := range part {
			rows[k] = v
		}
	}
	return rows, nil
}

// parseFile reads one list from a file outside of any folder.
func parseFile(file, as string) (*lists.Snapshot, error) {
	b, modified, err := readList(file)
	if err != nil {
		return nil, err
	}
	slash := strings.TrimSuffix(filepath.ToSlash(file), ".gz")
	l, why := lists.Recognise(asStored(slash), as, b[:min(len(b), 4096)])
	if l == nil {
		return nil, record.Invalid(filepath.Base(file), "not recognised as a list ("+why+"); --as says what it is")
	}
	return lists.Parse(l, filepath.Base(slash), b, modified, today())
}

// asStored gives a file that an update wrote the name of its list back.
func asStored(file string) string {
	dir, base := filepath.Split(file)
	if id, rest, ok := strings.Cut(base, "@"); ok {
		return dir + id + filepath.Ext(rest)
	}
	return file
}

// ListsSearchCmd looks values up.
type ListsSearchCmd struct {
	listsDir
	Values []string `arg:"" help:"Addresses, mail addresses, domains, executables, wallets, names."`
}

// Run prints every list that holds a value, with its day.
func (c *ListsSearchCmd) Run(out io.Writer) error {
	set, _, err := c.load()
	if err != nil {
		return err
	}
	for _, v := range c.Values {
		n := 0
		say := func(what string, use record.ListUse) {
			n++
			stale := ""
			if use.Stale {
				stale = ", stale"
			}
			fmt.Fprintf(out, "%s: %s (%s of %s%s)\n", plain(v), plain(what), use.List, orDash(string(use.AsOf)), stale)
		}
		searchNetwork(set, v, say)
		searchWords(set, v, say)
		if n == 0 {
			fmt.Fprintf(out, "%s: on none of %d lists\n", plain(v), len(set.Snapshots()))
		}
	}
	return nil
}

func searchNetwork(set *lists.Set, v string, say func(string, record.ListUse)) {
	a, err := netip.ParseAddr(v)
	if err != nil {
		return
	}
	hits, _ := set.Networks(a)
	for _, h := range hits {
		say(strings.TrimSpace(string(h.Class)+" "+h.Service), h.Use)
	}
	places, _ := set.Places(a)
	for _, p := range places {
		what := "in " + p.Country
		if p.ASN != 0 {
			what += fmt.Sprintf(", AS%d", p.ASN)
		}
		say(what, p.Use)
	}
}

func searchWords(set *lists.Set, v string, say func(string, record.ListUse)) {
	domain := v
	if _, after, ok := strings.Cut(v, "@"); ok {
		domain = after
	}
	if strings.Contains(domain, ".") {
		mail, _ := set.MailDomain(domain)
		for _, h := range mail {
			say("mail domain, "+string(h.Class), h.Use)
		}
		mx, _ := set.Exchanger(domain)
		for _, h := range mx {
			say("mail exchanger of throw-away services", h.Use)
		}
	}
	for _, trace := range []lists.Trace{lists.TraceFile, lists.TraceDomain, lists.TraceService, lists.TraceProduct} {
		tools, _ := set.Tool(trace, v)
		for _, h := range tools {
			say("remote-access tool "+h.Tool+" by its "+string(trace), h.Use)
		}
	}
	var said []string
	for _, typ := range lists.IndicatorTypes {
		hits, _ := set.Indicator(typ, v)
		for _, h := range hits {
			what := fmt.Sprintf("indicator %s, %s, published %s, by %s", h.Type, orDash(h.Confidence), orDash(string(h.Published)), orDash(h.Source))
			if !slices.Contains(said, what) {
				said = append(said, what)
				say(what, h.Use)
			}
		}
	}
	if ix, ok := set.Entities(); ok {
		for _, h := range ix.Search(lists.EntityQuery{Name: v}, 5) {
			say(fmt.Sprintf("%s %s: name is like %q, %s", h.Entity.Kind, h.Entity.ID, h.Name.Text, h.Result.Strength), h.Use)
		}
		for _, h := range ix.Wallet(v) {
			say(fmt.Sprintf("wallet of %s %s", h.Entity.Kind, h.Entity.ID), h.Use)
		}
	}
}
