package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"time"

	"bonafide/index"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
	"bonafide/screen"
)

// IndexCmd is `bonafide index`.
type IndexCmd struct {
	Build  IndexBuildCmd  `cmd:"" help:"Make an index of applications, so that bonafide who answers from it at once."`
	Add    IndexAddCmd    `cmd:"" help:"Add applications to an index, or newer versions of them."`
	Learn  IndexLearnCmd  `cmd:"" help:"Learn from all records of an index by what bonafide who tells operator questions."`
	Delete IndexDeleteCmd `cmd:"" help:"Take records out of an index, and out of its files."`
	Close  IndexCloseCmd  `cmd:"" help:"Keep the keys of a case closed because of a false identity, for bonafide screen --closed."`
	Verify IndexVerifyCmd `cmd:"" help:"Read every byte of an index and compare it with its checksums."`
}

// indexKey is the key under which an index is made.
type indexKey struct {
	Key string `placeholder:"FILE" type:"existingfile" env:"BONAFIDE_KEY_FILE" help:"File with the key under which the index is made (32 bytes or more). Whoever has both can test guesses: keep it as a password."`
}

func (k indexKey) keyer() (*link.Keyer, error) {
	if k.Key == "" {
		return nil, exit{exitUsage, "an index needs --key FILE; make one with: head -c 32 /dev/urandom > link.key && chmod 600 link.key"}
	}
	key, err := (&ScreenCmd{Key: k.Key}).key()
	if err != nil {
		return nil, err
	}
	return link.NewKeyer(key, true), nil
}

// selfOf is the digest of a record name.
func selfOf(k *link.Keyer, source, id string) uint64 {
	p := k.Profile(&record.Application{Source: source, ID: id})
	return p.Self
}

// tagOf tells indexes of one key from those of another.
func tagOf(k *link.Keyer) uint64 { return selfOf(k, "bonafide index", "tag of the key") }

func openIndex(dir string, k *link.Keyer, readOnly bool) (*index.Index, error) {
	return index.Open(dir, tagOf(k), readOnly)
}

// IndexBuildCmd is `bonafide index build`.
type IndexBuildCmd struct {
	Dir   string   `arg:"" type:"path" help:"A new folder for the index."`
	Files []string `arg:"" name:"file" help:"Applications, as bonafide screen reads them; - is standard input."`
	indexInput
}

// Help is printed below the flags.
func (IndexBuildCmd) Help() string {
	return `Example:

  bonafide index build people.index applications.jsonl.gz --key link.key
  bonafide who --index people.index --key link.key form/48213

The index holds digests under the key, record names and times; no name, address, number
or text. A damaged one is refused and never answers; build it again from the records.
Room: about one kilobyte a record, twice that while it is made.

Up to two million records are then linked together once, to learn what operators and
strangers share here: bonafide who then tells operator questions as bonafide screen does. For
a larger index, and after much has been added, that is done with bonafide index learn; until
then bonafide who joins only what is beyond doubt.`
}

// Run builds.
func (c *IndexBuildCmd) Run(stdout io.Writer) error {
	k, err := c.keyer()
	if err != nil {
		return err
	}
	x, err := index.Create(c.Dir, tagOf(k))
	if err != nil {
		return err
	}
	x.Bulk()
	return c.take(stdout, x, k, c.Files, func() error {
		if err := x.Merge(); err != nil {
			return err
		}
		learned, err := x.Learn(time.Now(), learnedAtOnce, func(string, int, int) {})
		if err == nil && !learned && x.Records() > learnedAtOnce {
			fmt.Fprintln(os.Stderr, "operator questions are followed pair by pair until: bonafide index learn "+c.Dir)
		}
		return err
	})
}

// learnedAtOnce is up to how many records a build learns a climate.
const learnedAtOnce = 2_000_000

// IndexAddCmd is `bonafide index add`.
type IndexAddCmd struct {
	Dir   string   `arg:"" type:"existingdir" help:"The index."`
	Files []string `arg:"" name:"file" help:"Applications, as bonafide screen reads them; - is standard input."`
	indexInput
}

// Help is printed below the flags.
func (IndexAddCmd) Help() string {
	return `Example:

  bonafide index add people.index today.jsonl --key link.key

Of several versions of a record the newest stands, in whatever order they come. What was
added is on disk when the command ends, and in parts before.`
}

// Run adds.
func (c *IndexAddCmd) Run(stdout io.Writer) error {
	k, err := c.keyer()
	if err != nil {
		return err
	}
	x, err := openIndex(c.Dir, k, false)
	if err != nil {
		return err
	}
	return c.take(stdout, x, k, c.Files, x.Sync)
}

// IndexDeleteCmd is `bonafide index delete`.
type IndexDeleteCmd struct {
	Dir     string   `arg:"" type:"existingdir" help:"The index."`
	Records []string `arg:"" name:"record" help:"Records, SOURCE/ID."`
	indexKey
}

