package api

import (
	"slices"

	"bonafide/access"
	"bonafide/record"
)

// Me is who is asking.
type Me struct {
	Kind   record.ActorKind   `json:"kind"`
	ID     string             `json:"id"`
	Tenant string             `json:"tenant"`
	Roles  []record.StaffRole `json:"roles"`
	Scopes []access.Scope     `json:"scopes"`
	May    []access.Act       `json:"may" doc:"The acts that are open to this account or key."`
}

func me(c access.Caller) Me {
	m := Me{c.Kind, c.ID, c.Tenant, orEmpty(c.Roles), orEmpty(c.Scopes), []access.Act{}}
	for _, rt := range Routes() {
		if !rt.Open && c.May(rt.Act) && !slices.Contains(m.May, rt.Act) {
			m.May = append(m.May, rt.Act)
		}
	}
	return m
}

func readMe(c *call) (answer, error) { return answer{body: me(c.caller)}, nil }

// may says whether the caller may do an act.
func (c *call) may(act access.Act) bool { return c.caller.May(act) }

// key is the Idempotency-Key of a request.
func (c *call) key() string { return c.r.Header.Get("Idempotency-Key") }

// SignIn is the token of a link that the house gave out once.
type SignIn struct {
	Token string `json:"token" required:"true" max:"200"`
}

func (SignIn) isCommand() {}

func signIn(c *call) (answer, error) {
	v, err := in[SignIn](c)
	if err != nil {
		return answer{}, err
	}
	caller, cookie, err := c.s.Door.Redeem(c, v.Token)
	if err != nil {
		return answer{}, unauthenticated(err)
	}
	return answer{body: me(caller), header: [][2]string{{"Set-Cookie", cookie.String()}}}, nil
}

func signOut(c *call) (answer, error) {
	cookie, err := c.s.Door.SignOut(c, c.caller)
	if err != nil {
		return answer{}, err
	}
	return answer{header: [][2]string{{"Set-Cookie", cookie.String()}}}, nil
}

// beginOIDC sends a browser to the provider of a tenant.
func beginOIDC(c *call) (answer, error) {
	to, cookie, err := c.s.Door.BeginOIDC(c, c.r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	return answer{header: [][2]string{{"Location", to}, {"Set-Cookie", cookie.String()}}}, nil
}

// finishOIDC signs in whom the provider sent back to the browser that left.
func finishOIDC(c *call) (answer, error) {
	bound, err := c.r.Cookie(c.s.Door.CookieName() + "-oidc")
	if err != nil {
		return answer{}, &fault{kind: "unauthenticated", detail: "This browser did not begin this sign-in; begin again."}
	}
	_, cookie, err := c.s.Door.FinishOIDC(c, c.r.PathValue("id"), c.query("code"), c.query("state"), bound.Value)
	if err != nil {
		return answer{}, unauthenticated(err)
	}
	return answer{header: [][2]string{{"Location", "/"}, {"Set-Cookie", cookie.String()}}}, nil
}
