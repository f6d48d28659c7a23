package casework

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// Live moments: what a person sees of a person, recorded by a person. Nothing
// here looks at a picture. The small requests are the same for all of a role in
// one week and known to nobody before; each has another way beside it.

// Liveness are the small requests of which three are drawn.
var Liveness = []record.Text{
	{EN: "Turn your head slowly to one side and hold for three seconds. Or: say which way the light falls in your room.", DE: "Drehen Sie den Kopf langsam zur Seite und halten Sie drei Sekunden. Oder: Sagen Sie, woher in Ihrem Raum das Licht kommt.", PT: "Rode a cabeça devagar para um lado e fique assim três segundos. Ou: diga de onde vem a luz na sua sala."},
	{EN: "Move an open hand slowly past your face. Or: hold any object in front of the camera and move it away.", DE: "Führen Sie eine offene Hand langsam am Gesicht vorbei. Oder: Halten Sie einen Gegenstand vor die Kamera und nehmen Sie ihn weg.", PT: "Passe devagar uma mão aberta diante do rosto. Ou: segure um objeto diante da câmara e afaste-o."},
	{EN: "Read these three words aloud as they are given to you now. Or: write them on paper and show it.", DE: "Lesen Sie drei Wörter vor, die Ihnen jetzt genannt werden. Oder: Schreiben Sie sie auf und zeigen Sie das Blatt.", PT: "Leia em voz alta três palavras que lhe dou agora. Ou: escreva-as num papel e mostre-o."},
	{EN: "Stand up or lean back so that more of the room is seen. Or: move the camera by a hand's breadth.", DE: "Stehen Sie auf oder lehnen Sie sich zurück, so dass mehr vom Raum zu sehen ist. Oder: Verschieben Sie die Kamera um eine Handbreit.", PT: "Levante-se ou recoste-se, para se ver mais da sala. Ou: desloque a câmara um palmo."},
	{EN: "Take something within reach and say what you use it for. Or: describe it while you look at it.", DE: "Nehmen Sie etwas in Reichweite und sagen Sie, wozu Sie es brauchen. Oder: Beschreiben Sie es, während Sie es ansehen.", PT: "Pegue em algo ao seu alcance e diga para que o usa. Ou: descreva-o enquanto olha para ele."},
	{EN: "Change the size of the text in your editor and undo it, while your screen is shared. Or: tell how you would.", DE: "Ändern Sie bei geteiltem Bildschirm die Schriftgröße Ihres Editors und machen Sie es rückgängig. Oder: Sagen Sie, wie Sie es täten.", PT: "Com o ecrã partilhado, mude o tamanho da letra do editor e reponha. Ou: diga como o faria."},
	{EN: "Write the day of the week on paper and show it beside you. Or: hold up as many fingers as you are told.", DE: "Schreiben Sie den Wochentag auf ein Blatt und zeigen Sie es neben sich. Oder: Zeigen Sie so viele Finger, wie Ihnen gesagt wird.", PT: "Escreva o dia da semana num papel e mostre-o ao seu lado. Ou: mostre tantos dedos quantos lhe disserem."},
	{EN: "Switch off any background and blur for a minute. Or: do the call at our office, a notary or a partner near you.", DE: "Schalten Sie Hintergrundbild und Unschärfe für eine Minute aus. Oder: Führen Sie das Gespräch in unserem Büro, bei einem Notariat oder einem Partner in Ihrer Nähe.", PT: "Desligue por um minuto o fundo e o desfoque. Ou: faça a conversa no nosso escritório, num notário ou num parceiro perto de si."},
}

// Knowledge are the questions about the own career; they name no place, because
// where somebody lived is not what is asked.
var Knowledge = []record.Text{
	{EN: "Of the latest post in your résumé: what went wrong in a week you remember, and what did you do?", DE: "Zur letzten Stelle im Lebenslauf: Was ging in einer Woche schief, an die Sie sich erinnern, und was taten Sie?", PT: "Da última função do seu currículo: o que correu mal numa semana de que se lembre e o que fez?"},
	{EN: "Which decision of that project would you make differently, and who disagreed then?", DE: "Welche Entscheidung dieses Projekts würden Sie anders treffen, und wer war damals dagegen?", PT: "Que decisão desse projeto tomaria de outro modo e quem discordou na altura?"},
	{EN: "Explain a piece of your own code or work that we choose now, from what you have shown us.", DE: "Erklären Sie ein Stück Ihres eigenen Codes oder Ihrer Arbeit, das wir jetzt aus dem Gezeigten wählen.", PT: "Explique uma parte do seu próprio código ou trabalho que escolhemos agora, do que nos mostrou."},
}

// Drawn is what is asked of everybody in a role this week.
type Drawn struct {
	Week      string // 2026-W47
	Liveness  []record.Text
	Knowledge []record.Text
	Document  bool // the document beside the face
	Two       bool // two people look, on two days
	InPerson  bool
}

