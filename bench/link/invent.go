package main

import (
	"fmt"
	"runtime"
	"time"

	"bonafide/link"
	"bonafide/match"
	"bonafide/match/photo"
	"bonafide/record"
)

// invention makes profiles from a seed, each from its number alone. How many values of a kind a profile has follows what
// `bonafide sim` gives (14 keys, 39 digests of text, 1.3 pictures); who shares them: households, offices and exits,
// referees of many, employers, stock phrases, blocks of numbers; one record in a hundred is a persona of an operator with
// two to forty, and one value is held by a hundred thousand.
type invention struct {
	seed   uint64
	people int
}

// hubEvery: every so many, up to a hundred thousand, hold the hub value.
const hubEvery = 7

// dice is a small generator for one profile.
type dice struct{ s uint64 }

func (d *dice) next() uint64 {
	d.s += 0x9e3779b97f4a7c15
	return match.Mix(d.s)
}

func (d *dice) chance(p float64) bool { return float64(d.next()>>11)/(1<<53) < p }
func (d *dice) below(n int) uint64    { return d.next() % uint64(max(n, 1)) }
func (d *dice) crowded(n int) uint64 {
	u := float64(d.next()>>11) / (1 << 53)
	return uint64(u * u * u * float64(n))
}
func (v *invention) at(i int) (d *dice) { return &dice{match.Mix(v.seed) ^ match.Mix(uint64(i)+1)} }

// digest is the digest of a value: the kind of thing, and which.
func (v *invention) digest(thing, which uint64) uint64 {
	return match.Mix(match.Mix(v.seed^thing<<56)^which) | 1
}

// Things that have digests.
const (
	aName = iota + 1
	aToken
	aDay
	aDoor
	aMail
	aPattern
	aHandle
	aPhone
	aBlock
	aPaper
	aScan
	anAddress
	aDevice
	aNetwork
	anAccount
	aFile
	aReferee
	aPhrase
	anAnswer
	aJob
	aPicture
	aPortrait
)

// portrait is the long hash of a picture; one that an operator uses again is edited by up to twenty bits each time.
func (v *invention) portrait(which, me uint64, again bool) (h [4]uint64) {
	for w := range h {
		h[w] = v.digest(aPortrait, which<<2|uint64(w))
	}
	for n := range me % 21 {
		if bit := match.Mix(me<<8|n) % 256; again {
			h[bit/64] ^= 1 << (bit % 64)
		}
	}
	return h
}

// parts are the hashes of the parts of a picture: the three middles, for two in three the square as well, for one in twelve what
// a border surrounds. They are drawn apart from all else, so that the population is the same without them.
func (v *invention) parts(which, me uint64, again bool) (all []photo.PDQ) {
	n := uint64(3)
	if x := match.Mix(which); x%12 == 0 {
		n = 5
	} else if x%3 != 0 {
		n = 4
	}
	for part := range n {
		all = append(all, v.portrait(match.Mix(which)+part+1, me, again))
	}
	return all
}

