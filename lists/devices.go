package lists

import (
	"strings"

	"bonafide/record"
)

// Device is the identity by which a keyboard-video switch reached over the
// network (IP-KVM) shows itself to the computer it steers: over USB or as a
// display. Empty strings match anything, at least one of the strings must be
// given where the numbers belong to everybody (Linux gadgets, cheap grabbers).
type Device struct {
	Name         string
	Bus          string // usb or edid
	Vendor       string // USB vendor id in hex, or PNP id
	Product      string // hex; "*" any
	Manufacturer string
	Model        string
	Serial       string
	Shared       bool // the numbers alone prove nothing: other things carry them
}

// DeviceHit is a device that an identity belongs to. Exact is false when only
// numbers match that other things carry too.
type DeviceHit struct {
	Name  string
	Exact bool
	Use   record.ListUse
}

type deviceSource struct {
	devices []Device
	use     record.ListUse
}

// Device compares an identity as seen by a computer with our own table and
// those loaded. It needs no list: the table ships with us.
func (s *Set) Device(seen Device) []DeviceHit {
	own := ownIPKVM()
	sources := []deviceSource{{own.content.devices, own.Use()}}
	if s != nil {
		sources = append(sources, s.devices...)
	}
	var hits []DeviceHit
	for _, src := range sources {
		for i := range src.devices {
			if exact, ok := src.devices[i].matches(&seen); ok {
				hits = append(hits, DeviceHit{src.devices[i].Name, exact, src.use})
			}
		}
	}
	return hits
}

func (d *Device) matches(seen *Device) (exact, ok bool) {
	same := func(a, b string) bool { return a == "" || a == "*" || strings.EqualFold(a, b) }
	if !strings.EqualFold(d.Bus, seen.Bus) || !same(d.Vendor, seen.Vendor) || !same(d.Product, seen.Product) {
		return false, false
	}
	strings := 0
	for _, pair := range [...][2]string{{d.Manufacturer, seen.Manufacturer}, {d.Model, seen.Model}, {d.Serial, seen.Serial}} {
		if pair[0] != "" && pair[1] != "" {
			if !same(pair[0], pair[1]) {
				return false, false
			}
			strings++
		}
	}
	if d.Shared && strings == 0 {
		// A table that knows the strings says nothing without them.
		return false, d.Manufacturer == "" && d.Model == "" && d.Serial == ""
	}
	return true, true
}

func isDeviceHeader(row []string) bool {
	return len(row) >= 4 && strings.EqualFold(row[0], "device") && strings.EqualFold(row[1], "bus")
}

// parseDeviceCSV reads device,bus,vendor,product,manufacturer_string,
// product_string,serial_string,note; a note with "generic", "weak" or "also"
// marks numbers that other things carry.
func parseDeviceCSV(name string, b []byte) (*content, error) {
	c := &content{}
	header := true
	for n, line := range lines(b) {
		row := cellsOf(line)
		if header {
			if header = false; !isDeviceHeader(row) {
				return nil, record.Invalid(lineOf(name, n), "not the header of a table of devices")
			}
			continue
		}
		for len(row) < 8 {
			row = append(row, "")
		}
		if row[0] == "" || (row[1] != "usb" && row[1] != "edid") || row[2] == "" {
			c.reject(n)
			continue
		}
		note := strings.ToLower(row[7])
		c.devices = append(c.devices, Device{Name: row[0], Bus: row[1], Vendor: row[2], Product: row[3], Manufacturer: row[4], Model: row[5],
			Serial: row[6], Shared: strings.Contains(note, "generic") || strings.Contains(note, "weak") || strings.Contains(note, "also")})
		c.rows++
	}
	return c, c.check(name)
}
