// Package auth knows secrets: passwords, picture PINs, and how both are hashed without starving everything else.
//
// In: what a person entered, and the hash that is kept. Out: yes or no, or a hash to keep. It stores nothing; package flow
// says whose hash it is, counts misses and looks at a person's state, and package web has the forms.
//
// Hashing is argon2id (RFC 9106, 2021; parameters as OWASP's cheat sheet has them: 19 MiB, two passes, one lane), about
// 25 ms of one core. It runs in a pool that leaves a core to answers, with a fair queue that says so when it is too long.
//
// Place in the flow: layer 5, an adapter beside web.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"

	"kith/internal/fault"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of a hash. Kept hashes name their own, within the bounds of parse, so this may rise.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	keyBytes  = 32
	saltBytes = 16
)

// Pool hashes a few secrets at a time. It is safe for many goroutines.
type Pool struct {
	slots   chan struct{}
	waiting atomic.Int64
	most    int64
	nobody  string // a hash that no secret has, for people who have none
}

// NewPool makes a pool with workers slots and room for a queue of most. Zero values: one core fewer than there are (at
// least one), and a queue of 400 a slot, about ten seconds.
func NewPool(workers, most int) *Pool {
	if workers <= 0 {
		workers = max(1, runtime.NumCPU()-1)
	}
	if most <= 0 {
		most = 400 * workers
	}
	var salt [saltBytes]byte
	var key [keyBytes]byte
	_, _ = rand.Read(salt[:]) // never fails (crypto/rand)
	_, _ = rand.Read(key[:])
	return &Pool{slots: make(chan struct{}, workers), most: int64(most), nobody: phc(salt[:], key[:])}
}

// Hash gives the PHC string to keep of a secret. The salt comes from op, which is made fresh for each act, so that the same
// act sent twice keeps the same hash. Errors: Unavailable when the queue is too long or ctx ends.
func (p *Pool) Hash(ctx context.Context, op, secret string) (string, error) {
	salt := sha256.Sum256([]byte("salt\x00" + op))
	var out string
	err := p.run(ctx, func() { out = derive(secret, salt[:saltBytes]) })
	return out, err
}

// Check reports whether a secret has a hash. An empty hash (nobody, or nothing set) takes as long and is never right.
// Errors: Unavailable as for Hash; Internal for a hash that is none.
func (p *Pool) Check(ctx context.Context, hash, secret string) (bool, error) {
	given := hash != ""
	if !given {
		hash = p.nobody
	}
	h, err := parse(hash)
	if err != nil {
		return false, fault.Wrap(fault.Internal, err, "fault.internal")
	}
	same := false
	err = p.run(ctx, func() {
		got := argon2.IDKey(canonical(secret), h.salt, h.passes, h.memory, h.lanes, uint32(len(h.key)))
		same = subtle.ConstantTimeCompare(got, h.key) == 1
	})
	return same && given, err
}

// run waits for a slot in the order of arrival (a channel's waiters are served so) and does the work.
func (p *Pool) run(ctx context.Context, work func()) error {
	if p.waiting.Add(1) > p.most+int64(cap(p.slots)) {
		p.waiting.Add(-1)
		return fault.New(fault.Unavailable, "fault.signin.queue")
	}
	defer p.waiting.Add(-1)
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, ctx.Err(), "fault.signin.queue")
	}
	defer func() { <-p.slots }()
	work()
	return nil
}

// canonical makes the same password the same bytes on every keyboard (RFC 8265, 2017: normalization form C).
func canonical(secret string) []byte { return norm.NFC.Bytes([]byte(secret)) }

func derive(secret string, salt []byte) string {
	return phc(salt, argon2.IDKey(canonical(secret), salt, passes, memoryKiB, lanes, keyBytes))
}

func phc(salt, key []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes, b64(salt), b64(key))
}

type kept struct {
	memory, passes uint32
	lanes          uint8
	salt, key      []byte
}

// parse reads a PHC string and refuses costs that a hash of ours cannot have.
func parse(hash string) (k kept, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return k, errors.New("auth: not an argon2id hash")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &k.memory, &k.passes, &k.lanes); err != nil {
		return k, fmt.Errorf("auth: parameters of a hash: %w", err)
	}
	if k.memory < 8*1024 || k.memory > 256*1024 || k.passes < 1 || k.passes > 8 || k.lanes < 1 || k.lanes > 8 {
		return k, fmt.Errorf("auth: parameters of a hash are out of range: %s", parts[3])
	}
	b64 := base64.RawStdEncoding.Strict()
	if k.salt, err = b64.DecodeString(parts[4]); err != nil {
		return k, fmt.Errorf("auth: salt: %w", err)
	}
	if k.key, err = b64.DecodeString(parts[5]); err != nil {
		return k, fmt.Errorf("auth: key: %w", err)
	}
	if len(k.salt) < 8 || len(k.key) < 16 || len(k.key) > 64 {
		return k, errors.New("auth: salt or key of a hash is too short or too long")
	}
	return k, nil
}
