package document

import (
	"bytes"
	"regexp"
	"strconv"
)

// Read reads one file. ext is the ending of its name as Extension gives it;
// the pixels, when there are any, are 8-bit RGB rows of Result.Picture.
func Read(b []byte, ext string) (Result, []byte) {
	kind := sniff(b, ext)
	promised, known := extensions[ext]
	switch {
	case len(b) > MaxFile:
		return refused(kind, ReasonLimit, "the file is larger than allowed"), nil
	case len(b) == 0:
		return refused(promised, ReasonMalformed, "the file is empty"), nil
	case ext != "" && !known:
		return refused(kind, ReasonType, "files of this kind are not read"), nil
	}
	fits := func(k Kind) bool { return ext == "" || promised == k || promised == zipped && k == Export }
	switch kind {
	case zipped:
		r := readZip(b, promised)
		if r.Verdict == Accepted && !fits(r.Kind) {
			r = mismatch(r.Kind)
		}
		return r, nil
	case svg:
		return refuseSVG(b), nil
	case bmp:
		return refuseBMP(b), nil
	case gzipped:
		return refuseGzip(b), nil
	}
	if !fits(kind) {
		return mismatch(kind), nil
	}
	switch kind {
	case PDF:
		return readPDF(b), nil
	case Text:
		return readText(b), nil
	case EML:
		return readMail(b), nil
	case HTML:
		if looksMHTML(b[:min(len(b), 4096)], ext) {
			return readMHTML(b), nil
		}
		return readHTML(b), nil
	case JPEG, PNG, GIF, WebP, TIFF:
		return readImage(b, kind)
	}
	return refused(kind, ReasonType, "files of this kind are not read"), nil
}

func mismatch(kind Kind) Result {
	return refused(kind, ReasonMismatch, "the name promises another kind of file than the bytes are; please send it again under its right name")
}

var svgSide = regexp.MustCompile(`(?i)(?:width|height|viewBox)\s*=\s*["']([^"']{1,80})["']`)
var number = regexp.MustCompile(`\d+(?:\.\d+)?(?:e\d+)?`)

// refuseSVG: pictures that are programs are not read; one that would also need
// more pixels than allowed is refused for that.
func refuseSVG(b []byte) Result {
	for _, m := range svgSide.FindAllSubmatch(b[:min(len(b), 4096)], 8) {
		for _, n := range number.FindAll(m[1], 4) {
			if v, err := strconv.ParseFloat(string(n), 64); err != nil || v > 30000 {
				return refused(svg, ReasonPixels, "the picture would have more pixels than allowed")
			}
		}
	}
	return refused(svg, ReasonSVG, "SVG pictures are not read; please send a JPEG or PNG picture")
}

func refuseBMP(b []byte) Result {
	side := func(at int) int64 {
		return int64(int32(uint32(b[at]) | uint32(b[at+1])<<8 | uint32(b[at+2])<<16 | uint32(b[at+3])<<24))
	}
	w, h := side(18), side(22)
	if h < 0 {
		h = -h
	}
	if w <= 0 || h <= 0 || w > 30000 || h > 30000 || w*h*4 > maxImage {
		return refused(bmp, ReasonPixels, "the picture would have more pixels than allowed")
	}
	return refused(bmp, ReasonType, "BMP pictures are not read; please send a JPEG or PNG picture")
}

func refuseGzip(b []byte) Result {
	if n, whole := unpackedSize(bytes.NewReader(b)); n > maxUnpacked {
		return refused(gzipped, ReasonLimit, "the file unpacks to more than allowed")
	} else if !whole {
		return refused(gzipped, ReasonMalformed, "the packed file is damaged")
	}
	return refused(gzipped, ReasonType, "packed files are not read; please send the file itself")
}
