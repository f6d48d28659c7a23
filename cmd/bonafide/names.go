package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/lists"
	"bonafide/match/name"
	"bonafide/policy"
	"bonafide/record"
)

// NamesCmd is `bonafide names`.
type NamesCmd struct {
	List    []string `placeholder:"FILE" sep:"none" help:"A list to screen against; repeat for several. OFAC SDN.XML, ADVANCED_XML or sdn.csv (with alt.csv and sdn_comments.csv beside it), EU FSF XML, UK CSV or XML, UN XML, OpenSanctions FtM JSON lines or targets CSV, or any CSV with a column called name."`
	Queries string   `placeholder:"FILE" help:"Names to look for, CSV or JSON lines; - is standard input. Columns: name; also birth_date, country, gender, identifier, wallet, schema (Person or Organisation)."`
	Pairs   string   `placeholder:"FILE" help:"A CSV with columns name1 and name2, also schema, date1, date2. The rows come back with strength, similarity and reasons."`
	Out     string   `short:"o" placeholder:"FILE" type:"path" help:"Write there instead of to standard output."`
	Cleared string   `placeholder:"FILE" type:"existingfile" help:"What people have cleared before (bonafide clear writes it, or by hand from the column content): such a hit says cleared."`
	Limit   int      `default:"5" help:"At most so many list entries per query."`
	Weak    bool     `help:"Also show entries whose name is only weakly similar."`

	cleared *policy.Cleared
}

// Help is printed below the flags.
func (NamesCmd) Help() string {
	return `A strength is one of none, weak, supporting, strong, conclusive. A name alone is
never more than supporting; with the same birth date it is strong, with the same
identifier conclusive. Under --pairs a row counts as a match when its strength is
supporting or more, which for a row without dates is similarity ` + fmt.Sprintf("%.2f", name.SupportingAt) + ` or more.

A similar name is an observation, not a decision about anybody: docs/accuracy-names.md
says how often it is wrong.

Examples:

  bonafide names --list sdn.xml --list un.xml --queries people.csv > hits.csv
  bonafide names --list my-list.csv --queries people.jsonl --weak
  bonafide names --list sdn.xml --queries people.csv --cleared cleared.jsonl
  bonafide names --pairs pairs.csv`
}