// each invents so many profiles on all cores and gives them in order.
func (v *invention) each(n int, take func(p *link.Profile) error) error {
	const batch = 512
	workers := runtime.GOMAXPROCS(0)
	ahead := make([]chan []link.Profile, workers)
	stop := make(chan struct{})
	defer close(stop)
	for w := range workers {
		ahead[w] = make(chan []link.Profile, 1)
		go func() {
			for lo := w * batch; lo < n; lo += workers * batch {
				all := make([]link.Profile, 0, batch)
				for i := lo; i < min(n, lo+batch); i++ {
					all = append(all, v.profile(i))
				}
				select {
				case ahead[w] <- all:
				case <-stop:
					return
				}
			}
		}()
	}
	for lo := 0; lo < n; lo += batch {
		all := <-ahead[lo/batch%workers]
		for i := range all {
			if err := take(&all[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// cost is the processor time of inventing one.
func (v *invention) cost() time.Duration {
	const n = 20_000
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	begin := threadTime()
	for i := range n {
		v.profile(i)
	}
	return (threadTime() - begin) / n
}

func (v *invention) profile(i int) link.Profile {
	d := v.at(i)
	me := uint64(i)
	p := link.Profile{Name: fmt.Sprintf("invented/%08d", i), At: 1_700_000_000 + int64(d.below(90_000_000)), Self: v.digest(aName, me)}
	p.Person = link.Person{Tokens: []uint64{v.digest(aToken, d.crowded(200_000)), v.digest(aToken, 1<<32|d.crowded(900_000))}, Day: v.digest(aDay, d.below(20_000))}
	operator, persona := uint64(0), d.chance(0.01)
	if persona {
		operator = 1<<40 | d.below(v.people/1000+1)
	}
	// of gives the operator's value now and then, else one's own.
	of := func(share float64, own uint64) uint64 {
		if persona && d.chance(share) {
			return operator
		}
		return own
	}
	key := func(kind record.Kind, thing, which uint64) {
		p.Keys = append(p.Keys, link.Key{Value: v.digest(thing, which), Kind: kind, Index: uint8(len(p.Keys))})
	}
	home := d.below(v.people*2/5 + 1)
	p.Door = v.digest(aDoor, home)
	key(record.KindAddress, anAddress, of(0.03, home))
	key(record.KindEmail, aMail, of(0.02, me))
	if d.chance(0.1) {
		key(record.KindEmail, aMail, 1<<33|me)
	}
	if d.chance(0.8) {
		key(record.KindMailPattern, aPattern, of(0.2, d.below(v.people/2)))
	}
	for n := range 2 {
		if d.chance(0.85) {
			key(record.KindHandle, aHandle, of(0.03, me*2+uint64(n)))
		}
	}
	if d.chance(0.95) {
		key(record.KindPhone, aPhone, of(0.05, me))
		key(record.KindPhoneBlock, aBlock, of(0.2, d.below(v.people/5)))
	}
	if d.chance(0.86) {
		key(record.KindDocument, aPaper, of(0.02, me))
		key(record.KindDocumentImage, aScan, of(0.02, me))
		p.Photos = append(p.Photos, link.Photo{Hash: v.digest(aPicture, of(0.02, me)), Kind: record.KindDocumentImage})
	}
	if d.chance(0.45) {
		which := of(0.05, 1<<33|me)
		again := which != 1<<33|me
		p.Photos = append(p.Photos, link.Photo{Hash: v.digest(aPicture, which), PDQ: v.portrait(which, me, again), Kind: record.KindPhoto, Views: v.parts(which, me, again)})
		key(record.KindPhoto, aScan, of(0.05, 1<<33|me))
	}
	key(record.KindDevice, aDevice, of(0.3, me))
	if i%hubEvery == 0 && i/hubEvery < 100_000 {
		key(record.KindDevice, aDevice, 1<<50)
	}
	switch {
	case d.chance(0.15): // an office, a campus, an exit
		key(record.KindNetwork, aNetwork, 1<<41|d.crowded(v.people/50))
	default:
		key(record.KindNetwork, aNetwork, of(0.4, home))
	}
	if d.chance(0.6) {
		key(record.KindPayout, anAccount, of(0.4, me))
	}
	if d.chance(0.7) {
		key(record.KindResumeFile, aFile, of(0.03, me))
	}
	for range 2 {
		if d.chance(0.64) {
			key(record.KindReferee, aReferee, of(0.2, d.crowded(v.people)))
		}
		if d.chance(0.17) {
			key(record.KindReplyOrigin, aNetwork, 1<<42|d.below(v.people))
		}
	}
	text := func(kind record.Kind, thing uint64, n int, stock float64, pool int, copied float64) {
		for s := range n {
			which := me<<8 | uint64(s)
			if d.chance(stock) {
				which = 1<<60 | d.crowded(pool)
			} else if persona && d.chance(copied) {
				which = operator<<8 | d.below(20)
			}
			p.Sentences = append(p.Sentences, link.Sentence{Value: v.digest(thing, which), Kind: kind})
		}
	}
	text(record.KindResumeText, aPhrase, 18+int(d.below(15)), 0.5, 300_000, 0.15)
	text(record.KindAnswerText, anAnswer, 5+int(d.below(8)), 0.2, 50_000, 0.1)
	text(record.KindCareer, aJob, 2+int(d.below(4)), 1, v.people/4, 0)
	return p
}
