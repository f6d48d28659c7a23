package document

import "slices"

var (
	kinds    = []Kind{PDF, DOCX, ODT, Text, JPEG, PNG, GIF, WebP, TIFF, EML, Export, HTML}
	others   = []Kind{svg, bmp, zipped, gzipped, unknown}
	reasons  = []string{ReasonLimit, ReasonPixels, ReasonMalformed, ReasonMismatch, ReasonType, ReasonSVG, ReasonAmbiguous, ReasonPath, ReasonEncrypted, ReasonForbidden, ReasonReaderFailed}
	noPixels = []string{"", NoPDFPixels, NoWordPixels, NoMailPixels, NoExportPixels, NoPagePixels}
	flags    = []string{FlagActive, FlagHidden, FlagRevisions, FlagFirst, FlagPolyglot, FlagMalformed, FlagPartial, FlagOCR, FlagMismatch, FlagNoText, FlagMarks}
)

// Sound says whether every closed word of a result is one of the house: what
// comes out of a child that was taken over must not carry words of its own
// where people expect ours.
func (r *Result) Sound() bool {
	if r.Version != 1 {
		return false
	}
	if !slices.Contains(noPixels, r.NoPixels) {
		return false
	}
	for _, f := range r.Flags {
		if !slices.Contains(flags, f) {
			return false
		}
	}
	for _, p := range r.Parts {
		if p.Name != europassPart && !slices.Contains(exportParts, p.Name) {
			return false
		}
	}
	switch r.Verdict {
	case Accepted:
		return r.Reason == "" && slices.Contains(kinds, r.Kind)
	case Refused:
		return slices.Contains(reasons, r.Reason) && (slices.Contains(kinds, r.Kind) || slices.Contains(others, r.Kind))
	}
	return false
}
