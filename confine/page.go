package confine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"bonafide/confine/document"
	"bonafide/confine/jail"
	"bonafide/record"
)

// A picture of a PDF page is made by pdftoppm (poppler), if the machine has
// it, inside the same locks: no network, no other process, no file but its own
// libraries and fonts. What comes back are numbers, height times width times
// three; the file itself never reaches a browser.

const rendererName = "pdftoppm"

// Whatever else a renderer may read: its libraries, character tables, fonts.
var rendererReads = []string{"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/usr/share/poppler", "/usr/share/fonts", "/usr/local/share/fonts",
	"/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig"}

// Page is a picture of one page, or the reason why there is none.
type Page struct {
	Picture document.Size
	RGB     []byte
	None    string // "" or a sentence
}

// WritePNG writes the page as Result.WritePNG does.
func (p *Page) WritePNG(w io.Writer) error {
	r := Result{RGB: p.RGB}
	r.Picture = p.Picture
	return r.WritePNG(w)
}

// Page renders one page, counted from 1, of a PDF that Read has accepted.
func (w *Worker) Page(ctx context.Context, in io.Reader, page int) (*Page, error) {
	if page < 1 || page > 10_000 {
		return nil, &record.Error{Code: record.CodeInvalid, Message: "pages count from 1"}
	}
	tool, err := renderer()
	if err != nil {
		return &Page{None: "no picture: " + err.Error()}, nil
	}
	b, err := io.ReadAll(io.LimitReader(in, document.MaxFile+1))
	if err != nil || len(b) > document.MaxFile {
		return &Page{None: "no picture: the file is larger than allowed"}, nil
	}
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	inner, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	cmd := exec.CommandContext(inner, w.command[0])
	cmd.Args = append(append([]string(nil), w.command[1:]...), "page", strconv.Itoa(page), tool)
	cmd.Env, cmd.Dir = []string{}, "/"
	cmd.WaitDelay = wait
	cmd.Stdin = bytes.NewReader(b)
	out := &bounded{limit: maxPixels + 64, over: cancel}
	cmd.Stdout = out
	started := false
	_, err = jail.Run(cmd, append([]string{tool}, rendererReads...), func() { started = true })
	switch {
	case errors.Is(err, jail.ErrUnlocked):
		return &Page{None: "no picture: this machine cannot lock " + rendererName + " in"}, nil
	case !started:
		return nil, &record.Error{Code: record.CodeUnavailable, Message: "no locked child could be started", Err: kind(err)}
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.full || inner.Err() != nil:
		return &Page{None: "no picture: the page needs more time or pixels than allowed"}, nil
	}
	// The renderer complains by its exit code of files it shows all the same.
	p, err := portablePixmap(out.kept)
	if err != nil {
		return &Page{None: "no picture: the page could not be rendered"}, nil
	}
	return p, nil
}

// renderer finds the tool where systems keep theirs, never in a search path
// that somebody else has set.
func renderer() (string, error) {
	for _, dir := range []string{"/usr/bin", "/usr/local/bin"} {
		path, err := filepath.EvalSymlinks(filepath.Join(dir, rendererName))
		if err != nil {
			continue
		}
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0 {
			return path, nil
		}
	}
	return "", errors.New(rendererName + " (poppler) is not installed")
}

// ChildPage is the child that becomes the renderer. It returns only when that
// fails.
func ChildPage(page int, tool string) int {
	limits := jail.Default()
	n := strconv.Itoa(page)
	jail.Become(limits, tool, []string{rendererName, "-q", "-f", n, "-l", n, "-singlefile", "-scale-to", strconv.Itoa(document.MaxSide), "-"})
	return 1
}

// portablePixmap reads "P6 width height 255" and its bytes, and nothing else:
// the renderer is trusted with colours only.
func portablePixmap(b []byte) (*Page, error) {
	var w, h, top int
	if n, err := fmt.Fscanf(bytes.NewReader(b[:min(len(b), 32)]), "P6\n%d %d\n%d", &w, &h, &top); err != nil || n != 3 || top != 255 {
		return nil, errAnswer
	}
	if w < 1 || h < 1 || w > document.MaxSide || h > document.MaxSide {
		return nil, errAnswer
	}
	head := fmt.Sprintf("P6\n%d %d\n255\n", w, h)
	if !bytes.HasPrefix(b, []byte(head)) || len(b) != len(head)+w*h*3 {
		return nil, errAnswer
	}
	return &Page{Picture: document.Size{Width: w, Height: h}, RGB: bytes.Clone(b[len(head):])}, nil
}
