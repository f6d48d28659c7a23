package web

import (
	"bytes"
	"net/http"
)

func evidencePropose(v *visit) error {
	if _, err := v.s.Desk.ProposeEvidence(v, v.caller.Actor, v.id(), v.r.PostFormValue("why"), v.r.PostFormValue("receiver"), v.r.PostFormValue("others") == "yes"); err != nil {
		return err
	}
	return v.back("/cases/%s#e-h", v.id())
}

// evidenceMake gives the package as a download: never shown, never run.
func evidenceMake(v *visit) error {
	if !v.caller.Fresh {
		return v.again()
	}
	var b bytes.Buffer
	if err := v.s.Desk.MakeEvidence(v, v.caller.Actor, v.id(), "bonafide "+v.s.Version, &b); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="evidence-`+short(v.id())+`.zip"`)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(b.Bytes())
	return errDone
}
