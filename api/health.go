package api

func readContract(c *call) (answer, error) { return answer{body: c.s.contract}, nil }

func readHealth(*call) (answer, error) { return answer{body: []byte("alive\n")}, nil }

func readReady(c *call) (answer, error) {
	if c.s.Draining() {
		return answer{}, &fault{kind: "unavailable", detail: "This node is being shut down."}
	}
	if err := c.s.Desk.Ready(c); err != nil {
		return answer{}, &fault{kind: "unavailable", detail: "The database does not answer."}
	}
	return answer{body: []byte("ready\n")}, nil
}

// Drain makes readiness say no, so that a balancer sends nobody here any more.
func (s *Server) Drain() { s.draining.Store(true) }

// Draining says whether Drain was called.
func (s *Server) Draining() bool { return s.draining.Load() }

// Shed is how many requests were told to come again.
func (s *Server) Shed() int64 { return s.gate.shed.Load() }
