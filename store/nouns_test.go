package store

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"bonafide/record"
)

func TestLinkKeys(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		one, two := b.subject("a1"), b.subject("a2")
		var many []LinkKey
		for i := range 700 { // more than fit one statement
			many = append(many, LinkKey{uint64(i) | 1<<63, record.KindCareer, uint8(i)})
		}
		b.do(func(t *Tx) error { return t.SaveLinkKeys(one, day, append(many, LinkKey{7, record.KindPhone, 0})) })
		b.do(func(t *Tx) error {
			return t.SaveLinkKeys(two, day, []LinkKey{{7, record.KindPhone, 1}, {1<<63 + 5, record.KindCareer, 0}})
		})
		b.do(func(t *Tx) error {
			return t.SaveEdges(one, []Edge{{Other: two, Kind: record.KindPhone, Strength: record.Strong}})
		})
		b.do(func(t *Tx) error { return t.SaveProfile(one, []byte("profile")) })
		b.do(func(x *Tx) error {
			held, err := x.Holders([]uint64{7, 1<<63 + 5, 99}, 10)
			if err != nil || len(held) != 4 || held[3].Value != 1<<63+5 || !held[0].At.Equal(day) {
				t.Errorf("%+v, %v", held, err)
			}
			counts, err := x.HolderCount([]uint64{7, 99}, 10)
			if err != nil || counts[7] != 2 || counts[99] != 0 {
				t.Errorf("%v, %v", counts, err)
			}
			edges, err := x.Edges(two)
			if err != nil || len(edges) != 1 || edges[0].Strength != record.Strong {
				t.Errorf("%+v, %v", edges, err)
			}
			p, err := x.Profiles([]string{one, two})
			if len(p) != 1 || string(p[one]) != "profile" {
				t.Errorf("%v", p)
			}
			return err
		})
		b.View(ctx, ann("other"), func(x *Tx) error {
			if held, _ := x.Holders([]uint64{7}, 10); len(held) != 0 {
				t.Error("another tenant's keys are seen")
			}
			return nil
		})
	})
}

func TestSearchEventsFiles(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		one, two := b.subject("a1"), b.subject("a2")
		b.do(func(t *Tx) error { return t.SaveTerms(one, []Term{{"mail", "x@example.org"}, {"name", "petrel"}}) })
		b.do(func(t *Tx) error { return t.SaveTerms(two, []Term{{"name", "petrel"}}) })
		found := func(tenant string, terms ...Term) (ids []string) {
			b.View(ctx, ann(tenant), func(x *Tx) (err error) { ids, err = x.Search(terms, 10); return err })
			return ids
		}
		if ids := found("acme", Term{"name", "petrel"}); len(ids) != 2 {
			t.Errorf("%v", ids)
		}
		if ids := found("acme", Term{"name", "petrel"}, Term{"mail", "x@example.org"}); len(ids) != 1 || ids[0] != one {
			t.Errorf("%v", ids)
		}
		if ids := append(found("other", Term{"name", "petrel"}), found("acme", Term{"mail", "petrel"})...); len(ids) != 0 {
			t.Errorf("%v", ids)
		}
		event := Event{Source: "idp", Key: "e1", Subject: one, Kind: "session", At: day, Body: []byte(`{"ip":"192.0.2.1"}`)}
		var again bool
		b.do(func(t *Tx) error { _, _, err := t.SaveEvent(event); return err })
		b.do(func(t *Tx) (err error) { _, again, err = t.SaveEvent(event); return err })
		body := bytes.Repeat([]byte("canary file "), 60_000) // three parts
		var f File
		b.do(func(t *Tx) (err error) { f, _, err = t.SaveFile(one, "resume", "lebenslauf.pdf", body); return err })
		var same bool
		b.do(func(t *Tx) (err error) { _, same, err = t.SaveFile(one, "resume", "again.pdf", body); return err })
		b.do(func(t *Tx) (err error) { _, _, err = t.SaveFile(two, "resume", "mine.pdf", body); return err })
		b.do(func(x *Tx) error {
			all, err := x.Events(one, 0)
			if err != nil || len(all) != 1 || !again || string(all[0].Body) != string(event.Body) || all[0].Key != "e1" {
				t.Errorf("%+v, %v", all, err)
			}
			var out bytes.Buffer
			if err := x.WriteFile(f.ID, &out); err != nil || !bytes.Equal(out.Bytes(), body) {
				t.Errorf("the file differs: %v", err)
			}
			files, err := x.Files(one)
			if err != nil || !same || len(files) != 1 || files[0].Name != "lebenslauf.pdf" {
				t.Errorf("%+v, %v", files, err)
			}
			who, err := x.SameFile(body)
			if len(who) != 2 {
				t.Errorf("%v", who)
			}
			return err
		})
	})
}