// Help is printed below the flags.
func (IndexDeleteCmd) Help() string {
	return `Example:

  bonafide index delete people.index form/48213 --key link.key

The files are written anew without the records: afterwards nothing of them is left.`
}

// Run deletes.
func (c *IndexDeleteCmd) Run(stdout io.Writer) (err error) {
	k, err := c.keyer()
	if err != nil {
		return err
	}
	x, err := openIndex(c.Dir, k, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	n := 0
	for _, name := range c.Records {
		source, id, ok := recordName(name)
		if !ok {
			return exit{exitUsage, "a record is named SOURCE/ID, such as form/48213"}
		}
		there, err := x.Delete(selfOf(k, source, id))
		if err != nil {
			return err
		}
		if there {
			n++
		}
	}
	if err := x.Merge(); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s deleted, %d not in the index; %s left\n", counted(n, "record"), len(c.Records)-n, counted(x.Records(), "record"))
	return nil
}

// IndexVerifyCmd is `bonafide index verify`.
type IndexVerifyCmd struct {
	Dir string `arg:"" type:"existingdir" help:"The index."`
	indexKey
}

// Help is printed below the flags.
func (IndexVerifyCmd) Help() string {
	return `Example:

  bonafide index verify people.index --key link.key

A damaged file is named. The index is then made again with bonafide index build; it
never answers from a damaged part.`
}

// Run verifies.
func (c *IndexVerifyCmd) Run(stdout io.Writer) error {
	k, err := c.keyer()
	if err != nil {
		return err
	}
	x, err := openIndex(c.Dir, k, true)
	if err != nil {
		return err
	}
	defer x.Close()
	files, err := x.Verify()
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "sound: %s in %s\n%s\n", counted(x.Records(), "record"), counted(files, "file"), weighedBy(x))
	return nil
}

// indexInput is how applications come into an index.
type indexInput struct {
	Source string            `placeholder:"NAME" help:"Source of records that name none, e.g. careers-page."`
	Map    map[string]string `placeholder:"COLUMN=FIELD" help:"CSV: which column is which field, e.g. --map Nachname=person.name."`
	indexKey
}

// take reads files into an index, ends with done, closes it and says what was done.
func (c *indexInput) take(stdout io.Writer, x *index.Index, k *link.Keyer, files []string, done func() error) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	defer func() { err = errors.Join(err, x.Close()) }()
	o := &openInputs{options: intake.Options{Source: c.Source, Map: c.Map}, keyer: k}
	defer o.Close()
	taken, older, rejected := 0, 0, 0
	for _, path := range files {
		in, err := o.open(path)
		if err != nil {
			return err
		}
		if in.Keys != nil {
			return exit{exitUsage, path + " is a key file; an index is made from the applications"}
		}
		err = profiles(ctx, in, k, func(p *link.Profile, where string, err error) error {
			if err != nil {
				if rejected++; rejected <= rejectsShown {
					fmt.Fprintf(os.Stderr, "rejected %s\n", placed(screen.Reject{Where: where, Err: err}))
				}
				return nil
			}
			_, stands, err := x.Add(p)
			switch {
			case err != nil:
				return err
			case stands:
				taken++
			default:
				older++
			}
			if taken%1000 == 0 {
				return x.Sync()
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := done(); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s in the index, %d taken in", counted(x.Records(), "record"), taken)
	if older > 0 {
		fmt.Fprintf(stdout, ", %d older or equal passed over", older)
	}
	fmt.Fprintln(stdout)
	if rejected > 0 {
		return exit{exitRejected, fmt.Sprintf("%s could not be read", counted(rejected, "line"))}
	}
	return nil
}

// profiles gives the profile of every application of an input, in order; the work is spread over all cores.
func profiles(ctx context.Context, in screen.Input, k *link.Keyer, each func(p *link.Profile, where string, err error) error) error {
	const batch = 512
	type line struct {
		item    intake.Item
		profile link.Profile
		err     error
	}
	lines := make([]line, 0, batch)
	keyers := make([]*link.Keyer, runtime.GOMAXPROCS(0))
	for i := range keyers {
		keyers[i] = k.Fork()
	}
	flush := func() error {
		var wg sync.WaitGroup
		for w, k := range keyers {
			wg.Go(func() {
				for i := w; i < len(lines); i += len(keyers) {
					l := &lines[i]
					if l.err = l.item.Problem; l.err != nil {
						continue
					}
					a, err := in.Reader.Decode(l.item.Raw, l.item)
					if l.err = err; err == nil {
						l.profile = k.Profile(a)
					}
				}
			})
		}
		wg.Wait()
		for i := range lines {
			if err := each(&lines[i].profile, lines[i].item.Where, lines[i].err); err != nil {
				return err
			}
		}
		lines = lines[:0]
		return ctx.Err()
	}
	for {
		it, err := in.Reader.Next()
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil {
			return err
		}
		it.Raw = append([]byte(nil), it.Raw...)
		if lines = append(lines, line{item: it}); len(lines) == batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
}
