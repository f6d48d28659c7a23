package web

type circlePage struct {
	ID, Short string
	Closed    bool
	People    []memberView
}

type memberView struct {
	ID, Short string
	Me        bool
}

// circleShow is who may see a closed case; to everybody else there is none.
func circleShow(v *visit) error {
	people, err := v.s.Desk.Circle(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	p := circlePage{ID: v.id(), Short: short(v.id()), Closed: people != nil}
	for _, id := range people {
		p.People = append(p.People, memberView{id, short(id), id == v.caller.ID})
	}
	return v.show("circle_show", say(v.lang, "circle"), p)
}

// circleChange closes a case, or admits or dismisses one person.
func circleChange(v *visit) (err error) {
	switch v.r.PostFormValue("do") {
	case "close":
		err = v.s.Desk.Seal(v, v.caller.Actor, v.id())
	case "dismiss":
		err = v.s.Desk.Dismiss(v, v.caller.Actor, v.id(), v.r.PostFormValue("person"))
	default:
		err = v.s.Desk.Admit(v, v.caller.Actor, v.id(), v.r.PostFormValue("address"))
	}
	if err != nil {
		return err
	}
	return v.back("/cases/%s/circle", v.id())
}
