package confine

import "bonafide/confine/document"

// says is the sentence for each reason. Those of the child are not passed on:
// a child that was taken over could write anything into them.
var says = map[string]string{
	document.ReasonLimit:        "the file is larger, deeper or slower to read than allowed",
	document.ReasonPixels:       "the picture has more pixels than allowed; please send a smaller one",
	document.ReasonMalformed:    "the file is damaged; please send it again",
	document.ReasonMismatch:     "the name promises another kind of file than the bytes are; please send it under its right name",
	document.ReasonType:         "files of this kind are not read; PDF, DOCX, ODT, plain text, JPEG, PNG, WebP, GIF, TIFF, .eml, saved pages and LinkedIn or Telegram archives are",
	document.ReasonSVG:          "SVG pictures are not read; please send a JPEG or PNG picture",
	document.ReasonAmbiguous:    "two programs would see two different files in this one; please save and send it again",
	document.ReasonPath:         "the archive names places outside itself",
	document.ReasonEncrypted:    "the file is protected by a password; please send it unprotected",
	document.ReasonForbidden:    "the process that read the file tried something no reader needs; keep the file apart",
	document.ReasonReaderFailed: "the file could not be read",
}