// DrawMoment draws for a case: by the tenant's key, the role and the week, so that
// it cannot be known before and can be shown afterwards to have been equal.
func (d *Desk) DrawMoment(ctx context.Context, who record.Actor, caseID string) (x Drawn, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := staffCase(t, caseID, "moment.draw")
		if err != nil {
			return err
		}
		year, week := t.Now().ISOWeek()
		x = Drawn{Week: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006") + "-W" + twoDigits(week), Knowledge: Knowledge,
			Document: c.Tier == record.TierT2 || c.Tier == record.TierT3, Two: c.Tier == record.TierT2 || c.Tier == record.TierT3, InPerson: c.Tier == record.TierT3}
		seed, err := t.Blind("live", c.Role+"\x00"+c.Tier+"\x00"+x.Week)
		if err != nil {
			return err
		}
		r := rand.New(rand.NewPCG(binary.BigEndian.Uint64(seed), binary.BigEndian.Uint64(seed[8:])))
		order := r.Perm(len(Liveness))[:3]
		slices.Sort(order)
		for _, i := range order {
			x.Liveness = append(x.Liveness, Liveness[i])
		}
		t.Did("moment.draw", "case/"+c.ID, c.ID, "week "+x.Week)
		return nil
	})
	return x, err
}

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

// Words of a live moment.
var (
	MomentKinds  = []string{"interview", "delivery", "onboarding", "in-person", "reverification"}
	LivenessSaid = []string{"followed", "artefact", "refused", "technical", "other-way"}
	FaceSaid     = []string{"same", "different", "unsure", "not-compared"}
	KnownSaid    = []string{"detailed", "generic", "wrong"}
)

// CheckMoment says what a moment lacks. Who agrees with it signs later, for
// themselves: what speaks against somebody counts in full once two have seen it.
func CheckMoment(m record.Moment) error {
	one := func(field, word string, of []string) error {
		if word != "" && !slices.Contains(of, word) {
			return record.Invalid(field, "is one of "+strings.Join(of, ", "))
		}
		return nil
	}
	for _, err := range []error{one("kind", m.Kind, MomentKinds), one("liveness", m.Liveness, LivenessSaid), one("portrait", m.Portrait, FaceSaid), one("continuity", m.Continuity, FaceSaid)} {
		if err != nil {
			return err
		}
	}
	for _, k := range m.Knowledge {
		if err := one("knowledge", k, KnownSaid); err != nil {
			return err
		}
	}
	switch {
	case m.Kind == "" || m.By == "":
		return record.Invalid("kind", "a named person records a kind of moment")
	case len(m.Serial) > 100 || len(m.Knowledge) > 20:
		return record.Invalid("serial", "is too long")
	case m.Second != "":
		return record.Invalid("second", "signs for themselves")
	}
	return nil
}

// Agree puts a second name to what somebody else recorded.
func Agree(by string, second *string, who string) error {
	switch {
	case by == "" || by == who:
		return &record.Error{Code: record.CodeRefused, Where: "second", Message: "somebody other than who recorded it agrees"}
	case *second != "":
		return &record.Error{Code: record.CodeConflict, Where: "second", Message: "two people have signed it"}
	}
	*second = who
	return nil
}

// MomentProofs are what a moment proves of the chain: the person on the call, at
// the delivery, at the computer, or again later is the holder of the document that
// was held beside the face. Each names one link.
func MomentProofs(rules *policy.Terms, m record.Moment, tier string, serials []string) (all []record.Assurance) {
	seen := m.Portrait == "same" || m.Continuity == "same"
	base := record.Assurance{AsOf: record.DateOf(m.At), At: m.At, Method: "video-attended", Breaks: []string{"live-lent", "live-altered"}}
	if m.Kind == "in-person" {
		base.Method, base.Breaks = "in-person", []string{"live-lent"}
	}
	if due := rules.AgainBy(tier, m.At); due != "" {
		base.Until = due
	}
	add := func(id string, link record.ChainLink, clears ...string) {
		p := base
		p.ID, p.Link, p.Clears = id, link, clears
		all = append(all, p)
	}
	switch {
	case m.Kind == "interview" && seen && m.Liveness == "followed":
		add("live-call", record.LinkCall, "doc-image-only")
	case m.Kind == "in-person" && seen:
		add("live-call", record.LinkCall, "doc-image-only", "int-camera-unavailable", "int-in-person-avoidance")
	case m.Kind == "delivery" && seen:
		add("live-delivery", record.LinkDelivery)
	case m.Kind == "reverification" && seen:
		add("live-again", record.LinkReverified)
	}
	if (m.Kind == "onboarding" || m.Kind == "delivery") && m.Serial != "" && seen && slices.ContainsFunc(serials, func(s string) bool { return strings.EqualFold(s, m.Serial) }) {
		add("dev-serial-readback", record.LinkDevice)
	}
	return all
}

// ReverificationDue is when it is due for an application: after the newest proof
// of its document, and announced two weeks before. "" where none is.
func ReverificationDue(rules *policy.Terms, a *record.Application) record.Date {
	var last time.Time
	for _, p := range a.Proofs {
		if (p.Link == record.LinkDocument || p.Link == record.LinkReverified) && p.At.After(last) {
			last = p.At
		}
	}
	if last.IsZero() {
		return ""
	}
	return rules.AgainBy(rules.TierOf(&a.Role), last)
}
