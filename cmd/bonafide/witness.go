package main

import (
	"context"
	"log/slog"

	"bonafide/record"
	"bonafide/store"
)

// witnessed is what serve is told of its witnesses.
type witnessed struct {
	Witness     []string `placeholder:"FILE" type:"existingfile" env:"BONAFIDE_WITNESSES" help:"What a witness kept of the audit; repeat for more. A record that does not continue it is not served."`
	Acknowledge string   `placeholder:"REASON" name:"acknowledge-rollback" help:"Serve a record that a witness saw further on: what came after is lost, and that is accepted. A ticket; it goes into the audit."`
}

// check refuses a record that was set back or rewritten since a witness saw it.
func (c *witnessed) check(ctx context.Context, s *store.Store, log *slog.Logger) error {
	all, err := witnesses(c.Witness)
	if err != nil {
		return err
	}
	if err := s.Integrate(ctx); err != nil {
		return err
	}
	err = s.CheckWitness(ctx, all)
	if record.CodeOf(err) != record.CodeRefused {
		return err
	}
	if c.Acknowledge == "" {
		return exit{exitFailed, err.Error() + "\nRestore the newest backup, or, where what is lost is known and accepted, give --acknowledge-rollback REASON"}
	}
	log.Warn("a witness saw more than this record holds, or something else; acknowledged", "reason", c.Acknowledge)
	return s.Update(ctx, operator(store.House), func(t *store.Tx) error {
		t.Note(record.Entry{Act: "audit.rollback.acknowledge", Object: "tenant/" + store.House, Why: c.Acknowledge, Done: true})
		_, err := t.Tenants()
		return err
	})
}
