package confine

import "bonafide/confine/document"

func attack(b []byte, ext string) (document.Result, []byte) {
	return document.Read(b, ext)
}
