package chip

import (
	"bytes"
	"testing"
)

// FuzzDocument feeds files of chips that somebody made up.
func FuzzDocument(f *testing.F) {
	u := newUtopia(f)
	files := u.issue()
	trust := u.trust()
	for _, file := range files {
		f.Add(file.Bytes, files[len(files)-2].Bytes)
	}
	f.Add([]byte{0x77, 0x02, 0x30, 0x00}, []byte{0x61, 0x00})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		d, err := Sort([]File{{"a", a}, {"b", b}})
		if err != nil {
			return
		}
		r := Verify(d, trust, on("2026-03-01"), &Transcript{Challenge: []byte("8 octets"), Response: []byte("no answer")})
		if r.Part(PartActive) == OK {
			t.Fatalf("a wrong answer to the challenge was accepted: %+v", r.Parts)
		}
		for _, n := range r.Checked {
			if r.Verdict == Authentic && !bytes.Equal(d.groups[n], u.groups[n]) {
				t.Fatalf("DG%d was never signed: %+v", n, r.Parts)
			}
		}
	})
}

// FuzzTrust feeds lists.
func FuzzTrust(f *testing.F) {
	u := newUtopia(f)
	f.Add(u.csca.make(f))
	f.Add(u.revoke(u.authority, on("2026-02-01"), on("2026-06-01"), 77))
	f.Add([]byte("dn: c=UT\ncACertificate;binary:: MIIB\n AAA=\n"))
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		trust := NewTrust()
		if trust.Add("list", b) == nil && trust.Certificates() == 0 && len(trust.revoked) == 0 {
			t.Fatal("a list that holds nothing was taken")
		}
	})
}

// FuzzGroups feeds the readers of data groups behind the hashes.
func FuzzGroups(f *testing.F) {
	u := newUtopia(f)
	for _, n := range []int{1, 2, 11, 12, 14, 15} {
		f.Add(u.groups[n])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		readZone(b)
		if face, err := readFace(b); err == nil && len(face.Image) > len(b) {
			t.Fatal("a portrait larger than its file")
		}
		var d details
		d.person(b)
		d.document(b)
		securityInfos(b)
		chipKey(b)
		presence(b)
	})
}

// BenchmarkPassport is one document against all lists at hand, the lists read before.
func BenchmarkPassport(b *testing.B) {
	trust := lists(b)
	for _, f := range folder(b, "mrtd", "sod", "*_SOD.bin") {
		d, err := Sort([]File{f})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				Verify(d, trust, lateNovember, nil)
			}
		})
	}
}
