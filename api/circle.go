package api

// Circle is who may see a case; to everybody else there is none.
type Circle struct {
	Closed bool     `json:"closed" doc:"Kept to the people listed; false: everyone who works on cases sees it."`
	People []string `json:"people" doc:"Accounts."`
}

// CircleStep changes the circle of a case.
type CircleStep struct {
	Do      string `json:"do" required:"true" enum:"close,admit,dismiss" doc:"close keeps the case to whoever asks; a case that is closed already keeps its circle."`
	Address string `json:"address,omitempty" max:"254" doc:"Whom to admit: the mail address of an account that works on cases."`
	Person  string `json:"person,omitempty" max:"60" doc:"Whom to dismiss: an account. Nobody leaves a circle themselves."`
}

func (CircleStep) isCommand() {}

func readCircle(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	people, err := c.s.Desk.Circle(c, c.caller.Actor, id)
	return answer{body: Circle{people != nil, orEmpty(people)}}, err
}

func changeCircle(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[CircleStep](c)
	if err != nil {
		return answer{}, err
	}
	switch x.Do {
	case "close":
		err = c.s.Desk.Seal(c, c.caller.Actor, id)
	case "admit":
		err = c.s.Desk.Admit(c, c.caller.Actor, id, x.Address)
	default:
		err = c.s.Desk.Dismiss(c, c.caller.Actor, id, x.Person)
	}
	if err != nil {
		return answer{}, err
	}
	return readCircle(c)
}
