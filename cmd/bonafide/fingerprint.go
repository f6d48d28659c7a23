package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"bonafide/intake"
	"bonafide/match/fingerprint"
	"bonafide/record"
)

// FingerprintCmd is `bonafide fingerprint`.
type FingerprintCmd struct {
	Make    FingerprintMakeCmd    `cmd:"" default:"withargs" help:"Write the fingerprints of a folder of our own files."`
	Compare FingerprintCompareCmd `cmd:"" help:"Say which of our files a sample is, or is like."`
}

// FingerprintMakeCmd writes an index.
type FingerprintMakeCmd struct {
	Dir string `arg:"" type:"existingdir" help:"Folder with files of ours: checked-out repositories, documents."`
	Out string `short:"o" placeholder:"FILE" type:"path" help:"Write the index there, mode 0600; standard output unless said."`
}

// Help is printed below the flags.
func (FingerprintMakeCmd) Help() string {
	return `The index holds paths, SHA-256 and hashes of passages, never content; paths may
be telling, so keep it apart. Make it while all is well, and again every week: when
somebody claims to hold files of ours, it says which. Links are not followed, and
.git folders are left out.

Example:

  bonafide fingerprint /srv/checkouts -o ours.index
  bonafide fingerprint compare ours.index sample/*`
}

// Run writes.
func (c *FingerprintMakeCmd) Run(stdout io.Writer) error {
	w, done := stdout, func() error { return nil }
	if c.Out != "" {
		var err error
		if w, done, err = wholeFile(c.Out); err != nil {
			return err
		}
	}
	x, err := fingerprint.NewWriter(w)
	if err != nil {
		return err
	}
	n, skipped := 0, 0
	out, _ := filepath.Abs(c.Out)
	err = filepath.WalkDir(c.Dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			skipped++
			return nil
		case d.IsDir() && d.Name() == ".git":
			return filepath.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		if abs, _ := filepath.Abs(path); c.Out != "" && (abs == out || abs == out+".part") {
			return nil
		}
		p, err := printOf(path)
		if err != nil {
			skipped++
			return nil
		}
		name, err := filepath.Rel(c.Dir, path)
		if err != nil {
			return err
		}
		n++
		return x.Add(fingerprint.File{Path: filepath.ToSlash(name), Print: p})
	})
	if err := errors.Join(err, x.Close()); err != nil {
		return err
	}
	if err := done(); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s; %d could not be read\n", counted(n, "file"), skipped)
	if n == 0 {
		return exit{exitFailed, "there is no file to fingerprint in " + c.Dir}
	}
	return nil
}

func printOf(path string) (fingerprint.Print, error) {
	f, err := os.Open(path)
	if err != nil {
		return fingerprint.Print{}, err
	}
	defer f.Close()
	return fingerprint.Of(f)
}

// FingerprintCompareCmd compares samples.
type FingerprintCompareCmd struct {
	Index   string   `arg:"" type:"existingfile" help:"An index that bonafide fingerprint wrote."`
	Samples []string `arg:"" help:"Files to compare. They are read, never opened by another program."`
}

// Help is printed below the flags.
func (FingerprintCompareCmd) Help() string {
	return `The same bytes are a fact. A share is an estimate of how many of the sample's
passages stand in the file, told from a quarter on. Public code and files that
customers hold too are ours and theirs; and no match says nothing about files that
were not in the folder when the index was made.

Example:

  bonafide fingerprint compare ours.index sample/*`
}

const likestShown = 3

// Run compares.
func (c *FingerprintCompareCmd) Run(stdout io.Writer) error {
	f, err := os.Open(c.Index)
	if err != nil {
		return notThere(c.Index, err)
	}
	defer f.Close()
	x, err := fingerprint.ReadIndex(f)
	if err != nil {
		return &record.Error{Code: record.CodeInvalid, Where: c.Index, Message: err.Error()}
	}
	for _, s := range c.Samples {
		p, err := printOf(s)
		if err != nil {
			return notThere(s, err)
		}
		found := x.Find(&p, likestShown)
		for _, l := range found {
			if l.Same {
				fmt.Fprintf(stdout, "%s: the same bytes as %s\n", s, l.Path)
			} else {
				fmt.Fprintf(stdout, "%s: about %d %% of its passages stand in %s\n", s, int(100*l.Share+0.5), l.Path)
			}
		}
		if found == nil {
			fmt.Fprintf(stdout, "%s: like no file of the index\n", s)
		}
	}
	return nil
}

// openOurs reads the fingerprints that a server compares with; "" is none.
func openOurs(path string) (*intake.Ours, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, notThere(path, err)
	}
	defer f.Close()
	o, err := intake.OpenOurs(f)
	if err != nil {
		return nil, exit{exitFailed, path + " cannot be read as fingerprints; bonafide fingerprint writes them"}
	}
	return o, nil
}
