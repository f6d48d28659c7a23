package api

import (
	"net/http"

	"bonafide/record"
	"bonafide/screen"
)

// Challenge answers the question with which a provider makes sure whose an
// address is.
type Challenge struct {
	Verification string `json:"verification"`
}

// takeHook takes a delivery of another system. It is answered as soon as it is
// written down; the sender hears nothing of what becomes of it.
func takeHook(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	hooks := &screen.Hooks{Keeper: c.s.Keeper}
	taken, err := hooks.Take(c, id, c.r.Method, c.r.Header, c.raw, c.s.Now())
	if err != nil {
		if code := record.CodeOf(err); code == record.CodeRefused || code == record.CodeNotFound {
			if wait, ok := c.s.Tries.Take(c.s.Proxies.Client(c.r).String(), c.s.Now()); !ok {
				return answer{}, tooMany(wait)
			}
		}
		return answer{}, err
	}
	a := answer{status: http.StatusOK}
	for name := range taken.Header {
		if v := taken.Header.Get(name); name == "Content-Type" {
			a.media = v
		} else {
			a.header = append(a.header, [2]string{name, v})
		}
	}
	if taken.Body != nil {
		a.body = taken.Body
	}
	return a, nil
}
