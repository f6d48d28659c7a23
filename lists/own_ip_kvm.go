package lists

import "bonafide/record"

// ownIPKVMDay is when the table below was last compared with the makers' own
// published source code.
const ownIPKVMDay record.Date = "2026-08-22"

// ownIPKVM are the identities that IP-KVMs ship with. Every one of them can be
// changed by who owns the device: a hit says something, no hit says nothing.
// 1d6b:0104 is any Linux gadget and counts only with its strings.
func ownIPKVM() *Snapshot {
	usb := func(name, vendor, product, maker, model, serial string, shared bool) Device {
		return Device{name, "usb", vendor, product, maker, model, serial, shared}
	}
	return &Snapshot{
		List: &List{ID: "own_ip_kvm", Title: "Identities of IP-KVMs", Publisher: "bonafide", Licence: "Apache-2.0", Kind: KindDevices, Cadence: Yearly},
		Name: "own_ip_kvm", AsOf: ownIPKVMDay, From: "list", Rows: 15,
		content: &content{devices: []Device{
			usb("PiKVM", "1d6b", "0104", "PiKVM", "PiKVM Composite Device", "", true),
			usb("PiKVM HID bridge", "1209", "eda2", "", "", "", false),
			usb("PiKVM HID bridge", "1209", "eda3", "", "", "", false),
			{"PiKVM", "edid", "LNX", "7770", "", "", "", false},
			{"PiKVM V3", "edid", "LNX", "7771", "", "", "", false},
			{"PiKVM", "edid", "LNX", "7772", "", "", "", false},
			{"PiKVM V4 Plus", "edid", "LNX", "7773", "", "", "", false},
			usb("TinyPilot", "1d6b", "0104", "tinypilot", "", "", true),
			usb("JetKVM", "1d6b", "0104", "JetKVM", "", "", true),
			usb("NanoKVM", "3346", "1009", "", "", "", false),
			usb("GL.iNet Comet", "38eb", "*", "", "", "", false),
			usb("Openterface Mini-KVM, or another HDMI grabber", "534d", "2109", "", "", "", true),
			usb("Openterface KVM", "345f", "2109", "", "", "", true),
			usb("Openterface KVM", "345f", "2132", "", "", "", true),
			usb("Openterface KVM", "1a86", "fe0c", "", "", "", false),
		}},
	}
}
