package confine

import (
	"slices"

	"bonafide/record"
)

// Facts are what checks may see of a file, for the field of the application it
// belongs to: resume, documents[0], photos[1].
func (r *Result) Facts(field string) record.FileFacts {
	f := record.FileFacts{
		Field: field, Kind: string(r.Kind), SHA256: r.SHA256,
		Author: r.Metadata.Author, LastAuthor: r.Metadata.LastAuthor, Template: r.Metadata.Template,
		Software: slices.Clone(r.Metadata.Software), DocumentID: r.Metadata.DocumentID, InstanceID: r.Metadata.InstanceID,
		Revisions: r.Metadata.Revisions, Flags: slices.Clone(r.Flags),
	}
	for i := range r.Images {
		g := &r.Images[i]
		for _, s := range g.Software {
			if !slices.Contains(f.Software, s) {
				f.Software = append(f.Software, s)
			}
		}
		if g.Width*g.Height > f.Width*f.Height {
			f.Width, f.Height = g.Width, g.Height
			f.Sharpness, f.JPEG = g.Quality.Sharpness, g.Quality.JPEG
		}
	}
	return f
}
