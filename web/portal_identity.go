package web

import (
	"html/template"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"rsc.io/qr"

	"bonafide/record"
	"bonafide/screen"
)

type walletPage struct {
	Link template.URL // opens the wallet of this device
	QR   string       // path of the code's dark squares, one unit each
	Size int
}

// walletAsk begins a request: a button for the wallet on this device, or a code
// for one on another.
func walletAsk(g *guest) error {
	here := g.r.PostFormValue("here") != ""
	link, err := g.s.Portal.Prover.AskWallet(g, g.who, here)
	if err != nil {
		return err
	}
	p := walletPage{}
	if here {
		p.Link = template.URL(link) // made by us: openid4vp://…
	} else if p.QR, p.Size, err = drawQR(link); err != nil {
		return err
	}
	return g.show("portal_wallet", say(g.lang, "p wallet h"), p)
}

// drawQR gives the dark squares of a code as the path of an SVG, and its side
// with the quiet zone of four that readers need.
func drawQR(text string) (path string, size int, err error) {
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", 0, &record.Error{Code: record.CodeInternal, Where: "qr", Message: "the request is too long for a code"}
	}
	var b strings.Builder
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			if !c.Black(x, y) {
				continue
			}
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			b.WriteString("M" + strconv.Itoa(from+4) + " " + strconv.Itoa(y+4) + "h" + strconv.Itoa(x-from) + "v1h-" + strconv.Itoa(x-from) + "z")
		}
	}
	return b.String(), c.Size + 8, nil
}

// walletReturn is where a wallet on the same device sends the person back. The
// answer counts only in the browser that asked.
func walletReturn(g *guest) error {
	if err := g.s.Portal.Prover.WalletReturn(g, g.who, g.r.URL.Query().Get("response_code")); err != nil {
		return err
	}
	return g.back("/portal")
}

// walletRequest gives a wallet the signed request. It knows nobody: the id is
// what was handed to it.
func walletRequest(g *guest) error {
	if g.s.Portal.Prover == nil {
		return &record.Error{Code: record.CodeNotFound, Message: "there is none"}
	}
	object, err := g.s.Portal.Prover.WalletRequest(g, g.r.PathValue("id"), g.r.PostFormValue("wallet_nonce"))
	if err != nil {
		return g.walletError(err)
	}
	g.w.Header().Set("Content-Type", "application/oauth-authz-req+jwt")
	_, err = io.WriteString(g.w, object)
	return doneOr(err)
}

func walletAnswer(g *guest) error {
	body, err := io.ReadAll(g.r.Body)
	if err != nil || g.s.Portal.Prover == nil {
		return g.walletError(record.Invalid("body", "cannot be read"))
	}
	reply, err := g.s.Portal.Prover.WalletAnswer(g, g.r.PathValue("id"), body)
	if err != nil {
		return g.walletError(err)
	}
	g.w.Header().Set("Content-Type", "application/json")
	_, err = g.w.Write(reply)
	return doneOr(err)
}

func doneOr(err error) error {
	if err != nil {
		return err
	}
	return errDone
}

// walletError answers a wallet: one word, the same for all that is not taken.
func (g *guest) walletError(err error) error {
	status := statuses[record.CodeOf(err)]
	switch status {
	case http.StatusNotFound:
	case http.StatusServiceUnavailable, http.StatusInternalServerError, 0:
		g.s.Log.Error("a wallet was not answered", "code", string(record.CodeOf(err)))
		status = http.StatusServiceUnavailable
	default:
		status = http.StatusBadRequest
	}
	g.w.Header().Set("Content-Type", "application/json")
	g.w.WriteHeader(status)
	_, err = io.WriteString(g.w, `{"error":"invalid_request"}`)
	return doneOr(err)
}

type chipPage struct {
	Challenge string
	Question  string // JSON for a reader app; "" before DG14 is there
	Name      string // of the question
}

// chipBegin draws a challenge for apps that can have the chip answer it.
func chipBegin(g *guest) error {
	word, err := g.s.Portal.Prover.ChipChallenge(g, g.who)
	if err != nil {
		return err
	}
	return g.show("portal_chip", say(g.lang, "p chip h"), chipPage{Challenge: word})
}

// chipAsk takes DG14 and draws the question that only this chip can answer.
func chipAsk(g *guest) error {
	files, words, err := g.chipForm()
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return record.Invalid("files", "wants DG14, and no other file")
	}
	q, err := g.s.Portal.Prover.AskChip(g, g.who, files[0].Bytes)
	if err != nil {
		return err
	}
	q.Challenge = words["challenge"]
	b, err := json.Marshal(q, jsontext.WithIndent("  "))
	if err != nil {
		return &record.Error{Code: record.CodeInternal, Where: "chip", Message: "a question cannot be written", Err: err}
	}
	return g.show("portal_chip", say(g.lang, "p chip h"), chipPage{Challenge: q.Challenge, Question: string(b), Name: q.Agreement})
}

const chipFileMost = 2 << 20

// chipTake takes the files of a chip. A locked child reads them first.
func chipTake(g *guest) error {
	files, words, err := g.chipForm()
	if err != nil {
		return err
	}
	reply := screen.ChipReply{Challenge: words["challenge"], Response: words["response"], Agreement: words["agreement"], Answer: words["answer"]}
	if err := g.s.Portal.Prover.Chip(g, g.who, files, reply); err != nil {
		return err
	}
	return g.back("/portal")
}

// chipForm reads a form with files.
func (g *guest) chipForm() (files []screen.ChipFile, words map[string]string, err error) {
	in, err := g.r.MultipartReader()
	if err != nil {
		return nil, nil, record.Invalid("files", "cannot be read")
	}
	words = map[string]string{}
	for range 40 {
		part, err := in.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, record.Invalid("files", "cannot be read")
		}
		b, err := io.ReadAll(io.LimitReader(part, chipFileMost+1))
		switch {
		case err != nil || len(b) > chipFileMost:
			return nil, nil, record.Invalid("files", "one is larger than 2 MiB, or cannot be read")
		case part.FormName() == "files" && len(b) > 0:
			files = append(files, screen.ChipFile{Name: part.FileName(), Bytes: b})
		case part.FormName() != "files" && len(b) < 10_000:
			words[part.FormName()] = strings.TrimSpace(string(b))
		}
	}
	return files, words, nil
}
