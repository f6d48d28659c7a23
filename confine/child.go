package confine

import (
	"encoding/binary"
	"io"
	"os"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/confine/document"
	"bonafide/confine/jail"
)

// The answer of a child on its standard output: the length of a head (4 bytes,
// big-endian), the head (JSON), then as many bytes of RGB as its picture has.
type head struct {
	Locks  []string        `json:"locks"`
	Result document.Result `json:"result"`
}

const (
	maxHead   = 16 << 20
	maxPixels = document.MaxSide * document.MaxSide * 3
)

// reader turns the bytes of a file into a result; tests put in one that
// attacks.
type reader func(b []byte, ext string) (document.Result, []byte)

// Child is what the locked process does: lock itself, read one file from
// standard input, write one answer, end. It returns the exit code. The first
// byte of the input is the length of the name's ending, which follows it.
func Child() int { return child(document.Read) }

func child(read reader) int {
	runtime.GOMAXPROCS(1) // one file is one core's work
	limits := jail.Default()
	held := jail.Lock(limits)
	go watch(limits.Data)
	in, err := io.ReadAll(io.LimitReader(os.Stdin, document.MaxFile+64))
	if err != nil || len(in) == 0 || len(in) < 1+int(in[0]) {
		return 1
	}
	ext, b := string(in[1:1+in[0]]), in[1+in[0]:]
	r, pixels := attempt(read, b, ext)
	r.Tidy()
	if len(pixels) != r.Picture.Width*r.Picture.Height*3 {
		r.Picture, pixels = document.Size{}, nil
	}
	out, err := json.Marshal(head{held, r})
	if err != nil || len(out) > maxHead {
		return 1
	}
	for _, piece := range [][]byte{binary.BigEndian.AppendUint32(nil, uint32(len(out))), out, pixels} {
		if _, err := os.Stdout.Write(piece); err != nil {
			return 1
		}
	}
	return 0
}

// attempt reads; a panic of a reader refuses the file and says nothing of it.
func attempt(read reader, b []byte, ext string) (r document.Result, pixels []byte) {
	defer func() {
		if recover() != nil {
			r, pixels = document.Result{Version: 1, Verdict: document.Refused, Reason: document.ReasonReaderFailed, Detail: "the file could not be read"}, nil
		}
	}()
	return read(b, ext)
}

// watch ends the process when it holds more memory than allowed, for systems
// where the kernel does not. Exit code 3 says so.
func watch(limit uint64) {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		time.Sleep(25 * time.Millisecond)
		metrics.Read(sample)
		if sample[0].Value.Uint64()-sample[1].Value.Uint64() > limit {
			os.Exit(exitMemory)
		}
	}
}

const exitMemory = 3
