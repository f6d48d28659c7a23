package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"

	"bonafide/index"
	"bonafide/intake/table"
	"bonafide/link/model"
)

// LinkCmd is `bonafide link`: the linkage engine as a tool for any table.
type LinkCmd struct {
	Run   LinkRunCmd   `cmd:"" default:"withargs" help:"Find the records of one table, or of several, that belong to one person."`
	Model LinkModelCmd `cmd:"" help:"Train, propose, show or check a linkage model."`
}

// tableFlags say what is read; they are shared by all commands that read tables.
type tableFlags struct {
	ID       string   `name:"id" placeholder:"COLUMN" help:"Column with the record id (default: the row number). It is never compared."`
	Ignore   []string `name:"ignore" placeholder:"COLUMN" sep:"," help:"Columns that are not looked at."`
	LinkOnly bool     `name:"link-only" help:"Compare only records of different files."`
	Seed     uint64   `name:"seed" default:"1" help:"Seed of every random choice; equal seeds give equal results."`
	Quiet    bool     `name:"quiet" short:"q" help:"No progress."`
	Memory   string   `name:"memory" placeholder:"SIZE" help:"Keep the working data in mapped files and sort in passes, so that about this much memory is enough; for example 4GiB."`
	Files    []string `arg:"" name:"file" help:"CSV, JSON Lines or Parquet files, also compressed." type:"existingfile"`
}

// LinkRunCmd dedupes one file or links several.
type LinkRunCmd struct {
	tableFlags `embed:""`
	ModelFile  string  `name:"model" placeholder:"FILE" help:"Use this model instead of training one." type:"existingfile"`
	Out        string  `name:"out" placeholder:"FILE" help:"Write source,id,cluster for every record."`
	Pairs      string  `name:"pairs" placeholder:"FILE" help:"Write source_a,id_a,source_b,id_b,weight,probability of every pair over the threshold."`
	SaveModel  string  `name:"save-model" placeholder:"FILE" help:"Keep the model that was trained."`
	Threshold  float64 `name:"threshold" default:"0.5" help:"Least probability of a listed pair."`
	ClusterAt  float64 `name:"cluster-at" default:"0.9" help:"Least probability of a pair that may join two clusters; two records still alone join from 0.75, or from here if that is less."`
	Report     string  `name:"report" placeholder:"FILE" help:"Write a page with weights, pairs, clusters and thresholds (HTML). It holds values of the tables."`
	Resume     string  `name:"resume" placeholder:"FOLDER" help:"Remember finished steps here, and go on there after an interruption."`
	Truth      string  `name:"truth" placeholder:"COLUMN" help:"Column with the true person: prints edge, cluster and B-cubed figures. It is never compared."`
}

// Run links and writes the results.
func (c *LinkRunCmd) Run() error {
	opt := model.Options{Seed: c.Seed, Threshold: c.Threshold, ClusterAt: c.ClusterAt, LinkOnly: c.LinkOnly}
	build := model.BuildOptions{ID: c.ID, Ignore: c.Ignore}
	if c.ModelFile != "" {
		m, err := readModel(c.ModelFile)
		if err != nil {
			return err
		}
		opt.Model = m
		for _, f := range m.Fields {
			build.Fields = append(build.Fields, f.Field)
		}
	}
	var truth *truthColumn
	if c.Truth != "" {
		truth = &truthColumn{name: c.Truth}
		build.Ignore = append(build.Ignore, c.Truth)
	}
	progress, done := linkProgress(c.Quiet)
	defer done()
	spill, err := c.spill(&build)
	if err != nil {
		return err
	}
	defer spill()
	frame, err := c.read(build, truth, progress)
	if err != nil {
		return err
	}
	opt.Progress = progress
	var run *index.LinkRun
	if c.Resume != "" {
		if run, err = index.OpenLinkRun(c.Resume, c.mark(build)); err != nil {
			return err
		}
		opt.Keep = run
	}
	res, err := model.Link(frame, opt)
	if err != nil {
		return err
	}
	if progress != nil {
		progress("writing", 0, 1)
	}
	if c.SaveModel != "" {
		if err := writeFile(c.SaveModel, res.Model.Write); err != nil {
			return err
		}
	}
	if c.Out != "" {
		if err := writeFile(c.Out, func(w io.Writer) error { return writeClusters(w, frame, res) }); err != nil {
			return err
		}
	}
	if c.Pairs != "" {
		if err := writeFile(c.Pairs, func(w io.Writer) error { return writePairs(w, frame, res) }); err != nil {
			return err
		}
	}
	if run != nil {
		if err := run.Remove(); err != nil {
			return err
		}
	}
	done()
	c.summary(frame, res)
	var figures *model.Figures
	if truth != nil {
		if len(truth.values) != frame.Rows() {
			return fmt.Errorf("link: not every file has the truth column %q", c.Truth)
		}
		measured := model.Measure(frame, res, truth.values, c.LinkOnly)
		figures = &measured
		printFigures(os.Stdout, measured)
	}
	if c.Report != "" {
		return writeLinkReport(c.Report, c.linkReport(frame, res, figures))
	}
	return nil
}

