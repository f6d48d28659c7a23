package document

// Result is everything that leaves the locked process, apart from pixels. Its
// shape is fixed; strings are cleaned and cut by both sides.
type Result struct {
	Version  int      `json:"version"` // 1
	Verdict  string   `json:"verdict"` // accepted, refused
	Reason   string   `json:"reason,omitempty"`
	Detail   string   `json:"detail,omitempty"` // a sentence of the house, never words of the file
	Kind     Kind     `json:"kind,omitempty"`
	Flags    []string `json:"flags,omitempty"` // sorted, of the Flag words
	Text     string   `json:"text,omitempty"`  // what a reader of the page sees
	Hidden   []Hidden `json:"hidden,omitempty"`
	Earlier  []string `json:"earlier,omitempty"` // text of earlier revisions, oldest first, where it differs
	Metadata Metadata `json:"metadata"`
	Active   []Active `json:"active,omitempty"`
	Links    []string `json:"links,omitempty"` // addresses the page names; nothing is fetched
	Pages    int      `json:"pages,omitempty"`
	Images   []Image  `json:"images,omitempty"`
	Mail     *Mail    `json:"mail,omitempty"`
	Parts    []Part   `json:"parts,omitempty"` // texts for the readers of exports
	Page     *Page    `json:"page,omitempty"`  // how a saved page is made
	Picture  Size     `json:"picture"`         // of the RGB pixels that follow; 0×0 when none
	NoPixels string   `json:"no_pixels,omitempty"`
}

// The two verdicts.
const (
	Accepted = "accepted"
	Refused  = "refused"
)

// Reasons for which a file is refused.
const (
	ReasonLimit        = "limit"         // larger, deeper or slower than allowed
	ReasonPixels       = "pixel-limit"   // more pixels than allowed, told from the header
	ReasonMalformed    = "malformed"     // cannot be read as what it is
	ReasonMismatch     = "type-mismatch" // the name says one kind, the bytes another
	ReasonType         = "type-not-accepted"
	ReasonSVG          = "svg-not-accepted" // a program more than a picture
	ReasonAmbiguous    = "ambiguous"        // two readers would see two files
	ReasonPath         = "unsafe-path"      // an archive that points outside itself
	ReasonEncrypted    = "encrypted"
	ReasonForbidden    = "forbidden-attempt" // the locked process tried what it may not
	ReasonReaderFailed = "reader-failed"
)

// Flags of an accepted file.
const (
	FlagActive    = "active-content"
	FlagHidden    = "hidden-text"
	FlagRevisions = "revisions"
	FlagFirst     = "first-frame-only"
	FlagPolyglot  = "polyglot"
	FlagMalformed = "malformed"
	FlagPartial   = "partial" // a limit was met; what is shown is not all
	FlagOCR       = "ocr-layer"
	FlagMismatch  = "text-mismatch" // letters say one thing, their drawing another
	FlagNoText    = "text-unreadable"
	FlagMarks     = "invisible-marks" // control or direction signs were replaced by visible ones
)

// Why no picture is handed out.
const (
	NoPDFPixels  = "no picture: nothing here renders PDF pages"
	NoWordPixels = "no picture: nothing here renders word-processor pages"
	NoMailPixels = "no picture: messages are shown as plain text"

	NoPagePixels   = "no picture: saved pages are shown as plain text"
	NoExportPixels = "no picture: an archive of tables"
)

// Hidden is text that a person looking at the page does not see.
type Hidden struct {
	How  string `json:"how"` // invisible, white, same-colour, tiny, off-page, covered, clipped, transparent, layer, vanish, deleted, comment
	Page int    `json:"page,omitempty"`
	Text string `json:"text"`
}

