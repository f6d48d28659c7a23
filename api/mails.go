package api

import (
	"net/http"

	"bonafide/screen"
)

// MailTaken is what became of a mail that was handed in.
type MailTaken struct {
	Subject string `json:"subject" doc:"Whose request it answers. Whether it is the referee's own stands in the case."`
}

// addMail takes a referee's answer as our mail server took it. One that answers
// no request of this tenant is not found, and nothing of it is kept.
func addMail(c *call) (answer, error) {
	p := c.s.Prover
	if p == nil {
		p = &screen.Prover{Keeper: c.s.Keeper}
	}
	subject, err := p.Reply(c, screen.MailIn{Raw: c.raw, Tenant: c.caller.Tenant, IP: c.query("ip"), MailFrom: c.query("mail_from"), Helo: c.query("helo")})
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusAccepted, body: MailTaken{subject}}, nil
}
