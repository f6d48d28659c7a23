package client

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Accepted is what became of an application.
type Accepted struct {
	Subject    string         `json:"subject"`
	Case       string         `json:"case"`
	Screened   bool           `json:"screened"`
	Repeated   bool           `json:"repeated"`
	Assessment string         `json:"assessment"`
	Result     jsontext.Value `json:"result"`
}

// Add hands in one application (its JSON) and waits for its screening.
func (c *Client) Add(ctx context.Context, application []byte) (a Accepted, err error) {
	return a, c.do(ctx, request{method: http.MethodPost, path: "/v1/applications", body: application, once: Once()}, &a)
}

// Job is how far an upload is.
type Job struct {
	ID      string `json:"id"`
	State   string `json:"state"`
	Done    int    `json:"done"`
	Total   int    `json:"total"`
	Rejects int    `json:"rejects"`
}

// Line is what became of one line of an upload.
type Line struct {
	Line    int    `json:"line"`
	Subject string `json:"subject"`
	Error   string `json:"error"`
}

// PartMost is the size of one part of an upload, in bytes.
const PartMost = 2 << 20

// Upload hands in a stream of lines in parts. each is told of every line, with
// its number in the stream, once its part is stored and screened. A part is sent
// under a key made of its bytes and its place, so that an upload that broke off
// can be sent again from the beginning: what was stored is not stored twice.
func (c *Client) Upload(ctx context.Context, lines io.Reader, each func(Line) error) error {
	in := bufio.NewReaderSize(lines, 1<<20)
	for number, more := 0, true; more; {
		var part []byte
		n := 0
		for len(part) < PartMost {
			line, err := in.ReadBytes('\n')
			part = append(part, line...)
			if len(line) > 0 {
				n++
			}
			if err == io.EOF {
				more = false
				break
			}
			if err != nil {
				return &record.Error{Code: record.CodeUnavailable, Where: "input", Message: "cannot be read to its end"}
			}
		}
		if n == 0 {
			break
		}
		if err := c.part(ctx, part, number, each); err != nil {
			return err
		}
		number += n
	}
	return nil
}

func (c *Client) part(ctx context.Context, part []byte, before int, each func(Line) error) error {
	sum := sha256.Sum256(append([]byte(strconv.Itoa(before)+" "), part...))
	var j Job
	if err := c.do(ctx, request{method: http.MethodPost, path: "/v1/uploads", body: part, media: "application/x-ndjson", once: hex.EncodeToString(sum[:])}, &j); err != nil {
		return err
	}
	tag := ""
	for pause := 50 * time.Millisecond; j.State != "done"; pause = min(2*pause, 2*time.Second) {
		if j.State == "failed" {
			return &record.Error{Code: record.CodeUnavailable, Where: "server", Message: "the screening of the upload failed; job " + j.ID}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		if err := c.do(ctx, request{method: http.MethodGet, path: "/v1/jobs/" + j.ID, tag: &tag}, &j); err != nil {
			return err
		}
	}
	for after := ""; ; {
		var page struct {
			Lines []Line `json:"lines"`
			Next  string `json:"next"`
		}
		if err := c.do(ctx, request{method: http.MethodGet, path: "/v1/jobs/" + j.ID + "/lines?limit=100" + after}, &page); err != nil {
			return err
		}
		for _, l := range page.Lines {
			l.Line += before
			if err := each(l); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		after = "&after=" + url.QueryEscape(page.Next)
	}
}

// Result is the result line of a subject, as the command line writes it.
func (c *Client) Result(ctx context.Context, subject string, lang record.Lang) (line []byte, err error) {
	return line, c.do(ctx, request{method: http.MethodGet, path: "/v1/subjects/" + url.PathEscape(subject) + "/result?lang=" + string(lang)}, &line)
}

// Find is the subject of a record: SOURCE/ID.
func (c *Client) Find(ctx context.Context, name string) (subject string, err error) {
	found, err := c.find(ctx, name)
	return found.Subject, err
}

type found struct {
	Subject string `json:"subject"`
	Case    string `json:"case"`
}

func (c *Client) find(ctx context.Context, name string) (found, error) {
	body, err := json.Marshal(map[string]string{"kind": "record", "value": name})
	if err != nil {
		return found{}, err
	}
	var held struct {
		Found []found `json:"found"`
	}
	if err := c.do(ctx, request{method: http.MethodPost, path: "/v1/search", body: body, once: Once()}, &held); err != nil {
		return found{}, err
	}
	if len(held.Found) != 1 {
		return found{}, &record.Error{Code: record.CodeNotFound, Where: "server", Message: "no such record there; records are named SOURCE/ID"}
	}
	return held.Found[0], nil
}

// Checkpoint is the signed head of the server's audit.
func (c *Client) Checkpoint(ctx context.Context) (note, key string, err error) {
	var out struct{ Checkpoint, Key string }
	var raw []byte
	if err := c.do(ctx, request{method: http.MethodGet, path: "/v1/audit/checkpoint"}, &raw); err != nil {
		return "", "", err
	}
	if err := json.Unmarshal(raw, &out, json.MatchCaseInsensitiveNames(true)); err != nil {
		return "", "", fmt.Errorf("the checkpoint cannot be read: %w", err)
	}
	return out.Checkpoint, out.Key, nil
}