func TestWorkOnACase(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		c := b.openCase("a1")
		var r Request
		var k Task
		b.do(func(t *Tx) error { _, err := t.AddNote(c.ID, "canary note"); return err })
		b.do(func(t *Tx) (err error) {
			k, err = t.AddTask(Task{Case: c.ID, Kind: "call", Assignee: "ann", Text: "canary task"})
			return err
		})
		b.do(func(t *Tx) (err error) {
			r, err = t.AddRequest(Request{Case: c.ID, Kind: "document", Ask: "canary ask", Due: b.clock.now().Add(time.Hour)})
			return err
		})
		b.do(func(t *Tx) error { return t.SetTask(k.ID, "open", "done", "ann") })
		want(t, b.try("acme", func(t *Tx) error { return t.SetTask(k.ID, "open", "done", "ann") }), record.CodeConflict)
		b.pass(2 * time.Hour)
		b.do(func(x *Tx) error {
			if ids, err := x.DueRequests(10); err != nil || len(ids) != 1 {
				t.Errorf("%v, %v", ids, err)
			}
			return nil
		})
		b.do(func(t *Tx) error { _, err := t.SettleRequest(r.ID, "answered", "canary reply"); return err })
		want(t, b.try("acme", func(t *Tx) error { _, err := t.SettleRequest(r.ID, "answered", "again"); return err }), record.CodeConflict)
		b.do(func(x *Tx) error {
			notes, err := x.Notes(c.ID)
			if err != nil || len(notes) != 1 || notes[0].Text != "canary note" || notes[0].Author != "ann" {
				t.Errorf("%+v, %v", notes, err)
			}
			tasks, err := x.Tasks(c.ID, "ann", 0)
			if err != nil || len(tasks) != 1 || tasks[0].State != "done" || tasks[0].Text != "canary task" {
				t.Errorf("%+v, %v", tasks, err)
			}
			all, err := x.Requests(c.ID)
			if err != nil || len(all) != 1 || all[0].Reply != "canary reply" || all[0].Ask != "canary ask" || all[0].State != "answered" {
				t.Errorf("%+v, %v", all, err)
			}
			return nil
		})
		want(t, b.try("other", func(t *Tx) error { _, err := t.AddNote(c.ID, "x"); return err }), record.CodeNotFound)
	})
}

