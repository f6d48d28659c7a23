package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/prove/chip"
	"bonafide/record"
)

// ProveAskCmd is `bonafide prove ask`.
type ProveAskCmd struct {
	DG14 string `arg:"" optional:"" name:"dg14" type:"path" help:"The file DG14 of the chip; without it only a challenge for active authentication is drawn."`
	Keep string `required:"" placeholder:"FILE" type:"path" help:"Write here what is needed to judge the answer. It holds a private key: keep it to yourself, use it once."`
}

// Help is printed below the flags.
func (ProveAskCmd) Help() string {
	return `Draws what a chip is asked, so that it shows that it is no copy: a challenge that it signs (active
authentication), and, for a chip with DG14, a session that only it and you can form (chip
authentication). Prints JSON for the reader app; docs/reader-app.md says what the app does with it.

Example:

  bonafide prove ask passport/DG14.bin --keep asked.json >question.json
  bonafide prove chip passport/ --csca DE_ML.ml --asked asked.json --active reply.json`
}

// askedChip is what --keep holds.
type askedChip struct {
	Challenge string          `json:"challenge"`
	Name      string          `json:"name,omitempty"`
	Agreement *chip.Agreement `json:"agreement,omitempty"`
}

// Run draws and prints.
func (c *ProveAskCmd) Run(stdout io.Writer) error {
	var b [24]byte
	rand.Read(b[:])
	kept := askedChip{Challenge: hex.EncodeToString(b[:8])}
	q := chip.Question{}
	if c.DG14 != "" {
		files, err := filesOf(c.DG14, 1<<20)
		if err != nil {
			return err
		}
		if len(files) != 1 {
			return record.Invalid(filepath.Base(c.DG14), "wants one file, DG14")
		}
		if kept.Agreement, err = chip.AskAgreement(files[0].Bytes, rand.Reader); err != nil {
			return err
		}
		kept.Name = hex.EncodeToString(b[8:])
		q = kept.Agreement.Question(kept.Name)
	}
	q.Challenge = kept.Challenge
	w, done, err := wholeFile(c.Keep)
	if err != nil {
		return err
	}
	if err := json.MarshalWrite(w, kept, jsontext.WithIndent("  ")); err != nil {
		return err
	}
	if err := done(); err != nil {
		return err
	}
	if err := json.MarshalWrite(stdout, q, jsontext.WithIndent("  ")); err != nil {
		return err
	}
	_, err = fmt.Fprintln(stdout)
	return err
}

// transcript reads what the chip answered. With --asked it must answer that
// question; without, the challenge is whatever the reply says, which is for
// whoever drew it to compare.
func (c *ProveChipCmd) transcript() (*chip.Transcript, error) {
	if c.Active == "" {
		return nil, nil
	}
	reply, err := readFrom(c.Active, chip.ReadReply)
	if err != nil {
		return nil, record.Invalid(filepath.Base(c.Active), "wants challenge and response, agreement and answer, or all four, in hexadecimal")
	}
	if c.Asked == "" {
		if reply.Answer != "" {
			return nil, exit{exitUsage, "an answer of chip authentication is judged with --asked, the file that bonafide prove ask kept"}
		}
		return reply.Transcript(nil)
	}
	files, err := filesOf(c.Asked, 1<<20)
	if err != nil {
		return nil, err
	}
	var kept askedChip
	if len(files) != 1 || json.Unmarshal(files[0].Bytes, &kept, json.RejectUnknownMembers(true)) != nil {
		return nil, record.Invalid(filepath.Base(c.Asked), "is not what bonafide prove ask kept")
	}
	if reply.Response != "" && reply.Challenge != kept.Challenge || reply.Answer != "" && (kept.Agreement == nil || reply.Agreement != kept.Name) {
		return nil, record.Invalid(filepath.Base(c.Active), "answers another question than the one that was kept")
	}
	return reply.Transcript(kept.Agreement)
}
