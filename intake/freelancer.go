package intake

import (
	"cmp"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Freelancer.com: answers of its API, {"status": "success", "result": …}: a user
// (in a map by id, or alone), bids, reviews; or several collected in one object,
// {"user": ANSWER, "bids": ANSWER, "reviews": ANSWER}. All must be of one
// account. Times are seconds since 1970.

type freelancerExport struct {
	freelancerAnswer
	User    *freelancerAnswer `json:"user"`
	Bids    *freelancerAnswer `json:"bids"`
	Reviews *freelancerAnswer `json:"reviews"`
	platformFacts
	Unknown record.Fields `json:",embed"`
}

type freelancerAnswer struct {
	Status loose          `json:"status"`
	Result jsontext.Value `json:"result"` // a user, or lists
}

type freelancerLists struct {
	Username loose                      `json:"username"` // then it is a user
	Users    map[string]*freelancerUser `json:"users"`
	Bids     []freelancerBid            `json:"bids"`
	Reviews  []freelancerReview         `json:"reviews"`
	Unknown  record.Fields              `json:",embed"`
}

type freelancerUser struct {
	ID          loose `json:"id"`
	Username    loose `json:"username"`
	DisplayName loose `json:"display_name"`
	PublicName  loose `json:"public_name"`
	Registered  loose `json:"registration_date"`
	Tagline     loose `json:"tagline"`
	Description loose `json:"profile_description"`
	Location    struct {
		City    loose `json:"city"`
		Country struct {
			Name    loose         `json:"name"`
			Code    loose         `json:"code"`
			Unknown record.Fields `json:",embed"`
		} `json:"country"`
		Unknown record.Fields `json:",embed"`
	} `json:"location"`
	Timezone struct {
		Name    loose         `json:"timezone"`
		Unknown record.Fields `json:",embed"`
	} `json:"timezone"`
	State struct {
		Identity *bool         `json:"identity_verified"`
		Unknown  record.Fields `json:",embed"`
	} `json:"status"`
	Jobs []struct {
		Name    loose         `json:"name"`
		Unknown record.Fields `json:",embed"`
	} `json:"jobs"`
	Unknown record.Fields `json:",embed"`
}

type freelancerBid struct {
	Bidder      loose         `json:"bidder_id"`
	Project     loose         `json:"project_id"`
	Description loose         `json:"description"`
	Submitted   loose         `json:"time_submitted"`
	SubmitDate  loose         `json:"submitdate"` // before that name
	Award       loose         `json:"award_status"`
	Unknown     record.Fields `json:",embed"`
}

type freelancerReview struct {
	From       loose         `json:"from_user_id"`
	To         loose         `json:"to_user_id"`
	Submitted  loose         `json:"time_submitted"`
	SubmitDate loose         `json:"submitdate"`
	Rating     float64       `json:"rating"` // 0 to 5
	Others     int           `json:"others"` // added by whoever collected: other new accounts this client rated at the top that month
	Payout     loose         `json:"payout"` // the same: keyed hash of the account the client pays from
	Unknown    record.Fields `json:",embed"`
}

func freelancerKnows(n names) bool {
	return n.has("status") && n.any("result.users", "result.bids", "result.reviews", "result.username") ||
		n.any("user.result.users", "user.result.username", "bids.result.bids", "reviews.result.reviews")
}

func decodeFreelancer(raw []byte, c given) (*record.Application, error) {
	var f freelancerExport
	if err := decodeShape(raw, &f); err != nil {
		return nil, err
	}
	r := freelancerReader{
		a:       &record.Application{ID: c.id, Source: c.sourceOr("freelancer"), ReceivedAt: c.received},
		account: f.account("freelancer"),
	}
	for _, answer := range []*freelancerAnswer{&f.freelancerAnswer, f.User, f.Bids, f.Reviews} {
		if answer == nil || len(answer.Result) == 0 {
			continue
		}
		if err := r.read(answer.Result); err != nil {
			return nil, at("result", err)
		}
	}
	if r.whose == "" {
		return nil, record.Invalid("result", "neither a user nor a bid nor a review in it")
	}
	r.a.ID, r.account.Handle = string(r.whose), string(r.whose)
	r.a.Platforms, r.a.Agency = []record.PlatformAccount{r.account}, f.Agency
	keepRest(r.a, "", &f)
	return r.a, nil
}

// freelancerReader gathers the answers about one account.
type freelancerReader struct {
	a       *record.Application
	account record.PlatformAccount
	whose   loose
}

func (r *freelancerReader) one(id loose) error {
	if id != "" && r.whose != "" && r.whose != id {
		return record.Invalid("", "an answer about several accounts: export one account each")
	}
	if id != "" {
		r.whose = id
	}
	return nil
}

func (r *freelancerReader) read(raw jsontext.Value) error {
	var l freelancerLists
	if err := decodeShape(raw, &l); err != nil {
		return err
	}
	if l.Username != "" {
		var u freelancerUser
		if err := decodeShape(raw, &u); err != nil {
			return err
		}
		return r.user(&u)
	}
	if len(l.Users) > 1 {
		return record.Invalid("users", "several accounts: export one account each")
	}
	for id, u := range l.Users { // one
		if u == nil {
			continue
		}
		if u.ID == "" {
			u.ID = loose(id)
		}
		if err := r.user(u); err != nil {
			return err
		}
	}
	for i := range l.Bids {
		b := &l.Bids[i]
		if err := r.one(b.Bidder); err != nil {
			return err
		}
		if len(r.account.Bids) == mostProposals {
			keepCount(r.a, "bids beyond the bound, not read", len(l.Bids)-i)
			break
		}
		r.account.Bids = append(r.account.Bids, record.Bid{At: unixSeconds(cmp.Or(b.Submitted, b.SubmitDate)), Job: string(b.Project),
			Text: clip(string(b.Description), longestProposal), Accepted: b.Award == "awarded"})
	}
	for i := range l.Reviews {
		v := &l.Reviews[i]
		if err := r.one(v.To); err != nil {
			return err
		}
		if len(r.account.Ratings) == mostProposals {
			keepCount(r.a, "reviews beyond the bound, not read", len(l.Reviews)-i)
			break
		}
		r.account.Ratings = append(r.account.Ratings, record.Rating{At: unixSeconds(cmp.Or(v.Submitted, v.SubmitDate)), Client: string(v.From), Top: v.Rating >= 5,
			Others: v.Others, Payout: string(v.Payout)})
	}
	keepRest(r.a, "result", &l)
	return nil
}

func (r *freelancerReader) user(u *freelancerUser) error {
	a := r.a
	if err := r.one(u.ID); err != nil {
		return err
	}
	a.Person.Name = string(cmp.Or(u.DisplayName, u.PublicName))
	if r.account.Created.IsZero() {
		r.account.Created = unixSeconds(u.Registered)
	}
	r.account.IdentityVerified = u.State.Identity
	addAccount(a, "freelancer", string(u.Username))
	a.Person.Address.City = string(u.Location.City)
	a.Person.Address.Country = cmp.Or(country(string(u.Location.Country.Code)), country(string(u.Location.Country.Name)))
	a.Person.Timezone = string(u.Timezone.Name)
	var text textBuilder
	text.line(string(u.Tagline))
	text.line(string(u.Description))
	a.Resume.Text = text.String()
	for i := range u.Jobs {
		addOnce(&a.Resume.Skills, string(u.Jobs[i].Name))
	}
	keepRest(a, "user", u)
	return nil
}