// Active is something that would act when the file is opened in an ordinary
// program. It is listed and never followed.
type Active struct {
	Kind   string `json:"kind"` // javascript, launch, embedded-file, …
	Where  string `json:"where,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Metadata is what the file says about its making. Times are RFC 3339 with the
// offset the file gives, or empty.
type Metadata struct {
	Title      string   `json:"title,omitempty"`
	Author     string   `json:"author,omitempty"`
	LastAuthor string   `json:"last_author,omitempty"`
	Company    string   `json:"company,omitempty"`
	Software   []string `json:"software,omitempty"` // creator tool, producer, editors of the history
	Template   string   `json:"template,omitempty"`
	Created    string   `json:"created,omitempty"`
	Modified   string   `json:"modified,omitempty"`
	Revisions  int      `json:"revisions,omitempty"` // PDF: states kept in the file; DOCX: times saved
	Minutes    int      `json:"minutes,omitempty"`   // of editing, as the program counted
	DocumentID string   `json:"document_id,omitempty"`
	InstanceID string   `json:"instance_id,omitempty"`
}

// Image is a picture: the file itself, or one inside it.
type Image struct {
	Format   string   `json:"format"`
	Width    int      `json:"width"`
	Height   int      `json:"height"`
	SHA256   string   `json:"sha256,omitempty"` // of the bytes as they stand in the file
	Camera   string   `json:"camera,omitempty"`
	Software []string `json:"software,omitempty"`
	Taken    string   `json:"taken,omitempty"`    // as written, no zone: 2026-01-31T10:00:00
	Modified string   `json:"modified,omitempty"` // same
	GPS      bool     `json:"gps,omitempty"`      // whether a place is written; never which
	Quality  Quality  `json:"quality,omitzero"`
}

// Quality are plain measures of a picture; zero means not measured.
type Quality struct {
	Sharpness float64 `json:"sharpness,omitempty"` // variance of the Laplacian, luma 0–255, longest side 1,000
	Contrast  float64 `json:"contrast,omitempty"`  // standard deviation of luma
	JPEG      int     `json:"jpeg,omitempty"`      // quality 1–100 estimated from the first quantisation table
}

// Mail is the head of a message.
type Mail struct {
	From        string   `json:"from,omitempty"`
	To          string   `json:"to,omitempty"`
	Subject     string   `json:"subject,omitempty"`
	Date        string   `json:"date,omitempty"`
	MessageID   string   `json:"message_id,omitempty"`
	Attachments []string `json:"attachments,omitempty"`
}

// Size is width and height in pixels.
type Size struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// Bounds of a Result, in bytes of UTF-8 and in entries. Parent and child both
// keep them.
const (
	MaxText    = 1 << 20
	MaxEarlier = 1 << 16
	MaxHidden  = 1 << 14 // one entry
	MaxString  = 1 << 10 // every other string
	MaxEntries = 64      // every list
	MaxSide    = 1600    // pixels, longest side of the picture handed out
)

// Limits of what is read.
const (
	MaxFile     = 32 << 20 // bytes of the file
	maxUnpacked = 64 << 20 // bytes unpacked from it in all
	maxImage    = 320 << 20
	maxPages    = 200
)

func refused(kind Kind, reason, detail string) Result {
	return Result{Version: 1, Verdict: Refused, Kind: kind, Reason: reason, Detail: detail}
}

func accepted(kind Kind) Result {
	return Result{Version: 1, Verdict: Accepted, Kind: kind}
}

func (r *Result) flag(f string) {
	for _, have := range r.Flags {
		if have == f {
			return
		}
	}
	r.Flags = append(r.Flags, f)
}

// act lists something active once.
func (r *Result) act(kind, where, detail string) {
	r.flag(FlagActive)
	a := Active{kind, where, detail}
	for _, have := range r.Active {
		if have == a {
			return
		}
	}
	if len(r.Active) < MaxEntries {
		r.Active = append(r.Active, a)
	}
}

func (r *Result) link(address string) {
	for _, have := range r.Links {
		if have == address {
			return
		}
	}
	if len(r.Links) < MaxEntries {
		r.Links = append(r.Links, address)
	}
}

func (m *Metadata) madeWith(software string) {
	m.Software = addOnce(m.Software, software)
}

func addOnce(list []string, s string) []string {
	if s == "" || len(list) >= MaxEntries {
		return list
	}
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
