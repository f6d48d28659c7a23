package checks

import (
	"math"
	"slices"

	"bonafide/record"
)

// Two sessions one after the other lie farther apart than an aeroplane flies in the time
// between. Switching a VPN on or off does the same in a second and is far more common, so
// only two ordinary networks with known coordinates are counted.
var netImpossibleTravel = Check{
	ID: "net-impossible-travel",
	Title: record.Text{
		EN: "Faster than an aeroplane between two sessions",
		DE: "Schneller als ein Flugzeug zwischen zwei Sitzungen",
		PT: "Mais depressa do que um avião entre duas sessões",
	},
	Text: record.Text{
		EN: "The distance between the networks of two consecutive sessions, less what the table admits to not knowing, would need more than 900 km/h over more than 500 km.",
		DE: "Die Entfernung zwischen den Netzen zweier aufeinanderfolgender Sitzungen, abzüglich der angegebenen Ungenauigkeit, bräuchte mehr als 900 km/h über mehr als 500 km.",
		PT: "A distância entre as redes de duas sessões seguidas, descontada a imprecisão indicada, exigiria mais de 900 km/h ao longo de mais de 500 km.",
	},
	Stage:      []string{"onboarding", "employment"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"events", "sessions.at", "sessions.ip"},
	Sources:    []string{"microsoft-2026-04-21"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a VPN switched on or off", DE: "ein VPN, das an- oder ausgeschaltet wurde", PT: "uma VPN ligada ou desligada"},
		{EN: "a table that is wrong", DE: "eine Tabelle, die irrt", PT: "uma tabela errada"},
		{EN: "services that sign in from their own servers", DE: "Dienste, die sich von ihren Servern anmelden", PT: "serviços que iniciam sessão a partir dos seus servidores"},
	},
	Clears: []record.Text{
		{EN: "one device seen in both sessions", DE: "ein Gerät in beiden Sitzungen", PT: "um só equipamento nas duas sessões"},
	},
	Ask: record.Text{
		EN: "Please tell us which of the two sessions was yours.",
		DE: "Bitte sagen Sie uns, welche der beiden Sitzungen Ihre war.",
		PT: "Diga-nos, por favor, qual das duas sessões foi sua.",
	},
	Since:   "2020-01-01",
	Version: 2,
	run:     runNetImpossibleTravel,
}

var sayTooFast = record.Text{
	EN: "Two consecutive sessions lie farther apart than anybody travels in the time between.",
	DE: "Zwei aufeinanderfolgende Sitzungen liegen weiter auseinander, als jemand in der Zeit dazwischen reist.",
	PT: "Duas sessões seguidas distam mais do que alguém viaja no tempo entre elas.",
}

const (
	leastKM   = 500
	fastestKM = 900 // an hour: an airliner with its time on the ground left out
	unknownKM = 100 // radius when a table gives none
)

func runNetImpossibleTravel(in *In) Answer { return withSignIns(in, travelled) }

func travelled(in *In) Answer {
	all, geo, networks := spots(in)
	all = slices.DeleteFunc(all, func(s spot) bool { return s.relay || in.App.Sessions[s.session].At.IsZero() })
	slices.SortStableFunc(all, func(a, b spot) int {
		return in.App.Sessions[a.session].At.Compare(in.App.Sessions[b.session].At)
	})
	if !geo {
		return noData
	}
	measured := false
	best := record.Finding{}
	for i := 1; i < len(all); i++ {
		a, b := &all[i-1], &all[i]
		if a.addr == b.addr {
			measured = true
			continue
		}
		km, ok := apart(a, b)
		if !ok {
			continue
		}
		measured = true
		hours := in.App.Sessions[b.session].At.Sub(in.App.Sessions[a.session].At).Hours()
		if km <= leastKM || km <= fastestKM*hours {
			continue
		}
		f := observed(record.Weak, sayTooFast, append(a.evidence(in, sessionField(b.session, "ip")), b.evidence(in, sessionField(a.session, "ip"))...)...)
		switch {
		case a.hidden || b.hidden:
			f.Lowered = sayBehindVPN
		case networks:
			f.Strength = record.Supporting
		}
		if f.Strength > best.Strength {
			best = f
		}
	}
	switch {
	case !measured:
		return noData
	case best.Strength == record.NotCounted:
		return allClear
	}
	return hit(best)
}

// apart is the least distance in km that any one table gives two networks,
// less both radii.
func apart(a, b *spot) (km float64, ok bool) {
	for _, p := range a.places {
		for _, q := range b.places {
			if p.Use.List != q.Use.List || p.Latitude == 0 && p.Longitude == 0 || q.Latitude == 0 && q.Longitude == 0 {
				continue
			}
			d := greatCircle(p.Latitude, p.Longitude, q.Latitude, q.Longitude)
			for _, r := range [...]float64{p.RadiusKM, q.RadiusKM} {
				if r <= 0 {
					r = unknownKM
				}
				d -= r
			}
			if d = max(d, 0); !ok || d < km {
				km, ok = d, true
			}
		}
	}
	return km, ok
}

// greatCircle is the haversine distance in km on a sphere of 6371 km.
func greatCircle(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	h := func(x float64) float64 { s := math.Sin(x / 2); return s * s }
	a := h((lat2-lat1)*rad) + math.Cos(lat1*rad)*math.Cos(lat2*rad)*h((lon2-lon1)*rad)
	return 2 * 6371 * math.Asin(math.Sqrt(min(a, 1)))
}
