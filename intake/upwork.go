package intake

import (
	"strings"

	"bonafide/record"
)

// Upwork: answers of its GraphQL API, as a platform's own people or the
// freelancer can fetch them: one profile ("freelancerProfileByProfileKey"), the
// freelancer's proposals ("vendorProposals"), or both collected in one object,
// {"profile": ANSWER, "proposals": ANSWER}, with the percentile of the category
// and the log-ins where the platform knows them. Answers come with status 200
// even when they carry errors.

type upworkExport struct {
	Data      upworkData    `json:"data"`
	Profile   *upworkAnswer `json:"profile"`
	Proposals *upworkAnswer `json:"proposals"`
	platformFacts
	Unknown record.Fields `json:",embed"`
}

// platformFacts are what whoever collects an export of a platform adds from
// its own knowledge, in the words of the application record.
type platformFacts struct {
	Created       loose   `json:"created"`
	Verified      loose   `json:"verified"`
	Logins        int     `json:"logins"`
	UsualBidsADay float64 `json:"usual_bids_a_day"`
	// Agency is what the agency that hands the person in could show.
	Agency *record.AgencyFacts `json:"agency"`
}

type upworkAnswer struct {
	Data    upworkData    `json:"data"`
	Unknown record.Fields `json:",embed"`
}

type upworkData struct {
	Profile   *upworkProfile   `json:"freelancerProfileByProfileKey"`
	Proposals *upworkProposals `json:"vendorProposals"`
	Unknown   record.Fields    `json:",embed"`
}

type upworkProfile struct {
	FullName  loose `json:"fullName"`
	FirstName loose `json:"firstName"`
	LastName  loose `json:"lastName"`
	Country   struct {
		Name    loose         `json:"name"`
		Unknown record.Fields `json:",embed"`
	} `json:"countryDetails"`
	Personal struct {
		Title       loose         `json:"profileTitle"`
		Description loose         `json:"profileDescription"`
		URL         loose         `json:"profileUrl"`
		Unknown     record.Fields `json:",embed"`
	} `json:"personalData"`
	Skills struct {
		Edges []struct {
			Node struct {
				Name    loose         `json:"prettyName"`
				Unknown record.Fields `json:",embed"`
			} `json:"node"`
			Unknown record.Fields `json:",embed"`
		} `json:"edges"`
		Unknown record.Fields `json:",embed"`
	} `json:"skills"`
	Unknown record.Fields `json:",embed"`
}

type upworkProposals struct {
	Edges []struct {
		Node    upworkProposal `json:"node"`
		Unknown record.Fields  `json:",embed"`
	} `json:"edges"`
	Unknown record.Fields `json:",embed"`
}

type upworkProposal struct {
	User struct {
		ID loose `json:"id"`
	} `json:"user"`
	Letter loose `json:"proposalCoverLetter"`
	Status struct {
		Status  loose         `json:"status"`
		Unknown record.Fields `json:",embed"`
	} `json:"status"`
	Audit struct {
		Created struct {
			Raw     loose         `json:"rawValue"`
			Unknown record.Fields `json:",embed"`
		} `json:"createdDateTime"`
		Unknown record.Fields `json:",embed"`
	} `json:"auditDetails"`
	Job struct {
		ID      loose         `json:"id"`
		Unknown record.Fields `json:",embed"`
	} `json:"marketplaceJobPosting"`
	Unknown record.Fields `json:",embed"`
}

// mostProposals bounds one account; what is beyond is counted, not read.
const (
	mostProposals   = 20_000
	longestProposal = 16 << 10 // bytes
)

func upworkKnows(n names) bool {
	return n.any("data.freelancerProfileByProfileKey", "data.vendorProposals",
		"profile.data.freelancerProfileByProfileKey", "proposals.data.vendorProposals")
}

func decodeUpwork(raw []byte, c given) (*record.Application, error) {
	var u upworkExport
	if err := decodeShape(raw, &u); err != nil {
		return nil, err
	}
	profile, proposals := u.Data.Profile, u.Data.Proposals
	for _, more := range []*upworkAnswer{u.Profile, u.Proposals} {
		if more != nil && more.Data.Profile != nil {
			profile = more.Data.Profile
		}
		if more != nil && more.Data.Proposals != nil {
			proposals = more.Data.Proposals
		}
	}
	if profile == nil && proposals == nil {
		return nil, record.Invalid("data", "an answer without a profile and without proposals: it carries an error of the platform")
	}
	a := &record.Application{ID: c.id, Source: c.sourceOr("upwork"), ReceivedAt: c.received}
	account := u.account("upwork")
	if profile != nil {
		profile.read(a)
		account.Handle = a.ID
	}
	if proposals != nil {
		if err := proposals.read(a, &account); err != nil {
			return nil, err
		}
	}
	a.Platforms, a.Agency = []record.PlatformAccount{account}, u.Agency
	keepRest(a, "", &u)
	return a, nil
}

func (p *upworkProfile) read(a *record.Application) {
	a.Person.Name = string(p.FullName)
	if a.Person.Name == "" {
		a.Person.Name = strings.TrimSpace(string(p.FirstName) + " " + string(p.LastName))
	}
	a.Person.Address.Country = country(string(p.Country.Name))
	if a.Person.Address.Country == "" {
		keepText(a, "countryDetails.name", string(p.Country.Name))
	}
	addURL(a, string(p.Personal.URL))
	for _, have := range a.Accounts {
		a.ID = have.Handle // of the address of the profile: ~01…
	}
	var text textBuilder
	text.line(string(p.Personal.Title))
	text.line(string(p.Personal.Description))
	a.Resume.Text = text.String()
	for _, s := range p.Skills.Edges {
		addOnce(&a.Resume.Skills, string(s.Node.Name))
	}
}

func (p *upworkProposals) read(a *record.Application, account *record.PlatformAccount) error {
	by := loose("")
	for i := range p.Edges {
		n := &p.Edges[i].Node
		if by != "" && n.User.ID != "" && n.User.ID != by {
			return record.Invalid("vendorProposals", "proposals of several people: export one account each")
		}
		by = n.User.ID
		if len(account.Bids) == mostProposals {
			keepCount(a, "proposals beyond the bound, not read", len(p.Edges)-i)
			break
		}
		account.Bids = append(account.Bids, record.Bid{At: moment(n.Audit.Created.Raw), Job: string(n.Job.ID),
			Text: clip(string(n.Letter), longestProposal), Accepted: upworkTaken(string(n.Status.Status))})
	}
	if account.Handle == "" && by != "" {
		account.Handle, a.ID = string(by), string(by)
	}
	return nil
}

// upworkTaken: the words for a proposal that became work.
func upworkTaken(status string) bool {
	switch strings.ToLower(status) {
	case "hired", "accepted", "offered":
		return true
	}
	return false
}

// account begins an account with what was added to its export.
func (f *platformFacts) account(platform string) record.PlatformAccount {
	return record.PlatformAccount{Platform: platform, Created: moment(f.Created), Verified: moment(f.Verified), Logins: f.Logins, UsualBidsADay: f.UsualBidsADay}
}
