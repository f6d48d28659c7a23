package web

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/tools/txtar"

	"bonafide/egress"
	"bonafide/prove/chip/chipsim"
	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// phoneOf is a telephone with a person identification on it, of somebody.
func (w *world) phoneOf(given, family, born string) *phone {
	w.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ok(w.t, err)
	now := w.now()
	held, err := w.issuer.IssueSDJWT(walletsim.SDJWT{Type: "urn:eudi:pid:1", Claims: map[string]any{"family_name": family, "given_name": given, "birthdate": born, "email": "x@example.org"},
		Always: map[string]any{"iss": "https://issuer.example", "iat": now.AddDate(0, -1, 0).Unix(), "exp": now.AddDate(0, 2, 0).Unix()}}, key)
	ok(w.t, err)
	return &phone{at: w.http.URL, wallet: &walletsim.Wallet{Held: []*walletsim.Held{held}, At: now}}
}

func walletLink(t testing.TB, page string) string {
	t.Helper()
	m := regexp.MustCompile(`href="(openid4vp:[^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("the page has no link for a wallet: ", text(page))
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

// A wallet on the same device, and one on another: the link of the document is
// confirmed, the finding about a mere picture is cleared by name, and the page
// says no more than that it arrived.
func TestPortalWallet(t *testing.T) {
	w := newWorld(t)
	a := someone("a1")
	a.Documents = []record.Document{{Kind: "passport", Method: "photo", File: "p.jpg", Name: "Ana Muster", BirthDate: "1990-02-03", Number: "L898902C3", Issuer: "UTO"}}
	subject, id := w.apply(a)
	b := w.invited(id)
	tel := w.phoneOf("Ana", "Muster", "1990-02-03")
	link := walletLink(t, b.post("/portal/identity/wallet", url.Values{"here": {"yes"}}, 200))
	back, status, err := tel.open(link, walletsim.Tamper{})
	if err != nil || status != 200 || !strings.HasPrefix(back, "/portal/wallet/return") {
		t.Fatal(back, status, err)
	}
	if len(w.application(subject).Proofs) != 0 {
		t.Error("it counts before the browser that asked has brought the code")
	}
	if _, status, _ := tel.open(link, walletsim.Tamper{}); status != http.StatusNotFound {
		t.Errorf("a second answer gave %d", status)
	}
	// Somebody else's browser brings the code in vain; then the right one, once.
	_, other := w.apply(someone("b2"))
	w.invited(other).get(back, http.StatusNotFound)
	page := b.get(back, 200)
	b.get(back, http.StatusNotFound)
	if !strings.Contains(page, "arrived") {
		t.Error("the page does not say that it arrived")
	}
	w.work()
	got := w.application(subject)
	if len(got.Proofs) != 1 || got.Proofs[0].ID != "wallet-sd-jwt" || got.Proofs[0].Holder == "" || got.Proofs[0].TrustList == "" && got.Proofs[0].Issuer == "" || got.Proofs[0].Until == "" {
		t.Fatalf("%+v", got.Proofs)
	}
	d := got.Documents[len(got.Documents)-1]
	if d.Method != "wallet" || d.Name != "Ana Muster" || d.BirthDate != "1990-02-03" {
		t.Errorf("%+v", d)
	}
	r := w.result(subject)
	at := slices.IndexFunc(r.Findings, func(f record.Finding) bool { return f.Check == "doc-image-only" })
	if at >= 0 && r.Findings[at].ClearedBy != "wallet-sd-jwt" {
		t.Error("the finding about a mere picture is not cleared by the wallet")
	}
	if c := r.Chain[0]; c.Link != record.LinkDocument || c.Method != "wallet" || c.State != record.StateConfirmed {
		t.Errorf("the document's link is %+v", c)
	}
	// By QR on another device.
	if !strings.Contains(b.post("/portal/identity/wallet", nil, 200), `<svg class="qr"`) {
		t.Error("no code to scan")
	}
	link, err = w.prover.AskWallet(ctx, record.Actor{Kind: record.ActorCandidate, ID: subject, Tenant: "one"}, false)
	ok(t, err)
	if back, status, err := tel.open(link, walletsim.Tamper{}); err != nil || status != 200 || back != "" {
		t.Error(back, status, err)
	}
}

// What a wallet sends that is not proven looks the same to the person, and leaves
// no proof.
func TestPortalWalletUnproven(t *testing.T) {
	w := newWorld(t)
	subject, id := w.apply(someone("a1"))
	b := w.invited(id)
	good := b.get("/portal", 200)
	tel := w.phoneOf("Ana", "Muster", "1990-02-03")
	thief, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ok(t, err)
	for name, tamper := range map[string]walletsim.Tamper{
		"another's key": {Key: thief}, "another nonce": {Nonce: "x"}, "no binding": {NoBinding: true}, "another audience": {Audience: "x509_hash:x"},
	} {
		back, status, err := tel.open(walletLink(t, b.post("/portal/identity/wallet", url.Values{"here": {"yes"}}, 200)), tamper)
		if err != nil || status != 200 {
			t.Fatalf("%s: %d %v", name, status, err)
		}
		b.get(back, 200)
	}
	if got := w.application(subject); len(got.Proofs) != 0 || len(got.Documents) != 0 {
		t.Errorf("%+v", got.Proofs)
	}
	if page := b.get("/portal", 200); page == good || !strings.Contains(page, "arrived") {
		t.Error("the page tells that it was not proven")
	}
	for _, body := range []string{"", "response=x", "error=access_denied", "vp_token={}", strings.Repeat("a", 2<<20)} {
		a, err := http.Post(w.http.URL+"/wallet/"+strings.Repeat("a", 52)+"/answer", "application/x-www-form-urlencoded", strings.NewReader(body))
		ok(t, err)
		a.Body.Close()
		if a.StatusCode != 404 && a.StatusCode != 400 {
			t.Errorf("%d", a.StatusCode)
		}
	}
}

// chipFilesOf reads the invented passport of the command's own story.
func chipFilesOf(t testing.TB) (files map[string][]byte, authority []byte) {
	t.Helper()
	return storyFiles(t, "prove_chip.txtar", "utopia.pem")
}

// storyFiles are the files of a chip in a story, its other files as they stand,
// and the authority's certificate.
func storyFiles(t testing.TB, name, trusted string) (files map[string][]byte, authority []byte) {
	t.Helper()
	story, err := txtar.ParseFile("../cmd/bonafide/testdata/script/" + name)
	ok(t, err)
	files = map[string][]byte{}
	for _, f := range story.Files {
		if name, is := strings.CutPrefix(f.Name, "hex/"); is {
			b, err := hex.DecodeString(strings.Join(strings.Fields(string(f.Data)), ""))
			ok(t, err)
			files[name] = b
		}
		if files[f.Name] = f.Data; f.Name == trusted {
			authority = f.Data
		}
	}
	return files, authority
}

func (b *browser) upload(path string, files map[string][]byte, fields map[string]string, status int) string {
	b.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for k, v := range fields {
		ok(b.t, m.WriteField(k, v))
	}
	for name, content := range files {
		part, err := m.CreateFormFile("files", name)
		ok(b.t, err)
		_, err = part.Write(content)
		ok(b.t, err)
	}
	ok(b.t, m.Close())
	r, err := http.NewRequest("POST", b.at+path, &body)
	ok(b.t, err)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return b.do(r, status)
}

func TestPortalChip(t *testing.T) {
	w := newWorld(t)
	subject, id := w.apply(someone("a1"))
	b := w.invited(id)
	files, authority := chipFilesOf(t)
	page := b.post("/portal/identity/chip", nil, 200)
	challenge := field(t, page, "challenge")
	only := map[string][]byte{"a": files["EF_SOD"], "b": files["DG1"]}
	// Not verifiable: the authority is in no list. It arrived all the same.
	if !strings.Contains(b.upload("/portal/identity/chip/files", only, map[string]string{"challenge": challenge}, 200), "arrived") {
		t.Error("it does not say that it arrived")
	}
	if len(w.application(subject).Proofs) != 0 {
		t.Error("a chip without an authority became a proof")
	}
	ok(t, w.prover.Chips.Add("utopia.pem", authority))
	b.upload("/portal/identity/chip/files", only, nil, 200)
	got := w.application(subject)
	if len(got.Proofs) != 1 || got.Proofs[0].ID != "chip-passive" || got.Proofs[0].Link != record.LinkDocument {
		t.Fatalf("%+v", got.Proofs)
	}
	if d := got.Documents[0]; d.Method != "chip" || d.Name != "ANNA MARIA ERIKSSON" || d.BirthDate != "1974-08-12" || d.Number == "" {
		t.Errorf("%+v", d)
	}
	for name, bad := range map[string]map[string][]byte{
		"nothing": {}, "noise": {"x": []byte("not a chip")}, "twice": {"a": files["DG1"], "b": files["DG1"]}, "deep": {"x": bytes.Repeat([]byte{0x30, 0x80}, 1<<19)}, "large": {"x": make([]byte, 3<<20)},
	} {
		if page := b.upload("/portal/identity/chip/files", bad, nil, http.StatusBadRequest); !strings.Contains(page, "could not read") {
			t.Errorf("%s: %s", name, text(page))
		}
	}
	tampered := map[string][]byte{"a": files["EF_SOD"], "b": bytes.Replace(files["DG1"], []byte("ANNA"), []byte("ANNE"), 1)}
	before := len(w.application(subject).Proofs)
	b.upload("/portal/identity/chip/files", tampered, nil, 200)
	if len(w.application(subject).Proofs) != before {
		t.Error("a changed zone became a proof")
	}
	// A challenge of somebody else, or of nobody, proves nothing more.
	b.upload("/portal/identity/chip/files", only, map[string]string{"challenge": "0102030405060708", "response": strings.Repeat("00", 64)}, 200)
	if got := w.application(subject); slices.ContainsFunc(got.Proofs, func(p record.Assurance) bool { return p.ID == "chip-active" }) {
		t.Error("an answer to a challenge that was not ours counts")
	}
}

// TestPortalChipAgreement: a chip that answers the question drawn for it, once, for
// its own person.
func TestPortalChipAgreement(t *testing.T) {
	w := newWorld(t)
	subject, id := w.apply(someone("a1"))
	b := w.invited(id)
	files, authority := storyFiles(t, "prove_ask.txtar", "utopia2.pem")
	private, err := hex.DecodeString(strings.TrimSpace(string(files["chip.key"])))
	ok(t, err)
	ok(t, w.prover.Chips.Add("utopia2.pem", authority))
	chip := map[string][]byte{"a": files["EF_SOD"], "b": files["DG1"], "c": files["DG14"]}
	begin := field(t, b.post("/portal/identity/chip", nil, 200), "challenge")
	ask := func(dg14 []byte, status int) string {
		return b.upload("/portal/identity/chip/question", map[string][]byte{"x": dg14}, map[string]string{"challenge": begin}, status)
	}
	reply := func(page string) map[string]string {
		t.Helper()
		_, rest, _ := strings.Cut(page, "<code>")
		text, _, _ := strings.Cut(rest, "</code>")
		var q struct {
			Challenge, Agreement, Sealed string
			Begin                        []string
		}
		ok(t, json.Unmarshal([]byte(html.UnescapeString(text)), &q, json.MatchCaseInsensitiveNames(true)))
		if q.Challenge != begin || q.Agreement != field(t, page, "agreement") {
			t.Errorf("question %+v", q)
		}
		answer, err := chipsim.Answer(private, q.Begin, q.Sealed)
		ok(t, err)
		return map[string]string{"agreement": q.Agreement, "answer": answer}
	}
	proved := func(want string) {
		t.Helper()
		if got := w.application(subject).Proofs; len(got) != 1 || got[0].ID != want {
			t.Errorf("%+v, want %s", got, want)
		}
	}
	for name, bad := range map[string][]byte{"another file": files["DG1"], "nothing of a chip": []byte("nothing"), "cut": files["DG14"][:40]} {
		if page := ask(bad, http.StatusBadRequest); !strings.Contains(page, "could not read") {
			t.Errorf("%s: %s", name, text(page))
		}
	}
	first := reply(ask(files["DG14"], 200))
	w.later(61 * time.Minute) // too late
	b.upload("/portal/identity/chip/files", chip, first, 200)
	proved("chip-passive")
	second := reply(ask(files["DG14"], 200))
	// Somebody else's page cannot use it.
	_, id2 := w.apply(someone("b2"))
	w.invited(id2).upload("/portal/identity/chip/files", chip, second, 200)
	w.see(func(t *store.Tx) error {
		all, err := t.Subjects("", 100)
		for _, s := range all {
			if a, err := t.Application(s); err != nil || slices.ContainsFunc(a.Proofs, func(p record.Assurance) bool { return p.ID == "chip-active" }) {
				w.t.Error("an answer to another person's question counts", err)
			}
		}
		return err
	})
	b.upload("/portal/identity/chip/files", chip, second, 200)
	if got := w.application(subject).Proofs; !slices.ContainsFunc(got, func(p record.Assurance) bool { return p.ID == "chip-active" }) {
		t.Fatalf("%+v", got)
	}
	// Said again it is the files' proof only: the question is used up.
	b.upload("/portal/identity/chip/files", chip, second, 200)
	var last string
	w.see(func(t *store.Tx) error {
		steps, err := t.PortalSteps(subject)
		last = fmt.Sprint(steps[len(steps)-1].Report)
		return err
	})
	if !strings.Contains(last, "the chip was not asked") {
		t.Errorf("the last step: %s", last)
	}
}

// pagesAt reaches a forge of our own in place of the real one.
type pagesAt struct {
	client *egress.Client
	at     string
}

func (p pagesAt) Fetch(ctx context.Context, r egress.Request) (egress.Answer, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return egress.Answer{}, err
	}
	r.URL = p.at + "/" + u.Host + u.Path
	return p.client.Fetch(ctx, r)
}

func TestPortalCodeAccount(t *testing.T) {
	w := newWorld(t)
	subject, id := w.apply(someone("a1"))
	b := w.invited(id)
	owner, content := "anamuster", ""
	forge := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api.github.com/gists/0123456789abcdef0123":
			w.Write([]byte(`{"owner": {"login": "` + owner + `"}, "files": {"a.txt": {"content": "` + content + `"}}}`))
		case "/gitlab.com/api/v4/snippets/17":
			w.Write([]byte(`{"title": "` + content + `", "author": {"username": "` + owner + `"}}`))
		default:
			w.WriteHeader(404)
		}
	}))
	defer forge.Close()
	host := strings.TrimPrefix(forge.URL, "http://")
	host, _, _ = strings.Cut(host, ":")
	w.prover.Codes = func(on egress.Occasion) screen.Pages {
		return pagesAt{egress.New(egress.Config{Hosts: []string{host}, Private: true}, on, w.store.KeepLookup), forge.URL}
	}
	begin := func() string {
		return field(t, b.post("/portal/steps/code", url.Values{"do": {"begin"}}, 200), "words")
	}
	words := begin()
	b.post("/portal/steps/code", url.Values{"words": {words}, "note": {"http://169.254.169.254/x"}}, http.StatusBadRequest)
	b.post("/portal/steps/code", url.Values{"words": {words}, "note": {"https://gist.github.com/somebody/../../x"}}, http.StatusBadRequest)
	content = "nothing"
	note := "https://gist.github.com/anamuster/0123456789abcdef0123"
	b.post("/portal/steps/code", url.Values{"words": {words}, "note": {note}}, 200)
	if len(w.application(subject).Proofs) != 0 {
		t.Error("a note without the words counts")
	}
	b.post("/portal/steps/code", url.Values{"words": {words}, "note": {note}}, http.StatusBadRequest) // used up
	content = begin()
	b.post("/portal/steps/code", url.Values{"words": {content}, "note": {note}}, 200)
	a := w.application(subject)
	if len(a.Proofs) != 1 || a.Proofs[0].Issuer != "github:anamuster" || len(a.Code) != 1 || !a.Code[0].Controlled {
		t.Errorf("%+v %+v", a.Proofs, a.Code)
	}
	content = begin()
	b.post("/portal/steps/code", url.Values{"words": {content}, "note": {"https://gitlab.com/-/snippets/17"}}, 200)
	if a = w.application(subject); len(a.Proofs) != 2 || len(a.Accounts) != 2 {
		t.Errorf("%+v", a.Proofs)
	}
}
