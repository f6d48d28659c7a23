package client

import (
	"context"
	"net/http"
	"net/url"
)

// HandedIn is what became of an export, a saved page or a résumé.
type HandedIn struct {
	Format  string   `json:"format"`
	Subject string   `json:"subject"`
	Case    string   `json:"case"`
	Job     string   `json:"job"`
	Count   int      `json:"count"`
	File    string   `json:"file"`
	Kept    []string `json:"kept"`
	Left    []string `json:"left"`
	Broken  []struct {
		Where string `json:"where"`
		Why   string `json:"why"`
	} `json:"broken"`
	Refused  string `json:"refused"`
	Detail   string `json:"detail"`
	Repeated bool   `json:"repeated"`
}

// HandIn hands in a file: beside the application of a subject, or with subject ""
// as a new one. Only the name's ending is used there.
func (c *Client) HandIn(ctx context.Context, subject, name string, file []byte) (out HandedIn, err error) {
	path := "/v1/exports"
	if subject != "" {
		path = at("subjects", subject, "/exports")
	}
	return out, c.do(ctx, request{method: http.MethodPost, path: path + "?name=" + url.QueryEscape(name), body: file, media: "application/octet-stream"}, &out)
}
