package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	// answerBytes is what an answer adds to SQLite's log when it is alone in its commit: sixteen pages, measured.
	answerBytes = 16 * 4096
	diskSpell   = 10 * time.Second
)

// disk measures what the bench's disk does by itself, for the open loop to be read beside: rate writes a second are due, what
// is due is appended and flushed as one, and each is counted from the instant at which it was due. An acknowledgement waits
// for such a flush, so no school that keeps its word is faster on this disk. It does not run where another machine holds
// the database.
func (b *bench) disk(when string, rate int) error {
	if b.cmd.DB != "" {
		return nil
	}
	f, err := os.Create(filepath.Join(b.dir, "flushed"))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close(); _ = os.Remove(f.Name()) }()
	const room = 1024 // writes before the file begins again, as the log does
	bytes := make([]byte, answerBytes)
	for range room {
		if _, err := f.Write(bytes); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	total := int(diskSpell.Seconds()) * rate
	times := make([]time.Duration, 0, total)
	began, flushes := time.Now(), 0
	for len(times) < total {
		due := min(total, int(time.Since(began).Seconds()*float64(rate)))
		if due == len(times) {
			time.Sleep(time.Second / time.Duration(rate) / 4)
			continue
		}
		if _, err := f.WriteAt(bytes, int64(flushes%room)*answerBytes); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
		flushes++
		for k := len(times); k < due; k++ {
			times = append(times, time.Since(began.Add(time.Duration(k)*time.Second/time.Duration(rate))))
		}
	}
	b.add(fmt.Sprintf("the disk alone %s, %d KB flushed for what is due, %d a second, p99", when, answerBytes/1024, rate), ms(percentile(times, .99)), "ms", "")
	return nil
}
