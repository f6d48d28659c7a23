package store

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestSettingFolders: names are found by their folder, in an index, whatever else
// there is; also those that an older node wrote, which knows no folder.
func TestSettingFolders(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		b.do(func(x *Tx) error {
			for n := range 3000 {
				if _, err := x.SaveSetting("tie/s"+itoa(n)+"/other", 0, []byte("1")); err != nil {
					return err
				}
			}
			for _, name := range []string{"hook/a", "hook/b", "hook/b/deeper", "hook"} {
				if _, err := x.SaveSetting(name, 0, []byte("1")); err != nil {
					return err
				}
			}
			x.Did("setting.save", "tenant/acme", "")
			return nil
		})
		check := func(what string, x *Tx, want []string, folders ...string) {
			t.Helper()
			if got, err := x.SettingNames(folders...); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, %v", what, got, err)
			}
		}
		all := func(what string) {
			t.Helper()
			b.do(func(x *Tx) error {
				check(what, x, []string{"hook/a", "hook/b"}, "hook/")
				check(what, x, []string{"tie/s2999/other"}, "tie/s2999/")
				check(what, x, []string{"hook/a", "hook/b", "hook/b/deeper", "tie/s7/other"}, "tie/s7/", "hook/", "hook/b/", "none/")
				check(what, x, nil, "tie/", "hoo", "%/")
				check(what, x, nil)
				x.Did("setting.list", "tenant/acme", "")
				return nil
			})
		}
		all("filed")
		explain := "explain "
		if b.engine.name() == "sqlite" {
			explain = "explain query plan "
		}
		var plan strings.Builder
		b.do(func(x *Tx) error {
			x.Did("setting.list", "tenant/acme", "")
			return x.each(explain+"select name from settings where tenant = $1 and folder in ($2, $3)", func(s scan) error {
				var line string
				if b.engine.name() != "sqlite" {
					err := s(&line)
					plan.WriteString(line + "\n")
					return err
				}
				var id, parent, unused int
				err := s(&id, &parent, &unused, &line)
				plan.WriteString(line + "\n")
				return err
			}, "", "tie/s7/")
		})
		if !strings.Contains(plan.String(), "settings_folder") {
			t.Errorf("the folder is not sought in its index:\n%s", &plan)
		}
		b.do(func(x *Tx) error {
			x.Did("setting.save", "tenant/acme", "")
			_, err := x.exec("update settings set folder = '' where tenant = $1 and name <> 'hook/a'")
			return err
		})
		all("written by an older node")
		if _, err := b.Expire(ctx, "acme"); err != nil {
			t.Fatal(err)
		}
		all("filed later")
		b.do(func(x *Tx) error {
			x.Did("setting.list", "tenant/acme", "")
			n, err := x.count("select count(*) from settings where tenant = $1 and folder = ''")
			if n != 1 {
				t.Errorf("%d settings without a folder, of which one has none", n)
			}
			return err
		})
	})
}

