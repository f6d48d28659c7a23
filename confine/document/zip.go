package document

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"strings"
)

const maxEntries = 2_000

// archive is a ZIP whose directory has been checked: every name once and
// inside, few enough entries, no links.
type archive struct {
	parts    map[string]*zip.File
	unpacked int64
	over     bool // the budget ran out
	broken   bool // a part is damaged
}

// readZip opens the two kinds of document that are archives.
func readZip(b []byte, promised Kind) Result {
	a, reason := openArchive(b)
	kind := zipped
	if a != nil {
		kind = a.kind()
	}
	switch {
	case reason != "":
		if kind == zipped && (promised == DOCX || promised == ODT) {
			kind = promised
		}
		return refused(kind, reason, archiveSays[reason])
	case kind == DOCX:
		return readDOCX(a)
	case kind == ODT:
		return readODT(a)
	}
	if r, known := a.readExport(); known {
		return r
	}
	if reason := a.drain(); reason != "" {
		return refused(zipped, reason, archiveSays[reason])
	}
	if promised == DOCX || promised == ODT {
		return refused(zipped, ReasonMismatch, "the archive holds no document of the kind its name promises")
	}
	return refused(zipped, ReasonType, "archives are not read; please send the file itself")
}

var archiveSays = map[string]string{
	ReasonLimit:     "the file unpacks to more than allowed",
	ReasonMalformed: "the archive is damaged",
	ReasonAmbiguous: "the archive holds two parts of one name",
	ReasonPath:      "the archive names places outside itself",
}

func openArchive(b []byte) (*archive, string) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if z == nil || err != nil && err != zip.ErrInsecurePath {
		return nil, ReasonMalformed
	}
	if len(z.File) > maxEntries {
		return nil, ReasonLimit
	}
	a := &archive{parts: map[string]*zip.File{}}
	reason := ""
	worst := func(r string) {
		if reason == "" || r == ReasonPath {
			reason = r
		}
	}
	var claimed uint64
	taken := map[int64]bool{}
	for _, f := range z.File {
		name := f.Name
		clean := path.Clean(name)
		switch {
		case strings.ContainsAny(name, "\\\x00"), path.IsAbs(name), clean == "..", strings.HasPrefix(clean, "../"), len(name) > 1 && name[1] == ':',
			f.Mode()&^0o7777&^(1<<31) != 0 && !f.Mode().IsDir() && !f.Mode().IsRegular():
			worst(ReasonPath)
		}
		key := strings.ToLower(name)
		if _, twice := a.parts[key]; twice {
			worst(ReasonAmbiguous)
		}
		a.parts[key] = f
		if claimed += f.UncompressedSize64; claimed > 1<<40 {
			claimed = 1 << 40
		}
		if most := 1040*f.CompressedSize64 + 64; f.UncompressedSize64 > most || f.Method == zip.Store && f.UncompressedSize64 != f.CompressedSize64 {
			worst(ReasonMalformed) // no packing is that good: the size is a lie
		}
		at, err := f.DataOffset()
		if err != nil {
			worst(ReasonMalformed)
			continue
		}
		if !sameName(b, at, name) {
			worst(ReasonAmbiguous) // readers that go by the one directory or the other see two files
		}
		if f.CompressedSize64 > 0 {
			if taken[at] {
				worst(ReasonLimit) // entries that share their bytes: a bomb
			}
			taken[at] = true
		}
	}
	if reason == "" && claimed > 4*maxUnpacked {
		reason = ReasonLimit
	}
	return a, reason
}

// sameName: the header before the bytes of an entry names it as the directory
// does. The header ends where the bytes begin, after its name and its extras.
func sameName(b []byte, data int64, name string) bool {
	for at := int(data) - 30 - len(name); at >= 0 && int(data)-at <= 30+2<<16; at-- {
		if !bytes.HasPrefix(b[at:], []byte("PK\x03\x04")) {
			continue
		}
		n, extra := int(b[at+26])|int(b[at+27])<<8, int(b[at+28])|int(b[at+29])<<8
		if at+30+n+extra == int(data) {
			return string(b[at+30:at+30+n]) == name
		}
	}
	return false
}

func (a *archive) kind() Kind {
	if _, ok := a.parts["word/document.xml"]; ok {
		return DOCX
	}
	if strings.HasPrefix(strings.TrimSpace(string(a.read("mimetype"))), "application/vnd.oasis.opendocument.text") {
		return ODT
	}
	if _, ok := a.parts["[content_types].xml"]; ok && a.mainPart() != "" {
		return DOCX
	}
	return zipped
}

// read unpacks one part within the budget; nil when there is none.
func (a *archive) read(name string) []byte {
	f, ok := a.parts[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if !ok {
		return nil
	}
	in, err := f.Open()
	if err != nil {
		a.broken = true
		return nil
	}
	defer in.Close()
	left := maxUnpacked - a.unpacked
	data, err := io.ReadAll(io.LimitReader(in, left+1))
	a.unpacked += int64(len(data))
	if int64(len(data)) > left {
		a.over = true
		return nil
	}
	if err != nil {
		a.broken = true
	}
	return data
}

// drain reads an archive that is refused anyway, to say why.
func (a *archive) drain() string {
	for _, f := range a.parts {
		in, err := f.Open()
		if err != nil {
			return ReasonMalformed
		}
		n, err := io.Copy(io.Discard, io.LimitReader(in, maxUnpacked-a.unpacked+1))
		in.Close()
		if a.unpacked += n; a.unpacked > maxUnpacked {
			return ReasonLimit
		}
		if err != nil {
			return ReasonMalformed
		}
	}
	return ""
}

// unpackedSize reads a gzip stream up to one byte past the limit.
func unpackedSize(r io.Reader) (n int64, whole bool) {
	g, err := gzip.NewReader(r)
	if err != nil {
		return 0, false
	}
	n, err = io.Copy(io.Discard, io.LimitReader(g, maxUnpacked+1))
	return n, err == nil
}

// trailsArchive: the file ends as a ZIP does, whatever it begins as.
func trailsArchive(b []byte) bool {
	tail := b[max(0, len(b)-(1<<16)-22):]
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || i+22 > len(tail) {
		return false
	}
	return i+22+int(tail[i+20])+int(tail[i+21])<<8 <= len(tail) && bytes.Contains(b, []byte("PK\x01\x02"))
}