func TestPeople(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		var u User
		b.do(func(t *Tx) (err error) {
			u, err = t.AddUser(User{Login: "ann@example.org", Roles: []record.StaffRole{record.RoleLead, record.RoleAuditor}, State: "active", Data: []byte("Ann")})
			return err
		})
		want(t, b.try("acme", func(t *Tx) error { _, err := t.AddUser(User{Login: "ann@example.org", State: "active"}); return err }), record.CodeConflict)
		b.do(func(x *Tx) error {
			got, err := x.UserByLogin("ann@example.org")
			if err != nil || got.ID != u.ID || len(got.Roles) != 2 || string(got.Data) != "Ann" {
				t.Errorf("%+v, %v", got, err)
			}
			return err
		})
		hash := sum([]byte("session token"))
		b.do(func(t *Tx) error {
			_, err := t.AddSession(hash, Session{User: u.ID, Expires: day.Add(time.Hour), Data: []byte("d")})
			return err
		})
		s, err := b.SessionByHash(ctx, hash)
		if err != nil || s.Tenant != "acme" || s.User != u.ID || string(s.Data) != "d" {
			t.Errorf("%+v, %v", s, err)
		}
		b.do(func(t *Tx) error { return t.RevokeSession(s.ID) })
		if s, err = b.SessionByHash(ctx, hash); err != nil || s.Revoked.IsZero() {
			t.Errorf("%+v, %v", s, err)
		}
		_, err = b.SessionByHash(ctx, sum([]byte("another")))
		want(t, err, record.CodeNotFound)
		b.do(func(t *Tx) error {
			_, err := t.AddAPIKey(APIKey{ID: "k1", Hash: hash, Label: "ats", Scopes: []string{"intake", "read"}})
			return err
		})
		k, err := b.APIKeyByID(ctx, "k1")
		if err != nil || k.Tenant != "acme" || len(k.Scopes) != 2 || !bytes.Equal(k.Hash, hash) {
			t.Errorf("%+v, %v", k, err)
		}
		want(t, b.try("other", func(t *Tx) error { return t.RevokeAPIKey("k1") }), record.CodeNotFound)
		b.do(func(t *Tx) error { return t.RevokeAPIKey("k1") })
		b.do(func(t *Tx) error { return t.AddPasskey(Passkey{ID: []byte{1, 2}, User: u.ID, Data: []byte("cred")}) })
		b.do(func(x *Tx) error {
			if err := x.UsePasskey(Passkey{ID: []byte{1, 2}, Signs: 4, Data: []byte("cred2")}); err != nil {
				return err
			}
			all, err := x.Passkeys(u.ID)
			if len(all) != 1 || all[0].Signs != 4 || string(all[0].Data) != "cred2" {
				t.Errorf("%+v", all)
			}
			return err
		})
		token := sum([]byte("link"))
		b.do(func(t *Tx) error {
			return t.AddToken(token, Token{Purpose: "login", Object: "user/" + u.ID, Expires: day.Add(time.Hour), Data: []byte("x")})
		})
		if tenant, err := b.TokenTenant(ctx, token); err != nil || tenant != "acme" {
			t.Errorf("%q, %v", tenant, err)
		}
		want(t, b.try("acme", func(t *Tx) error { _, err := t.UseToken(token, "upload"); return err }), record.CodeNotFound)
		b.do(func(t *Tx) error { _, err := t.UseToken(token, "login"); return err })
		want(t, b.try("acme", func(t *Tx) error { _, err := t.UseToken(token, "login"); return err }), record.CodeNotFound)
		p := Policy{}
		b.do(func(t *Tx) (err error) { p, err = t.ProposePolicy("rules", "ann"); return err })
		want(t, b.try("acme", func(t *Tx) error { return t.ActivatePolicy(p.Version, "ann") }), record.CodeRefused)
		parsed := 0
		rules := func(want string, version int64, parses int) {
			b.t.Helper()
			b.do(func(t *Tx) error {
				for range 2 {
					got, n, err := Rules(t, func(text string) (string, error) { parsed++; return "read " + text, nil })
					if err != nil || got != want || n != version || parsed != parses {
						b.t.Errorf("%q of version %d, %d times parsed, %v", got, n, parsed, err)
					}
				}
				return nil
			})
		}
		rules("", 0, 0)
		b.do(func(t *Tx) error { return t.ActivatePolicy(p.Version, "bob") })
		rules("read rules", 1, 1)
		var q Policy
		b.do(func(t *Tx) (err error) { q, err = t.ProposePolicy("other rules", "ann"); return err })
		rules("read rules", 1, 1)
		b.do(func(t *Tx) error { return t.ActivatePolicy(q.Version, "bob") })
		rules("read other rules", 2, 2) // at once, and the one before is still known
		b.do(func(t *Tx) error { return t.ActivatePolicy(p.Version, "bob") })
		rules("read rules", 1, 2)
		var book Playbook
		b.do(func(t *Tx) (err error) { book, err = t.ProposePlaybook("insider", "steps", "ann"); return err })
		want(t, b.try("acme", func(t *Tx) error { return t.ActivatePlaybook("insider", book.Version, "ann") }), record.CodeRefused)
		want(t, b.try("acme", func(t *Tx) error { return t.ActivatePlaybook("extortion", book.Version, "bob") }), record.CodeNotFound)
		want(t, b.try("acme", func(t *Tx) error { _, err := t.PlaybookVersion("insider", 0); return err }), record.CodeNotFound)
		b.do(func(t *Tx) error { return t.ActivatePlaybook("insider", book.Version, "bob") })
		b.do(func(t *Tx) error {
			again, err := t.ProposePlaybook("insider", "other steps", "bob")
			if err != nil || again.Version != 2 {
				b.t.Errorf("%+v %v", again, err)
			}
			now, err := t.PlaybookVersion("insider", 0)
			if now.Version != 1 || now.Approver != "bob" || now.Text != "steps" {
				b.t.Errorf("in force: %+v", now)
			}
			return err
		})
		b.do(func(x *Tx) error {
			names, err := x.SettingNames("hook/")
			if len(names) != 0 {
				t.Errorf("%v", names)
			}
			if err != nil {
				return err
			}
			_, err = x.SaveSetting("hook/1", 0, []byte("secret"))
			if names, _ := x.SettingNames("hook/"); len(names) != 1 {
				t.Errorf("%v", names)
			}
			return err
		})
		want(t, b.try("acme", func(t *Tx) error { _, err := t.SaveSetting("hook/1", 0, nil); return err }), record.CodeConflict)
	})
}

