package record

// FileFacts are what a confined reader saw in one of the files of an
// application: facts of the file, never a judgement of the person. Field names
// what the file is: resume, documents[0], photos[1].
type FileFacts struct {
	Field      string   `json:"field,omitempty"`
	Kind       string   `json:"kind,omitempty"` // pdf, docx, odt, text, jpeg, png, gif, webp, tiff, eml
	SHA256     string   `json:"sha256,omitempty"`
	Author     string   `json:"author,omitempty"`      // as the file names it
	LastAuthor string   `json:"last_author,omitempty"` // who saved it last, as the file names it
	Software   []string `json:"software,omitempty"`    // programs that left their name, of the file and of the pictures in it
	Template   string   `json:"template,omitempty"`
	DocumentID string   `json:"document_id,omitempty"` // given at the first saving, kept by copies
	InstanceID string   `json:"instance_id,omitempty"` // given at each saving
	Revisions  int      `json:"revisions,omitempty"`   // states kept in a PDF; times saved of a text document
	Flags      []string `json:"flags,omitempty"`       // active-content, hidden-text, revisions, text-mismatch, …
	Width      int      `json:"width,omitempty"`       // pixels of a picture, or of the largest one inside
	Height     int      `json:"height,omitempty"`
	Sharpness  float64  `json:"sharpness,omitempty"` // variance of the Laplacian of luma at longest side 1,000; 0 is not measured
	JPEG       int      `json:"jpeg,omitempty"`      // quality 1–100 estimated from the table; 0 is not measured
	Unknown    Fields   `json:",embed"`
}
