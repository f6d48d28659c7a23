package link

import "bonafide/record"

// What links a pair, by what tells one story: a shared home and a shared
// network are one place, a phone and a mailbox one contact, a career names its
// referees.
const (
	bitIdent = 1 << iota
	bitContact
	bitDevice
	bitCV
	bitRef
	bitPay
	bitHome
	bitNetwork
	bitCareer
	bitPlace = bitHome | bitNetwork
)

func bitOf(k record.Kind) uint16 {
	switch k {
	case record.KindAddress:
		return bitHome
	case record.KindNetwork:
		return bitNetwork
	case record.KindCareer:
		return bitCareer
	}
	switch k.Family() {
	case record.Ident:
		return bitIdent
	case record.Contact:
		return bitContact
	case record.Net:
		return bitDevice
	case record.CV:
		return bitCV
	case record.Ref:
		return bitRef
	}
	return bitPay
}

// sameStory is what cannot corroborate a kind: its own family, and the place
// for what belongs to a place.
func sameStory(k record.Kind) uint16 {
	switch k.Family() {
	case record.Net:
		if k == record.KindDevice {
			return bitDevice | bitNetwork
		}
		return bitDevice | bitPlace
	case record.Contact:
		if k == record.KindAddress {
			return bitContact | bitPlace
		}
		return bitContact | bitHome
	case record.Ref:
		return bitRef | bitCareer // referees are part of a career
	}
	if k == record.KindCareer {
		return bitCareer | bitCV | bitRef
	}
	return bitOf(k)
}
