package api

import "bonafide/casework"

// MayAsk is what connectors may ask outside, and what is asked for instead.
type MayAsk struct {
	Hosts   []string       `json:"hosts" doc:"That may be asked; none: those of the connectors that were added."`
	Budget  int64          `json:"budget" doc:"Questions in 24 hours."`
	Used    int64          `json:"used" doc:"Of them, in the last 24 hours."`
	Waiting *MayAskWaiting `json:"waiting,omitzero" doc:"Not in force until another person confirms it."`
}

// MayAskWaiting is what somebody asked for.
type MayAskWaiting struct {
	Hosts  []string `json:"hosts"`
	Budget int64    `json:"budget"`
	By     string   `json:"by"`
}

// AskMore asks for others.
type AskMore struct {
	Hosts  []string `json:"hosts,omitempty" max:"200" doc:"That may be asked; none: those of the connectors that were added."`
	Budget int64    `json:"budget" required:"true" doc:"Questions in 24 hours."`
}

func (AskMore) isCommand() {}

func readLimits(c *call) (answer, error) {
	now, asked, mark, err := c.s.Desk.LimitsAsked(c, c.caller.Actor)
	if err != nil {
		return answer{}, err
	}
	out := MayAsk{Hosts: orEmpty(now.Hosts), Budget: now.Budget, Used: now.Used}
	if asked != nil {
		out.Waiting = &MayAskWaiting{orEmpty(asked.Hosts), asked.Budget, asked.Proposer}
	}
	return answer{body: out, mark: mark}, nil
}

func setLimits(c *call) (answer, error) {
	s, err := in[AskMore](c)
	if err != nil {
		return answer{}, err
	}
	if _, err := c.s.Desk.SetLimits(c, c.caller.Actor, casework.Limits{Hosts: s.Hosts, Budget: s.Budget}); err != nil {
		return answer{}, err
	}
	return readLimits(c)
}

func confirmLimits(c *call) (answer, error) {
	if _, err := c.s.Desk.ConfirmLimits(c, c.caller.Actor); err != nil {
		return answer{}, err
	}
	return readLimits(c)
}
