package api

import (
	"time"

	"bonafide/casework"
)

// Orders are accesses of a run sheet that connectors end.
type Orders struct {
	Connectors []Ending  `json:"connectors" doc:"That end accesses."`
	Plan       []Planned `json:"plan" doc:"With dry_run: every request that would be sent, in order."`
	Orders     []Order   `json:"orders"`
}

// Ending is a connector that ends accesses.
type Ending struct {
	Name    string `json:"name"`
	System  string `json:"system"`
	Account string `json:"account" doc:"What an account is called there."`
}

// Planned is one request.
type Planned struct {
	Step    string `json:"step"`
	Method  string `json:"method"`
	Address string `json:"address"`
	Body    string `json:"body,omitempty"`
}

// Order is one of them.
type Order struct {
	Order        int         `json:"order"`
	Item         int         `json:"item" doc:"Number of the way in on the inventory."`
	Connector    string      `json:"connector"`
	Account      string      `json:"account"`
	Organisation string      `json:"organisation,omitempty"`
	State        string      `json:"state" enum:"proposed,signed,ended,wrong,failed,withdrawn" doc:"wrong: the system knows nobody of this name, and nothing was ended. failed: given up; do it by hand."`
	By           string      `json:"by"`
	Second       string      `json:"second,omitempty"`
	Ordered      time.Time   `json:"ordered"`
	Signed       time.Time   `json:"signed,omitzero"`
	Tries        int         `json:"tries"`
	Next         time.Time   `json:"next,omitzero" doc:"When it is tried again."`
	Said         string      `json:"said,omitempty" doc:"What went wrong last."`
	Steps        []OrderStep `json:"steps"`
}

// OrderStep is one step: its intent before, its proof after.
type OrderStep struct {
	Step     string    `json:"step"`
	Intended time.Time `json:"intended"`
	Answered time.Time `json:"answered,omitzero"`
	Status   int       `json:"status,omitempty" doc:"Of the answer."`
	SHA256   string    `json:"sha256,omitempty" doc:"Of the answer."`
	Ended    bool      `json:"ended"`
	Checked  bool      `json:"checked" doc:"Asked again afterwards, and ended it is."`
}

// OrderAsked is an order to be.
type OrderAsked struct {
	Item         int    `json:"item" required:"true"`
	Connector    string `json:"connector" required:"true" max:"40"`
	Account      string `json:"account" required:"true" max:"200" doc:"Whose access, as the system calls it: login, id, device."`
	Organisation string `json:"organisation,omitempty" max:"200" doc:"Where the system wants one."`
	DryRun       bool   `json:"dry_run,omitempty"`
}

func (OrderAsked) isCommand() {}

// OrderSettled is the second person's word.
type OrderSettled struct {
	Order int    `json:"order" required:"true"`
	Do    string `json:"do" required:"true" enum:"sign,withdraw"`
}

func (OrderSettled) isCommand() {}

func readOrders(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	o, err := c.s.Desk.Offboarding(c, c.caller.Actor, id)
	if err != nil {
		return answer{}, err
	}
	return c.orders(&o, nil)
}

func addOrder(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[OrderAsked](c)
	if err != nil {
		return answer{}, err
	}
	asked := casework.Asked{Item: x.Item, Via: x.Connector, Account: x.Account, Organisation: x.Organisation}
	if x.DryRun {
		plan, err := c.s.Desk.PlanOrder(c, c.caller.Actor, id, asked)
		if err != nil {
			return answer{}, err
		}
		o, err := c.s.Desk.Offboarding(c, c.caller.Actor, id)
		if err != nil {
			return answer{}, err
		}
		return c.orders(&o, plan)
	}
	o, err := c.s.Desk.OrderEnd(c, c.caller.Actor, id, asked)
	if err != nil {
		return answer{}, err
	}
	return c.orders(&o, nil)
}

func settleOrder(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[OrderSettled](c)
	if err != nil {
		return answer{}, err
	}
	settle := c.s.Desk.SignOrder
	if x.Do == "withdraw" {
		settle = c.s.Desk.WithdrawOrder
	}
	o, err := settle(c, c.caller.Actor, id, x.Order)
	if err != nil {
		return answer{}, err
	}
	return c.orders(&o, nil)
}

func (c *call) orders(o *casework.Offboarding, plan []casework.Planned) (answer, error) {
	out := Orders{[]Ending{}, []Planned{}, []Order{}}
	ends, err := c.s.Desk.Ends(c, c.caller.Actor)
	if err != nil {
		return answer{}, err
	}
	for _, e := range ends {
		out.Connectors = append(out.Connectors, Ending{e.Name, e.System, e.Account})
	}
	for _, p := range plan {
		out.Plan = append(out.Plan, Planned{p.Text, p.Method, p.Address, p.Body})
	}
	for i := range o.Orders {
		x := &o.Orders[i]
		y := Order{x.N, x.Item, x.Via, x.Account, x.Organisation, x.State, x.By, x.Second, x.Ordered, x.Signed, x.Tries, x.Next, x.Said, []OrderStep{}}
		for _, s := range x.Steps {
			step := OrderStep{Step: s.Text, Intended: s.Intended}
			if p := s.Proof; p != nil {
				step.Answered, step.Status, step.SHA256, step.Ended, step.Checked = p.At, p.Status, p.SHA256, p.Ended, p.Checked
			}
			y.Steps = append(y.Steps, step)
		}
		out.Orders = append(out.Orders, y)
	}
	return answer{body: out}, nil
}
