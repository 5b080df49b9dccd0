package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"kith/internal/flow"
)

const (
	viewers     = 30
	liveAnswers = 200
)

// live measures how long after its acknowledgement a learner's answer reaches 30 open teacher pages.
func (b *bench) live() error {
	teacher, err := b.tinyTeacher()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	heard := make(chan struct {
		rev int64
		at  time.Time
	}, viewers*liveAnswers)
	var open sync.WaitGroup
	errs := make(chan error, viewers)
	open.Add(viewers)
	for range viewers {
		go func() {
			errs <- b.view(ctx, teacher, open.Done, func(rev int64) {
				heard <- struct {
					rev int64
					at  time.Time
				}{rev, time.Now()}
			})
		}()
	}
	open.Wait()
	acked := map[int64]time.Time{}
	for k := range liveAnswers {
		if _, err := b.answer(k % len(b.tokens)); err != nil {
			return err
		}
		acked[int64(k)] = time.Now()
		time.Sleep(20 * time.Millisecond)
	}
	var delays []time.Duration
	first := int64(-1)
	timeout := time.After(10 * time.Second)
	for len(delays) < viewers*liveAnswers {
		select {
		case h := <-heard:
			if first < 0 || h.rev < first {
				first = h.rev
			}
			if at, ok := acked[h.rev-first]; ok {
				delays = append(delays, max(0, h.at.Sub(at)))
			}
		case err := <-errs:
			return err
		case <-timeout:
			b.add("live, events that arrived", float64(len(delays)), fmt.Sprintf("of %d", viewers*liveAnswers), "all", false)
			return nil
		}
	}
	p99 := ms(percentile(delays, .99))
	b.add(fmt.Sprintf("live, answer to %d viewers, p50", viewers), ms(percentile(delays, .5)), "ms", "")
	b.add(fmt.Sprintf("live, answer to %d viewers, p99", viewers), p99, "ms", "<= 300", p99 <= 300)
	return nil
}

// tinyTeacher signs the answering learners' teacher in through the store of the running school's own sessions, which were
// opened before it started.
func (b *bench) tinyTeacher() (string, error) {
	token, ok := b.links[b.tiny.Teacher]
	if !ok {
		return "", fmt.Errorf("the teacher of the answering learners has no session")
	}
	return token, nil
}

func (b *bench) view(ctx context.Context, token string, ready func(), on func(rev int64)) error {
	topic := flow.ClassTopic(string(b.tiny.Class))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.base+"/api/v1/live?topics="+topic, nil)
	if err != nil {
		return err
	}
	req.AddCookie(&http.Cookie{Name: "kith", Value: token})
	res, err := (&http.Client{}).Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("live: %s", res.Status)
	}
	ready()
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var e struct {
			Rev int64 `json:"rev"`
		}
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			return err
		}
		on(e.Rev)
	}
	if ctx.Err() != nil {
		return nil
	}
	return lines.Err()
}
