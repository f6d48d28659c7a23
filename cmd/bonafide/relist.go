package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"bonafide/lists"
	"bonafide/record"
	"bonafide/screen"
)

// relistEvery is how often the folder of lists is looked at.
const relistEvery = time.Minute

// watchLists puts the lists of a folder in force when they have changed, and once
// a day, because lists grow old. What cannot be read leaves those in force that
// are: a half-written file must not look like a list that is gone.
func watchLists(ctx context.Context, folder string, k *screen.Keeper, log *slog.Logger, every time.Duration) {
	if folder == "" {
		return // a node that was given none says nothing of those of others
	}
	if err := k.ListsInForce(ctx); err != nil {
		log.Error("which lists are in force cannot be noted", "code", string(record.CodeOf(err)))
	}
	was, kept := folderState(folder, time.Now()), len(k.Lists(time.Now()))
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
		now := folderState(folder, time.Now())
		if now == was {
			continue
		}
		set, bad := lists.Load(os.DirFS(folder), time.Now())
		if now != folderState(folder, time.Now()) {
			continue // still being written
		}
		was = now
		for _, p := range bad {
			log.Warn("a list cannot be read", "why", p.Error())
		}
		if n := len(set.Uses()); len(bad) > 0 && n < kept {
			log.Warn("fewer lists can be read than are in force; those stay", "read", n, "in force", kept)
			continue
		}
		kept = len(set.Uses())
		changed, err := k.Relist(ctx, set)
		if err != nil {
			log.Error("other lists are in force, but whom they touch cannot be noted", "code", string(record.CodeOf(err)))
			was = "" // again in a moment
			continue
		}
		log.Info("other lists are in force", "changed", len(changed.Lists), "wallets", len(changed.Wallets), "all-asked", changed.Any)
	}
}

// folderState tells two states of a folder apart by names, sizes and times, and two days.
func folderState(folder string, now time.Time) string {
	h := sha256.New()
	fmt.Fprintln(h, now.UTC().Format(time.DateOnly))
	_ = fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what cannot be read is told by Load
		}
		if info, err := d.Info(); err == nil {
			fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return hex.EncodeToString(h.Sum(nil))
}
