package intake

import (
	"testing"

	"bonafide/record"
)

func FuzzFindInDemand(f *testing.F) {
	f.Add("Pay 12.5 BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa or ask x@mail.example, https://t.me/nobody_here.")
	f.Add("BTC:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 0x000000000000000000000000000000000000dEaD $ 1' @@.@")
	f.Fuzz(func(t *testing.T, s string) {
		d := &record.Demand{}
		FindInDemand(d, s)
		if len(d.Wallets) > demandItems || len(d.Mails) > demandItems || len(d.Links) > demandItems || len(d.Amounts) > demandItems {
			t.Error("more than is kept of one message")
		}
	})
}
