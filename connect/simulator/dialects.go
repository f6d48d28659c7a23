package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

var dialects = map[string]dialect{
	"greenhouse": {wrote, greenhouse},
	"ashby": {func(r *http.Request) bool {
		p := r.URL.Path
		return !strings.HasSuffix(p, ".info") && !strings.HasSuffix(p, ".list") && !strings.HasSuffix(p, ".listFraudChecks")
	}, ashby},
	"lever":           {wrote, lever},
	"workable":        {wrote, workable},
	"smartrecruiters": {wrote, smartrecruiters},
	"teamtailor":      {wrote, teamtailor},
	"recruitee":       {wrote, recruitee},
	"personio":        {wrote, personio},
	"bamboohr":        {wrote, bamboohr},
	"onfido":          {wrote, onfido},
	"stripe":          {wrote, stripe},
}

func greenhouse(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	q := r.URL.Query()
	one := func(n int) map[string]any {
		return map[string]any{"id": n, "first_name": "Nora", "last_name": name(n), "created_at": day, "email_addresses": []any{map[string]any{"value": mail(n), "type": "personal"}}, "phone_numbers": []any{}}
	}
	if ids := q.Get("ids"); ids != "" {
		n := number(ids)
		switch {
		case n > s.People:
			reply(w, []any{})
		case strings.HasSuffix(r.URL.Path, "/applications"):
			reply(w, []any{map[string]any{"id": n, "candidate_id": n, "applied_at": day, "jobs": []any{map[string]any{"id": 5, "name": "Developer"}}}})
		default:
			reply(w, []any{one(n)})
		}
		return
	}
	if q.Get("cursor") != "" && len(q) > 1 { // the cursor stands alone
		w.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	all, next := s.page(number(q.Get("cursor")))
	if next > 0 {
		w.Header().Set("Link", fmt.Sprintf(`<%s/v3/candidates?cursor=%d>; rel="next"`, host(r), next))
	}
	reply(w, each(all, one))
}

func ashby(s *Server, w http.ResponseWriter, r *http.Request, body []byte) {
	var q struct{ ApplicationID, CandidateID, ID, Cursor string }
	_ = json.Unmarshal(body, &q)
	one := func(n int) map[string]any {
		return map[string]any{"id": strconv.Itoa(n), "createdAt": day, "status": "Active", "currentInterviewStage": map[string]any{"title": "Screen"}, "job": map[string]any{"id": "j", "title": "Developer"},
			"candidate": map[string]any{"id": "c" + strconv.Itoa(n), "name": "Nora " + name(n), "primaryEmailAddress": map[string]any{"value": mail(n)}}}
	}
	if strings.HasSuffix(r.URL.Path, ".listFraudChecks") {
		if s.Lacks {
			reply(w, map[string]any{"success": false, "errors": []string{"missing_endpoint_permission"}})
			return
		}
		reply(w, map[string]any{"success": true, "moreDataAvailable": false, "results": []any{map[string]any{"id": "f1", "candidateId": q.CandidateID, "createdAt": day,
			"fraudSignals": []any{map[string]any{"id": "g1", "category": "Spoofing", "name": "VPN Connection Detected", "value": "Porto, PT"}}}}})
		return
	}
	if strings.HasSuffix(r.URL.Path, ".info") {
		if n := number(q.ApplicationID); n <= s.People {
			reply(w, map[string]any{"success": true, "results": one(n)})
		} else {
			reply(w, map[string]any{"success": false, "errors": []string{"application_not_found"}}) // with status 200
		}
		return
	}
	all, next := s.page(number(q.Cursor))
	out := map[string]any{"success": true, "results": each(all, one), "moreDataAvailable": next > 0}
	if next > 0 {
		out["nextCursor"] = strconv.Itoa(next)
	} else {
		out["syncToken"] = "t1"
	}
	reply(w, out)
}

func lever(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	one := func(n int) map[string]any {
		return map[string]any{"id": strconv.Itoa(n), "name": "Nora " + name(n), "contact": "c", "emails": []string{mail(n)}, "phones": []any{map[string]any{"value": phone(n)}}, "links": []any{}, "stage": "s", "origin": "applied",
			"sources": []string{}, "applications": []string{"a" + strconv.Itoa(n)}, "archived": nil, "createdAt": 1772442000000}
	}
	if id := last(r.URL.Path); id != "opportunities" {
		single(s, w, id, func(n int) any { return map[string]any{"data": one(n)} })
		return
	}
	all, next := s.page(number(r.URL.Query().Get("offset")))
	out := map[string]any{"data": each(all, one), "hasNext": next > 0}
	if next > 0 {
		out["next"] = strconv.Itoa(next)
	}
	reply(w, out)
}

// single answers for one person, or that there is none.
func single(s *Server, w http.ResponseWriter, id string, f func(int) any) {
	n, err := strconv.Atoi(id)
	if err != nil || n < 1 || n > s.People {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	reply(w, f(n))
}

func workable(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	one := func(n int) map[string]any {
		return map[string]any{"id": strconv.Itoa(n), "name": "Nora " + name(n), "email": mail(n), "phone": phone(n), "created_at": day, "job": map[string]any{"shortcode": "D1", "title": "Developer"}}
	}
	if id := last(r.URL.Path); id != "candidates" {
		single(s, w, id, func(n int) any { return map[string]any{"candidate": one(n)} })
		return
	}
	all, next := s.page(number(r.URL.Query().Get("since_id")))
	paging := map[string]any{}
	if next > 0 {
		paging["next"] = fmt.Sprintf("%s/candidates?since_id=%d", host(r), next)
	}
	reply(w, map[string]any{"candidates": each(all, one), "paging": paging})
}

func smartrecruiters(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	one := func(n int) map[string]any {
		return map[string]any{"id": strconv.Itoa(n), "firstName": "Nora", "lastName": name(n), "email": mail(n), "createdOn": day}
	}
	if id := last(r.URL.Path); id != "candidates" {
		single(s, w, id, func(n int) any { return one(n) })
		return
	}
	all, next := s.page(number(r.URL.Query().Get("pageId")))
	out := map[string]any{"content": each(all, one), "totalFound": s.People}
	if next > 0 {
		out["nextPageId"] = strconv.Itoa(next)
	}
	reply(w, out)
}

func teamtailor(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	one := func(n int) map[string]any {
		return map[string]any{"id": strconv.Itoa(n), "type": "candidates", "attributes": map[string]any{"first-name": "Nora", "last-name": name(n), "email": mail(n), "created-at": day}}
	}
	if id := last(r.URL.Path); id != "candidates" {
		single(s, w, id, func(n int) any { return map[string]any{"data": one(n)} })
		return
	}
	all, next := s.page(number(r.URL.Query().Get("from")))
	links := map[string]any{}
	if next > 0 {
		links["next"] = fmt.Sprintf("%s/candidates?from=%d", host(r), next)
	}
	reply(w, map[string]any{"data": each(all, one), "links": links})
}

func recruitee(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	one := func(n int) map[string]any {
		return map[string]any{"id": n, "name": "Nora " + name(n), "emails": []string{mail(n)}, "phones": []string{phone(n)}, "created_at": day}
	}
	if id := last(r.URL.Path); id != "candidates" {
		single(s, w, id, func(n int) any { return map[string]any{"candidate": one(n), "references": []any{}} })
		return
	}
	q := r.URL.Query()
	offset, limit := 0, number(q.Get("limit"))
	if q.Get("offset") != "" {
		offset = number(q.Get("offset"))
	}
	var all []int
	for n := offset + 1; n <= s.People && len(all) < limit; n++ {
		all = append(all, n)
	}
	reply(w, map[string]any{"candidates": each(all, one), "meta": map[string]any{"offset": offset}})
}

func personio(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	one := func(n int) map[string]any {
		return map[string]any{"id": strconv.Itoa(n), "first_name": "Nora", "last_name": name(n), "email": mail(n), "created_at": day}
	}
	if id := last(r.URL.Path); id != "candidates" {
		single(s, w, id, func(n int) any { return one(n) })
		return
	}
	all, next := s.page(number(r.URL.Query().Get("cursor")))
	links := map[string]any{}
	if next > 0 {
		links["next"] = map[string]any{"href": fmt.Sprintf("%s/v2/recruiting/candidates?cursor=%d", host(r), next)}
	}
	reply(w, map[string]any{"_data": each(all, one), "_meta": map[string]any{"links": links}})
}

func bamboohr(s *Server, w http.ResponseWriter, r *http.Request, _ []byte) {
	one := func(n int) map[string]any {
		return map[string]any{"id": n, "appliedDate": day, "applicant": map[string]any{"firstName": "Nora", "lastName": name(n), "email": mail(n)}, "job": map[string]any{"id": 5, "title": map[string]any{"label": "Developer"}}}
	}
	if id := last(r.URL.Path); id != "applications" {
		single(s, w, id, func(n int) any { return one(n) })
		return
	}
	from := number(r.URL.Query().Get("page"))
	all, next := s.page((from-1)*pageSize + 1)
	out := map[string]any{"applications": each(all, one), "paginationComplete": next == 0}
	if next > 0 {
		out["nextPageUrl"] = fmt.Sprintf("%s/applicant_tracking/applications?page=%d", host(r), from+1)
	}
	reply(w, out)
}
