//go:build !linux

package store

import (
	"errors"
	"os"
)

func setAside(*os.File, int64) error { return errors.ErrUnsupported }

func room(string) (int64, error) { return 0, errors.ErrUnsupported }
