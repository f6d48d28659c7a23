package link

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"slices"
	"testing"

	picture "bonafide/match/photo"
	"bonafide/record"
)

// scene draws a picture of soft shapes.
func scene(seed uint64, wide, high int) *image.Gray {
	r := rand.New(rand.NewPCG(seed, 77))
	type shape struct{ x, y, wide, high, light float64 }
	var all []shape
	for range 30 {
		size := 0.02 + 0.4*r.Float64()*r.Float64()
		all = append(all, shape{r.Float64(), r.Float64(), size * (0.5 + r.Float64()), size * (0.5 + r.Float64()), 240*r.Float64() - 120})
	}
	m := image.NewGray(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			light, fx, fy := 128.0, float64(x)/float64(wide), float64(y)/float64(high)
			for _, s := range all {
				dx, dy := (fx-s.x)/s.wide, (fy-s.y)/s.high
				if d := dx*dx + dy*dy; d < 1 {
					light += s.light * (1 - d*d)
				}
			}
			m.SetGray(x, y, color.Gray{Y: uint8(max(0, min(255, light)))})
		}
	}
	return m
}

// middle keeps so many hundredths of each side.
func middle(m *image.Gray, percent int) image.Image {
	b := m.Bounds()
	dx, dy := b.Dx()*(100-percent)/200, b.Dy()*(100-percent)/200
	return m.SubImage(image.Rect(b.Min.X+dx, b.Min.Y+dy, b.Max.X-dx, b.Max.Y-dy))
}

// onto puts a picture on another, in the middle.
func onto(m image.Image, back image.Image, wide, high int) image.Image {
	out := image.NewGray(image.Rect(0, 0, wide, high))
	draw.Draw(out, out.Bounds(), back, image.Point{}, draw.Src)
	b := m.Bounds()
	at := image.Pt((wide-b.Dx())/2, (high-b.Dy())/2)
	draw.Draw(out, image.Rectangle{at, at.Add(b.Size())}, m, b.Min, draw.Src)
	return out
}

func flipped(m image.Image) image.Image {
	b := m.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(x, y, m.At(b.Max.X-1-x, b.Min.Y+y))
		}
	}
	return out
}

// TestPartsOfPictures: two records whose portraits are cuts of one picture, or one in a border, are tied like those who share
// all of it, by Build, by Weigh and out of a key file; it is said that it is a part, and who came first is not asked.
func TestPartsOfPictures(t *testing.T) {
	whole := scene(1, 300, 360)
	cuts := map[string]image.Image{
		"cut by 5 %": middle(whole, 90), "cut by 8 %": middle(whole, 84), "cut by 5 % and mirrored": flipped(middle(whole, 90)),
		"square": whole.SubImage(image.Rect(0, 30, 300, 330)), "on white": onto(whole, image.White, 360, 420), "on black": onto(whole, image.Black, 350, 410),
	}
	k := NewKeyer([]byte("0123456789abcdef0123456789abcdef"), true)
	of := func(id string, day int64, m image.Image) Profile {
		seen := Looks(m)
		seen.PHash = "" // among so few it forgives a small cut, and then it is no question of parts
		p := k.Profile(&record.Application{Source: "x", ID: id, Person: record.Person{Name: "Given" + id + " Family" + id}, Photos: []record.Photo{seen}})
		p.At = day
		return p
	}
	var strangers []Profile
	for i := range 40 {
		strangers = append(strangers, of(fmt.Sprint("s", i), 5, scene(uint64(100+i), 300, 360)))
	}
	for how, m := range cuts {
		for _, cutFirst := range []bool{false, true} {
			first, later := of("first", 1, whole), of("later", 9, m)
			if cutFirst {
				first, later = of("first", 1, m), of("later", 9, whole)
			}
			if w := new(Population).Weigh(&first, &later); len(w.Steps) != 1 || !w.Steps[0].Part || w.First != -1 {
				t.Errorf("%s, weighed: %+v", how, w)
			}
			all := append([]Profile{first, later}, strangers...)
			for where, b := range freshAndKept(t, k, all) {
				g := b.Build()
				for i := range all {
					links := g.Links(uint32(i))
					switch {
					case i > 1 && len(links) > 0:
						t.Errorf("%s, %s: a stranger is linked: %+v", how, where, links)
					case i > 1:
					case len(links) != 1 || !links[0].Part || links[0].Later != (i == 1):
						t.Errorf("%s, %s, %d: %+v", how, where, i, links)
					case (links[0].Excuse == record.EarlierOwner) != (i == 0):
						t.Errorf("%s, %s, %d: who came first: %+v", how, where, i, links)
					}
				}
				if sums := g.Waterfalls(1); len(sums) > 0 && !slices.ContainsFunc(sums[0].Steps, func(s record.Step) bool { return s.Part }) {
					t.Errorf("%s, %s: the sum does not say that it is a part: %+v", how, where, sums)
				}
			}
		}
	}
}

