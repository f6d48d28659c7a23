package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// wire is one connection of a flood: its request lies ready as bytes, and what
// comes back is read for its first line, its length and Retry-After alone.
// net/http's client costs as much as the server it asks, on the same cores.
type wire struct {
	address string
	conn    net.Conn
	in      *bufio.Reader
	request []byte
	sent    time.Time
	taken   bool // the request was: the next one is somebody else's
}

func (w *wire) dial() (err error) {
	if w.conn != nil {
		w.conn.Close()
	}
	if w.conn, err = net.Dial("tcp", w.address); err == nil {
		w.in = bufio.NewReaderSize(w.conn, 4096)
	}
	return err
}

// reply reads one answer: its status, and whether it says when to come again.
func (w *wire) reply() (status int, again bool, err error) {
	length, last := 0, false
	for first := true; ; first = false {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		name, value, _ := bytes.Cut(bytes.TrimRight(line, "\r\n"), []byte(": "))
		switch {
		case first:
			if len(line) < 12 {
				return 0, false, fmt.Errorf("no status line")
			}
			if status, err = strconv.Atoi(string(line[9:12])); err != nil {
				return 0, false, err
			}
			continue
		case len(name) == 0:
			if _, err := w.in.Discard(length); err != nil {
				return 0, false, err
			}
			if last {
				err = w.dial()
			}
			return status, again, err
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, false, err
			}
		case bytes.EqualFold(name, []byte("Retry-After")):
			again = true
		case bytes.EqualFold(name, []byte("Connection")):
			last = bytes.EqualFold(value, []byte("close"))
		}
	}
}

// flood begins so many requests a second on so many connections, whatever comes
// back; one for which no connection is free is not begun. Who was turned away
// comes again, who was taken makes room for the next. The time of an answer is
// counted from before its request is written.
func (b *bench) flood(conns int, span time.Duration, rate float64) (figures, error) {
	f := figures{failed: map[int]int{}, conns: conns}
	free := make(chan *wire, conns)
	var mu sync.Mutex
	var all sync.WaitGroup
	var over atomic.Bool
	prepare := func(w *wire) {
		body := invent(b.next.Add(1))
		w.request = fmt.Appendf(w.request[:0], "POST /v1/applications HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\nPrefer: respond-async\r\nContent-Length: %d\r\n\r\n%s",
			w.address, b.key, len(body), body)
	}
	read := func(w *wire) {
		for {
			if _, err := w.in.Peek(1); over.Load() {
				return
			} else if err == nil {
				status, again, err := w.reply()
				if err != nil {
					status = 0
				}
				took := time.Since(w.sent)
				mu.Lock()
				switch {
				case status >= 200 && status < 300:
					f.took, w.taken = append(f.took, took), true
				case (status == 503 || status == 429) && again:
					f.shed = append(f.shed, took)
				default:
					f.failed[status]++
				}
				mu.Unlock()
				if err == nil {
					free <- w
					continue
				}
			}
			if w.dial() != nil {
				return
			}
			free <- w
		}
	}
	var wires []*wire
	for range conns {
		w := &wire{address: strings.TrimPrefix(b.base(), "http://"), taken: true}
		if err := w.dial(); err != nil {
			return f, err
		}
		wires = append(wires, w)
		free <- w
		all.Go(func() { read(w) })
	}
	quit := watch(b.server.Process.Pid, &f.rss)
	cpu, own := spent(b.server.Process.Pid), spent(0)
	begun, sent := time.Now(), 0
	for time.Since(begun) < span {
		for due := int(time.Since(begun).Seconds() * rate); sent < due; sent++ {
			select {
			case w := <-free:
				if w.taken {
					prepare(w)
					w.taken = false
				}
				w.sent = time.Now()
				w.conn.Write(w.request) // what fails here fails where the answer is read
			default:
				f.late++
			}
		}
		time.Sleep(500 * time.Microsecond)
	}
	for patience := time.Now().Add(5 * time.Second); len(free) < conns && time.Now().Before(patience); {
		time.Sleep(time.Millisecond) // what was begun is answered
	}
	f.seconds = time.Since(begun).Seconds()
	f.cpu, f.own = spent(b.server.Process.Pid)-cpu, spent(0)-own
	close(quit)
	over.Store(true)
	for _, w := range wires {
		w.conn.Close()
	}
	all.Wait()
	slices.Sort(f.took)
	slices.Sort(f.shed)
	return f, nil
}
