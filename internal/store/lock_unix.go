package store

import (
	"fmt"
	"os"
	"syscall"
)

// lockFolder takes the data folder for this process: one writer at a time. The lock goes with the process, however it ends.
func lockFolder(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("another kith has it: %w", err)
	}
	return f, nil
}
