package checks

import (
	"strings"

	"bonafide/record"
)

// Keyboards and screens over the network show themselves to the computer they
// steer as a USB gadget and a monitor. The strings are facts read in the open
// source of the devices; whoever sets them up can change them, so that their
// absence proves nothing.

// usbGadget is how a device shows itself on the bus; "" is anything.
type usbGadget struct {
	vendor, product string
	words           []string // any of them in maker, name or serial, lower case
	strength        record.Strength
	source          string
}

var usbGadgets = []usbGadget{
	{"1d6b", "0104", []string{"pikvm", "cafebabe"}, record.Conclusive, "PiKVM"},
	{"1209", "eda2", nil, record.Conclusive, "PiKVM"},
	{"1d6b", "0104", []string{"tinypilot", "6b65796d696d6570690"}, record.Conclusive, "TinyPilot"},
	{"1d6b", "0104", []string{"jetkvm", "usb emulation device"}, record.Conclusive, "JetKVM"},
	{"", "", []string{"jetkvm", "tinypilot", "pikvm", "nanokvm", "glkvm"}, record.Conclusive, "IP-KVM"},
	// Presets that dress as a keyboard of a known maker, with a word no maker prints.
	{"046d", "c52b", []string{"logitech (x64)"}, record.Strong, "JetKVM"},
	// The number that Linux gives any board that plays a USB device.
	{"1d6b", "0104", nil, record.Strong, "Linux multifunction gadget"},
	// Capture sticks: in every drawer of people who film or stream.
	{"534d", "2109", nil, record.Weak, "HDMI capture"},
	{"345f", "2109", nil, record.Weak, "HDMI capture"},
}

// gadget is the first row that a USB device fits, nil if none.
func gadget(u *record.USB) *usbGadget {
	vendor, product := hexID(u.Vendor), hexID(u.Product)
	text := strings.ToLower(u.Manufacturer + "\n" + u.Name + "\n" + u.Serial)
	for i := range usbGadgets {
		g := &usbGadgets[i]
		if g.vendor != "" && (g.vendor != vendor || g.product != product) {
			continue
		}
		if len(g.words) == 0 || anyWord(text, g.words) {
			return g
		}
	}
	return nil
}

// hexID is a number of four hex digits without 0x, in lower case.
func hexID(s string) string {
	s = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "0x")
	for len(s) > 0 && len(s) < 4 {
		s = "0" + s
	}
	return s
}

func anyWord(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// capture says what a monitor is when it is none: its strength and its source.
func capture(d *record.Display) (record.Strength, string) {
	maker, product, name := strings.ToUpper(strings.TrimSpace(d.Maker)), hexID(d.Product), strings.ToLower(d.Name)
	switch {
	case maker == "LNX" && product >= "7770" && product <= "7773" && len(product) == 4:
		return record.Strong, "PiKVM"
	case anyWord(name+"\n"+strings.ToLower(d.Serial), []string{"pikvm", "glkvm", "jetkvm", "nanokvm", "cafebabe"}):
		return record.Strong, "IP-KVM"
	case maker == "TSB" && name == "t749-fhd720":
		return record.Supporting, "HDMI capture" // JetKVM, and many capture sticks
	}
	return record.NotCounted, ""
}
