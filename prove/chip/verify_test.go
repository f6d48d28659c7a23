package chip

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

func folder(t testing.TB, pattern ...string) []File {
	t.Helper()
	var files []File
	for _, p := range glob(t, pattern...) {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, File{filepath.Base(p), b})
	}
	return files
}

func verdict(t testing.TB, files []File, trust *Trust) Report {
	t.Helper()
	d, err := Sort(files)
	if err != nil {
		t.Fatal(err)
	}
	return Verify(d, trust, lateNovember, nil)
}

// TestDataGroups: the data groups of the published samples against their
// hashes. DG15 of both is not among the signed ones, and so is not read.
func TestDataGroups(t *testing.T) {
	for dir, checked := range map[string]int{"bsi2008": 3, "bsi-tr03105-5": 2} {
		files := folder(t, "mrtd", "lds", dir, "*.bin")
		r := verdict(t, files, NewTrust())
		if r.Part(PartHashes) != OK || len(r.Checked) != checked || r.Verdict != Unconfirmed || r.Holder == nil {
			t.Errorf("%s: %s, %v: %+v", dir, r.Part(PartHashes), r.Checked, r.Parts)
			continue
		}
		if r.Holder.Name == "" || r.Holder.Issuer != "D" || len(r.Holder.ZoneFaults) > 0 {
			t.Errorf("%s: holder %+v", dir, r.Holder)
		}
		if dir == "bsi2008" && (r.Holder.Portrait == nil || len(r.Holder.Portrait.Image) < 10000) {
			t.Errorf("%s: no portrait", dir)
		}
		for i := range files {
			if files[i].Bytes[0] != groupTags[1] {
				continue
			}
			files[i].Bytes[30] ^= 1 // another letter in the name
			if r := verdict(t, files, NewTrust()); r.Verdict != Refused || r.Holder != nil {
				t.Errorf("%s with another name: %s", dir, r.Verdict)
			}
		}
	}
}

// TestNegative: files that somebody broke on purpose.
func TestNegative(t *testing.T) {
	for _, f := range folder(t, "mrtd", "negative", "*.bin") {
		d, err := Sort([]File{f})
		if err != nil {
			continue // refused at the door
		}
		if r := Verify(d, NewTrust(), lateNovember, nil); r.Verdict != Refused {
			t.Errorf("%s: %s %+v", f.Name, r.Verdict, r.Parts)
		}
	}
}

// TestSynthetic: a file of a state that does not exist, without its wrapper,
// whose signer names a key that is not the one inside: nobody vouches for it.
func TestSynthetic(t *testing.T) {
	var file struct{ Encoded []byte }
	if err := json.Unmarshal(real(t, "mrtd", "zkr-synthetic", "john-miller-smith-rsa-2048-sha256.json"), &file); err != nil {
		t.Fatal(err)
	}
	r := verdict(t, []File{{"SOD", file.Encoded}}, lists(t))
	if r.Part(PartFiles) != OK || r.Part(PartSignature) != Failed || r.Verdict != Refused {
		t.Errorf("%s: %+v", r.Verdict, r.Parts)
	}
}

// TestEveryByte changes bytes of every real security object in turn: none may
// come out with signature and chain. With BONAFIDE_EVERY_BYTE=1 it is every byte,
// which takes minutes.
func TestEveryByte(t *testing.T) {
	trust := lists(t)
	step := 29
	if os.Getenv("BONAFIDE_EVERY_BYTE") != "" {
		step = 1
	}
	for _, f := range folder(t, "mrtd", "sod", "*_SOD.bin") {
		ran := 0
		for at := 0; at < len(f.Bytes); at += step {
			for _, flip := range []byte{0x01, 0x20} {
				b := bytes.Clone(f.Bytes)
				b[at] ^= flip
				d, err := Sort([]File{{f.Name, b}})
				if ran++; err != nil {
					continue
				}
				r := Verify(d, trust, lateNovember, nil)
				if r.Part(PartSignature) == OK && r.Part(PartChain) == OK {
					t.Errorf("%s: byte %d changed by %02x and still accepted (near %x)", f.Name, at, flip, b[max(0, at-12):min(len(b), at+8)])
				}
			}
		}
		t.Logf("%s: %d changes", f.Name, ran)
	}
}
