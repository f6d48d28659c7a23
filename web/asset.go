package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"bonafide/report"
)

//go:embed static
var static embed.FS

// assets are the files of static, under names that change with their content,
// so that browsers keep them for a year and never show an old one.
type assets struct {
	names map[string]string // "parts.css" → "parts.3f2a….css"
	files map[string]asset
}

type asset struct {
	media         string
	plain, packed []byte
}

func readAssets() (*assets, error) {
	a := &assets{names: map[string]string{}, files: map[string]asset{}}
	tokens, err := report.Tokens()
	if err != nil {
		return nil, err
	}
	if err := a.add("tokens.css", tokens); err != nil {
		return nil, err
	}
	err = fs.WalkDir(static, "static", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := static.ReadFile(p)
		if err != nil {
			return err
		}
		return a.add(path.Base(p), b)
	})
	return a, err
}

// add takes a file in, plain and packed.
func (a *assets) add(base string, b []byte) error {
	media := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}[path.Ext(base)]
	sum := sha256.Sum256(b)
	name := strings.TrimSuffix(base, path.Ext(base)) + "." + hex.EncodeToString(sum[:6]) + path.Ext(base)
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(b); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	a.names[base] = name
	a.files[name] = asset{media, b, packed.Bytes()}
	return nil
}

// path is where a file of static is reached.
func (a *assets) path(base string) string { return "/static/" + a.names[base] }

func (a *assets) serve(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[r.PathValue("name")]
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	h.Set("Content-Type", f.media)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	b := f.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		b = f.packed
	}
	_, _ = w.Write(b) // a reader who has gone away is no error of ours
}
