package link

import (
	"bytes"
	"reflect"
	"testing"
)

// TestClimate: written and read it is the same; what is none is refused. That a neighbourhood under it says what everybody says is tested in
// index, which has neighbourhoods.
func TestClimate(t *testing.T) {
	var c Climate
	g := NewBuilder().Build()
	c = *g.Climate()
	c.Group = GroupClimate{make([]float64, groupSigns), make([]float64, groupSigns), make([]float64, groupSigns), 0.3, 0}
	c.Rate = map[uint32]float64{7: 0.5}
	c.People, c.Questions, c.Photos = 9, 2, 4
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	back, err := ReadClimate(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(*back, c) {
		t.Errorf("read back\n%+v\nwritten\n%+v", *back, c)
	}
	for name, bad := range map[string]string{"nothing": "", "no object": "[]", "unknown": `{"Version":1,"More":1}`, "no persona": `{"Version":1}`} {
		if _, err := ReadClimate(bytes.NewReader([]byte(bad))); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func FuzzReadClimate(f *testing.F) {
	f.Add([]byte(`{"Version":1,"Persona":{"Mates":0.1}}`))
	var b bytes.Buffer
	if err := NewBuilder().Build().Climate().Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := ReadClimate(bytes.NewReader(raw))
		if err != nil {
			return
		}
		under := NewBuilder()
		under.UseClimate(c)
		under.Build()
	})
}
