package confine

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"bonafide/confine/document"
)

// attack is a reader that has been taken over: the note it is given says what
// it tries. It reports success only when the attempt worked. Anything else is
// read as ever.
func attack(b []byte, ext string) (document.Result, []byte) {
	order, is := strings.CutPrefix(string(b), "attack: ")
	if !is {
		return document.Read(b, ext)
	}
	say := func(text string) (document.Result, []byte) {
		return document.Result{Version: 1, Verdict: document.Accepted, Kind: document.Text, Text: text}, nil
	}
	what, arg, _ := strings.Cut(order, " ")
	n, _ := strconv.Atoi(arg)
	succeeded := func(err error) (document.Result, []byte) {
		if err == nil {
			return say("succeeded")
		}
		return say("failed: " + err.Error())
	}
	sockaddr := &unix.SockaddrInet4{Port: 9, Addr: [4]byte{127, 0, 0, 1}}
	switch what {
	case "open":
		_, err := unix.Open(arg, unix.O_RDONLY, 0)
		return succeeded(err)
	case "create":
		_, err := unix.Open(arg, unix.O_CREAT|unix.O_WRONLY, 0o600)
		return succeeded(err)
	case "connect":
		fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
		if err == nil {
			err = unix.Connect(fd, sockaddr)
		}
		return succeeded(err)
	case "fork":
		for range 1000 {
			if _, _, e := unix.RawSyscall(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0, 0); e != 0 {
				return succeeded(e)
			}
		}
		return say("succeeded")
	case "exec":
		return succeeded(unix.Exec("/bin/true", []string{"true"}, nil))
	case "ptrace":
		return succeeded(unix.PtraceAttach(n))
	case "kill":
		return succeeded(unix.Kill(n, unix.SIGTERM))
	case "write":
		piece := make([]byte, 1<<20)
		for range 1024 {
			if _, err := unix.Write(1, piece); err != nil {
				return succeeded(err)
			}
		}
		return say("succeeded")
	case "memory":
		var all [][]byte
		for range 4096 {
			p := make([]byte, 1<<20)
			for i := 0; i < len(p); i += 4096 {
				p[i] = 1
			}
			all = append(all, p)
		}
		return say("succeeded " + strconv.Itoa(len(all)))
	case "stack":
		return say(strconv.Itoa(deeper(1)))
	case "loop":
		for {
			n++
		}
	case "sleep":
		time.Sleep(time.Minute)
	case "run":
		m, _, e := unix.Syscall6(unix.SYS_MMAP, 0, 4096, unix.PROT_READ|unix.PROT_WRITE|unix.PROT_EXEC, unix.MAP_ANON|unix.MAP_PRIVATE, ^uintptr(0), 0)
		if e != 0 {
			return succeeded(e)
		}
		return say("succeeded " + strconv.Itoa(int(m&1)))
	case "io_uring":
		var params [128]byte
		_, _, e := unix.Syscall(unix.SYS_IO_URING_SETUP, 8, uintptr(unsafe.Pointer(&params)), 0)
		if e == 0 {
			return say("succeeded")
		}
		return succeeded(e)
	case "panic":
		panic(string(b))
	case "verdict":
		os.Stdout.WriteString("\x00\x00\x00\x13" + `{"verdict":"clear"}`)
		os.Exit(0)
	case "words":
		return document.Result{Version: 1, Verdict: document.Accepted, Kind: document.Text, Flags: []string{"verified-by-bonafide"}}, nil
	case "pixels":
		os.Stdout.Write([]byte{0, 0, 0, 2, '{', '}', 1, 2, 3})
		os.Exit(0)
	case "signs":
		return say("safe\u202Etxt.exe \x1b[31m\u200b")
	}
	return say("no such attack")
}

func deeper(n int) int {
	var room [1024]byte
	room[n%1024] = 1
	return deeper(n+1) + int(room[0])
}

// TestTakenOver: a reader that was taken over reaches nothing (threat D4), and
// the parent goes on.
func TestTakenOver(t *testing.T) {
	worker(t)
	w, err := New(Options{Timeout: 10 * time.Second, Workers: 4})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	secret := filepath.Join(dir, "other-applicant")
	if err := os.WriteFile(secret, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	self := strconv.Itoa(os.Getpid())
	fails, ends := "failed: operation not permitted", "!"
	for _, c := range []struct{ order, text, reason string }{
		{"open /etc/passwd", fails, ""},
		{"open " + secret, fails, ""},
		{"open /proc/self/maps", fails, ""},
		{"create " + filepath.Join(dir, "new"), fails, ""},
		{"run", fails, ""},
		{"connect", ends, document.ReasonForbidden},
		{"fork", ends, document.ReasonForbidden},
		{"exec", ends, document.ReasonForbidden},
		{"ptrace " + self, ends, document.ReasonForbidden},
		{"kill " + self, ends, document.ReasonForbidden},
		{"io_uring", ends, document.ReasonForbidden},
		{"memory", ends, document.ReasonLimit},
		{"stack", ends, document.ReasonLimit},
		{"loop", ends, document.ReasonLimit},
		{"sleep", ends, document.ReasonLimit},
		{"write", ends, document.ReasonReaderFailed},
		{"panic", ends, document.ReasonReaderFailed},
		{"verdict", ends, document.ReasonReaderFailed},
		{"words", ends, document.ReasonReaderFailed},
		{"pixels", ends, document.ReasonReaderFailed},
		{"signs", "safe⟦U+202E⟧txt.exe ⟦U+001B⟧[31m⟦U+200B⟧", ""},
	} {
		t.Run(c.order[:strings.IndexByte(c.order+" ", ' ')], func(t *testing.T) {
			t.Parallel()
			r, err := w.Read(context.Background(), bytes.NewReader([]byte("attack: "+c.order)), "cv.txt")
			if err != nil {
				t.Fatal(err)
			}
			if c.text != ends && r.Text != c.text {
				t.Errorf("said %q, reason %q; want %q", r.Text, r.Reason, c.text)
			}
			if r.Reason != c.reason {
				t.Errorf("reason %q, want %q (said %q)", r.Reason, c.reason, r.Text)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "new")); err == nil {
		t.Error("a file was made")
	}
}
