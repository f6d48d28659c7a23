package store

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"bonafide/record"
)

// TestSmallDisk fills a disk of 64 MiB to the last byte: nothing acknowledged is
// lost, reading goes on, people can still work because room was set aside for
// them, and when the disk grows systems are let in again without a restart.
func TestSmallDisk(t *testing.T) {
	disk := t.TempDir()
	mount := func(options string) error {
		return exec.Command("mount", "-t", "tmpfs", "-o", options, "none", disk).Run()
	}
	if err := mount("size=64m"); err != nil {
		t.Skip("NOT TESTED: a disk of 64 MiB, because this process may not mount one")
	}
	defer exec.Command("umount", "-l", disk).Run()
	dir := filepath.Join(disk, "house")
	b := openBench(t, Options{Path: dir})
	defer b.Close()
	system := record.Actor{Kind: record.ActorKey, ID: "k", Tenant: "acme"}
	put := func(by record.Actor, name string, size int) error {
		return b.Update(ctx, by, func(x *Tx) error {
			x.Did("setting.save", "setting/"+name, "")
			_, err := x.SaveSetting(name, 0, bytes.Repeat([]byte{7}, size))
			return err
		})
	}
	var acked []string
	var err error
	for n := 0; n < 2000 && err == nil; n++ {
		name := "s" + itoa(n)
		if err = put(system, name, 100_000); err == nil {
			acked = append(acked, name)
		}
	}
	want(t, err, record.CodeUnavailable)
	want(t, put(system, "more", 10), record.CodeUnavailable)
	there := func() {
		t.Helper()
		b.do(func(x *Tx) error { // a person reads, and that leaves an entry: it is written
			for _, name := range acked {
				if v, err := x.Setting(name); err != nil || len(v.Value) != 100_000 {
					t.Fatalf("%s was acknowledged and is lost: %v", name, err)
				}
			}
			return nil
		})
	}
	there()
	for n := range 20 {
		if err := put(ann("acme"), "p"+itoa(n), 10_000); err != nil {
			t.Fatalf("a person cannot work on a full disk: %v", err)
		}
	}
	b.do(func(x *Tx) error { _, _, err := x.AddJob(Job{Kind: "screen"}); return err })
	if jobs, err := b.Claim(ctx, "w", nil, time.Minute, 1); err != nil || len(jobs) > 0 {
		t.Errorf("jobs do not rest: %d, %v", len(jobs), err)
	}
	if err := mount("remount,size=160m"); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		if err = put(system, "again", 100_000); err == nil {
			acked = append(acked, "again")
			break
		}
		if time.Now().After(end) {
			t.Fatalf("there is room and systems are not let in: %v", err)
		}
	}
	there()
	if info, err := os.Stat(filepath.Join(dir, "reserve")); err != nil || info.Size() != reserveSize {
		t.Errorf("no room is set aside again: %v", err)
	}
	if r, err := b.VerifyAudit(context.Background(), "acme", nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("the audit: %+v, %v", r, err)
	}
	t.Logf("%d acknowledged, all there", len(acked))
}