// Run does what the flags ask for.
func (c *NamesCmd) Run(stdout io.Writer) (err error) {
	if (c.Pairs == "") == (c.Queries == "") {
		return exit{exitUsage, "give either --pairs FILE, or --list FILE and --queries FILE"}
	}
	if c.Out != "" {
		f, err := os.Create(c.Out)
		if err != nil {
			return exit{exitFailed, "the output file cannot be written: " + reasonOf(err)}
		}
		defer func() {
			if e := f.Close(); err == nil {
				err = e
			}
		}()
		stdout = f
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	if c.Pairs != "" {
		err = comparePairs(c.Pairs, out)
	} else {
		err = c.screenNames(out)
	}
	if e := out.Flush(); err == nil {
		err = e
	}
	return err
}

// reasonOf drops the path from an error of the operating system.
func reasonOf(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func openNames(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(os.Stdin), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, exit{exitFailed, path + ": " + reasonOf(err)}
	}
	return f, nil
}

// loadEntities reads the lists of the command line.
func loadEntities(paths []string) (*lists.EntityIndex, error) {
	var all []lists.ListedEntities
	for _, p := range paths {
		got, err := readEntities(p)
		if err != nil {
			return nil, err
		}
		all = append(all, *got)
	}
	return lists.NewEntityIndex(all), nil
}

func readEntities(path string) (*lists.ListedEntities, error) {
	f, err := openNames(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	base := filepath.Base(path)
	id := strings.TrimSuffix(strings.TrimSuffix(base, ".gz"), filepath.Ext(strings.TrimSuffix(base, ".gz")))
	var e *lists.Entities
	if alt, comments := companions(path); alt != nil || comments != nil {
		e, err = lists.ParseOFACLegacy(base, id, f, reader(alt), reader(comments))
		for _, c := range []*os.File{alt, comments} {
			if c != nil {
				c.Close()
			}
		}
	} else {
		e, err = lists.ParseEntities(base, id, f)
	}
	if err != nil {
		return nil, err
	}
	return &lists.ListedEntities{Use: record.ListUse{List: id, AsOf: e.AsOf}, Entities: e.Entities}, nil
}

// reader keeps a missing file a nil interface.
func reader(f *os.File) io.Reader {
	if f == nil {
		return nil
	}
	return f
}

// companions opens the files that belong beside sdn.csv and cons_prim.csv.
func companions(path string) (alt, comments *os.File) {
	names := map[string][2]string{"sdn.csv": {"alt.csv", "sdn_comments.csv"}, "cons_prim.csv": {"cons_alt.csv", "cons_comments.csv"}}
	n, ok := names[strings.ToLower(filepath.Base(path))]
	if !ok {
		return nil, nil
	}
	open := func(s string) *os.File {
		f, err := os.Open(filepath.Join(filepath.Dir(path), s))
		if err != nil {
			return nil
		}
		return f
	}
	return open(n[0]), open(n[1])
}

// nameQuery is one row of the queries, as text.
type nameQuery struct {
	row    []string       // CSV
	object jsontext.Value // JSON line
	query  lists.EntityQuery
	wallet string
	party  string // whose name it is, where the queries say so
	hits   []nameHit
}

// nameHit is a hit with what it is remembered by and who has cleared it.
type nameHit struct {
	lists.EntityHit
	content, clearedBy string
}

// strength is cleared for what a named person has cleared.
func (h *nameHit) strength() string {
	if h.clearedBy != "" {
		return "cleared"
	}
	return string(h.Result.Strength)
}

func (c *NamesCmd) screenNames(out *bufio.Writer) error {
	if len(c.List) == 0 {
		return exit{exitUsage, "give at least one list: --list FILE"}
	}
	ix, err := loadEntities(c.List)
	if err != nil {
		return err
	}
	if c.cleared, err = readCleared(c.Cleared); err != nil {
		return err
	}
	f, err := openNames(c.Queries)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 64<<10)
	if head, _ := in.Peek(3); string(head) == "\ufeff" {
		in.Discard(3)
	}
	head, _ := in.Peek(64)
	if len(head) == 0 {
		return exit{exitFailed, c.Queries + ": an empty file"}
	}
	if strings.HasPrefix(strings.TrimSpace(string(head)), "{") {
		return c.screenJSONL(ix, in, out)
	}
	return c.screenCSV(ix, in, out)
}

const namesBatch = 2048

// find answers a batch on all cores, each query on its own.
func (c *NamesCmd) find(ix *lists.EntityIndex, batch []nameQuery) {
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < len(batch); i += workers {
				q := &batch[i]
				found := ix.Search(q.query, 0)
				if q.wallet != "" {
					q.hits = c.remember(q, ix.Wallet(q.wallet), nil)
				}
				if !c.Weak {
					found = slices.DeleteFunc(found, func(h lists.EntityHit) bool { return h.Result.Strength == name.Weak })
				}
				q.hits = c.remember(q, found, q.hits)
				if c.Limit > 0 && len(q.hits) > c.Limit {
					q.hits = q.hits[:c.Limit]
				}
			}
		}()
	}
	wg.Wait()
}

// remember adds hits with their content, those that a person has cleared last:
// they must not crowd out what nobody has looked at.
func (c *NamesCmd) remember(q *nameQuery, found []lists.EntityHit, hits []nameHit) []nameHit {
	var cleared []nameHit
	for _, h := range found {
		n := nameHit{EntityHit: h, content: h.Content(q.query, q.party)}
		if x, ok := c.cleared.Of("", n.content); ok {
			n.clearedBy = x.Who()
			cleared = append(cleared, n)
			continue
		}
		hits = append(hits, n)
	}
	return append(hits, cleared...)
}

// hitColumns are added to every row of the queries; a query with several hits
// gives several rows, one without hits gives one.
var hitColumns = []string{"strength", "similarity", "reasons", "list", "as_of", "entry", "listed_name", "name_kind", "programs", "content", "cleared_by"}

