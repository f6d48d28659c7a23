// Package web is the house as pages: the reviewers' desk, sign-in, settings.
// Every page works without script; script makes it faster. One file per page,
// <noun>_<verb>.go beside its template of the same name. It holds no rule: what
// may be done stands in casework and access, and it never sees the store,
// because reading is logged.
//
// A page never carries a style or a script of its own, loads nothing from
// elsewhere, and puts no personal value into an address.
//
// To add a page: a function and a template in files of its name, a line in
// routes, its words in words.go in three languages.
package web

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
)

// Server shows the pages. Its fields are set before Handler and not changed.
type Server struct {
	Desk    *casework.Desk
	Door    *access.Door
	Log     *slog.Logger
	Now     func() time.Time
	Secure  bool           // reached over TLS
	Version string         // of the program, for the foot
	Example bool           // the record holds invented people: said on every page
	Keeper  *screen.Keeper // turns a typed value into the digests under which linking finds it
	// Rules are the checks, for the page that prints them.
	Rules []report.Check
	// Portal is the pages of the people whom cases are about; nil: there are none.
	Portal *Portal

	pages  map[record.Lang]*template.Template
	assets *assets

	present presence
}

//go:embed *.tmpl
var templates embed.FS

// Handler is the desk on every path of routes; everything else is a page that
// says so.
func (s *Server) Handler() (http.Handler, error) {
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	var err error
	if s.assets, err = readAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = parsePages(s.assets); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, rt := range s.routes() {
		mux.Handle(rt.pattern, s.wrap(rt))
	}
	across := http.NewCrossOriginProtection()
	if s.Portal != nil {
		for _, rt := range portalRoutes() {
			mux.Handle(rt.pattern, s.asGuest(rt))
		}
		across.AddInsecureBypassPattern("POST /wallet/{id}/answer") // a wallet's own page may post it; it brings no cookie
	}
	mux.HandleFunc("GET /static/{name}", s.assets.serve)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.begin(w)
		s.sorry(w, r, http.StatusNotFound, nil)
	})
	// Whoever comes from another site brings no cookie with effect.
	return across.Handler(mux), nil
}

type route struct {
	pattern string
	act     access.Act // empty: open to everybody
	do      func(*visit) error
}

func (s *Server) routes() []route {
	return []route{
		{"GET /{$}", access.ReadMe, home},
		{"GET /sign-in", "", signInShow},
		{"GET /sign-in/{token}", "", signInLinkShow},
		{"POST /sign-in/{token}", "", signInLink},
		{"POST /sign-out", access.ReadMe, signOut},
		{"POST /sign-in-key", "", signInKey},
		{"POST /sign-in-key/begin", "", signInKeyBegin},

		{"GET /queue", access.ListCases, queueShow},
		{"GET /tour/{step}", access.ListCases, tourStep},
		{"POST /tour", access.ListCases, tourPut},
		{"POST /queue/ask", access.ListCases, queueAsk},
		{"POST /queue/filter", access.ListCases, filterSave},
		{"POST /requests/{id}/withdraw", access.ReadCase, requestWithdraw},
		{"GET /cases/{id}", access.ReadCase, caseShow},
		{"POST /cases/{id}/claim", access.ReadCase, caseClaim},
		{"POST /cases/{id}/ask", access.ReadCase, caseAsk},
		{"POST /cases/{id}/decide", access.ReadCase, caseDecide},
		{"POST /cases/{id}/note", access.ReadCase, caseNote},
		{"POST /cases/{id}/release", access.WorkCase, caseRelease},
		{"POST /cases/{id}/task", access.WorkCase, caseTask},
		{"POST /tasks/{id}/finish", access.WorkCase, taskFinish},
		{"POST /cases/{id}/evidence", access.MakeEvidence, evidencePropose},
		{"POST /evidence/{id}/make", access.MakeEvidence, evidenceMake},
		{"GET /files/{id}", access.ReadCase, fileShow},
		{"GET /files/{id}/picture", access.ReadCase, filePicture},
		{"POST /decisions/{id}/{verb}", access.ReadCase, decisionSettle},
		{"GET /cases/{id}/guides/{playbook}", access.ReadCase, guideShow},
		{"POST /cases/{id}/guides/{playbook}", access.ReadCase, guideStep},
		{"GET /cases/{id}/proofs", access.ReadCase, proofShow},
		{"POST /cases/{id}/proofs", access.ReadCase, proofAdd},
		{"GET /cases/{id}/offboarding", access.WorkCase, offboardShow},
		{"POST /cases/{id}/offboarding", access.WorkCase, offboardChange},
		{"GET /cases/{id}/settlement", access.WorkCase, settleShow},
		{"POST /cases/{id}/settlement", access.WorkCase, settleStep},
		{"GET /cases/{id}/siblings", access.WorkCase, siblingsShow},
		{"POST /cases/{id}/siblings", access.WorkCase, tieChange},
		{"GET /cases/{id}/circle", access.WorkCase, circleShow},
		{"POST /cases/{id}/circle", access.WorkCase, circleChange},
		{"GET /cases/{id}/demand", access.WorkCase, demandShow},
		{"POST /cases/{id}/demand", access.WorkCase, demandTake},
		{"GET /cases/{id}/indicators/{form}", access.WorkCase, indicatorsGive},
		{"GET /cases/{id}/drafts", access.WorkCase, papersShow},
		{"GET /cases/{id}/drafts/{paper}", access.WorkCase, paperShow},
		{"GET /hand-in", access.AddApplication, handInShow},
		{"POST /hand-in", access.AddApplication, handInTake},
		{"GET /hand-in/{id}", access.ReadJob, handInProgress},
		{"GET /cases/{id}/hand-in", access.ReadCase, handInShow},
		{"POST /cases/{id}/hand-in", access.ReadCase, handInTake},
		{"GET /papers", access.ReadPapers, papersShow},
		{"GET /papers/{paper}", access.ReadPapers, paperShow},
		{"GET /operators/{id}", access.ReadCluster, operatorShow},
		{"GET /operators/{id}/graph", access.ReadCluster, operatorGraph},
		{"POST /search", access.SearchValue, searchShow},
		{"GET /search", access.SearchValue, searchShow},
		{"GET /audit", access.ReadAudit, auditShow},
		{"GET /connectors", access.ReadConnectors, connectorsShow},
		{"POST /connectors/limits/{verb}", access.ManageLimits, limitsChange},
		{"GET /rules", access.ReadRules, rulesShow},
		{"GET /policy", access.ReadRules, policyShow},
		{"GET /policy/terms", access.EditPolicy, policyEdit},
		{"POST /policy/terms", access.EditPolicy, policyFormTake},
		{"POST /policy/{verb}", access.EditPolicy, policyChange},
		{"GET /playbooks", access.ReadRules, playbookShow},
		{"GET /playbooks/{name}", access.ReadRules, playbookShow},
		{"POST /playbooks/{name}/{verb}", access.EditPolicy, playbookChange},
		{"GET /statistics", access.ReadStatistics, statisticsShow},
		{"GET /settings", access.ReadMe, settingsShow},
		{"POST /settings", "", settingsSave},
		{"GET /settings/webhooks", access.ManageWebhooks, webhookShow},
		{"POST /settings/webhooks", access.ManageWebhooks, webhookAdd},
		{"POST /settings/webhooks/{id}/{verb}", access.ManageWebhooks, webhookChange},
		{"GET /live", access.ListCases, live},
		{"POST /reports", "", reportTake},
	}
}