// spill prepares for tables larger than memory; the returned function gives the room back.
func (c *tableFlags) spill(build *model.BuildOptions) (func(), error) {
	if c.Memory == "" {
		return func() {}, nil
	}
	limit, err := parseSize(c.Memory)
	if err != nil {
		return nil, err
	}
	scratch := index.NewScratch("")
	build.Scratch = scratch
	build.BlockBytes = limit / 4
	debug.SetMemoryLimit(limit)
	return func() { scratch.Close() }, nil
}

// parseSize reads 512MiB, 4GiB, 4G or a number of bytes.
func parseSize(s string) (int64, error) {
	number := strings.TrimRight(strings.ToUpper(strings.TrimSpace(s)), "IB")
	unit := int64(1)
	for i, u := range []string{"K", "M", "G", "T"} {
		if strings.HasSuffix(number, u) {
			number = strings.TrimSuffix(number, u)
			unit = 1 << (10 * (i + 1))
		}
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || n*float64(unit) < 64<<20 || n*float64(unit) > 1<<50 {
		return 0, fmt.Errorf("link: --memory %q is not a size of at least 64MiB, such as 4GiB", s)
	}
	return int64(n * float64(unit)), nil
}

// mark names everything a half-finished run depends on.
func (c *LinkRunCmd) mark(build model.BuildOptions) string {
	h := xxh3.New()
	fmt.Fprintf(h, "%d %v %v %v %v %v %v", model.Version, c.ID, build.Ignore, c.LinkOnly, c.Seed, c.Threshold, c.ClusterAt)
	for _, path := range append([]string{c.ModelFile}, c.Files...) {
		if st, err := os.Stat(path); err == nil {
			fmt.Fprintf(h, " %s %d %d", path, st.Size(), st.ModTime().UnixNano())
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// truthColumn collects the labels on the way, apart from everything that is linked.
type truthColumn struct {
	name   string
	values []string
}

func (t *truthColumn) append(b *table.Batch, columns []string) {
	at := -1
	for i, name := range columns {
		if strings.EqualFold(name, t.name) {
			at = i
		}
	}
	if at < 0 {
		return
	}
	for r := range b.Len() {
		t.values = append(t.values, string(b.Cell(r, at)))
	}
}

// read turns the files into a frame.
func (c *tableFlags) read(build model.BuildOptions, truth *truthColumn, progress stageFunc) (*model.Frame, error) {
	b := model.NewBuilder(build)
	names := sourceNames(c.Files)
	for i, path := range c.Files {
		if progress != nil {
			progress("reading", int64(i), int64(len(c.Files)))
		}
		if err := readInto(b, path, names[i], truth); err != nil {
			return nil, err
		}
	}
	return b.Frame()
}

// sourceNames are base names, or full paths where base names repeat.
func sourceNames(files []string) []string {
	seen := map[string]int{}
	for _, f := range files {
		seen[filepath.Base(f)]++
	}
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = filepath.Base(f)
		if seen[out[i]] > 1 {
			out[i] = f
		}
	}
	return out
}

func readInto(b *model.Builder, path, name string, truth *truthColumn) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("link: %w", err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return fmt.Errorf("link: %w", err)
	}
	var r table.Reader
	if st.Mode().IsRegular() {
		r, err = table.Open(path, f, st.Size())
	} else {
		r, err = table.OpenStream(path, f)
	}
	if err != nil {
		return fmt.Errorf("link: %s: %w", name, err)
	}
	if err := b.Source(name); err != nil {
		return err
	}
	// One goroutine reads ahead while this one codes: two batches go round.
	free, full := make(chan *table.Batch, 3), make(chan *table.Batch, 3)
	columns := make(chan []string, 3)
	stop := make(chan struct{})
	defer close(stop)
	for range 3 {
		free <- &table.Batch{}
	}
	var readErr error
	go func() {
		defer close(full)
		for {
			var batch *table.Batch
			select {
			case batch = <-free:
			case <-stop:
				return
			}
			if err := r.Next(batch); err != nil {
				if !errors.Is(err, io.EOF) {
					readErr = err
				}
				return
			}
			columns <- append([]string(nil), r.Columns()...)
			full <- batch
		}
	}()
	known := -1
	for batch := range full {
		names := <-columns
		if len(names) != known {
			b.Columns(names)
			known = len(names)
		}
		if err := b.Append(batch); err != nil {
			return err
		}
		if truth != nil {
			truth.append(batch, names)
		}
		free <- batch
	}
	if readErr != nil {
		return fmt.Errorf("link: %s: %w", name, readErr)
	}
	if n := r.Notes(); n.BadRows > 0 || n.LongRows > 0 || n.ShortRows > 0 {
		fmt.Fprintf(os.Stderr, "%s: %d rows; %d shorter and %d longer than the header", name, n.Rows, n.ShortRows, n.LongRows)
		if n.BadRows > 0 {
			fmt.Fprintf(os.Stderr, ", %d unreadable and left out (first at line %d)", n.BadRows, n.FirstBad)
		}
		fmt.Fprintln(os.Stderr)
	}
	return nil
}

func readModel(path string) (*model.Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("link: %w", err)
	}
	defer f.Close()
	return model.ReadModel(f)
}

// writeFile writes through a buffer and reports also what only closing tells.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("link: %w", err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("link: writing %s: %w", filepath.Base(path), err)
	}
	return nil
}

