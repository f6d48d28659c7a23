package index

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bonafide/link/model"
)

type table [][]string

func (t table) Len() int             { return len(t) }
func (t table) Cell(i, j int) []byte { return []byte(t[i][j]) }

func people(n int) table {
	var t table
	for i := range n {
		p := []string{"", fmt.Sprintf("given%c%c", 'a'+i%26, 'a'+i/26%7), fmt.Sprintf("fam%c%c%c", 'a'+i*7%26, 'a'+i*11%23, 'a'+i*13%19),
			fmt.Sprintf("%d-%02d-%02d", 1940+i*37%60, 1+i*5%12, 1+i*17%28), fmt.Sprint(100000 + i*7919%900000)}
		t = append(t, p)
		if i%4 == 0 {
			q := slices.Clone(p)
			q[2] = q[2][:4]
			t = append(t, q)
		}
	}
	for i := range t {
		t[i][0] = fmt.Sprint(i)
	}
	return t
}

func frame(t *testing.T, opt model.BuildOptions) *model.Frame {
	t.Helper()
	opt.ID = "id"
	b := model.NewBuilder(opt)
	b.Source("people")
	b.Columns([]string{"id", "first_name", "surname", "dob", "phone"})
	if err := b.Append(people(3000)); err != nil {
		t.Fatal(err)
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Mapped files and an interruption must not change a single number.
func TestSameResultOnDiskAndAfterInterruption(t *testing.T) {
	want, err := model.Link(frame(t, model.BuildOptions{}), model.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	scratch := NewScratch(t.TempDir())
	defer scratch.Close()
	f := frame(t, model.BuildOptions{Scratch: scratch, BlockBytes: 10_000})
	got, err := model.Link(f, model.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(want.Edges, got.Edges) || !slices.Equal(want.Cluster, got.Cluster) || len(want.Edges) == 0 {
		t.Errorf("%d edges in memory, %d on disk", len(want.Edges), len(got.Edges))
	}

	dir := filepath.Join(t.TempDir(), "run")
	run, err := OpenLinkRun(dir, "mark")
	if err != nil {
		t.Fatal(err)
	}
	if err := run.SaveModel(want.Model); err != nil {
		t.Fatal(err)
	}
	r := model.RuleResult{Edges: want.Edges[:3], Note: model.BlockNote{Rule: "x", Pairs: 7}, Large: []uint64{9}}
	if err := run.SaveRule(2, r); err != nil {
		t.Fatal(err)
	}
	again, err := OpenLinkRun(dir, "mark")
	if err != nil {
		t.Fatal(err)
	}
	m, ok := again.LoadModel()
	if !ok || m.Lambda != want.Model.Lambda || len(m.Rules) != len(want.Model.Rules) {
		t.Error("the model was not kept")
	}
	back, ok := again.LoadRule(2)
	if !ok || !slices.Equal(back.Edges, r.Edges) || back.Note != r.Note || !slices.Equal(back.Large, r.Large) {
		t.Errorf("the rule came back as %+v", back)
	}
	if _, ok := again.LoadRule(1); ok {
		t.Error("a rule that never ran was found")
	}
	if _, err := OpenLinkRun(dir, "other"); err == nil {
		t.Error("a folder of another run was accepted")
	}
	if err := again.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Error("the folder is still there")
	}
}

func TestScratch(t *testing.T) {
	dir := t.TempDir()
	s := NewScratch(dir)
	a, err := s.Bytes(5)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Words(1000)
	if err != nil {
		t.Fatal(err)
	}
	copy(a, "hello")
	for i := range w {
		if w[i] != 0 {
			t.Fatal("room is not zeroed")
		}
		w[i] = 7
	}
	if string(a) != "hello" {
		t.Error("two pieces of room overlap")
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%d files are visible", len(left))
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
