// Command bonafide makes sure that a remote hire is one real, verified human
// being, and finds the operator who stands behind several invented ones.
//
// This package wires the rooms together and holds nothing else: one file per
// subcommand, user stories in testdata/script. Start in screen.go, then read
// the package of the same name: it is the flow in one short function.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/alecthomas/kong"
	kongcompletion "github.com/jotaen/kong-completion"

	"bonafide/record"
)

type commands struct {
	Screen   ScreenCmd   `cmd:"" help:"Screen applications: what was found, why, what to ask next, and who looks like one operator."`
	Explain  ExplainCmd  `cmd:"" help:"Print one case of a results file in full."`
	Clear    ClearCmd    `cmd:"" help:"Note that a named person has looked at a list match and why it is somebody else."`
	New      NewCmd      `cmd:"" help:"Type in one applicant by hand; writes the record."`
	Checks   ChecksCmd   `cmd:"" help:"List the catalogue of checks, or show one with all its metadata."`
	Names    NamesCmd    `cmd:"" help:"Screen names against lists, or compare pairs of names."`
	Lists    ListsCmd    `cmd:"" help:"Fetch, import, show, compare and search the lists that checks read."`
	Link     LinkCmd     `cmd:"" help:"Find the records of one person in tables of any kind."`
	Lookups  LookupsCmd  `cmd:"" help:"Say which hosts may be asked whether a proof was withdrawn."`
	Prove    ProveCmd    `cmd:"" help:"Check a proof of identity: a machine-readable zone, a passport's chip, a signed mail, a wallet."`
	Who      WhoCmd      `cmd:"" help:"Say whom a record, an application or a value links to, from an index."`
	Index    IndexCmd    `cmd:"" help:"Make, extend and verify the index that who answers from."`
	Sim      SimCmd      `cmd:"" help:"Write an invented population with its ground truth."`
	Evaluate EvaluateCmd `cmd:"" help:"Measure results against the ground truth of an invented population."`
	Inspect  InspectCmd  `cmd:"" help:"Look at files safely: what a person sees in them, what she does not, who made them."`

	Papers      PapersCmd      `cmd:"" help:"Print the papers the law asks for, filled from what runs: notices, records, assessments, drafts."`
	Fingerprint FingerprintCmd `cmd:"" help:"Fingerprint our own files, and say whether a sample is one of them."`

	Case     CaseCmd     `cmd:"" help:"Work on cases at a terminal: list, show, ask, note, decide; a second person confirms."`
	Webhook  WebhookCmd  `cmd:"" help:"Where messages to other systems go; two people put an address in force."`
	Rules    RulesCmd    `cmd:"" help:"The rules of a tenant as versions: tiers, days, languages, how findings weigh; two people put one in force."`
	Playbook PlaybookCmd `cmd:"" help:"The playbooks of a tenant as versions: verification, a worker in doubt, extortion."`

	Serve   ServeCmd   `cmd:"" help:"Keep the record and serve the API."`
	Work    WorkCmd    `cmd:"" help:"Do the jobs of a record, and serve nothing."`
	Doctor  DoctorCmd  `cmd:"" help:"Say which settings are weak; refuses what serve refuses."`
	Connect ConnectCmd `cmd:"" help:"Connect the systems where people apply and work: endpoints, signatures, what an event becomes."`
	Tenant  TenantCmd  `cmd:"" help:"Make and list tenants."`
	User    UserCmd    `cmd:"" help:"Make, list and disable accounts."`
	Apikey  APIKeyCmd  `cmd:"" help:"Make, list and revoke API keys."`
	Audit   AuditCmd   `cmd:"" help:"Export the audit, or hand its head to a witness."`
	Verify  VerifyCmd  `cmd:"" help:"Verify an audit, a backup or a record."`
	Backup  BackupCmd  `cmd:"" help:"Write a backup, and restore it to see that it is good."`
	Restore RestoreCmd `cmd:"" help:"Restore a backup into an empty place."`
	Keys    KeysCmd    `cmd:"" help:"Show and rotate keys."`
	Worker  WorkerCmd  `cmd:"" hidden:"" help:"The locked child that reads one file; bonafide starts it itself."`

	Completion kongcompletion.Completion `cmd:"" help:"Print the line that switches on completion in your shell."`

	Version kong.VersionFlag `help:"Print the version and stop."`
}

// Exit codes. Nothing ever exits on what was found about a person.
const (
	exitFailed   = 1 // it could not be done; the message says what to do
	exitUsage    = 2 // the command line is not understood
	exitRejected = 3 // done, but some lines could not be read
	exitGate     = 4 // --fail-on rejects, and some lines could not be read
)

// exit carries a code to the end of main.
type exit struct {
	code int
	text string
}

func (e exit) Error() string { return e.text }

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) (code int) {
	var cli commands
	stopped := false
	parser, err := kong.New(&cli,
		kong.Name("bonafide"),
		kong.Description("Verify that a remote hire is one real person, and find the operator behind several invented ones.\n\n"+
			"It observes and explains; people decide. There is no score of a person anywhere.\n\n"+
			"Exit codes: 0 done · 1 failed · 2 usage · 3 done, some lines could not be read · 4 the same under --fail-on rejects."),
		kong.Vars{"version": version()},
		kong.Writers(stdout, stderr),
		kong.Exit(func(c int) { stopped, code = true, c }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(stdout, (*io.Writer)(nil)),
	)
	if err != nil {
		fmt.Fprintln(stderr, "bonafide:", err)
		return exitFailed
	}
	kongcompletion.Register(parser)
	ctx, err := parser.Parse(args)
	if stopped {
		return code
	}
	if err != nil {
		fmt.Fprintf(stderr, "bonafide: %v\nbonafide --help says what can be done.\n", err)
		return exitUsage
	}
	return codeOf(ctx.Run(), stderr)
}

func codeOf(err error, stderr io.Writer) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "bonafide:", err)
	var e exit
	if errors.As(err, &e) {
		return e.code
	}
	var h *record.Error
	if errors.As(err, &h) && h.Code == record.CodeRefused {
		return exitUsage
	}
	return exitFailed
}

// version is what the build knows of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "bonafide (unknown build)"
	}
	rev, day, dirty := "", "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			rev = s.Value[:min(12, len(s.Value))]
		case "vcs.time":
			day = s.Value[:min(10, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				dirty = "+"
			}
		}
	}
	if rev == "" {
		return "bonafide " + info.Main.Version
	}
	return "bonafide " + day + " " + rev + dirty
}
