package intake

import (
	"strconv"
	"strings"
	"time"

	jsonx "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Telegram: what its desktop program exports as result.json. A chat with one
// person, exported by the recruiter, is about that person: their own messages
// are taken, the recruiter's are not. Of a whole account, exported by its
// holder, only what it says of itself is taken: its chats are other people's
// too. A chat of several people is refused.
//
// The handle is the number as the export writes it ("user7000000001"): the
// displayed name is chosen freely and changes, the number stays.

type telegramChat struct {
	Name     loose             `json:"name"`
	Type     loose             `json:"type"`
	ID       loose             `json:"id"`
	Messages []telegramMessage `json:"messages"`
	Unknown  record.Fields     `json:",embed"`
}

type telegramMessage struct {
	Type   loose        `json:"type"`
	Date   loose        `json:"date"`
	Unix   loose        `json:"date_unixtime"`
	FromID loose        `json:"from_id"`
	Text   telegramText `json:"text"`
	File   loose        `json:"file_name"`
}

type telegramAccount struct {
	Person struct {
		UserID    loose         `json:"user_id"`
		FirstName loose         `json:"first_name"`
		LastName  loose         `json:"last_name"`
		Phone     loose         `json:"phone_number"`
		Username  loose         `json:"username"`
		Bio       loose         `json:"bio"`
		Unknown   record.Fields `json:",embed"`
	} `json:"personal_information"`
}

// telegramText is text, or a list of texts and of pieces with a text.
type telegramText string

// UnmarshalJSONFrom reads one value; what is neither text nor a list is no text.
func (t *telegramText) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	v, err := d.ReadValue()
	if err != nil {
		return err
	}
	pieces := []jsontext.Value{v}
	if v.Kind() == '[' {
		if err := jsonx.Unmarshal(v, &pieces); err != nil {
			return err
		}
	}
	var b strings.Builder
	for _, p := range pieces {
		piece := struct {
			Text loose `json:"text"`
		}{}
		switch p.Kind() {
		case '"':
			err = jsonx.Unmarshal(p, &piece.Text)
		case '{':
			err = jsonx.Unmarshal(p, &piece)
		}
		if err != nil {
			return err
		}
		b.WriteString(string(piece.Text))
	}
	*t = telegramText(b.String())
	return nil
}

// Bounds of one chat; what is beyond them is counted, not read.
const (
	mostMessages   = 2_000
	longestMessage = 16 << 10 // bytes
)

func telegramKnows(n names) bool { return n.has("type", "messages") && n.any("name", "id") }

func telegramAccountKnows(n names) bool {
	return n.has("personal_information.user_id") && n.any("chats", "contacts", "left_chats")
}

func decodeTelegram(raw []byte, c given) (*record.Application, error) {
	var g telegramChat
	if err := decodeShape(raw, &g); err != nil {
		return nil, err
	}
	switch {
	case g.Type != "personal_chat":
		return nil, record.Invalid("type", "a chat that is not with one person: export the chat with the applicant alone")
	case g.ID == "":
		return nil, record.Invalid("id", "is empty: whose chat is it?")
	}
	who := "user" + string(g.ID)
	a := &record.Application{ID: who, Source: c.sourceOr("telegram")}
	a.Person.Name = string(g.Name)
	addAccount(a, "telegram", who)
	others, over := 0, 0
	for i := range g.Messages {
		m := &g.Messages[i]
		at := unixSeconds(m.Unix)
		if at.IsZero() {
			at = moment(m.Date)
		}
		switch {
		case m.Type != "message" || string(m.FromID) != who:
			others++
			continue
		case len(a.Messages) == mostMessages:
			over++
			continue
		}
		text := clip(string(m.Text), longestMessage)
		if text == "" && m.File != "" {
			text = "[" + string(m.File) + "]"
		}
		if !at.IsZero() && !wrongTime(at) && (a.ReceivedAt.IsZero() || at.Before(a.ReceivedAt)) {
			a.ReceivedAt = at
		}
		a.Messages = append(a.Messages, record.Message{At: at, Text: text})
	}
	if a.ReceivedAt.IsZero() {
		a.ReceivedAt = c.received
	}
	keepCount(a, "messages of others, not read", others)
	keepCount(a, "messages beyond the bound, not read", over)
	keepRest(a, "", &g)
	return a, nil
}

func decodeTelegramAccount(raw []byte, c given) (*record.Application, error) {
	var g telegramAccount
	if err := decodeShape(raw, &g); err != nil {
		return nil, err
	}
	p := &g.Person
	if p.UserID == "" {
		return nil, record.Invalid("personal_information.user_id", "is empty: whose account is it?")
	}
	who := "user" + string(p.UserID)
	a := &record.Application{ID: who, Source: c.sourceOr("telegram"), ReceivedAt: c.received}
	a.Person.Name = strings.TrimSpace(string(p.FirstName) + " " + string(p.LastName))
	addPhone(a, string(p.Phone))
	addAccount(a, "telegram", who)
	addAccount(a, "telegram", string(p.Username))
	keepText(a, "personal_information.bio", string(p.Bio))
	keepRest(a, "", &g)
	return a, nil
}

// unixSeconds reads seconds since 1970, as some systems write times; the zero
// time when it is none.
func unixSeconds(l loose) time.Time {
	s, err := strconv.ParseInt(strings.TrimSpace(string(l)), 10, 64)
	if err != nil || s <= 0 || s > 1<<36 {
		return time.Time{}
	}
	return time.Unix(s, 0).UTC()
}

// keepCount says in extra how much was left out, under a path of our own words.
func keepCount(a *record.Application, path string, n int) {
	if n > 0 {
		keepText(a, path, strconv.Itoa(n))
	}
}
