package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/mod/sumdb/tlog"
)

// cosigns begins a witness of somebody else at $WITNESS and writes its key to a
// file: it signs a head only where the proof shows that it continues the one
// before (C2SP tlog-witness). It takes every log; who may ask is not its story.
func cosigns(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, 1)
	public, private, err := ed25519.GenerateKey(nil)
	ts.Check(err)
	key := append([]byte{4}, public...)
	sum := sha256.Sum256(append([]byte("witness.example/w1\n"), key...))
	write(ts, args[0], fmt.Sprintf("witness.example/w1+%x+%s\n", sum[:4], base64.StdEncoding.EncodeToString(key)))
	var mu sync.Mutex
	seen := map[string]tlog.Tree{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		body, _ := io.ReadAll(io.LimitReader(r.Body, 64<<10))
		head, signed, _ := strings.Cut(string(body), "\n\n")
		text, _, ok := strings.Cut(signed, "\n\n")
		lines, asked := strings.Split(text, "\n"), strings.Split(head, "\n")
		if !ok || len(lines) != 3 || r.URL.Path != "/add-checkpoint" || r.Method != http.MethodPost {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		old, err := strconv.ParseInt(strings.TrimPrefix(asked[0], "old "), 10, 64)
		var now tlog.Tree
		if now.N, _ = strconv.ParseInt(lines[1], 10, 64); err != nil || now.N < old {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		root, _ := base64.StdEncoding.DecodeString(lines[2])
		copy(now.Hash[:], root)
		before := seen[lines[0]]
		if before.N != old {
			w.Header().Set("Content-Type", "text/x.tlog.size")
			w.WriteHeader(http.StatusConflict)
			fmt.Fprintf(w, "%d\n", before.N)
			return
		}
		var proof tlog.TreeProof
		for _, line := range asked[1:] {
			h, _ := base64.StdEncoding.DecodeString(line)
			var one tlog.Hash
			copy(one[:], h)
			proof = append(proof, one)
		}
		if before.N > 0 && tlog.CheckTree(proof, now.N, now.Hash, before.N, before.Hash) != nil {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		seen[lines[0]] = now
		at := uint64(time.Now().Unix())
		sig := binary.BigEndian.AppendUint64(append([]byte{}, sum[:4]...), at)
		sig = append(sig, ed25519.Sign(private, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s\n", at, text))...)
		fmt.Fprintf(w, "— witness.example/w1 %s\n", base64.StdEncoding.EncodeToString(sig))
	}))
	ts.Defer(server.Close)
	ts.Setenv("WITNESS", server.URL+"/add-checkpoint")
}
