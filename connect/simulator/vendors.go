package simulator

import (
	"cmp"
	"net/http"
	"strings"
)

// onfido answers for a workflow run, a check and its reports. As the vendor does it
// names addresses, which nobody is to follow.
func onfido(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	id := last(r.URL.Path)
	one := map[string]any{"id": id, "created_at": day, "href": "http://" + r.Host + "/elsewhere", "status": "complete"}
	switch {
	case id == "workflow_runs":
		reply(w, []any{})
		return
	case strings.Contains(r.URL.Path, "/workflow_runs/"):
		one["workflow_id"], one["status"], one["updated_at"] = "w", cmp.Or(s.States[id], "approved"), day
	case strings.Contains(r.URL.Path, "/checks/"):
		one["result"], one["report_ids"] = cmp.Or(s.States[id], "clear"), []string{"r-document", "r-selfie"}
	case id == "r-document":
		one["name"], one["result"] = "document", cmp.Or(s.States[id], "clear")
		one["documents"] = []any{map[string]any{"id": "d", "href": "http://" + r.Host + "/documents/d/download"}}
	case id == "r-selfie":
		one["name"], one["result"] = "facial_similarity_photo", cmp.Or(s.States[id], "clear")
	default:
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if s.States[id] == "gone" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	reply(w, one)
}

// stripe answers for a verification session; one that wants more says why.
func stripe(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	id := last(r.URL.Path)
	if id == "verification_sessions" {
		reply(w, map[string]any{"object": "list", "data": []any{}})
		return
	}
	status := cmp.Or(s.States[id], "verified")
	one := map[string]any{"object": "identity.verification_session", "id": id, "created": 1790000000, "livemode": true, "status": status, "last_verification_report": "vr_1"}
	switch status {
	case "gone":
		w.WriteHeader(http.StatusNotFound)
		return
	case "requires_input":
		one["last_error"] = map[string]any{"code": "selfie_face_mismatch", "reason": "The face did not match"}
	}
	reply(w, one)
}
