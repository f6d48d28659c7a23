package api

import (
	"bonafide/access"
	"bonafide/casework"
	"bonafide/record"
)

// Routes is the whole API, in the order in which it is printed.
func Routes() []Route {
	return []Route{
		{Method: "POST", Path: "/v1/applications", Act: access.AddApplication, Summary: "Hand in one application.",
			Text:  "It is stored, screened against everything stored, and answered in one go. With `Prefer: respond-async` it is stored and screened soon after. The same source and id again is a newer version of the same record.",
			Query: []Param{langParam}, In: record.Application{}, Most: 4 << 20, Out: Accepted{}, Status: 202, Once: onceMay, do: addApplication},
		{Method: "POST", Path: "/v1/uploads", Act: access.AddApplication, Summary: "Hand in many applications, one JSON object a line.",
			Text:    "Each line in the application record's own shape, or in that of any system whose exports are one JSON object (Greenhouse, Lever, Ashby, JSON Resume, GitHub, Upwork, Freelancer, Telegram). At most 4 MiB at once; cut a larger file at line ends and send the parts one after another, each with its own Idempotency-Key. A part sent again is taken once. The job says how far it is and what became of every line.",
			InMedia: "application/x-ndjson", Most: 4 << 20, Out: Job{}, Status: 202, Once: onceRequired, do: addUpload},
		{Method: "POST", Path: "/v1/exports", Act: access.AddApplication, Summary: "Hand in a file as a new application: an export of a platform or a profile, a résumé.",
			Text:    "The bytes themselves, 32 MiB at most: what Upwork, Freelancer, GitHub or Telegram hand out, JSON Resume, Europass, a LinkedIn or Telegram archive, a résumé as PDF, DOCX, ODT or text, a table. One application is screened at once, several by a job. A file without ids is called by its bytes: sent again it is the same.",
			Query:   []Param{{Name: "name", Text: "What the file is called; its ending is held against its bytes."}},
			InMedia: "application/octet-stream", Most: 32 << 20, Out: HandedIn{}, Status: 202, do: addExport},
		{Method: "POST", Path: "/v1/signup", Act: access.AskSignup, Summary: "A platform's new account: what to ask it for next.",
			Query: []Param{langParam}, In: record.Application{}, Most: 1 << 20, Out: SignupAnswer{}, Once: onceMay, do: addSignup},
		{Method: "POST", Path: "/v1/events", Act: access.AddEvent, Summary: "Hand in one event about a record (CloudEvents 1.0).",
			In: Event{}, InMedia: "application/cloudevents+json", Most: 256 << 10, Out: EventTaken{}, Status: 202, do: addEvent},
		{Method: "POST", Path: "/v1/hooks/{id}", Open: true, Signed: true, Summary: "What another system sends: a webhook in its own shape, with its own signature.",
			Text:    "The address is made by `bonafide connect add`. A delivery is verified over its exact bytes, written down once and answered; what it is about is done soon after. Sent again it is answered and has no further effect.",
			InMedia: "*/*", Most: 4 << 20, Out: "", OutMedia: "text/plain", do: takeHook},
		{Method: "GET", Path: "/v1/hooks/{id}", Open: true, Signed: true, Summary: "Answer the question with which Okta makes sure whose an address is.", Out: Challenge{}, do: takeHook},
		{Method: "POST", Path: "/v1/mails", Act: access.AddEvent, Summary: "Hand in a mail that answers a request to a referee.",
			Text:    "The mail as your server took it, not forwarded, with what only that server knows. Whose mail it is is judged by the answers of the domain name system at this moment. One that answers no request of ours is 404, and nothing of it is kept.",
			Query:   []Param{{Name: "ip", Text: "Who connected to deliver it, for SPF."}, {Name: "mail_from", Text: "MAIL FROM of the envelope."}, {Name: "helo", Text: "HELO of the envelope."}},
			InMedia: "message/rfc822", Most: 16 << 20, Out: MailTaken{}, Status: 202, do: addMail},
		{Method: "GET", Path: "/v1/jobs/{id}", Act: access.ReadJob, Summary: "How far a job is.", Out: Job{}, Object: "job", do: readJob},
		{Method: "GET", Path: "/v1/jobs/{id}/lines", Act: access.ReadJob, Summary: "What became of every line of an upload.", Query: pageParams, Out: JobLines{}, Object: "job", do: readJobLines},

		{Method: "GET", Path: "/v1/cases", Act: access.ListCases, Summary: "List cases.", Query: append([]Param{
			{Name: "view", Text: "A queue as the page shows it.", Enum: viewWords()}, {Name: "role", Text: "Id of the role."},
			{Name: "state", Text: "Where a case stands.", Enum: stateWords()}, {Name: "assessment", Text: "The machine's proposal.", Enum: []string{"review", "verify-more", "routine"}},
			{Name: "assignee", Text: "Whose it is; an id."}, {Name: "tier", Text: "T0 to T3."}, {Name: "stage", Text: "How far the hiring is."}, {Name: "cluster", Text: "An id of a cluster."}}, pageParams...),
			Out: Cases{}, do: listCases},
		{Method: "GET", Path: "/v1/cases/{id}", Act: access.ReadCase, Summary: "Read a case.", Query: []Param{langParam}, Out: Case{}, Object: "case", do: readCase},
		{Method: "GET", Path: "/v1/cases/{id}/findings", Act: access.ReadCase, Summary: "Read the findings of a case.", Query: []Param{langParam}, Out: Findings{}, Object: "case", do: readFindings},
		{Method: "GET", Path: "/v1/cases/{id}/chain", Act: access.ReadCase, Summary: "Read the chain of identity of a case.", Out: Chain{}, Object: "case", do: readChain},
		{Method: "GET", Path: "/v1/cases/{id}/history", Act: access.WorkCase, Summary: "Read what was asked, noted, given to do and decided about a case.", Out: History{}, Object: "case", do: readHistory},
		{Method: "POST", Path: "/v1/cases/{id}/claim", Act: access.WorkCase, Summary: "Take a case into one's hands for an hour; again prolongs it.", In: ClaimAsked{}, Most: 4 << 10, Out: record.Case{}, Object: "case", do: claimCase},
		{Method: "POST", Path: "/v1/cases/{id}/release", Act: access.WorkCase, Summary: "Put a case back.", Out: record.Case{}, Object: "case", do: releaseCase},
		{Method: "POST", Path: "/v1/cases/{id}/requests", Act: access.WorkCase, Summary: "Ask the person for more, with a day and another way.", In: AskPerson{}, Most: 64 << 10, Out: Made{}, Status: 201, Once: onceRequired, Object: "case", do: addRequest},
		{Method: "POST", Path: "/v1/requests/{id}/withdraw", Act: access.WorkCase, Summary: "Take back what was asked.", Status: 204, Object: "request", do: withdrawRequest},
		{Method: "POST", Path: "/v1/cases/{id}/notes", Act: access.WorkCase, Summary: "Write a note on a case.", In: NoteAsked{}, Most: 64 << 10, Out: Made{}, Status: 201, Once: onceRequired, Object: "case", do: addNote},
		{Method: "POST", Path: "/v1/cases/{id}/tasks", Act: access.WorkCase, Summary: "Give somebody a thing to do on a case.", In: TaskAsked{}, Most: 64 << 10, Out: Made{}, Status: 201, Once: onceRequired, Object: "case", do: addTask},
		{Method: "POST", Path: "/v1/tasks/{id}/finish", Act: access.WorkCase, Summary: "Say that a thing was done.", Status: 204, Object: "task", do: finishTask},
		{Method: "POST", Path: "/v1/cases/{id}/decisions", Act: access.WorkCase, Summary: "Put a decision forward, with reasons.",
			Text: "Where one person is enough it takes effect at once; where two are needed it waits for another.",
			In:   Propose{}, Most: 64 << 10, Out: Made{}, Status: 201, Once: onceRequired, Object: "case", do: addDecision},
		{Method: "POST", Path: "/v1/decisions/{id}/settle", Act: access.WorkCase, Summary: "Sign, decline or take back a decision that waits.", Text: "Nobody signs their own: the database refuses it too.", In: Settle{}, Most: 4 << 10, Out: record.Decision{}, Object: "decision", do: settleDecision},
		{Method: "GET", Path: "/v1/cases/{id}/drafts", Act: access.WorkCase, Summary: "Drafts for authorities, with the clocks of a case.", Query: []Param{{Name: "id", Text: "One draft, filled."}, langParam}, Out: Papers{}, Object: "case", do: listDrafts},
		{Method: "GET", Path: "/v1/cases/{id}/offboarding", Act: access.WorkCase, Summary: "Read the run sheet of a leaving: what is open, since when.", Out: Offboarding{}, Object: "case", do: readOffboarding},
		{Method: "POST", Path: "/v1/cases/{id}/offboarding", Act: access.WorkCase, Condition: "/v1/cases/{id}/offboarding", Summary: "Record one step of a run sheet: a way in, the moment, a cut with its proof, a use.", In: OffboardStep{}, Most: 8 << 10, Out: Offboarding{}, Object: "case", do: addOffboardStep},
		{Method: "GET", Path: "/v1/cases/{id}/orders", Act: access.WorkCase, Summary: "Read what is ordered to be ended by connectors, step by step with its proof, and which connectors can.", Out: Orders{}, Object: "case", do: readOrders},
		{Method: "POST", Path: "/v1/cases/{id}/orders", Act: access.WorkCase, Summary: "Order that a way in is ended by a connector, or see what would be sent.", Text: "With dry_run nothing is kept and nothing is sent. An order does nothing before another person has signed it.", In: OrderAsked{}, Most: 8 << 10, Out: Orders{}, Object: "case", do: addOrder},
		{Method: "POST", Path: "/v1/cases/{id}/orders/settle", Act: access.WorkCase, Summary: "Sign an order that somebody else gave, or withdraw it.", Text: "Signed, it is done at the moment of the cut, or at once where that has come.", In: OrderSettled{}, Most: 4 << 10, Out: Orders{}, Object: "case", Fresh: true, do: settleOrder},
		{Method: "GET", Path: "/v1/cases/{id}/settlement", Act: access.WorkCase, Summary: "Read what is settled when somebody leaves: devices, last payments.", Out: Settlement{}, Object: "case", do: readSettlement},
		{Method: "POST", Path: "/v1/cases/{id}/settlement", Act: access.WorkCase, Summary: "Write down one step of it.", Text: "Nothing here collects, pays or holds back. A hold takes two people, advice, a ground and a day on which somebody looks again; anybody lifts it alone.", In: SettleAsked{}, Most: 16 << 10, Out: Settlement{}, Object: "case", do: addSettling},
		{Method: "GET", Path: "/v1/cases/{id}/publications", Act: access.WorkCase, Summary: "Read where something of ours was found in the open.", Out: Publications{}, Object: "case", do: readPublications},
		{Method: "POST", Path: "/v1/cases/{id}/publications", Act: access.WorkCase, Summary: "Write down where something of ours was found in the open.", Text: "Held against the fingerprints of our own files, where this node has them. The address is never fetched.", In: PublicationAsked{}, Most: 4 << 20, Out: Publications{}, Object: "case", do: addPublication},
		{Method: "GET", Path: "/v1/cases/{id}/siblings", Act: access.WorkCase, Summary: "Read who shares what with a case, two steps far.", Out: Siblings{}, Object: "case", do: readSiblings},
		{Method: "POST", Path: "/v1/cases/{id}/ties", Act: access.WorkCase, Condition: "/v1/cases/{id}/siblings", Summary: "Say that two cases belong together, or do not.", Text: "Every screening heeds it until a later decision about the same two. Subjects are never merged.", In: TieAsked{}, Most: 8 << 10, Out: Tie{}, Object: "case", do: addTie},
		{Method: "GET", Path: "/v1/cases/{id}/circle", Act: access.WorkCase, Summary: "Read who may see a case.", Out: Circle{}, Object: "case", do: readCircle},
		{Method: "POST", Path: "/v1/cases/{id}/circle", Act: access.WorkCase, Summary: "Keep a case to a circle, admit somebody to it, or dismiss somebody.", In: CircleStep{}, Most: 8 << 10, Out: Circle{}, Object: "case", do: changeCircle},
		{Method: "GET", Path: "/v1/cases/{id}/demands", Act: access.WorkCase, Summary: "Read the messages that demand something for what was copied.", Out: Demands{}, Object: "case", do: readDemands},
		{Method: "POST", Path: "/v1/cases/{id}/leavers", Act: access.WorkCase, Summary: "Ask whose inventories reached the files of a sample.", In: Reached{}, Most: 256 << 10, Out: Leavers{}, Object: "case", do: findLeavers},
		{Method: "GET", Path: "/v1/cases/{id}/indicators", Act: access.WorkCase, Summary: "Artefacts of a case's demands to share with others; persons are left out.", Query: []Param{{Name: "form", Text: "How they are written.", Enum: []string{"stix", "misp"}}}, Out: Indicators{}, Object: "case", do: readIndicators},
		{Method: "POST", Path: "/v1/cases/{id}/demands", Act: access.WorkCase, Summary: "Take in a message that demands something.", Text: "Read in a locked process; nothing in it is opened, followed or answered. The case is sealed to its circle.",
			InMedia: "message/rfc822", Most: 4 << 20, Out: record.Demand{}, Status: 201, Object: "case", do: addDemand},
		{Method: "GET", Path: "/v1/clusters/{id}", Act: access.ReadCluster, Summary: "Read which cases look like one operator's.", Out: Cluster{}, Object: "cluster", do: readCluster},

		{Method: "GET", Path: "/v1/subjects/{id}", Act: access.ReadCase, Summary: "Read an application as it was handed in.", Out: Subject{}, Object: "subject", do: readSubject},
		{Method: "GET", Path: "/v1/subjects/{id}/result", Act: access.ReadCase, Summary: "Read what the newest screening came to: the result line, version 1.", Query: []Param{langParam}, Out: ResultLine{}, Object: "subject", do: readResult},
		{Method: "POST", Path: "/v1/subjects/{id}/files", Act: access.AddApplication, Summary: "Hand in a file of an application: a résumé, a document, a photo, a page they named, their own archive of a service.",
			Text:    "The bytes themselves, 32 MiB at most. They are read in a locked process of their own; the record is screened again soon after. A file that is refused is answered with why, and changes nothing.",
			Query:   []Param{{Name: "field", Text: "resume unless said, documents[0], documents[1] …, photos or pages (a page saved as HTML). A LinkedIn or Telegram archive is handed in as resume and becomes a profile; only the person's own tables are read and kept."}, {Name: "name", Text: "What the file is called; its ending is held against its bytes."}},
			InMedia: "application/octet-stream", Most: 32 << 20, Out: File{}, Status: 202, Object: "subject", do: addFile},
		{Method: "POST", Path: "/v1/subjects/{id}/exports", Act: access.AddApplication, Summary: "Put an export, a saved page or a résumé beside an application.",
			Text:    "A claim from another source, of the day it was handed in. Names and contacts of the application are not changed by it; the answer says what was kept and what was left. Pages as HTML or MHTML.",
			Query:   []Param{{Name: "name", Text: "What the file is called; its ending is held against its bytes."}},
			InMedia: "application/octet-stream", Most: 32 << 20, Out: HandedIn{}, Status: 202, Object: "subject", do: addExport},
		{Method: "GET", Path: "/v1/subjects/{id}/status", Act: access.ReadStatus, Summary: "Where an application stands, in one of four words.", Out: Status{}, Object: "subject", do: readStatus},
		{Method: "GET", Path: "/v1/subjects/{id}/links", Act: access.ReadLinks, Summary: "What a subject shares with others.", Out: Links{}, Object: "subject", do: readLinks},
		{Method: "GET", Path: "/v1/subjects/{id}/export", Act: access.ExportSubject, Summary: "All that is held about a subject, for the person it is about.", Out: Export{}, Object: "subject", Fresh: true, do: exportSubject},
		{Method: "POST", Path: "/v1/search", Act: access.SearchValue, Summary: "Who holds an address, a mail, a wallet, a device; which subject a record is.", In: Query{}, Most: 4 << 10, Out: Held{}, do: searchValue},

		{Method: "POST", Path: "/v1/erasures", Act: access.EraseSubject, Summary: "Propose to erase a subject.", In: Erase{}, Most: 4 << 10, Out: Erasure{}, Status: 202, Once: onceRequired, do: proposeErasure},
		{Method: "GET", Path: "/v1/erasures", Act: access.EraseSubject, Summary: "List erasures.", Out: Erasures{}, do: listErasures},
		{Method: "POST", Path: "/v1/erasures/{id}/approve", Act: access.ApproveErasure, Summary: "Approve an erasure that somebody else proposed.", Out: Erasure{}, Object: "erasure", Once: onceRequired, Fresh: true, do: approveErasure},

		{Method: "POST", Path: "/v1/screen/name", Act: access.ScreenValue, Summary: "Look for one name on the lists.", Query: []Param{langParam}, In: NameQuery{}, Most: 4 << 10, Out: Screening{}, do: screenName},
		{Method: "POST", Path: "/v1/screen/wallet", Act: access.ScreenValue, Summary: "Look for one crypto address on the lists.", Query: []Param{langParam}, In: WalletQuery{}, Most: 4 << 10, Out: Screening{}, do: screenWallet},
		{Method: "GET", Path: "/v1/lists", Act: access.ReadLists, Summary: "Which lists there are, and of which day.", Out: Lists{}, do: listLists},
		{Method: "GET", Path: "/v1/papers", Act: access.ReadPapers, Summary: "The papers the law asks for, filled from what runs.", Query: []Param{{Name: "id", Text: "One paper, filled."}, langParam}, Out: Papers{}, do: listPapers},
		{Method: "GET", Path: "/v1/policy", Act: access.ReadRules, Summary: "The versions of the rules: weighing, tiers, days, languages.", Out: Policies{}, do: listPolicies},
		{Method: "POST", Path: "/v1/policy", Act: access.EditPolicy, Summary: "Draft a version of the rules.", Text: "One that cannot be read is refused with its line. It is in force when somebody else has published it.", In: PolicyDraft{}, Most: 128 << 10, Out: Policy{}, Status: 201, Once: onceRequired, do: draftPolicy},
		{Method: "POST", Path: "/v1/policy/trial", Act: access.EditPolicy, Summary: "Try a version over the cases there are; nothing is changed.", In: PolicyChosen{}, Most: 1 << 10, Out: casework.Shadow{}, do: tryPolicy},
		{Method: "POST", Path: "/v1/policy/publish", Act: access.EditPolicy, Condition: "/v1/policy", Summary: "Put a version in force that somebody else drafted.", In: PolicyChosen{}, Most: 1 << 10, Out: Policy{}, do: publishPolicy},
		{Method: "GET", Path: "/v1/playbooks", Act: access.ReadRules, Summary: "The versions of the playbooks.", Query: []Param{{Name: "name", Text: "Only this one.", Enum: casework.PlaybookIDs}, langParam}, Out: Playbooks{}, do: listPlaybooks},
		{Method: "POST", Path: "/v1/playbooks", Act: access.EditPolicy, Summary: "Draft a version of a playbook.", Text: "One that cannot be read is refused with its line. No version opens what is sealed, lengthens a clock of the law or takes the second signature away.",
			Query: []Param{langParam}, In: PlaybookDraft{}, Most: 512 << 10, Out: Playbook{}, Status: 201, Once: onceRequired, do: draftPlaybook},
		{Method: "POST", Path: "/v1/playbooks/publish", Act: access.EditPolicy, Condition: "/v1/playbooks", Summary: "Put a version of a playbook in force that somebody else drafted.", Query: []Param{langParam}, In: PlaybookChosen{}, Most: 1 << 10, Out: Playbook{}, do: publishPlaybook},
		{Method: "GET", Path: "/v1/checks", Act: access.ReadRules, Summary: "The catalogue of checks.", Query: []Param{langParam}, Out: Rules{}, do: listRules},

		{Method: "GET", Path: "/v1/audit/entries", Act: access.ReadAudit, Summary: "Read the audit.", Query: append([]Param{{Name: "object", Text: "Only entries about one object: kind/id."}}, pageParams...), Out: Entries{}, do: listEntries},
		{Method: "GET", Path: "/v1/audit/checkpoint", Act: access.ReadCheckpoints, Summary: "The signed head of the audit's tree.", Out: Checkpoint{}, do: readCheckpoint},
		{Method: "GET", Path: "/v1/audit/proof", Act: access.ReadCheckpoints, Summary: "Prove that an entry stands in the tree, or that the tree only grew.",
			Query: []Param{{Name: "entry", Text: "The number of an entry: inclusion.", Number: true}, {Name: "from", Text: "An earlier size: consistency.", Number: true}, {Name: "size", Text: "The size of the tree; the present one unless said.", Number: true}},
			Out:   Proof{}, do: readProof},

		{Method: "POST", Path: "/v1/webhooks", Act: access.ManageWebhooks, Summary: "Ask for messages to an address (Standard Webhooks).", Text: "Nothing is sent there until another person has confirmed it.", In: Subscribe{}, Most: 8 << 10, Out: Webhook{}, Status: 201, Once: onceRequired, Fresh: true, do: addWebhook},
		{Method: "GET", Path: "/v1/webhooks", Act: access.ManageWebhooks, Summary: "List subscriptions, and what waits to be confirmed.", Out: Webhooks{}, do: listWebhooks},
		{Method: "PUT", Path: "/v1/webhooks/{id}", Act: access.ManageWebhooks, Summary: "Ask for another address or other messages of a subscription.", Text: "It goes on as it is until another person has confirmed that.", In: Subscribe{}, Most: 8 << 10, Out: Webhook{}, Object: "webhook", Fresh: true, Condition: "/v1/webhooks", do: changeWebhook},
		{Method: "POST", Path: "/v1/webhooks/{id}/confirm", Act: access.ManageWebhooks, Summary: "Confirm what somebody else asked for: from now on messages go there.", Out: Webhook{}, Object: "webhook", Fresh: true, Condition: "/v1/webhooks", do: confirmWebhook},
		{Method: "DELETE", Path: "/v1/webhooks/{id}", Act: access.ManageWebhooks, Summary: "End a subscription.", Status: 204, Object: "webhook", do: removeWebhook},

		{Method: "GET", Path: "/v1/connectors", Act: access.ReadConnectors, Summary: "How every connector fares: how late, failing since when, expired.", Out: Connectors{}, do: listConnectors},
		{Method: "GET", Path: "/v1/limits", Act: access.ReadLookups, Summary: "Read what connectors may ask outside, and what waits to be confirmed.", Out: MayAsk{}, do: readLimits},
		{Method: "PUT", Path: "/v1/limits", Act: access.ManageLimits, Summary: "Ask that connectors may ask more, or less.", Text: "What is narrower is in force at once; what is wider waits until another person has confirmed it.", In: AskMore{}, Most: 32 << 10, Out: MayAsk{}, Fresh: true, Condition: "/v1/limits", do: setLimits},
		{Method: "POST", Path: "/v1/limits/confirm", Act: access.ManageLimits, Summary: "Confirm what somebody else asked for: from now on connectors may ask it.", Out: MayAsk{}, Fresh: true, Condition: "/v1/limits", do: confirmLimits},
		{Method: "GET", Path: "/v1/lookups", Act: access.ReadLookups, Summary: "What was asked outside, by connectors and by the house itself, on what occasion, newest first.", Query: []Param{{Name: "before", Text: "Only those before this moment (RFC 3339)."}}, Out: Lookups{}, do: listLookups},

		{Method: "GET", Path: "/v1/me", Act: access.ReadMe, Summary: "Who is asking, and what they may do.", Out: Me{}, do: readMe},
		{Method: "POST", Path: "/v1/session", Open: true, Summary: "Sign in with a link that was given out once.", In: SignIn{}, Most: 2 << 10, Out: Me{}, do: signIn},
		{Method: "GET", Path: "/v1/session/oidc/{id}", Open: true, Summary: "Go to the tenant's provider to sign in.", Status: 303, do: beginOIDC},
		{Method: "GET", Path: "/v1/session/oidc/{id}/back", Open: true, Summary: "Come back from the provider, signed in.", Status: 303,
			Query: []Param{{Name: "code", Text: "By the provider."}, {Name: "state", Text: "Ours."}, {Name: "iss", Text: "By the provider."}, {Name: "session_state", Text: "By the provider."},
				{Name: "scope", Text: "By the provider."}, {Name: "authuser", Text: "By the provider."}, {Name: "hd", Text: "By the provider."}, {Name: "prompt", Text: "By the provider."},
				{Name: "error", Text: "By the provider."}, {Name: "error_description", Text: "By the provider."}}, do: finishOIDC},
		{Method: "DELETE", Path: "/v1/session", Act: access.ReadMe, Summary: "Sign out.", Status: 204, do: signOut},
		{Method: "GET", Path: "/v1/openapi.yaml", Open: true, Summary: "This contract.", Out: "", OutMedia: "application/yaml", do: readContract},
		{Method: "GET", Path: "/healthz", Open: true, Probe: true, Summary: "Is the process alive?", Out: "", OutMedia: "text/plain", do: readHealth},
		{Method: "GET", Path: "/readyz", Open: true, Probe: true, Summary: "Does it take requests?", Out: "", OutMedia: "text/plain", do: readReady},
	}
}

func viewWords() (all []string) {
	for _, w := range casework.Views {
		all = append(all, w.Name)
	}
	return all
}

func stateWords() []string {
	var all []string
	for _, s := range record.CaseStates {
		all = append(all, string(s))
	}
	return all
}
