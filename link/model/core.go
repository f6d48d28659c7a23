package model

// core marks the fields that make a person who he is; a pair that differs in them is
// never taken for a match while learning, however much address or household it shares. Without this, a table
// without duplicates but with families would teach that one person has many first names and birthdays.
type core struct {
	first, second []int // names; birth dates and identifiers
	names         []int // given, family and whole names
	birth         []int
	whole         []int // whole names, and the numbers that may overrule them
	numbers       []int
}

func coreOf(fields []Field) (c core) {
	for i, f := range fields {
		switch f.Role {
		case Given, Family, WholeName:
			c.names = append(c.names, i)
		case Birth:
			c.birth = append(c.birth, i)
		}
		switch {
		case f.Role == WholeName && f.Kind == Words:
			c.whole = append(c.whole, i)
		case f.Role == Identifier:
			c.numbers = append(c.numbers, i)
		}
		switch f.Role {
		case Given, WholeName:
			c.first = append(c.first, i)
		case Birth, Identifier:
			c.second = append(c.second, i)
		}
	}
	return c
}

// namesakes: 2 when all names known on both sides agree, 1 when one does, 0 when none does.
func (c *core) namesakes(pattern uint64) int {
	agree, differ := false, false
	for _, i := range c.names {
		switch l := levelIn(pattern, i); {
		case l == levelNull:
		case l < 3:
			differ = true
		default:
			agree = true
		}
	}
	switch {
	case !agree:
		return 0
	case differ:
		return 1
	}
	return 2
}

// otherBirth: the birth dates differ outright.
func (c *core) otherBirth(pattern uint64) bool {
	for _, i := range c.birth {
		if levelIn(pattern, i) > 0 {
			return false
		}
	}
	return len(c.birth) > 0
}

// otherPerson: one family name, other given names, and no identifier agrees. A household shares the
// family name, the address, the telephone and the mailbox; then these say nothing.
func (c *core) otherPerson(pattern uint64) bool {
	other := false
	for _, i := range c.whole {
		switch l := levelIn(pattern, i); {
		case l == levelNull:
		case l != levelRelative:
			return false
		default:
			other = true
		}
	}
	for _, i := range c.numbers {
		if levelIn(pattern, i) == levelExact {
			return false
		}
	}
	return other
}

// contradicted: a name and a birth date or identifier differ outright, and no other of them agrees.
func (c *core) contradicted(pattern uint64) bool {
	differ := func(fields []int) (yes, no bool) {
		for _, i := range fields {
			switch l := levelIn(pattern, i); {
			case l <= 1:
				yes = true
			case l != levelNull && l != 2:
				no = true
			}
		}
		return yes, no
	}
	a, okA := differ(c.first)
	b, okB := differ(c.second)
	return a && b && !okA && !okB
}
