package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bonafide/checks"
	"bonafide/lists"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// TestWatchLists: a list that is put into the folder is in force soon after, and
// a file that breaks leaves those in force that are.
func TestWatchLists(t *testing.T) {
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	s, err := store.Open(ctx, store.Options{Path: t.TempDir(), Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: store.House}, "main", "EU"); err != nil {
		t.Fatal(err)
	}
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("sanctioned_addresses_ETH.txt", "0x52908400098527886E0F7030069857D2E4169EE7\n")
	set, bad := lists.Load(os.DirFS(folder), time.Now())
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	k := &screen.Keeper{Screen: &screen.Screen{Checks: runner, Policy: policy.Default(), Lists: set}, Store: s}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		watchLists(ctx, folder, k, slog.New(slog.DiscardHandler), 10*time.Millisecond)
	}()
	defer func() { stop(); <-ended }()
	names := func() (n int) { return len(k.Lists(time.Now())) }
	until := func(what string, ok func() bool) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal(what)
			}
		}
	}
	time.Sleep(30 * time.Millisecond) // it has looked once
	write("lists.json", `{"lists":[{"file":"sanctioned_addresses_ETH.txt"},{"file":"tor.txt","class":"tor","name":"tor"}]}`)
	write("tor.txt", "203.0.113.7\n")
	until("a new list is not in force", func() bool { return names() == 2 })
	write("tor.txt", "<html><body>moved</body></html>")
	time.Sleep(200 * time.Millisecond)
	if names() != 2 {
		t.Error("a file that broke took a list out of force")
	}
}
