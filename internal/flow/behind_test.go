package flow_test

import (
	"errors"
	"testing"
	"time"

	"kith/internal/flow"
	"kith/internal/flow/schooltest"
)

type behindKey int

// ask calls Behind once, as an administrator.
func ask(s *schooltest.School, k behindKey, stamp int64, work func(flow.Read) (int, error)) (v int, ok bool) {
	s.Look(s.Admin, func(l *flow.Look) error {
		v, ok = flow.Behind(l, k, stamp, work)
		return nil
	})
	return v, ok
}

func TestBehind_MakesOnceForAStampAndNobodyWaits(t *testing.T) {
	s := schooltest.New(t, 0)
	times := 0
	work := func(read flow.Read) (int, error) {
		times++
		return times * 10, read(func(l *flow.Look) error {
			_, err := l.Zone()
			return err
		})
	}
	if _, ok := ask(s, 1, 7, work); ok {
		t.Error("it was there before it was made")
	}
	s.F.Settled()
	for range 2 {
		if v, ok := ask(s, 1, 7, work); !ok || v != 10 || times != 1 {
			t.Errorf("%v %v, made %d times", v, ok, times)
		}
	}
	if _, ok := ask(s, 1, 8, work); ok {
		t.Error("another stamp was given what was made under the first")
	}
	s.F.Settled()
	if v, ok := ask(s, 1, 8, work); !ok || v != 20 {
		t.Errorf("%v %v", v, ok)
	}
}

func TestBehind_WorkThatFailsLeavesNothing(t *testing.T) {
	s := schooltest.New(t, 0)
	times := 0
	work := func(flow.Read) (int, error) { times++; return 1, errors.New("no disk") }
	ask(s, 1, 7, work)
	s.F.Settled()
	if _, ok := ask(s, 1, 7, work); ok || times != 1 {
		t.Errorf("there: %v, tried %d times", ok, times)
	}
}

func TestBehind_KeepsEightAndGivesUpWhatNobodyUses(t *testing.T) {
	s := schooltest.New(t, 0)
	work := func(flow.Read) (int, error) { return 1, nil }
	there := func(k behindKey) bool {
		ask(s, k, 7, work)
		s.F.Settled()
		_, ok := ask(s, k, 7, work)
		return ok
	}
	for k := range behindKey(8) {
		if !there(k) {
			t.Errorf("no room for %d", k)
		}
	}
	if there(8) {
		t.Error("a ninth had room while all others were in use")
	}
	s.Now = s.Now.Add(time.Hour)
	if !there(8) {
		t.Error("no room although nobody had used the others for an hour")
	}
}

func TestRest_EndsWorkAndBeginsNoMore(t *testing.T) {
	s := schooltest.New(t, 0)
	started, ended := make(chan bool), make(chan error, 1)
	ask(s, 1, 7, func(read flow.Read) (int, error) {
		close(started)
		for {
			if err := read(func(l *flow.Look) error { _, err := l.Zone(); return err }); err != nil {
				ended <- err
				return 0, err
			}
		}
	})
	<-started
	s.F.Rest()
	if err := <-ended; err == nil {
		t.Error("work went on")
	}
	ask(s, 2, 7, func(flow.Read) (int, error) { t.Error("work began after the end"); return 0, nil })
	s.F.Settled()
}
