package notify

import (
	"strings"
	"testing"
)

// TestChat: a chat is told that something happened and where to look, and no
// more; anybody else gets the message as it is.
func TestChat(t *testing.T) {
	body := []byte(`{"type":"case.changed","timestamp":"2026-03-02T09:00:00Z","data":{"subject":"s1","case":"c1"}}`)
	for _, c := range []struct{ name, address, desk, has string }{
		{"slack", "https://hooks.slack.com/services/T/B/x", "https://house.example", `"text":"A case changed. <https://house.example/cases/c1|Open it>"`},
		{"slack without a desk", "https://hooks.slack.com/services/T/B/x", "", `"text":"A case changed."`},
		{"teams", "https://prod-1.westeurope.logic.azure.com/workflows/1", "https://house.example/", `"url":"https://house.example/cases/c1"`},
		{"somebody else", "https://example.org/hooks.slack.com", "https://house.example", ""},
		{"a look-alike", "https://hooks.slack.com.example.org/", "https://house.example", ""},
	} {
		got := string(chatOf(c.address, c.desk, body))
		if c.has == "" && got != "" || !strings.Contains(got, c.has) || strings.Contains(got, "s1") {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	evil := []byte(`{"type":"case.changed|<https://evil.example>","data":{"case":"c1|<https://evil.example|Open>"}}`)
	if got := string(chatOf("https://hooks.slack.com/x", "https://house.example", evil)); strings.Contains(got, "evil") {
		t.Errorf("foreign words in a message: %s", got)
	}
}
