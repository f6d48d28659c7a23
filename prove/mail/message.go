package mail

import (
	"bytes"
	"errors"
	"mime"
	netmail "net/mail"
	"strings"
)

const (
	maxMessage = 10 << 20
	maxHeader  = 256 << 10
	maxFields  = 500
)

// header is one field as it stands in the message, its lines and final CRLF included.
type header struct {
	name string // lower case
	raw  []byte
}

// value is what stands behind the colon, unfolded.
func (h *header) value() string {
	_, v, _ := bytes.Cut(h.raw, []byte(":"))
	return strings.TrimSpace(strings.NewReplacer("\r\n", "", "\n", "").Replace(string(v)))
}

// message is a mail with CRLF line ends, taken apart.
type message struct {
	headers []header
	body    []byte
}

// readMessage takes a message apart without believing any of it. A file whose
// lines all end in LF is read as if they ended in CRLF; a mixture is refused,
// for two readers would see two messages.
func readMessage(b []byte) (*message, error) {
	if len(b) > maxMessage {
		return nil, errors.New("larger than 10 MB")
	}
	crlf, lf := bytes.Count(b, []byte("\r\n")), bytes.Count(b, []byte("\n"))
	switch {
	case bytes.Count(b, []byte("\r")) != crlf, crlf != 0 && crlf != lf:
		return nil, errors.New("its lines end in different ways")
	case crlf == 0:
		b = bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
	}
	m := &message{}
	at := 0
	for {
		rest := b[at:]
		if len(rest) == 0 {
			break // a message without a body
		}
		if bytes.HasPrefix(rest, []byte("\r\n")) {
			m.body = rest[2:]
			break
		}
		end := 0
		for { // a field runs on while lines begin with white space
			n := bytes.Index(rest[end:], []byte("\r\n"))
			if n < 0 {
				return nil, errors.New("its header does not end")
			}
			end += n + 2
			if end >= len(rest) || rest[end] != ' ' && rest[end] != '\t' {
				break
			}
		}
		field := rest[:end]
		colon := bytes.IndexByte(field, ':')
		name := bytes.TrimRight(field[:max(colon, 0)], " \t")
		if len(name) == 0 || bytes.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			return nil, errors.New("a line of its header is no field")
		}
		if bytes.IndexByte(field, 0) >= 0 {
			return nil, errors.New("its header holds a zero byte")
		}
		m.headers = append(m.headers, header{strings.ToLower(string(name)), field})
		if at += end; at > maxHeader || len(m.headers) > maxFields {
			return nil, errors.New("its header is too long")
		}
	}
	if len(m.headers) == 0 {
		return nil, errors.New("it has no header")
	}
	return m, nil
}

// all are the fields of a name, from the top.
func (m *message) all(name string) (found []*header) {
	for i := range m.headers {
		if m.headers[i].name == name {
			found = append(found, &m.headers[i])
		}
	}
	return found
}

// one is the value of a field, "" when it is not there.
func (m *message) one(name string) string {
	if all := m.all(name); len(all) > 0 {
		return all[0].value()
	}
	return ""
}

// single are fields of which there may be one (RFC 5322 3.6): with two, the
// reader sees one and the signature may cover the other.
var single = []string{"from", "sender", "reply-to", "to", "cc", "message-id", "in-reply-to", "references", "subject", "date", "content-type", "content-transfer-encoding", "mime-version"}

// flaws are what is wrong with the header as such.
func (m *message) flaws() (flaws []string) {
	for _, name := range single {
		if n := len(m.all(name)); n > 1 {
			flaws = append(flaws, name+" stands more than once")
		}
	}
	for _, name := range []string{"from", "date"} {
		if len(m.all(name)) == 0 {
			flaws = append(flaws, name+" is missing")
		}
	}
	for _, name := range []string{"from", "reply-to", "subject"} {
		// Encoded words may hold line ends that a careless program writes out again.
		if s, err := decoder().DecodeHeader(m.one(name)); err != nil || strings.ContainsAny(s, "\r\n\x00") {
			flaws = append(flaws, name+" hides a line end or cannot be decoded")
		}
	}
	return flaws
}

func decoder() *mime.WordDecoder { return &mime.WordDecoder{CharsetReader: charsetReader} }

// from is the one address of the From line, in lower case, and its domain.
func (m *message) from() (address, domain, display string, err error) {
	parser := netmail.AddressParser{WordDecoder: decoder()}
	list, err := parser.ParseList(m.one("from"))
	if err != nil || len(list) != 1 {
		return "", "", "", errors.New("From is not one address")
	}
	address = strings.ToLower(list[0].Address)
	at := strings.LastIndexByte(address, '@')
	if at < 1 || at == len(address)-1 || strings.ContainsAny(address, " \t\r\n") {
		return "", "", "", errors.New("From is not one address")
	}
	return address, address[at+1:], list[0].Name, nil
}
