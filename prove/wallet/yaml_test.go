package wallet_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"bonafide/prove/wallet"
	"bonafide/prove/wallet/walletsim"
)

// TestSpecifications are the cases of the Python reference implementation and of
// the SD-JWT VC draft: claims with !sd marks, which are shown, what must be read.
func TestSpecifications(t *testing.T) {
	root := wallet.SharedRoot()
	var files []string
	for _, pattern := range []string{"sd-jwt-python/examples/*/specification.yml", "sd-jwt-python/tests/testcases/*/specification.yml", "sd-jwt-vc-draft/*/specification.yml", "openid4vp-1.1/sd_jwt_vcld/*/specification.yml"} {
		found, err := filepath.Glob(filepath.Join(root, vectors, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("NOT TESTED: the SD-JWT specifications are not at hand; set BONAFIDE_DATA to the folder of the published vectors")
	}
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	w := newWorld(t, at)
	for _, name := range files {
		rel, err := filepath.Rel(root, name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(filepath.Dir(name)), func(t *testing.T) {
			var spec struct {
				Claims  yaml.Node `yaml:"user_claims"`
				Shown   yaml.Node `yaml:"holder_disclosed_claims"`
				Expect  yaml.Node `yaml:"expect_verified_user_claims"`
				Binding bool      `yaml:"key_binding"`
			}
			if err := yaml.Unmarshal(wallet.SharedData(t, rel), &spec); err != nil {
				t.Fatal(err)
			}
			claims, frame := marked(t, &spec.Claims)
			if frame == nil {
				frame = map[string]any{}
			}
			delete(claims.(map[string]any), "cnf") // the key is the wallet's
			h, err := w.issuer.IssueSDJWT(walletsim.SDJWT{Type: "urn:test", Claims: claims.(map[string]any), Frame: frame}, newKey(t))
			if err != nil {
				t.Fatal(err)
			}
			paths := shownIn(&spec.Shown, nil)
			p, err := h.PresentSDJWT(paths, "x", "y", at, walletsim.Tamper{})
			if err != nil {
				t.Fatal(err)
			}
			got, err := wallet.Unpack(p)
			if err != nil {
				t.Fatal(err)
			}
			delete(got, "cnf")
			if _, own := claims.(map[string]any)["vct"]; !own {
				delete(got, "vct")
			}
			if spec.Expect.Kind == 0 {
				// The case says only how to issue: all that is shown must be what was meant.
				all, err := h.PresentSDJWT(nil, "x", "y", at, walletsim.Tamper{All: true})
				if err != nil {
					t.Fatal(err)
				}
				if got, err = wallet.Unpack(all); err != nil {
					t.Fatal(err)
				}
				delete(got, "cnf")
				if _, own := claims.(map[string]any)["vct"]; !own {
					delete(got, "vct")
				}
				claims.(map[string]any)["vct"] = got["vct"]
				if got["vct"] == nil {
					delete(claims.(map[string]any), "vct")
				}
				if a, b := asJSON(t, got), asJSON(t, claims); a != b {
					t.Errorf("read\n%s\nwant\n%s", a, b)
				}
				return
			}
			want, _ := marked(t, &spec.Expect)
			if a, b := asJSON(t, got), asJSON(t, want); a != b {
				t.Errorf("read\n%s\nwant\n%s", a, b)
			}
		})
	}
	t.Logf("%d specifications", len(files))
}

// marked gives the value without its !sd marks, and the frame the marks mean.
func marked(t *testing.T, n *yaml.Node) (any, map[string]any) {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		out, frame, hide := map[string]any{}, map[string]any{}, []any{}
		for i := 0; i < len(n.Content); i += 2 {
			name := n.Content[i].Value
			v, inside := marked(t, n.Content[i+1])
			out[name] = v
			if n.Content[i].Tag == "!sd" {
				hide = append(hide, name)
			}
			if inside != nil {
				frame[name] = inside
			}
		}
		if len(hide) > 0 {
			frame["_sd"] = hide
		}
		if len(frame) == 0 {
			frame = nil
		}
		return out, frame
	case yaml.SequenceNode:
		out, frame, hide := []any{}, map[string]any{}, []any{}
		for i, c := range n.Content {
			v, inside := marked(t, c)
			out = append(out, v)
			if c.Tag == "!sd" {
				hide = append(hide, i)
			}
			if inside != nil {
				frame[strconv.Itoa(i)] = inside
			}
		}
		if len(hide) > 0 {
			frame["_sd"] = hide
		}
		if len(frame) == 0 {
			frame = nil
		}
		return out, frame
	}
	plain := *n
	if plain.Tag == "!sd" {
		plain.Tag = ""
		if plain.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			plain.Tag = "!!str"
		}
	}
	var v any
	if err := plain.Decode(&v); err != nil {
		t.Fatal(err)
	}
	if d, ok := v.(time.Time); ok {
		v = d.Format("2006-01-02")
	}
	if s := fmt.Sprint(v); plain.Tag == "" && (s == "True" || s == "False") {
		v = strings.EqualFold(s, "true")
	}
	return v, nil
}

// shownIn collects the paths that are marked as shown.
func shownIn(n *yaml.Node, at wallet.Path) []wallet.Path {
	var out []wallet.Path
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			out = append(out, shownIn(n.Content[i+1], append(append(wallet.Path{}, at...), n.Content[i].Value))...)
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			out = append(out, shownIn(c, append(append(wallet.Path{}, at...), i))...)
		}
	default:
		if strings.EqualFold(n.Value, "true") {
			out = append(out, at)
		}
	}
	return out
}
