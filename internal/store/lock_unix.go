package store

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"syscall"
	"time"

	"kith/internal/fault"
)

// Holder is the process that has a data folder or serves a database, as whoever is refused reads it.
type Holder struct {
	PID   int       `json:"pid"` // 0 = nobody knows
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

func thisProcess() Holder {
	host, _ := os.Hostname() // "" is said as it is
	return Holder{PID: os.Getpid(), Host: host, Since: time.Now()}
}

// lockFolder takes the data folder for this process: one writer at a time. The lock goes with the process, however it ends; what
// the file says is of the process that locked it last. Errors: Conflict naming the holder; Unavailable.
func lockFolder(folder, path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "fault.store.folder", "folder", folder)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		h := holderIn(f)
		_ = f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fault.Wrap(fault.Unavailable, err, "fault.store.folder", "folder", folder)
		}
		return nil, fault.Wrap(fault.Conflict, err, "fault.store.locked", "folder", folder, "pid", h.PID, "since", h.said())
	}
	text, err := json.Marshal(thisProcess())
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt(append(text, '\n'), 0)
	}
	if err != nil { // a full disk keeps nobody from looking: the lock is held all the same
		_ = f.Truncate(0)
	}
	return f, nil
}

// holderIn reads who locked a folder; the zero holder where the file does not say.
func holderIn(f *os.File) (h Holder) {
	text, err := io.ReadAll(io.NewSectionReader(f, 0, 1<<10))
	if err != nil || json.Unmarshal(text, &h) != nil {
		return Holder{}
	}
	return h
}

func (h Holder) said() string {
	if h.Since.IsZero() {
		return ""
	}
	return h.Since.Local().Format("2006-01-02 15:04")
}
