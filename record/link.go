package record

// Kind is what kind of value a link shares.
type Kind uint8

// The kinds of value that linking compares, in the order in which they print.
const (
	KindNone          Kind = iota
	KindDocument           // issuer and number of an identity document
	KindTaxID              // country and number
	KindDocumentImage      // bytes or perceptual hash of a document picture
	KindPhoto              // bytes or perceptual hash of a portrait
	KindEmail              // canonical mail address
	KindPhone              // E.164
	KindPhoneBlock         // phone numbers of one block of a hundred
	KindMailPattern        // mail addresses that differ in digits only
	KindHandle             // service and handle
	KindAddress            // home address
	KindDelivery           // delivery address that is not the home address
	KindDevice             // device identifier of a session
	KindNetwork            // IPv4 address, or IPv6 /64
	KindPayout             // account pay goes to
	KindWallet             // crypto address
	KindResumeFile         // bytes of the résumé file
	KindResumeText         // sentences of the résumé
	KindAnswerText         // sentences of free answers
	KindReferenceText      // sentences of a reference
	KindReferee            // contact of a referee named by several applicants
	KindRefereeSelf        // contact of a referee that belongs to another applicant
	KindReplyOrigin        // network a referee answered from that another applicant or the applicant used
	KindCareer             // a set of employers with equal dates, referees
	KindReferral           // who referred whom
	KindMergeQuestion      // the same identity applied more than once
	KindClosed             // matches the kept keys of a closed case
	KindBidText            // sentences of bids on platforms
	KindPageText           // sentences of pages the applicant named
	KindPageBuild          // pictures that stand in such a page, and the order of its elements
	KindPremises           // days on which employers' computers of two people were behind one line
	kinds
)

// Kinds is the number of kinds, for tables.
const Kinds = int(kinds)

var kindWords = [...]string{"", "document", "tax-id", "document-image", "photo", "email", "phone", "phone-block", "mail-pattern", "handle", "address",
	"delivery", "device", "network", "payout", "wallet", "resume-file", "resume-text", "answer-text", "reference-text",
	"referee", "referee-self", "reply-origin", "career", "referral", "merge-question", "closed",
	"bid-text", "page-text", "page-build", "premises"}

func (k Kind) String() string { return kindWords[k] }

// Family is the family of the value that is shared.
func (k Kind) Family() Family {
	switch k {
	case KindDocument, KindTaxID, KindDocumentImage, KindPhoto:
		return Ident
	case KindEmail, KindPhone, KindPhoneBlock, KindMailPattern, KindHandle, KindAddress, KindDelivery:
		return Contact
	case KindDevice, KindNetwork, KindPremises:
		return Net
	case KindPayout, KindWallet:
		return Pay
	case KindResumeFile, KindResumeText, KindAnswerText, KindCareer, KindBidText, KindPageText, KindPageBuild:
		return CV
	case KindReferenceText, KindReferee, KindRefereeSelf, KindReplyOrigin, KindReferral:
		return Ref
	}
	return ""
}

// Held reports whether only the person who controls the value can make it
// appear on an application: a device, a network, an account that receives the
// pay, an answer typed into our own form. Everything else can be typed by
// anybody and so planted on its owner: there only the later claimant is asked.
func (k Kind) Held() bool {
	switch k {
	case KindDevice, KindNetwork, KindPayout, KindWallet, KindAnswerText, KindReplyOrigin, KindBidText, KindPremises:
		return true
	}
	return false
}

// Excuse is why a link is shown and not counted.
type Excuse uint8

const (
	NoExcuse     Excuse = iota
	Household           // at most three people at one postal address
	Agency              // submitted by one agency
	Crowd               // shared by very many: a campus, a service, an exit
	Chance              // a population of this size makes such coincidences
	EarlierOwner        // this record held the value first; it may have been planted
	Colleagues          // people of one employer who name each other once
	Reissued            // long time between the two: numbers are given out again
	Known               // on an allow-list: relay, company egress
)

var excuseWords = [...]string{"", "household", "agency", "crowd", "chance", "earlier-owner", "colleagues", "reissued", "known"}

// Link is one value that a subject shares with subjects under other
// identities. The link room has already weighed how common the value is, who
// held it first and whether an honest reason is in sight.
type Link struct {
	Kind         Kind     `json:"kind"`
	Field        string   `json:"field"`                 // of this record, e.g. "phones[0]"
	Others       []string `json:"others"`                // record names under other identities, at most 5, smallest first
	OtherField   string   `json:"other_field,omitempty"` // of the first of Others
	Identities   int      `json:"identities"`            // other identities that share it
	Population   int      `json:"population"`            // applications looked at
	Shared       int      `json:"shared,omitempty"`      // texts and careers: how many sentences or items are shared; else 1
	Later        bool     `json:"later,omitempty"`       // another identity held the value before this record did
	AsOf         Date     `json:"as_of,omitempty"`       // the day the first of Others was received
	Strength     Strength `json:"strength,omitzero"`     // after rarity, direction and excuses; NotCounted when excused
	Excuse       Excuse   `json:"excuse,omitzero"`
	Corroborated bool     `json:"corroborated,omitempty"` // an independent family links the same two identities
	Part         bool     `json:"part,omitempty"`         // pictures: one is a part of the other, or both of a third
	NamesDiffer  bool     `json:"names_differ,omitempty"` // referees: the stated name is not that of the applicant who holds the contact
	Mutual       bool     `json:"mutual,omitempty"`       // referees and referrals: the two name each other, directly or in a small circle
	Value        uint64   `json:"-"`                      // digest of the value
}

// MarshalText writes the word.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the word; an unknown word is an error.
func (k *Kind) UnmarshalText(b []byte) error {
	for i, w := range kindWords {
		if string(b) == w {
			*k = Kind(i)
			return nil
		}
	}
	return Invalid("kind", "not a kind of link")
}

func (e Excuse) String() string { return excuseWords[e] }

// MarshalText writes the word.
func (e Excuse) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the word; an unknown word is an error.
func (e *Excuse) UnmarshalText(b []byte) error {
	for i, w := range excuseWords {
		if string(b) == w {
			*e = Excuse(i)
			return nil
		}
	}
	return Invalid("excuse", "not an excuse")
}
