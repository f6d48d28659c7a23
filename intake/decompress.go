package intake

import (
	"bufio"
	"bytes"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"bonafide/record"
)

// Bounds against decompression bombs. Text compresses 3–30-fold, tables of
// invented people up to about 60-fold; 200-fold is only asked for once the
// output is large enough to hurt.
const (
	maxRatio  = 200
	ratioFrom = 64 << 20  // bytes of output before the ratio counts
	maxPlain  = 64 << 30  // bytes of output in all
	maxWindow = 128 << 20 // memory a zstd frame may ask for
)

// Decompress returns the plain bytes of r: gzip (also several members in a
// row) and zstd are unpacked, UTF-16 with a byte order mark, or plainly
// recognisable without one, becomes UTF-8. changed says whether the bytes
// differ from r's, so that offsets no longer refer to the file and the caller
// must spool. Only the beginning is unpacked here. Reading fails with a
// clear error when the stream is damaged, or grows out of all proportion.
func Decompress(r io.Reader) (plain io.Reader, changed bool, err error) {
	counted := &counter{r: r}
	in := bufio.NewReaderSize(counted, 64<<10)
	head, err := in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, false, &record.Error{Code: record.CodeUnavailable, Message: "reading", Err: err}
	}
	plain = in
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		plain, changed = &bounded{in: counted, kind: "gzip", open: func() (io.Reader, error) { return gzip.NewReader(in) }}, true
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		plain, changed = &bounded{in: counted, kind: "zstd", open: func() (io.Reader, error) {
			return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		}}, true
	}
	text := bufio.NewReaderSize(plain, 64<<10)
	start, err := text.Peek(512) // an error here comes back when the text is read
	if err != nil && err != io.EOF && !changed {
		return nil, false, &record.Error{Code: record.CodeUnavailable, Message: "reading", Err: err}
	}
	if order, ok := utf16Order(start); ok {
		return transform.NewReader(text, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), true, nil
	}
	return text, changed, nil
}

// utf16Order recognises UTF-16 by its mark, or by every other byte of the
// beginning being zero.
func utf16Order(b []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.BigEndian, true
	}
	var zero [2]int
	for i, c := range b {
		if c == 0 {
			zero[i%2]++
		}
	}
	half := len(b) / 2
	switch {
	case half < 8:
	case zero[1] > half*3/4 && zero[0] == 0:
		return unicode.LittleEndian, true
	case zero[0] > half*3/4 && zero[1] == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// bounded stops a stream that grows out of proportion.
type bounded struct {
	open func() (io.Reader, error)
	r    io.Reader
	in   *counter
	kind string
	out  int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.r == nil {
		r, err := b.open()
		if err != nil {
			return 0, record.Invalid("", "the "+b.kind+" stream is damaged")
		}
		b.r = r
	}
	n, err := b.r.Read(p)
	b.out += int64(n)
	if b.out > ratioFrom && b.out > maxRatio*b.in.n || b.out > maxPlain {
		return 0, record.Invalid("", "the "+b.kind+" stream unpacks to far more than it should; stopped reading")
	}
	if err != nil && err != io.EOF {
		err = record.Invalid("", "the "+b.kind+" stream is damaged")
	}
	return n, err
}