func TestJobs(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		add := func(tenant string, j Job) (added bool) {
			if err := b.try(tenant, func(t *Tx) (err error) { _, added, err = t.AddJob(j); return err }); err != nil && record.CodeOf(err) != record.CodeInternal {
				t.Fatal(err)
			}
			return added
		}
		for i := range 20 {
			add("acme", Job{Kind: "screen", Args: fmt.Append(nil, i)})
		}
		add("other", Job{Kind: "screen", Args: []byte("quiet")})
		add("acme", Job{Kind: "later", RunAt: day.Add(time.Hour)})
		if !add("acme", Job{Kind: "once", Dedupe: "d", Priority: 5}) || add("acme", Job{Kind: "once", Dedupe: "d", Priority: 5}) {
			t.Error("dedupe")
		}
		// Fair: the quiet tenant is served in the first claim.
		got, err := b.Claim(ctx, "w1", []string{"screen"}, time.Minute, 6)
		if err != nil || len(got) != 6 {
			t.Fatalf("%d, %v", len(got), err)
		}
		quiet := 0
		for _, j := range got {
			if j.Tenant == "other" && string(j.Args) == "quiet" {
				quiet++
			}
		}
		if quiet != 1 {
			t.Errorf("the quiet tenant had %d of 6", quiet)
		}
		acme := got[0]
		if acme.Tenant != "acme" {
			acme = got[1]
		}
		// A worker that was paused past its lease is refused, and its effect with it.
		b.pass(2 * time.Minute)
		next, err := b.Claim(ctx, "w2", []string{"screen"}, time.Minute, 100)
		if err != nil || len(next) != 21 {
			t.Fatalf("%d, %v", len(next), err)
		}
		want(t, b.try("acme", func(x *Tx) error {
			if _, err := x.SaveSetting("effect", 0, []byte("x")); err != nil {
				return err
			}
			return x.FinishJob(acme, 0)
		}), record.CodeConflict)
		b.View(ctx, ann("acme"), func(x *Tx) error {
			if _, err := x.Setting("effect"); record.CodeOf(err) != record.CodeNotFound {
				t.Error("the effect of a lost lease stays")
			}
			return nil
		})
		for _, j := range next {
			if j.ID == acme.ID {
				acme = j
			}
		}
		b.do(func(x *Tx) error {
			if _, err := x.SaveSetting("effect", 0, []byte("x")); err != nil {
				return err
			}
			return x.FinishJob(acme, 3)
		})
		b.View(ctx, ann("acme"), func(x *Tx) error {
			if j, err := x.Job(acme.ID); err != nil || j.State != "done" || j.Progress != 3 || j.Attempt != 2 {
				t.Errorf("%+v, %v", j, err)
			}
			return nil
		})
		// A failing job comes back later and later, then it is dead and shown.
		add("other", Job{Kind: "bad", Attempts: 3})
		fails := 0
		for range 10 {
			js, err := b.Claim(ctx, "w1", []string{"bad"}, time.Minute, 5)
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range js {
				fails++
				if err := b.Update(ctx, record.Machine("other"), func(t *Tx) error { return t.FailJob(j, "no answer") }); err != nil {
					t.Fatal(err)
				}
				if js, _ := b.Claim(ctx, "w1", []string{"bad"}, time.Minute, 5); len(js) != 0 {
					t.Error("no pause after a failure")
				}
			}
			b.pass(time.Hour)
		}
		b.View(ctx, ann("other"), func(x *Tx) error {
			dead, err := x.Jobs("dead", 0)
			if err != nil || fails != 3 || len(dead) != 1 || dead[0].Error != "no answer" {
				t.Errorf("%d failures, dead %+v, %v", fails, dead, err)
			}
			return nil
		})
		if !add("acme", Job{Kind: "once", Dedupe: "other"}) {
			t.Error("another word is deduped")
		}
		lines := []JobLine{{1, "accepted", "s1", ""}, {2, "rejected", "", "person.name: too long"}}
		b.do(func(t *Tx) error { return t.SaveJobLines(acme.ID, lines) })
		b.do(func(x *Tx) error { // sent again after a pause: nothing is doubled
			if err := x.SaveJobLines(acme.ID, append(lines, JobLine{3, "accepted", "s3", ""})); err != nil {
				return err
			}
			all, err := x.JobLines(acme.ID, 1, 0)
			if len(all) != 2 || all[1].Line != 3 || all[0].Status != "rejected" {
				t.Errorf("%+v", all)
			}
			return err
		})
		var id string
		b.do(func(t *Tx) (err error) {
			id, err = t.Send(Message{Topic: "case.changed", Target: "hook/1", Body: []byte("{}")})
			return err
		})
		js, err := b.Claim(ctx, "w1", []string{OutboxJob}, time.Minute, 5)
		if err != nil || len(js) != 1 || string(js[0].Args) != id {
			t.Fatalf("%+v, %v", js, err)
		}
		b.do(func(x *Tx) error {
			m, err := x.Message(id)
			if err != nil || string(m.Body) != "{}" {
				t.Errorf("%+v", m)
			}
			if err := x.Delivered(id); err != nil {
				return err
			}
			return x.FinishJob(js[0], 0)
		})
		want(t, b.try("acme", func(t *Tx) error { return t.Delivered(id) }), record.CodeConflict)
	})
}

