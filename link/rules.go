package link

import "bonafide/record"

// rule says how sharing one kind of value is weighed before rarity, direction
// and excuses. To change what links two people, change this table.
type rule struct {
	strength  record.Strength // when every honest reason is ruled out
	crowd     int             // identities from which on a value says nothing
	others    int             // other identities needed before it counts
	household bool            // a household explains it
	agency    bool            // one agency explains it
	soft      bool            // honest people meet in it daily: supporting only where another family links the same two
}

// crowd is where a shared value stops being one operator's: an operator was
// seen with a dozen personas and reported with forty.
const crowd = 60

var rules = [record.Kinds]rule{
	record.KindDocument:      {record.Conclusive, crowd, 1, false, false, false},
	record.KindTaxID:         {record.Conclusive, crowd, 1, false, false, false},
	record.KindDocumentImage: {record.Conclusive, crowd, 1, false, false, false},
	record.KindPhoto:         {record.Strong, crowd, 1, false, false, false},
	record.KindEmail:         {record.Strong, crowd, 1, true, true, false},
	record.KindPhone:         {record.Strong, crowd, 1, true, true, false},
	record.KindPhoneBlock:    {record.Supporting, crowd, 1, true, true, true},
	record.KindMailPattern:   {record.Weak, crowd, 1, true, true, true},
	record.KindHandle:        {record.Strong, crowd, 1, false, true, false},
	record.KindAddress:       {record.Supporting, crowd, 3, true, true, true},
	record.KindDelivery:      {record.Strong, crowd, 1, true, true, false},
	record.KindDevice:        {record.Strong, crowd, 1, true, true, false},
	record.KindNetwork:       {record.Supporting, crowd, 1, true, true, true},
	record.KindPayout:        {record.Conclusive, crowd, 1, true, true, false},
	record.KindWallet:        {record.Conclusive, crowd, 1, true, true, false},
	record.KindResumeFile:    {record.Conclusive, crowd, 1, false, true, false},
	record.KindReferee:       {record.Supporting, crowd, 1, false, true, true},
	record.KindPageBuild:     {record.Supporting, crowd, 1, false, true, true},
}

// softShare is the share of people who share a soft value with strangers from
// which on such sharing is daily life and says nothing by itself.
const softShare = 0.005

// Waiting times of numbers that are given out again: after this long the same
// phone number may honestly belong to somebody else.
const reissueDays = 300

// householdMost is how many people one household may have: a fourth is not excused.
const householdMost = 3

// ownNetwork is up to how many people share a network that is somebody's own.
const ownNetwork = 5

// bigHouse is from how many applicants on a building is a residence, not a home.
const bigHouse = 8

// Sentences, careers: how many must be shared. A single one is supporting at
// most; strong needs two, and as many as chance does not make here.
const strongSentences = 2
