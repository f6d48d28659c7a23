package main

// ProveCmd is `bonafide prove`: one line for each method of proof, each method
// in its own file.
type ProveCmd struct {
	Ask    ProveAskCmd    `cmd:"" help:"Draw a question for a chip, so that it shows that it is no copy."`
	Chip   ProveChipCmd   `cmd:"" help:"Check the chip of a passport or identity card, from files that a reader app saved."`
	Mail   ProveMailCmd   `cmd:"" help:"Say whose mail a referee’s reply is: DKIM, SPF and alignment, by DNS answers recorded at arrival."`
	MRZ    ProveMRZCmd    `cmd:"" name:"mrz" help:"Read a machine-readable zone: fields, check digits, dates, and what a misread character may have been."`
	Wallet ProveWalletCmd `cmd:"" help:"Check what a digital wallet presented: an SD-JWT VC or an mdoc, by OpenID4VP."`
}