func (c *NamesCmd) screenCSV(ix *lists.EntityIndex, in io.Reader, out io.Writer) error {
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return exit{exitFailed, c.Queries + ": not a CSV"}
	}
	col := columnsOf(head)
	if !col.has("name", "full_name", "query_name", "query") {
		return exit{exitFailed, c.Queries + ": no column called name"}
	}
	w := csv.NewWriter(out)
	w.Write(append(append([]string{}, head...), hitColumns...))
	var batch []nameQuery
	flush := func() {
		c.find(ix, batch)
		for _, q := range batch {
			for _, h := range q.hits {
				w.Write(append(widen(q.row, len(head)), hitCells(h)...))
			}
			if len(q.hits) == 0 {
				w.Write(append(widen(q.row, len(head)), append([]string{string(name.None), "0"}, make([]string, len(hitColumns)-2)...)...))
			}
		}
		batch = batch[:0]
	}
	bad := 0
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			bad++
			var p *csv.ParseError
			if errors.As(err, &p) && p.Err != csv.ErrFieldCount {
				continue
			}
			break
		}
		batch = append(batch, nameQuery{row: row, wallet: col.get(row, "wallet", "address_crypto"), party: col.get(row, "id", "record"), query: lists.EntityQuery{
			Name: col.get(row, "name", "full_name", "query_name", "query"), Schema: schemaOf(col.get(row, "schema", "type")),
			BirthDates: datesOf(col.get(row, "birth_date", "date_of_birth", "dob")), Countries: upperAll(col.get(row, "country", "nationality")),
			Gender: col.get(row, "gender"), Identifiers: splitValues(col.get(row, "identifier", "identifiers", "passport")),
		}})
		if len(batch) == namesBatch {
			flush()
		}
	}
	flush()
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if bad > 0 {
		return exit{exitRejected, fmt.Sprintf("%d lines of the queries could not be read", bad)}
	}
	return nil
}

func hitCells(h nameHit) []string {
	return []string{h.strength(), fmt.Sprintf("%.4f", h.Result.Similarity), strings.Join(h.Result.Reasons, "; "), h.Use.List, string(h.Use.AsOf), h.Entity.ID, h.Name.Text, h.Name.Kind.String(), strings.Join(h.Entity.Programs, "; "), h.content, h.clearedBy}
}

func widen(row []string, n int) []string {
	out := make([]string, n, n+len(hitColumns))
	copy(out, row)
	return out
}

// jsonQuery is one line of JSON queries; other members are kept.
type jsonQuery struct {
	Name        string   `json:"name"`
	Schema      string   `json:"schema"`
	BirthDate   string   `json:"birth_date"`
	Country     string   `json:"country"`
	Gender      string   `json:"gender"`
	Identifiers []string `json:"identifiers"`
	Wallet      string   `json:"wallet"`
	ID          string   `json:"id"`
}

type jsonHit struct {
	Strength   string      `json:"strength"`
	Similarity float64     `json:"similarity"`
	Reasons    []string    `json:"reasons"`
	List       string      `json:"list"`
	AsOf       record.Date `json:"as_of"`
	Entry      string      `json:"entry"`
	Name       string      `json:"listed_name"`
	NameKind   string      `json:"name_kind"`
	Programs   []string    `json:"programs"`
	Content    string      `json:"content"`
	ClearedBy  string      `json:"cleared_by"`
}

func (c *NamesCmd) screenJSONL(ix *lists.EntityIndex, in io.Reader, out io.Writer) error {
	sc := bufio.NewScanner(in)
	sc.Buffer(make([]byte, 64<<10), 1<<20)
	var batch []nameQuery
	bad, line := 0, 0
	flush := func() error {
		c.find(ix, batch)
		for _, q := range batch {
			hits := make([]jsonHit, 0, len(q.hits))
			for _, h := range q.hits {
				hits = append(hits, jsonHit{h.strength(), h.Result.Similarity, h.Result.Reasons, h.Use.List, h.Use.AsOf, h.Entity.ID, h.Name.Text, h.Name.Kind.String(), h.Entity.Programs, h.content, h.clearedBy})
			}
			if err := json.MarshalWrite(out, struct {
				Query jsontext.Value `json:"query"`
				Hits  []jsonHit      `json:"hits"`
			}{q.object, hits}, json.FormatNilSliceAsNull(false)); err != nil {
				return err
			}
			if _, err := out.Write([]byte("\n")); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	for sc.Scan() {
		line++
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		var x jsonQuery
		if err := json.Unmarshal(sc.Bytes(), &x); err != nil || x.Name == "" && x.Wallet == "" {
			bad++
			continue
		}
		batch = append(batch, nameQuery{object: jsontext.Value(sc.Text()), wallet: x.Wallet, party: x.ID, query: lists.EntityQuery{
			Name: x.Name, Schema: schemaOf(x.Schema), BirthDates: datesOf(x.BirthDate), Countries: upperAll(x.Country), Gender: x.Gender, Identifiers: x.Identifiers,
		}})
		if len(batch) == namesBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	if sc.Err() != nil {
		return exit{exitFailed, fmt.Sprintf("%s:%d: a line longer than a query can be", c.Queries, line+1)}
	}
	if bad > 0 {
		return exit{exitRejected, fmt.Sprintf("%d lines of the queries could not be read", bad)}
	}
	return nil
}
