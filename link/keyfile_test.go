package link

import (
	"bytes"
	"strings"
	"testing"

	"bonafide/record"
)

func keyFileOf(t testing.TB, key string, apps ...*record.Application) []byte {
	t.Helper()
	k := NewKeyer([]byte(key), true)
	var buf bytes.Buffer
	w := NewKeyWriter(&buf, k)
	for _, a := range apps {
		p := k.Profile(a)
		if err := w.Add(&p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

var earlier = person("old", "Rita Modelo", "1990-01-01", 1, phone("+351910000002"), device("aa11bb22cc33dd44ee"), mail("rita@example.org"),
	home("Rua das Flores 12", "4050-262"), passport("X12345678"), text(bullet1+"\n"+bullet2), photoHash("c3d2e1f0a5b49687"))

// TestKeyFileLinks: the keys alone find what the application would have found.
func TestKeyFileLinks(t *testing.T) {
	file := keyFileOf(t, "a key of at least thirty-two bytes", earlier)
	k := NewKeyer([]byte("a key of at least thirty-two bytes"), true)
	keys, err := ReadKeys(bytes.NewReader(file), k)
	if err != nil {
		t.Fatal(err)
	}
	b := NewBuilder()
	if n, err := keys.AddTo(b); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	now := person("new", "Igor Vorlage", "1980-01-01", 20, phone("+351910000002"), device("aa11bb22cc33dd44ee"), passport("X12345678"),
		text(bullet2+"\n"+bullet1), photoHash("c3d2e1f0a5b49686"))
	again := person("again", "Modelo, Rita", "1990-01-01", 20, mail("rita@example.org"))
	for _, a := range []*record.Application{now, again} {
		if _, err := b.Add(k.Profile(a)); err != nil {
			t.Fatal(err)
		}
	}
	g := b.Build()
	found := map[record.Kind]record.Strength{}
	for _, l := range g.Links(1) {
		if l.Others[0] != "example/old" {
			t.Errorf("%s links with %s", l.Kind, l.Others[0])
		}
		found[l.Kind] = l.Strength
	}
	for kind, want := range map[record.Kind]record.Strength{record.KindPhone: record.Strong, record.KindDevice: record.Strong,
		record.KindDocument: record.Conclusive, record.KindResumeText: record.Strong, record.KindPhoto: record.Strong} {
		if found[kind] != want {
			t.Errorf("%s is %s, want %s", kind, found[kind], want)
		}
	}
	if ls := g.Links(2); len(ls) != 1 || ls[0].Kind != record.KindMergeQuestion {
		t.Errorf("the same person again: %v", ls)
	}
}

func TestKeyFileHoldsNoPlainValue(t *testing.T) {
	file := string(keyFileOf(t, "a key of at least thirty-two bytes", earlier))
	for _, plain := range []string{"Rita", "Modelo", "351910000002", "rita@", "Flores", "X12345678", "1990-01-01", "aa11bb22"} {
		if strings.Contains(file, plain) {
			t.Errorf("the key file holds %q", plain)
		}
	}
}

func TestKeyFileRefusesOthers(t *testing.T) {
	file := keyFileOf(t, "a key of at least thirty-two bytes", earlier)
	k := NewKeyer([]byte("a key of at least thirty-two bytes"), true)
	if _, err := ReadKeys(bytes.NewReader(file), NewKeyer([]byte("another key of at least 32 bytes!"), true)); err == nil {
		t.Error("another key reads it")
	}
	for i := range file {
		bad := bytes.Clone(file)
		bad[i] ^= 0x41
		if _, err := ReadKeys(bytes.NewReader(bad), k); err == nil {
			t.Fatalf("byte %d altered: not noticed", i)
		}
		if _, err := ReadKeys(bytes.NewReader(file[:i]), k); err == nil {
			t.Fatalf("cut at %d: not noticed", i)
		}
	}
}

func FuzzReadKeys(f *testing.F) {
	f.Add(keyFileOf(f, "k", earlier))
	f.Add([]byte(keyMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		k := NewKeyer([]byte("k"), true)
		if keys, err := ReadKeys(bytes.NewReader(b), k); err == nil {
			bld := NewBuilder()
			keys.AddTo(bld)
			bld.Build()
		}
	})
}
