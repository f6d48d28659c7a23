package lists

import (
	"io/fs"
	"time"
)

// Load reads every list it recognises in a folder, by name and content. day is
// the day of the run: a list older than its cadence allows is stale on it.
// Problems with single files do not stop the others; they are returned.
func Load(fsys fs.FS, day time.Time) (*Set, []error) {
	return &Set{}, nil
}