// TestForgotten: a setting that held keys goes with all its versions and can be
// made anew, its tokens open nothing any more, a cursor is gone; what others have
// of the same name stays.
func TestForgotten(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		kept := func(tenant string) (n int) {
			t.Helper()
			if err := b.Update(ctx, ann(tenant), func(x *Tx) error {
				x.Did("test.read", "tenant/"+tenant, "")
				all, err := x.Settings("hook/a")
				n = len(all)
				for _, look := range []func() error{
					func() error { _, err := x.Cursor("c"); return err },
					func() error { _, err := x.LookToken([]byte("t"+tenant), "hook"); return err },
				} {
					if look() == nil {
						n++
					}
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		for _, tenant := range []string{"acme", "other"} {
			if err := b.Update(ctx, ann(tenant), func(x *Tx) error {
				x.Did("hook.save", "hook/a", "")
				for v := range int64(2) {
					if _, err := x.SaveSetting("hook/a", v, []byte("key")); err != nil {
						return err
					}
				}
				if err := x.SaveCursor("c", nil); err != nil {
					return err
				}
				return x.AddToken([]byte("t"+tenant), Token{Purpose: "hook", Object: "hook/a", Expires: x.Now().Add(time.Hour)})
			}); err != nil {
				t.Fatal(err)
			}
		}
		forget := func(x *Tx) error {
			x.Did("hook.remove", "hook/a", "")
			if err := x.ForgetSetting("hook/a"); err != nil {
				return err
			}
			if err := x.EndTokens("hook", "hook/a"); err != nil {
				return err
			}
			return x.ForgetCursor("c")
		}
		b.do(forget)
		if mine, theirs := kept("acme"), kept("other"); mine != 0 || theirs != 4 {
			t.Errorf("%d left, and %d of another tenant's four", mine, theirs)
		}
		want(t, b.Update(ctx, ann("acme"), forget), "not found")
		b.do(func(x *Tx) error {
			x.Did("hook.save", "hook/a", "")
			_, err := x.SaveSetting("hook/a", 0, []byte("another key"))
			return err
		})
	})
}

// TestQueue: what waits for a target comes out in its order, for that target only;
// what was set aside waits apart; a person who is erased takes theirs along.
func TestQueue(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		one, two := b.subject("a1"), b.subject("a2")
		var ids []string
		b.do(func(x *Tx) error {
			x.Did("test.do", "tenant/acme", "")
			for i, m := range []Message{{Target: "x", Subject: one, Body: []byte("1")}, {Target: "x", Body: []byte("2")}, {Target: "y", Body: []byte("3")}, {Target: "x", Subject: two, Body: []byte("4")}} {
				m.Topic = "lines"
				id, err := x.Queue(m)
				if err != nil {
					return err
				}
				if ids = append(ids, id); i == 3 {
					return nil
				}
			}
			return nil
		})
		waits := func(topic, target string) (all string) {
			t.Helper()
			b.do(func(x *Tx) error {
				x.Did("test.read", "tenant/acme", "")
				list, err := x.Queued(topic, target, 10)
				var found []string
				for _, m := range list {
					found = append(found, string(m.Body))
				}
				slices.Sort(found) // of one moment their order is that of their ids
				all = strings.Join(found, "")
				n, oldest, err2 := x.QueueLength(topic, target)
				if err2 != nil || int(n) != len(list) || n > 0 == oldest.IsZero() {
					t.Errorf("%d of %d wait since %v, %v", n, len(list), oldest, err2)
				}
				return err
			})
			return all
		}
		if x, y := waits("lines", "x"), waits("lines", "y"); x != "124" || y != "3" {
			t.Errorf("%s and %s wait", x, y)
		}
		b.do(func(x *Tx) error {
			x.Did("test.do", "tenant/acme", "")
			if err := x.Requeue("lines", "aside", "x", ids[1]); err != nil {
				return err
			}
			return x.Unqueue([]string{ids[0]})
		})
		if x, aside := waits("lines", "x"), waits("aside", "x"); x != "4" || aside != "2" {
			t.Errorf("%s wait and %s aside", x, aside)
		}
		b.do(func(x *Tx) error { x.Did("test.do", "tenant/acme", ""); return x.Requeue("aside", "lines", "x") })
		b.do(func(x *Tx) error {
			x.Did("subject.erase", "subject/"+two, "")
			_, err := x.Erase(two, "test", "")
			return err
		})
		if x := waits("lines", "x"); x != "2" {
			t.Errorf("%s wait after an erasure", x)
		}
		b.do(func(x *Tx) error { x.Did("test.do", "tenant/acme", ""); return x.EmptyQueue("lines", "x") })
		if x, y := waits("lines", "x"), waits("lines", "y"); x != "" || y != "3" {
			t.Errorf("%s and %s wait at the end", x, y)
		}
	})
}
