package api

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"bonafide/access"
	"bonafide/connect"
	"bonafide/record"
	"bonafide/screen"
)

// judge reads the contract as somebody else would: a JSON Schema library that
// knows nothing of us. For answers it is stricter than the contract: members
// that the contract does not name are a fault of ours.
type judge struct {
	strict, loose *jsonschema.Compiler
	mu            sync.Mutex
	seen          map[string]bool // routes whose success was judged
}

var theJudge = sync.OnceValue(func() *judge {
	s := &schemas{named: map[string]node{}}
	for _, rt := range Routes() {
		s.operation(rt)
	}
	s.of(reflect.TypeFor[Problem]())
	j := &judge{seen: map[string]bool{}, strict: jsonschema.NewCompiler(), loose: jsonschema.NewCompiler()}
	for _, c := range []*jsonschema.Compiler{j.strict, j.loose} {
		defs := map[string]any{}
		for name, n := range s.named {
			defs[name] = plainOf(n, c == j.strict)
		}
		if err := c.AddResource("mem:///contract", map[string]any{"components": map[string]any{"schemas": defs}}); err != nil {
			panic(err)
		}
	}
	return j
})

// plainOf turns our tree into plain maps; strict closes every object.
func plainOf(v any, strict bool) any {
	switch v := v.(type) {
	case node:
		m := map[string]any{}
		for _, p := range v {
			m[p.name] = plainOf(p.value, strict)
		}
		if _, object := m["properties"]; object && strict && m["additionalProperties"] == nil {
			m["additionalProperties"] = false
		}
		return m
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = plainOf(v[i], strict)
		}
		return out
	case int:
		return float64(v)
	}
	return v
}

