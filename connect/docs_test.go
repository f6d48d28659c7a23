package connect

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "print docs/connectors.md anew")

const (
	docs   = "../docs/connectors.md"
	walked = "testdata/stories.tsv" // written by the stories themselves, in cmd/bonafide
)

// shapesOf are the systems whose objects are read by a table here; the others
// are read by intake.
var shapesOf = map[string]*shape{"workable": &workableShape, "smartrecruiters": &smartrecruitersShape, "teamtailor": &teamtailorShape,
	"recruitee": &recruiteeShape, "personio": &personioShape, "bamboohr": &bamboohrShape}

// byIntakeTo is what intake fills for the three it knows, checked by its own tests.
var byIntakeTo = map[string]string{
	"greenhouse": "id, received_at, person.name, person.address, emails, phones, urls, role, resume.work, resume.education, resume.file, answers, stage (offer, employment)",
	"ashby":      "id, received_at, person.name, person.timezone, person.address, emails, phones, urls, role, resume.work, resume.file, answers, sessions.ip, sessions.user_agent, submitted_by",
	"lever":      "id, received_at, person.name, emails, phones, urls, resume.work, submitted_by",
}

func page() string {
	var b strings.Builder
	b.WriteString(`# Connectors

Printed from connect/ by ` + "`go test ./connect -run Docs -update`" + `; do not edit.

A webhook is a hint. Where its signature covers the body it may be used as it came; everywhere else the system's API is asked again,
and asking is off until ` + "`--egress`" + ` is given, when only that system's own hosts are spoken to. Members that no line names are kept
under ` + "`extra`" + ` of the record. What is written back is one of four phrases, never what was found:
not started, in progress, more asked, finished. Ashby alone has a slot for a decision; with ` + "`--write-decisions`" + ` it is filled with a named person's, and with an
adverse one only when a second person signed it.

## Set-up

    bonafide connect add SYSTEM --key-file FILE --account FILE     prints the address for the other system
    bonafide connect test NAME                                     says what would be asked, and whom
    bonafide connect verify-webhook SYSTEM BODY --headers FILE --key-file FILE
    bonafide connect replay SYSTEM FILE                            what saved events and answers become
    bonafide connect list                                          how each fares
    bonafide connect again NAME                                    try at once what waits or was given up
    bonafide connect remove NAME                                   its address, its keys and what waits for it
    bonafide connect add SYSTEM --tell --account FILE              findings, and events as chosen, to a SIEM by HTTP
    bonafide connect ocsf RESULTS                                  findings, or events of a system, as OCSF lines for a SIEM
    bonafide connect asked                                         what was asked outside, on what occasion
    bonafide connect limits --host HOST --budget N                 what may be asked: less at once, more when somebody else
    bonafide connect confirm-limits N --host HOST                  has confirmed it; on the desk, page Connectors; /v1/limits

How each fares stands on the page *Connectors* of the desk, at ` + "`/v1/connectors`" + ` and in the list: good, new, late (four times its pace without news), failing,
expired (the key is not taken any more, whatever it was for), off, locked. What is late, failing or expired stands over the queue too. Every question that leaves the house is kept for
thirteen months with its occasion, the connector, the host and whom it concerned (` + "`/v1/lookups`" + `), and stands in that person's export; an answer of which that could not be
kept is not used. The path is sealed and never shown in a list. What the house itself looks up stands there too (name servers and registries about referees' domains,
status and revocation lists, notes of code accounts, the text gateway, a witness that is asked, ` + "`lists update`" + ` where there is a record) and uses up nothing of what
connectors may ask. There is no client without an occasion and a place to write it down. Not look-ups, and so not there: messages to subscriptions and letters (the outbox has them),
sign-in at the house's own provider, and the database. ` + "`prove … --fetch-from`" + ` has no record to write to and prints what it asked.

## What each is connected for, and its story

Each story is walked against a simulator of ours by ` + "`go test ./cmd/bonafide -run TestConnectors`" + `, from first set-up to removal: by the command line beside a running
server, as an administrator would. A connector without a story is red. files: what was saved is read from a file; signature: what comes can be verified, and is read by nobody yet.

| system | connected for | its story |
|---|---|---|
`)
	stories, err := os.ReadFile(walked)
	if err != nil {
		return err.Error()
	}
	story := map[string]string{}
	for line := range strings.Lines(string(stories)) {
		name, steps, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		story[name] = steps
	}
	for _, p := range Parts() {
		var does []string
		for _, d := range p.Deeds {
			does = append(does, string(d))
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", p.Name, strings.Join(does, ", "), story[p.Name])
	}
	b.WriteString(`
## Signatures

| system | covers | where | signed is | how sure |
|---|---|---|---|---|
`)
	for _, d := range Dialects {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", d.Name, d.Covers, d.Header, d.Signs, d.Source)
	}
	b.WriteString(`
## Where people apply

| system | an administrator creates | tried with | written back |
|---|---|---|---|
`)
	for _, s := range Systems {
		back := "nowhere: it is shown here only"
		if s.Write != nil {
			asks := s.Write(&Account{Key: "k", User: "u", Field: "f"}, Target{"A", "C"}, Status{Word: InProgress})
			notes := s.Write(&Account{Key: "k", User: "u"}, Target{"A", "C"}, Status{Word: InProgress})
			back = "`" + asks[0].Method + " " + asks[0].Path + "`"
			if notes[0].Path != asks[0].Path {
				back += " with a field, else `" + notes[0].Method + " " + notes[0].Path + "`"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", s.Title, s.Needs, s.Proven, back)
	}
	b.WriteString("\nWhat Ashby itself has seen about a candidate (`candidate.listFraudChecks`, candidatesRead) is asked for whenever an application is fetched from it or brought by a backfill, shown on its case, and kept with the\nrecord in Ashby's words as `extra.fraudChecks`; where it is not given, that stands there instead. No check reads it, and it is never a finding or a verdict of bonafide.\n")
	b.WriteString("\nNo request of this table was ever sent to a vendor's own server: all were tried against a simulator of our own.\n\n## From their fields to the record\n\n| system | theirs | the record's |\n|---|---|---|\n")
	for _, s := range Systems {
		if t, ok := byIntakeTo[s.Name]; ok {
			fmt.Fprintf(&b, "| %s | read by intake/%s.go | %s |\n", s.Name, s.Name, t)
			continue
		}
		to := map[string][]string{}
		var names []string
		for _, f := range shapesOf[s.Name].fields {
			t := strings.TrimSuffix(strings.TrimSuffix(f.to, "+"), ":candidate")
			if to[t] == nil {
				names = append(names, t)
			}
			to[t] = append(to[t], "`"+f.from+"`")
		}
		sort.Strings(names)
		for _, n := range names {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", s.Name, strings.Join(to[n], ", "), n)
		}
	}
	b.WriteString(`
## Identity vendors

Onfido, Persona, Stripe Identity, Sumsub and Veriff come to one result: pass, fail, inconclusive, needs-review, expired, cancelled,
running. Asking somebody to try again is inconclusive and never a fail; a word that is not known is inconclusive and is shown. No picture
is fetched or stored, and no number of a document.

With ` + "`--account FILE`" + ` the vendors of this table are asked by a durable job for what their webhook points at: Onfido's says only that something ended, Stripe's how a session
was then, and in no order. The hint is noted, then the answer after it; what stands of a result is its last event in time, and an answer has the time at which it was asked for, so that a late
one undoes no newer one. The address is made of the account's host and the id alone, never of an address in the event; an answer about another id or another record is not used. Without a key
the hint stays as it is. While asking is off, a vendor is down or a key is not taken, the event waits and the desk says why. Of Onfido: workflow runs (a task leads to its run), checks
with the result of each report, single reports. A check or report names no record of ours: its event must carry customer_user_id. Of Stripe: the session with its last error, not its report,
which names what stands on the document.

| vendor | asked at | an administrator creates | tried with |
|---|---|---|---|
`)
	for _, v := range Vendors {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", v.Title, v.Base, v.Needs, v.Proven)
	}
	b.WriteString(`
Persona's, Sumsub's and Veriff's signed webhooks hold the result and are read as they came; those of Sumsub and Veriff's events of a session on its way are marked as hints, and nobody is asked yet.

## After the hire

Locked until the policy names a country and tier with a purpose, a legal basis, an impact assessment and, where one is needed, a works
agreement (` + "`module after-hire`" + ` in the policy). What comes while it is locked is not kept. Whose an account is, the customer says
(` + "`--people`" + `); no names are compared.

| system | tells | an administrator creates | tried with |
|---|---|---|---|
`)
	for _, w := range Watches {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", w.Title, w.Tells, w.Needs, w.Proven)
	}
	b.WriteString(`
## Asked regularly

` + "`bonafide connect add SYSTEM --pull --account FILE --people FILE`" + ` has it asked every 15 minutes (` + "`--every`" + `), by a durable job that goes on where
it stopped: window by window, page by page, within the provider's rate, with an overlap in which what was told is known by its id. Nobody is
asked while the module after the hire is locked; with it open, what concerns people who were not named, or for whom it is not open, is read and
dropped. A day that was missed is made up for, up to thirty days. The provider's clock is compared with ours and a difference is shown.

| system | an administrator creates | read again each time |
|---|---|---|
`)
	for _, p := range Pulls {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", p.Title, p.Needs, strings.TrimSuffix(p.Overlap.String(), "0s"))
	}
	b.WriteString(`
Tried against a simulator of our own only; the accounts hold base, company, client, key and user as JSON.

## At dismissal

` + "`bonafide connect add SYSTEM --end-access --account FILE`" + `, with a key of its own that can do this and nothing else. On the run sheet of a
case (docs/leaving.md) each order is shown first, given by one person, signed by another, done at the moment of the cut; intent before and
proof after each step. All of it was tried against a simulator of our own only.

| system | an administrator creates | an account is named by |
|---|---|---|
`)
	for _, l := range Levers {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", l.Title, l.Needs, l.Who)
	}
	b.WriteString(`
| system | step | request |
|---|---|---|
`)
	for _, l := range Levers {
		for _, s := range l.Steps(Leaver{ID: "ID", Organisation: "ORG"}) {
			fmt.Fprintf(&b, "| %s | %s | `%s %s` |\n", l.Title, s.Text, s.Ask.Method, strings.ReplaceAll(s.Ask.Path, "ID", "{id}"))
		}
	}
	b.WriteString(`
## Told of findings: a SIEM

` + "`bonafide connect add SYSTEM --tell --account FILE`" + ` sends OCSF 1.3 by HTTP: a Detection Finding (2004) whenever one comes, changes its strength, or is gone, by check and case, in the
catalogue's words and without a value of a person, never above low. ` + "`--tell-events`" + ` adds sign-ins (3002) and changes of accounts (3001) as far as the module after the hire is open, under the id
of the record; only ` + "`--tell-persons`" + ` sends the account, the network address, the session and the device along: the tenant's choice, and to be named in its record of processing.

A line is put aside in the transaction of what it tells and leaves the record when the SIEM has taken it: while the SIEM is away, busy or does not take the key, lines wait and the desk says
how many, since when and why; those of a person who is erased meanwhile go with them. What is told begins with the day it is switched on; ` + "`bonafide connect ocsf`" + ` prints what was before.
At most 500 lines or 900 KB go in one request, each request is a question of the tenant's day (` + "`bonafide connect limits`" + `). Where a batch is refused for one bad line the
others arrive and that line is kept and counted; ` + "`bonafide connect again NAME`" + ` sends it once more. A sink that takes none of a batch has refused nothing: its setting is to be put right, and all of it waits.
` + "`bonafide connect test NAME --egress`" + ` sends one base event that says so.

| system | an administrator creates | a line that is sent twice, because an answer was lost |
|---|---|---|
`)
	for _, k := range Sinks {
		fmt.Fprintf(&b, "| %s (%s) | %s | %s |\n", k.Title, k.Name, k.Needs, k.Twice)
	}
	b.WriteString(`
Microsoft Sentinel and Datadog take arrays under keys of their own and are reached by a collector that takes NDJSON (Vector, Cribl, Fluent Bit, Logstash). Tried against a simulator of our own only.

## Exports and files

` + "`bonafide screen`" + ` finds each by its content, ` + "`POST /v1/uploads`" + ` takes those that are one JSON object a line, ` + "`POST /v1/subjects/{id}/files`" + ` archives,
PDFs and saved pages; the page *Hand in* of the desk, ` + "`bonafide case hand-in`, `POST /v1/exports` and `POST /v1/subjects/{id}/exports`" + ` take all of them, as new
applications or beside one, and say what was kept and what was left. Archives and PDFs are taken apart in the locked process only; of archives the person's own tables are unpacked and kept, never
whom they know or what others wrote. All were tried with our own files of the documented shape and with the samples below; none with a live account.

| export | shape | becomes |
|---|---|---|
| Upwork | answers of its GraphQL API: profile, proposals, or both in one object with what the platform adds (verified, logins, usual_bids_a_day, agency) | person, urls, accounts, resume, platforms, agency |
| Freelancer | answers of its API: user, bids, reviews, or all in one object with the same additions, and for a review others and payout | person, accounts, resume, platforms |
| GitHub | a collected account with repositories, commits and events, or the list of events | accounts, code |
| LinkedIn | the archive (ZIP): profile, positions, education, skills, languages, mail, phones, recommendations | person, emails, phones, urls, resume, references; handed in for a case: profiles |
| Telegram | result.json of a chat with one person, or of a whole account, of which only what it says of itself is read | person, accounts, phones, messages |
| Europass | XML of today and of version 3, alone or inside the PDF | person, emails, phones, urls, resume |
| JSON Resume, résumés as PDF, DOCX, ODT, text | – | person, emails, phones, urls, resume, references, files |
| saved pages | HTML or MHTML, beside an application | pages |

## Documented samples

What each sample of the named systems becomes (` + "`connect/testdata/samples.tsv`" + `, held against the samples by ` + "`TestSampleCoverage`" + `): the fields of the record
it fills, or why it is refused.

| sample | read as | becomes |
|---|---|---|
`)
	refused := map[string][]string{}
	table, err := os.ReadFile(coverage)
	if err != nil {
		return err.Error()
	}
	for line := range strings.Lines(string(table)) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(part) != 3 {
			return "a line of " + coverage + " without three columns"
		}
		if part[1] == "refused" {
			refused[part[2]] = append(refused[part[2]], part[0])
			continue
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", part[0], part[1], part[2])
	}
	b.WriteString("\n| refused because | samples |\n|---|---|\n")
	for _, why := range slices.Sorted(maps.Keys(refused)) {
		fmt.Fprintf(&b, "| %s | %s |\n", why, strings.Join(refused[why], ", "))
	}
	return b.String()
}

// TestDocs: the page says what the tables say.
func TestDocs(t *testing.T) {
	want := page()
	if *update {
		if err := os.WriteFile(docs, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(docs)
	if err != nil || string(got) != want {
		t.Error("docs/connectors.md is stale; print it with: go test ./connect -run Docs -update")
	}
}
