package sim

import (
	"fmt"
	"strings"
)

// fictionRanges are numbers that regulators keep for films and books: prefix
// in E.164, then that many free digits.
//   - US, CA: 555-0100 … 0199 of an area code (NANPA)
//   - GB: Ofcom, "numbers for use in TV and radio drama"
//   - DE: Bundesnetzagentur, "Drama-Rufnummern"
//   - FR: ARCEP decision 2018-0881, numbers for audiovisual works
//   - AU: ACMA, "phone numbers for use in TV shows, films and creative works"
//   - IE: ComReg, 020 91x xxxx; SE: PTS, numbers for films and books
//
// A country that has none, or whose range is used up, takes numbers under the
// country code 999, which the ITU has assigned to nobody.
var fictionRanges = map[string]struct {
	prefixes []string
	free     int
}{
	"US": {nanp("201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 256 260 262 267 269 270 272 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 331 334 336 337 339 347 351 352 360 361 385 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424 425 430 432 434 435 440 443 458 469 470 475 478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 531 534 539 540 541 551 559 561 562 563 567 570 571 573 574 575 580 585 586 601 602 603 605 606 607 608 609 610 612 614 615 616 617 618 619 620 623 626 630 631 636 641 646 650 651 657 660 661 662 678 681 682 701 702 703 704 706 707 708 712 713 714 715 716 717 718 719 720 724 727 731 732 734 740 747 754 757 760 762 763 765 769 770 772 773 774 775 779 781 785 786 801 802 803 804 805 806 808 810 812 813 814 815 816 817 818 828 830 831 832 843 845 847 848 850 856 857 858 859 860 862 863 864 865 870 872 878 901 903 904 906 907 908 909 910 912 913 914 915 916 917 918 919 920 925 928 929 930 931 936 937 938 940 941 947 949 951 952 954 956 970 971 972 973 978 979 980 985 989"), 2},
	"CA": {nanp("204 226 236 249 250 289 306 343 365 403 416 418 431 437 438 450 506 514 519 548 579 581 587 604 613 639 647 705 709 778 780 782 807 819 825 867 873 902 905"), 2},
	"GB": {[]string{"+447700900", "+44207946" + "0", "+441134960", "+441144960", "+441154960", "+441164960", "+441174960", "+441184960", "+441214960", "+441314960", "+441414960", "+441514960", "+441614960", "+441914980", "+442896496", "+442920180", "+441632960"}, 3},
	"DE": {[]string{"+493023125", "+494066969", "+496990009", "+498999998", "+492214710"}, 3},
	"FR": {[]string{"+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998"}, 4},
	"AU": {[]string{"+6125550", "+6127010", "+6135550", "+6137010", "+6175550", "+6177010", "+6185550", "+6187010"}, 4},
	"IE": {[]string{"+3532091"}, 5},
	"SE": {[]string{"+463139006", "+46406280" + "4", "+468465004", "+46980319" + "2"}, 2},
}

func nanp(areas string) []string {
	all := strings.Fields(areas)
	for i, a := range all {
		all[i] = "+1" + a + "55501"
	}
	return all
}

// Who a number is for keeps the one-to-one maps of different owners apart.
const (
	forPeople = iota
	forCompanies
	forOperators
)

// phone is number n of an owner kind. place is the rank of the owner among
// those of the country (see slot), -1 when the number is not of the country
// lived in. The same n gives the same number, different n different ones, as
// long as the fiction range of the country lasts; then the unassigned country
// code, with three digits more for companies.
func (w *world) phone(home string, owner, n uint64, place int) string {
	if owner == forCompanies {
		return fmt.Sprintf("+999%012d", scatter(w.key+12, n, 1e12))
	}
	if r, ok := fictionRanges[home]; ok && place >= 0 {
		span := pow10(r.free)
		whole := span * uint64(len(r.prefixes))
		first, room := uint64(0), whole*95/100 // the rest is for operators
		if owner == forOperators {
			first, room = room, whole-room
		}
		if uint64(place) < room {
			x := scatter(w.key+11, first+uint64(place), whole)
			return fmt.Sprintf("%s%0*d", r.prefixes[x/span], r.free, x%span)
		}
	}
	return fmt.Sprintf("+999%09d", scatter(w.key+12, n, 1e9))
}

// phoneBlock is number nn of a block of a hundred that one operator rented, or
// the next one that is nobody's: strangers have numbers in the block, too.
func (w *world) phoneBlock(block, nn uint64) string {
	keys := uint64(w.People+largestCell*w.Operators) * applicationsEach
	for x := 100 * scatter(w.key+13, block, 1e7); ; nn += beside {
		if number := x + nn%100; gather(w.key+12, number, 1e9) >= keys {
			return fmt.Sprintf("+999%09d", number)
		}
	}
}

// beside leads out of the row in which an operator takes numbers.
const beside = 37

func pow10(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}

// homeNetwork is an address inside the /64 of household n in a country: the
// documentation prefix of RFC 3849, five bits of country, 27 of household.
func (w *world) homeNetwork(home *country, n uint64, host int) string {
	x := uint64(w.ordinal[home.code])<<27 | scatter(w.key+21, n, 1<<27)
	return fmt.Sprintf("2001:db8:%x:%x::%x", x>>16, x&0xffff, host)
}

// Shared exits stand in the IPv4 blocks of RFC 5737.
func vpnExit(n int) string     { return fmt.Sprintf("203.0.113.%d", n%128) }
func agencyExit(n int) string  { return fmt.Sprintf("203.0.113.%d", 128+n%120) }
func campusExit(n int) string  { return fmt.Sprintf("198.51.100.%d", 1+n%250) }
func carrierExit(n int) string { return fmt.Sprintf("192.0.2.%d", 1+n%250) }

// Mail hosts of everybody, under names that RFC 2606 reserves.
var mailHosts = []string{"mail.example", "postbox.example", "inbox.example", "webmail.example", "letters.example", "example.com", "example.net", "example.org"}

// freeMail is the first few of mailHosts, written to the lists folder too.
var freeMail = mailHosts[:5]

var disposableHosts = []string{"tenminutes.example", "dropmail.example", "burnbox.example", "tempinbox.example"}

// mailLocal is a local part people make from their name.
func mailLocal(d dice, given, family string, year int) string {
	g, f := ascii(strings.Fields(given)[0]), ascii(family)
	if g == "" {
		g = "me"
	}
	switch d.upTo(7) {
	case 0:
		return g + "." + f
	case 1:
		return g[:1] + "." + f + d.digits(2)
	case 2:
		return g + f + d.digits(3)
	case 3:
		return fmt.Sprintf("%s.%s%02d", g, f, year%100)
	case 4:
		return f + "." + g + d.digits(1)
	case 5:
		return g + "_" + f + d.digits(2)
	}
	return g[:1] + f + d.digits(4)
}

// Ranges of household numbers, so that nobody's network is another's by chance.
const (
	againHomes    = 1 << 24 // homes of people who moved before they applied again
	operatorHomes = 3 << 23
	replyHomes    = 1 << 25 // where referees answer from; drawn at random
	hotels        = 1 << 26 // drawn at random
)
