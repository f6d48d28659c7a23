package api

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
)

// TurnAway is a listener whose connections say no by themselves while the node is
// full. Through net/http and a handler a refusal costs as much as a small answer,
// and a flood of them takes the processor from whom the node has let in; here it
// is one read and one write. Handler must have been called before.
//
// It never guesses where a request ends, because two readers that see the end at
// different places are how a request is smuggled in. It takes part only on a
// connection of which it has seen every byte and framed every request, each in
// the one plain form of frame; at the first other byte it steps aside for good and
// net/http has the connection alone. What nobody sheds (health, pages of people)
// it lets through, and whatever it turns away was not begun.
//
// With TLS in this process it would see nothing but ciphertext: there the gate
// alone says no.
func (s *Server) TurnAway(l net.Listener) (net.Listener, error) {
	no, err := s.newReadyNo()
	return &turnstile{l, s.gate, &no}, err
}

type turnstile struct {
	net.Listener
	gate *gate
	no   *readyNo
}

func (t *turnstile) Accept() (net.Conn, error) {
	c, err := t.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &turning{Conn: c, at: t}, nil
}

const (
	// discarded is the largest body that is read only to be thrown away; who sends
	// more hears no from the handler, and the connection is closed.
	discarded = 64 << 10
	// refreshed is how often a connection that is only told no gets new deadlines:
	// setting them costs as much as the rest of a refusal.
	refreshed = time.Second
)

// turning is a connection as net/http reads it: one reader at a time.
type turning struct {
	net.Conn
	at *turnstile

	aside bool      // something was not plain: net/http alone knows where it stands
	used  bool      // net/http has had a request: its deadline for this read is that of waiting
	owed  int64     // bytes of a request under way that net/http has not read yet
	ahead bool      // net/http has taken the first byte of the next request already,
	first byte      // this one
	until time.Time // when the deadlines are due for renewal
	no    []byte    // the answer, kept for the next
}

// Read gives net/http what comes, and turns whole requests away before it hears
// of them.
func (c *turning) Read(p []byte) (int, error) {
	for {
		n, err := c.Conn.Read(p)
		if n == 0 || c.aside {
			return n, err
		}
		if c.owed > 0 {
			c.owed -= int64(n)
			c.aside = c.owed < 0
			return n, err
		}
		if len(p) == 1 && !c.ahead && err == nil {
			// While it answers one request, net/http listens for the first byte of
			// the next; of the two together the end is known all the same.
			c.ahead, c.first = true, p[0]
			return n, nil
		}
		request, begun := p[:n], c.ahead
		if begun {
			request = append([]byte{c.first}, p[:n]...)
		}
		f, plain := frame(request)
		rest := f.length - int64(len(request))
		if !plain || rest < 0 || err != nil {
			c.aside = true
			return n, err
		}
		c.ahead = false
		if begun || !c.used || !f.sheds || rest > discarded || !c.at.gate.full() {
			c.used, c.owed = true, rest
			return n, nil
		}
		if err := c.refuse(p, rest, f.id); err != nil {
			c.aside = true
			return 0, err
		}
	}
}

// refuse throws the rest of a request away, with p as the place to put it, and
// answers it.
func (c *turning) refuse(p []byte, rest int64, id string) error {
	// As net/http would have them: the reading one is that of a connection nobody
	// asks on, so that who sends half a body is not waited for longer than that.
	if now := time.Now(); now.After(c.until) {
		c.until = now.Add(refreshed)
		if err := c.SetReadDeadline(now.Add(idleTimeout)); err != nil {
			return err
		}
		if err := c.SetWriteDeadline(now.Add(writeTimeout)); err != nil {
			return err
		}
	}
	for rest > 0 {
		n, err := c.Conn.Read(p[:min(int64(len(p)), rest)])
		if rest -= int64(n); err != nil {
			return err
		}
	}
	c.at.gate.away()
	c.no = c.at.no.write(c.no[:0], id)
	_, err := c.Conn.Write(c.no)
	return err
}

// framed is what there is to know of a request before it is read.
type framed struct {
	length int64  // of all of it
	sheds  bool   // it may be told to come again
	id     string // the X-Request-Id it brought, where that is a plain one
}