func writeClusters(w io.Writer, f *model.Frame, res *model.Result) error {
	out := newRowWriter(w)
	out.row("source", "id", "cluster")
	quoted := make([]string, len(f.Sources))
	for i, s := range f.Sources {
		quoted[i] = quote(s)
	}
	for r := range f.Rows() {
		out.raw(quoted[f.Source(uint32(r))])
		out.cell(f.ID(uint32(r)))
		out.number(int64(res.Cluster[r]) + 1)
		out.end()
	}
	return out.err
}

func writePairs(w io.Writer, f *model.Frame, res *model.Result) error {
	out := newRowWriter(w)
	out.row("source_a", "id_a", "source_b", "id_b", "weight", "probability")
	quoted := make([]string, len(f.Sources))
	for i, s := range f.Sources {
		quoted[i] = quote(s)
	}
	for _, e := range res.Edges {
		if e.Weight < res.EdgeWeight {
			continue
		}
		out.raw(quoted[f.Source(e.A)])
		out.cell(f.ID(e.A))
		out.raw(quoted[f.Source(e.B)])
		out.cell(f.ID(e.B))
		out.decimal(float64(e.Weight), 3)
		out.decimal(e.Probability(), 6)
		out.end()
	}
	return out.err
}

// rowWriter writes CSV without allocating per cell; encoding/csv would cost more than the linking of the same rows.
type rowWriter struct {
	w   io.Writer
	buf []byte
	err error
}

func newRowWriter(w io.Writer) *rowWriter { return &rowWriter{w: w} }

func (o *rowWriter) row(cells ...string) {
	for _, c := range cells {
		o.cell([]byte(c))
	}
	o.end()
}

func (o *rowWriter) raw(s string) { o.buf = append(append(o.buf, s...), ',') }

func (o *rowWriter) cell(v []byte) {
	plain := true
	for _, b := range v {
		if b == ',' || b == '"' || b == '\n' || b == '\r' {
			plain = false
		}
	}
	if plain {
		o.buf = append(append(o.buf, v...), ',')
		return
	}
	o.raw(quote(string(v)))
}

func (o *rowWriter) number(n int64) { o.buf = append(strconv.AppendInt(o.buf, n, 10), ',') }

func (o *rowWriter) decimal(x float64, places int) {
	o.buf = append(strconv.AppendFloat(o.buf, x, 'f', places, 64), ',')
}

func (o *rowWriter) end() {
	o.buf[len(o.buf)-1] = '\n'
	if o.err == nil {
		_, o.err = o.w.Write(o.buf)
	}
	o.buf = o.buf[:0]
}

func quote(s string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Write([]string{s})
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

func (c *LinkRunCmd) summary(f *model.Frame, res *model.Result) {
	clusters := map[uint32]bool{}
	for _, n := range res.Cluster {
		clusters[n] = true
	}
	over := 0
	for _, e := range res.Edges {
		if e.Weight >= res.EdgeWeight {
			over++
		}
	}
	fmt.Printf("records %d\ncandidate pairs %d\npairs at or over %g: %d\nclusters %d (largest %d records, %d joins refused)\n",
		f.Rows(), res.Scored, c.Threshold, over, len(clusters), res.Largest, res.Refused)
	capped := int64(0)
	for _, b := range res.Blocks {
		capped += b.Capped
	}
	if capped > 0 {
		fmt.Printf("blocks too large to compare all pairs of: %d (each record met its near neighbours only)\n", capped)
	}
}

func printFigures(w io.Writer, f model.Figures) {
	line := func(name string, s model.Score) {
		fmt.Fprintf(w, "%-8s precision %.4f recall %.4f F1 %.4f  (tp %d fp %d fn %d)\n", name, s.Precision, s.Recall, s.F1, s.TP, s.FP, s.FN)
	}
	line("edge", f.Edge)
	line("cluster", f.Cluster)
	fmt.Fprintf(w, "%-8s precision %.4f recall %.4f F1 %.4f\n", "B3", f.B3.Precision, f.B3.Recall, f.B3.F1)
	fmt.Fprintf(w, "best edge F1 over all thresholds %.4f at weight %.2f; %d true pairs, %d records without a label\n", f.Best, f.BestAt, f.TruePairs, f.Unlabeled)
}
