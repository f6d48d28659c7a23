package intake

import (
	"fmt"

	"bonafide/match/photo"
	"bonafide/record"
)

// validViews checks the hashes of parts of pictures that a sender made: few, and each a hash. Of a hash that is cut short or
// spelt wrongly the sender should hear; dropped in silence it would look as if the picture had been compared.
func validViews(photos []record.Photo) error {
	for i := range photos {
		if len(photos[i].Views) > record.PhotoViews {
			return record.Invalid(fmt.Sprintf("photos[%d].views", i), fmt.Sprintf("more than %d", record.PhotoViews))
		}
		for j, v := range photos[i].Views {
			if _, ok := photo.ParsePDQ(v); !ok {
				return record.Invalid(fmt.Sprintf("photos[%d].views[%d]", i, j), "not 64 hexadecimal digits")
			}
		}
	}
	return nil
}