// frame finds the end of a request that begins raw, and says whether it is in the
// one form of which no two readers differ: the whole head at once, a method of the
// API, version 1.1, names without blanks, no folded line, no coding, at most one
// length in plain digits, a connection that stays, nothing to wait for.
func frame(raw []byte) (f framed, plain bool) {
	end := bytes.Index(raw, []byte("\r\n\r\n"))
	if end < 0 {
		return f, false
	}
	line, rest, _ := bytes.Cut(raw[:end], []byte("\r\n"))
	method, target, _ := bytes.Cut(line, []byte(" "))
	target, version, _ := bytes.Cut(target, []byte(" "))
	switch string(method) {
	case "GET", "POST", "PUT", "PATCH", "DELETE":
	default:
		return f, false
	}
	if string(version) != "HTTP/1.1" || bytes.ContainsFunc(target, func(ch rune) bool { return ch <= ' ' || ch >= 0x7f }) {
		return f, false
	}
	f.sheds = bytes.HasPrefix(target, []byte("/v1/"))
	body, said := int64(0), false
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, []byte("\r\n"))
		name, value, found := bytes.Cut(line, []byte(":"))
		if !found || !token(name) {
			return f, false
		}
		value = bytes.Trim(value, " \t")
		if bytes.IndexByte(value, '\r') >= 0 || bytes.IndexByte(value, '\n') >= 0 || bytes.IndexByte(value, 0) >= 0 {
			return f, false
		}
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			var ok bool
			if body, ok = digits(value); !ok || said {
				return f, false
			}
			said = true
		case bytes.EqualFold(name, []byte("Connection")):
			if !bytes.EqualFold(value, []byte("keep-alive")) {
				return f, false
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")), bytes.EqualFold(name, []byte("Upgrade")),
			bytes.EqualFold(name, []byte("Expect")), bytes.EqualFold(name, []byte("Trailer")):
			return f, false
		case bytes.EqualFold(name, []byte("X-Request-Id")):
			if id := string(value); f.id == "" && plainID(id) {
				f.id = id
			}
		}
	}
	f.length = int64(end) + 4 + body
	return f, true
}

// token says whether a header's name is made of letters, digits and the signs
// that every reader takes.
func token(name []byte) bool {
	for _, ch := range name {
		if (ch < 'a' || ch > 'z') && (ch < 'A' || ch > 'Z') && (ch < '0' || ch > '9') && ch != '-' && ch != '_' {
			return false
		}
	}
	return len(name) > 0
}

func digits(value []byte) (n int64, ok bool) {
	if len(value) == 0 || len(value) > 12 {
		return 0, false
	}
	for _, ch := range value {
		if ch < '0' || ch > '9' {
			return 0, false
		}
		n = 10*n + int64(ch-'0')
	}
	return n, true
}

// readyNo is the answer of a full node as bytes, all but the id of the request,
// which stands in a header and in the body.
type readyNo struct {
	head, length, body, end []byte
	fixed                   int // bytes of the body without the id
}

// newReadyNo writes the same answer as fail does, once.
func (s *Server) newReadyNo() (r readyNo, err error) {
	const mark = "the-id-of-a-request"
	w := &kept{header: http.Header{}}
	s.begin(w, &http.Request{Header: http.Header{}})
	w.header.Del("X-Request-Id")
	p := problem(busy, mark)
	w.header.Set(busy.header[0], busy.header[1])
	w.header.Set("Content-Type", problemMedia)
	var head bytes.Buffer
	fmt.Fprintf(&head, "HTTP/1.1 %d %s\r\n", p.Status, http.StatusText(p.Status))
	if err := w.header.Write(&head); err != nil {
		return r, err
	}
	body, err := json.Marshal(p)
	before, after, _ := bytes.Cut(body, []byte(mark))
	r.head = append(head.Bytes(), "X-Request-Id: "...)
	r.length = []byte("\r\nContent-Length: ")
	r.body = append([]byte("\r\n\r\n"), before...)
	r.end = append(after, '\n')
	r.fixed = len(before) + len(r.end)
	return r, err
}

// write appends the answer to a request of an id; of none it gives one.
func (r *readyNo) write(b []byte, id string) []byte {
	b = append(b, r.head...)
	from := len(b)
	if id != "" {
		b = append(b, id...)
	} else {
		// It stands in no log and says nothing: it need not be hard to guess.
		for range 24 {
			b = append(b, "0123456789abcdef"[rand.Uint32()&15])
		}
	}
	to := len(b)
	b = append(b, r.length...)
	b = strconv.AppendInt(b, int64(r.fixed+to-from), 10)
	b = append(b, r.body...)
	b = append(b, b[from:to]...)
	return append(b, r.end...)
}

// kept is a writer of headers alone.
type kept struct{ header http.Header }

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(int)             {}
func (k *kept) Write(p []byte) (int, error) { return len(p), nil }
