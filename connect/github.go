package connect

import (
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// GitHub: the audit log of an organisation, one entry or a list.

type githubEntry struct {
	Document  string `json:"_document_id"`
	Action    string `json:"action"`
	Actor     string `json:"actor"`
	IP        string `json:"actor_ip"`
	At        int64  `json:"@timestamp"` // milliseconds
	Repo      string `json:"repo"`
	User      string `json:"user"`
	Transport int    `json:"transport_protocol"`
	Place     struct {
		Country string `json:"country_code"`
	} `json:"actor_location"`
	Token string `json:"programmatic_access_type"`
}

var githubKinds = map[string]string{
	"git.clone": "clone", "git.fetch": "", "git.push": "push", "repo.create": "", "repo.download_zip": "download", "repo.access": "made-public", "repo.add_member": "member-added",
	"org.add_member": "member-added", "org.add_outside_collaborator": "member-added", "public_key.create": "key-added", "deploy_key.create": "key-added",
	"personal_access_token.access_granted": "key-added", "business.sso_response": "sign-in", "org.sso_response": "sign-in", "user.login": "sign-in", "repo.fork": "fork",
	"org.remove_member": "revoked", "business.remove_member": "revoked",
}

func readGitHubAudit(raw []byte) (all []Seen, err error) {
	for _, v := range pages(raw) {
		var e githubEntry
		if json.Unmarshal(v, &e) != nil {
			return nil, record.Invalid("github-audit", "is no entry of the audit log")
		}
		if e.Action == "" {
			return nil, record.Invalid("github-audit", "names no action")
		}
		kind := githubKinds[e.Action]
		if kind == "" || e.Actor == "" {
			continue
		}
		x := &record.Event{ID: e.Document, At: time.UnixMilli(e.At).UTC(), Source: "github", Kind: kind, Account: e.Actor, IP: e.IP, Country: iso(e.Place.Country), Object: e.Repo, Outcome: "success", Count: 1}
		if x.ID == "" {
			x.ID = e.Action + " " + strconv.FormatInt(e.At, 10)
		}
		if x.Object == "" {
			x.Object = e.User
		}
		if e.Token != "" {
			x.Client = "service"
		}
		all = append(all, Seen{Account: x.Account, Event: x})
	}
	return all, nil
}