func (j *judge) valid(t reflect.Type, body []byte, strict bool) error {
	c := j.loose
	if strict {
		c = j.strict
	}
	s := &schemas{named: map[string]node{}}
	ref := s.of(t)[0].value.(string)
	schema, err := c.Compile("mem:///contract" + ref)
	if err != nil {
		return err
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(v)
}

// contract holds every request and answer of every test to the contract.
func (w *world) contract(method, path string, sent []byte, sentType string, status int, gotType string, got []byte) {
	w.t.Helper()
	j := theJudge()
	j.mu.Lock()
	defer j.mu.Unlock()
	if status >= 400 {
		if gotType != "application/problem+json" {
			w.t.Errorf("%s %s: %d is no problem but %q", method, path, status, gotType)
		} else if err := j.valid(reflect.TypeFor[Problem](), got, true); err != nil {
			w.t.Errorf("%s %s: the problem does not keep the contract: %v", method, path, err)
		}
		return
	}
	rt := routeOf(method, path)
	if status == http.StatusNotModified && rt != nil && rt.tagged() {
		if len(got) > 0 {
			w.t.Errorf("%s %s: 304 with a body", method, path)
		}
		return
	}
	if rt == nil {
		w.t.Errorf("%s %s answers %d and is not in the contract", method, path, status)
		return
	}
	if status != rt.status() {
		w.t.Errorf("%s %s answers %d, the contract says %d", method, path, status, rt.status())
	}
	if rt.Out != nil && rt.outMedia() == "application/json" {
		if err := j.valid(reflect.TypeOf(rt.Out), got, true); err != nil {
			w.t.Errorf("%s %s: the answer does not keep the contract: %v", method, path, err)
		}
	}
	if rt.In != nil {
		if err := j.valid(reflect.TypeOf(rt.In), sent, false); err != nil {
			w.t.Errorf("%s %s: a request was taken that the contract does not allow: %v", method, path, err)
		}
	}
	j.seen[rt.Method+" "+rt.Path] = true
}

func routeOf(method, path string) *Route {
	path, _, _ = strings.Cut(path, "?")
	at := strings.Split(path, "/")
	for _, rt := range Routes() {
		parts := strings.Split(rt.Path, "/")
		if rt.Method == method && len(parts) == len(at) && !slices.ContainsFunc(parts, func(p string) bool { return false }) {
			same := true
			for i := range parts {
				same = same && (parts[i] == at[i] || strings.HasPrefix(parts[i], "{"))
			}
			if same {
				return &rt
			}
		}
	}
	return nil
}

// good is a body that each command takes.
var good = map[reflect.Type]string{
	reflect.TypeFor[record.Application](): `{"id":"1","source":"form","received_at":"2026-03-02T09:00:00Z"}`,
	reflect.TypeFor[Event]():              `{"specversion":"1.0","id":"e1","source":"okta","type":"sign-in","subject":"form/1"}`,
	reflect.TypeFor[Query]():              `{"kind":"mail","value":"a@example.org"}`,
	reflect.TypeFor[Erase]():              `{"subject":"SUBJECT","reason":"request"}`,
	reflect.TypeFor[NameQuery]():          `{"name":"Nora Muster","birth_date":"1990-05-17"}`,
	reflect.TypeFor[WalletQuery]():        `{"address":"0x00000000219ab540356cBB839Cbe05303d7705Fa"}`,
	reflect.TypeFor[Subscribe]():          `{"url":"https://example.org/hook","events":["case.changed"]}`,
	reflect.TypeFor[OffboardStep]():       `{"do":"add","kind":"token","system":"forge","name":"ci"}`,
	reflect.TypeFor[OrderAsked]():         `{"item":1,"connector":"idp","account":"nora@firm.example","dry_run":true}`,
	reflect.TypeFor[OrderSettled]():       `{"order":1,"do":"withdraw"}`,
	reflect.TypeFor[Reached]():            `{"paths":["billing/rounding.go"]}`,
	reflect.TypeFor[ClaimAsked]():         `{"take_over":"on leave"}`,
	reflect.TypeFor[AskPerson]():          `{"check":"own","text":"Please show it again.","other":"Or at our desk.","due":"DUE"}`,
	reflect.TypeFor[NoteAsked]():          `{"text":"seen"}`,
	reflect.TypeFor[TaskAsked]():          `{"text":"ring the desk"}`,
	reflect.TypeFor[Propose]():            `{"to":"verify-more","reasons":"one proof is missing","seen":"SEEN"}`,
	reflect.TypeFor[Settle]():             `{"do":"withdraw"}`,
	reflect.TypeFor[CircleStep]():         `{"do":"close"}`,
	reflect.TypeFor[SettleAsked]():        `{"do":"device","device":"laptop 7","serial":"SN-100"}`,
	reflect.TypeFor[PublicationAsked]():   `{"where":"https://paste.example/1","source":"person","seen":"2026-02-20T08:00:00Z"}`,
	reflect.TypeFor[TieAsked]():           `{"op":"join","other":"form/t2","reason":"one desk"}`,
	reflect.TypeFor[PolicyDraft]():        `{"text":"version 2\nroutine otherwise\n"}`,
	reflect.TypeFor[PolicyChosen]():       `{"version":1}`,
	reflect.TypeFor[PlaybookDraft]():      `{"text":"PLAYBOOK"}`,
	reflect.TypeFor[PlaybookChosen]():     `{"name":"verification","version":1}`,
	reflect.TypeFor[AskMore]():            `{"hosts":["api.example"],"budget":30000}`,
	reflect.TypeFor[SignIn]():             `{"token":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}`,
}

// TestContract walks every route once with a good request, and every command
// with bodies that the contract forbids: each must be refused, and by a schema
// library too; neither may be stricter than the other.
func TestContract(t *testing.T) {
	w := newWorld(t)
	everyone := w.person("one", record.StaffRoles[:]...)
	second := w.person("one", record.RoleProtection, record.RoleAdmin)
	third := w.person("one", record.RoleLead)
	things := w.things("one", everyone, second)
	n := 0
	for _, rt := range Routes() {
		path := strings.ReplaceAll(rt.Path, "{id}", things[rt.Object])
		switch rt.Path {
		case "/v1/audit/proof":
			path += "?entry=0"
		}
		h := map[string]string{"Idempotency-Key": fmt.Sprint("c", n), "Content-Type": rt.inMedia()}
		caller := everyone
		if rt.Path == "/v1/erasures/{id}/approve" || rt.Path == "/v1/webhooks/{id}/confirm" || rt.Path == "/v1/limits/confirm" {
			caller = second
		}
		if strings.HasSuffix(rt.Path, "/publish") {
			caller = third
		}
		var body []byte
		if rt.In != nil {
			body = w.body(rt, things["subject"], things["case"], caller)
		} else if rt.takesBody() {
			body = []byte("{}\n")
		} else {
			h["Content-Type"] = ""
		}
		n++
		if strings.HasPrefix(rt.Path, "/v1/session") {
			continue // signs in and out: TestSession
		}
		if rt.Signed {
			continue // needs a provider's signature: TestHookManners
		}
		if rt.InMedia == "message/rfc822" {
			continue // needs a request that waits for it: TestMail
		}
		if rt.Condition != "" {
			h["If-Match"] = w.conditions(rt, path, body, strings.ReplaceAll(rt.Condition, "{id}", things[rt.Object]), caller, h)
		} else if rt.Method != "GET" {
			r := w.ask(rt.Method, path, body, caller, h, map[string]string{"If-Match": `"1:x"`})
			if r.status != 400 {
				t.Errorf("%s %s: If-Match without effect is taken: %d %s", rt.Method, path, r.status, r.body)
			}
		}
		r := w.ask(rt.Method, path, body, caller, h)
		if r.status != rt.status() {
			t.Errorf("%s %s: %d %s", rt.Method, path, r.status, r.body)
		}
		w.again(rt, path, r, caller)
		if rt.In == nil || reflect.TypeOf(rt.In) == reflect.TypeFor[record.Application]() {
			continue
		}
		for why, bad := range badBodies(body, reflect.TypeOf(rt.In)) {
			r := w.ask(rt.Method, path, bad, caller, h)
			if r.status != 400 {
				t.Errorf("%s %s with %s: %d %s", rt.Method, path, why, r.status, r.body)
			}
			if why != "a member twice" && why != "no JSON" && theJudge().valid(reflect.TypeOf(rt.In), bad, false) == nil {
				t.Errorf("%s %s: the contract allows %s", rt.Method, path, why)
			}
			if bytes.Contains(r.body, []byte("canary")) {
				t.Errorf("%s %s with %s: the value comes back: %s", rt.Method, path, why, r.body)
			}
		}
	}
}

// body is a good body of a route's; a decision binds to what its case shows now.
func (w *world) body(rt Route, subject, caseID string, caller map[string]string) []byte {
	w.t.Helper()
	b := strings.ReplaceAll(good[reflect.TypeOf(rt.In)], "SUBJECT", subject)
	b = strings.ReplaceAll(b, "DUE", time.Now().AddDate(0, 0, 7).UTC().Format(time.RFC3339))
	if strings.Contains(b, "PLAYBOOK") {
		b = w.ownPlaybook()
	}
	if caseID != "" && strings.Contains(b, "SEEN") {
		b = strings.ReplaceAll(b, "SEEN", want[History](w.t, w.ask("GET", "/v1/cases/"+caseID+"/history", nil, caller), 200).Shown)
	}
	return []byte(b)
}

// ownPlaybook is the body that drafts the shipped verification as a version.
func (w *world) ownPlaybook() string {
	w.t.Helper()
	text, err := os.ReadFile("../casework/playbooks/verification.yaml")
	ok(w.t, err)
	b, err := json.Marshal(PlaybookDraft{string(text)})
	ok(w.t, err)
	return string(b)
}

// mostOf is how long a text member may be, 600 where its type says nothing.
func mostOf(of reflect.Type, name string) int {
	for f := range of.Fields() {
		if n, _, _ := strings.Cut(f.Tag.Get("json"), ","); n == name {
			if most, err := strconv.Atoi(f.Tag.Get("max")); err == nil {
				return max(most, 600)
			}
		}
	}
	return 600
}

// badBodies are bodies of a command that must be refused.
func badBodies(body []byte, of reflect.Type) map[string][]byte {
	var fields map[string]any
	if json.Unmarshal(body, &fields) != nil {
		return nil
	}
	out := map[string][]byte{"no JSON": []byte(`{"canary":`), "an array": []byte(`["canary"]`)}
	with := func(why string, f func(map[string]any)) {
		m := maps.Clone(fields)
		f(m)
		out[why], _ = json.Marshal(m)
	}
	with("an unknown member", func(m map[string]any) { m["tenant_id"] = "canary" })
	for name := range fields {
		with("a wrong type in "+name, func(m map[string]any) { m[name] = map[string]any{"canary": 1} })
		out["a member twice"] = []byte(strings.Replace(string(body), "{", fmt.Sprintf("{%q:%q,", name, "canary"), 1))
		upper := strings.ToUpper(name)
		with("another case of "+name, func(m map[string]any) { m[upper] = m[name]; delete(m, name) })
		if _, text := fields[name].(string); text {
			with("a long "+name, func(m map[string]any) { m[name] = strings.Repeat("canary", 1+mostOf(of, name)/6) })
		}
	}
	return out
}

// things makes one object of every kind in a tenant.
func (w *world) things(tenant string, everyone, second map[string]string) map[string]string {
	w.t.Helper()
	pay := `"payouts":[{"kind":"iban","value":"DE89370400440532013000"}]`
	a := want[Accepted](w.t, w.ask("POST", "/v1/applications", applicant("t1", "Nora Muster", pay), everyone), 202)
	b := want[Accepted](w.t, w.ask("POST", "/v1/applications", applicant("t2", "Tobias Beispiel", pay), everyone), 202)
	gone := want[Accepted](w.t, w.ask("POST", "/v1/applications", applicant("t3", "Rita Beispiel"), everyone), 202)
	w.work()
	c := want[Case](w.t, w.ask("GET", "/v1/cases/"+a.Case, nil, everyone), 200)
	h := map[string]string{"Idempotency-Key": "things", "Content-Type": "application/x-ndjson"}
	job := want[Job](w.t, w.ask("POST", "/v1/uploads", []byte("{}\n"), everyone, h), 202)
	e := want[Erasure](w.t, w.ask("POST", "/v1/erasures", []byte(`{"subject":"`+gone.Subject+`","reason":"mistake"}`), everyone, map[string]string{"Idempotency-Key": "things-e"}), 202)
	hook := want[Webhook](w.t, w.ask("POST", "/v1/webhooks", []byte(good[reflect.TypeFor[Subscribe]()]), everyone, map[string]string{"Idempotency-Key": "things-h"}), 201)
	want[EventTaken](w.t, w.ask("POST", "/v1/events", []byte(strings.Replace(good[reflect.TypeFor[Event]()], "form/1", "form/t1", 1)), everyone, map[string]string{"Content-Type": "application/cloudevents+json"}), 202)
	once := func(k string) map[string]string { return map[string]string{"Idempotency-Key": "things-" + k} }
	want[Policy](w.t, w.ask("POST", "/v1/policy", []byte(good[reflect.TypeFor[PolicyDraft]()]), everyone, once("policy")), 201)
	want[Playbook](w.t, w.ask("POST", "/v1/playbooks", []byte(w.ownPlaybook()), everyone, once("playbook")), 201)
	due := time.Now().AddDate(0, 0, 7).UTC().Format(time.RFC3339)
	asked := want[Made](w.t, w.ask("POST", "/v1/cases/"+b.Case+"/requests", []byte(strings.ReplaceAll(good[reflect.TypeFor[AskPerson]()], "DUE", due)), everyone, once("ask")), 201)
	task := want[Made](w.t, w.ask("POST", "/v1/cases/"+b.Case+"/tasks", []byte(good[reflect.TypeFor[TaskAsked]()]), everyone, once("task")), 201)
	shown := want[History](w.t, w.ask("GET", "/v1/cases/"+b.Case+"/history", nil, everyone), 200).Shown
	decision := want[Made](w.t, w.ask("POST", "/v1/cases/"+b.Case+"/decisions", []byte(`{"to":"cleared","reasons":"both proofs came","seen":"`+shown+`"}`), everyone, once("decision")), 201)
	_, err := (&screen.Hooks{Keeper: w.keeper}).AddHook(context.Background(), operator(tenant), connect.Endpoint{Name: "idp", Provider: "okta", End: true, Account: connect.Account{Base: "https://idp.example", Key: "k"}})
	ok(w.t, err)
	want[Offboarding](w.t, w.ask("POST", "/v1/cases/"+a.Case+"/offboarding", []byte(`{"do":"add","kind":"account","system":"idp"}`), everyone, map[string]string{"If-Match": "*"}), 200)
	want[Orders](w.t, w.ask("POST", "/v1/cases/"+a.Case+"/orders", []byte(`{"item":1,"connector":"idp","account":"nora@firm.example"}`), everyone), 200)
	return map[string]string{"request": asked.ID, "task": task.ID, "decision": decision.ID, "case": a.Case, "subject": a.Subject, "cluster": c.Cluster, "job": job.ID, "erasure": e.ID, "webhook": hook.ID}
}

// TestMatrix: every route × every role and scope × {own, another tenant's,
// missing}. Another tenant's object and none at all are one answer, byte for
// byte; who may not is told so whatever the object is.
func TestMatrix(t *testing.T) {
	w := newWorld(t)
	var things [2]map[string]string
	for i, tenant := range []string{"one", "two"} {
		everyone := w.person(tenant, record.StaffRoles[:]...)
		things[i] = w.things(tenant, everyone, nil)
	}
	callers := map[string]map[string]string{"nobody": {}}
	may := map[string]func(access.Act) bool{"nobody": func(access.Act) bool { return false }}
	for _, r := range record.StaffRoles {
		callers[string(r)] = w.person("one", r)
		may[string(r)] = access.Caller{Actor: record.Actor{Kind: record.ActorPerson, Roles: []record.StaffRole{r}}}.May
	}
	for _, s := range access.Scopes {
		callers["key "+string(s)] = w.key("one", s)
		may["key "+string(s)] = access.Caller{Actor: record.Actor{Kind: record.ActorKey}, Scopes: []access.Scope{s}}.May
	}
	missing := strings.Repeat("a", 26)
	n := 0
	for _, rt := range Routes() {
		for name, caller := range callers {
			send := func(id string) reply {
				n++
				h := map[string]string{"X-Request-Id": "matrix-1", "Idempotency-Key": fmt.Sprint("m", n), "Content-Type": rt.inMedia()}
				var body []byte
				if rt.In != nil {
					body = w.body(rt, id, "", nil)
				} else if rt.takesBody() {
					body = []byte("{}\n")
				} else {
					h["Content-Type"] = ""
				}
				if rt.Condition != "" {
					h["If-Match"] = "*"
				}
				path := strings.ReplaceAll(rt.Path, "{id}", id)
				if rt.Path == "/v1/audit/proof" {
					path += "?entry=0"
				}
				r := w.ask(rt.Method, path, body, caller, h)
				r.header.Del("Date")
				return r
			}
			object := rt.Object
			if rt.Path == "/v1/erasures" && rt.Method == "POST" {
				object = "subject"
			}
			if rt.Method == "DELETE" && object == "" {
				continue // ends the caller's own session
			}
			if rt.Open {
				continue
			}
			who := fmt.Sprintf("%s %s as %s", rt.Method, rt.Path, name)
			allowed := may[name](rt.Act)
			if object == "" {
				r := send("x")
				if rt.Path == "/v1/limits/confirm" && bytes.Contains(r.body, []byte("confirm")) {
					r.status = http.StatusOK // past the rights: by chance of order somebody's own wish waits, or a key asks
				}
				if refused := r.status == 403 || r.status == 401; refused == allowed {
					t.Errorf("%s: %d %s", who, r.status, r.body)
				}
				continue
			}
			other, none := send(things[1][object]), send(missing)
			if other.status != none.status || !bytes.Equal(other.body, none.body) || !reflect.DeepEqual(other.header, none.header) {
				t.Errorf("%s: another tenant's can be told from none:\n%d %s\n%d %s", who, other.status, other.body, none.status, none.body)
			}
			switch {
			case allowed && none.status != 404:
				t.Errorf("%s: what is missing is %d %s", who, none.status, none.body)
			case !allowed && none.status != http.StatusForbidden && none.status != http.StatusUnauthorized:
				t.Errorf("%s: may not, and gets %d", who, none.status)
			}
			if allowed && rt.Method == "GET" && name != "viewer" && !(object == "job" && strings.HasPrefix(name, "key ")) && name != "recruiter" && !(object == "job" && name == "dpo") {
				if own := send(things[0][object]); own.status != rt.status() {
					t.Errorf("%s: own is %d %s", who, own.status, own.body)
				}
			}
		}
	}
	t.Logf("%d requests", n)
}
