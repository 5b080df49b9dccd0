package web

import (
	"sync"
	"time"
)

// pace bounds how often each person asks for something that costs work and changes nothing.
type pace struct {
	each, most float64 // a second; at once

	mu   sync.Mutex
	left map[string]allowance
}

// allowance is how often somebody may still ask, as of an instant.
type allowance struct {
	left float64
	at   time.Time
}

// maxPaced bounds what is remembered; who asks least often is forgotten, which only ever allows more.
const maxPaced = 5000

func newPace(each, most float64) *pace {
	return &pace{each: each, most: most, left: map[string]allowance{}}
}

// allows takes one from a person's allowance, or says that none is left.
func (p *pace) allows(person string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.left) >= maxPaced {
		for who, a := range p.left {
			if a.left+now.Sub(a.at).Seconds()*p.each >= p.most {
				delete(p.left, who)
			}
		}
	}
	a, ok := p.left[person]
	if !ok {
		a = allowance{p.most, now}
	}
	a.left = min(p.most, a.left+max(0, now.Sub(a.at).Seconds())*p.each)
	a.at = now
	allowed := a.left >= 1
	if allowed {
		a.left--
	}
	p.left[person] = a
	return allowed
}
