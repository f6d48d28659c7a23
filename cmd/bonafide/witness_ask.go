package main

import (
	"context"
	"net/http"
	"net/url"
	"os"

	"bonafide/audit"
	"bonafide/egress"
	"bonafide/record"
	"bonafide/store"
)

// witness hands the head to the folder, or to the witness that is asked and whose
// signatures the folder keeps.
func (c *AuditWitnessCmd) witness(ctx context.Context, s *store.Store, kept audit.FileWitness) ([]byte, error) {
	if c.Ask == "" {
		return s.Witness(ctx, c.Tenant, kept)
	}
	key, err := os.ReadFile(c.Key)
	if err != nil {
		return nil, &record.Error{Code: record.CodeNotFound, Where: "--witness-key", Message: "cannot be read"}
	}
	u, err := url.Parse(c.Ask)
	if err != nil || u.Hostname() == "" {
		return nil, exit{exitUsage, "--ask is no address"}
	}
	net := egress.New(egress.Config{Hosts: []string{u.Hostname()}, Budget: 2, MaxBytes: 64 << 10, Private: c.Inside, Agent: "bonafide audit witness"},
		egress.Occasion{Tenant: c.Tenant, Act: "audit.witness", By: "witness", Own: true}, s.KeepLookup)
	return s.Witness(ctx, c.Tenant, audit.AskedWitness{FileWitness: kept, Key: string(key), Post: func(body []byte) (int, []byte, error) {
		r, err := net.Call(ctx, egress.Call{Method: http.MethodPost, URL: c.Ask, Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}}, Body: body})
		return r.Status, r.Body, err
	}})
}
