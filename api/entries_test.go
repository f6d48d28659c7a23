package api

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"bonafide/record"
	"bonafide/store"
)

// TestEveryReadingIsAnEntry: each route that shows or changes something about a
// person, or about the house, leaves an entry by the caller. A route that does
// not must stand in the list below, with its reason.
func TestEveryReadingIsAnEntry(t *testing.T) {
	none := map[string]string{
		"GET /v1/me": "shows the caller to themselves", "GET /v1/lists": "no person", "GET /v1/policy": "no person", "GET /v1/playbooks": "no person", "GET /v1/checks": "no person",
		"GET /v1/jobs/{id}": "counts and ids of the caller's own upload", "GET /v1/jobs/{id}/lines": "counts and ids of the caller's own upload",
		"GET /v1/audit/checkpoint": "hashes; an entry would make it stale at once", "GET /v1/audit/proof": "hashes and one entry",
	}
	w := newWorld(t)
	everyone, second := w.person("one", record.StaffRoles[:]...), w.person("one", record.RoleProtection, record.RoleAdmin)
	third := w.person("one", record.RoleLead)
	things := w.things("one", everyone, second)
	count := func() (n int64) {
		ok(t, w.store.Integrate(context.Background())) // on PostgreSQL entries wait a moment beside the tree
		ok(t, w.store.View(context.Background(), operator("one"), func(tx *store.Tx) error {
			for {
				page, err := tx.Entries(store.EntryFilter{After: n - 1, Limit: 1000})
				if err != nil || len(page) == 0 {
					return err
				}
				n = page[len(page)-1].Seq + 1
			}
		}))
		return n
	}
	for i, rt := range Routes() {
		if rt.Open || strings.HasPrefix(rt.Path, "/v1/session") {
			continue
		}
		if rt.InMedia == "application/octet-stream" || rt.InMedia == "message/rfc822" {
			continue // a file, a mail: their own tests
		}
		path := strings.ReplaceAll(rt.Path, "{id}", things[rt.Object])
		if rt.Path == "/v1/audit/proof" {
			path += "?entry=0"
		}
		h := map[string]string{"Idempotency-Key": fmt.Sprint("n", i), "Content-Type": rt.inMedia()}
		var body []byte
		switch {
		case rt.In != nil:
			body = []byte(strings.ReplaceAll(string(w.body(rt, things["subject"], things["case"], everyone)), "form/1", "form/t1"))
		case rt.takesBody():
			body = []byte("{}\n")
		default:
			h["Content-Type"] = ""
		}
		if rt.Condition != "" {
			h["If-Match"] = "*"
		}
		caller := everyone
		switch {
		case strings.HasSuffix(rt.Path, "/approve") || strings.HasSuffix(rt.Path, "/confirm"):
			caller = second
		case strings.HasSuffix(rt.Path, "/publish"):
			caller = third
		}
		before := count()
		if r := w.ask(rt.Method, path, body, caller, h); r.status != rt.status() {
			t.Errorf("%s %s: %d %s", rt.Method, path, r.status, r.body)
			continue
		}
		grown := count() - before
		if _, exempt := none[rt.Method+" "+rt.Path]; exempt != (grown == 0) {
			t.Errorf("%s %s left %d entries", rt.Method, rt.Path, grown)
		}
	}
}
