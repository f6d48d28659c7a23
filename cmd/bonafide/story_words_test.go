package main

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/charmap"

	"bonafide/prove/chip"
	"bonafide/prove/chip/chipsim"
)

// storyWords are the words user stories have beside the command itself: what a
// person does to a file, and what she reads in a results file.
//
//	pack gzip|zstd FROM TO        compress
//	sorted FROM TO                the lines in order
//	reversed FROM TO              the lines from last to first
//	windows1252 FROM TO           as an old spreadsheet writes it, \n as \r\n
//	random BYTES TO               a key file: the same bytes every time
//	unhex FROM TO                 bytes that were written in hexadecimal
//	chip-answers KEY QUESTION TO  the reply of the chip with this private key
//	delivers STATUS BODY FILE NAME VALUE …   a webhook to the address in FILE
//	provides NAME…                begin a provider of people at work at $PROVIDER; later provides NAME=VALUE… changes it
//	cosigns KEY                   begin a witness of somebody else at $WITNESS, whose key is written to KEY
//	person LINK METHOD PATH BODY OUT   what somebody does who signed in by a link
//	draws SEED HOW TO             an invented picture: whole, mirrored, framed or plain
//	sends ID PICTURE TO           one application more in a file, with the long hash of this picture
//	hostile KIND TO               a line that somebody made to break a reader
//	assessed FILE ASSESSMENT RECORD…   what is proposed for these records
//	finds FILE RECORD STRENGTH CHECK…  hits that are among its findings
//	lacks FILE RECORD CHECK…           findings it does not have
//	together FILE RECORD…              shown as one operator question
//	alone FILE RECORD…                 in no operator question
//	lines FILE N                       how many lines there are
//	remembers NAME FILE PATTERN        $NAME is what the group of the pattern matches there
//	served FILE                        wait until a server in the background has written its address there; $SERVER is it
var storyWords = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"remembers": remembers,
	"served":    served,
	"fetched":   fetched,
	"waits":     waits,
	"delivers":  delivers,
	"provides":  provides,
	"person":    person,
	"cosigns":   cosigns,
	"draws":     draws,
	"sends":     sends,
	"pack": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 3, 3)
		var b bytes.Buffer
		var w io.WriteCloser = gzip.NewWriter(&b)
		if args[0] == "zstd" {
			var err error
			w, err = zstd.NewWriter(&b)
			ts.Check(err)
		}
		_, err := io.WriteString(w, ts.ReadFile(args[1]))
		ts.Check(err)
		ts.Check(w.Close())
		write(ts, args[2], b.String())
	},
	"sorted": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 2, 2)
		all := linesOf(ts, args[0])
		slices.Sort(all)
		write(ts, args[1], strings.Join(all, "\n")+"\n")
	},
	"reversed": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 2, 2)
		all := linesOf(ts, args[0])
		slices.Reverse(all)
		write(ts, args[1], strings.Join(all, "\n")+"\n")
	},
	"windows1252": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 2, 2)
		s, err := charmap.Windows1252.NewEncoder().String(strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n"))
		ts.Check(err)
		write(ts, args[1], s)
	},
	"random": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 2, 2)
		n, err := strconv.Atoi(args[0])
		ts.Check(err)
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(i*131 + len(args[1])*17)
		}
		write(ts, args[1], string(b))
	},
	"unhex": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 2, 2)
		b, err := hex.DecodeString(strings.Join(strings.Fields(ts.ReadFile(args[0])), ""))
		ts.Check(err)
		write(ts, args[1], string(b))
	},
	"chip-answers": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 3, 3)
		var q chip.Question
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &q))
		key, err := hex.DecodeString(strings.TrimSpace(ts.ReadFile(args[0])))
		ts.Check(err)
		answer, err := chipsim.Answer(key, q.Begin, q.Sealed)
		ts.Check(err)
		write(ts, args[2], fmt.Sprintf(`{"agreement": %q, "answer": %q}`, q.Agreement, answer))
	},
	"hostile": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 2, 2)
		line, ok := hostileLines[args[0]]
		if !ok {
			ts.Fatalf("hostile: no kind %q", args[0])
		}
		write(ts, args[1], line()+"\n")
	},
	"assessed": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 3, 0)
		for _, name := range args[2:] {
			if r := resultOf(ts, args[0], name); r.Assessment != args[1] {
				ts.Fatalf("%s is %s because of %q, not %s; findings:%s", name, r.Assessment, r.Because, args[1], r.say())
			}
		}
	},
	"finds": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 4, 0)
		r := resultOf(ts, args[0], args[1])
		for _, id := range args[3:] {
			if !slices.ContainsFunc(r.Findings, func(f storyFinding) bool {
				return f.Check == id && f.Strength == args[2] && f.Outcome == "hit"
			}) {
				ts.Fatalf("%s has no %s %s; findings:%s", args[1], args[2], id, r.say())
			}
		}
	},
	"lacks": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 3, 0)
		r := resultOf(ts, args[0], args[1])
		for _, id := range args[2:] {
			if slices.ContainsFunc(r.Findings, func(f storyFinding) bool { return f.Check == id }) {
				ts.Fatalf("%s has %s; findings:%s", args[1], id, r.say())
			}
		}
	},
	"together": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 3, 0)
		first := resultOf(ts, args[0], args[1]).Cluster
		for _, name := range args[1:] {
			if r := resultOf(ts, args[0], name); r.Cluster == "" || r.Cluster != first {
				ts.Fatalf("%s stands with %q, %s with %q; findings:%s", args[1], first, name, r.Cluster, r.say())
			}
		}
	},
	"alone": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 2, 0)
		for _, name := range args[1:] {
			if r := resultOf(ts, args[0], name); r.Cluster != "" {
				ts.Fatalf("%s stands with %q; findings:%s", name, r.Cluster, r.say())
			}
		}
	},
	"lines": func(ts *testscript.TestScript, neg bool, args []string) {
		want(ts, neg, args, 2, 2)
		if n := len(linesOf(ts, args[0])); strconv.Itoa(n) != args[1] {
			ts.Fatalf("%s has %d lines, not %s", args[0], n, args[1])
		}
	},
}

