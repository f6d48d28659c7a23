package notify

import (
	"net/url"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Chats take a message in a shape of their own and check no signature: the
// address itself is the secret. What is said is that something happened and
// where to look; who it is about stands behind a sign-in.

// chatOf shapes a message for the chat that an address belongs to; nil where it
// belongs to none and gets the message as it is. desk is under which people
// reach the house; empty: no link.
func chatOf(address, desk string, body []byte) []byte {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	host := strings.ToLower(u.Hostname())
	slack := host == "hooks.slack.com" || host == "hooks.slack-gov.com"
	// Workflows, since the connectors of Office 365 ended.
	teams := strings.HasSuffix(host, ".logic.azure.com") || strings.HasSuffix(host, ".api.powerplatform.com")
	if !slack && !teams {
		return nil
	}
	var n record.Notice
	if json.Unmarshal(body, &n) != nil {
		return nil
	}
	text, link := said(n, desk)
	var shaped any
	if slack {
		if link != "" {
			text += " <" + link + "|Open it>"
		}
		shaped = map[string]any{"text": text, "unfurl_links": false}
	} else {
		card := map[string]any{"type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "version": "1.4",
			"body": []any{map[string]any{"type": "TextBlock", "text": text, "wrap": true}}}
		if link != "" {
			card["actions"] = []any{map[string]any{"type": "Action.OpenUrl", "title": "Open it", "url": link}}
		}
		shaped = map[string]any{"type": "message", "attachments": []any{map[string]any{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}}}
	}
	out, err := json.Marshal(shaped, json.Deterministic(true))
	if err != nil {
		return nil
	}
	return out
}

var sentences = map[string]string{
	"application.screened": "An application was screened.",
	"case.changed":         "A case changed.",
	"erasure.done":         "An erasure is done.",
	"job.done":             "A job is done.",
}

func said(n record.Notice, desk string) (text, link string) {
	if text = sentences[n.Type]; text == "" {
		text = "Something happened."
	}
	if desk = strings.TrimSuffix(desk, "/"); desk != "" && plainID(n.Data.Case) {
		link = desk + "/cases/" + n.Data.Case
	}
	return text, link
}

func plainID(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}
