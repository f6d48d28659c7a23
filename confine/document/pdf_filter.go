package document

import (
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"io"

	"golang.org/x/image/tiff/lzw"
)

// decode unpacks a stream as far as its filters are those of text; of pictures
// it hands back the bytes as they stand. What is broken ends early.
func (f *pdfFile) decode(s *pdfStream) []byte {
	data, _ := f.unpack(s)
	return data
}

// unpack also names the first filter that is a picture's.
func (f *pdfFile) unpack(s *pdfStream) ([]byte, string) {
	filters := f.array(s.dict["Filter"])
	if n := f.name(s.dict["Filter"]); n != "" {
		filters = pdfArray{pdfName(n)}
	}
	params := f.array(s.dict["DecodeParms"])
	if params == nil {
		params = pdfArray{s.dict["DecodeParms"]}
	}
	data := s.raw
	for i, v := range filters {
		if i >= 8 {
			f.partial = true
			return nil, ""
		}
		var parm pdfDict
		if i < len(params) {
			parm = f.dict(params[i])
		}
		var from io.Reader
		switch name := f.name(v); name {
		case "FlateDecode", "Fl":
			from = inflate(data)
		case "LZWDecode", "LZW":
			// The variant with early change, which nearly every file uses, is that of TIFF.
			from = lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8)
		case "ASCIIHexDecode", "AHx":
			l := newLexer(append([]byte("<"), data...), 0)
			from = bytes.NewReader([]byte(l.hex()))
		case "ASCII85Decode", "A85":
			data, _, _ = bytes.Cut(data, []byte("~>"))
			from = ascii85.NewDecoder(bytes.NewReader(bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~"))))
		case "RunLengthDecode", "RL":
			from = bytes.NewReader(runLength(data))
		case "Crypt":
			continue
		default:
			return data, name
		}
		data = f.bounded(from)
		data = predict(data, f, parm)
	}
	return data, ""
}

func inflate(b []byte) io.Reader {
	if len(b) > 2 && b[0]&0x0F == 8 && (int(b[0])<<8|int(b[1]))%31 == 0 {
		b = b[2:]
	}
	return flate.NewReader(bytes.NewReader(b))
}

// bounded reads what is left of the file's budget and no more.
func (f *pdfFile) bounded(r io.Reader) []byte {
	limit := min(maxStream, maxUnpacked-f.unpacked)
	data, _ := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if len(data) > limit {
		f.partial = true
		data = data[:max(limit, 0)]
	}
	f.unpacked += len(data)
	return data
}

func runLength(b []byte) (out []byte) {
	for i := 0; i < len(b) && len(out) < maxStream; {
		n := int(b[i])
		i++
		switch {
		case n == 128:
			return out
		case n < 128:
			end := min(i+n+1, len(b))
			out = append(out, b[i:end]...)
			i = end
		case i < len(b):
			out = append(out, bytes.Repeat(b[i:i+1], 257-n)...)
			i++
		}
	}
	return out
}

// predict undoes the predictors of PNG and TIFF (7.4.4.4).
func predict(data []byte, f *pdfFile, parm pdfDict) []byte {
	num := func(key pdfName, otherwise int) int {
		if v, ok := f.number(parm[key]); ok && v > 0 && v < 1<<20 {
			return int(v)
		}
		return otherwise
	}
	kind := num("Predictor", 1)
	if kind < 2 {
		return data
	}
	colors, bits, columns := num("Colors", 1), num("BitsPerComponent", 8), num("Columns", 1)
	pixel := max(1, colors*bits/8)
	row := (colors*bits*columns + 7) / 8
	if row <= 0 || row > 1<<24 {
		return nil
	}
	if kind == 2 {
		if bits == 8 {
			for at := 0; at+row <= len(data); at += row {
				for i := at + pixel; i < at+row; i++ {
					data[i] += data[i-pixel]
				}
			}
		}
		return data
	}
	out := make([]byte, 0, len(data))
	last := make([]byte, row)
	for len(data) > 1 {
		how, line := data[0], make([]byte, row)
		n := copy(line, data[1:])
		data = data[1+n:]
		for i := range n {
			left, corner := byte(0), byte(0)
			if i >= pixel {
				left, corner = line[i-pixel], last[i-pixel]
			}
			switch how {
			case 1:
				line[i] += left
			case 2:
				line[i] += last[i]
			case 3:
				line[i] += byte((int(left) + int(last[i])) / 2)
			case 4:
				line[i] += paeth(left, last[i], corner)
			}
		}
		out = append(out, line[:n]...)
		last = line
	}
	return out
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	if pa <= pb && pa <= pc {
		return a
	}
	if pb <= pc {
		return b
	}
	return c
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}