// hostileLines are made, not stored: some are twenty megabytes.
var hostileLines = map[string]func() string{
	"long": func() string { return hostileLine("long", `"resume":{"text":"`+strings.Repeat("ledger ", 3<<20)+`"}`) },
	"deep": func() string {
		return hostileLine("deep", `"extra":{"x":`+strings.Repeat("[", 200_000)+strings.Repeat("]", 200_000)+`}`)
	},
	"nul":   func() string { return hostileLine("nul", "\"person\":{\"name\":\"Mira\x00Okonjo\"}") },
	"utf8":  func() string { return hostileLine("utf8", "\"person\":{\"name\":\"Mira \xff\xfe Okonjo\"}") },
	"twice": func() string { return hostileLine("twice", `"person":{"name":"Mira","name":"Nora"}`) },
	"many": func() string {
		return hostileLine("many", `"emails":["`+strings.Repeat(`a@example.com","`, 100_000)+`b@example.com"]`)
	},
}

func hostileLine(id, member string) string {
	return `{"id":"` + id + `","source":"hostile","received_at":"2026-03-02T09:14:05Z",` + member + `}`
}

type storyFinding struct{ Check, Outcome, Strength, Text string }

type storyResult struct {
	Record, Assessment, Cluster string
	Because                     []string
	Findings                    []storyFinding
}

func (r storyResult) say() string {
	var b strings.Builder
	for _, f := range r.Findings {
		b.WriteString("\n  " + f.Strength + " " + f.Check + ": " + f.Text)
	}
	return b.String()
}

func resultOf(ts *testscript.TestScript, file, name string) (found storyResult) {
	n := 0
	for _, line := range linesOf(ts, file) {
		var r storyResult
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			ts.Fatalf("%s: %v", file, err)
		}
		if r.Record == name {
			found = r
			n++
		}
	}
	if n != 1 {
		ts.Fatalf("%s has %d results for %s", file, n, name)
	}
	return found
}

func linesOf(ts *testscript.TestScript, file string) []string {
	text := strings.TrimSuffix(ts.ReadFile(file), "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func want(ts *testscript.TestScript, neg bool, args []string, least, most int) {
	if neg || len(args) < least || most > 0 && len(args) > most {
		ts.Fatalf("this word is used wrongly; story_words_test.go says how")
	}
}

func write(ts *testscript.TestScript, file, text string) {
	ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o600))
}
