package client

import (
	"bytes"
	"io"
	"net/http"
)

// within answers requests by a handler of this process, without a socket.
type within struct{ handler http.Handler }

// RoundTrip serves one request to its end.
func (w within) RoundTrip(r *http.Request) (*http.Response, error) {
	r.RemoteAddr = "127.0.0.1:0"
	a := &kept{header: http.Header{}, status: http.StatusOK}
	w.handler.ServeHTTP(a, r)
	return &http.Response{
		StatusCode: a.status, Status: http.StatusText(a.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header, Body: io.NopCloser(&a.body), ContentLength: int64(a.body.Len()), Request: r,
	}, nil
}

// kept is an answer that is held until it is whole.
type kept struct {
	header http.Header
	status int
	begun  bool
	body   bytes.Buffer
}

func (k *kept) Header() http.Header { return k.header }

func (k *kept) WriteHeader(status int) {
	if !k.begun {
		k.begun, k.status = true, status
	}
}

func (k *kept) Write(b []byte) (int, error) {
	k.begun = true
	return k.body.Write(b)
}