// TestCursorsAndLookups: a cursor moves and has no past; a look-up is found by
// whom it concerned and by when, is another tenant's to nobody, and goes.
func TestCursorsAndLookups(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		one := b.subject("a1")
		b.do(func(t *Tx) error { return t.SaveCursor("pull/okta", []byte("a")) })
		b.do(func(t *Tx) error { return t.SaveCursor("pull/okta", []byte("b")) })
		for i, s := range []string{"", one, ""} {
			b.do(func(t *Tx) error {
				return t.AddLookup(Lookup{At: day.Add(time.Duration(i) * time.Hour), Subject: s, Occasion: "signins.pull", By: "okta", Host: "x.example", Path: "/p", Status: 200})
			})
		}
		b.do(func(x *Tx) error {
			c, err := x.Cursor("pull/okta")
			if err != nil || string(c.Value) != "b" {
				t.Errorf("%+v, %v", c, err)
			}
			all, err := x.Lookups(day.AddDate(0, 0, 1), 10)
			if err != nil || len(all) != 3 || all[0].At.Before(all[2].At) || all[0].Host != "x.example" {
				t.Errorf("%+v, %v", all, err)
			}
			its, err := x.LookupsOf(one, 10)
			if err != nil || len(its) != 1 {
				t.Errorf("%+v, %v", its, err)
			}
			n, err := x.CountLookups(day.Add(time.Hour))
			if n != 2 {
				t.Errorf("%d since", n)
			}
			return err
		})
		err := b.try("other", func(x *Tx) error {
			all, err := x.Lookups(day.AddDate(0, 0, 1), 10)
			if len(all) != 0 {
				t.Error("another tenant's look-ups are seen")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		b.pass(400 * 24 * time.Hour)
		if _, err := b.Expire(ctx, "acme"); err != nil {
			t.Fatal(err)
		}
		b.do(func(x *Tx) error {
			all, err := x.Lookups(b.clock.now(), 10)
			if len(all) != 0 {
				t.Errorf("%d are kept for ever", len(all))
			}
			return err
		})
	})
}