// TestSamePictureIsNoPart: the whole picture again is not called a part of it, though its parts are alike as well.
func TestSamePictureIsNoPart(t *testing.T) {
	k := NewKeyer(nil, false)
	b := NewBuilder()
	for i := range 2 {
		p := k.Profile(&record.Application{Source: "x", ID: fmt.Sprint(i), Person: record.Person{Name: fmt.Sprintf("Given%d Family%d", i, i)}, Photos: []record.Photo{Looks(scene(3, 240, 300))}})
		p.At = int64(i)
		if _, err := b.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	if l := b.Build().Links(1); len(l) != 1 || l[0].Part {
		t.Errorf("%+v", l)
	}
}

// TestSharedTemplate: people who were photographed in one template, with its frame and backdrop, are not tied by what is the
// template's. Their faces are different pictures in its middle; nearest where little of the picture is theirs.
func TestSharedTemplate(t *testing.T) {
	backdrop := scene(9, 300, 360)
	card := image.NewGray(image.Rect(0, 0, 300, 360)) // light, with a striped band below
	for i := range card.Pix {
		x, y := i%300, i/300
		switch {
		case y < 290:
			card.Pix[i] = 230
		case x/14%2 == 0:
			card.Pix[i] = 40
		default:
			card.Pix[i] = 200
		}
	}
	near, far := 0, 0
	for name, back := range map[string]image.Image{"agency backdrop": backdrop, "branded card": card, "black frame": image.Black, "white frame": image.White} {
		var all []Photo
		for i := range 60 {
			face := scene(uint64(1000+i), 190, 230)
			if back == image.Image(backdrop) {
				face = scene(uint64(1000+i), 70, 90)
			}
			p := Looks(onto(face, back, 300, 360))
			if h, ok := picture.ParsePDQ(p.PDQ); ok {
				all = append(all, Photo{PDQ: h, Views: viewsOf(p.Views), Kind: record.KindPhoto})
			}
		}
		if len(all) < 50 {
			t.Errorf("%s: only %d pictures are not too plain: nothing is asked", name, len(all))
		}
		for i := range all {
			for j := range i {
				if apart(all[i].PDQ, all[j].PDQ) <= picture.Near {
					continue // alike as a whole: not a question of parts
				}
				far++
				if nearParts(&all[i], &all[j]) {
					near++
					t.Errorf("%s: %d and %d are taken for parts of one picture", name, i, j)
				}
			}
		}
	}
	if far < 4000 {
		t.Errorf("only %d pairs were asked", far)
	}
}

// TestFits: a part that fits hardly better than the whole is the backdrop's.
func TestFits(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	flip := func(h picture.PDQ, n int) picture.PDQ {
		for _, b := range r.Perm(256)[:n] {
			h[b/64] ^= 1 << (b % 64)
		}
		return h
	}
	random := func() picture.PDQ { return picture.PDQ{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()} }
	a := Photo{PDQ: random(), Views: []picture.PDQ{random()}}
	for _, c := range []struct {
		wholes, parts int
		want          bool
	}{{36, 30, false}, {50, 26, false}, {60, 28, true}, {128, 31, true}, {128, 33, false}} {
		b := Photo{PDQ: flip(a.PDQ, c.wholes), Views: []picture.PDQ{flip(a.Views[0], c.parts)}}
		if got := nearParts(&a, &b); got != c.want {
			t.Errorf("wholes %d bits apart, parts %d: %v", c.wholes, c.parts, got)
		}
	}
	b := Photo{Views: slices.Clone(a.Views)}
	if nearParts(&a, &b) || nearParts(&b, &a) {
		t.Error("a part of a picture too plain as a whole counts")
	}
}

// TestKeysOfVersion2 reads a key file from before there were parts.
func TestKeysOfVersion2(t *testing.T) {
	k := NewKeyer([]byte("0123456789abcdef0123456789abcdef"), true)
	w := NewKeyWriter(new(bytes.Buffer), k)
	w.mac.Reset()
	var file bytes.Buffer
	w.w.Reset(&file)
	head := append([]byte(keyMagic2), 0, 0, 0, 0, 0, 0, 0, 0)
	for i, d := 0, k.digest("key file", ""); i < 8; i++ {
		head[len(keyMagic2)+i] = byte(d >> (8 * i))
	}
	w.buf = head
	w.flush()
	p := Profile{Name: "x/1", At: 7}
	var one bytes.Buffer // a profile with no pictures has the same bytes in both, but for what follows the count
	v := NewKeyWriter(&one, k)
	if err := v.Add(&p); err != nil {
		t.Fatal(err)
	}
	if err := v.w.Flush(); err != nil {
		t.Fatal(err)
	}
	body := one.Bytes()[len(keyMagic)+8:]
	w.buf = append(w.buf, body[:len(body)-2]...)
	w.buf = append(w.buf, 1, 0) // one picture
	for i := range 40 {
		w.buf = append(w.buf, byte(i))
	}
	w.buf = append(w.buf, byte(record.KindPhoto), 3)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := ReadKeys(&file, k)
	if err != nil || len(f.profiles) != 1 || len(f.profiles[0].Photos) != 1 || f.profiles[0].Photos[0].Index != 3 || f.profiles[0].Photos[0].PDQ[0] == 0 || f.profiles[0].Photos[0].Views != nil {
		t.Fatalf("%+v %v", f, err)
	}
}
