package screen

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"bonafide/confine/document"
	"bonafide/intake"
	"bonafide/record"
)

// DemandMost is the largest message that is taken in, in bytes.
const DemandMost = 4 << 20

const demandText = 64 << 10 // bytes of its words that are kept beside the original

// Demand reads a message (.eml) in the locked process and finds in its words what
// can be compared. Nothing is answered, followed or opened.
func (k *Keeper) Demand(ctx context.Context, raw []byte) (*record.Demand, error) {
	if len(raw) == 0 || len(raw) > DemandMost {
		return nil, record.Invalid("message", "is empty or larger than 4 MiB")
	}
	if k.Files == nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "message", Message: "this node opens no files"}
	}
	r, err := k.Files.Read(ctx, bytes.NewReader(raw), "message.eml")
	if err != nil {
		return nil, err
	}
	if r.Verdict != document.Accepted || r.Mail == nil {
		return nil, record.Invalid("message", "is no message with its headers: save it as .eml, or show its source and paste that")
	}
	m := r.Mail
	d := &record.Demand{
		SHA256: r.SHA256, Size: int64(len(raw)), From: m.From, To: m.To, Subject: m.Subject, Date: m.Date, MessageID: m.MessageID,
		Attachments: m.Attachments, Text: r.Text, Partial: slices.Contains(r.Flags, document.FlagPartial),
	}
	if len(d.Text) > demandText {
		d.Text, d.Partial = strings.ToValidUTF8(d.Text[:demandText], ""), true
	}
	intake.FindInDemand(d, d.Subject+"\n"+d.From+"\n"+d.Text)
	return d, nil
}
