package web

import (
	"bytes"
	"net/http"
	"strconv"

	"bonafide/record"
)

type filePage struct {
	ID         string
	Page, Next int
	Prev       int
}

// fileShow looks at a file: pixels made in a locked process, never the file.
func fileShow(v *visit) error {
	p := filePage{ID: v.id(), Page: pageOf(v.r)}
	p.Prev, p.Next = p.Page-1, p.Page+1
	return v.show("file_show", say(v.lang, "file title"), p)
}

func filePicture(v *visit) error {
	var b bytes.Buffer
	none, err := v.s.Keeper.Picture(v, v.caller.Actor, v.id(), pageOf(v.r), &b)
	if err != nil {
		return err
	}
	if none != "" || b.Len() == 0 {
		return &record.Error{Code: record.CodeNotFound, Where: "file", Message: none}
	}
	v.w.Header().Set("Content-Type", "image/png")
	v.w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(b.Bytes())
	return errDone
}

func pageOf(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || n < 1 || n > 10_000 {
		return 1
	}
	return n
}
